import type { Member } from '../member.ts'

/** Everything of the merged member that another can go on with, as it stood once its reservations had ended. */
export type Brought = Pick<
  Member,
  | 'assets'
  | 'pending'
  | 'counts'
  | 'ladders'
  | 'waiting'
  | 'forfeited'
  | 'orders'
  | 'finished'
  | 'noted'
  | 'vouchers'
  | 'closed'
  | 'badges'
  | 'entered'
  | 'cards'
  | 'challenges'
  | 'boards'
  | 'plans'
  | 'benefitUses'
  | 'friends'
  | 'aliases'
>

/** As it is sent: what is written down is not changed by what happens to the member next. */
export function broughtBy(member: Member): string {
  const { assets, pending, counts, ladders, waiting, forfeited, orders, finished, ...others } = member
  const { noted, vouchers, closed, badges, entered, cards, challenges, boards, plans } = others
  const { benefitUses, friends, aliases } = others
  const always = { assets, pending, counts, ladders, waiting, forfeited, orders, finished }
  const some = { noted, vouchers, closed, badges, entered, cards, challenges, boards, plans }
  return JSON.stringify({ ...always, ...some, benefitUses, friends, aliases })
}

/** Our own text, as it was sent. */
export const broughtIn = (text: string): Brought => JSON.parse(text) as Brought

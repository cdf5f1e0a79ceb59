import { cardStateOf } from '../cards/filled.ts'
import { type Draft, emit } from '../draft.ts'
import type { MergeReceived } from '../event.ts'
import { footingOf, TERMS_KEPT } from '../footing/footing.ts'
import type { Member } from '../member.ts'
import { statusOfReferral } from '../referral/referral-state.ts'
import { letSeatGo } from '../seats/keep.ts'
import { keptSeat } from '../seats/kept.ts'
import { type Voucher, voucherOf } from '../vouchers/voucher.ts'

/** What was given once is not given again, and what both were given is there once or summed (MRG-1). */
export function bringAwards(draft: Draft, brought: Member): void {
  const { member } = draft
  const { badges = [], entered = [], cards = [], plans = [], benefitUses = [], offers = [] } = brought
  for (const badge of badges) {
    const known = member.badges?.some((held) => held.badge === badge.badge && held.period === badge.period)
    if (!known) emit(draft, { type: 'badge', badge, held: true })
  }
  for (const level of entered) {
    const known = member.entered?.some((other) => other.ladder === level.ladder && other.level === level.level)
    if (!known) emit(draft, { type: 'entered', level, given: true })
  }
  for (const { card, settled, filled } of cards) {
    const own = cardStateOf(member, card)
    // Their vouchers may be here under other names, so no refund opens these cards again.
    if (own.settled + own.filled.length === 0) {
      emit(draft, { type: 'card', card: { card, settled: settled + filled.length, filled: [] } })
    }
  }
  for (const held of plans) {
    const own = member.plans?.find(({ plan }) => plan === held.plan)
    const isBetter = own === undefined || (own.ended !== null && held.ended === null) || lastsLonger(held, own)
    const kept = own === undefined || isBetter ? held : own
    emit(draft, { type: 'plan', plan: held.plan, held: { ...kept, fees: held.fees + (own?.fees ?? 0) } })
  }
  for (const uses of benefitUses) emit(draft, { type: 'benefit-used', ...uses })
  for (const receipt of offers) emit(draft, { type: 'offer', id: receipt.id, receipt })
}

type HeldPlan = NonNullable<Member['plans']>[number]

const lastsLonger = (held: HeldPlan, own: HeldPlan): boolean =>
  held.ended === null && own.ended === null && held.until > own.until

export function bringVouchers(draft: Draft, { vouchers = [], closed = {} }: Member, from: string): void {
  for (const voucher of [...vouchers, ...Object.values(closed)]) {
    const id = nameHere(draft.member, voucher, from)
    emit(draft, { type: 'voucher', voucher: { ...voucher, id, via: from } })
  }
}

/** Ids of awards are unique in a member only. */
const nameHere = (member: Member, { id }: Voucher, from: string): string =>
  voucherOf(member, id) === undefined ? id : `${id}@${from}`

/** What is known of a person is known of the other, too; whether it is one of the firm's stays the other's. */
export function bringFooting(draft: Draft, { footing }: Member): void {
  if (footing === undefined) return
  const own = footingOf(draft.member)
  const ageAtLeast = Math.max(own.ageAtLeast, footing.ageAtLeast)
  const terms = [...footing.terms.filter((known) => !own.terms.includes(known)), ...own.terms]
  emit(draft, { type: 'footing', footing: { ...own, ageAtLeast, terms: terms.slice(-TERMS_KEPT) } })
}

/** Kept for the one as for the other; two seats in one session become one, and the other is free. */
export function bringSeats(draft: Draft, { keptSeats = [] }: Member): void {
  for (const seat of keptSeats) {
    const own = keptSeat(draft.member, seat.reward, seat.session)
    if (own) letSeatGo(draft, own)
    emit(draft, { type: 'seat', seat, kept: true })
  }
}

/** Whom the one has sent is whom the other has sent. Who sent the one goes on as who sent the other, where nobody did. */
export function bringReferral(
  draft: Draft,
  { friends = [], referral, aliases = [] }: Member,
  event: MergeReceived,
): void {
  const { member } = draft
  for (const friend of friends) {
    const known = member.friends?.some((other) => other.friend === friend.friend)
    if (!known) emit(draft, { type: 'friend', friend, known: true })
  }
  if (referral === undefined || member.referral !== undefined) return
  const self = [event.into, event.from, ...aliases, ...(member.aliases ?? [])]
  if (self.includes(referral.advocate)) return
  const as = { friend: referral.as?.friend ?? event.from, merges: (referral.as?.merges ?? 0) + 1 }
  const held = { ...referral, as }
  emit(draft, { type: 'referral', status: statusOfReferral(held), referral: held })
}

import { type Member, type OrderEdited, type OrderPaid, type Reward, type Timeline, worthOf } from '@laurel/engine'

/** What an order says that a redemption paid, in minor units, and what that was worth; null: the same, or nobody can say. */
export function differingWorth(
  redemption: string,
  { type, currency, payments }: OrderPaid | OrderEdited,
  timeline: Timeline,
  { holds, finished }: Pick<Member, 'holds' | 'finished'>,
): { readonly paid: number; readonly worth: number } | null {
  const hold = holds.find((known) => known.redemption === redemption) ?? finished[redemption]
  if (hold === undefined) return null
  const program = timeline.find((entry) => entry.program.version === hold.version)?.program
  const reward = program?.rewards.get(hold.reward)
  // What another currency is worth here is known of orders, not of their payments.
  if (program === undefined || reward === undefined || currency !== program.currency.code) return null
  const worth = worthIn(reward, hold.amount)
  if (worth === null) return null
  const paid = payments.reduce(
    (sum, payment) => (payment.by === 'points' && payment.redemption === redemption ? sum + payment.amount : sum),
    0,
  )
  // An edit may let fewer points pay, and gives back the rest; and what is taken off a small order is less than it could be.
  const mayBeLess = type === 'order.edited' || reward.kind.type !== 'pay-with-points'
  return paid === worth || (mayBeLess && paid < worth) ? null : { paid, worth }
}

/** Minor units that it pays of an order; null: that is not said in money. */
const worthIn = ({ kind, price }: Reward, points: number): number | null => {
  if (price?.type === 'chosen') return worthOf(price, points, Number.POSITIVE_INFINITY)
  return kind.type === 'money-off' ? kind.minor : null
}

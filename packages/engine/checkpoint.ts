import type { Member } from './member.ts'

/**
 * The replayed member, with time fired as far as it had `before`: a due moment that a late fact left without a reason is over all
 * the same. What another late fact makes due at it again belongs to that correction, so that at the head each due moment names
 * its movements once (LED-5).
 */
export const firedAsBefore = (replayed: Member, before: Pick<Member, 'firedLocal' | 'firedAt'>): Member => ({
  ...replayed,
  firedLocal: laterOf(replayed.firedLocal, before.firedLocal),
  firedAt: laterOf(replayed.firedAt, before.firedAt),
})

const laterOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

/** What is stored of a member: orders, finished holds and closed vouchers are rows of their own. */
export function checkpointOf(member: Member): Omit<Member, 'orders' | 'finished' | 'closed' | 'chance'> {
  const { orders: _orders, finished: _finished, closed: _closed, chance: _chance, ...checkpoint } = member
  return checkpoint
}

/** The member as its checkpoint alone knows it. */
export const withoutRows = (member: Member): Member => ({
  ...checkpointOf(member),
  ...(member.chance === undefined ? null : { chance: member.chance }),
  orders: {},
  finished: {},
})

import { type Draft, emit, move } from '../draft.ts'
import { isSame } from '../is-same.ts'
import type { Hold } from '../member.ts'
import { compareLots } from './asset-state.ts'
import type { ActivePart } from './parts.ts'
import type { LotName, Shortfall, ShortfallState, WaivedFor } from './shortfall.ts'

/**
 * What the program bears of a shortfall while points are only held for a reservation (REF-3). Confirmed, they are spent, and it stays
 * borne; come back, they pay it before anything else. So what remains is as if the end of each reservation had been known when the
 * points were missing, whatever comes between.
 */

function write(draft: Draft, shortfalls: readonly Shortfall[]): void {
  const known = shortfalls.filter(({ amount, claimed, holds }) => claimed > 0 || (amount > 0 && holds.length > 0))
  if (!isSame(known, draft.member.shortfalls ?? [])) emit(draft, { type: 'shortfalls', shortfalls: known })
}

/** So much is borne: should a reservation that is open now give its points back, it is theirs to pay. */
export function noteShortfall(
  draft: Draft,
  { asset, rule, of, own = [] }: Pick<Shortfall, 'asset' | 'rule' | 'of'> & Partial<Pick<Shortfall, 'own'>>,
  amount: number,
): void {
  // What a pool has paid with goes back to the pool.
  const open = draft.member.holds.filter((hold) => hold.asset === asset && hold.paidBy === undefined && hold.amount > 0)
  if (amount === 0 || open.length === 0) return
  const holds = open.map(({ redemption }) => redemption)
  const { version } = draft
  write(draft, [
    ...(draft.member.shortfalls ?? []),
    {
      asset,
      rule,
      version,
      of,
      amount,
      claimed: 0,
      holds,
      own: own.map(({ priority, lastDay }) => ({ priority, lastDay })),
    },
  ])
}

/** Its points are spent: what was borne while it was open stays so, but for what others that were open may still pay. */
export function endClaims(draft: Draft, redemption: string): void {
  if (draft.member.shortfalls !== undefined) write(draft, withoutHold(draft.member.shortfalls, redemption))
}

const withoutHold = (shortfalls: readonly Shortfall[], redemption: string): Shortfall[] =>
  shortfalls.map((known) => ({ ...known, holds: known.holds.filter((held) => held !== redemption) }))

/**
 * Points that come back to `active` pay what was borne since they were held, before they repay a debt: there, too, they would have
 * been taken first. The oldest first: in that no younger reservation has a part. Answers which parts of them are left.
 */
export function claimShortfalls(draft: Draft, hold: Hold): readonly ActivePart[] {
  const { redemption, asset, paidBy } = hold
  if (draft.member.shortfalls === undefined || paidBy !== undefined) return hold.parts
  const { version } = draft
  let parts = hold.parts
  let left = hold.amount
  const shortfalls = draft.member.shortfalls.map((known): Shortfall => {
    if (known.asset !== asset || !known.holds.includes(redemption)) return known
    const paid = Math.min(left, known.amount)
    left -= paid
    parts = without(parts, paid, known.own)
    draft.version = known.version
    move(draft, known.rule, asset, 'active', 'issued', paid)
    move(draft, known.rule, asset, 'issued', 'adjusted', paid)
    return { ...known, amount: known.amount - paid, claimed: known.of === null ? 0 : known.claimed + paid }
  })
  draft.version = version
  write(draft, withoutHold(shortfalls, redemption))
  if (left < hold.amount) emit(draft, { amount: hold.amount - left, asset, debt: 0, type: 'clawed-back', waived: 0 })
  return parts
}

/** As a refund takes them (REF-2): what no lot ever held, own lots, then the others in burn order, which is that of the parts. */
function without(parts: readonly ActivePart[], amount: number, own: readonly LotName[]): readonly ActivePart[] {
  const placeOf = ({ priority, lastDay }: ActivePart): number => {
    if (lastDay === 'uncovered') return 0
    return own.some((lot) => compareLots(lot, { priority, lastDay }) === 0) ? 1 : 2
  }
  const rest = parts.slice()
  let left = amount
  for (const { part, index } of parts
    .map((part, index) => ({ part, index }))
    .sort((a, b) => placeOf(a.part) - placeOf(b.part) || a.index - b.index)) {
    const taken = Math.min(left, part.amount)
    left -= taken
    rest[index] = { ...part, amount: part.amount - taken }
  }
  return rest
}

/** Whoever remembers what was waived knows by now. */
export function forgetClaimed(draft: Draft, of: WaivedFor): void {
  const { shortfalls } = draft.member
  if (shortfalls === undefined) return
  write(
    draft,
    shortfalls.map((known) => (known.of === of ? { ...known, claimed: 0 } : known)),
  )
}

/** No more than this is waived any more: what nobody may pay for any other reason is undone first, then the oldest. */
export function boundShortfalls(draft: Draft, of: WaivedFor, asset: string, rule: string, most: number): void {
  const { shortfalls } = draft.member
  if (shortfalls === undefined) return
  let room = most
  const kept = shortfalls.toReversed().map((known): Shortfall => {
    if (known.of !== of || known.asset !== asset || known.rule !== rule) return known
    const amount = Math.min(room, known.amount)
    room -= amount
    return { ...known, amount }
  })
  write(draft, kept.toReversed())
}

/** What the orders of a merged member, which come along, do not know yet (MRG-1); its own reservations have ended. */
export function bringClaimed(draft: Draft, { shortfalls = [] }: ShortfallState): void {
  if (shortfalls.length > 0) write(draft, [...(draft.member.shortfalls ?? []), ...shortfalls])
}

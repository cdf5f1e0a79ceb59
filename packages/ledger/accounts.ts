import type { Account, MemberAccount, SystemAccount } from '@laurel/engine'

/** The four amounts of a member's balance row for one asset, smallest units. */
export interface Balances {
  readonly pending: number
  readonly active: number
  readonly held: number
  /** What the member owes, as a positive number. */
  readonly debt: number
}

export interface AssetBalances extends Balances {
  readonly asset: string
}

export const NOTHING: Balances = { pending: 0, active: 0, held: 0, debt: 0 }

/** A term of the movement table (FIN-1). */
export type Term =
  | 'earned'
  | 'clawedBack'
  | 'returned'
  | 'redeemed'
  | 'expired'
  | 'reinstated'
  | 'forfeited'
  | 'adjusted'
  | 'imported'
  | 'toCharities'
  | 'toPartners'
  | 'fromPartners'

/** How a term enters the closing balance: opening + sum of sign x term (FIN-1). */
export const TERM_SIGNS: Readonly<Record<Term, 1 | -1>> = {
  earned: 1,
  clawedBack: -1,
  returned: 1,
  redeemed: -1,
  expired: -1,
  reinstated: 1,
  forfeited: -1,
  adjusted: 1,
  imported: 1,
  toCharities: -1,
  toPartners: -1,
  fromPartners: 1,
}

interface MemberAccountEntry {
  readonly of: 'member'
  /** The side of a transfer on which the account grows. A debt grows when an amount moves out of it. */
  readonly grows: 'to' | 'from'
}
interface SystemAccountEntry {
  readonly of: 'program'
  readonly grows: 'to' | 'from'
  /** The term that counts what leaves the account, and the one that counts what arrives; null: inside the closing balance. */
  readonly leaves: TermChange | null
  readonly arrives: TermChange | null
}
interface TermChange {
  readonly term: Term
  readonly sign: 1 | -1
}

/** An account, where those of all charities are one, and those of all partners. */
export type AccountKind = MemberAccount | SystemAccount | 'charity' | 'partner'

/** The chart of accounts (LED-1). Points given to members stand as negative positions in `issued`, `opening` and `adjusted`. */
export const CHART: Readonly<
  Record<MemberAccount, MemberAccountEntry> & Record<Exclude<AccountKind, MemberAccount>, SystemAccountEntry>
> = {
  pending: { of: 'member', grows: 'to' },
  active: { of: 'member', grows: 'to' },
  held: { of: 'member', grows: 'to' },
  debt: { of: 'member', grows: 'from' },
  issued: program('from', ['earned', 1], ['clawedBack', 1]),
  redeemed: program('to', ['returned', 1], ['redeemed', 1]),
  expired: program('to', ['reinstated', 1], ['expired', 1]),
  forfeited: program('to', ['forfeited', -1], ['forfeited', 1]),
  adjusted: program('from', ['adjusted', 1], ['adjusted', -1]),
  opening: program('from', ['imported', 1], ['imported', -1]),
  // What one member sent and another has not received yet is still owed to somebody: it is part of the closing balance.
  transit: program('to', null, null),
  charity: program('to', ['toCharities', -1], ['toCharities', 1]),
  partner: program('to', ['fromPartners', 1], ['toPartners', 1]),
}

function program(
  grows: 'to' | 'from',
  leaves: readonly [Term, 1 | -1] | null,
  arrives: readonly [Term, 1 | -1] | null,
): SystemAccountEntry {
  const change = (entry: readonly [Term, 1 | -1] | null) => (entry === null ? null : { term: entry[0], sign: entry[1] })
  return { of: 'program', grows, leaves: change(leaves), arrives: change(arrives) }
}

const MOVEMENTS = {
  // To `adjusted`: what was waived is undone with its refund (REF-3).
  issued: ['pending', 'active', 'adjusted', 'charity', 'partner'],
  opening: ['pending', 'active'],
  pending: ['active', 'issued', 'forfeited', 'transit', 'charity'],
  active: ['held', 'debt', 'redeemed', 'issued', 'expired', 'adjusted', 'forfeited', 'transit', 'charity', 'partner'],
  held: ['active', 'redeemed', 'forfeited', 'charity', 'partner'],
  // A burn that was granted and is not covered any more is honoured (EVT-2): it is held, redeemed or taken out of debt.
  debt: ['held', 'redeemed', 'issued', 'adjusted', 'opening', 'transit', 'charity', 'partner'],
  // To a partner: what was burned there (PART-1).
  redeemed: ['active', 'partner'],
  expired: ['active', 'issued'],
  // To `issued`: a shortfall that is waived (REF-3); to `debt`: a debt that is written off (LED-9, REF-3).
  adjusted: ['active', 'debt', 'issued'],
  // A refund reaches points that were forfeited when the member left, or the program ended (REF-2).
  forfeited: ['issued'],
  transit: ['pending', 'active', 'debt'],
  // What was given to a charity for an order that was refunded, or was left of its points at the program's end.
  charity: ['issued'],
  // What was earned at a partner's place, and what a refund gives back of what was burned there.
  partner: ['issued', 'redeemed'],
} as const satisfies Readonly<Record<AccountKind, readonly AccountKind[]>>

/** Where an amount may go from each account. Everything else is no movement that this field knows. */
export const MAY_MOVE: Readonly<Record<AccountKind, readonly AccountKind[]>> = MOVEMENTS

/** The same as `from to`, for tables that must name every pair. */
export type Movement = { [From in AccountKind]: `${From} ${(typeof MOVEMENTS)[From][number]}` }[AccountKind]

/** A correction takes an amount back along the way it came, so for it both directions are open (LED-5). */
export const isLegal = (from: Account, to: Account, correction: boolean): boolean =>
  MAY_MOVE[kindOf(from)].includes(kindOf(to)) || (correction && MAY_MOVE[kindOf(to)].includes(kindOf(from)))

const partyPattern = /^(charity|partner):[a-z0-9]+(-[a-z0-9]+)*$/

export const isAccount = (name: unknown): name is Account =>
  typeof name === 'string' &&
  (partyPattern.test(name) || (Object.hasOwn(CHART, name) && name !== 'charity' && name !== 'partner'))

/** The side of a transfer on which the account grows. */
export const growsOn = (account: Account): 'to' | 'from' => CHART[kindOf(account)].grows

function kindOf(account: Account): AccountKind {
  if (account.startsWith('charity:')) return 'charity'
  return account.startsWith('partner:') ? 'partner' : (account as MemberAccount | SystemAccount)
}

/** Between a partner and the program: what was earned or burned is told as the partner's instead (PART-1). */
const SETTLED: Readonly<Record<string, readonly TermChange[]>> = {
  'partner>issued': [
    { term: 'earned', sign: -1 },
    { term: 'fromPartners', sign: 1 },
  ],
  'issued>partner': [
    { term: 'clawedBack', sign: -1 },
    { term: 'fromPartners', sign: -1 },
  ],
  'redeemed>partner': [
    { term: 'redeemed', sign: -1 },
    { term: 'toPartners', sign: 1 },
  ],
  'partner>redeemed': [
    { term: 'returned', sign: -1 },
    { term: 'toPartners', sign: -1 },
  ],
}

/** What a transfer counts in the movement table: nothing inside, one term across the border, two outside. */
export function termsOf(from: Account, to: Account): readonly TermChange[] {
  const settled = SETTLED[`${kindOf(from)}>${kindOf(to)}`]
  if (settled !== undefined) return settled
  const out = CHART[kindOf(from)]
  const into = CHART[kindOf(to)]
  const changes: TermChange[] = []
  if (out.of === 'program' && out.leaves !== null) changes.push(out.leaves)
  if (into.of === 'program' && into.arrives !== null) changes.push(into.arrives)
  return changes
}

/** The balances after an amount has moved; no rule is judged here. */
export function moved(before: Balances, from: Account, to: Account, amount: number): Balances {
  const after = { pending: before.pending, active: before.active, held: before.held, debt: before.debt }
  add(after, from, -amount)
  add(after, to, amount)
  return after
}

function add(balances: { -readonly [account in MemberAccount]: number }, account: Account, change: number): void {
  const entry = CHART[kindOf(account)]
  if (entry.of === 'program') return
  balances[account as MemberAccount] += entry.grows === 'to' ? change : -change
}

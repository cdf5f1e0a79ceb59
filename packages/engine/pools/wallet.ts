import { prorate } from '../amounts/prorate.ts'
import type { LocalTime } from '../time/local.ts'

/** What the state of a pool's wallet holds beside its points; absent: it is a member's. */
export interface WalletState {
  wallet?: Wallet
}

export interface Wallet {
  readonly plan: string
  readonly asset: string
  readonly closed: LocalTime | null
  /** What belongs to nobody in particular: it stays when somebody leaves. */
  readonly common: number
  /** Everybody who was ever in it, in the order in which they came in last. */
  readonly people: readonly Participant[]
}

export interface Participant {
  readonly member: string
  readonly since: LocalTime
  readonly until: LocalTime | null
  /** Put in by earning, in all. */
  readonly put: number
  /** Claimed back of it by refunds, and who said so last. */
  readonly claimed: number
  readonly from: string
  readonly round: number
  /** Of that, what was spent already and is the member's own to pay. */
  readonly short: number
  /** Spent by this member, less what redemptions have given back. */
  readonly took: number
  /** What is left of what was put in and goes along on leaving. */
  readonly stake: number
}

/** The wallet stands like this now; of the people only those who stand otherwise than before. */
export interface WalletChanged {
  readonly type: 'wallet'
  readonly wallet: Wallet
}

export function applyWallet(state: WalletState, { wallet }: WalletChanged): void {
  const { people = [] } = state.wallet ?? {}
  const others = people.filter(({ member }) => !wallet.people.some((changed) => changed.member === member))
  state.wallet = {
    ...wallet,
    people: [...others, ...wallet.people].sort((a, b) => a.since - b.since || (a.member < b.member ? -1 : 1)),
  }
}

/** Each of them is told of in every answer about the pool, and their stakes stand in its state. */
export const PEOPLE_MAX = 500

export const isIn = ({ until }: Participant): boolean => until === null

/** Who founded it; when they leave, who has been in it longest. */
export const founderOf = ({ people }: Wallet): string | null => people.find(isIn)?.member ?? null

/** What was taken of whose stake; of no member: of what belongs to all. */
export interface StakeTaken {
  readonly member: string | null
  readonly amount: number
}

/**
 * Whose points leave the pool: first those of whoever takes them, then what belongs to all, then everybody else's in proportion.
 * Without anybody, everything in proportion.
 */
export function stakesTaken({ people, common }: Wallet, by: string | null, amount: number): readonly StakeTaken[] {
  const own = by === null ? 0 : Math.min(amount, people.find(({ member }) => member === by)?.stake ?? 0)
  const shared = by === null ? 0 : Math.min(amount - own, common)
  const weights = people.map(({ member, stake }) => (member === by ? 0 : stake))
  const rest = prorate(amount - own - shared, by === null ? [...weights, common] : weights)
  const taken: StakeTaken[] = [
    { member: by, amount: own },
    { member: null, amount: shared },
    ...rest.map((part, index) => ({ member: people[index]?.member ?? null, amount: part })),
  ]
  return taken.filter((part) => part.amount > 0)
}

/** The wallet after stakes have changed, above zero or below; what belongs to who is not there belongs to all. */
export function withStakes(wallet: Wallet, changes: readonly StakeTaken[], sign: 1 | -1): Wallet {
  let { common } = wallet
  const byMember = new Map<string, number>()
  for (const { member, amount } of changes) {
    const isThere = member !== null && (sign < 0 || wallet.people.some((each) => each.member === member && isIn(each)))
    if (isThere) byMember.set(member, (byMember.get(member) ?? 0) + sign * amount)
    else common += sign * amount
  }
  const people = wallet.people.map((each) => ({ ...each, stake: each.stake + (byMember.get(each.member) ?? 0) }))
  return { ...wallet, common, people }
}

/**
 * The wallet with stakes that sum to what is there: what has lapsed was everybody's in proportion, and what came back by itself
 * belongs to all.
 */
export function evened(wallet: Wallet, active: number): Wallet {
  const missing = wallet.people.reduce((sum, { stake }) => sum + stake, wallet.common) - active
  if (missing === 0) return wallet
  if (missing < 0) return { ...wallet, common: wallet.common - missing }
  return withStakes(wallet, stakesTaken(wallet, null, missing), -1)
}

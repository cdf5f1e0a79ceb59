import type { LotChanged, MemberAccount, Move } from '../effect.ts'
import type { AssetState, Forfeited, Lot, LotEnd, Member } from '../member.ts'
import { firstDayOf, type IdleStretch, isIdle } from './parts.ts'

/** What the member has of an asset; nothing where it never moved. */
export function assetOf(member: Member, asset: string): Readonly<AssetState> {
  for (const state of member.assets) if (state.asset === asset) return state
  return nothingOf(asset)
}

const nothingOf = (asset: string): AssetState => ({
  asset,
  pending: 0,
  active: 0,
  held: 0,
  debt: 0,
  lots: [],
  lapsed: [],
  stretches: [],
})

/** The state to write to, made when the asset first moves. */
export function movedAsset(member: Member, asset: string): AssetState {
  for (const state of member.assets) if (state.asset === asset) return state
  const state = nothingOf(asset)
  member.assets.push(state)
  return state
}

export function applyMove(state: AssetState, move: Move): void {
  if (isMemberAccount(move.from)) state[move.from] += move.from === 'debt' ? move.amount : -move.amount
  if (isMemberAccount(move.to)) state[move.to] += move.to === 'debt' ? -move.amount : move.amount
}

export const isMemberAccount = (account: string): account is MemberAccount =>
  account === 'active' || account === 'pending' || account === 'held' || account === 'debt'

export function applyLot(lots: Lot[], effect: { priority: number; lastDay: LotEnd; change: number }): void {
  let at = 0
  for (const lot of lots) {
    const order = compareLots(lot, effect)
    if (order === 0) {
      lot.amount += effect.change
      if (lot.amount === 0) lots.splice(at, 1)
      return
    }
    if (order > 0) break
    at += 1
  }
  lots.splice(at, 0, { priority: effect.priority, lastDay: effect.lastDay, amount: effect.change })
}

export type LotsOfAsset = Pick<AssetState, 'asset' | 'lots'>

/**
 * How the lots of a member change by a correction: which lots a burn took is a consequence, chosen anew by the replay (LED-4).
 * Stored beside the moves, so that the fold of all stored effects stays the state.
 */
export function lotDifferences(before: readonly LotsOfAsset[], after: readonly LotsOfAsset[]): LotChanged[] {
  const changes = new Map<string, LotChanged>()
  const add = (states: readonly LotsOfAsset[], sign: 1 | -1) => {
    for (const { asset, lots } of states) {
      for (const { priority, lastDay, amount } of lots) {
        const key = `${asset}/${priority}/${lastDay}`
        const change = (changes.get(key)?.change ?? 0) + sign * amount
        changes.set(key, { type: 'lot', asset, priority, lastDay, change })
      }
    }
  }
  add(before, -1)
  add(after, 1)
  return [...changes.values()].filter(({ change }) => change !== 0)
}

/** Whether two parts are remembered as one. */
export const isSamePart = (a: Omit<Forfeited, 'amount'>, b: Omit<Forfeited, 'amount'>): boolean =>
  a.asset === b.asset &&
  a.owner === b.owner &&
  a.priority === b.priority &&
  a.lastDay === b.lastDay &&
  a.on === b.on &&
  a.charity === b.charity

/** In the order in which they began; of one day the member's own first, then by whom they came with. */
export function applyStretch(stretches: IdleStretch[], stretch: IdleStretch, isKept: boolean): void {
  const order = (known: IdleStretch) => known.since - stretch.since || byText(known.of ?? '', stretch.of ?? '')
  const at = stretches.findIndex((known) => order(known) >= 0)
  const known = stretches[at]
  const isThere = known !== undefined && order(known) === 0
  stretches.splice(at < 0 ? stretches.length : at, isThere ? 1 : 0, ...(isKept ? [stretch] : []))
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const endRank = (end: LotEnd): number => (end === 'never' ? 2 : isIdle(end) ? 1 : 0)

/** Burn order (LOT-4): priority, then last day; those that go by activity after dated ones, the older stretch first, never last. */
export function compareLots(
  a: { readonly priority: number; readonly lastDay: LotEnd },
  b: { readonly priority: number; readonly lastDay: LotEnd },
): number {
  if (a.priority !== b.priority) return a.priority - b.priority
  if (typeof a.lastDay === 'number' && typeof b.lastDay === 'number') return a.lastDay - b.lastDay
  if (isIdle(a.lastDay) && isIdle(b.lastDay)) {
    return firstDayOf(a.lastDay) - firstDayOf(b.lastDay) || byText(a.lastDay, b.lastDay)
  }
  return endRank(a.lastDay) - endRank(b.lastDay)
}

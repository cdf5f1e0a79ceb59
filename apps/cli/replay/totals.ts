import type { Effect, Member } from '@laurel/engine'
import { type Term, termsOf } from '@laurel/ledger'
import { queueOf } from '@laurel/server'
import { addMoney, type MoneyByCurrency } from '../terminal/money-text.ts'

/** What a replay adds up to. Amounts are smallest units of the asset, money is minor units. */
export interface ReplayTotals {
  members: number
  /** By type, as they came. */
  events: Record<string, number>
  assets: Record<string, AssetTotals>
  /** What each rule gave and had taken back, in order of appearance. */
  rules: Record<string, { readonly asset: string; earned: number; clawedBack: number }>
  /** Refunds that wait for a person. */
  queue: { refunds: number; readonly minor: MoneyByCurrency }
}

/** The terms of the movement table (FIN-1), and where they end. */
export interface AssetTotals {
  readonly terms: Partial<Record<Term, number>>
  readonly closing: { pending: number; active: number; held: number; debt: number }
  membersInDebt: number
}

export const newReplayTotals = (): ReplayTotals => ({
  members: 0,
  events: {},
  assets: {},
  rules: {},
  queue: { refunds: 0, minor: {} },
})

export function countEvent(totals: ReplayTotals, type: string) {
  totals.events[type] = (totals.events[type] ?? 0) + 1
}

/** What one member's effects leave in the queue: a refund that has found its order after all waits no more. */
export function addQueue(totals: ReplayTotals, effects: readonly Effect[]) {
  for (const place of queueOf(effects).values()) {
    if (place === 'matched' || place === 'accepted') continue
    totals.queue.refunds++
    addMoney(totals.queue.minor, place.currency, place.amount ?? 0)
  }
}

export function addEffect(totals: ReplayTotals, effect: Effect) {
  if (effect.type !== 'move') return
  const { terms } = assetIn(totals, effect.asset)
  for (const { term, sign } of termsOf(effect.from, effect.to)) {
    terms[term] = (terms[term] ?? 0) + sign * effect.amount
    if (term !== 'earned' && term !== 'clawedBack') continue
    totals.rules[effect.rule] ??= { asset: effect.asset, earned: 0, clawedBack: 0 }
    const rule = totals.rules[effect.rule]
    if (rule !== undefined) rule[term] += sign * effect.amount
  }
}

export function addMember(totals: ReplayTotals, member: Member) {
  totals.members++
  for (const state of member.assets) {
    const asset = assetIn(totals, state.asset)
    asset.closing.pending += state.pending
    asset.closing.active += state.active
    asset.closing.held += state.held
    asset.closing.debt += state.debt
    if (state.debt > 0) asset.membersInDebt++
  }
}

function assetIn(totals: ReplayTotals, id: string): AssetTotals {
  const known = totals.assets[id]
  if (known !== undefined) return known
  const fresh = { terms: {}, closing: { pending: 0, active: 0, held: 0, debt: 0 }, membersInDebt: 0 }
  totals.assets[id] = fresh
  return fresh
}

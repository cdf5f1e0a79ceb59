import { type Draft, emit, move } from '../draft.ts'
import type { Account } from '../effect.ts'
import type { ActivePart, ExpirySource, Forfeited, LotEnd, PendingEntry } from '../member.ts'
import { claimFromPools, claimShare } from '../pools/share.ts'
import type { RefundPolicy } from '../program/program.ts'
import type { LocalDay } from '../time/local.ts'
import { assetOf, compareLots } from './asset-state.ts'
import { isForgotten } from './gone.ts'
import { lastPriority, takeFromLots } from './lots.ts'
import { pendingOf } from './pending-list.ts'
import type { WaivedFor } from './shortfall.ts'
import { noteShortfall } from './shortfalls.ts'

/** What a rule has to give back, in the order of the rules. */
export interface Take {
  readonly rule: string
  amount: number
  /** Where its points went; none: it gave none. */
  readonly own: readonly OwnPoints[]
}

/** Points of one class and expiry: what they wait as, and the ends that they received. */
export interface OwnPoints {
  readonly priority: number
  readonly expiryOf: ExpirySource
  readonly ends: readonly LotEnd[]
  /** The day from which they lived: what lapsed before was not theirs. */
  readonly since: LocalDay
}

/** What is to be taken back of one asset. */
export interface Clawback {
  /** Whose pending points it may be; null: nobody's. */
  readonly owner: PendingEntry['owner']
  readonly asset: string
  readonly takes: readonly Take[]
  /** All that the same order or award gave, in burn order. */
  readonly own: readonly OwnPoints[]
  /** How much of what is pending lies on lines that are still to come; absent: nothing. */
  readonly toCome?: (entry: PendingEntry) => number
  /** Who remembers what is waived; null: nobody. */
  readonly waivedFor: WaivedFor | null
  /** Makes room in lots that hold something bound; null: nothing can. */
  readonly freeLots: ((missing: number) => void) | null
}

/** What nobody had to give, rule by rule, and which lots that were not its own it took, last what no lot covered. */
export interface ClawedBack {
  readonly waived: readonly Take[]
  readonly parts: readonly ActivePart[]
}

/**
 * Takes back what an order or an award no longer gives of one asset, from where it hurts least (REF-2, REF-3): its
 * own pending, also what was forfeited of that, the share of it that went to a pool, its own lots, what lapsed or was forfeited of
 * those, then its pending that lies on lines still to come, what the member has in pools, other lots in burn order, `freeLots` asked before, debt up to the policy's limit; the rest is waived, said,
 * and answered rule by rule. Each rule asks first for its own: a lot of one end may hold points of other orders, which are not to
 * be had for what another rule's lot has lost.
 */
export function clawBack(
  draft: Draft,
  policy: RefundPolicy,
  { owner, asset, takes, own, waivedFor, freeLots, toCome = () => 0 }: Clawback,
): ClawedBack {
  const left = takes.map((take) => ({ ...take }))
  const wanted = sum(left)
  if (wanted === 0) return { waived: left, parts: [] }
  let pooled = 0
  for (const take of left) pooled += takeOwn(draft, { owner, asset, own: take.own, toCome }, [take])
  pooled += takeOwn(draft, { owner, asset, own, toCome }, left)
  takePending(draft, { owner, asset, own, toCome: () => 0 }, left)
  pooled += takeFromPools(draft, asset, left, claimFromPools(draft, asset, sum(left)))
  if (freeLots && sum(left) > 0) freeLots(sum(left))
  const parts = takeOtherLots(draft, asset, left)
  const beyond = sum(left)
  // The other lots of who has left, or of whom the program has ended for, are all there.
  if (draft.member.left !== null || draft.member.ended !== undefined)
    takeForfeited(draft, asset, left, (part) => part.owner === null)
  const before = sum(left)
  takeDebt(draft, policy, asset, left)
  const waived = sum(left)
  if (beyond - waived + pooled > 0) {
    parts.push({ priority: lastPriority(draft, asset), lastDay: 'uncovered', amount: beyond - waived + pooled })
  }
  for (const { rule, amount } of left) {
    move(draft, rule, asset, 'adjusted', 'issued', amount)
    noteShortfall(draft, { asset, rule, of: waivedFor, own: endsOf(own) }, amount)
  }
  emit(draft, { amount: wanted, asset, debt: before - waived, type: 'clawed-back', waived })
  return { waived: left, parts }
}

const sum = (takes: readonly Take[]): number => takes.reduce((total, take) => total + take.amount, 0)

/** Serves the rules in their order out of one source. */
function pay(takes: readonly Take[], available: number, post: (rule: string, amount: number) => void): void {
  let left = available
  for (const take of takes) {
    const amount = Math.min(take.amount, left)
    if (amount === 0) continue
    take.amount -= amount
    left -= amount
    post(take.rule, amount)
  }
}

type Own = Required<Pick<Clawback, 'owner' | 'asset' | 'own' | 'toCome'>>

/** Answers how much of it a pool had. */
function takeOwn(draft: Draft, whose: Own, takes: readonly Take[]): number {
  const { owner, asset, own } = whose
  if (own.length === 0) return 0
  takePending(draft, whose, takes)
  if (owner !== null) takeForfeited(draft, asset, takes, (part) => part.owner === owner)
  const days = own.map(({ since }) => since)
  const pooled = takeFromPools(draft, asset, takes, claimShare(draft, asset, days, sum(takes)))
  takeOwnLots(draft, asset, takes, own)
  takeLapsed(draft, asset, takes, own)
  takeForfeited(draft, asset, takes, isAmong(own))
  return pooled
}

function takePending(draft: Draft, { owner, asset, own, toCome }: Own, takes: readonly Take[]): void {
  if (owner === null) return
  const isOwn = (entry: PendingEntry) =>
    own.some(({ priority, expiryOf }) => entry.priority === priority && entry.expiryOf === expiryOf)
  for (const entry of pendingOf(draft.member.pending, owner)) {
    if (entry.asset !== asset || !isOwn(entry)) continue
    const taken = Math.min(Math.max(0, entry.amount - toCome(entry)), sum(takes))
    if (taken === 0) continue
    pay(takes, taken, (rule, amount) => move(draft, rule, asset, 'pending', 'issued', amount))
    emit(draft, { type: 'pending', entry: { ...entry, amount: entry.amount - taken } })
  }
}

interface OwnEnd {
  readonly priority: number
  readonly lastDay: LotEnd
  readonly since: LocalDay
}

const endsOf = (own: readonly OwnPoints[]): OwnEnd[] =>
  own.flatMap(({ priority, ends, since }) => ends.map((lastDay) => ({ lastDay, priority, since })))

function takeOwnLots(draft: Draft, asset: string, takes: readonly Take[], own: readonly OwnPoints[]): void {
  for (const end of endsOf(own)) {
    const lot = assetOf(draft.member, asset).lots.find((candidate) => compareLots(candidate, end) === 0)
    if (!lot) continue
    const taken = Math.min(lot.amount, sum(takes))
    if (taken === 0) return
    pay(takes, taken, (rule, amount) => move(draft, rule, asset, 'active', 'issued', amount))
    emit(draft, { asset, change: -taken, lastDay: end.lastDay, priority: end.priority, type: 'lot' })
  }
}

function takeLapsed(draft: Draft, asset: string, takes: readonly Take[], own: readonly OwnPoints[]): void {
  for (const end of endsOf(own)) {
    for (const lapsed of assetOf(draft.member, asset).lapsed.slice()) {
      if (compareLots(lapsed, end) !== 0 || lapsed.lapsedOn < end.since || isForgotten(draft, lapsed.lapsedOn)) continue
      const taken = Math.min(lapsed.amount, sum(takes))
      if (taken === 0) return
      pay(takes, taken, (rule, amount) => move(draft, rule, asset, 'expired', 'issued', amount))
      emit(draft, { asset, lot: { ...lapsed, amount: lapsed.amount - taken }, type: 'lapsed' })
    }
  }
}

const whereIs = ({ charity }: Forfeited): Account => (charity === undefined ? 'forfeited' : `charity:${charity}`)

/** What was forfeited, of its pending or of its own lots, when the member left or the program ended (END-1). */
function takeForfeited(draft: Draft, asset: string, takes: readonly Take[], isOwn: (part: Forfeited) => boolean): void {
  const parts = draft.member.forfeited.filter((part) => part.asset === asset && isOwn(part)).sort(compareLots)
  for (const part of parts) {
    if (isForgotten(draft, part.on)) continue
    const taken = Math.min(part.amount, sum(takes))
    if (taken === 0) return
    pay(takes, taken, (rule, amount) => move(draft, rule, asset, whereIs(part), 'issued', amount))
    emit(draft, { type: 'forfeited', part: { ...part, amount: part.amount - taken } })
  }
}

const isAmong =
  (own: readonly OwnPoints[]) =>
  (part: Forfeited): boolean =>
    part.owner === null && endsOf(own).some((end) => compareLots(part, end) === 0 && part.on >= end.since)

/** A pool gives back what it got; what it has spent by then the member is asked for by a word of its own (POOL-1). */
function takeFromPools(draft: Draft, asset: string, takes: readonly Take[], taken: number): number {
  pay(takes, taken, (rule, amount) => move(draft, rule, asset, 'active', 'issued', amount))
  return taken
}

function takeOtherLots(draft: Draft, asset: string, takes: readonly Take[]): ActivePart[] {
  const taken = Math.min(assetOf(draft.member, asset).active, sum(takes))
  if (taken === 0) return []
  pay(takes, taken, (rule, amount) => move(draft, rule, asset, 'active', 'issued', amount))
  return takeFromLots(draft, asset, taken)
}

function takeDebt(draft: Draft, policy: RefundPolicy, asset: string, takes: readonly Take[]): void {
  if (policy.shortfall === 'waive') return
  const limit = policy.limit.get(asset) ?? Number.POSITIVE_INFINITY
  const room = Math.max(0, limit - assetOf(draft.member, asset).debt)
  pay(takes, Math.min(room, sum(takes)), (rule, amount) => move(draft, rule, asset, 'debt', 'issued', amount))
}

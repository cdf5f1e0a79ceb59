import { type Draft, emit, move } from '../draft.ts'
import type { ExpirySource, LotEnd, PendingEntry } from '../member.ts'
import { notePoolShare } from '../pools/share.ts'
import type { Program } from '../program/program.ts'
import { assetRuleOf, programOf } from '../program/timeline.ts'
import { addToDay, dayOf, type LocalDay } from '../time/local.ts'
import { credit, endOf } from './lots.ts'
import { pendingNamed } from './pending-list.ts'

/** What a rule or a multiplier's share gives of one asset. */
export interface Earned {
  readonly rule: string
  readonly asset: string
  readonly amount: number
  readonly priority: number
  readonly expiryOf: ExpirySource
}

/** Points that are given again: the day on which they became or become active, and their end, as if they had never been away. */
export interface GivenAgain {
  readonly activeOn: LocalDay
  readonly end: LotEnd
}

/**
 * Gives points of an order or activity that happened on `day`: to `pending` while the asset waits, else to `active` (LOT-1).
 * What has one name waits as one entry: the order's, the cause's, or its own.
 */
export function give(
  draft: Draft,
  program: Program,
  { rule, asset, amount, priority, expiryOf }: Earned,
  owner: PendingEntry['owner'],
  day: LocalDay,
  again: GivenAgain | null,
): void {
  const due = pendingUntil(program, asset, day)
  if (due === null || (again !== null && again.activeOn <= dayOf(draft.effective))) {
    move(draft, rule, asset, 'issued', 'active', amount)
    const end = again?.end ?? endOf(draft, program, asset, expiryOf, day)
    notePoolShare(draft, program, asset, {
      priority,
      lastDay: end,
      amount: credit(draft, asset, amount, priority, end),
    })
    return
  }
  move(draft, rule, asset, 'issued', 'pending', amount)
  const id = `${owner ?? draft.cause}/${asset}/${priority}/${expiryOf}`
  const before = pendingNamed(draft.member.pending, id)
  const entry: PendingEntry = {
    amount: (before?.amount ?? 0) + amount,
    asset,
    awaits: due.awaits,
    dueOn: due.on,
    expiryOf,
    id,
    owner,
    priority,
    version: program.version,
  }
  emit(draft, { entry, type: 'pending' })
}

/** The day on which points earned on `day` become active at the latest; null: at once. */
export function pendingUntil(
  program: Program,
  asset: string,
  day: LocalDay,
): { readonly on: LocalDay; readonly awaits: PendingEntry['awaits'] } | null {
  const pending = assetRuleOf(program, asset).pending
  switch (pending.type) {
    case 'none':
      return null
    case 'period':
      return { on: addToDay(day, pending.period), awaits: null }
    case 'event':
      return { on: addToDay(day, pending.longest), awaits: pending.event }
  }
}

/** Pending points, all or as many of them, become active and start to live. */
export function activate(draft: Draft, entry: PendingEntry, amount = entry.amount): void {
  draft.version = entry.version
  move(draft, 'activate', entry.asset, 'pending', 'active', amount)
  emit(draft, { entry: { ...entry, amount: entry.amount - amount }, type: 'pending' })
  const program = programOf(draft.timeline, entry.version)
  const end = endOf(draft, program, entry.asset, entry.expiryOf, dayOf(draft.effective))
  const { asset, priority } = entry
  notePoolShare(draft, program, asset, { priority, lastDay: end, amount: credit(draft, asset, amount, priority, end) })
}

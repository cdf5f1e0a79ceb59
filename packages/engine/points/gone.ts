import { type Draft, emit, move, programAt } from '../draft.ts'
import { isSamePart } from '../evolve.ts'
import type { Forfeited, Lot, PendingEntry } from '../member.ts'
import { addToDay, dayOf, type LocalDay } from '../time/local.ts'

/** Points that are gone without having been spent, and what is remembered of them for refunds that may still come (REF-2). */

/**
 * Gone so long ago that no refund is accepted any more for an order of these points (REF-7). It goes by dates alone; that the
 * state drops it some time later changes nothing.
 */
export const isForgotten = (draft: Draft, day: LocalDay): boolean =>
  addToDay(day, programAt(draft.timeline, draft.effective).refunds.accept) < dayOf(draft.effective)

/** Everything that is pending or active goes to `forfeited`. */
export function forfeitPoints(draft: Draft): void {
  for (const entry of draft.member.pending.slice()) forfeitPending(draft, entry)
  for (const { asset, lots } of draft.member.assets) for (const lot of lots.slice()) forfeitLot(draft, asset, lot)
}

function forfeitLot(draft: Draft, asset: string, { priority, lastDay, amount }: Lot): void {
  move(draft, 'forfeit', asset, 'active', 'forfeited', amount)
  emit(draft, { asset, change: -amount, lastDay, priority, type: 'lot' })
  remember(draft, { asset, owner: null, priority, lastDay, on: dayOf(draft.effective), amount })
}

function forfeitPending(draft: Draft, entry: PendingEntry): void {
  const { asset, owner, priority, amount } = entry
  move(draft, 'forfeit', asset, 'pending', 'forfeited', amount)
  emit(draft, { entry: { ...entry, amount: 0 }, type: 'pending' })
  // No refund asks for what an activity gave.
  if (owner !== null) remember(draft, { asset, owner, priority, lastDay: 'never', on: dayOf(draft.effective), amount })
}

function remember(draft: Draft, part: Forfeited): void {
  for (const old of draft.member.forfeited.slice()) {
    if (isForgotten(draft, old.on)) emit(draft, { type: 'forfeited', part: { ...old, amount: 0 } })
  }
  const before = draft.member.forfeited.find((known) => isSamePart(known, part))?.amount ?? 0
  emit(draft, { type: 'forfeited', part: { ...part, amount: before + part.amount } })
}

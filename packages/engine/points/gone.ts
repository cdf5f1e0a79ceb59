import { type Draft, emit, move } from '../draft.ts'
import type { Forfeited } from '../member.ts'
import type { RuleName } from '../movement-name.ts'
import { programAt } from '../program/timeline.ts'
import { addToDay, dayOf, type LocalDay } from '../time/local.ts'
import { isSamePart } from './asset-state.ts'

/** Points that are gone without having been spent, and what is remembered of them for refunds that may still come (REF-2). */

/**
 * Gone so long ago that no refund is accepted any more for an order of these points (REF-7). It goes by dates alone; that the
 * state drops it some time later changes nothing.
 */
export const isForgotten = (draft: Draft, day: LocalDay): boolean =>
  addToDay(day, programAt(draft.timeline, draft.effective).refunds.accept) < dayOf(draft.effective)

/** Everything that is pending or active goes to `forfeited`. */
export const forfeitPoints = (draft: Draft): unknown => clearPoints(draft, 'forfeit', () => null)

/** Everything that is pending or active goes to a charity, or to `forfeited` where it names none. How much of each asset. */
export function clearPoints<Name extends string>(
  draft: Draft,
  rule: RuleName<Name>,
  charityFor: (asset: string) => string | null,
): ReadonlyMap<string, number> {
  const cleared = new Map<string, number>()
  const clear = (
    asset: string,
    from: 'pending' | 'active',
    amount: number,
    part: Omit<Forfeited, 'asset' | 'on'> | null,
  ) => {
    const charity = charityFor(asset)
    move(draft, rule, asset, from, charity === null ? 'forfeited' : `charity:${charity}`, amount)
    cleared.set(asset, (cleared.get(asset) ?? 0) + amount)
    const to = charity === null ? null : { charity }
    if (part !== null) remember(draft, { ...part, ...to, asset, on: dayOf(draft.effective) })
  }
  for (const entry of draft.member.pending.slice()) {
    const { asset, owner, priority, amount } = entry
    emit(draft, { entry: { ...entry, amount: 0 }, type: 'pending' })
    // No refund asks for what an activity gave.
    clear(asset, 'pending', amount, owner === null ? null : { owner, priority, lastDay: 'never', amount })
  }
  for (const { asset, lots } of draft.member.assets) {
    for (const { priority, lastDay, amount } of lots.slice()) {
      emit(draft, { asset, change: -amount, lastDay, priority, type: 'lot' })
      clear(asset, 'active', amount, { owner: null, priority, lastDay, amount })
    }
  }
  return cleared
}

function remember(draft: Draft, part: Forfeited): void {
  for (const old of draft.member.forfeited.slice()) {
    if (isForgotten(draft, old.on)) emit(draft, { type: 'forfeited', part: { ...old, amount: 0 } })
  }
  const before = draft.member.forfeited.find((known) => isSamePart(known, part))?.amount ?? 0
  emit(draft, { type: 'forfeited', part: { ...part, amount: before + part.amount } })
}

import { type Draft, emit } from '../draft.ts'
import { type Countable, contributionOf } from '../goals/contribution.ts'
import { NOTHING, type Tally, withTally } from '../goals/tally.ts'
import { receiptOf } from './receipt.ts'
import { offerOf } from './terms.ts'

/**
 * Posts to each receipt that was counting when something happened the difference between what that counted and what it counts
 * now. It counts in full for every one, unless one of them is exclusive (OFF-3).
 */
export function countForOffers(draft: Draft, was: Countable | null, is: Countable | null): void {
  const receipts = (is ?? was)?.receipts ?? []
  if (receipts.length === 0) return
  const before = countedBy(draft, was)
  const after = countedBy(draft, is)
  for (const { id } of receipts) {
    const receipt = receiptOf(draft.member, id)
    const change = withTally(after.get(id) ?? NOTHING, before.get(id) ?? NOTHING, -1)
    if (!receipt || change.length === 0) continue
    emit(draft, { type: 'offer', id, receipt: { ...receipt, tally: withTally(receipt.tally, change) } })
  }
}

/** What counts for which receipt: all of it for each, or for the exclusive one alone that came first. */
function countedBy(draft: Draft, of: Countable | null): ReadonlyMap<string, Tally> {
  const counted = new Map<string, Tally>()
  for (const receipt of of?.receipts ?? []) {
    const { id } = receipt
    const { type } = offerOf(draft.timeline, receipt)
    if (of === null || type.type !== 'goal') continue
    const tally = contributionOf(type.goal, of)
    if (type.exclusive && tally.length > 0) return new Map([[id, tally]])
    counted.set(id, tally)
  }
  return counted
}

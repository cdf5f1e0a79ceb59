import type { LotsExtended, LotsReinstated, PointsAdjusted, RequestAnswer, TierOverridden } from '@laurel/engine'
import { assetOf, type Book, balance, inForceAt, post, programOf } from './book.ts'
import { sum } from './exact.ts'
import { credit, endOf, expiryNamed, isForgotten, takeParcels } from './lots.ts'
import { judgeAfterEvent, override } from './tiers.ts'
import { dayAt, midnightOf } from './time.ts'

/** Acts of staff (LOT-6, TIER-1): they stand as they were done. */

export function adjust(book: Book, event: PointsAdjusted): RequestAnswer | null {
  const program = programOf(book, event.stamp.version) ?? inForceAt(book, event.stamp.local)
  if (program === null) return null
  const cause = `${event.source}/${event.id}`
  const { asset, amount } = event
  if (amount < 0) {
    const answer = event.answer ?? judgeTaking(book, asset, -amount)
    if (!answer.granted) return answer
    const covered = sum(takeParcels(book, asset, answer.amount, () => true).map((part) => part.amount))
    post(book, { cause, rule: 'adjust', asset, from: 'active', to: 'adjusted', amount: covered })
    post(book, { cause, rule: 'adjust', asset, from: 'debt', to: 'adjusted', amount: answer.amount - covered })
    return answer
  }
  const day = dayAt(event.stamp.local)
  const priority = assetOf(program, asset)?.burnOrder.length ?? 0
  const lastDay = endOf(expiryNamed(program, asset, ''), day, book.joinedOn)
  credit(book, { cause, rule: 'adjust', day }, 'adjusted', { asset, priority, lastDay, amount })
  return { granted: true, asset, amount }
}

function judgeTaking(book: Book, asset: string, amount: number): RequestAnswer {
  const short = amount - balance(book, asset, 'active')
  if (short > 0) return { granted: false, refusal: { code: 'short', shortBy: short } }
  return { granted: true, asset, amount }
}

export function extend(book: Book, event: LotsExtended): void {
  const moved = book.parcels.filter((each) => each.asset === event.asset && each.lastDay === event.lastDay)
  for (const parcel of moved) parcel.lastDay = event.newLastDay
}

/** As much of the lapsed lots of that day as is left, in the order in which they lapsed. */
export function reinstate(book: Book, event: LotsReinstated): void {
  const { asset, newLastDay } = event
  const occasion = { cause: `${event.source}/${event.id}`, rule: 'reinstate', day: dayAt(event.stamp.local) }
  let left = event.amount
  for (const lapse of book.lapses) {
    const day = lapse.lastDay === 'idle' ? lapse.lapsedOn : lapse.lastDay
    if (lapse.asset !== asset || day !== event.lastDay || isForgotten(book, lapse, event.stamp.local)) continue
    const amount = Math.min(left, lapse.amount)
    lapse.amount -= amount
    left -= amount
    if (amount > 0) credit(book, occasion, 'expired', { asset, priority: lapse.priority, lastDay: newLastDay, amount })
  }
}

export function overrideTier(book: Book, event: TierOverridden): void {
  const program = inForceAt(book, event.stamp.local)
  const ladder = program?.ladders.find((each) => each.id === event.ladder)
  if (program == null || ladder === undefined) return
  const until = event.endsOn === null ? null : midnightOf(event.endsOn)
  override(book, ladder, event.level, until, event.stamp.local)
  judgeAfterEvent(book, program, event.stamp.local)
}

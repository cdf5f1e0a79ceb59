import type { LotsExtended, LotsReinstated, PointsAdjusted, RequestAnswer, TierOverridden } from '@laurel/engine'
import { assetOf, type Book, balance, post, programOf } from './book.ts'
import { sum } from './exact.ts'
import { credit, endOf, expiryNamed, takeLapsed, takeParcels } from './lots.ts'
import { judgeAfterEvent, override } from './tiers.ts'
import { dayAt, midnightOf } from './time.ts'

/** Acts of staff (LOT-6, TIER-1): they stand as they were done. */

export function adjust(book: Book, event: PointsAdjusted): RequestAnswer | null {
  const program = programOf(book, event.stamp.version)
  const cause = `${event.source}/${event.id}`
  const { asset, amount } = event
  const day = dayAt(event.stamp.local)
  if (amount < 0) {
    const taken = event.answer?.granted ? event.answer.amount : Math.min(-amount, balance(book, asset, 'active'))
    if (event.answer?.granted === false || program === null) return event.answer
    const covered = sum(takeParcels(book, asset, taken, () => true).map((part) => part.amount))
    post(book, { cause, rule: 'adjust', asset, from: 'active', to: 'adjusted', amount: covered })
    post(book, { cause, rule: 'adjust', asset, from: 'debt', to: 'adjusted', amount: taken - covered })
    return { granted: true, asset, amount: taken }
  }
  if (program === null) return null
  const priority = assetOf(program, asset)?.burnOrder.length ?? 0
  const lastDay = endOf(expiryNamed(program, asset, ''), day, book.joinedOn)
  credit(book, { cause, rule: 'adjust', day }, 'adjusted', { asset, priority, lastDay, amount })
  return event.answer
}

export function extend(book: Book, event: LotsExtended): void {
  const moved = book.parcels.filter((each) => each.asset === event.asset && each.lastDay === event.lastDay)
  for (const parcel of moved) parcel.lastDay = event.newLastDay
}

export function reinstate(book: Book, event: LotsReinstated): void {
  const cause = `${event.source}/${event.id}`
  const { asset, newLastDay } = event
  const day = dayAt(event.stamp.local)
  let left = event.amount
  const priorities = [...new Set(book.lapses.filter((each) => each.asset === asset).map((each) => each.priority))]
  for (const priority of priorities.sort((a, b) => a - b)) {
    const amount = takeLapsed(
      book,
      left,
      (each) => each.asset === asset && each.priority === priority && each.lastDay === event.lastDay,
    )
    left -= amount
    if (amount === 0) continue
    credit(book, { cause, rule: 'reinstate', day }, 'expired', { asset, priority, lastDay: newLastDay, amount })
  }
}

export function overrideTier(book: Book, event: TierOverridden): void {
  const program = programOf(book, event.stamp.version)
  const ladder = program?.ladders.find((each) => each.id === event.ladder)
  if (program == null || ladder === undefined) return
  const until = event.endsOn === null ? null : midnightOf(event.endsOn)
  override(book, ladder, event.level, until)
  judgeAfterEvent(book, program, event.stamp.local)
}

import type { LocalDay, LocalTime, Program } from '@laurel/engine'
import { assetOf, type Book, programOf } from './book.ts'
import { credit, endOf, expiryNamed } from './lots.ts'
import type { AuditedOrder, Pending } from './records.ts'
import { dayAfter, dayAt } from './time.ts'

/** LOT-1: points that wait, for a day or for a delivery. */

/** The day of activation if nothing comes earlier. */
export function dueOf(program: Program, asset: string, earnedOn: LocalDay): LocalDay {
  const pending = assetOf(program, asset)?.pending ?? { type: 'none' }
  switch (pending.type) {
    case 'none':
      return earnedOn
    case 'period':
      return dayAfter(earnedOn, pending.period)
    case 'event':
      return dayAfter(earnedOn, pending.longest)
  }
}

/** The day on which points of an order became active; null while they wait. */
export function activeSince(
  program: Program,
  asset: string,
  deliveredOn: LocalDay | null,
  earnedOn: LocalDay,
  today: LocalDay,
): LocalDay | null {
  const due = dueOf(program, asset, earnedOn)
  const released = assetOf(program, asset)?.pending.type === 'event' ? deliveredOn : null
  const day = released === null ? due : Math.min(due, released)
  return day <= today ? day : null
}

export function activate(book: Book, entry: Pending, cause: string, day: LocalDay): void {
  const program = programOf(book, entry.version)
  if (program === null) return
  const lastDay = endOf(book, entry.asset, expiryNamed(program, entry.asset, entry.expiryOf), day)
  const { amount, asset, priority } = entry
  entry.amount = 0
  if (amount > 0) credit(book, { cause, rule: 'activate', day }, 'pending', { asset, priority, lastDay, amount })
}

/** A delivery releases what waits for it. */
export function deliver(book: Book, order: AuditedOrder, cause: string, local: LocalTime): void {
  if (order.deliveredOn !== null) return
  order.deliveredOn = dayAt(local)
  for (const entry of book.pendings) {
    if (entry.order === order.key && entry.awaitsDelivery) activate(book, entry, cause, dayAt(local))
  }
}

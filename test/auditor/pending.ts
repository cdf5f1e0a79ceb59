import type { LocalDay, LocalTime, OrderDelivered, Program } from '@laurel/engine'
import { assetOf, type Book, programOf } from './book.ts'
import { weightsFor } from './earning.ts'
import { exact, rounded, spread, sum, times } from './exact.ts'
import { credit, endOf, expiryNamed } from './lots.ts'
import { remainsOf, standing } from './money.ts'
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

/** All days from which points of an order have lived: one, unless it came in parts. */
export function daysAlive(program: Program, asset: string, order: AuditedOrder, today: LocalDay): LocalDay[] {
  const last = activeSince(program, asset, order.deliveredOn, dayAt(order.local), today)
  const waits = assetOf(program, asset)?.pending.type === 'event'
  const before = waits ? order.cameOn.filter((day) => last === null || day < last) : []
  return last === null ? before : [...before, last]
}

export function activate(book: Book, entry: Pending, cause: string, day: LocalDay, amount = entry.amount): void {
  const program = programOf(book, entry.version)
  if (program === null) return
  const lastDay = endOf(book, entry.asset, expiryNamed(program, entry.asset, entry.expiryOf), day)
  const { asset, priority } = entry
  entry.amount -= amount
  if (amount > 0) credit(book, { cause, rule: 'activate', day }, 'pending', { asset, priority, lastDay, amount })
}

/** A delivery releases what waits for it: all, or what lies on the lines that came. */
export function deliver(book: Book, order: AuditedOrder, event: OrderDelivered, local: LocalTime): void {
  if (order.deliveredOn !== null) return
  const today = dayAt(local)
  let isNews = event.lines === undefined || event.lines.length === 0
  if (isNews) order.deliveredOn = today
  for (const { line, quantity } of event.lines ?? []) {
    const before = order.came.get(line)
    if (before === Number.POSITIVE_INFINITY) continue
    order.came.set(line, (before ?? 0) + (quantity ?? Number.POSITIVE_INFINITY))
    isNews = true
  }
  if (!isNews) return
  if (order.deliveredOn === null) {
    noteDay(order, today)
    if (awaited(order).every((items) => items === 0)) order.deliveredOn = today
  }
  release(book, order, `${event.source}/${event.id}`, today)
}

function noteDay(order: AuditedOrder, today: LocalDay): void {
  if (!order.cameOn.includes(today)) order.cameOn.push(today)
}

/** Where nothing is awaited any more, nothing waits. */
export function releaseRest(book: Book, order: AuditedOrder, cause: string, today: LocalDay): void {
  if (order.cameOn.length === 0 || awaited(order).some((items) => items > 0)) return
  if (release(book, order, cause, today)) noteDay(order, today)
}

/** Items of each line that are left and have not come. */
const awaited = (order: AuditedOrder): number[] =>
  remainsOf(order.content, order.refunds).lines.map(({ line, items }) =>
    Math.max(0, items - (order.came.get(line.id) ?? 0)),
  )

/** What waits although nothing of it is awaited comes alive; whether there was any. */
function release(book: Book, order: AuditedOrder, cause: string, today: LocalDay): boolean {
  const free = book.pendings.filter((each) => each.order === order.key && each.awaitsDelivery && each.amount > 0)
  const parts = free.map((entry) => ({ entry, amount: entry.amount - awaitedOf(book, order, entry) }))
  for (const { entry, amount } of parts) if (amount > 0) activate(book, entry, cause, today, amount)
  return parts.some(({ amount }) => amount > 0)
}

/** How much of what an order gave, of one asset, class and end, lies on lines that have not come. */
export function awaitedOf(
  book: Book,
  order: AuditedOrder,
  { asset, priority, expiryOf }: Pick<Pending, 'asset' | 'priority' | 'expiryOf'>,
): number {
  const program = programOf(book, order.version)
  if (program === null || order.deliveredOn !== null) return 0
  if (assetOf(program, asset)?.pending.type !== 'event') return 0
  const missing = awaited(order)
  const { lines } = remainsOf(order.content, order.refunds)
  const same = order.given.filter((each) => each.asset === asset && each.priority === priority)
  return sum(
    same.map((each) => {
      if (each.expiryOf !== expiryOf || each.charity !== null) return 0
      const isMore = each.now > each.first
      const onLines = isMore
        ? spread(each.now, weightsFor(program, order, each.rule, order.refunds))
        : spread(each.first, weightsFor(program, order, each.rule, []))
      const waiting = lines.map((left, i) => {
        const { items, price, line } = left
        if (items === 0) return 0
        const stands = isMore ? exact(1) : price === 0 ? exact(items, line.quantity) : exact(standing(left), price)
        return rounded(times(exact(onLines[i] ?? 0), times(stands, exact(missing[i] ?? 0, items))), 'ceil')
      })
      return Math.min(each.now, sum(waiting))
    }),
  )
}

import type { LocalTime, OfferSeen, OfferSent } from '@laurel/engine'
import { everyone } from '../vectors/program-builder.ts'
import { earningBar } from './bars.ts'
import { awayOf, type Book, programOf } from './book.ts'
import { countActivity, countOrder, enough } from './challenges.ts'
import { isHeldOut } from './experiments.ts'
import type { AuditedReceipt } from './records.ts'
import { dayAfter, dayAt, midnightOf } from './time.ts'

/** OFF-1 to OFF-3: offers that came, each by itself, and what everything since counts for them, told anew after every event. */

export function receive(book: Book, { source, id, offer: name, stamp }: OfferSent): void {
  const program = programOf(book, stamp.version)
  const offer = program?.offers.get(name)
  if (offer === undefined || program === null) return
  const bar = offer.type.type === 'informs' ? awayOf(book) : earningBar(book, program, stamp.local)
  if (bar !== null || isHeldOut(book, `offer:${name}`, offer.holdout)) return
  const { accept } = program.refunds
  const receipt = {
    id: `${source}/${id}`,
    offer,
    accept,
    since: stamp.local,
    seen: false,
    isCompleted: false,
    tally: [],
  }
  book.receipts.push(receipt)
  inOrderOfComing(book.receipts)
}

export const inOrderOfComing = (receipts: AuditedReceipt[]): unknown =>
  receipts.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))

export function see(book: Book, { offer, receipt }: OfferSeen): void {
  for (const each of book.receipts) {
    if (each.offer.id === offer && (receipt === null || receipt === each.id)) each.seen = true
  }
}

/** The moment at which the window ends; null: never. */
function lastOf({ offer: { window }, since }: AuditedReceipt): LocalTime | null {
  if (window === null) return null
  const timeOfDay = since - midnightOf(dayAt(since))
  return midnightOf(dayAfter(dayAt(since), window.length)) + timeOfDay + window.length.ms
}

/** Another one came when no refund could reach its window any more. */
export const isForgotten = (book: Book, receipt: AuditedReceipt): boolean => {
  const end = (lastOf(receipt) ?? Number.POSITIVE_INFINITY) - (receipt.offer.window?.end === 'closed' ? 0 : 1)
  return book.receipts.some(({ since, accept }) => dayAfter(dayAt(end), accept) < dayAt(since))
}

/** OFF-2: whether the last moment counts is said. */
function isOpen(receipt: AuditedReceipt, local: LocalTime): boolean {
  const { since } = receipt
  const last = lastOf(receipt)
  if (last === null) return local >= since
  const end = receipt.offer.window?.end
  return local >= since && (end === 'closed' ? local <= last : local < last)
}

/** What happens now counts for these: of an exclusive offer that is done for none any more. */
export const waitingReceipts = (book: Book, local: LocalTime): readonly AuditedReceipt[] =>
  book.receipts.filter((receipt) => {
    const { type, seen } = receipt.offer
    if (type.type !== 'goal' || !isOpen(receipt, local) || (type.exclusive && receipt.isCompleted)) return false
    return receipt.seen || seen === 'not-required'
  })

export function settleOffers(book: Book, local: LocalTime): void {
  for (const receipt of book.receipts) {
    const { type } = receipt.offer
    if (type.type !== 'goal') continue
    const { goal } = type
    const tally = tallyOf(book, receipt)
    const hasChanged = JSON.stringify(tally) !== JSON.stringify(receipt.tally)
    receipt.tally = tally
    if (!hasChanged) continue
    const counts = goal.distinct !== null || goal.measure.type === 'visits'
    const progress = counts ? tally.length : (tally[0]?.[1] ?? 0)
    const isMet = goal.measure.type === 'order' ? progress >= 1 : enough(goal, progress)
    // It stays completed when nothing can be done for it any more.
    if (isMet ? awayOf(book) === null : isOpen(receipt, local)) receipt.isCompleted = isMet
  }
}

/** By value, sorted, as everything that found it waiting stands now. */
function tallyOf(book: Book, receipt: AuditedReceipt): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>()
  const add = (found: readonly AuditedReceipt[], of: (each: AuditedReceipt) => readonly [string, number][]) => {
    if (!found.includes(receipt)) return
    const counted = found.map((each) => ({ each, values: of(each).filter(([, amount]) => amount !== 0) }))
    const taker = counted.find(
      ({ each, values }) => each.offer.type.type === 'goal' && each.offer.type.exclusive && values.length > 0,
    )
    // OFF-3: in full for everyone, or for the exclusive one alone.
    if (taker !== undefined && taker.each !== receipt) return
    for (const [value, amount] of counted.find(({ each }) => each === receipt)?.values ?? []) {
      sums.set(value, (sums.get(value) ?? 0) + amount)
    }
  }
  const counting = ({ offer: { type } }: AuditedReceipt) =>
    type.type === 'goal' ? { goal: type.goal, audience: everyone, when: null, during: null } : null
  for (const order of book.orders.values()) {
    const program = programOf(book, order.version)
    add(order.receipts, (each) => {
      const goal = counting(each)
      return goal === null || program === null ? [] : countOrder(order, goal, program.places)
    })
  }
  for (const activity of book.activities) {
    const program = programOf(book, activity.event.stamp.version)
    add(activity.receipts, (each) => {
      const goal = counting(each)
      return goal === null || program === null ? [] : countActivity(activity, goal, program.places)
    })
  }
  return [...sums].filter(([, amount]) => amount !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
}

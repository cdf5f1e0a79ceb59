import { roundSum } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import { type Draft, emit } from '../draft.ts'
import type { DeliveredLine, OrderDelivered } from '../event.ts'
import { isSame } from '../is-same.ts'
import type { OrderRecord, Parcels, PendingEntry } from '../member.ts'
import { activate } from '../points/pending.ts'
import { pendingOf } from '../points/pending-list.ts'
import type { Program } from '../program/program.ts'
import { assetRuleOf, programOf } from '../program/timeline.ts'
import { givesAs } from '../rules/charity.ts'
import { weightsOnLines } from '../rules/on-lines.ts'
import { dayOf, type LocalDay } from '../time/local.ts'
import { orderEarnable } from './earnable.ts'
import { type LineMoney, moneyOf, type OrderMoney, standingPrice } from './money.ts'

/** Points of one class and expiry. */
type PointsClass = Pick<PendingEntry, 'asset' | 'priority' | 'expiryOf'>

/** A delivery lets what waits on its lines become active: of the lines that it names, or of all that is not here yet. */
export function deliver(draft: Draft, record: OrderRecord, event: OrderDelivered): void {
  if (record.deliveredOn !== null) return
  const today = dayOf(draft.effective)
  const { lines = [] } = event
  if (lines.length === 0) {
    emit(draft, { type: 'order', key: record.key, record: { ...record, deliveredOn: today } })
    activateBeyond(draft, record, () => 0)
    return
  }
  const known = record.parcels ?? { lines: [], days: [] }
  const here = lines.reduce(withLine, known.lines)
  if (isSame(here, known.lines)) return
  const parcels = { lines: here, days: withDay(known.days, today) }
  const next = { ...record, parcels }
  const isHere = isAllHere(parcels, record, moneyOf(record.content, record.refunds))
  emit(draft, { type: 'order', key: record.key, record: isHere ? { ...next, deliveredOn: today } : next })
  if (record.version === null) return
  activateBeyond(draft, record, stillToCome(programOf(draft.timeline, record.version), next))
}

/** Several deliveries may name one line; who names it without a number means all of it. */
function withLine(known: readonly DeliveredLine[], { line, quantity }: DeliveredLine): readonly DeliveredLine[] {
  const before = known.find((each) => each.line === line)
  if (before === undefined) return [...known, { line, quantity }]
  const sum = Math.min((before.quantity ?? 0) + (quantity ?? 0), Number.MAX_SAFE_INTEGER)
  const isAll = before.quantity === null || quantity === null
  return known.map((each) => (each === before ? { line, quantity: isAll ? null : sum } : each))
}

const withDay = (days: readonly LocalDay[], day: LocalDay): readonly LocalDay[] =>
  days.includes(day) ? days : [...days, day]

/** Once nothing is to come any more the order has arrived, and what an edit adds later waits for nothing, as after one delivery. */
const isAllHere = (parcels: Parcels, { content }: OrderRecord, money: OrderMoney): boolean =>
  content.lines.every(({ id }, index) => itemsToCome(parcels, id, money.lines[index]?.itemsLeft ?? 0) === 0)

/** What was given back is what had not come, as far as there is such. */
function itemsToCome({ lines }: Parcels, line: string, itemsLeft: number): number {
  const here = lines.find((each) => each.line === line)
  if (here?.quantity === null) return 0
  return Math.max(0, itemsLeft - (here?.quantity ?? 0))
}

/**
 * How much of an order's points of a class lies on lines that are still to come; of one that came at once, or not at all, none. What
 * each rule gave at first is spread over the lines once, and a line keeps as much of its part as stands of it and has not come:
 * so a refund never lets more wait than before it.
 */
export function stillToCome(program: Program, record: OrderRecord): (points: PointsClass) => number {
  const { content, deliveredOn, found, given, local, parcels, refunds } = record
  if (parcels === undefined || deliveredOn !== null) return () => 0
  const money = moneyOf(content, refunds)
  const waiting = given.map((each) => {
    const rule = program.onOrder.find((giving) => givesAs(giving, each.rule))
    const isForMember = rule !== undefined && rule.charity === null && each.now > 0
    if (!isForMember || assetRuleOf(program, each.asset).pending.type !== 'event') return { ...each, amount: 0 }
    // What a rule gives beyond the first time, as others left it to it, it gives on what is left.
    const isAsLeft = each.now > each.first
    const earnable = orderEarnable(program, content, isAsLeft ? money : moneyOf(content, []), found, local)
    const multiplier = rule.multipliers.find(({ id }) => id === each.rule) ?? null
    const parts = prorate(isAsLeft ? each.now : each.first, weightsOnLines(rule, multiplier, earnable))
    const toCome = parts.reduce((sum, part, index) => {
      const line = money.lines[index]
      const items = itemsToCome(parcels, content.lines[index]?.id ?? '', line?.itemsLeft ?? 0)
      return line === undefined || items === 0 ? sum : sum + partToCome(part, line, items, isAsLeft)
    }, 0)
    return { ...each, amount: Math.min(each.now, toCome) }
  })
  return (points) => waiting.reduce((sum, each) => (isOfClass(each, points) ? sum + each.amount : sum), 0)
}

/** Of a line's part what stands of it, unless it is a part of that, for the items that are still to come. */
function partToCome(part: number, line: LineMoney, items: number, isAsLeft: boolean): number {
  const { price, itemsLeft } = line
  const [left, of] = isAsLeft ? [1, 1] : price === 0 ? [itemsLeft, line.items] : [standingPrice(line), price]
  const numerator = BigInt(part) * BigInt(left) * BigInt(items)
  return roundSum({ numerator, denominator: BigInt(of) * BigInt(itemsLeft) }, 'ceil')
}

export const isOfClass = (a: PointsClass, b: PointsClass): boolean =>
  a.asset === b.asset && a.priority === b.priority && a.expiryOf === b.expiryOf

export const pendingNow = (draft: Draft, { key }: OrderRecord, points: PointsClass): number =>
  pendingOf(draft.member.pending, key).find((entry) => isOfClass(entry, points))?.amount ?? 0

/** What waits for a delivery, and more of it than still waits, becomes active; whether anything did. */
function activateBeyond(draft: Draft, { key }: OrderRecord, waits: (points: PointsClass) => number): boolean {
  let isAny = false
  for (const entry of pendingOf(draft.member.pending, key)) {
    const amount = entry.awaits === 'order.delivered' ? entry.amount - waits(entry) : 0
    if (amount <= 0) continue
    activate(draft, entry, amount)
    isAny = true
  }
  return isAny
}

/** The order stands otherwise. Where what was to come is not any more, nothing waits for it. */
export function activateHere(draft: Draft, record: OrderRecord): OrderRecord {
  const { content, deliveredOn, parcels, refunds } = record
  if (parcels === undefined || deliveredOn !== null) return record
  if (!isAllHere(parcels, record, moneyOf(content, refunds)) || !activateBeyond(draft, record, () => 0)) return record
  return { ...record, parcels: { ...parcels, days: withDay(parcels.days, dayOf(draft.effective)) } }
}

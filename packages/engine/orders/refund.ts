import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit, move, programOf } from '../draft.ts'
import type { QueueReason } from '../effect.ts'
import {
  type OrderCancelled,
  type OrderContent,
  type OrderKey,
  orderKeyOf,
  type PaymentDisputed,
  type RefundAccepted,
  type RefundMade,
} from '../event.ts'
import { compareLots } from '../evolve.ts'
import type { CountedRefund, Given, OrderRecord, WaitingEvent } from '../member.ts'
import { clawBack, type OwnEnd, type Take } from '../points/clawback.ts'
import { burn, credit, endOf, giveBack } from '../points/lots.ts'
import { type Award, activate, pendingUntil } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { count, Room, usedRoom } from '../rules/caps.ts'
import { earn } from '../rules/earn.ts'
import { requalifyOrder } from '../tiers/qualify.ts'
import { addToDay, dayOf, type LocalDay } from '../time/local.ts'
import { orderEarnable, tiersOf } from './earnable.ts'
import { moneyOf, type OrderMoney, Remains } from './money.ts'
import { contentOf, dueOf, orderCounting } from './order.ts'

/** What happens to an order after it was paid. Its record is there; whoever names an order that is not waits (EVT-5). */
export function judgeAfterOrder(draft: Draft, event: WaitingEvent, record: OrderRecord): void {
  switch (event.type) {
    case 'order.delivered':
      deliver(draft, record)
      return
    case 'order.edited':
      restate(draft, record, contentOf(event), record.refunds)
      return
    case 'order.cancelled':
      refund(draft, record, event, { refund: idOf(event), everything: true, lines: [], amount: 0, undone: false }, 0)
      return
    case 'refund.made': {
      const { counted, surplus } = asFarAsLeft(record, event)
      refund(draft, record, event, counted, surplus)
      return
    }
    case 'payment.disputed':
      dispute(draft, record, event)
      return
    case 'refund.failed':
      undo(draft, record, `${event.source}/${event.refund}`)
      return
  }
}

export function orderKeyNamed(event: WaitingEvent): OrderKey | null {
  return event.order === null ? null : orderKeyOf(event.source, event.order)
}

const idOf = (event: { readonly source: string; readonly id: string }): string => `${event.source}/${event.id}`

function deliver(draft: Draft, record: OrderRecord): void {
  if (record.deliveredOn !== null) return
  emit(draft, { type: 'order', key: record.key, record: { ...record, deliveredOn: dayOf(draft.effective) } })
  for (const entry of draft.member.pending.slice()) {
    if (entry.order === record.key && entry.awaits === 'order.delivered') activate(draft, entry)
  }
}

function refund(
  draft: Draft,
  record: OrderRecord,
  event: RefundMade | OrderCancelled | PaymentDisputed,
  counted: CountedRefund,
  surplus: number,
): void {
  if (record.version !== null) {
    const accept = programOf(draft.timeline, record.version).refunds.accept
    if (dayOf(event.stamp.local) > addToDay(dayOf(record.local), accept)) {
      const remains = Remains.of(record.content, record.refunds)
      queue(draft, event, counted.everything ? remains.money : remains.count(counted) + surplus, 'too-late')
      return
    }
  }
  const by = event.type === 'order.cancelled' || event.type === 'refund.made' ? event.by : 'member'
  restate(draft, record, record.content, [...record.refunds, counted], by)
  if (surplus > 0) queue(draft, event, surplus, 'more-than-left')
}

function queue(
  draft: Draft,
  event: RefundMade | OrderCancelled | PaymentDisputed,
  amount: number,
  reason: QueueReason,
): void {
  emit(draft, { type: 'queued', refund: { source: event.source, id: event.id, order: event.order }, amount, reason })
}

/** A refund that names no order, or whose order a person has to find. */
export function queueWithoutOrder(draft: Draft, event: RefundMade): void {
  queue(draft, event, amountNamed(event), 'no-order-named')
}

/** Its order is not there yet: it waits in the state, and where it is about money a person can see it in the queue meanwhile. */
export function waitForOrder(draft: Draft, event: WaitingEvent): void {
  emit(draft, { type: 'wait', event })
  if (event.type === 'refund.made') queue(draft, event, amountNamed(event), 'order-unknown')
  else if (event.type === 'order.cancelled') queue(draft, event, 0, 'order-unknown')
  else if (event.type === 'payment.disputed') queue(draft, event, event.amount, 'order-unknown')
}

const amountNamed = (event: RefundMade): number =>
  event.lines.reduce((sum, line) => sum + (line.amount ?? 0), event.amount)

/** How much of a refund is left to refund; the surplus goes to a person (EVT-5). */
function asFarAsLeft(record: OrderRecord, event: RefundMade): { counted: CountedRefund; surplus: number } {
  const remains = Remains.of(record.content, record.refunds)
  const lines: { line: string; amount: number; quantity: number }[] = []
  let surplus = 0
  for (const wished of event.lines) {
    const index = remains.indexOf(wished.line)
    if (index < 0) {
      surplus += wished.amount ?? 0
      continue
    }
    const quantity = Math.min(wished.quantity ?? 0, remains.itemsAt(index))
    const price =
      wished.amount ?? remains.priceOf(index, quantity) + remains.priceBeyond(index, (wished.quantity ?? 0) - quantity)
    const amount = Math.min(price, remains.moneyAt(index))
    // A price below the items' own is no surplus of items: only money beyond what is left waits for a person.
    surplus += wished.amount === null && quantity === wished.quantity ? 0 : price - amount
    const line = { line: wished.line, amount, quantity }
    lines.push(line)
    remains.count({ everything: false, lines: [line], amount: 0 })
  }
  const amount = Math.min(event.amount, remains.money)
  surplus += event.amount - amount
  return { counted: { refund: idOf(event), everything: false, lines, amount, undone: false }, surplus }
}

function dispute(draft: Draft, record: OrderRecord, event: PaymentDisputed): void {
  const name = `dispute/${event.source}/${event.dispute}`
  if (event.status === 'won') {
    undo(draft, record, name)
    return
  }
  if (record.refunds.some((known) => known.refund === name)) return
  const amount = Math.min(event.amount, Remains.of(record.content, record.refunds).money)
  refund(
    draft,
    record,
    event,
    { refund: name, everything: false, lines: [], amount, undone: false },
    event.amount - amount,
  )
}

/** A refund that failed, or a dispute that was won: what it took is given again, once. */
function undo(draft: Draft, record: OrderRecord, name: string): void {
  if (!record.refunds.some((known) => known.refund === name && !known.undone)) return
  const refunds = record.refunds.map((known) => (known.refund === name ? { ...known, undone: true } : known))
  restate(draft, record, record.content, refunds)
}

/**
 * The order stands differently now: by its content, or by its refunds. What it is due is judged again by what it found, and the
 * difference to what was given is posted, rule by rule (REF-1, AMT-3).
 */
function restate(
  draft: Draft,
  record: OrderRecord,
  content: OrderContent,
  refunds: readonly CountedRefund[],
  by: 'member' | 'shop' = 'member',
): void {
  const was = moneyOf(record.content, record.refunds)
  const is = moneyOf(content, refunds)
  let next: OrderRecord = { ...record, content, refunds }
  if (record.version !== null) {
    draft.version = record.version
    const program = programOf(draft.timeline, record.version)
    const edited = content !== record.content
    const given = givenNow(program, record, content, is, edited)
    postDifferences(draft, program, record, given)
    giveRoomBack(draft, program, record, given)
    const counted = { counting: orderCounting(record.content, was, record.given), full: was.full }
    const counts = { counting: orderCounting(content, is, given), full: is.full }
    next = { ...next, given, qualified: requalifyOrder(draft, program, record, counted, counts) }
  }
  emit(draft, { type: 'order', key: record.key, record: next })
  // An edit says how it was paid; what it gives back is the shop's affair (EVT-8: an exchange is a return and an edit).
  if (content === record.content) returnPayment(draft, next, was, is, by)
}

/** What each rule gives now; a refund never makes a rule give more than at first, an edit may. */
function givenNow(
  program: Program,
  record: OrderRecord,
  content: OrderContent,
  is: OrderMoney,
  edited: boolean,
): Given[] {
  const due = dueOf(program, record, content, is)
  const whole = edited ? dueOf(program, record, content, moneyOf(content, [])) : null
  const rules = [...record.given]
  for (const gift of whole ?? []) {
    if (!rules.some((known) => known.rule === gift.rule && known.asset === gift.asset))
      rules.push({
        rule: gift.rule,
        asset: gift.asset,
        first: 0,
        now: 0,
        priority: gift.priority,
        expiryOf: gift.expiryOf,
      })
  }
  return rules.map((known) => {
    const same = (gift: { rule: string; asset: string }) => gift.rule === known.rule && gift.asset === known.asset
    const first = whole ? (whole.find(same)?.amount ?? 0) : known.first
    const { rule, asset, priority, expiryOf } = known
    return { rule, asset, first, now: Math.min(first, due.find(same)?.amount ?? 0), priority, expiryOf }
  })
}

function postDifferences(draft: Draft, program: Program, record: OrderRecord, given: readonly Given[]): void {
  const takesByAsset = new Map<string, Take[]>()
  for (const now of given) {
    const before = record.given.find((known) => known.rule === now.rule && known.asset === now.asset)?.now ?? 0
    if (now.now < before) {
      const takes = takesByAsset.get(now.asset) ?? []
      takes.push({ rule: now.rule, amount: before - now.now })
      takesByAsset.set(now.asset, takes)
    } else if (now.now > before) giveAgain(draft, program, record, now, now.now - before)
  }
  for (const [asset, takes] of takesByAsset) {
    clawBack(draft, program.refunds, record.key, asset, takes, ownEnds(draft, program, record, asset))
  }
}

/** The ends that the order's points received, in burn order (REF-2). */
function ownEnds(draft: Draft, program: Program, record: OrderRecord, asset: string): OwnEnd[] {
  const ends: OwnEnd[] = []
  for (const given of record.given) {
    if (given.asset !== asset) continue
    const end = {
      priority: given.priority,
      lastDay: endOf(program, draft.member, asset, given.expiryOf, activeFrom(program, record, asset)),
    }
    if (!ends.some((known) => compareLots(known, end) === 0)) ends.push(end)
  }
  return ends.sort(compareLots)
}

/** The day on which the order's points of an asset became or become active. */
function activeFrom(program: Program, record: OrderRecord, asset: string): LocalDay {
  const day = dayOf(record.local)
  const due = pendingUntil(program, asset, day)
  if (due === null) return day
  return due.awaits && record.deliveredOn !== null ? Math.min(due.on, record.deliveredOn) : due.on
}

/** Points that an undone refund or an edit gives: as if they had been there all the time. */
function giveAgain(draft: Draft, program: Program, record: OrderRecord, given: Given, amount: number): void {
  const activeOn = activeFrom(program, record, given.asset)
  const due = pendingUntil(program, given.asset, dayOf(record.local))
  if (due !== null && activeOn > dayOf(draft.effective)) {
    move(draft, given.rule, given.asset, 'issued', 'pending', amount)
    const id = `${record.key}/${given.asset}/${given.priority}/${given.expiryOf}`
    const before = draft.member.pending.find((entry) => entry.id === id)?.amount ?? 0
    const { asset, priority, expiryOf } = given
    emit(draft, {
      type: 'pending',
      entry: {
        id,
        order: record.key,
        asset,
        amount: before + amount,
        dueOn: due.on,
        awaits: due.awaits,
        priority,
        expiryOf,
        version: program.version,
      },
    })
    return
  }
  move(draft, given.rule, given.asset, 'issued', 'active', amount)
  credit(
    draft,
    given.asset,
    amount,
    given.priority,
    endOf(program, draft.member, given.asset, given.expiryOf, activeOn),
  )
}

/** Room that the order no longer needs goes back to the period of its own date (EARN-4). */
function giveRoomBack(draft: Draft, program: Program, record: OrderRecord, given: readonly Given[]): void {
  const before = usedRoom(program, program.onOrder, record.given)
  const now = usedRoom(program, program.onOrder, given)
  for (const { cap, period } of record.found.room) {
    count(draft, program, cap, period, (now.get(cap) ?? 0) - (before.get(cap) ?? 0))
  }
}

/**
 * Each leg of the payment comes back by how the lines were paid; points go to the lots they came from (REF-4, LOT-5). Where a
 * refund is undone the legs go the other way: amounts are below zero, and the points are burnt again.
 */
function returnPayment(
  draft: Draft,
  record: OrderRecord,
  was: OrderMoney,
  is: OrderMoney,
  by: 'member' | 'shop',
): void {
  const back = leftOf(was) - leftOf(is)
  if (back === 0) return
  const storedValue = paidBack(is, 'stored') - paidBack(was, 'stored')
  const money = back - storedValue - (paidBack(is, 'points') - paidBack(was, 'points'))
  const points = record.content.tenders.flatMap((tender) =>
    tender.by === 'points' ? returnPoints(draft, record, tender.redemption, is, by) : [],
  )
  emit(draft, { type: 'refunded', order: record.key, money, storedValue, points })
}

const leftOf = (money: OrderMoney): number => money.lines.reduce((sum, line) => sum + line.left, 0)

/** Posts the difference between what should have come back of a redemption by now and what did. */
function returnPoints(
  draft: Draft,
  record: OrderRecord,
  redemption: string,
  is: OrderMoney,
  by: 'member' | 'shop',
): { asset: string; amount: number }[] {
  const hold = draft.member.finished[redemption]
  if (hold?.end !== 'confirmed') return []
  const tendered = record.content.tenders.reduce(
    (sum, tender) => (tender.by === 'points' ? sum + tender.amount : sum),
    0,
  )
  const due = is.full ? hold.amount : mulDiv(hold.amount, paidBack(is, 'points'), tendered, 'half-even')
  const amount = due - hold.returned
  if (amount === 0) return []
  if (amount > 0) {
    move(draft, 'return', hold.asset, 'redeemed', 'active', amount)
    giveBack(draft, hold.asset, hold.parts, hold.returned, amount, hold.version, { type: 'returned', by })
  } else burn(draft, 'return-undone', hold.asset, 'redeemed', -amount)
  emit(draft, { type: 'hold-ended', redemption, finished: { ...hold, returned: due } })
  return [{ asset: hold.asset, amount }]
}

/** Minor units of a leg that have come back so far, line by line. */
function paidBack(money: OrderMoney, leg: 'points' | 'stored'): number {
  return money.lines.reduce((sum, line) => {
    if (line.price === 0) return sum
    return sum + line[leg] - mulDiv(line[leg], line.left, line.price, 'half-even')
  }, 0)
}

/** A person accepts a queued refund (EVT-5): against an order by amount, or as what such an order would give now. */
export function acceptRefund(draft: Draft, event: RefundAccepted): void {
  emit(draft, { type: 'queue-answered', refund: event.refund, amount: event.amount })
  const waiting = draft.member.waiting.find((known) => idOf(known) === event.refund)
  if (waiting) emit(draft, { type: 'wait-ended', source: waiting.source, id: waiting.id })
  if (event.orderKey !== null) {
    const record = draft.member.orders[event.orderKey]
    if (!record) return
    const amount = Math.min(event.amount, Remains.of(record.content, record.refunds).money)
    restate(draft, record, record.content, [
      ...record.refunds,
      { refund: idOf(event), everything: false, lines: [], amount, undone: false },
    ])
    return
  }
  if (event.stamp.version === null) return
  const program = programOf(draft.timeline, event.stamp.version)
  const takes = wouldGive(draft, program, event)
  for (const asset of program.assets) {
    const own = takes.filter((award) => award.asset === asset.id)
    clawBack(
      draft,
      program.refunds,
      null,
      asset.id,
      own.map(({ rule, amount }) => ({ rule, amount })),
      [],
    )
  }
}

/** What an order of this amount would give the member now by its spend rules, without lines to look at, multipliers or caps. */
function wouldGive(draft: Draft, program: Program, event: RefundAccepted): readonly Award[] {
  const { amount, id } = event
  const line = {
    id,
    sku: '',
    quantity: 1,
    total: amount,
    tax: 0,
    discount: 0,
    categories: [],
    brand: null,
    kind: 'goods',
  } as const
  const { code: currency } = program.currency
  const none = { total: 0, tax: 0 }
  const content: OrderContent = {
    order: id,
    currency,
    rate: null,
    channel: null,
    place: null,
    tags: [],
    lines: [line],
    discount: 0,
    shipping: none,
    tip: 0,
    tenders: [],
  }
  const rules = program.onOrder
    .filter((rule) => rule.per.type === 'spend' && !rule.lines)
    .map((rule) => ({ ...rule, multipliers: [], caps: [] }))
  const { segments, tags, ladders } = draft.member
  const found = { tiers: tiersOf(program, ladders), segments, tags, room: [] }
  const earnable = orderEarnable(content, moneyOf(content, []), found)
  const situation = { ...found, place: null, channel: null, placeLocal: event.stamp.placeLocal }
  return earn(program, rules, earnable, situation, Room.asFound(program, []), null).awards
}

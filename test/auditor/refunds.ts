import type {
  DebtWaived,
  LocalTime,
  OrderCancelled,
  OrderContent,
  PaymentDisputed,
  Program,
  RefundAccepted,
  RefundFailed,
  RefundMade,
  WaitingEvent,
} from '@laurel/engine'
import { type Book, balance, post, programOf } from './book.ts'
import { bound, note } from './borne.ts'
import { roomOf } from './caps.ts'
import { openFor } from './cards.ts'
import { meetChallenges } from './challenges.ts'
import { clawBack, roomForDebt, takeForfeited } from './clawback.ts'
import { assetFor } from './declared.ts'
import { giveFor } from './earning.ts'
import { type Exact, exact, isMore, plus, rounded, sum, times } from './exact.ts'
import { isHeldOut, met } from './experiments.ts'
import { giveShare } from './giving.ts'
import { giveBackParts, lastParts, takeParcels } from './lots.ts'
import { allLeft, countLines, countOther, isGone, moneyLeft, paidByRedemption, pointsBack, remainsOf } from './money.ts'
import { settleBurned, settleEarned } from './partners.ts'
import { pastOf, traitsOf } from './past.ts'
import { releaseRest } from './pending.ts'
import type { AuditedOrder, CountedRefund, Redemption, TakenAlone } from './records.ts'
import { standAsDue, usedOfCaps } from './stand-as-due.ts'
import { judgeAfterEvent, qualifyOrder } from './tiers.ts'
import { dayAfter, dayAt } from './time.ts'
import { end, returnUsed, rewardOf } from './vouchers.ts'

/** REF: what remains of an order is judged again, and the difference moves. */

type OrderChange = RefundMade | OrderCancelled | PaymentDisputed

/** Why an order is looked at anew: what moves of its payment depends on it. */
type Why =
  | { readonly type: 'refund'; readonly by: 'member' | 'shop'; readonly wasGone: boolean }
  /** A refund came to nothing, and more is left than before or not. */
  | {
      readonly type: 'undo'
      readonly wasGone: boolean
      readonly failed: readonly CountedRefund[]
      readonly frees: boolean
    }
  | { readonly type: 'edit'; readonly before: OrderContent }

export function change(book: Book, order: AuditedOrder, event: OrderChange, local: LocalTime): void {
  const cause = `${event.source}/${event.id}`
  switch (event.type) {
    case 'refund.made': {
      if (isOverdue(book, order, local)) return
      const lines = countLines(order, event.lines)
      const left = moneyLeft(remainsOf(order.content, order.refunds))
      const byAmount = event.lines.length > 0 ? 0 : Math.min(event.amount, left)
      const goods = { name: cause, everything: false, byAmount, lines, undone: false }
      const other = countOther(order, [...order.refunds, goods], event.other)
      count(book, order, { ...goods, other }, cause, local, event.by)
      return
    }
    case 'order.cancelled': {
      if (isOverdue(book, order, local)) return
      count(
        book,
        order,
        { name: cause, everything: true, byAmount: 0, lines: [], undone: false },
        cause,
        local,
        event.by,
      )
      return
    }
    case 'payment.disputed': {
      const name = nameOf(event)
      if (order.refunds.some((each) => each.name === name) || isOverdue(book, order, local)) return
      const left = moneyLeft(remainsOf(order.content, order.refunds))
      const byAmount = Math.min(event.amount, left)
      count(book, order, { name, everything: false, byAmount, lines: [], undone: false }, cause, local, 'member')
      return
    }
  }
}

/** Refunds and cancellations by their event, disputes by their own id; an edit or a delivery has no name here. */
export const nameOf = (event: { readonly source: string; readonly id: string } | PaymentDisputed): string =>
  'dispute' in event ? `dispute/${event.source}/${event.dispute}` : `${event.source}/${event.id}`

/** EVT-8: it came to nothing, wherever it counted; and whatever comes later by this name counts nowhere. */
export function fail(book: Book, event: RefundFailed | PaymentDisputed, local: LocalTime): void {
  const name = event.type === 'refund.failed' ? `${event.source}/${event.refund}` : nameOf(event)
  const cause = `${event.source}/${event.id}`
  book.failed.add(name)
  const waits = (each: WaitingEvent) =>
    event.type === 'refund.failed'
      ? `${each.source}/${each.id}` === name
      : each.type === 'payment.disputed' && nameOf(each) === name
  const waiting = book.waiting.findIndex(waits)
  if (waiting !== -1) book.waiting.splice(waiting, 1)
  for (const alone of book.takenAlone.splice(0)) {
    if (alone.name === name) giveAgainAlone(book, alone, cause, local)
    else book.takenAlone.push(alone)
  }
  // The order that the event names first, then those that a person chose.
  const named = event.order === null ? undefined : book.orders.get(`${event.source}/${event.order}`)
  const others = [...book.acceptedFor.filter((each) => each.name === name)].map((each) => book.orders.get(each.order))
  for (const order of new Set([named, ...others])) {
    if (order !== undefined) undo(book, order, name, cause, local)
  }
}

function giveAgainAlone(book: Book, alone: Book['takenAlone'][number], cause: string, local: LocalTime): void {
  const program = programOf(book, alone.version)
  if (program === null) return
  for (const { id: asset } of program.assets) {
    const own = alone.taken.filter((each) => each.asset === asset)
    for (const { rule, amount, waived } of own) {
      post(book, { cause, rule, asset, from: 'issued', to: 'adjusted', amount: waived })
      post(book, { cause, rule, asset, from: 'issued', to: 'active', amount: amount - waived })
    }
    const grace = assetFor(book, local, asset)?.lapsedReturns.shop
    const until = grace ? dayAfter(dayAt(local), grace) : null
    const parts = own.flatMap((each) => each.parts)
    // What points that were held have paid since has no lot.
    const since = sum(own.map(({ amount, waived }) => amount - waived)) - sum(parts.map((part) => part.amount))
    if (since > 0) parts.push({ priority: 0, lastDay: 'uncovered', amount: since })
    giveBackParts(book, { cause, rule: 'again', day: dayAt(local) }, null, asset, parts, program, until)
    for (const each of own) {
      each.waived = 0
      bound(book, each)
    }
  }
}

/** REF-7 */
export function isOverdue(book: Book, order: AuditedOrder, local: LocalTime): boolean {
  const program = programOf(book, order.version)
  return program !== null && dayAt(local) > dayAfter(dayAt(order.local), program.refunds.accept)
}

function count(
  book: Book,
  order: AuditedOrder,
  refund: CountedRefund,
  cause: string,
  local: LocalTime,
  by: 'member' | 'shop',
): void {
  const wasGone = isGone(remainsOf(order.content, order.refunds))
  order.refunds.push(refund)
  settle(book, order, cause, local, { type: 'refund', by, wasGone })
}

function undo(book: Book, order: AuditedOrder, name: string, cause: string, local: LocalTime): void {
  const counted = order.refunds.filter((each) => each.name === name && !each.undone)
  if (counted.length === 0) return
  const leftOver = () => allLeft(remainsOf(order.content, order.refunds))
  const before = leftOver()
  const wasGone = isGone(remainsOf(order.content, order.refunds))
  for (const refund of counted) refund.undone = true
  settle(book, order, cause, local, { type: 'undo', wasGone, failed: counted, frees: leftOver() > before })
}

/** A queued refund that a person counts against an order all the same. */
export function acceptFor(book: Book, order: AuditedOrder, event: RefundAccepted, local: LocalTime): void {
  const cause = `${event.source}/${event.id}`
  const left = moneyLeft(remainsOf(order.content, order.refunds))
  book.acceptedFor.push({ name: event.name, order: order.key })
  const byAmount = Math.min(event.amount, left)
  const goods = { name: event.name, everything: false, byAmount, lines: [], undone: false }
  const other = countOther(order, [...order.refunds, goods], event.other)
  count(book, order, { ...goods, other }, cause, local, 'member')
}

/** REF-1: due on what remains, with what the order found; gives the difference rule by rule, or takes it. */
export function settle(book: Book, order: AuditedOrder, cause: string, local: LocalTime, why: Why): void {
  const program = programOf(book, order.version)
  const returns = returnsOf(book, order, why)
  // What paid comes back before the order's own points are taken, and pays again after they are given again.
  for (const each of returns) if (each.amount > 0) giveBack(book, each, cause, local, byOf(why))
  const frees = why.type === 'undo' && why.frees
  if (why.type !== 'edit' && !frees) returnUsed(book, order, why.wasGone, local, byOf(why))
  if (program !== null) {
    const room = roomOf(order.found.room)
    const remains = remainsOf(order.content, order.refunds)
    const subject = { order: order.content, remains, activity: null }
    const { local: at, placeLocal, found } = order
    const meets = found.away === null ? { meets: met(book, found) } : null
    const occasion = { places: program.places, local: at, placeLocal, found, ...meets }
    const due = giveFor(program, subject, occasion, room)
    const before = new Map(order.given.map((given) => [given.rule, given.now]))
    standAsDue(program, order, due)
    const changes = order.given.map((given) => ({ given, change: given.now - (before.get(given.rule) ?? 0) }))
    // Taken is first what lay there before: what this very change gives is not looked for.
    const received = order.given.filter((each) => each.received)
    for (const { given, change } of changes) {
      if (change <= 0) continue
      // A waived shortfall was paid back by nobody: undoing the refund undoes the waiver first.
      const undone = Math.min(given.waived, change)
      given.waived -= undone
      bound(book, given)
      if (undone > 0)
        post(book, { cause, rule: given.rule, asset: given.asset, from: 'issued', to: 'adjusted', amount: undone })
      giveShare(book, program, cause, order, given, change - undone, local)
    }
    const losses = changes.flatMap(({ given, change }) => (change < 0 ? [{ given, left: -change }] : []))
    clawBack(book, program, order, received, losses, cause, local)
    releaseRest(book, order, cause, dayAt(local))
    settleEarned(book, order, cause)
    giveRoomBack(book, program, order)
    order.given = order.given.filter(({ first, now, waived }) => first > 0 || now > 0 || waived > 0)
  }
  for (const each of returns) if (each.amount < 0) payAgain(book, each, cause)
  if (frees) returnUsed(book, order, why.wasGone, local, 'member')
  if (program !== null) {
    meetChallenges(book, program, order, local)
    qualifyOrder(book, program, order, local)
    judgeAfterEvent(book, program, local)
  }
}

/** EARN-4: what an order uses of each cap follows what it has now, in the period of its own date. */
function giveRoomBack(book: Book, program: Program, order: AuditedOrder): void {
  for (const [cap, now] of usedOfCaps(program, order.given, (share) => share.now)) {
    const usedBefore = sum(
      book.uses.filter((use) => use.cap === cap && use.order === order.key).map((use) => use.change),
    )
    const { key, local, placeLocal } = order
    if (now !== usedBefore) book.uses.push({ cap, local, placeLocal, order: key, change: now - usedBefore })
  }
}

interface Return {
  readonly redemption: Redemption
  readonly amount: number
}

/** An edit is the shop's doing. */
const byOf = (why: Why): 'member' | 'shop' => (why.type === 'edit' ? 'shop' : why.type === 'refund' ? why.by : 'member')

/** REF-4: what each redemption has to give back by now, less what it did; what is not confirmed yet is remembered. */
function returnsOf(book: Book, order: AuditedOrder, why: Why): Return[] {
  return [...order.legs.keys()].flatMap((id): Return[] => {
    const redemption = book.redemptions.get(id)
    if (redemption?.isUndone) return []
    const part = partBack(order, id)
    // Nobody may have asked for it yet, or nobody with enough to pay for it.
    const state = redemption?.state ?? 'refused'
    if (state === 'refused' || state === 'held' || state === 'timed-out') {
      const known = book.owed.get(id)
      const before = known?.part ?? exact(0)
      if ((isMore(part, before) || isMore(before, part)) && (known?.order ?? order.key) === order.key) {
        if (part.n === 0n) book.owed.delete(id)
        else book.owed.set(id, { order: order.key, part, by: byOf(why) })
      }
    }
    if (redemption?.state !== 'confirmed' || isGiven(book, redemption)) return []
    const { returned } = redemption
    const due = pointsOf(redemption, part)
    const amount = wanted(order, id, why, returned, due) - returned
    if (why.type === 'edit') order.backAtEdit.set(id, { returned: returned + amount, earlier: new Set(order.refunds) })
    return amount === 0 ? [] : [{ redemption, amount }]
  })
}

/** How much of a redemption has come back after a change of the order. */
function wanted(order: AuditedOrder, id: string, why: Why, returned: number, due: number): number {
  switch (why.type) {
    case 'refund':
      return Math.max(returned, due)
    case 'undo': {
      const edit = order.backAtEdit.get(id)
      if (edit !== undefined && why.failed.every((each) => !edit.earlier.has(each))) {
        const later = order.refunds.some((each) => !edit.earlier.has(each) && !each.undone)
        return later ? Math.max(edit.returned, due) : edit.returned
      }
      // With a refund that the edit had counted goes what the edit has left beside.
      order.backAtEdit.delete(id)
      return why.frees ? due : Math.max(returned, due)
    }
    case 'edit': {
      const more = paidByRedemption(order.content, id) - paidByRedemption(why.before, id)
      if (more === 0) return returned
      return more > 0 ? Math.min(returned, due) : Math.max(returned, due)
    }
  }
}

/** What went to a charity is not the program's to give back. */
const isGiven = (book: Book, { version, reward }: Redemption): boolean =>
  rewardOf(book, version, reward)?.kind.type === 'donation'

const pointsOf = ({ amount }: Redemption, part: Exact): number => rounded(times(exact(amount), part), 'half-even')

/** All of what no longer pays, and of what does the share that was refunded. */
function partBack(order: AuditedOrder, id: string): Exact {
  if (isGone(remainsOf(order.content, order.refunds))) return exact(1)
  const most = order.legs.get(id) ?? 0
  const pays = paidByRedemption(order.content, id)
  const all = sum([...order.legs.keys()].map((each) => paidByRedemption(order.content, each)))
  if (most === 0) return exact(0)
  const dropped = exact(most - pays, most)
  const refunded =
    all === 0 ? exact(0) : times(exact(pays, most), exact(pointsBack(remainsOf(order.content, order.refunds)), all))
  return plus(dropped, refunded)
}

function giveBack(book: Book, due: Return, cause: string, local: LocalTime, by: 'member' | 'shop'): void {
  const { redemption, amount } = due
  const program = programOf(book, redemption.version)
  if (program === null) return
  const grace = program.assets.find((each) => each.id === redemption.asset)?.lapsedReturns[by]
  const until = grace ? dayAfter(dayAt(local), grace) : null
  const parts = lastParts(redemption.parts, redemption.returned, amount)
  redemption.returned += amount
  settleBurned(book, redemption, cause)
  // Points that come back have bought nothing else.
  end(book, redemption.id, 'returned')
  giveBackParts(book, { cause, rule: 'return', day: dayAt(local) }, 'redeemed', redemption.asset, parts, program, until)
}

function payAgain(book: Book, { redemption, amount }: Return, cause: string): void {
  const { asset } = redemption
  redemption.returned += amount
  settleBurned(book, redemption, cause)
  const again = sum(takeParcels(book, asset, -amount, () => true).map((part) => part.amount))
  post(book, { cause, rule: 'return-undone', asset, from: 'active', to: 'redeemed', amount: again })
  post(book, { cause, rule: 'return-undone', asset, from: 'debt', to: 'redeemed', amount: -amount - again })
}

/** A redemption that was just confirmed gives back what its order was refunded before. */
export function returnOwed(book: Book, redemption: Redemption, cause: string, local: LocalTime): void {
  const owed = book.owed.get(redemption.id)
  const order = owed === undefined ? undefined : book.orders.get(owed.order)
  if (owed === undefined || order === undefined) return
  const amount = isGiven(book, redemption) ? 0 : pointsOf(redemption, partBack(order, redemption.id))
  if (amount > 0) giveBack(book, { redemption, amount }, cause, local, owed.by)
}

/** A refund that names no order: what goods of that amount would earn now is taken, out of lots, then as debt. */
export function acceptAlone(book: Book, event: RefundAccepted): void {
  const program = programOf(book, event.stamp.version)
  if (program === null) return
  const { local, placeLocal } = event.stamp
  const cause = `${event.source}/${event.id}`
  const line = { id: '', sku: '', quantity: 1, total: event.amount, tax: 0, discount: 0, categories: [], brand: null }
  const content = {
    order: '',
    currency: event.foreign?.currency ?? program.currency.code,
    rate: event.foreign?.rate ?? null,
    channel: null,
    place: null,
    tags: [],
    lines: [{ ...line, kind: 'goods' as const }],
    discount: 0,
    shipping: { total: 0, tax: 0 },
    tip: 0,
    payments: [],
  }
  const plain = program.onOrder
    .filter((rule) => rule.per.type === 'spend' && rule.lines === null)
    .filter((rule) => !isHeldOut({ ...book, arms: new Map(book.arms) }, `rule:${rule.id}`, rule.holdout))
    .map((rule) => ({ ...rule, multipliers: [], caps: [] }))
  const found = { ...traitsOf(book, program, local), past: pastOf(book) }
  const subject = { order: content, remains: remainsOf(content, []), activity: null }
  const taken: TakenAlone[] = []
  const losses = giveFor(
    { ...program, onOrder: plain },
    subject,
    { places: program.places, local, placeLocal, found },
    roomOf(new Map()),
  )
  for (const asset of new Set(losses.map(({ giving }) => giving.asset))) {
    openFor(book, asset, cause, local, sum(losses.map((each) => (each.giving.asset === asset ? each.amount : 0))))
  }
  for (const { rule, giving, amount } of losses) {
    const { asset } = giving
    const parts = takeParcels(book, asset, amount, () => true)
    const active = sum(parts.map((part) => part.amount))
    post(book, { cause, rule, asset, from: 'active', to: 'issued', amount: active })
    const isGone = book.left !== null || book.ended !== null
    const found = isGone
      ? takeForfeited(book, asset, amount - active, event.stamp.local, ({ order }) => order === null)
      : []
    for (const { to: from, amount: taken } of found)
      post(book, { cause, rule, asset, from, to: 'issued', amount: taken })
    const gone = sum(found.map((each) => each.amount))
    const debt = Math.min(amount - active - gone, roomForDebt(book, program, asset))
    post(book, { cause, rule, asset, from: 'debt', to: 'issued', amount: debt })
    const waived = amount - active - gone - debt
    post(book, { cause, rule, asset, from: 'adjusted', to: 'issued', amount: waived })
    const rest = { priority: 0, lastDay: 'uncovered', amount: gone + debt } as const
    const own = { rule, asset, amount, waived, parts: gone + debt === 0 ? parts : [...parts, rest] }
    note(book, { asset, rule, known: own, left: waived, isOwn: () => false })
    taken.push(own)
  }
  book.takenAlone.push({ name: event.name, version: program.version, taken })
}

/** Debt that the program bears: as much as there is, of what was taken from the order; the order has it waived. */
export function waiveDebt(book: Book, { source, id, orderKey, asset, amount }: DebtWaived): void {
  const order = book.orders.get(orderKey)
  if (order === undefined || order.version === null) return
  const cause = `${source}/${id}`
  let left = Math.min(amount, balance(book, asset, 'debt'))
  for (const each of order.given) {
    const isOwn = each.asset === asset && each.charity === null
    const share = isOwn ? Math.min(left, Math.max(0, each.first - each.now - each.waived)) : 0
    left -= share
    each.waived += share
    note(book, { asset, rule: each.rule, known: each, left: share, isOwn: () => false })
    post(book, { cause, rule: each.rule, asset, from: 'adjusted', to: 'debt', amount: share })
  }
}

import type { Activity, OrderContent, OrderEdited, OrderKey, OrderPaid, Stamp } from '@laurel/engine'
import { earningBar, earnsNoMore } from './bars.ts'
import { awayOf, type Book, inForceAt, programOf } from './book.ts'
import { roomFound, roomOf } from './caps.ts'
import { meetChallenges } from './challenges.ts'
import { giveFor } from './earning.ts'
import { met } from './experiments.ts'
import { giveShare, shareOf } from './giving.ts'
import { paidByRedemption, remainsOf } from './money.ts'
import { waitingReceipts } from './offers.ts'
import { notePayments, owedFor, postOwed, settleEarned } from './partners.ts'
import { pastOf, traitsOf } from './past.ts'
import type { AuditedOrder } from './records.ts'
import { isOverdue, settle } from './refunds.ts'
import { judgeAfterEvent, qualifyActivity, qualifyOrder, risingAt } from './tiers.ts'

/** Orders and activities when they happen, and orders that change. */

export function pay(book: Book, event: OrderPaid | OrderEdited, key: OrderKey, stamp: Stamp): void {
  const content = contentOf(event)
  const cause = `${event.source}/${event.id}`
  const known = book.orders.get(key)
  if (known !== undefined) {
    // AMT-4: an order keeps its currency.
    if (known.content.currency !== content.currency) return
    // REF-7: what comes later than a refund would be accepted is for a person.
    const isOver = JSON.stringify(known.content) === JSON.stringify(content) || isOverdue(book, known, stamp.local)
    if (!isOver) edit(book, known, content, cause, stamp)
    return
  }
  const program = programOf(book, stamp.version)
  const order: AuditedOrder = {
    key,
    content,
    local: stamp.local,
    placeLocal: stamp.placeLocal,
    version: program?.version ?? null,
    found: {
      ...(program === null
        ? { tiers: [], segments: [], tags: book.tags, memberships: [] }
        : traitsOf(book, program, stamp.local)),
      away: program === null ? awayOf(book) : earningBar(book, program, stamp.local),
      heldOut: new Set(),
      treated: new Set(),
      past: pastOf(book),
      room: program === null ? new Map() : roomFound(book, program, stamp),
      rising: program === null ? new Map() : risingAt(book, program, stamp.local),
    },
    given: [],
    refunds: [],
    deliveredOn: null,
    came: new Map(),
    cameOn: [],
    owedToProgram: new Map(),
    legs: new Map(),
    backAtEdit: new Map(),
    livedIn: new Map(),
    met: new Map(),
    receipts: waitingReceipts(book, stamp.local),
  }
  noteLegs(order)
  book.orders.set(key, order)
  if (program !== null) notePayments(book, program, content, cause, stamp.local)
  // END-1: recorded, and nothing comes of it, now or when it is edited.
  if (program === null || order.found.away !== null) return
  const room = roomOf(order.found.room)
  const subject = { order: content, remains: remainsOf(content, []), activity: null }
  const { found } = order
  const occasion = {
    places: program.places,
    local: stamp.local,
    placeLocal: stamp.placeLocal,
    found,
    meets: met(book, found),
  }
  const given = giveFor(program, subject, occasion, room)
  order.given = given.map((each) => shareOf(program, each, order.found.tiers))
  for (const [cap, change] of room.used)
    book.uses.push({ cap, local: order.local, placeLocal: order.placeLocal, order: key, change })
  settleEarned(book, order, cause)
  for (const each of order.given) giveShare(book, program, cause, order, each, each.now, stamp.local)
  meetChallenges(book, program, order, order.local)
  qualifyOrder(book, program, order, order.local)
  judgeAfterEvent(book, program, stamp.local)
}

/** The order as it is now, whole: what it first gave is what the new content would have given then, and refunds stay. */
export function edit(book: Book, order: AuditedOrder, content: OrderContent, cause: string, stamp: Stamp): void {
  const before = order.content
  order.content = content
  noteLegs(order)
  const program = programOf(book, order.version)
  if (program !== null && order.found.away === null) {
    const subject = { order: content, remains: remainsOf(content, []), activity: null }
    const { found, local, placeLocal } = order
    const occasion = { places: program.places, local, placeLocal, found, meets: met(book, found) }
    const asNew = giveFor(program, subject, occasion, roomOf(order.found.room)).map((each) =>
      shareOf(program, each, order.found.tiers),
    )
    // END-4: after the last day of earning no rule gives more than it gave at first.
    const mayGrow = !earnsNoMore(inForceAt(book, stamp.local), stamp.local)
    const firstOf = (rule: string) => order.given.find((each) => each.rule === rule)?.first ?? 0
    const whole = asNew
      .filter(({ rule }) => mayGrow || order.given.some((each) => each.rule === rule))
      .map((each) => (mayGrow ? each : { ...each, first: Math.min(each.first, firstOf(each.rule)) }))
    order.given = [
      ...order.given,
      ...whole
        .filter((each) => !order.given.some((other) => other.rule === each.rule))
        .map((each) => ({ ...each, now: 0, received: false })),
    ]
    for (const each of order.given) each.first = whole.find((other) => other.rule === each.rule)?.first ?? 0
    const document = program.onOrder.flatMap((rule) => [rule.id, ...rule.multipliers.map((each) => each.id)])
    order.given.sort((a, b) => document.indexOf(a.rule) - document.indexOf(b.rule))
  }
  settle(book, order, cause, stamp.local, { type: 'edit', before })
  if (program !== null) notePayments(book, program, content, cause, stamp.local)
}

function noteLegs(order: AuditedOrder): void {
  for (const payment of order.content.payments) {
    if (payment.by !== 'points') continue
    const paid = paidByRedemption(order.content, payment.redemption)
    order.legs.set(payment.redemption, Math.max(paid, order.legs.get(payment.redemption) ?? 0))
  }
}

function contentOf(event: OrderPaid | OrderEdited): OrderContent {
  const { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments } = event
  return { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments }
}

export function act(book: Book, event: Activity): void {
  const program = programOf(book, event.stamp.version)
  if (program === null || earningBar(book, program, event.stamp.local) !== null) return
  const { local, placeLocal } = event.stamp
  const cause = `${event.source}/${event.id}`
  const found = { ...traitsOf(book, program, local), past: pastOf(book) }
  const room = roomOf(roomFound(book, program, { local, placeLocal }))
  const given = giveFor(
    program,
    { order: null, activity: event },
    { places: program.places, local, placeLocal, found, meets: met(book, { heldOut: new Set(), treated: new Set() }) },
    room,
  ).map((each) => shareOf(program, each, found.tiers))
  for (const [cap, change] of room.used) book.uses.push({ cap, local, placeLocal, order: null, change })
  postOwed(book, cause, new Map(), owedFor(program, event.place, given))
  for (const each of given) giveShare(book, program, cause, null, each, each.now, local)
  const earned = (asset: string) =>
    given.filter((each) => each.asset === asset && each.charity === null).reduce((total, each) => total + each.now, 0)
  qualifyActivity(book, program, event.name, local, earned)
  const ours = given.filter((each) => each.charity === null)
  book.activities.push({
    event,
    found,
    receipts: waitingReceipts(book, local),
    earned: ours.map(({ asset, now }) => ({ asset, amount: now })),
    met: new Map(),
  })
  judgeAfterEvent(book, program, local)
}

import type {
  LocalTime,
  MemberChanged,
  MemberEvent,
  MergeReceived,
  OrderKey,
  Program,
  RedemptionConfirm,
  Stamp,
  Timeline,
  WaitingEvent,
} from '@laurel/engine'
import { adjust, extend, overrideTier, reinstate } from './acts.ts'
import { settleEntries } from './awards.ts'
import { type Book, inForceAt, openBook, programOf } from './book.ts'
import { settleCards } from './cards.ts'
import { settleChallenges } from './challenges.ts'
import {
  asCorrected,
  bear,
  type Corrected,
  correctedIn,
  isCorrectedIn,
  isFact,
  keep,
  nothingCorrected,
  rightsIn,
  saidAfter,
  versionsPutRight,
} from './corrections.ts'
import { clearWhatCame } from './ending.ts'
import { receive as receiveGift, send, takeBack } from './gifts.ts'
import { convertWhatCame } from './giving-up.ts'
import { forfeit, forfeitWhatCame, leave, writeOff } from './leaving.ts'
import { begin, moveStretch, stretchOn } from './lots.ts'
import { close, postBetween, takeIn } from './merging.ts'
import { receive, see, settleOffers } from './offers.ts'
import { act, edit, pay } from './orders.ts'
import { deliver } from './pending.ts'
import { bill } from './plans.ts'
import { cancel, confirm, endReservations, reserve } from './redemptions.ts'
import { claim, hear, look, settleReferral, suspect } from './referrals.ts'
import { acceptAlone, acceptFor, change, fail, nameOf, returnOwed, waiveDebt } from './refunds.ts'
import { judgeAtMoment } from './tiers.ts'
import { dayAt, type Recorded, tidy } from './time.ts'
import { letTimePass } from './timers.ts'
import { giveAway, giveBackForPrice, restore, revoke, use } from './vouchers.ts'

/**
 * The auditor: given everything that ever happened to one member, in any order, it writes the book anew from the first event
 * on, by the text of the semantics and nothing else. It shares no code with the engine, keeps no index and is in no hurry.
 */
export function audit(
  timeline: Timeline,
  events: readonly MemberEvent[],
  chance: number | null = null,
  correctedSince: Corrected = nothingCorrected,
): Book {
  const known = events.filter((event): event is Recorded => event.type !== 'time.passed')
  const corrected = correctedIn(timeline, known, correctedSince)
  const book = openBook(timeline, chance, (versions) => versionsPutRight(versions, corrected))
  const recorded = known.map((event) => asCorrected(event, corrected))
  const merges = recorded.filter((event) => event.type === 'merge.received')
  // What is older than the merge of whom it came for belongs into that one's book (MRG-1).
  const isOld = (event: Recorded) => merges.some((merge) => event.via === merge.from && isBefore(event, endIn(merge)))
  for (const event of tidy(recorded.filter((each) => !isOld(each)))) {
    book.pieces = piecesFor(event)
    letTimePass(book, event.stamp, null)
    const waited = [...book.waiting]
    if (event.type === 'merge.received') receiveMerge(book, event, recorded.filter(isOld), corrected)
    else record(book, event)
    // What an event makes due at once follows directly after it (TIME-3), and is its doing, or that of the last which waited for it.
    const acted =
      event.type === 'order.paid'
        ? waited.filter((each) => !book.waiting.includes(each) && !isOver(each, event.stamp))
        : []
    const { source, id } = acted.at(-1) ?? event
    // What undoes a merge, or corrects a version, fills no card (MRG-1, COR-1).
    const isOfPast = event.type === 'merge.undone' || event.type === 'version.corrected'
    const program = isOfPast ? null : settlingBy(book, event, corrected)
    settleReferral(book, `${source}/${id}`, event.stamp.local)
    settleEntries(book, `${source}/${id}`, event.stamp.local)
    settleOffers(book, event.stamp.local)
    settleChallenges(book, program, event.stamp.local)
    convertWhatCame(book, `${source}/${id}`, event.stamp.local)
    settleCards(book, program, `${source}/${id}`, event.stamp.local)
    convertWhatCame(book, `${source}/${id}`, event.stamp.local)
    forfeitWhatCame(book, `${source}/${id}`, event.stamp.local)
    clearWhatCame(book, `${source}/${id}`, event.stamp.local)
    letTimePass(book, event.stamp, `${source}/${id}`)
  }
  book.pieces = null
  const wakeUps = events.filter((event) => event.type === 'time.passed')
  const last = wakeUps.sort((a, b) => a.stamp.at - b.stamp.at).at(-1)
  if (last !== undefined) letTimePass(book, last.stamp, null)
  return book
}

/** Acts and requests stand as answered; what they fill is what the version has that is right (COR-1). */
function settlingBy(book: Book, event: Recorded, corrected: Corrected): Program | null {
  const { version, local } = event.stamp
  const ruling = version === null ? null : inForceAt(book, local)
  const isRight = ruling !== null && rightsIn(corrected).some((right) => right.version === ruling.version)
  return isRight && !isFact(event) ? ruling : programOf(book, version)
}

const piecesFor = ({ grants }: Recorded): Book['pieces'] =>
  grants === undefined ? null : new Map(grants.map(({ room, amount }) => [room.replace('stock/', ''), amount]))

/** In one instant the order of events decides, also between a fact and the end of whom it came for. */
const isBefore = (a: Recorded, b: Recorded): boolean => a !== b && tidy([b, a])[0] === a

const endIn = (received: MergeReceived): Recorded =>
  received.brought.events.find(({ source, id }) => `${source}/${id}` === received.merge) ?? received

function receiveMerge(book: Book, event: MergeReceived, later: readonly Recorded[], corrected: Corrected): void {
  const { events, told } = event.brought
  const since = saidAfter(event, corrected)
  const audited = (all: readonly MemberEvent[], by?: Corrected) => audit(book.published, all, told.chance ?? null, by)
  const before = [...events, ...later].filter(({ source, id }) => `${source}/${id}` !== event.merge)
  const gone = audited([...before, { type: 'time.passed', stamp: event.stamp }], since)
  endReservations(gone, event.merge, event.stamp.local)
  if (later.length > 0 || isCorrectedIn(event, corrected)) {
    postBetween(book, audited(events), audited([...events, ...later], since))
  }
  book.joinedOn ??= dayAt(event.stamp.local)
  takeIn(book, event, gone)
  for (const key of book.orders.keys()) actOnWaiting(book, key, event.stamp)
}

function record(book: Book, event: Recorded): void {
  const { stamp } = event
  // Nobody said when the member joined: with what is first known of them.
  book.joinedOn ??= dayAt(stamp.local)
  switch (event.type) {
    case 'order.placed':
      return
    case 'order.paid': {
      const key = `${event.source}/${event.order}`
      const isNew = !book.orders.has(key)
      // The same order told again is no new action (EVT-1).
      if (isNew) moveActivity(book, stamp.version, event.type, stamp.local)
      pay(book, event, key, stamp)
      if (isNew) actOnWaiting(book, key, stamp)
      return
    }
    case 'refund.failed':
      fail(book, event, stamp.local)
      return
    case 'payment.disputed':
      if (event.status === 'won') fail(book, event, stamp.local)
      else ofOrder(book, event, `${event.source}/${event.order}`, stamp)
      return
    case 'order.edited':
    case 'order.delivered':
    case 'order.cancelled':
      ofOrder(book, event, `${event.source}/${event.order}`, stamp)
      return
    case 'refund.made':
      if (event.order !== null) ofOrder(book, event, `${event.source}/${event.order}`, stamp)
      return
    case 'activity':
      moveActivity(book, stamp.version, `activity.${event.name}`, stamp.local)
      act(book, event)
      return
    case 'offer.sent':
      receive(book, event)
      return
    case 'offer.seen':
      see(book, event)
      return
    case 'membership.started':
    case 'membership.renewed':
    case 'membership.failed':
    case 'membership.cancelled':
      bill(book, event)
      return
    case 'member.frozen':
      book.frozen = event.frozen
      return
    case 'member.merged':
      close(book, `${event.source}/${event.id}`, stamp.local)
      return
    case 'member.left':
      leave(book, stamp.local)
      return
    case 'member.erased':
      book.left = { forfeitOn: dayAt(stamp.local), forGood: true }
      forfeit(book, `${event.source}/${event.id}`, stamp.local)
      writeOff(book, `${event.source}/${event.id}`)
      // Nobody asks for what was forfeited any more.
      book.forfeits.length = 0
      if (book.referral?.qualified === null) book.referral.isOver = true
      book.segments = []
      book.tags = []
      book.footing = { mark: book.footing.mark, age: 0, terms: [] }
      book.waiting.length = 0
      book.paidAhead.clear()
      return
    case 'member.joined': {
      if (book.left?.forGood) return
      const isBackInTime = book.left !== null && book.left.forfeitOn !== null
      book.left = null
      if (isBackInTime) return
      book.joinedOn = dayAt(stamp.local)
      const program = programOf(book, stamp.version)
      for (const { id, window } of program?.ladders ?? []) {
        // Another day of joining ends a year that is counted from it.
        if (window.type === 'anniversary') judgeAtMoment(book, id, stamp.local)
      }
      return
    }
    case 'member.changed':
      book.segments = event.segments ?? book.segments
      book.tags = event.tags ?? book.tags
      tellFooting(book, event)
      return
    case 'redemption.reserve':
      answer(book, event, reserve(book, event))
      return
    case 'redemption.confirm':
      confirmed(book, event)
      return
    case 'redemption.cancel':
      answer(book, event, cancel(book, event))
      if (book.redemptions.get(event.redemption)?.state === 'cancelled') book.owed.delete(event.redemption)
      return
    case 'voucher.use':
      answer(book, event, use(book, event))
      return
    case 'voucher.restore':
      answer(book, event, restore(book, event))
      return
    case 'voucher.return':
      answer(book, event, giveBackForPrice(book, event))
      return
    case 'voucher.give':
      answer(book, event, giveAway(book, event))
      return
    case 'voucher.revoked':
      answer(book, event, revoke(book, event))
      return
    case 'referral.claim':
      answer(book, event, claim(book, event))
      return
    case 'referral.suspected':
      suspect(book, event)
      return
    case 'referral.reviewed':
      look(book, event)
      return
    case 'referral.qualified':
    case 'referral.reversed':
      hear(book, event)
      return
    case 'gift.send':
      answer(book, event, send(book, event))
      return
    case 'gift.received':
      receiveGift(book, event)
      return
    case 'gift.returned':
      takeBack(book, event)
      return
    case 'points.adjusted':
      answer(book, event, adjust(book, event))
      return
    case 'lots.extended':
      answer(book, event, extend(book, event))
      return
    case 'lots.reinstated':
      answer(book, event, reinstate(book, event))
      return
    case 'tier.overridden':
      overrideTier(book, event)
      return
    case 'debt.waived':
      waiveDebt(book, event)
      return
    case 'version.corrected':
      keep(book, event)
      bear(book, event)
      return
    case 'refund.accepted': {
      const waiting = book.waiting.findIndex((each) => `${each.source}/${each.id}` === event.refund)
      if (waiting !== -1) book.waiting.splice(waiting, 1)
      // What waited when it was accepted and waits no more was counted by its order.
      else if (event.waited) return
      if (event.edited !== undefined) {
        const edited = event.orderKey === null ? undefined : book.orders.get(event.orderKey)
        if (edited !== undefined) edit(book, edited, event.edited, `${event.source}/${event.id}`, stamp)
        return
      }
      if (book.failed.has(event.name)) return
      const order = event.orderKey === null ? undefined : book.orders.get(event.orderKey)
      if (event.orderKey === null) acceptAlone(book, event)
      else if (order !== undefined) acceptFor(book, order, event, stamp.local)
    }
  }
}

/** What is not said stays. */
function tellFooting(book: Book, { mark, ageAtLeast, terms }: MemberChanged): void {
  const { footing } = book
  book.footing = {
    mark: mark == null ? footing.mark : mark === 'none' ? null : mark,
    age: ageAtLeast ?? footing.age,
    terms: terms == null ? footing.terms : [...footing.terms.filter((each) => each !== terms), terms],
  }
}

function confirmed(book: Book, event: RedemptionConfirm): void {
  const before = book.redemptions.get(event.redemption)?.state
  answer(book, event, confirm(book, event))
  const after = book.redemptions.get(event.redemption)
  if (after?.state === 'confirmed' && before !== 'confirmed') {
    moveActivity(book, after.version, 'redemption.confirmed', event.stamp.local)
    returnOwed(book, after, `${event.source}/${event.id}`, event.stamp.local)
  }
}

function answer(book: Book, event: Recorded, given: ReturnType<typeof adjust>): void {
  if (given !== null) book.answers.set(`${event.source}/${event.id}`, given)
}

/** EVT-5: what names an order that is not there yet waits for it, in tidy order. */
function ofOrder(book: Book, event: WaitingEvent, key: OrderKey, stamp: Stamp): void {
  if (book.failed.has(nameOf(event))) return
  const order = book.orders.get(key)
  if (order === undefined) {
    book.waiting.push(event)
    return
  }
  switch (event.type) {
    case 'order.edited':
      pay(book, event, key, stamp)
      return
    case 'order.delivered':
      deliver(book, order, event, stamp.local)
      return
    case 'order.cancelled':
    case 'refund.made':
    case 'payment.disputed':
      change(book, order, event, stamp.local)
      return
  }
}

/** An edit from before the payment speaks of what is over. */
const isOver = (event: WaitingEvent, paid: Stamp): boolean => event.type === 'order.edited' && event.stamp.at < paid.at

function actOnWaiting(book: Book, key: OrderKey, stamp: Stamp): void {
  const ready = book.waiting.filter((event) => `${event.source}/${event.order}` === key)
  for (const event of ready) {
    book.waiting.splice(book.waiting.indexOf(event), 1)
    if (isOver(event, stamp)) continue
    ofOrder(book, event, key, stamp)
  }
}

/** LOT-2: declared actions move the end of idle points, never back. */
function moveActivity(book: Book, version: number | null, name: string, local: LocalTime): void {
  for (const { id, expiry } of programOf(book, version)?.assets ?? []) {
    if (expiry.type !== 'inactive' || !expiry.moves.has(name)) continue
    const running = stretchOn(book, id, dayAt(local))
    begin(book, id, running, dayAt(local))
    moveStretch(book, id, running, dayAt(local))
  }
}

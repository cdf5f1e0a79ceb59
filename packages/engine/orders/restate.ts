import { reopenCardsFor } from '../cards/reopen.ts'
import { meetChallenges } from '../challenges/count.ts'
import { isEarningOver } from '../closing/closing.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { OrderContent } from '../event.ts'
import { joinMet, meetRules } from '../experiments/held-out.ts'
import { countForGoals } from '../goals/count.ts'
import type { CountedRefund, ExpirySource, Given, LotEnd, OrderRecord } from '../member.ts'
import { settleEarned, settlePayments } from '../partners/settle.ts'
import { compareLots } from '../points/asset-state.ts'
import { clawBack, type OwnPoints, type Take } from '../points/clawback.ts'
import { endOf } from '../points/lots.ts'
import { give, pendingUntil } from '../points/pending.ts'
import { boundShortfalls, forgetClaimed } from '../points/shortfalls.ts'
import type { Program } from '../program/program.ts'
import { programAt, programOf } from '../program/timeline.ts'
import { count, usedRoom } from '../rules/caps.ts'
import { charityOf, earnedByMember, giveToCharity } from '../rules/charity.ts'
import { requalifyOrder } from '../tiers/qualify.ts'
import { dayOf, type LocalDay } from '../time/local.ts'
import { returnVouchers } from '../vouchers/of-order.ts'
import { countableOrder } from './countable.ts'
import { meetStretches } from './crossing.ts'
import { eligibleSpend, orderEarnable } from './earnable.ts'
import { givenByEdit, givenNow, isForgotten } from './given-now.ts'
import { allLeftOf, legsOf, moneyOf, type OrderMoney } from './money.ts'
import { dueOf, historySpend, orderCounting } from './order.ts'
import { restateAwards } from './order-awards.ts'
import { activateHere, isOfClass, pendingNow, stillToCome } from './parcels.ts'
import { type Change, postReturns, returnsDue, sayRefunded } from './payment-back.ts'
import { situationOf } from './situation.ts'
import { knowingPaid } from './waive-debt.ts'

/**
 * The order stands differently now: by its content, or by its refunds. What it is due is judged again by what it found, and the
 * difference to what was given is posted, rule by rule (REF-1, AMT-3).
 */
export function restate(
  draft: Draft,
  stored: OrderRecord,
  content: OrderContent,
  refunds: readonly CountedRefund[],
  by: 'member' | 'shop' = 'member',
): void {
  const known = knowingPaid(draft.member, stored)
  forgetClaimed(draft, `order:${known.key}`)
  const was = moneyOf(known.content, known.refunds)
  const is = moneyOf(content, refunds)
  const edited = content !== known.content
  const record = meetingRules(draft, known, content, edited ? [moneyOf(content, []), is] : [is])
  const returnUsed = () => {
    if (!edited) returnVouchers(draft, record, was, is, by)
  }
  // An order that what waited for it changes at once is told as it stands then.
  if (draft.trace !== null) draft.trace.length = 0
  const isUndone = allLeftOf(is) > allLeftOf(was)
  draft.version = record.version ?? 0
  let next: OrderRecord = { ...record, content, refunds, legs: edited ? legsOf(record.legs, content) : record.legs }
  const change: Change = { before: record, was, after: next, is, by }
  const { returns, legs } = returnsDue(draft, change)
  next = { ...next, legs }
  // What paid comes back before the order's own points are taken, so that they are there to be taken (AMT-3); it pays after.
  const back = postReturns(
    draft,
    change,
    returns.filter(({ amount }) => amount > 0),
  )
  if (!isUndone) returnUsed()
  if (record.version !== null) {
    draft.version = record.version
    const program = programOf(draft.timeline, record.version)
    const mayGrow = edited && !isEarningOver(programAt(draft.timeline, draft.effective), draft.effective)
    const asNew = edited ? dueOf(program, record, content, moneyOf(content, []), null) : []
    const first = edited ? givenByEdit(program, record.given, asNew, mayGrow) : record.given
    const due = dueOf(program, record, content, is, draft.trace)
    const now = givenNow(program, first, due, draft.trace)
    const posted = postDifferences(draft, program, record, { ...next, given: now })
    const given = posted.filter((each) => !isForgotten(each))
    next = activateHere(draft, { ...next, given })
    giveRoomBack(draft, program, record, given)
    const stood = { place: record.content.place, given: standing(program, record.given) }
    settleEarned(draft, program, stood, { place: content.place, given: standing(program, given) })
    if (edited) settlePayments(draft, program, content)
    const { away } = record.found
    const spent = eligibleSpend(program, record.content, was)
    const spend = eligibleSpend(program, content, is)
    const counted = { counting: orderCounting(program, spent, was, record.given, away), full: was.full }
    const counts = { counting: orderCounting(program, spend, is, given, away), full: is.full }
    const qualified = requalifyOrder(draft, program, record, counted, counts)
    const stands = meetChallenges(draft, program, countableOrder(program, record, content, is, given))
    const found = { ...record.found, ...stands.met }
    next = { ...next, found, qualified, spend: historySpend(counts.counting) }
    countForGoals(draft, program, countableOrder(program, record, record.content, was, record.given), stands.is)
    const awarded = restateAwards(draft, record, content, is, mayGrow)
    if (awarded.length > 0) next = { ...next, awarded }
  }
  emit(draft, { key: record.key, record: next, type: 'order' })
  const again = postReturns(
    draft,
    change,
    returns.filter(({ amount }) => amount < 0),
  )
  if (isUndone) returnUsed()
  sayRefunded(draft, change, [...back, ...again])
}

/** As the order stands now it may meet rules that it did not meet before (EXP-1): at each of these sums. */
function meetingRules(
  draft: Draft,
  record: OrderRecord,
  content: OrderContent,
  sums: readonly OrderMoney[],
): OrderRecord {
  const { version, local, placeLocal } = record
  if (version === null) return record
  const program = programOf(draft.timeline, version)
  let found = record.found
  for (const money of sums) {
    const { scope } = orderEarnable(program, content, money, found, local)
    const situation = situationOf(program, content, placeLocal, found)
    const met = meetRules(draft, [program.onOrder, program.awardsOn.order], scope, situation)
    found = { ...found, ...joinMet(found, met) }
    found = { ...found, ...meetStretches(draft, program, { content, money, local, placeLocal, found }).met }
  }
  const known = ({ heldOut = [], treated = [] }: OrderRecord['found']) => heldOut.length + treated.length
  return known(found) === known(record.found) ? record : { ...record, found }
}

/** What a cause got is the program's own gift, wherever it was earned. */
const standing = (program: Program, given: readonly Given[]) =>
  earnedByMember(program, given).map(({ asset, now }) => ({ asset, amount: now }))

/** Posts what each rule gives less or more than before, the order being `next`; answers the same with what was waived by now. */
function postDifferences(draft: Draft, program: Program, record: OrderRecord, next: OrderRecord): Given[] {
  const { given } = next
  const toCome = stillToCome(program, next)
  const takesByAsset = new Map<string, Take[]>()
  // By how the order stood: taken is first what lay there before, not what this very change gives.
  const own = ownPoints(draft, program, record)
  const undone = given.map((now) => {
    const before = record.given.find((known) => isOf(known, now))?.now ?? 0
    const charity = charityOf(program, now.rule)
    if (charity !== null) {
      giveToCharity(draft, charity, now.rule, now.asset, now.now - before)
      return now
    }
    if (now.now < before) {
      const takes = takesByAsset.get(now.asset) ?? []
      takes.push({
        rule: now.rule,
        amount: before - now.now,
        own: own.filter((points) => isOfClass(points, now)),
      })
      takesByAsset.set(now.asset, takes)
    }
    return now.now > before ? giveAgain(draft, program, record, now, now.now - before, toCome) : now
  })
  const waived: { rule: string; asset: string; amount: number }[] = []
  for (const [asset, takes] of takesByAsset) {
    const clawed = clawBack(draft, program.refunds, {
      owner: record.key,
      asset,
      takes,
      own: own.filter((points) => points.asset === asset),
      waivedFor: `order:${record.key}`,
      freeLots: (missing) => reopenCardsFor(draft, asset, missing),
      toCome,
    })
    waived.push(...clawed.waived.map(({ rule, amount }) => ({ rule, asset, amount })))
  }
  return undone.map((now) => ({ ...now, waived: now.waived + (waived.find((left) => isOf(left, now))?.amount ?? 0) }))
}

const isOf = (a: { readonly rule: string; readonly asset: string }, b: Given): boolean =>
  a.rule === b.rule && a.asset === b.asset

/** Where the order's points went, each class and expiry of an asset once, in burn order (REF-2). */
function ownPoints(draft: Draft, program: Program, record: OrderRecord): OwnOfOrder[] {
  const own: OwnOfOrder[] = []
  for (const given of record.given) {
    if (!given.received || own.some((known) => isOfClass(known, given))) continue
    const { asset, priority, expiryOf } = given
    for (const since of daysOfPoints(draft, program, record, asset)) {
      const lastDay = endOfPoints(draft, program, record, asset, expiryOf, since)
      own.push({ asset, priority, expiryOf, lastDay, ends: [lastDay], since })
    }
  }
  return own.sort(compareLots)
}
type OwnOfOrder = OwnPoints & { readonly asset: string; readonly lastDay: LotEnd }

/** The end that its points of an asset received which live from that day on. */
function endOfPoints(
  draft: Draft,
  program: Program,
  record: OrderRecord,
  asset: string,
  source: ExpirySource,
  since: LocalDay,
): LotEnd {
  const broughtIn = record.idleIn?.find(({ asset: of, on }) => of === asset && (on ?? since) === since)?.end
  return endOf(draft, program, asset, source, since, broughtIn)
}

/** The days from which the order's points of an asset live: several where it came in parts. */
export function daysOfPoints(
  { effective }: Pick<Draft, 'effective'>,
  program: Program,
  record: OrderRecord,
  asset: string,
): readonly LocalDay[] {
  const last = activeFrom(program, record, asset)
  const waits = pendingUntil(program, asset, dayOf(record.local))?.awaits
  if (record.parcels === undefined || !waits) return [last]
  // What the last of them was is not known while something is to come.
  const days = record.parcels.days.filter((day) => day < last)
  return last <= dayOf(effective) ? [...days, last] : days
}

/** The day on which the order's points of an asset became or become active. */
function activeFrom(program: Program, record: OrderRecord, asset: string): LocalDay {
  const day = dayOf(record.local)
  const due = pendingUntil(program, asset, day)
  if (due === null) return day
  return due.awaits && record.deliveredOn !== null ? Math.min(due.on, record.deliveredOn) : due.on
}

/**
 * Points that an undone refund or an edit gives: as if they had been there all the time. Of an order that came in parts what lies
 * on lines to come waits for those, and the rest came with the last of its parts.
 */
function giveAgain(
  draft: Draft,
  program: Program,
  record: OrderRecord,
  given: Given,
  more: number,
  toCome: (given: Given) => number,
): Given {
  // What was waived nobody has given back, so nobody gets it again.
  const unwaived = Math.min(given.waived, more)
  move(draft, given.rule, given.asset, 'issued', 'adjusted', unwaived)
  boundShortfalls(draft, `order:${record.key}`, given.asset, given.rule, given.waived - unwaived)
  const amount = more - unwaived
  const unwaivedGiven = { ...given, waived: given.waived - unwaived }
  if (amount === 0) return unwaivedGiven
  const { asset, expiryOf } = given
  const day = dayOf(record.local)
  const last = activeFrom(program, record, asset)
  const missing = last <= dayOf(draft.effective) ? 0 : toCome(given) - pendingNow(draft, record, given)
  const waits = Math.max(0, Math.min(amount, missing))
  if (waits > 0) give(draft, program, { ...given, amount: waits }, record.key, day, null)
  if (amount > waits) {
    const activeOn = daysOfPoints(draft, program, record, asset).at(-1) ?? last
    const again = { activeOn, end: endOfPoints(draft, program, record, asset, expiryOf, activeOn) }
    give(draft, program, { ...given, amount: amount - waits }, record.key, day, again)
  }
  return { ...unwaivedGiven, received: true }
}

/** Room that the order no longer needs goes back to the period of its own date (EARN-4). */
function giveRoomBack(draft: Draft, program: Program, record: OrderRecord, given: readonly Given[]): void {
  const before = usedRoom(program, program.onOrder, record.given)
  const now = usedRoom(program, program.onOrder, given)
  for (const found of record.found.room) {
    count(draft, program, found, (now.get(found.cap) ?? 0) - (before.get(found.cap) ?? 0))
  }
}

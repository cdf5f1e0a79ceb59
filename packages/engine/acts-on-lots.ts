import { barToKeeping } from './acts.ts'
import { granted, no, refuse } from './answer.ts'
import { type Draft, emit, move } from './draft.ts'
import type { LotsExtended, LotsReinstated, RequestAnswer } from './event.ts'
import type { LapsedLot, LotEnd } from './member.ts'
import { assetOf } from './points/asset-state.ts'
import { isForgotten } from './points/gone.ts'
import { credit, lapseOf } from './points/lots.ts'
import { type ActivePart, totalOf } from './points/parts.ts'
import { dayOf, type LocalDay } from './time/local.ts'

/**
 * Acts of staff on the ends of points (LOT-6). A late fact may leave other lots than an act found (EVT-2): it stands for as much as was
 * granted, of the lots that end nearest to the day it named. What none is there for any more nobody gets, and that is said: it would
 * be given out of nothing, and nobody would owe it.
 */

/** Every lot with this last day, and what open reservations took of such lots; what has lapsed meanwhile stays lapsed. */
export function extendLots(draft: Draft, event: LotsExtended): RequestAnswer {
  const answer = event.answer ?? judgeExtending(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const moved = prolong(draft, event, event.lastDay, Number.MAX_SAFE_INTEGER)
  sayShortOf(draft, event.asset, answer.amount - moved - prolongNearest(draft, event, answer.amount - moved))
  return answer
}

/** What has not lapsed ends today or later: a day after that is never over. */
function judgeExtending(draft: Draft, event: LotsExtended): RequestAnswer {
  const { asset, lastDay, newLastDay } = event
  const held = ownHolds(draft, asset).flatMap(({ parts }) =>
    parts.filter((part) => isEnding(draft, asset, lastDay, part)),
  )
  const amount = totalOf(held) + totalOf(lotsEndingOn(draft, asset, lastDay))
  if (amount === 0) return no('unknown-lot')
  return endsOn(draft, asset, newLastDay) > event.lastDay ? granted(asset, amount) : no('not-later')
}

type Prolonging = Pick<LotsExtended, 'asset' | 'lastDay' | 'newLastDay'>

/** Gives up to `most` of what ends on that day the new one, and answers how much that was. */
function prolong(draft: Draft, { asset, newLastDay }: Prolonging, day: LocalDay, most: number): number {
  let left = most
  for (const { priority, lastDay, amount } of lotsEndingOn(draft, asset, day)) {
    const moved = Math.min(left, amount)
    if (moved === 0) break
    left -= moved
    emit(draft, { type: 'lot', asset, priority, lastDay, change: -moved })
    emit(draft, { type: 'lot', asset, priority, lastDay: newLastDay, change: moved })
  }
  for (const hold of ownHolds(draft, asset)) {
    const before = left
    const parts = hold.parts.flatMap((part) => {
      const moved = isEnding(draft, asset, day, part) ? Math.min(left, part.amount) : 0
      left -= moved
      const split = [
        { ...part, lastDay: newLastDay, amount: moved },
        { ...part, amount: part.amount - moved },
      ]
      return split.filter(({ amount }) => amount > 0)
    })
    if (left < before) emit(draft, { type: 'hold', hold: { ...hold, parts } })
  }
  return most - left
}

/** The same of whatever ends sooner than the new day, from what ends nearest to the day that was named on. */
function prolongNearest(draft: Draft, event: Prolonging, most: number): number {
  if (most <= 0) return 0
  const { asset, newLastDay } = event
  const parts = [...assetOf(draft.member, asset).lots, ...ownHolds(draft, asset).flatMap((hold) => hold.parts)]
  const days = new Set(parts.flatMap(({ lastDay }) => (lastDay === 'uncovered' ? [] : endsOn(draft, asset, lastDay))))
  let moved = 0
  for (const day of [...days].sort(byNearness(event.lastDay))) {
    if (day < endsOn(draft, asset, newLastDay)) moved += prolong(draft, event, day, most - moved)
  }
  return moved
}

/** Of two that are as near, the earlier. */
const byNearness =
  (day: LocalDay) =>
  (a: LocalDay, b: LocalDay): number =>
    Math.abs(a - day) - Math.abs(b - day) || a - b

function sayShortOf(draft: Draft, asset: string, amount: number): void {
  if (amount > 0) emit(draft, { type: 'less-than-granted', act: draft.cause, asset, amount })
}

const lotsEndingOn = (draft: Draft, asset: string, day: LocalDay) =>
  assetOf(draft.member, asset).lots.filter(({ lastDay }) => endsOn(draft, asset, lastDay) === day)

/** What a pool has paid for is held of the pool's lots (POOL-1). */
const ownHolds = ({ member }: Draft, asset: string) =>
  member.holds.filter((hold) => hold.asset === asset && hold.paidBy === undefined)

/** Of what is held the day may be over: then it comes back for a day, as it always does (LOT-3). */
const isEnding = (draft: Draft, asset: string, day: LocalDay, { lastDay }: ActivePart): boolean =>
  lastDay !== 'uncovered' && day >= dayOf(draft.effective) && endsOn(draft, asset, lastDay) === day

/** A lot's last day as things are: an asset that a version gives up may be honoured for less long. */
function endsOn(draft: Draft, asset: string, lastDay: LotEnd): number {
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  return lapse === null ? Number.POSITIVE_INFINITY : dayOf(lapse) - 1
}

/** As much of the lapsed lot as is remembered comes back, and the answer says how much that is. */
export function reinstateLots(draft: Draft, event: LotsReinstated): RequestAnswer {
  const { asset, newLastDay } = event
  const answer = event.answer ?? judgeReinstating(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  let missing = answer.amount
  for (const lapsed of rememberedNearest(draft, event)) {
    const amount = Math.min(missing, lapsed.amount)
    if (amount === 0) break
    missing -= amount
    emit(draft, { type: 'lapsed', asset, lot: { ...lapsed, amount: lapsed.amount - amount } })
    move(draft, 'reinstate', asset, 'expired', 'active', amount)
    credit(draft, asset, amount, lapsed.priority, newLastDay)
  }
  // What has not lapsed after all is good to the day that was granted.
  sayShortOf(draft, asset, missing - prolongNearest(draft, event, missing))
  return answer
}

function judgeReinstating(draft: Draft, event: LotsReinstated): RequestAnswer {
  const bar = barToKeeping(draft)
  if (bar !== null) return no(bar)
  const lapse = lapseOf(draft, draft.member, event.asset, event.newLastDay)
  // They would lapse again in the same moment.
  if (lapse !== null && lapse <= draft.effective) return no('already-over')
  const named = rememberedNearest(draft, event).filter((lapsed) => overOn(lapsed) === event.lastDay)
  const remembered = named.reduce((sum, { amount }) => sum + amount, 0)
  if (remembered > 0) return granted(event.asset, Math.min(event.amount, remembered))
  return no('short', event.amount)
}

/** What lapsed on that day and is not forgotten; then what lapsed on others. */
const rememberedNearest = (draft: Draft, { asset, lastDay }: LotsReinstated): LapsedLot[] =>
  assetOf(draft.member, asset)
    .lapsed.filter(({ lapsedOn }) => !isForgotten(draft, lapsedOn))
    .sort((a, b) => byNearness(lastDay)(overOn(a), overOn(b)))

/** Of points that go by inactivity the day is that on which they lapsed. */
const overOn = ({ lastDay, lapsedOn }: LapsedLot): LocalDay => (typeof lastDay === 'number' ? lastDay : lapsedOn)

import { granted, no, refusalOf, refuse } from './answer.ts'
import { isClosed } from './closing/closing.ts'
import { type Draft, emit, move } from './draft.ts'
import type {
  LotsExtended,
  LotsReinstated,
  MemberChanged,
  PointsAdjusted,
  RequestAnswer,
  TierOverridden,
} from './event.ts'
import { footingOf, toldFooting } from './footing/footing.ts'
import type { LotEnd } from './member.ts'
import { assetOf } from './points/asset-state.ts'
import { isForgotten } from './points/gone.ts'
import { burn, credit, endOf, lapseOf, lastPriority } from './points/lots.ts'
import { type ActivePart, isIdle, totalOf } from './points/parts.ts'
import { programAt, programOf } from './program/timeline.ts'
import { judgeLadder } from './tiers/judge.ts'
import { dayOf, startOf } from './time/local.ts'

/** Staff gives or takes points, with a reason. Taking never goes below what is there when it is judged. */
export function adjust(draft: Draft, event: PointsAdjusted): RequestAnswer {
  const { asset } = event
  const wished = Math.abs(event.amount)
  if (event.amount > 0) {
    const answer = event.answer ?? judgeGiving(draft, asset, wished)
    if (!answer.granted) return refuse(draft, answer.refusal)
    const program =
      event.stamp.version === null
        ? programAt(draft.timeline, event.stamp.local)
        : programOf(draft.timeline, event.stamp.version)
    move(draft, 'adjust', asset, 'adjusted', 'active', wished)
    credit(draft, asset, wished, lastPriority(draft, asset), endOf(draft, program, asset, '', dayOf(event.stamp.local)))
    return answer
  }
  const answer = event.answer ?? judgeTaking(draft, asset, wished)
  if (!answer.granted) return refuse(draft, answer.refusal)
  burn(draft, 'adjust', asset, 'adjusted', answer.amount)
  return answer
}

/** Staff may give to whoever is frozen, not to whom nothing can belong. */
function judgeGiving(draft: Draft, asset: string, amount: number): RequestAnswer {
  const bar = barToKeeping(draft)
  return bar === null ? granted(asset, amount) : no(bar)
}

const barToKeeping = ({ member, timeline, effective }: Draft): 'left' | 'closed' | null =>
  member.left !== null ? 'left' : isClosed(programAt(timeline, effective), effective) ? 'closed' : null

function judgeTaking(draft: Draft, asset: string, amount: number): RequestAnswer {
  const active = assetOf(draft.member, asset).active
  if (amount <= active) return granted(asset, amount)
  return no('short', amount - active)
}

/**
 * LOT-6: every lot with this last day, as things are, gets a later one, and so does what open reservations took of such lots; what
 * has lapsed meanwhile stays lapsed.
 */
export function extendLots(draft: Draft, event: LotsExtended): RequestAnswer {
  const { asset, newLastDay } = event
  const answer = event.answer ?? judgeExtending(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  for (const { priority, lastDay, amount } of lotsEndingOn(draft, event)) {
    emit(draft, { type: 'lot', asset, priority, lastDay, change: -amount })
    emit(draft, { type: 'lot', asset, priority, lastDay: newLastDay, change: amount })
  }
  for (const hold of ownHolds(draft, event)) {
    if (!hold.parts.some((part) => isEnding(draft, event, part))) continue
    const parts = hold.parts.map((part) => (isEnding(draft, event, part) ? { ...part, lastDay: newLastDay } : part))
    emit(draft, { type: 'hold', hold: { ...hold, parts } })
  }
  return answer
}

/** What has not lapsed ends today or later: a day after that is never over. */
function judgeExtending(draft: Draft, event: LotsExtended): RequestAnswer {
  const { asset, newLastDay } = event
  const held = ownHolds(draft, event).flatMap(({ parts }) => parts.filter((part) => isEnding(draft, event, part)))
  const amount = totalOf(held) + lotsEndingOn(draft, event).reduce((sum, lot) => sum + lot.amount, 0)
  if (amount === 0) return no('unknown-lot')
  return endsOn(draft, asset, newLastDay) > event.lastDay ? granted(asset, amount) : no('not-later')
}

const lotsEndingOn = (draft: Draft, { asset, lastDay }: LotsExtended) =>
  assetOf(draft.member, asset).lots.filter((lot) => endsOn(draft, asset, lot.lastDay) === lastDay)

/** What a pool has paid for is held of the pool's lots (POOL-1). */
const ownHolds = ({ member }: Draft, { asset }: LotsExtended) =>
  member.holds.filter((hold) => hold.asset === asset && hold.paidBy === undefined)

/** Of what is held the day may be over: then it comes back for a day, as it always does (LOT-3). */
const isEnding = (draft: Draft, { asset, lastDay }: LotsExtended, part: ActivePart): boolean =>
  part.lastDay !== 'uncovered' && lastDay >= dayOf(draft.effective) && endsOn(draft, asset, part.lastDay) === lastDay

/** A lot's last day as things are: an asset that a version gives up may be honoured for less long. */
function endsOn(draft: Draft, asset: string, lastDay: LotEnd): number {
  const lapse = lapseOf(draft, draft.member, asset, lastDay)
  return lapse === null ? Number.POSITIVE_INFINITY : dayOf(lapse) - 1
}

/** LOT-6: as much of the lapsed lot as is remembered comes back, and the answer says how much that is. */
export function reinstateLots(draft: Draft, event: LotsReinstated): RequestAnswer {
  const { asset, newLastDay } = event
  const answer = event.answer ?? judgeReinstating(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  let missing = answer.amount
  for (const lapsed of rememberedOf(draft, event)) {
    const amount = Math.min(missing, lapsed.amount)
    if (amount === 0) break
    missing -= amount
    emit(draft, { type: 'lapsed', asset, lot: { ...lapsed, amount: lapsed.amount - amount } })
    move(draft, 'reinstate', asset, 'expired', 'active', amount)
    credit(draft, asset, amount, lapsed.priority, newLastDay)
  }
  // What was granted stands, also where a late fact has left less to lapse (EVT-2).
  move(draft, 'reinstate', asset, 'expired', 'active', missing)
  credit(draft, asset, missing, lastPriority(draft, asset), newLastDay)
  return answer
}

function judgeReinstating(draft: Draft, event: LotsReinstated): RequestAnswer {
  const bar = barToKeeping(draft)
  if (bar !== null) return no(bar)
  const lapse = lapseOf(draft, draft.member, event.asset, event.newLastDay)
  // They would lapse again in the same moment.
  if (lapse !== null && lapse <= draft.effective) return no('already-over')
  const remembered = rememberedOf(draft, event).reduce((sum, lapsed) => sum + lapsed.amount, 0)
  if (remembered > 0) return granted(event.asset, Math.min(event.amount, remembered))
  return no('short', event.amount)
}

/** What lapsed on that day and is not forgotten; of points that go by inactivity the day is that on which they lapsed. */
const rememberedOf = (draft: Draft, { asset, lastDay }: LotsReinstated) =>
  assetOf(draft.member, asset).lapsed.filter(
    (lapsed) =>
      (isIdle(lapsed.lastDay) ? lapsed.lapsedOn : lapsed.lastDay) === lastDay && !isForgotten(draft, lapsed.lapsedOn),
  )

/** TIER-1: a recorded override, with its end. By its own moment alone it is refused: no answer has to be kept with it (EVT-2). */
export function overrideTier(draft: Draft, event: TierOverridden): void {
  const program = programAt(draft.timeline, event.stamp.local)
  const ladder = program.ladders.find((candidate) => candidate.id === event.ladder)
  if (!ladder) return
  const until = event.endsOn === null ? null : startOf(event.endsOn)
  if (event.level !== null && until !== null && until <= draft.effective) {
    refuse(draft, refusalOf('already-over'))
    return
  }
  const override = event.level === null ? null : { level: event.level, until }
  judgeLadder(draft, program, ladder, 'override', { override })
}

export function changeProfile(draft: Draft, event: MemberChanged): void {
  const { joinedOn, segments, tags } = draft.member
  emit(draft, { type: 'profile', joinedOn, segments: event.segments ?? segments, tags: event.tags ?? tags })
  const { mark = null, ageAtLeast = null, terms = null } = event
  if (mark === null && ageAtLeast === null && terms === null) return
  emit(draft, { footing: toldFooting(footingOf(draft.member), { mark, ageAtLeast, terms }), type: 'footing' })
}

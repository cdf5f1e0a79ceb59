import { type LadderState, type Member, NOTHING_FOLDED } from '../member.ts'
import type { Ladder, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { addToDay, dayOf, type LocalTime, startOf } from '../time/local.ts'
import { firstState, indexOf, ladderStateOf, levelIdAt, supportOf } from './judge.ts'
import { sumsAt, surplusOf } from './roll-over.ts'
import { homeOf } from './tally.ts'
import { countedOf, leavesRolling, periodOf } from './window.ts'

/** Where a member stands on a ladder and what is missing, both ways (TIER-5). Sums are in the measure's smallest unit. */
export interface TierProgress {
  readonly ladder: string
  readonly level: string
  readonly since: LocalTime | null
  /** What counts in the running window, after refunds. */
  readonly sum: number
  /** Null on the highest level, and under an act of staff: while that holds, nothing that is earned lifts anybody. */
  readonly toRise: { readonly level: string; readonly missing: number; readonly until: LocalTime | null } | null
  /** Null: nothing takes the level away, or it is the lowest. */
  readonly toStay: ToStay | null
  /** The level is only kept by policy: what is left after refunds would not reach it (TIER-6). */
  readonly atRisk: boolean
  /** The level held by a recorded act of staff, by what a version has promised, by grace or by the facts. */
  readonly heldBy: 'facts' | 'grace' | 'promise' | 'override'
}

/** What must still come for a level to be held on. */
export interface ToStay {
  readonly missing: number
  /** When the level goes if it does not come, its grace included. */
  readonly until: LocalTime
  /** What is missing counts for it before this moment. */
  readonly countsUntil: LocalTime
}

/** Time must have been let pass up to `now` first. */
export function progressOf(timeline: Timeline, member: Member, now: LocalTime): TierProgress[] {
  const program = programAt(timeline, now)
  const joinedOn = member.joinedOn ?? dayOf(now)
  return program.ladders.map((ladder) => {
    const state = ladderStateOf(member, ladder.id)
    return progressOn(ladder, state ?? firstState(ladder, joinedOn, now), state?.since ?? null, joinedOn, now)
  })
}

function progressOn(
  ladder: Ladder,
  state: LadderState,
  since: LocalTime | null,
  joinedOn: number,
  now: LocalTime,
): TierProgress {
  const support = supportOf(ladder, state, joinedOn, now)
  const held = indexOf(ladder, state.level)
  const period = periodOf(ladder.window, joinedOn, now)
  const next = ladder.levels.slice(held + 1).find(({ hidden, invitation }) => !hidden && !invitation)
  return {
    ladder: ladder.id,
    level: levelIdAt(ladder, held),
    since,
    sum: support.net,
    toRise:
      next && !state.override
        ? { level: next.id, missing: Math.max(0, next.reach - support.net), until: period?.to ?? null }
        : null,
    toStay: held === 0 || isForGood(state) ? null : toStay(ladder, state, held, joinedOn, now),
    atRisk: !state.override && support.netIndex < held && support.index >= held,
    heldBy: state.override ? 'override' : support.index >= held ? 'facts' : isPromised(state) ? 'promise' : 'grace',
  }
}

/** A version has promised the level (TRN-4). */
const isPromised = ({ floor, level }: LadderState): boolean => floor?.promised === true && floor.level === level

/** And no day. */
const isForGood = (state: LadderState): boolean => isPromised(state) && state.floor?.until === null

function toStay(ladder: Ladder, state: LadderState, held: number, joinedOn: number, now: LocalTime): ToStay | null {
  const reach = ladder.levels[held]?.reach ?? 0
  if (state.override) return toStayAfter(ladder, state, state.override.until, held, joinedOn)
  if (ladder.fall.to === 'never') return null
  const period = periodOf(ladder.window, joinedOn, now)
  if (isPromised(state) && state.floor?.until) {
    const { until } = state.floor
    // Where the facts hold the level when the promise is over, it goes when they no longer do.
    if (supportOf(ladder, state, joinedOn, until).index < held) {
      const { net } = supportOf(ladder, state, joinedOn, lastDayBefore(until))
      return { missing: Math.max(0, reach - net), until, countsUntil: until }
    }
  } else if (state.floor?.until && state.floor.level === state.level) {
    const { until } = state.floor
    const { net } = supportOf(ladder, state, joinedOn, period === null ? lastDayBefore(until) : now)
    return { missing: Math.max(0, reach - net), until, countsUntil: Math.min(until, period?.to ?? until) }
  }
  if (period) {
    const kept = ladder.rise === 'period-end' || ('keptThrough' in ladder.window && ladder.window.keptThrough)
    const sums = sumsAt(ladder, state.entries, joinedOn, now)(period, NOTHING_FOLDED)
    const counted = kept ? countedOf(ladder, sums) : surplusOf(ladder, sums)
    const missing = Math.max(0, reach - counted)
    const until = missing === 0 ? period.to : afterGrace(ladder, period.to)
    // What counts in the next period counts through the grace.
    return { missing, until, countsUntil: kept ? period.to : until }
  }
  return ladder.window.type === 'rolling' ? rollingFall(ladder, state, ladder.window.length, reach, joinedOn) : null
}

/** The level goes first when the grace that begins then is over (TIER-4). */
const afterGrace = ({ fall }: Ladder, from: LocalTime): LocalTime =>
  fall.grace === null ? from : startOf(addToDay(dayOf(from), fall.grace))

const lastDayBefore = (moment: LocalTime): LocalTime => startOf(dayOf(moment - 1))

/** What staff gave ends with its day: of what is there now, what still counts then says what is missing. */
function toStayAfter(
  ladder: Ladder,
  state: LadderState,
  until: LocalTime | null,
  held: number,
  joinedOn: number,
): ToStay | null {
  const level = ladder.levels[held]
  if (until === null || level === undefined || level.invitation) return null
  const { net, index } = supportOf(ladder, state, joinedOn, until)
  return index >= held ? null : { missing: Math.max(0, level.reach - net), until, countsUntil: until }
}

/**
 * The first day on which so much has left a rolling window that the level no longer stands. More may leave in the grace: what is
 * missing is enough whenever it comes before that is over.
 */
function rollingFall(
  ladder: Ladder,
  state: LadderState,
  length: { months: number; days: number; ms: number },
  reach: number,
  joinedOn: number,
): ToStay | null {
  const leaving = [...new Set(state.entries.map((entry) => leavesRolling(length, homeOf(entry))))]
  leaving.sort((a, b) => a - b)
  for (const from of leaving) {
    const { index } = supportOf(ladder, state, joinedOn, startOf(dayOf(from)))
    if (index >= indexOf(ladder, state.level)) continue
    const until = afterGrace(ladder, from)
    const { net } = supportOf(ladder, state, joinedOn, Math.max(from, lastDayBefore(until)))
    return { missing: Math.max(0, reach - net), until, countsUntil: until }
  }
  return null
}

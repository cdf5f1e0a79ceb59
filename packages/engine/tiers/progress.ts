import { type LadderState, type Member, NOTHING_FOLDED } from '../member.ts'
import type { Ladder, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { dayOf, type LocalTime, startOf } from '../time/local.ts'
import { firstState, indexOf, ladderStateOf, levelIdAt, supportOf } from './judge.ts'
import { sumsAt, surplusOf } from './roll-over.ts'
import { homeOf } from './tally.ts'
import { leavesRolling, periodOf } from './window.ts'

/** Where a member stands on a ladder and what is missing, both ways (TIER-5). Sums are in the measure's smallest unit. */
export interface TierProgress {
  readonly ladder: string
  readonly level: string
  readonly since: LocalTime | null
  /** What counts in the running window, after refunds. */
  readonly sum: number
  readonly toRise: { readonly level: string; readonly missing: number; readonly until: LocalTime | null } | null
  /** What must still come for the level to be held beyond `until`; null: nothing takes it away, or it is the lowest. */
  readonly toStay: { readonly missing: number; readonly until: LocalTime } | null
  /** The level is only kept by policy: what is left after refunds would not reach it (TIER-6). */
  readonly atRisk: boolean
  /** The level held by a recorded act of staff, by grace or by the facts. */
  readonly heldBy: 'facts' | 'grace' | 'override'
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
    toRise: next ? { level: next.id, missing: Math.max(0, next.reach - support.net), until: period?.to ?? null } : null,
    toStay: held === 0 || isForGood(state) ? null : toStay(ladder, state, held, joinedOn, now),
    atRisk: !state.override && support.netIndex < held && support.index >= held,
    heldBy: state.override ? 'override' : support.index < held ? 'grace' : 'facts',
  }
}

/** A version has promised the level, and no day. */
const isForGood = ({ floor, level }: LadderState): boolean =>
  floor?.promised === true && floor.until === null && floor.level === level

function toStay(
  ladder: Ladder,
  state: LadderState,
  held: number,
  joinedOn: number,
  now: LocalTime,
): TierProgress['toStay'] {
  const reach = ladder.levels[held]?.reach ?? 0
  if (state.override) return toStayAfter(ladder, state, state.override.until, held, joinedOn)
  if (ladder.fall.to === 'never') return null
  if (state.floor?.until && state.floor.level === state.level) {
    const { net } = supportOf(ladder, state, joinedOn, now)
    return { missing: Math.max(0, reach - net), until: state.floor.until }
  }
  const period = periodOf(ladder.window, joinedOn, now)
  if (period) {
    const kept = ladder.rise === 'period-end' || ('keptThrough' in ladder.window && ladder.window.keptThrough)
    const sums = sumsAt(ladder, state.entries, joinedOn, now)(period, NOTHING_FOLDED)
    const counted = kept ? sums.net : surplusOf(ladder, sums)
    return { missing: Math.max(0, reach - counted), until: period.to }
  }
  return ladder.window.type === 'rolling' ? rollingFall(ladder, state, ladder.window.length, reach, joinedOn) : null
}

/** What staff gave ends with its day: of what is there now, what still counts then says what is missing. */
function toStayAfter(
  ladder: Ladder,
  state: LadderState,
  until: LocalTime | null,
  held: number,
  joinedOn: number,
): TierProgress['toStay'] {
  const level = ladder.levels[held]
  if (until === null || level === undefined || level.invitation) return null
  const { net, index } = supportOf(ladder, state, joinedOn, until)
  return index >= held ? null : { missing: Math.max(0, level.reach - net), until }
}

/** The first day on which so much has left a rolling window that the level no longer stands, and what is missing then. */
function rollingFall(
  ladder: Ladder,
  state: LadderState,
  length: { months: number; days: number; ms: number },
  reach: number,
  joinedOn: number,
): TierProgress['toStay'] {
  const leaving = [...new Set(state.entries.map((entry) => leavesRolling(length, homeOf(entry))))]
  leaving.sort((a, b) => a - b)
  for (const until of leaving) {
    const { net, index } = supportOf(ladder, state, joinedOn, startOf(dayOf(until)))
    if (index < indexOf(ladder, state.level)) return { missing: Math.max(0, reach - net), until }
  }
  return null
}

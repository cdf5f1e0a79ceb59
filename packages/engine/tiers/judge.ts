import { type Draft, emit } from '../draft.ts'
import type { LadderChanged } from '../effect.ts'
import { type LadderStanding, type LadderState, type Member, NOTHING_FOLDED } from '../member.ts'
import type { Ladder, Program } from '../program/program.ts'
import { addToDay, dayOf, type LocalDay, type LocalTime, startOf } from '../time/local.ts'
import { changed, keepsPrevious, type LadderAt, type LadderChange } from './kept-entries.ts'
import { sumsAt } from './roll-over.ts'
import { earliestHome } from './tally.ts'
import { countedOf, leavesRolling, levelFor, periodOf, type Spans, spansAt } from './window.ts'

/** Why a ladder is judged: what happened to the facts, or that time passed. */
export type Occasion = 'fact' | 'refund' | 'time' | 'override'

/** What a member has earned on a ladder as of now, level positions from 0. */
export interface Support {
  /** Level that the facts hold up by the program's policy after refunds. */
  readonly index: number
  /** Level that what is left after all refunds would reach: below `index` the tier is at risk. */
  readonly netIndex: number
  /** Sum now in the current window. */
  readonly net: number
}

export const supportOf = (ladder: Ladder, state: LadderState, joinedOn: LocalDay, now: LocalTime): Support =>
  supportIn(ladder, state, spansAt(ladder.window, joinedOn, now), sumsAt(ladder, state.entries, joinedOn, now))

function supportIn(
  ladder: Ladder,
  state: LadderState,
  { current, previous }: Spans,
  sumsIn: ReturnType<typeof sumsAt>,
): Support {
  const running = sumsIn(current, state.folded)
  const before = previous && keepsPrevious(ladder) ? sumsIn(previous, NOTHING_FOLDED) : null
  const atOnce = risesAtOnce(ladder)
  const index = Math.max(
    atOnce ? levelFor(ladder, countedOf(ladder, running)) : 0,
    before ? levelFor(ladder, countedOf(ladder, before)) : 0,
  )
  const netIndex = Math.max(atOnce ? levelFor(ladder, running.net) : 0, before ? levelFor(ladder, before.net) : 0)
  return { index, netIndex, net: running.net }
}

/** A window without periods has no end to wait for. */
export const risesAtOnce = ({ rise, window }: Ladder): boolean =>
  rise === 'at-once' || window.type === 'rolling' || window.type === 'lifetime'

export function indexOf(ladder: Ladder, level: string): number {
  const index = ladder.levels.findIndex((entry) => entry.id === level)
  return index < 0 ? 0 : index
}

export const levelIdAt = (ladder: Ladder, index: number): string => ladder.levels[Math.max(0, index)]?.id ?? ''

/** The state in which every member is before the first qualifying fact. */
export function firstState(ladder: Ladder, joinedOn: LocalDay, now: LocalTime): LadderState {
  return {
    ladder: ladder.id,
    level: levelIdAt(ladder, 0),
    since: now,
    floor: null,
    override: null,
    periodStart: periodOf(ladder.window, joinedOn, now)?.from ?? null,
    entries: [],
    folded: NOTHING_FOLDED,
  }
}

export const ladderStateOf = (member: Member, ladder: string): LadderState | undefined =>
  member.ladders.find((state) => state.ladder === ladder)

/** Changes a ladder, judges it as of the draft's moment and notes what is different now (TIER-1, 4, 6). */
export function judgeLadder(
  draft: Draft,
  program: Program,
  ladder: Ladder,
  happened: Occasion,
  change: LadderChange = {},
): void {
  const now = draft.effective
  const joinedOn = draft.member.joinedOn ?? dayOf(now)
  const before = ladderStateOf(draft.member, ladder.id)
  const at = { ladder, joinedOn, now }
  // What is awarded at the moment of a review may come before it: then this is the review, and time takes nothing at once.
  const occasion = happened === 'fact' && before && isReviewed(at, before) ? 'time' : happened
  const spans = spansAt(ladder.window, joinedOn, now)
  const known = before ?? firstState(ladder, joinedOn, now)
  const { state, qualified } = changed(program, at, spans, known, change)
  const support = supportIn(ladder, state, spans, sumsAt(ladder, state.entries, joinedOn, now))
  const floored = occasion === 'time' && before ? withFloorBeneath(at, before, state, support.index) : state
  const verdict = verdictOf(at, floored, support.index, occasion)
  const level = levelIdAt(ladder, verdict.index)
  const standing: LadderStanding = {
    floor: verdict.floor,
    level,
    override: state.override && inForce(state.override.until, now) ? state.override : null,
    periodStart: spans.previous && spans.current.from,
    since: level === state.level ? state.since : now,
  }
  if (!before || !sameStanding(before, standing)) {
    // A version promises it; what a merge brings is judged as facts and acts are (MRG-1).
    const isPromise = happened === 'time' && change.floor != null
    const reason = isPromise ? 'kept' : before || level !== levelIdAt(ladder, 0) ? verdict.reason : 'entered'
    emit(draft, { from: before?.level ?? null, ladder: ladder.id, reason, standing, to: level, type: 'tier' })
    // A level that takes the place of another is not risen to.
    const from = before?.level ?? levelIdAt(ladder, 0)
    const was = indexOf(ladder, from)
    if (!isPromise && isNoted(was, verdict.index, occasion)) {
      draft.levelChanges.push({ program, ladder, from, to: level, rises: verdict.index > was })
    }
  }
  if (qualified) emit(draft, qualified)
  if (occasion === 'refund' && support.netIndex < verdict.index && support.index >= verdict.index) {
    emit(draft, { type: 'tier-at-risk', ladder: ladder.id, level })
  }
}

/** For the entry awards: what was risen to, and what a refund has taken. Time takes no gift back. */
const isNoted = (was: number, is: number, occasion: Occasion): boolean =>
  is > was || (is < was && (occasion === 'refund' || occasion === 'fact'))

function sameStanding(a: LadderStanding, b: LadderStanding): boolean {
  return (
    a.level === b.level &&
    a.since === b.since &&
    a.periodStart === b.periodStart &&
    a.floor?.level === b.floor?.level &&
    a.floor?.until === b.floor?.until &&
    a.floor?.promised === b.floor?.promised &&
    a.override?.level === b.override?.level &&
    a.override?.until === b.override?.until
  )
}

const inForce = (until: LocalTime | null, now: LocalTime): boolean => until === null || now < until

interface Verdict {
  readonly index: number
  readonly floor: LadderState['floor']
  readonly reason: LadderChanged['reason']
}

function verdictOf(at: LadderAt, state: LadderState, supported: number, occasion: Occasion): Verdict {
  const { ladder, now } = at
  const held = indexOf(ladder, state.level)
  const floor = state.floor && inForce(state.floor.until, now) ? state.floor : null
  if (state.override && inForce(state.override.until, now)) {
    return { index: indexOf(ladder, state.override.level), floor, reason: 'override' }
  }
  const index = Math.max(supported, floor ? indexOf(ladder, floor.level) : 0)
  if (index >= held) {
    // One for good outlasts the facts that hold up as much: they may be refunded.
    const lasts = floor !== null && (floor.promised || floor.until === null)
    const floorNeeded = lasts || (floor && indexOf(ladder, floor.level) > supported) ? floor : null
    const reason = index === held ? 'kept' : occasion === 'time' ? 'period-end' : 'reached'
    return { index, floor: floorNeeded, reason }
  }
  if (occasion === 'refund' || occasion === 'fact') return { index, floor, reason: 'refund' }
  if (occasion === 'override' || state.override) return { index, floor, reason: 'override' }
  return fallOf(at, state, held, index)
}

/**
 * The ladder goes on beneath an override: what time takes of what was earned there falls by the same policy, and what is left is a
 * floor, which is there when the override ends (TIER-4).
 */
function withFloorBeneath(at: LadderAt, before: LadderState, state: LadderState, supported: number): LadderState {
  if (!state.override) return state
  const { ladder, now } = at
  const floor = state.floor ? indexOf(ladder, state.floor.level) : 0
  const beneath = Math.max(supportedUntil(at, before), floor)
  const isKept = state.floor !== null && floor === beneath && inForce(state.floor.until, now)
  if (beneath <= supported || isKept) return state
  return { ...state, floor: fallOf(at, { ...state, level: levelIdAt(ladder, beneath) }, beneath, supported).floor }
}

/** What was held up in the period that ends now, also where a new day of joining ends it early. */
function supportedUntil({ ladder, joinedOn, now }: LadderAt, before: LadderState): number {
  const { periodStart } = before
  if (periodStart === null) return supportOf(ladder, before, joinedOn, now - 1).index
  const isCut = periodOf(ladder.window, joinedOn, periodStart)?.from !== periodStart
  return supportOf(ladder, before, isCut ? dayOf(periodStart) : joinedOn, periodStart).index
}

/** Time alone has taken the support away (TIER-4). */
function fallOf(at: LadderAt, state: LadderState, held: number, index: number): Verdict {
  const { ladder, now } = at
  if (ladder.fall.to === 'never') return { index: held, floor: { level: state.level, until: null }, reason: 'kept' }
  const graceIsOver = state.floor !== null && state.floor.level === state.level
  if (ladder.fall.grace && !graceIsOver) {
    const until = startOf(addToDay(dayOf(now), ladder.fall.grace))
    return { index: held, floor: { level: state.level, until }, reason: 'grace' }
  }
  if (ladder.fall.to === 'one-step' && held - 1 > index) {
    return {
      index: held - 1,
      floor: { level: levelIdAt(ladder, held - 1), until: stepEnd(at) },
      reason: 'period-end',
    }
  }
  return { index, floor: null, reason: 'period-end' }
}

function stepEnd({ ladder, joinedOn, now }: LadderAt): LocalTime | null {
  const period = periodOf(ladder.window, joinedOn, now)
  if (period) return period.to
  return ladder.window.type === 'rolling' ? startOf(addToDay(dayOf(now), ladder.window.length)) : null
}

function isReviewed({ ladder, joinedOn, now }: LadderAt, state: LadderState): boolean {
  const due = nextReview(ladder, state, joinedOn)
  return due !== null && due <= now
}

/** When time next has something to say to a ladder; null: never by itself. */
export function nextReview(ladder: Ladder, state: LadderState, joinedOn: LocalDay): LocalTime | null {
  let next: LocalTime | null = null
  const sooner = (at: LocalTime | null | undefined) => {
    if (at !== null && at !== undefined && (next === null || at < next)) next = at
  }
  sooner(state.floor?.until)
  sooner(state.override?.until)
  const lowest = state.entries.length === 0 && state.level === levelIdAt(ladder, 0)
  const forGood = state.floor !== null && state.floor.until === null && state.floor.level === state.level
  if (state.periodStart !== null && !lowest && !(forGood && state.entries.length === 0)) {
    sooner(periodOf(ladder.window, joinedOn, state.periodStart)?.to)
  }
  if (ladder.window.type === 'rolling') {
    // Whatever came first leaves first; of none, never.
    if (state.entries.length > 0) sooner(leavesRolling(ladder.window.length, earliestHome(state.entries)))
  }
  return next
}

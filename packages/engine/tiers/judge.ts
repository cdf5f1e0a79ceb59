import { type Draft, emit } from '../draft.ts'
import type { LadderChanged, Qualified } from '../effect.ts'
import { type LadderEntry, type LadderStanding, type LadderState, type Member, NOTHING_FOLDED } from '../member.ts'
import type { Ladder, Program } from '../program/program.ts'
import { addToDay, addToTime, dayOf, type LocalDay, type LocalTime, startOf } from '../time/local.ts'
import { changedEntries, homeOf, withoutEntries } from './entries.ts'
import { rollOverOf, sumsAt, takenOver } from './roll-over.ts'
import { ALWAYS, countedOf, leavesRolling, levelFor, periodOf, type Spans, spansAt, sumsOf, YEAR } from './window.ts'

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

/** Last period's facts hold a level up through this one where the window says so, and always where rises wait for the period's end. */
const keepsPrevious = (ladder: Ladder): boolean =>
  ladder.rise === 'period-end' || ('keptThrough' in ladder.window && ladder.window.keptThrough)

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

/** What happens to a ladder's entries, to its override or to its floor. */
export interface LadderChange {
  readonly added?: readonly LadderEntry[]
  readonly removed?: readonly LadderEntry[]
  /** The folded sums of a lifetime window, where the change reaches into them. */
  readonly folded?: LadderState['folded']
  readonly override?: LadderState['override']
  /** What a version promises to whoever is on a level that it changes. */
  readonly floor?: LadderState['floor']
}

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
  // What is awarded at the moment of a review may come before it: then this is the review, and time takes nothing at once.
  const occasion = happened === 'fact' && before && isReviewed(ladder, before, joinedOn, now) ? 'time' : happened
  const spans = spansAt(ladder.window, joinedOn, now)
  const known = before ?? firstState(ladder, joinedOn, now)
  const { state, qualified } = changed(program, ladder, known, change, spans, joinedOn, now)
  const support = supportIn(ladder, state, spans, sumsAt(ladder, state.entries, joinedOn, now))
  const floored =
    occasion === 'time' && before ? withFloorBeneath(ladder, before, state, support.index, joinedOn, now) : state
  const verdict = verdictOf(ladder, floored, support.index, joinedOn, now, occasion)
  const level = levelIdAt(ladder, verdict.index)
  const standing: LadderStanding = {
    floor: verdict.floor,
    level,
    override: state.override && inForce(state.override.until, now) ? state.override : null,
    periodStart: spans.previous && spans.current.from,
    since: level === state.level ? state.since : now,
  }
  if (!before || !sameStanding(before, standing)) {
    const reason = change.floor ? 'kept' : before || level !== levelIdAt(ladder, 0) ? verdict.reason : 'entered'
    emit(draft, { from: before?.level ?? null, ladder: ladder.id, reason, standing, to: level, type: 'tier' })
    // A level that takes the place of another is not risen to.
    if (!change.floor)
      noteChange(draft, program, ladder, before?.level ?? levelIdAt(ladder, 0), verdict.index, occasion)
  }
  if (qualified) emit(draft, qualified)
  if (occasion === 'refund' && support.netIndex < verdict.index && support.index >= verdict.index) {
    emit(draft, { type: 'tier-at-risk', ladder: ladder.id, level })
  }
}

/** For the entry awards: what was risen to, and what a refund has taken. Time takes no gift back. */
function noteChange(
  draft: Draft,
  program: Program,
  ladder: Ladder,
  from: string,
  index: number,
  occasion: Occasion,
): void {
  const before = indexOf(ladder, from)
  if (index === before || (index < before && occasion !== 'refund' && occasion !== 'fact')) return
  draft.levelChanges.push({ program, ladder, from, to: levelIdAt(ladder, index), rises: index > before })
}

/** The ladder with its new entries, less those that no window looks at any more; a lifetime window folds what no refund can reach. */
function changed(
  program: Program,
  ladder: Ladder,
  before: LadderState,
  change: LadderChange,
  spans: Spans,
  joinedOn: LocalDay,
  now: LocalTime,
): { readonly state: LadderState; readonly qualified: Qualified | null } {
  const { override = before.override, floor = before.floor } = change
  const bound = keptFrom(program, ladder, spans, joinedOn, now)
  const rollsOver = rollOverOf(ladder.window) !== null
  const told = rollsOver ? carriedOver(ladder, before.entries, change, joinedOn, now, bound) : change
  const all = changedEntries(before.entries, told.removed ?? [], told.added ?? [])
  const gone = rollsOver ? [] : outOfReach(ladder, all, bound)
  const kept = gone.length === 0 ? all : withoutEntries(all, gone)
  const unfolded = change.folded ?? before.folded
  const folded = ladder.window.type === 'lifetime' ? foldedWith(ladder, unfolded, gone) : unfolded
  const state = { ...before, override, floor, entries: kept, folded }
  if (kept === before.entries && folded === before.folded) return { state, qualified: null }
  const { added: come = [], removed: left = [] } = told
  const added = gone.length === 0 ? come : come.filter((entry) => !gone.includes(entry))
  const removed = gone.length === 0 ? left : [...left, ...gone.filter((entry) => !come.includes(entry))]
  return { state, qualified: { added, folded, ladder: ladder.id, removed, type: 'qualified' } }
}

/**
 * First what is kept no more gives way to what its surplus left (TIER-3), then the change: of what is so old that no refund is
 * judged any more it says nothing.
 */
function carriedOver(
  ladder: Ladder,
  entries: readonly LadderEntry[],
  { added = [], removed = [] }: LadderChange,
  joinedOn: LocalDay,
  now: LocalTime,
  bound: LocalTime,
): Pick<LadderChange, 'added' | 'removed'> {
  const isKept = (entry: LadderEntry) => homeOf(entry) >= bound
  const gone = entries.every(isKept) ? [] : entries.filter((entry) => !isKept(entry))
  const taken = gone.length === 0 ? [] : takenOver(ladder, entries, joinedOn, now, bound)
  return { removed: [...gone, ...removed.filter(isKept)], added: [...taken, ...added.filter(isKept)] }
}

/** What another ladder's entries come to where they are told in this one: what is kept no more as the surplus that it left. */
export function carriedEntries(
  program: Program,
  ladder: Ladder,
  entries: readonly LadderEntry[],
  joinedOn: LocalDay,
  now: LocalTime,
): readonly LadderEntry[] {
  if (rollOverOf(ladder.window) === null) return entries
  const bound = keptFrom(program, ladder, spansAt(ladder.window, joinedOn, now), joinedOn, now)
  const { removed = [], added = [] } = carriedOver(ladder, entries, {}, joinedOn, now, bound)
  return changedEntries(entries, removed, added)
}

/**
 * From when on entries are kept, by their home; of a lifetime window by their own moment. Where surplus rolls over, a period is
 * looked at for as long as a refund may still change what it left to the next.
 */
function keptFrom(
  { refunds }: Program,
  ladder: Ladder,
  { current, previous }: Spans,
  joinedOn: LocalDay,
  now: LocalTime,
): LocalTime {
  const reachable = addToTime(now, refunds.accept, -1)
  if (ladder.window.type === 'lifetime') return reachable
  const keeps = previous !== null && keepsPrevious(ladder)
  const looked = keeps ? previous.from : current.from
  if (rollOverOf(ladder.window) === null) {
    // Another member's year begins on another day, and whoever goes into that one counts in it as dated (MRG-1).
    return ladder.window.type === 'anniversary' ? startOf(addToDay(dayOf(now), YEAR, keeps ? -2 : -1)) : looked
  }
  return Math.min(looked, periodOf(ladder.window, joinedOn, reachable)?.from ?? looked)
}

/** Entries that no window of now looks at any more; of a lifetime those that no refund can reach. */
function outOfReach(ladder: Ladder, entries: readonly LadderEntry[], bound: LocalTime): readonly LadderEntry[] {
  const isLifetime = ladder.window.type === 'lifetime'
  // A folded day could not say which of its orders was the visit.
  if (isLifetime && ladder.measure.type === 'visits') return []
  const momentOf = isLifetime ? ([at]: LadderEntry) => at : homeOf
  return entries.some((entry) => momentOf(entry) < bound) ? entries.filter((entry) => momentOf(entry) < bound) : []
}

/** What is folded is the head of the list, so its running sum goes on where the folded one stood. */
function foldedWith(
  ladder: Ladder,
  before: LadderState['folded'],
  gone: readonly LadderEntry[],
): LadderState['folded'] {
  return gone.length === 0 ? before : sumsOf(ladder, gone, ALWAYS, before)
}

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

function verdictOf(
  ladder: Ladder,
  state: LadderState,
  supported: number,
  joinedOn: LocalDay,
  now: LocalTime,
  occasion: Occasion,
): Verdict {
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
  return fallOf(ladder, state, held, index, joinedOn, now)
}

/**
 * Where a member never falls, time takes nothing that was earned, also beneath an override: what the facts held up to the very
 * moment becomes a floor, and is there when the override ends (TIER-4).
 */
function withFloorBeneath(
  ladder: Ladder,
  before: LadderState,
  state: LadderState,
  supported: number,
  joinedOn: LocalDay,
  now: LocalTime,
): LadderState {
  if (ladder.fall.to !== 'never' || !state.override) return state
  const earned = supportedUntil(ladder, before, joinedOn, now)
  const floor = state.floor ? indexOf(ladder, state.floor.level) : 0
  if (earned <= Math.max(supported, floor)) return state
  return { ...state, floor: { level: levelIdAt(ladder, earned), until: null } }
}

/** What was held up in the period that ends now, also where a new day of joining ends it early. */
function supportedUntil(ladder: Ladder, before: LadderState, joinedOn: LocalDay, now: LocalTime): number {
  const { periodStart } = before
  if (periodStart === null) return supportOf(ladder, before, joinedOn, now - 1).index
  const isCut = periodOf(ladder.window, joinedOn, periodStart)?.from !== periodStart
  return supportOf(ladder, before, isCut ? dayOf(periodStart) : joinedOn, periodStart).index
}

/** Time alone has taken the support away (TIER-4). */
function fallOf(
  ladder: Ladder,
  state: LadderState,
  held: number,
  index: number,
  joinedOn: LocalDay,
  now: LocalTime,
): Verdict {
  if (ladder.fall.to === 'never') return { index: held, floor: { level: state.level, until: null }, reason: 'kept' }
  const graceIsOver = state.floor !== null && state.floor.level === state.level
  if (ladder.fall.grace && !graceIsOver) {
    const until = startOf(addToDay(dayOf(now), ladder.fall.grace))
    return { index: held, floor: { level: state.level, until }, reason: 'grace' }
  }
  if (ladder.fall.to === 'one-step' && held - 1 > index) {
    return {
      index: held - 1,
      floor: { level: levelIdAt(ladder, held - 1), until: stepEnd(ladder, joinedOn, now) },
      reason: 'period-end',
    }
  }
  return { index, floor: null, reason: 'period-end' }
}

function stepEnd(ladder: Ladder, joinedOn: LocalDay, now: LocalTime): LocalTime | null {
  const period = periodOf(ladder.window, joinedOn, now)
  if (period) return period.to
  return ladder.window.type === 'rolling' ? startOf(addToDay(dayOf(now), ladder.window.length)) : null
}

function isReviewed(ladder: Ladder, state: LadderState, joinedOn: LocalDay, now: LocalTime): boolean {
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
    for (const entry of state.entries) sooner(leavesRolling(ladder.window.length, homeOf(entry)))
  }
  return next
}

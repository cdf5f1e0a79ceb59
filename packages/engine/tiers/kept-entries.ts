import type { Qualified } from '../effect.ts'
import type { LadderEntry, LadderState } from '../member.ts'
import type { Ladder, Program } from '../program/program.ts'
import { addToDay, addToTime, dayOf, type LocalDay, type LocalTime, startOf } from '../time/local.ts'
import { changedEntries, withoutEntries } from './entries.ts'
import { rollOverOf, takenOver } from './roll-over.ts'
import { earliestHome, homeOf, sumsOf } from './tally.ts'
import { ALWAYS, periodOf, type Spans, spansAt, YEAR } from './window.ts'

/** A ladder as of a moment, for who joined on a day. */
export interface LadderAt {
  readonly ladder: Ladder
  readonly joinedOn: LocalDay
  readonly now: LocalTime
}

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

/** The ladder with its new entries, less those that no window looks at any more; a lifetime window folds what no refund can reach. */
export function changed(
  program: Program,
  at: LadderAt,
  spans: Spans,
  before: LadderState,
  change: LadderChange,
): { readonly state: LadderState; readonly qualified: Qualified | null } {
  const { ladder } = at
  const { override = before.override, floor = before.floor } = change
  const bound = keptFrom(program, at, spans)
  const rollsOver = rollOverOf(ladder.window) !== null
  const told = rollsOver ? carriedOver(at, before.entries, change, bound) : change
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
  { ladder, joinedOn, now }: LadderAt,
  entries: readonly LadderEntry[],
  { added = [], removed = [] }: LadderChange,
  bound: LocalTime,
): Pick<LadderChange, 'added' | 'removed'> {
  const isKept = (entry: LadderEntry) => homeOf(entry) >= bound
  const gone = earliestHome(entries) >= bound ? [] : entries.filter((entry) => !isKept(entry))
  const taken = gone.length === 0 ? [] : takenOver(ladder, entries, joinedOn, now, bound)
  return { removed: [...gone, ...removed.filter(isKept)], added: [...taken, ...added.filter(isKept)] }
}

/** What another ladder's entries come to where they are told in this one: what is kept no more as the surplus that it left. */
export function carriedEntries(
  program: Program,
  at: LadderAt,
  entries: readonly LadderEntry[],
): readonly LadderEntry[] {
  const { ladder, joinedOn, now } = at
  if (rollOverOf(ladder.window) === null) return entries
  const bound = keptFrom(program, at, spansAt(ladder.window, joinedOn, now))
  const { removed = [], added = [] } = carriedOver(at, entries, {}, bound)
  return changedEntries(entries, removed, added)
}

/**
 * From when on entries are kept, by their home; of a lifetime window by their own moment. Where surplus rolls over, a period is
 * looked at for as long as a refund may still change what it left to the next.
 */
function keptFrom({ refunds }: Program, { ladder, joinedOn, now }: LadderAt, { current, previous }: Spans): LocalTime {
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
  const earliest = isLifetime ? (entries[0]?.[0] ?? bound) : earliestHome(entries)
  return earliest < bound ? entries.filter((entry) => momentOf(entry) < bound) : []
}

/** What is folded is the head of the list, so its running sum goes on where the folded one stood. */
function foldedWith(
  ladder: Ladder,
  before: LadderState['folded'],
  gone: readonly LadderEntry[],
): LadderState['folded'] {
  return gone.length === 0 ? before : sumsOf(ladder, gone, ALWAYS, before)
}

/** Last period's facts hold a level up through this one where the window says so, and always where rises wait for the period's end. */
export const keepsPrevious = (ladder: Ladder): boolean =>
  ladder.rise === 'period-end' || ('keptThrough' in ladder.window && ladder.window.keptThrough)

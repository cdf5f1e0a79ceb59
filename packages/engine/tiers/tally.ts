import type { LadderEntry, LadderState } from '../member.ts'
import type { Ladder } from '../program/program.ts'
import { dayOf, type LocalDay, type LocalTime } from '../time/local.ts'
import type { Span, Sums } from './window.ts'

/** The moment that decides an entry's window: its order's, for a refund (TIER-6). */
export const homeOf = (entry: LadderEntry): LocalTime => (entry.length === 3 ? entry[2] : entry[0])

/** What a list comes to within a span. */
interface Tally extends Sums {
  readonly span: Span
  readonly folded: LadderState['folded']
  /** Of visits a day counts once. */
  readonly isByDay: boolean
  readonly lastDay: LocalDay | null
}

/** What is known of a list. A list never changes: one more entry makes another list. */
interface Known {
  readonly entries: readonly LadderEntry[]
  /** The list that it was made of, with the entry that it has more at its end. */
  readonly made: { readonly of: readonly LadderEntry[]; readonly entry: LadderEntry } | null
  readonly earliestHome: LocalTime
  readonly tallies: readonly Tally[]
}

/**
 * A busy member has thousands of entries in one period, and each order adds one and asks for their sum. What is known of a long
 * list goes on to the one that is longer by an entry at its end, so that a history takes time by its length, not by its square.
 * The last lists asked for, the latest first; whoever is not among them is counted anew.
 */
let lately: readonly Known[] = []

/** As many as the ladders of one member, each with its list before and after. */
const LATELY_MAX = 8
/** Shorter lists are counted in the time that it takes to look one up. */
const LONG = 64
/** A period and the one before it. */
const SPANS_AT_ONCE = 2

/** What stands in a span: the sum now, and the highest it ever was (TIER-6). `folded` counts before everything. */
export function sumsOf(
  ladder: Ladder,
  entries: readonly LadderEntry[],
  span: Span,
  folded: LadderState['folded'],
): Sums {
  const isByDay = ladder.measure.type === 'visits'
  const nothing = { ...folded, span, folded, isByDay, lastDay: null }
  const { highest, net } = entries.length < LONG ? counted(nothing, entries) : tallyOf(entries, nothing)
  return { highest, net }
}

function tallyOf(entries: readonly LadderEntry[], nothing: Tally): Tally {
  const known = knownOf(entries)
  const before = known.tallies.find((tally) => isSameCount(tally, nothing))
  if (before) return before
  const tally = counted(nothing, entries)
  remember({ ...known, tallies: [tally, ...known.tallies].slice(0, SPANS_AT_ONCE) })
  return tally
}

/** Of the entry whose home is the earliest; of none, never. */
export const earliestHome = (entries: readonly LadderEntry[]): LocalTime =>
  entries.length < LONG ? entries.reduce(earlier, NEVER) : knownOf(entries).earliestHome

/** The list with this entry more, where it was made already: who judges an entry makes it, and so does the effect that says so. */
export const longerBy = (entries: readonly LadderEntry[], entry: LadderEntry): readonly LadderEntry[] | undefined =>
  entries.length < LONG ? undefined : lately.find(({ made }) => made?.of === entries && made.entry === entry)?.entries

/** A list was made of one with an entry more, at its end: what is known of that holds for this. */
export function noteLonger(of: readonly LadderEntry[], entry: LadderEntry, entries: readonly LadderEntry[]): void {
  if (of.length < LONG) return
  const known = knownOf(of)
  const tallies = known.tallies.map((tally) => counted(tally, [entry]))
  remember({ entries, made: { of, entry }, earliestHome: earlier(known.earliestHome, entry), tallies })
}

const NEVER = Number.POSITIVE_INFINITY
const earlier = (moment: LocalTime, entry: LadderEntry): LocalTime => Math.min(moment, homeOf(entry))

function knownOf(entries: readonly LadderEntry[]): Known {
  const known = lately.find((each) => each.entries === entries)
  if (known) return known
  const fresh = { entries, made: null, earliestHome: entries.reduce(earlier, NEVER), tallies: [] }
  remember(fresh)
  return fresh
}

function remember(known: Known): void {
  lately = [known, ...lately.filter(({ entries }) => entries !== known.entries)].slice(0, LATELY_MAX)
}

const isSameCount = (a: Tally, b: Tally): boolean =>
  a.isByDay === b.isByDay &&
  a.span.from === b.span.from &&
  a.span.to === b.span.to &&
  a.folded.net === b.folded.net &&
  a.folded.highest === b.folded.highest

function counted(tally: Tally, entries: readonly LadderEntry[]): Tally {
  const { span, isByDay } = tally
  let { net, highest, lastDay } = tally
  for (const entry of entries) {
    const home = homeOf(entry)
    if (home < span.from || home >= span.to) continue
    if (isByDay) {
      // Entries stand in order, so those of one day follow each other.
      const day = dayOf(home)
      if (day === lastDay) continue
      lastDay = day
    }
    net += entry[1]
    if (net > highest) highest = net
  }
  return { span, folded: tally.folded, isByDay, lastDay, net, highest }
}

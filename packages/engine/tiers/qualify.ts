import type { Draft } from '../draft.ts'
import type { LadderEntry, OrderRecord } from '../member.ts'
import type { Ladder, Program } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import { hasEntry, sumOf } from './entries.ts'
import { judgeLadder, ladderStateOf } from './judge.ts'

/** What one event counts for, by the measures of TIER-2. */
export interface Counting {
  readonly earned: readonly { readonly asset: string; readonly amount: number }[]
  /** Eligible minor units. */
  readonly spend: number
  readonly orders: number
  readonly visits: number
  readonly activity: string | null
}

export function amountFor(ladder: Ladder, counting: Counting): number {
  switch (ladder.measure.type) {
    case 'earned': {
      const asset = ladder.measure.asset
      return counting.earned.reduce((sum, entry) => (entry.asset === asset ? sum + entry.amount : sum), 0)
    }
    case 'spend':
      return counting.spend
    case 'orders':
      return counting.orders
    case 'visits':
      return counting.visits
    case 'activities':
      return counting.activity === ladder.measure.name ? 1 : 0
    case 'referrals':
      return 0 // `qualifyReferred` counts them
  }
}

/** Adds an activity's qualifying facts and judges the ladders they touch. */
export function qualifyActivity(draft: Draft, program: Program, counting: Counting): void {
  for (const ladder of program.ladders) {
    const amount = amountFor(ladder, counting)
    if (amount !== 0) addEntries(draft, program, ladder, [[draft.effective, amount]], 'fact')
  }
}

/** An award counts as earned (TIER-2). */
export function qualifyAward(draft: Draft, program: Program, { asset, amount }: Awarded): void {
  for (const ladder of measuredIn(program, asset)) {
    addEntries(draft, program, ladder, [[draft.effective, amount]], 'fact')
  }
}

/** A friend's referral qualified. */
export function qualifyReferred(draft: Draft, program: Program): void {
  for (const ladder of program.ladders) {
    if (ladder.measure.type === 'referrals') addEntries(draft, program, ladder, [[draft.effective, 1]], 'fact')
  }
}

/** It was reversed, and is as if it had never been (TIER-6). */
export function disqualifyReferral(draft: Draft, program: Program, on: LocalTime): void {
  for (const ladder of program.ladders) {
    if (ladder.measure.type === 'referrals') removeEntries(draft, program, ladder, [[on, 1]])
  }
}

/** An award that was taken back leaves the ladder altogether, as an order does that is refunded in full (TIER-6). */
export function disqualifyAward(draft: Draft, program: Program, { asset, amount }: Awarded, on: LocalTime): void {
  for (const ladder of measuredIn(program, asset)) removeEntries(draft, program, ladder, [[on, amount]])
}

interface Awarded {
  readonly asset: string
  readonly amount: number
}

const measuredIn = ({ ladders }: Program, asset: string): readonly Ladder[] =>
  ladders.filter(({ measure }) => measure.type === 'earned' && measure.asset === asset)

/** Adds a new order's qualifying facts; answers what a later refund has to know of them. */
export function qualifyOrder(
  draft: Draft,
  program: Program,
  counting: Counting,
  local: number,
): OrderRecord['qualified'] {
  const qualified: { ladder: string; entries: LadderEntry[] }[] = []
  for (const ladder of program.ladders) {
    const amount = amountFor(ladder, counting)
    if (amount === 0) continue
    const entry: LadderEntry = [local, amount]
    qualified.push({ entries: [entry], ladder: ladder.id })
    addEntries(draft, program, ladder, [entry], 'fact')
  }
  return qualified
}

/**
 * An order's facts have changed (TIER-6). The change stands at its own moment with the order's as its home; an order refunded
 * in full leaves the ladder altogether, and comes back with all its history when that is undone.
 */
export function requalifyOrder(
  draft: Draft,
  program: Program,
  before: OrderRecord,
  was: { readonly counting: Counting; readonly full: boolean },
  is: { readonly counting: Counting; readonly full: boolean },
): OrderRecord['qualified'] {
  const qualified: { ladder: string; entries: LadderEntry[] }[] = []
  for (const ladder of program.ladders) {
    const known = before.qualified.find((entry) => entry.ladder === ladder.id)?.entries ?? []
    const change = amountFor(ladder, is.counting) - amountFor(ladder, was.counting)
    // An order or a visit is there or not: a full refund takes its entry out and no other change is told.
    const isWhole = ladder.measure.type === 'orders' || ladder.measure.type === 'visits'
    const isTold = change !== 0 && !(isWhole && known.length > 0)
    const entries: LadderEntry[] = isTold ? [...known, [draft.effective, change, before.local]] : [...known]
    if (entries.length > 0) qualified.push({ entries, ladder: ladder.id })
    if (change === 0 && was.full === is.full) continue
    const occasion = change < 0 ? 'refund' : 'fact'
    if (!was.full && is.full) removeEntries(draft, program, ladder, known)
    else if (was.full && !is.full) addEntries(draft, program, ladder, entries, occasion)
    else if (!is.full) addEntries(draft, program, ladder, entries.slice(known.length), occasion)
  }
  return qualified
}

function addEntries(
  draft: Draft,
  program: Program,
  ladder: Ladder,
  added: readonly LadderEntry[],
  occasion: 'fact' | 'refund',
): void {
  if (added.length === 0) return
  const now = ruling(draft, program, ladder)
  judgeLadder(draft, now.program, now.ladder, occasion, { added })
}

function removeEntries(draft: Draft, program: Program, ladder: Ladder, gone: readonly LadderEntry[]): void {
  const state = ladderStateOf(draft.member, ladder.id)
  if (!state) return
  const removed = gone.filter((entry) => hasEntry(state.entries, entry))
  // What a lifetime window has folded is no longer in its list: the sums go down all the same.
  const beyond = ladder.window.type === 'lifetime' ? sumOf(gone) - sumOf(removed) : 0
  if (removed.length === 0 && beyond === 0) return
  const folded =
    beyond === 0 ? state.folded : { highest: state.folded.highest - beyond, net: state.folded.net - beyond }
  const now = ruling(draft, program, ladder)
  judgeLadder(draft, now.program, now.ladder, 'refund', { removed, folded })
}

/** What an old order counts its own version says; what that comes to, the one that rules now. */
function ruling({ timeline, effective }: Draft, program: Program, ladder: Ladder) {
  const now = programAt(timeline, effective)
  const same = now.ladders.find(({ id }) => id === ladder.id)
  return same === undefined ? { program, ladder } : { program: now, ladder: same }
}

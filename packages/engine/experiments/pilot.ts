import type { Fraction } from '../amounts/fraction.ts'
import { asPublished, type PutRightState, putRightFor } from '../corrections/put-right.ts'
import type { Pilot, Timeline } from '../program/program.ts'
import { beginningForNobody } from '../program/timeline.ts'
import type { ExperimentState } from './arms.ts'
import { isDrawn } from './arms.ts'

/** `pilot`: by the version on trial; `holdout`: kept out of it however far it is widened; `rest`: out of it so far. */
export type PilotArm = 'pilot' | 'holdout' | 'rest'

const nameOf = (begun: number) => `pilot:${begun}`

/** In which arm a member is: of those in a pilot none leaves it when it is widened, and none is in the holdout (PIL-2). */
export function pilotArmOf(
  chance: number,
  { begun, share, holdout }: Pick<Pilot, 'begun' | 'share'> & { readonly holdout: Fraction },
): PilotArm {
  if (isDrawn(chance, nameOf(begun), share)) return 'pilot'
  const { numerator, denominator } = holdout
  return isDrawn(chance, nameOf(begun), { numerator: denominator - numerator, denominator }) ? 'rest' : 'holdout'
}

/** A timeline with versions on trial, and what becomes of it for whoever is drawn into some. */
interface Trials {
  readonly whole: Timeline
  readonly pilots: readonly Pilot[]
  /** By a letter for each of `pilots`, whether the member is drawn. */
  readonly ownByDrawn: Map<string, Timeline>
}

/** Also by each timeline made of it. Null: nothing is on trial. */
const trialsByTimeline = new WeakMap<Timeline, Trials | null>()

function trialsOf(timeline: Timeline): Trials | null {
  const known = trialsByTimeline.get(timeline)
  if (known !== undefined) return known
  const pilots = timeline.flatMap(({ pilot }) => pilot ?? [])
  const trials = pilots.length === 0 ? null : { whole: timeline, pilots, ownByDrawn: new Map<string, Timeline>() }
  trialsByTimeline.set(timeline, trials)
  return trials
}

/** The versions as they rule one member, with those that were put right for it (COR-1). */
export const ownTimeline = (timeline: Timeline, member: Pick<ExperimentState, 'chance'> & PutRightState): Timeline =>
  putRightFor(drawnTimeline(timeline, member), member)

/**
 * The versions before any was put right: those on trial begin for whoever is drawn, and for nobody else (PIL-1). All of them stay in
 * it, since what came of a merged member may be pinned on any. Given another member's, it is this one's; without a chance of its own
 * a member keeps what is given.
 */
export function drawnTimeline(given: Timeline, { chance }: Pick<ExperimentState, 'chance'>): Timeline {
  const timeline = asPublished(given)
  const trials = trialsOf(timeline)
  if (trials === null || chance === undefined) return timeline
  return ruledBy(trials, ({ begun, share }) => isDrawn(chance, nameOf(begun), share))
}

/** Each way in which the versions rule somebody, as far as one pilot at a time makes them: first without any. */
export function linesOf(timeline: Timeline): readonly Timeline[] {
  const trials = trialsOf(timeline)
  if (trials === null) return [timeline]
  const begun = [...new Set(trials.pilots.map((pilot) => pilot.begun))]
  return [ruledBy(trials, () => false), ...begun.map((number) => ruledBy(trials, (pilot) => pilot.begun === number))]
}

function ruledBy({ whole, pilots, ownByDrawn }: Trials, isIn: (pilot: Pilot) => boolean): Timeline {
  const drawn = pilots.map((pilot) => (isIn(pilot) ? 'y' : 'n')).join('')
  const known = ownByDrawn.get(drawn)
  if (known !== undefined) return known
  const own = whole.map((entry) => {
    const { pilot } = entry
    if (pilot === undefined) return entry
    if (!isIn(pilot)) return beginningForNobody(entry)
    const { fromAt, fromLocal } = pilot
    return { ...entry, fromAt, fromLocal }
  })
  ownByDrawn.set(drawn, own)
  trialsByTimeline.set(own, { whole, pilots, ownByDrawn })
  return own
}

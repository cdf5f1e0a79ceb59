import { dayOf, type Fraction, type GivingRule, type Program, type Timeline } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import { pilotsIn } from '../programs/pilots.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import { type ProgramContext, startIn } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { LIFT_MEGABYTES, type LiftOrder, liftWorker, type Trial, type TrialLift } from './lift-worker.ts'
import { experimentsMet } from './queries.ts'

/** What every experiment and every pilot with a holdout has brought so far, by name; null: it was interrupted. */
export async function readLifts(
  context: ProgramContext,
  program: string,
  asOf: number,
  interrupted: AbortSignal,
): Promise<readonly TrialLift[] | null> {
  const { connection } = context.database
  const trials = await trialsOf(context, program)
  const lifts: TrialLift[] = []
  const task: ReadingTask<LiftOrder> = { order: { program, asOf, trials }, connection }
  await decideParts<TrialLift>({
    ...{ file: liftWorker, heapMegabytes: LIFT_MEGABYTES, task, workers: 1, interrupted },
    parts: trials.map((_, index) => index),
    onResult: (_, lift) => {
      lifts.push(lift)
    },
  })
  return interrupted.aborted ? null : lifts.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function trialsOf({ timelines, database }: ProgramContext, program: string): Promise<Trial[]> {
  const found = await timelines.of(program)
  if (found === null) return []
  const met = await rowsOf(database.application, experimentsMet(program))
  const drawn = met.map(({ experiment }): Trial => {
    return { name: experiment, holdout: numberOf(plannedShare(found.timeline, experiment)), pilot: null }
  })
  const versions = await rowsOf(database.application, versionsOfProgram(program))
  const dayFrom = (step: Pick<VersionRow, 'in_force_from' | 'published_at'>) =>
    dayOf(localOf(found.latest.zone, Math.max(startIn(step.in_force_from), Date.parse(step.published_at))))
  const pilots = pilotsIn(versions).flatMap(({ begun, holdout, steps }): Trial[] => {
    // Who came into it with a later step had been without it before: the first step is compared.
    const share = begun.share ?? 0
    if (holdout === 0 || share === 0) return []
    const last = steps.find(({ act }) => act === 'stopped' || act === 'for-all')
    const until = last === undefined ? null : dayFrom(last) - 1
    const pilot = { begun: begun.version, share, holdout, from: dayFrom(begun), until }
    return [{ name: `pilot:${begun.version}`, holdout: holdout / (share + holdout), pilot }]
  })
  return [...drawn, ...pilots]
}

/** Zero where no version says one: then nothing can be told, and says so. */
const numberOf = (share: Fraction | null): number => (share === null ? 0 : share.numerator / share.denominator)

/** The share that the last version which has the mechanic holds out. */
function plannedShare(timeline: Timeline, experiment: string): Fraction | null {
  for (const { program } of timeline.toReversed()) {
    const share = holdoutIn(program, experiment)
    if (share !== null) return share
  }
  return null
}

function holdoutIn(program: Program, experiment: string): Fraction | null {
  const [kind = '', id = ''] = experiment.split(/:(.*)/s)
  if (kind === 'offer') return program.offers.get(id)?.holdout ?? null
  if (kind === 'challenge') return program.challenges.get(id)?.holdout ?? null
  if (kind === 'membership') return program.memberships.get(id)?.holdout ?? null
  const giving: readonly GivingRule[] = [
    ...program.onOrder,
    ...[...program.onActivity.values()].flat(),
    ...[...program.onOccasion.values()].flat(),
  ]
  const { order, activity, occasion } = program.awardsOn
  const rules = [
    ...giving,
    ...giving.flatMap(({ multipliers }) => multipliers),
    ...[...order, ...[...activity.values()].flat(), ...[...occasion.values()].flat()],
  ]
  return rules.find((rule) => rule.id === id)?.holdout ?? null
}

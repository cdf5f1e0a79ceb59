import { pilotArmOf } from '@laurel/engine'
import { type Lift, liftOf, type Subject } from '@laurel/insights'
import type { Pool } from 'pg'
import { rowsOf } from '../db/transaction.ts'
import { chanceOf } from '../decisions/identity.ts'
import { answerParts } from '../jobs/reading-worker.ts'
import { WHOLE } from '../programs/timeline.ts'
import { measuredOfBucket, meetingsOfBucket, spentAround, tallyBuckets } from './queries.ts'

/** An experiment whose members are compared. */
export interface Trial {
  /** As the books have it, `offer:spring`, or `pilot:7` of the version that began it. */
  readonly name: string
  /** The share of those compared that was to be held out. */
  readonly holdout: number
  /** Null: it is met by whoever comes to it. */
  readonly pilot: PilotTrial | null
}

interface PilotTrial {
  /** The version that began it. */
  readonly begun: number
  /** Percent of members who were in it at first, and who stayed out of it for good. */
  readonly share: number
  readonly holdout: number
  readonly from: number
  /** The last day before it was stopped, or for all: from then on the arms are treated alike. Null: it runs. */
  readonly until: number | null
}

export interface LiftOrder {
  readonly program: string
  readonly asOf: number
  readonly trials: readonly Trial[]
}

/** What one experiment comes to: how many were compared, since when, and what can be told. */
export interface TrialLift {
  readonly name: string
  readonly treated: number
  readonly heldOut: number
  /** The first day on which somebody met it; null: nobody has. */
  readonly since: number | null
  readonly lift: Lift
}

/** This file, for whoever starts a worker. */
export const liftWorker = new URL(import.meta.url)

/** Its old space: a million members in the two arms of one experiment. */
export const LIFT_MEGABYTES = 256

/**
 * Whoever looks at experiments looks every day, so each interval holds at any time (EXP-2). It is tightest where so many members are
 * compared; fixed here for all experiments, so that nobody chooses it after having looked.
 */
export const MEMBERS_PLANNED = 10_000

/** A part is an experiment, by its place. */
async function openLifts(pool: Pool, order: LiftOrder): Promise<(part: number) => Promise<TrialLift>> {
  return async (part) => {
    const trial = order.trials[part]
    if (trial === undefined) throw new Error('invariant: a part is one of the experiments')
    const asOf = Math.min(order.asOf, trial.pilot?.until ?? order.asOf)
    const arms = { treated: [] as Subject[], heldOut: [] as Subject[] }
    let since: number | null = null
    for (const { bucket } of await rowsOf(pool, tallyBuckets(order.program))) {
      const met = await metIn(pool, { ...order, asOf }, trial, bucket)
      for (const heldOut of [false, true]) {
        const own = met.filter((each) => each.heldOut === heldOut)
        for (const { on } of own) since = Math.min(on, since ?? on)
        const members = own.map(({ member }) => member)
        const days = own.map(({ on }) => on)
        const rows = await rowsOf(pool, spentAround(bucket, order.program, asOf, members, days))
        const arm = heldOut ? arms.heldOut : arms.treated
        for (const { spent, spent_before, bought } of rows) arm.push({ spent, spentBefore: spent_before, bought })
      }
    }
    const plan = { holdout: trial.holdout, look: { type: 'any-time', membersPlanned: MEMBERS_PLANNED } as const }
    return {
      ...{ name: trial.name, treated: arms.treated.length, heldOut: arms.heldOut.length, since },
      lift: liftOf(arms, plan),
    }
  }
}

interface Meeting {
  readonly member: string
  readonly heldOut: boolean
  readonly on: number
}

async function metIn(
  pool: Pool,
  { program, asOf }: LiftOrder,
  { name, pilot }: Trial,
  bucket: number,
): Promise<Meeting[]> {
  if (pilot === null) {
    const rows = await rowsOf(pool, meetingsOfBucket(bucket, program, name, asOf))
    return rows.map(({ member, held_out, met_on }) => ({ member, heldOut: held_out, on: met_on }))
  }
  const percent = (numerator: number) => ({ numerator, denominator: WHOLE })
  const drawn = { begun: pilot.begun, share: percent(pilot.share), holdout: percent(pilot.holdout) }
  const rows = await rowsOf(pool, measuredOfBucket(bucket, program, asOf))
  return rows.flatMap(({ member, joined_on }): Meeting[] => {
    const arm = pilotArmOf(chanceOf(program, member), drawn)
    const on = Math.max(pilot.from, joined_on)
    return arm === 'rest' || on > asOf ? [] : [{ member, heldOut: arm === 'holdout', on }]
  })
}

answerParts(openLifts)

import type { Pool } from 'pg'
import { rowsOf } from '../db/transaction.ts'
import { answerParts } from '../jobs/reading-worker.ts'
import { type Habits, HabitsGathering } from './habits.ts'
import { daysOfBucket, tallyBuckets } from './queries.ts'

export interface HabitsOrder {
  readonly program: string
  readonly asOf: number
}

/** This file, for whoever starts a worker. */
export const habitsWorker = new URL(import.meta.url)

/** Its old space: what `HabitsGathering` says of a million members, twice for the fits, and room for garbage. */
export const HABITS_MEGABYTES = 512

/** One part is all members, bucket by bucket. */
async function openHabits(pool: Pool, { program, asOf }: HabitsOrder): Promise<() => Promise<Habits>> {
  return async () => {
    const gathering = new HabitsGathering(asOf)
    for (const { bucket } of await rowsOf(pool, tallyBuckets(program))) {
      const days = await rowsOf(pool, daysOfBucket(bucket, program, asOf))
      const bought = days.filter(({ orders }) => orders > 0)
      gathering.add(bought.map(({ member, day, spend }) => ({ member, on: day, amount: spend })))
    }
    return gathering.finish()
  }
}

answerParts(openHabits)

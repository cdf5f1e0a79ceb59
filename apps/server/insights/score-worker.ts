import type { Member } from '@laurel/engine'
import type { Pool } from 'pg'
import { countOf, rowsOf, transaction } from '../db/transaction.ts'
import { answerParts } from '../jobs/reading-worker.ts'
import type { Habits } from './habits.ts'
import { daysOfBucket, deleteScores, insertScores, monthsOfBucket, statesOfBucket } from './queries.ts'
import { type MemberMonth, type MemberScore, Scoring, sumPoints } from './score-members.ts'
import { count, type Sums } from './sums.ts'
import { monthOf } from './tally-decision.ts'

export interface ScoreOrder {
  readonly program: string
  readonly habits: Habits
}

/** What one bucket comes to. */
export interface ScoredPart {
  readonly members: Sums
  readonly points: Sums
  /** By asset and last day what lapses then if nobody uses it, as far as its day is known. */
  readonly lapsing: Sums
}

/** This file, for whoever starts a worker. */
export const scoreWorker = new URL(import.meta.url)

/** Its old space: some thousand members of a bucket with years of days each, and what was expected of 300,000 distinct histories. */
export const SCORE_MEGABYTES = 192

async function openScoring(
  pool: Pool,
  { program, habits }: ScoreOrder,
): Promise<(bucket: number) => Promise<ScoredPart>> {
  const scoring = new Scoring(habits)
  const { asOf } = habits
  return async (bucket) => {
    const { scores, sums } = scoring.score(await rowsOf(pool, daysOfBucket(bucket, program, asOf)))
    await writeScores(pool, bucket, program, asOf, scores)
    const months = (await rowsOf(pool, monthsOfBucket(bucket, program, monthOf(asOf)))).map(
      ({ member, asset, month, gained, burned, lapsed, sent, received }): MemberMonth => ({
        ...{ member, asset, month },
        ...{ gained: Number(gained), burned: Number(burned), lapsed: Number(lapsed) },
        ...{ sent: Number(sent), received: Number(received) },
      }),
    )
    return {
      members: sums,
      points: sumPoints(months),
      lapsing: lapsingIn(await rowsOf(pool, statesOfBucket(bucket, program)), asOf),
    }
  }
}

/** A quarter ahead: what is further away changes with every order. */
export const LAPSING_DAYS = 90

/** Lots as they stand in the members' states (LED-4). Those that lapse by inactivity have no day. */
function lapsingIn(rows: readonly { readonly state: string }[], asOf: number): Sums {
  const sums: Sums = {}
  for (const { state } of rows) {
    const { assets } = JSON.parse(state) as Pick<Member, 'assets'>
    for (const { asset, lots } of assets) {
      for (const { lastDay, amount } of lots) {
        if (typeof lastDay !== 'number' || lastDay <= asOf || lastDay > asOf + LAPSING_DAYS) continue
        count(sums, [asset, lastDay], amount)
      }
    }
  }
  return sums
}

/** All of a bucket in one transaction: done again, it is the same. */
async function writeScores(
  pool: Pool,
  bucket: number,
  program: string,
  asOf: number,
  scores: readonly MemberScore[],
): Promise<void> {
  await transaction(pool, async (tx) => {
    await countOf(tx, deleteScores(bucket, program))
    await countOf(
      tx,
      insertScores(
        ...[bucket, program, asOf],
        scores.map(({ member }) => member),
        scores.map(({ alive }) => alive),
        scores.map(({ next90 }) => next90),
        scores.map(({ next365 }) => next365),
        scores.map(({ lifetimeValue }) => lifetimeValue),
        scores.map((each) => each.scores?.recency ?? null),
        scores.map((each) => each.scores?.frequency ?? null),
        scores.map((each) => each.scores?.monetary ?? null),
        scores.map(({ segment }) => segment),
        scores.map(({ engagement }) => engagement),
      ),
    )
  })
}

answerParts(openScoring)

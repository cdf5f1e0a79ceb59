import { type InsightRunAnswer, Problem } from '@laurel/contract'
import { DAY_MS, dayOf, dayText } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { idOfKey } from '../decisions/identity.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import {
  deleteOlderRuns,
  deleteRunParts,
  endRun,
  insertRun,
  lastRunAsOf,
  latestRun,
  type RunRow,
  runById,
  runningRun,
} from './queries.ts'

/** A night each, for three months: to see whether they went well. */
const runsKept = 100

/** Writes down that everything is to be read; whoever works at runs finds it. The same key again is the same run. */
export async function startRun(
  context: ProgramContext,
  actor: Actor,
  until: string | undefined,
  idempotencyKey: string,
): Promise<InsightRunAnswer> {
  const { program } = actor
  const id = idOfKey('insights', program, idempotencyKey)
  const today = await todayIn(context, program)
  if (today === null) throw new Problem('no-program')
  const asOf = until === undefined ? today : Math.min(today, Date.parse(until) / DAY_MS)
  const running = await insertNew(context, program, id, asOf, actor.name)
  if (running !== null && running !== id) throw new Problem('insights-running', { extensions: { run: running } })
  return await readRun(context, program, id)
}

/** Once a day of the program is over: what was read up to it already is not read again, also where that failed. */
export async function startNightlyRun(context: ProgramContext, program: string): Promise<void> {
  const today = await todayIn(context, program)
  if (today === null) return
  const last = await rowOf(context.database.application, lastRunAsOf(program))
  if ((last?.as_of ?? -1) >= today - 1) return
  await insertNew(context, program, idOfKey('insights', program, `night/${today - 1}`), today - 1, 'laurel')
}

async function todayIn(context: ProgramContext, program: string): Promise<number | null> {
  const found = await context.timelines.of(program)
  return found === null ? null : dayOf(localOf(found.latest.zone, context.now(program)))
}

/** Answers the id of the one that is under way instead; null: it was written. */
function insertNew(
  context: ProgramContext,
  program: string,
  id: string,
  asOf: number,
  by: string,
): Promise<string | null> {
  return transaction(context.database.application, async (tx) => {
    const at = new Date(context.now(program)).toISOString()
    const askedAt = new Date(context.wallNow()).toISOString()
    if ((await countOf(tx, insertRun(program, id, asOf, at, by, askedAt))) === 0) {
      return (await rowOf(tx, runningRun(program)))?.id ?? null
    }
    await countOf(tx, deleteOlderRuns(program, runsKept))
    const detail = { asOf: dayText(asOf) }
    await writeAudit(tx, context, { program, actor: by, act: 'insights.started', subject: `insights/${id}`, detail })
    return null
  })
}

export async function readRun(context: ProgramContext, program: string, id: string): Promise<InsightRunAnswer> {
  const row = await rowOf(context.database.application, runById(program, id))
  if (row === undefined) throw new Problem('unknown-insight-run')
  return answerOf(row)
}

/** Null: there was none yet. */
export async function readLatestRun(context: ProgramContext, program: string): Promise<InsightRunAnswer | null> {
  const row = await rowOf(context.database.application, latestRun(program))
  return row === undefined ? null : answerOf(row)
}

/** Ends a run that is under way; whoever works at it notices with the next part. */
export async function cancelRun(context: ProgramContext, actor: Actor, id: string): Promise<InsightRunAnswer> {
  const { program } = actor
  await transaction(context.database.application, async (tx) => {
    const at = new Date(context.now(program)).toISOString()
    if ((await countOf(tx, endRun(program, id, 'cancelled', at, null))) === 0) return
    await countOf(tx, deleteRunParts(program, id))
    const subject = `insights/${id}`
    await writeAudit(tx, context, { program, actor: actor.name, act: 'insights.cancelled', subject, detail: {} })
  })
  return await readRun(context, program, id)
}

const answerOf = (row: RunRow): InsightRunAnswer => ({
  id: row.id,
  status: row.status,
  asOf: dayText(row.as_of),
  parts: { done: row.parts_done, all: row.parts_all },
  startedAt: new Date(row.started_at).toISOString(),
  startedBy: row.started_by,
  endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  failure: row.failure,
})

import { type BacktestAnswer, Problem } from '@laurel/contract'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { cursorOf, type Page, placeInTime } from '../http/cursor.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type Asked, type BacktestRow, backtestById, backtestsBefore, reportOfBacktest } from './queries.ts'

export async function readBacktest(context: ProgramContext, program: string, id: string): Promise<BacktestAnswer> {
  const row = await rowOf(context.database.application, backtestById(program, id))
  if (row === undefined) throw new Problem('unknown-backtest')
  return answerOf(row)
}

/** The latest first. */
export async function listBacktests(context: ProgramContext, program: string, { limit, cursor }: Page) {
  const [at = null, before = ''] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, backtestsBefore(program, at, before, limit + 1))
  const backtests = rows.slice(0, limit).map(answerOf)
  const last = backtests.at(-1)
  return { backtests, next: rows.length > limit && last !== undefined ? cursorOf(last.startedAt, last.id) : null }
}

/** As it was written: the text of a `BacktestReport`. */
export async function readReport(context: ProgramContext, program: string, id: string): Promise<string> {
  const row = await rowOf(context.database.application, reportOfBacktest(program, id))
  if (row === undefined) throw new Problem('unknown-backtest')
  if (row.report === null) throw new Problem('backtest-not-done', { extensions: { state: row.status } })
  return row.report
}

function answerOf(row: BacktestRow): BacktestAnswer {
  const asked: Asked = JSON.parse(row.asked)
  return {
    id: row.id,
    status: row.status,
    drafts: asked.drafts.map(({ name, revision }) => ({ name, revision })),
    assumption: asked.assumption,
    until: new Date(row.until).toISOString(),
    versions: row.versions,
    parts: { done: row.parts_done, all: row.parts_all },
    startedAt: new Date(row.started_at).toISOString(),
    startedBy: row.started_by,
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    failure: row.failure,
  }
}

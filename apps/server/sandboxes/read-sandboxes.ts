import { type AdvanceAnswer, Problem, type SandboxAnswer } from '@laurel/contract'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, partsOfCursor, placeInTime } from '../http/cursor.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type AdvanceRow, advanceById, advancesBefore, type SandboxRow, sandboxById, sandboxesOf } from './queries.ts'

/** The sandbox that a program is; a Problem where it is none. */
export async function readSandbox(context: ProgramContext, program: string): Promise<SandboxAnswer> {
  const row = await rowOf(context.database.application, sandboxById(program))
  if (row === undefined) throw new Problem('no-sandbox')
  return sandboxOf(row)
}

/** In order of ids. */
export async function listSandboxes(context: ProgramContext, program: string, { limit, cursor }: Page) {
  const [after = ''] = (partsOfCursor(cursor, 1) ?? []).map(String)
  const rows = await rowsOf(context.database.application, sandboxesOf(program, after, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ id }) => [id])
  return { sandboxes: page.map(sandboxOf), next }
}

export async function readAdvance(context: ProgramContext, program: string, id: string): Promise<AdvanceAnswer> {
  await readSandbox(context, program)
  const row = await rowOf(context.database.application, advanceById(program, id))
  if (row === undefined) throw new Problem('unknown-advance')
  return advanceOf(row)
}

/** The latest first. */
export async function listAdvances(context: ProgramContext, program: string, { limit, cursor }: Page) {
  await readSandbox(context, program)
  const [at = null, before = ''] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, advancesBefore(program, at, before, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ started_at, id }) => [started_at, id])
  return { advances: page.map(advanceOf), next }
}

const sandboxOf = ({ id, sandbox_of, clock, created_at, versions, advancing }: SandboxRow): SandboxAnswer => ({
  ...{ id, of: sandbox_of, versions, advancing },
  clock: new Date(clock).toISOString(),
  createdAt: new Date(created_at).toISOString(),
})

/** One that has ended stopped somewhere between, and time may have been let pass since. */
const advanceOf = (row: AdvanceRow): AdvanceAnswer => ({
  id: row.id,
  status: row.status,
  from: new Date(row.from_at).toISOString(),
  to: new Date(row.to_at).toISOString(),
  clock: new Date(row.clock).toISOString(),
  fired: Number(row.fired),
  startedAt: new Date(row.started_at).toISOString(),
  startedBy: row.started_by,
  endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
  failure: row.failure,
})

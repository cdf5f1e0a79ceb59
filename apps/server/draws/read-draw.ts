import { type DrawAnswer, type DrawRecordAnswer, type EntrantAnswer, Problem } from '@laurel/contract'
import { type Draw, localText } from '@laurel/engine'
import { type DrawRecord, seedHashOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { entrantOf } from './close-draws.ts'
import { type DrawRow, drawById } from './queries.ts'

/** What is promised of a draw, and when it opens and closes. The seed itself is in the record, once it is over. */
export async function readDraw(context: ProgramContext, program: string, id: string): Promise<DrawAnswer> {
  const { draw, row, zone } = await gatherDraw(context, program, id)
  const { opens, closes, winners, asset } = draw
  return {
    draw: id,
    asset,
    zone,
    opens: localText(opens),
    closes: localText(closes),
    winners,
    seedHash: seedHashOf(row.seed.toString('hex')),
    promisedAt: row.promised_at,
    closedAt: row.closed_at,
  }
}

/** Everything that it takes to draw again (docs/explain/draws.md). */
export async function readDrawRecord(context: ProgramContext, program: string, id: string): Promise<DrawRecordAnswer> {
  const record = recordOf((await gatherDraw(context, program, id)).row)
  if (record === null) throw new Problem('draw-not-over')
  return { ...record, entries: record.entries.map((entry) => ({ ...entry })), drawn: [...record.drawn] }
}

/** Under which name a member takes part, and what became of it. */
export async function readEntrant(
  context: ProgramContext,
  program: string,
  member: string,
  id: string,
): Promise<EntrantAnswer> {
  const { row } = await gatherDraw(context, program, id)
  const entrant = entrantOf(row.salt, member)
  const record = recordOf(row)
  const at = record?.drawn.indexOf(entrant) ?? -1
  const tickets = record?.entries.find((entry) => entry.entrant === entrant)?.tickets ?? 0
  return { member, draw: id, entrant, tickets: record === null ? null : tickets, place: at < 0 ? null : at + 1 }
}

async function gatherDraw(
  context: ProgramContext,
  program: string,
  id: string,
): Promise<{ readonly draw: Draw; readonly row: DrawRow; readonly zone: string }> {
  const latest = (await context.timelines.of(program))?.latest
  const draw = latest?.draws.get(id)
  const row = await rowOf(context.database.application, drawById(program, id))
  // It is promised within a minute of the publication that names it.
  if (latest === undefined || draw === undefined || row === undefined) throw new Problem('unknown-draw')
  return { draw, row, zone: latest.zone }
}

/** Our own text, written when the draw was closed. */
const recordOf = ({ record }: DrawRow): DrawRecord | null => (record === null ? null : JSON.parse(record))

import { type DrawAnswer, type DrawRecordAnswer, type EntrantAnswer, Problem } from '@laurel/contract'
import { type Draw, drawRoundsOf, localText } from '@laurel/engine'
import { type DrawRecord, seedHashOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { entrantOf } from './close-draws.ts'
import { type DrawRow, drawByRound, lastRound } from './queries.ts'

export interface DrawAsked {
  readonly draw: string
  /** Undefined: the last one. */
  readonly round?: number | undefined
}

/** What is promised of a draw, or was of one that is called off, and when it opens and closes. The seed itself is in the record, once it is over. */
export async function readDraw(context: ProgramContext, program: string, asked: DrawAsked): Promise<DrawAnswer> {
  const { draw, row, zone, isCalledOff } = await gatherDraw(context, program, asked, false)
  const { opens, closes, winners, asset } = draw
  return {
    draw: draw.id,
    round: row.round,
    asset,
    zone,
    opens: localText(opens),
    closes: localText(closes),
    winners,
    seedHash: seedHashOf(row.seed.toString('hex')),
    promisedAt: row.promised_at,
    closedAt: row.closed_at,
    calledOff: isCalledOff,
  }
}

/** Everything that it takes to draw again (docs/explain/draws.md). */
export async function readDrawRecord(
  context: ProgramContext,
  program: string,
  asked: DrawAsked,
): Promise<DrawRecordAnswer> {
  const record = recordOf((await gatherDraw(context, program, asked, true)).row)
  if (record === null) throw new Problem('draw-not-over')
  return { ...record, entries: record.entries.map((entry) => ({ ...entry })), drawn: [...record.drawn] }
}

/** Under which name a member takes part, and what became of it. */
export async function readEntrant(
  context: ProgramContext,
  program: string,
  member: string,
  asked: DrawAsked,
): Promise<EntrantAnswer> {
  const { row } = await gatherDraw(context, program, asked, false)
  const entrant = entrantOf(row.salt, member)
  const record = recordOf(row)
  const at = record?.drawn.indexOf(entrant) ?? -1
  const tickets = record?.entries.find((entry) => entry.entrant === entrant)?.tickets ?? 0
  const { draw, round } = row
  return { member, draw, round, entrant, tickets: record === null ? null : tickets, place: at < 0 ? null : at + 1 }
}

interface Gathered {
  readonly draw: Draw
  readonly row: DrawRow
  readonly zone: string
  readonly isCalledOff: boolean
}

async function gatherDraw(
  context: ProgramContext,
  program: string,
  { draw: id, round }: DrawAsked,
  isOver: boolean,
): Promise<Gathered> {
  const { application } = context.database
  const known = await context.timelines.of(program)
  const asked = round ?? (await rowOf(application, lastRound(program, id, isOver)))?.round
  const timeline = known?.timeline ?? []
  const held = drawRoundsOf(timeline, id).find((each) => each.round === asked)?.draw
  // Whoever has saved the hash of its seed finds it here, whatever becomes of the draw.
  const draw = held ?? timeline.findLast(({ program: { draws } }) => draws.has(id))?.program.draws.get(id)
  const row = asked === undefined ? undefined : await rowOf(application, drawByRound(program, id, asked))
  // It is promised within a minute of the publication that names it.
  if (known === null || draw === undefined || row === undefined) throw new Problem('unknown-draw')
  return { draw, row, zone: known.latest.zone, isCalledOff: held === undefined }
}

/** Our own text, written when the draw was closed. */
const recordOf = ({ record }: DrawRow): DrawRecord | null => (record === null ? null : JSON.parse(record))

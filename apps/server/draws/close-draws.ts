import { createHmac, randomBytes } from 'node:crypto'
import type { OwnId } from '@laurel/contract'
import { type Draw, drawRoundsOf, drawsIn, localText, mayWin, type Program } from '@laurel/engine'
import { type DrawEntry, type DrawRecord, drawWinners, entriesHashOf, inDrawOrder, seedHashOf } from '@laurel/ledger'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import { givePrize } from '../decisions/give-prize.ts'
import { memberStateOf } from '../decisions/history.ts'
import { letTimePassIn } from '../decisions/let-time-pass.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { instantOf, isReadTwice } from '../programs/zone.ts'
import { readInstants } from '../statements/read-instants.ts'
import {
  bucketsWithMembers,
  closeDraw,
  type DoubtfulLine,
  type DrawRow,
  drawByRound,
  promiseDraw,
  settleDraw,
  type TicketRow,
  ticketsAt,
} from './queries.ts'

/**
 * Does what is due in every draw (GAME-2): promises its seed as soon as the program names it, draws once it has closed, and gives
 * what was won. Each step is done once, whoever does it and however often it is asked for.
 */
export async function closeDraws(context: RecordingContext): Promise<void> {
  await inEveryProgram(context, (program) => closeDrawsIn(context, program))
}

export async function closeDrawsIn(context: RecordingContext, id: string): Promise<void> {
  const timeline = (await context.timelines.of(id))?.timeline ?? []
  for (const { draw, round, version } of drawsIn(timeline).flatMap((each) => drawRoundsOf(timeline, each))) {
    const program = timeline.find((entry) => entry.program.version === version)?.program
    if (program) await advance(context, program, draw, round)
  }
}

async function advance(context: RecordingContext, program: Program, draw: Draw, round: number): Promise<void> {
  const row = await promised(context, program.id, draw.id, round)
  if (context.now(program.id) < instantOf(program.zone, draw.closes)) return
  const closed = row.closed_at === null ? await close(context, program, draw, row) : row
  if (closed.settled_at === null) await give(context, program, draw.id, closed)
}

async function promised(context: RecordingContext, program: string, draw: string, round: number): Promise<DrawRow> {
  const { application } = context.database
  const known = await rowOf(application, drawByRound(program, draw, round))
  if (known) return known
  const at = new Date(context.now(program)).toISOString()
  await countOf(application, promiseDraw(program, draw, round, randomBytes(32), randomBytes(32), at))
  return await found(context, program, draw, round)
}

async function found(context: RecordingContext, program: string, draw: string, round: number): Promise<DrawRow> {
  const row = await rowOf(context.database.application, drawByRound(program, draw, round))
  if (row === undefined) throw new Error('a draw that was just written is not there')
  return row
}

async function close(context: RecordingContext, program: Program, draw: Draw, row: DrawRow): Promise<DrawRow> {
  // Tickets that became active, or lapsed, by the closing moment must stand in the books first.
  await letTimePassIn(context, program.id)
  const memberByEntrant = new Map<string, string>()
  const entries: DrawEntry[] = []
  for await (const { member, tickets } of ticketsOf(context, program, draw)) {
    const entrant = entrantOf(row.salt, member)
    memberByEntrant.set(entrant, member)
    entries.push({ entrant, tickets })
  }
  const seed = row.seed.toString('hex')
  const ordered = inDrawOrder(entries)
  const drawn = drawWinners(seed, ordered, draw.winners)
  const record: DrawRecord = {
    ...{ format: 'laurel-draw/1', program: program.id, draw: draw.id, winners: draw.winners },
    ...{ seedHash: seedHashOf(seed), seed, entriesHash: entriesHashOf(ordered), entries: ordered, drawn },
  }
  const winners = drawn.map((entrant) => memberByEntrant.get(entrant))
  const at = new Date(context.now(program.id)).toISOString()
  const texts = [JSON.stringify(record), JSON.stringify(winners)] as const
  await countOf(context.database.application, closeDraw(program.id, draw.id, row.round, at, ...texts))
  return await found(context, program.id, draw.id, row.round)
}

/** How many members are read at once. */
const pageSize = 1_000
/** No zone sets its clock back by more. */
const setBackMsMax = 86_400_000

/** Balances at the instant of closing, which in the hour that is read twice is the first to show the moment. */
async function* ticketsOf(
  context: RecordingContext,
  program: Program,
  draw: Draw,
): AsyncGenerator<{ readonly member: string; readonly tickets: number }> {
  const { application } = context.database
  const { asset, closes } = draw
  const sure = localText(isReadTwice(program.zone, closes) ? closes - setBackMsMax : closes)
  for (const { bucket } of await rowsOf(application, bucketsWithMembers(program.id))) {
    let after: string | null = ''
    while (after !== null) {
      const page: TicketRow[] = await rowsOf(
        application,
        ticketsAt(bucket, program.id, asset, localText(closes), after, sure, pageSize),
      )
      for (const { member, tickets, state, doubtful } of page) {
        // Our own text, put together by the database.
        const lines: readonly DoubtfulLine[] = JSON.parse(doubtful ?? '[]')
        const place = { id: member, bucket, zone: program.zone }
        const instantOfLine = await readInstants(application, program.id, place, lines)
        const before = lines.filter((line) => instantOfLine(line) < instantOf(program.zone, closes))
        const held = before.reduce((sum, line) => sum + line.tickets, tickets)
        const isEntrant = held > 0 && mayWin(program, draw, memberStateOf({ program: program.id, id: member }, state))
        if (isEntrant) yield { member, tickets: held }
      }
      after = page.length === pageSize ? (page.at(-1)?.member ?? null) : null
    }
  }
}

/** Named for this draw alone: nobody without the salt can tell who it is, or that it is the same one as in another draw. */
export const entrantOf = (salt: Buffer, member: string): string =>
  createHmac('sha256', salt).update(member).digest('hex').slice(0, 32)

async function give(
  context: RecordingContext,
  { id: program, version: terms }: Program,
  draw: string,
  { winners, round }: DrawRow,
): Promise<void> {
  const name: OwnId = round === 1 ? `draw/${draw}` : `draw/${draw}/round-${round}`
  // Our own text, written when the draw was closed.
  const members: readonly string[] = JSON.parse(winners ?? '[]')
  for (const member of members) await givePrize(context, program, member, name, { draw, round, terms })
  const at = new Date(context.now(program)).toISOString()
  await countOf(context.database.application, settleDraw(program, draw, round, at))
}

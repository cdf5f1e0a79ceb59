import {
  boardSpans,
  dayOf,
  dayText,
  type Leaderboard,
  type LocalTime,
  type Member,
  type Program,
  type Ranked,
  Ranking,
  scoreOf,
} from '@laurel/engine'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import { givePrize } from '../decisions/give-prize.ts'
import { memberStateOf } from '../decisions/history.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { rulingAt } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { bucketsOfMembers, membersWithBoards, resultOf, settleResult, writeResult } from './queries.ts'

/**
 * Takes what stands on every leaderboard, and the result of each window that has ended, once; then gives what its ranks are worth
 * (GAME-1). It may be asked again at any time, by several servers.
 */
export async function takeResults(context: RecordingContext): Promise<void> {
  await inEveryProgram(context, (program) => takeResultsIn(context, program))
}

export async function takeResultsIn(context: RecordingContext, program: string): Promise<void> {
  const found = await context.timelines.of(program)
  if (found === null) return
  const ruling = rulingAt(found, context.now(program))
  for (const board of ruling.leaderboards.values()) await takeResultsOf(context, ruling, board)
}

async function takeResultsOf(context: RecordingContext, program: Program, board: Leaderboard): Promise<void> {
  const { running, ended } = boardSpans(board, localOf(program.zone, context.now(program.id)))
  for (const { from } of ended.toReversed()) {
    const known = await rowOf(context.database.application, resultOf(program.id, board.id, nameOf(from)))
    if (known?.settled_at) continue
    if (!known?.ended) await take(context, program, board, from, true)
    await give(context, program.id, board, from)
  }
  if (running) await take(context, program, board, running.from, false)
}

const nameOf = (from: LocalTime): string => dayText(dayOf(from))

async function take(
  context: RecordingContext,
  program: Program,
  board: Leaderboard,
  from: LocalTime,
  ended: boolean,
): Promise<void> {
  const ranking = new Ranking(board)
  for await (const { id, member } of membersOf(context, program.id)) {
    const score = scoreOf(member, board, from)
    if (score) ranking.add({ member: id, ...score })
  }
  const at = new Date(context.now(program.id)).toISOString()
  const ranks = JSON.stringify(ranking.ranked())
  await countOf(context.database.application, writeResult(program.id, board.id, nameOf(from), at, ended, ranks))
}

/** How many members are read at once: nobody waits for it, and nothing is locked. */
const pageSize = 1_000

async function* membersOf(
  { database: { application } }: RecordingContext,
  program: string,
): AsyncGenerator<{ readonly id: string; readonly member: Member }> {
  for (const { bucket } of await rowsOf(application, bucketsOfMembers(program))) {
    let after: string | null = ''
    while (after !== null) {
      const page: { id: string; state: string }[] = await rowsOf(
        application,
        membersWithBoards(bucket, program, after, pageSize),
      )
      for (const { id, state } of page) yield { id, member: memberStateOf({ program, id }, state) }
      after = page.length === pageSize ? (page.at(-1)?.id ?? null) : null
    }
  }
}

async function give(context: RecordingContext, program: string, board: Leaderboard, from: LocalTime): Promise<void> {
  const { application } = context.database
  const window = nameOf(from)
  const row = await rowOf(application, resultOf(program, board.id, window))
  // Our own text, written when the result was taken.
  const ranks: readonly Ranked[] = JSON.parse(row?.ranks ?? '[]')
  for (const { rank, member } of ranks) {
    if (!board.ranks.some(({ first, last }) => first <= rank && rank <= last)) continue
    const won = { leaderboard: board.id, rank, window: dayOf(from) }
    await givePrize(context, program, member, `leaderboard/${board.id}/${window}`, won)
  }
  await countOf(application, settleResult(program, board.id, window, new Date(context.now(program)).toISOString()))
}

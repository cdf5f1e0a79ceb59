import { type LeaderboardAnswer, Problem, type ShownAnswer } from '@laurel/contract'
import { boardSpans, dayOf, dayText, type Ranked } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { requireMember } from '../members/require-member.ts'
import { type ProgramContext, rulingAt } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { chooseShown, resultOf, shownAmong } from './queries.ts'

/** The first ranks of a window. Who has not chosen to be seen stands there without a name. */
export async function readLeaderboard(
  context: ProgramContext,
  program: string,
  id: string,
  wished: string | undefined,
): Promise<LeaderboardAnswer> {
  const programs = await context.timelines.of(program)
  const ruling = programs && rulingAt(programs, context.now(program))
  const board = ruling?.leaderboards.get(id)
  if (!ruling || !board) throw new Problem('unknown-leaderboard')
  const { running, ended } = boardSpans(board, localOf(ruling.zone, context.now(program)))
  const span = running ?? ended[0]
  const window = wished ?? (span === undefined ? null : dayText(dayOf(span.from)))
  const row = window === null ? undefined : await rowOf(context.database.application, resultOf(program, id, window))
  // Our own text, written when it was taken.
  const ranks: readonly Ranked[] = JSON.parse(row?.ranks ?? '[]')
  const first = ranks.slice(0, board.top)
  const shown = await shownOf(context, program, first)
  return {
    leaderboard: id,
    window,
    takenAt: row?.taken_at ?? null,
    ended: row?.ended ?? false,
    ranks: first.map(({ rank, member, score }) => ({ rank, member: shown.has(member) ? member : null, score })),
  }
}

async function shownOf(context: ProgramContext, program: string, ranks: readonly Ranked[]): Promise<Set<string>> {
  const members = ranks.map(({ member }) => member)
  const buckets = members.map((member) => bucketOf(program, member))
  const rows = await rowsOf(context.database.application, shownAmong(buckets, program, members))
  return new Set(rows.map(({ member }) => member))
}

/** The member's own choice; nobody is seen who has not chosen to be. */
export async function chooseToBeSeen(
  context: RecordingContext,
  program: string,
  member: string,
  shown: boolean,
): Promise<ShownAnswer> {
  await requireMember(context, program, member)
  await countOf(context.database.application, chooseShown(bucketOf(program, member), program, member, shown))
  return { member, shown }
}

import { type CorrectedMember, type CorrectionAnswer, Problem } from '@laurel/contract'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { cursorOf, type Page, pageOf, partsOfCursor, placeInTime } from '../http/cursor.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import {
  type CorrectionMemberRow,
  type CorrectionRow,
  correctionById,
  correctionsBefore,
  membersOfCorrection,
} from './queries.ts'
import { type MemberChange, nobody, type Summary } from './summary.ts'

export async function readCorrection(context: ProgramContext, program: string, id: string): Promise<CorrectionAnswer> {
  return answerOf(await requireRow(context, program, id), await context.timelines.of(program))
}

async function requireRow({ database }: ProgramContext, program: string, id: string): Promise<CorrectionRow> {
  const row = await rowOf(database.application, correctionById(program, id))
  if (row === undefined) throw new Problem('unknown-correction')
  return row
}

/** The latest first. */
export async function listCorrections(context: ProgramContext, program: string, { limit, cursor }: Page) {
  const [at = null, before = ''] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, correctionsBefore(program, at, before, limit + 1))
  const timeline = await context.timelines.of(program)
  const corrections = rows.slice(0, limit).map((row) => answerOf(row, timeline))
  const last = corrections.at(-1)
  return { corrections, next: rows.length > limit && last !== undefined ? cursorOf(last.startedAt, last.id) : null }
}

/** In the order in which they are posted. */
export async function listCorrectedMembers(
  context: ProgramContext,
  program: string,
  id: string,
  { limit, cursor }: Page,
) {
  await requireRow(context, program, id)
  const [bucket = -1, member = ''] = partsOfCursor(cursor, 2) ?? []
  const after = [Number(bucket), String(member)] as const
  const rows = await rowsOf(context.database.application, membersOfCorrection(program, id, ...after, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.bucket, row.member])
  return { members: page.map(memberOf), next }
}

function memberOf({ member, facts, changes, outcome, seq }: CorrectionMemberRow): CorrectedMember {
  const changed: Omit<MemberChange, 'member' | 'facts'> = JSON.parse(changes)
  return {
    ...{ member, facts, outcome, decision: seq },
    changes: [...changed.changes],
    levels: [...changed.levels],
    lots: [...changed.lots],
    vouchers: [...changed.vouchers],
  }
}

/** Nothing is posted of these, so that only the look has them. */
function leftOutIn(looked: Summary | null): Pick<Summary, 'unknown' | 'onTrial' | 'referrals'> {
  const { unknown, onTrial, referrals } = looked ?? nobody
  return { unknown, onTrial, referrals }
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())

function answerOf(row: CorrectionRow, found: ProgramTimeline | null): CorrectionAnswer {
  const looked: Summary | null = row.summary === null ? null : JSON.parse(row.summary)
  // Until it has ended it is what is shown and approved; afterwards what came of it.
  const summary: Summary | null =
    row.ended_at === null || row.posted === null ? looked : { ...JSON.parse(row.posted), ...leftOutIn(looked) }
  const scaleOf = (asset: string): number =>
    found?.timeline.flatMap(({ program }) => program.assets).findLast(({ id }) => id === asset)?.scale ?? 0
  return {
    id: row.id,
    status: row.status,
    version: row.version,
    from: new Date(row.from_at).toISOString(),
    reason: row.reason,
    postsAs: row.posts_as,
    publishes: row.posts_as !== row.version,
    needsApproval: found?.latest.publishingNeedsApproval ?? false,
    startedAt: new Date(row.started_at).toISOString(),
    startedBy: row.started_by,
    approvedAt: instant(row.approved_at),
    approvedBy: row.approved_by,
    endedAt: instant(row.ended_at),
    failure: row.failure,
    parts: { done: row.parts_done, all: row.parts_all },
    members: { posted: row.members_posted, all: Math.max(row.members_posted, looked?.members ?? 0) },
    summary:
      summary === null
        ? null
        : {
            ...summary,
            levels: [...summary.levels],
            vouchers: [...summary.vouchers],
            assets: summary.assets.map((each) => ({
              ...each,
              scale: scaleOf(each.asset),
              biggest: each.biggest.map(({ asset: _, ...changed }) => changed),
            })),
          },
  }
}

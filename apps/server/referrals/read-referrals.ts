import { type ActAnswer, Problem, type ReferralAnswer, type ReferralsAnswer } from '@laurel/contract'
import { localText, statusOfReferral } from '@laurel/engine'
import { rowOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { act, type ByStaff } from '../staff/act.ts'
import { clicksOfMember, referralsByStatus } from './queries.ts'

/** Who sent a member and whom the member sent, as of now. */
export async function readReferral(context: ProgramContext, program: string, id: string): Promise<ReferralAnswer> {
  const { member, zone } = await gatherMember(context, program, id)
  const { referral } = member
  const names = [id, ...(member.aliases ?? [])]
  const row = await rowOf(context.database.application, clicksOfMember(program, names))
  return {
    member: id,
    zone,
    sentBy: referral
      ? {
          advocate: referral.advocate,
          status: statusOfReferral(referral),
          signals: [...referral.signals],
          since: localText(referral.since),
        }
      : null,
    friends: (member.friends ?? []).map(({ friend, outcome, on }) => ({ friend, outcome, on: localText(on) })),
    clicks: Number(row?.clicks ?? 0),
  }
}

type Listed = ReferralsAnswer['referrals'][number]

export async function listReferrals(
  context: ProgramContext,
  program: string,
  {
    status,
    limit,
    cursor,
  }: { readonly status: Listed['status']; readonly limit: number; readonly cursor?: string | undefined },
): Promise<ReferralsAnswer> {
  const [at = null, member = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, referralsByStatus(program, status, at, member, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.changed_at, row.member])
  return {
    referrals: page.map((row) => ({
      friend: row.member,
      advocate: row.advocate,
      status,
      // Our own text, written by the recorder.
      signals: JSON.parse(row.signals),
      changedAt: row.changed_at,
    })),
    next,
  }
}

/** A person lets a referral go on, or ends it. */
export async function reviewReferral(
  context: RecordingContext,
  actor: Actor,
  friend: string,
  { approved, ...by }: ByStaff & { readonly approved: boolean },
  idempotencyKey: string,
): Promise<ActAnswer> {
  const { stored } = await gatherMember(context, actor.program, friend)
  if (!stored.referral) throw new Problem('no-referral')
  return await act(context, actor, friend, `review/${idempotencyKey}`, by, { type: 'referral.reviewed', approved })
}

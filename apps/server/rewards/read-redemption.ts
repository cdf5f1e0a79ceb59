import type { Redemption } from '@laurel/contract'
import type { FinishedHold, Hold, Member } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import { decisionOfMember } from '../decisions/first-answer.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import { gatherMember } from '../members/gather-member.ts'
import { isTooLate, leaveLineOf, placeInLine } from '../seats/wait-for-seat.ts'
import { finishedHold } from './queries.ts'
import { ownerOf } from './redeem.ts'

/** A redemption as of now: held, or how it ended, or why it was refused. */
export async function readRedemption(context: RecordingContext, program: string, id: string): Promise<Redemption> {
  const { member: owner, seq } = await ownerOf(context, program, id)
  // Whoever remains has it, where its owner was merged (MRG-1).
  const { id: holder, bucket, member } = await gatherMember(context, program, owner)
  const held = member.holds.find((hold) => hold.redemption === id)
  if (held !== undefined) return { ...heldOf(holder, held), status: 'held', returned: 0, refusal: null }
  // Time may have ended it since anybody wrote it down.
  const ended = member.finished[id] ?? (await storedHold(context, bucket, program, holder, id))
  if (ended !== undefined)
    return { ...heldOf(holder, ended), status: ended.end, returned: ended.returned, refusal: null }
  return await refusedOf(context, program, owner, id, seq, member)
}

const heldOf = (member: string, hold: Hold) => ({
  id: hold.redemption,
  member,
  reward: hold.reward,
  asset: hold.asset,
  amount: hold.amount,
  until: new Date(hold.untilAt).toISOString(),
  pool: hold.paidBy ?? null,
  session: hold.session ?? null,
  waiting: null,
  keptUntil: null,
})

async function storedHold(
  context: RecordingContext,
  bucket: number,
  program: string,
  member: string,
  id: string,
): Promise<FinishedHold | undefined> {
  const row = await rowOf(context.database.application, finishedHold(bucket, program, member, id))
  return row === undefined ? undefined : JSON.parse(row.record)
}

async function refusedOf(
  context: RecordingContext,
  program: string,
  member: string,
  id: string,
  seq: number,
  state: Member,
): Promise<Redemption> {
  const bucket = bucketOf(program, member)
  const row = await rowOf(context.database.application, decisionOfMember(bucket, program, member, seq))
  const asked: { readonly reward?: string; readonly session?: string | null } = JSON.parse(row?.content ?? '{}')
  const { reward = '', session = null } = asked
  const seat = state.keptSeats?.find((kept) => kept.reward === reward && kept.session === session)
  const answer: Partial<DecisionAnswer> = JSON.parse(row?.answer ?? '{}')
  const waiting = session === null ? null : await placeInLine(context, program, { redemption: id, reward, session })
  const asksInVain = answer.refusal?.code === 'sold-out' && waiting === null && seat === undefined
  const isLate = asksInVain && session !== null && (await isTooLate(context, program, { member, reward, session }))
  return {
    id,
    member,
    reward,
    status: 'refused',
    asset: null,
    amount: 0,
    until: null,
    returned: 0,
    pool: null,
    refusal: isLate ? { code: 'expired', shortBy: null } : (answer.refusal ?? null),
    session,
    waiting,
    keptUntil: seat === undefined ? null : new Date(seat.untilAt).toISOString(),
  }
}

/** Leaves the line that a full session has put it in; whoever stands in none is where they wanted to be. */
export async function leaveLine(context: RecordingContext, program: string, id: string): Promise<Redemption> {
  const { reward, session } = await readRedemption(context, program, id)
  if (session !== null) await leaveLineOf(context, program, { redemption: id, reward, session })
  return await readRedemption(context, program, id)
}

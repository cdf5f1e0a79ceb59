import { hash } from 'node:crypto'
import { ownIdentity, Problem, type RedemptionAnswer } from '@laurel/contract'
import { rowOf } from '../db/transaction.ts'
import { type Asked, ask } from '../decisions/ask.ts'
import { firstAnswer, ownerOfIdentity } from '../decisions/first-answer.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import { requireMember } from '../members/require-member.ts'
import { payFromPool } from '../pools/pay-from-pool.ts'
import { judgeLine } from '../seats/offer-seats.ts'
import { isTooLate, noteTaken, waitForSeat } from '../seats/wait-for-seat.ts'

export interface Reservation {
  readonly id?: string | undefined
  readonly member: string
  readonly reward: string
  readonly points: number | null
  readonly payable: number | null
  readonly session: string | null
  /** Where the session is full: in line for the next free seat. */
  readonly wait: boolean
  readonly lasts?: number | undefined
  /** Whose points pay; null: the member's own if they suffice, else the pool's. */
  readonly from: 'own' | 'pool' | null
  readonly confirm: boolean
}

/**
 * Holds points for a reward, and burns them at once where `confirm` is said (RED-1). The redemption's id is the identity of the
 * request: asked again it is answered as at first, a refusal too.
 */
export async function reserveRedemption(
  context: RecordingContext,
  program: string,
  input: Reservation,
  idempotencyKey: string | undefined,
): Promise<RedemptionAnswer> {
  const { reward, points, payable, session, wait, lasts, from, confirm } = input
  const id = input.id ?? idOf(program, idempotencyKey)
  const member = await requireMember(context, program, input.member)
  const reservation = { redemption: id, reward, points, payable, session, lastsMs: lasts ?? null }
  const request = { type: 'redemption.reserve', ...ownIdentity(`reserve/${id}`) } as const
  if (session !== null) await judgeLine(context, program, reward, session)
  const asked = await knownAsRefused(
    context,
    program,
    id,
    async () =>
      (await payFromPool(context, program, member, reservation, from)) ??
      (await ask(context, program, member, { ...request, ...reservation })),
  )
  const reserved = answerOf(id, asked)
  const isFull = session !== null && reserved.refusal?.code === 'sold-out'
  if (isFull && wait) {
    const held = await waitForSeat(context, program, { redemption: id, member, reward, session })
    const refusal =
      held === null || held.as === id ? reserved.refusal : ({ code: 'already-waiting', shortBy: null } as const)
    return { ...reserved, refusal, waiting: held?.place ?? null, waitingAs: held?.as ?? null }
  }
  if (isFull && (await isTooLate(context, program, { member, reward, session }))) {
    const remedy =
      'The seat was kept until a time that is over: ask again under a new id with "wait" for a place in the line.'
    return { ...reserved, refusal: { code: 'expired', shortBy: null }, remedy }
  }
  if (reserved.granted && session !== null) await noteTaken(context, program, { member, reward, session })
  return confirm && reserved.granted ? await endRedemption(context, program, 'confirm', id, undefined) : reserved
}

/** Confirms or cancels. Each is one request, however often it is sent; a new Idempotency-Key makes it a new one. */
export async function endRedemption(
  context: RecordingContext,
  program: string,
  how: 'confirm' | 'cancel',
  redemption: string,
  idempotencyKey: string | undefined,
): Promise<RedemptionAnswer> {
  const { member } = await ownerOf(context, program, redemption)
  const asked = await ask(context, program, member, {
    type: `redemption.${how}`,
    ...ownIdentity(idempotencyKey === undefined ? `${how}/${redemption}` : `${how}/${redemption}/${idempotencyKey}`),
    redemption,
  })
  const answer = answerOf(redemption, asked)
  // It is somebody's, so it was asked for: what holds nothing was refused then.
  if (answer.refusal?.code === 'unknown-redemption') await throwIfRefused(context, program, redemption)
  if (answer.refusal?.code !== 'already-confirmed') return answer
  const way = `POST /v1/members/${answer.member}/vouchers/${redemption}/return`
  return { ...answer, remedy: `Give the voucher or seat that it bought back with ${way}, while that is unused.` }
}

/** A refused id that is asked for with other content gets the refusal, and not only that it is taken. */
async function knownAsRefused(
  context: RecordingContext,
  program: string,
  redemption: string,
  asking: () => Promise<Asked>,
): Promise<Asked> {
  try {
    return await asking()
  } catch (error) {
    if (error instanceof Problem && error.code === 'identity-conflict')
      await throwIfRefused(context, program, redemption)
    throw error
  }
}

async function throwIfRefused(context: RecordingContext, program: string, redemption: string): Promise<void> {
  const { source, id } = ownIdentity(`reserve/${redemption}`)
  const first = await firstAnswer(context, program, `${source}/${id}`)
  if (first === null) return
  // Our own text, written by the recorder and never changed.
  const { refusal }: DecisionAnswer = JSON.parse(first.answer)
  if (refusal === undefined || refusal === null) return
  const detail = `${redemption} was refused: ${refusal.code}`
  throw new Problem('redemption-refused', { detail, extensions: { redemption, refusal: refusal.code } })
}

export async function ownerOf(
  context: RecordingContext,
  program: string,
  redemption: string,
): Promise<{ readonly member: string; readonly seq: number }> {
  const { bucket, name } = identityOf(program, 'redemption', redemption)
  const owner = await rowOf(context.database.application, ownerOfIdentity(bucket, name))
  if (owner === undefined) throw new Problem('unknown-redemption')
  return owner
}

/** The same request has the same id, whichever server makes it. */
function idOf(program: string, idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) throw new Problem('idempotency-key-missing')
  return `rdm_${hash('sha256', `${program}\0${idempotencyKey}`).slice(0, 32)}`
}

function answerOf(id: string, { decision, repeated }: Asked): RedemptionAnswer {
  const { member, refusal, remarks = [] } = decision
  const done = remarks.find((remark) => 'redemption' in remark && remark.redemption === id)
  const held = done !== undefined && 'redemption' in done ? done : undefined
  return {
    id,
    member,
    granted: refusal === undefined,
    asset: held?.asset ?? null,
    amount: held?.amount ?? 0,
    refusal: refusal ?? null,
    waiting: null,
    waitingAs: null,
    repeated,
  }
}

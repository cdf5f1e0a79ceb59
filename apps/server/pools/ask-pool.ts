import { hash } from 'node:crypto'
import { ownIdentity, type PoolAnswer, Problem } from '@laurel/contract'
import { type AskedOfMember, type AskedOfPool, type Refusal, walletOf } from '@laurel/engine'
import { type Asked, ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { gatherMember } from '../members/gather-member.ts'
import { rulingAt } from '../programs/timeline.ts'
import { deliverNow } from './deliver-now.ts'
import { requireWallet } from './read-pool.ts'

/** Founds a pool, or lets somebody in: the pool has the first word, for it knows how many there are, and the member the last. */
export async function letIn(
  context: RecordingContext,
  program: string,
  pool: string,
  wanted: Extract<AskedOfPool, { type: 'found' | 'join' }>,
  idempotencyKey: string,
): Promise<PoolAnswer> {
  const { id: member } = await gatherMember(context, program, wanted.member)
  const asks = { ...wanted, member }
  if (asks.type === 'join') await requireWallet(context, program, pool)
  else await requirePlan(context, program, asks.plan)
  const asked = await askWallet(context, program, pool, asks, idempotencyKey)
  const { decision } = asked
  if (decision.refusal !== undefined) return answerOf(pool, member, asked)
  const entered = await deliverNow(context, program, walletOf(pool), `enter/${decision.decision}`)
  return answerOf(pool, member, asked, entered.refusal)
}

/** The member leaves at once; what goes along follows by the outbox. */
export async function leavePool(
  context: RecordingContext,
  program: string,
  { pool, member: id }: { readonly pool: string; readonly member: string },
  idempotencyKey: string,
): Promise<PoolAnswer> {
  const { id: member } = await gatherMember(context, program, id)
  await requireWallet(context, program, pool)
  const asks: AskedOfMember = { type: 'leave' }
  const request = { type: 'pool.asked', ...ownIdentity(`pool/leave/${idempotencyKey}`) } as const
  const asked = await ask(context, program, member, { ...request, pool, asks })
  return answerOf(pool, member, asked)
}

export async function closePool(
  context: RecordingContext,
  program: string,
  pool: string,
  idempotencyKey: string,
): Promise<PoolAnswer> {
  await requireWallet(context, program, pool)
  return answerOf(pool, null, await askWallet(context, program, pool, { type: 'close' }, idempotencyKey))
}

async function askWallet(
  context: RecordingContext,
  program: string,
  pool: string,
  asks: AskedOfPool,
  key: string,
): Promise<Asked> {
  const identity = ownIdentity(`pool/${asks.type}/${key}`)
  return await ask(context, program, walletOf(pool), { type: 'pool.asked', ...identity, pool, asks })
}

async function requirePlan(context: RecordingContext, program: string, plan: string): Promise<void> {
  const programs = await context.timelines.of(program)
  if (programs === null || !rulingAt(programs, context.now(program)).pools.has(plan))
    throw new Problem('unknown-pool-plan')
}

/** The same request has the same id, whichever server makes it. */
export const poolIdOf = (program: string, idempotencyKey: string): string =>
  `pol_${hash('sha256', `${program}\0${idempotencyKey}`).slice(0, 32)}`

function answerOf(
  pool: string,
  member: string | null,
  { decision, repeated }: Asked,
  refusal: Refusal | undefined = decision.refusal,
): PoolAnswer {
  return { pool, member, granted: refusal === undefined, refusal: refusal ?? null, repeated }
}

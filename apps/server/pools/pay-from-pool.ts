import { ownSource } from '@laurel/contract'
import { type Paying, type PoolReservation, payingPool, walletOf } from '@laurel/engine'
import { rowOf } from '../db/transaction.ts'
import { type Asked, ask } from '../decisions/ask.ts'
import { contentOf } from '../decisions/content.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { stamped } from '../decisions/stamp.ts'
import { gatherMember } from '../members/gather-member.ts'
import { ownerOfIdentity } from '../rewards/queries.ts'
import { deliverNow } from './deliver-now.ts'

/**
 * Has a pool pay for a reservation: its points leave it first, in its own chain, and bring the request to the member, who is
 * asked for everything else (POOL-1). Null: the member's own points are meant, or nobody else's can be had.
 */
export async function payFromPool(
  context: RecordingContext,
  program: string,
  member: string,
  reservation: PoolReservation,
  from: 'own' | 'pool' | null,
): Promise<Asked | null> {
  const { redemption } = reservation
  // Asked again, it is what it was, whatever the member has by now.
  if (from === 'own' || (await isRecorded(context, program, `reserve/${redemption}`))) return null
  const asked = await askedBefore(context, program, redemption)
  if (asked !== null) return await deliveredTo(context, program, asked, redemption, true)
  const paying = await payingFor(context, program, member, reservation, from)
  if (paying === null) return null
  const { pool, asset, amount, id } = paying
  const spend = await ask(context, program, walletOf(pool), {
    ...{ type: 'pool.asked', source: ownSource, id: spendOf(redemption), pool },
    asks: { type: 'spend', member: id, asset, amount, reservation },
  })
  if (spend.decision.refusal === undefined)
    return await deliveredTo(context, program, walletOf(pool), redemption, false)
  // Who did not ask for the pool is told what they are missing themselves.
  return from === 'pool' ? { ...spend, decision: { ...spend.decision, member } } : null
}

const spendOf = (redemption: string): string => `pool/spend/${redemption}`

async function payingFor(
  context: RecordingContext,
  program: string,
  member: string,
  reservation: PoolReservation,
  from: 'own' | 'pool' | null,
): Promise<(Paying & { readonly id: string }) | null> {
  const { id, member: state, timeline } = await gatherMember(context, program, member)
  const found = await context.timelines.of(program)
  if (found === null || state.belongings === undefined) return null
  const event = { ...reservation, type: 'redemption.reserve' as const, source: ownSource, id: 'preview' }
  const submission = { program, member, event }
  const { event: asked } = stamped(submission, contentOf(event), found, state, context.now())
  const paying = asked.type === 'redemption.reserve' ? payingPool(timeline, state, asked, from) : null
  return paying && { ...paying, id }
}

async function deliveredTo(
  context: RecordingContext,
  program: string,
  wallet: string,
  redemption: string,
  repeated: boolean,
): Promise<Asked> {
  return { decision: await deliverNow(context, program, wallet, `spend/${redemption}`), repeated }
}

async function isRecorded(context: RecordingContext, program: string, id: string): Promise<boolean> {
  return (await ownerOf(context, program, id)) !== null
}

/** The wallet that has paid for it, or has refused to. */
const askedBefore = async (context: RecordingContext, program: string, redemption: string): Promise<string | null> =>
  await ownerOf(context, program, spendOf(redemption))

async function ownerOf({ database }: RecordingContext, program: string, id: string): Promise<string | null> {
  const { bucket, name } = identityOf(program, 'event', `${ownSource}/${id}`)
  return (await rowOf(database.application, ownerOfIdentity(bucket, name)))?.member ?? null
}

import { type OwnId, ownIdentity, ownSource, Problem } from '@laurel/contract'
import {
  type AskedOfPool,
  type Paying,
  type PoolAsked,
  type PoolReservation,
  payingPool,
  walletOf,
} from '@laurel/engine'
import { type Asked, ask } from '../decisions/ask.ts'
import { contentOf } from '../decisions/content.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
import { versionsForMember } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { stamped } from '../decisions/stamp.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
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
  const gathered = await gatherMember(context, program, member)
  if (from === 'own' || (from === null && gathered.member.belongings === undefined)) return null
  // Asked again, it is what it was, whatever the member has by now.
  if (await firstAnswer(context, program, `${ownSource}/${`reserve/${redemption}` satisfies OwnId}`)) return null
  const before = await firstAnswer(context, program, `${ownSource}/${spendOf(redemption)}`)
  if (before !== null) {
    const { pool, asks }: Pick<PoolAsked, 'pool' | 'asks'> = JSON.parse(before.content)
    // With other content under the same id it is refused as a conflict (EVT-1).
    const again = { ...asks, member: gathered.id, reservation } as AskedOfPool
    const asked = await askToSpend(context, program, pool, again, redemption)
    return await paidBy(context, program, walletOf(pool), asked, { redemption, from, member })
  }
  const paying = await payingFor(context, program, gathered, reservation, from)
  if (paying === 'none') throw new Problem('no-pool-to-pay')
  if (paying === null) return null
  const { pool, asset, amount } = paying
  const asks = { type: 'spend', member: gathered.id, asset, amount, reservation } as const
  const spend = await askToSpend(context, program, pool, asks, redemption)
  return await paidBy(context, program, walletOf(pool), spend, { redemption, from, member })
}

const askToSpend = async (
  context: RecordingContext,
  program: string,
  pool: string,
  asks: AskedOfPool,
  redemption: string,
): Promise<Asked> =>
  await ask(context, program, walletOf(pool), {
    ...{ type: 'pool.asked', ...ownIdentity(spendOf(redemption)), pool, asks },
  })

/** What the pool has said stands. Who did not ask for it is told what they are missing themselves. */
async function paidBy(
  context: RecordingContext,
  program: string,
  wallet: string,
  { decision, repeated }: Asked,
  { redemption, from, member }: { redemption: string; from: 'own' | 'pool' | null; member: string },
): Promise<Asked | null> {
  if (decision.refusal !== undefined) return from === 'pool' ? { decision: { ...decision, member }, repeated } : null
  return { decision: await deliverNow(context, program, wallet, `spend/${redemption}`), repeated }
}

const spendOf = (redemption: string): OwnId => `pool/spend/${redemption}`

async function payingFor(
  context: RecordingContext,
  program: string,
  { id, member, timeline }: GatheredMember,
  reservation: PoolReservation,
  from: 'own' | 'pool' | null,
): Promise<Paying | 'none' | null> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const event = { ...reservation, type: 'redemption.reserve' as const, source: ownSource, id: 'preview' }
  const submission = { program, member: id, event }
  const { event: asked } = stamped({
    submission,
    content: contentOf(event),
    timeline: versionsForMember(found, member),
    member,
    now: context.now(program),
  })
  return asked.type === 'redemption.reserve' ? payingPool(timeline, member, asked, from) : null
}

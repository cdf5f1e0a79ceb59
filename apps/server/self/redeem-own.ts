import { hash } from 'node:crypto'
import type { RedeemedAnswer } from '@laurel/contract'
import type { RecordingContext } from '../decisions/recorder.ts'
import { gatherMember } from '../members/gather-member.ts'
import { reserveRedemption } from '../rewards/redeem.ts'
import { paysPart } from './list-own-rewards.ts'
import { ruling } from './told.ts'

interface Wish {
  readonly reward: string
  readonly session: string | null
  readonly wait: boolean
}

/**
 * Redeems for whoever is signed in, at once: nobody stands at a till meanwhile. Keys are of a phone's own making, so they name a
 * redemption together with the member: two members who hit on the same key never meet.
 */
export async function redeemOwn(
  context: RecordingContext,
  program: string,
  member: string,
  { reward, session, wait }: Wish,
  idempotencyKey: string,
): Promise<RedeemedAnswer> {
  const known = ruling(await gatherMember(context, program, member))?.rewards.get(reward)
  if (known !== undefined && paysPart(known)) {
    const refusal = { code: 'at-checkout', shortBy: null }
    return { redemption: '', granted: false, asset: null, amount: 0, refusal, waiting: null }
  }
  const id = `own_${hash('sha256', `${program}\0${member}\0${idempotencyKey}`).slice(0, 32)}`
  const asked = await reserveRedemption(
    context,
    program,
    { ...{ id, member, reward, session, wait }, points: null, payable: null, from: null, confirm: true },
    undefined,
  )
  const { granted, asset, amount, refusal, waiting } = asked
  return { redemption: id, granted, asset, amount, refusal, waiting }
}

import { type GiftAnswer, ownIdentity, Problem } from '@laurel/contract'
import { ask } from '../decisions/ask.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { gatherMember } from '../members/gather-member.ts'
import { requireMember } from '../members/require-member.ts'

/** One member gives points to another (GIFT-1). Whoever does not exist, or would give to themselves, moves nothing. */
export async function givePoints(
  context: RecordingContext,
  program: string,
  from: string,
  { to: named, asset, amount }: { readonly to: string; readonly asset: string; readonly amount: number },
  idempotencyKey: string,
): Promise<GiftAnswer> {
  const giver = await requireMember(context, program, from)
  const to = await requireMember(context, program, named)
  // Whoever was merged gives for who remains, and is given to there (MRG-1).
  if (to === giver) throw new Problem('gift-to-oneself')
  const identity = ownIdentity(`gift/${idempotencyKey}`)
  // What was answered once stands; else what is known to lapse there is not taken.
  const before = await firstAnswer(context, program, `${identity.source}/${identity.id}`)
  if (before === null && (await gatherMember(context, program, to)).member.left !== null) {
    throw new Problem('receiver-has-left')
  }
  const { decision, repeated } = await ask(context, program, from, {
    type: 'gift.send',
    ...identity,
    to,
    asset,
    amount,
  })
  const { refusal } = decision
  return { member: from, to, asset, amount, granted: refusal === undefined, refusal: refusal ?? null, repeated }
}

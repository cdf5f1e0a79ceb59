import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
import { deliveryNameOf, deliveryOf, outgoingById } from '../decisions/outgoing.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'

/**
 * Does the outbox's work for one message, because somebody waits for the answer; what it sends is known to be written. Whoever
 * delivers it first, here or there, it is one event, and its first answer is the answer.
 */
export async function deliverNow(
  context: RecordingContext,
  program: string,
  sender: string,
  id: string,
): Promise<DecisionAnswer> {
  const { application } = context.database
  const row = await rowOf(application, outgoingById(bucketOf(program, sender), program, sender, id))
  if (row === undefined) {
    const name = deliveryNameOf({ member: sender, id })
    const first = await firstAnswer(context, program, `${name.source}/${name.id}`)
    if (first === null) throw new Error(`what was sent as ${id} is neither waiting nor delivered`)
    return JSON.parse(first.answer)
  }
  const event = deliveryOf(row)
  if (event === null) throw new Error('a merge goes with all the past of its member')
  const answer = await context.recorder.record({ program, member: row.receiver, event })
  requireRecorded(answer)
  return JSON.parse(answer.text)
}

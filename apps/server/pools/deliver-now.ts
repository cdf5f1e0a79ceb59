import { ownSource } from '@laurel/contract'
import type { Send } from '@laurel/engine'
import { rowOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
import { bucketOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import { outgoingById } from './queries.ts'

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
  const identity = { source: ownSource, id: `${sender}/${id}` }
  if (row === undefined) {
    const first = await firstAnswer(context, program, `${ownSource}/${identity.id}`)
    if (first === null) throw new Error(`what was sent as ${id} is neither waiting nor delivered`)
    return JSON.parse(first.answer)
  }
  const sent: Send['event'] & { readonly from: string } = JSON.parse(row.event) // our own text, written by the recorder
  if (sent.type === 'merge.received') throw new Error('a merge goes with all the past of its member')
  const answer = await context.recorder.record({ program, member: row.receiver, event: { ...sent, ...identity } })
  requireRecorded(answer)
  return JSON.parse(answer.text)
}

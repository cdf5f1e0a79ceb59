import { type EventInput, Problem } from '@laurel/contract'
import { requireRecorded } from './answer-events.ts'
import type { RecordingContext } from './recorder.ts'
import type { DecisionAnswer, RequestInput } from './submission.ts'

export interface Asked {
  readonly decision: DecisionAnswer
  /** It was asked before, under the same identity: this is the first answer. */
  readonly repeated: boolean
}

/**
 * Records a request or an act of staff, or with `history` a fact that a person lets in (EVT-4). What the program refuses is an
 * answer; a Problem is thrown where nothing was recorded.
 */
export async function ask(
  context: RecordingContext,
  program: string,
  member: string,
  event: RequestInput | EventInput,
  history = false,
): Promise<Asked> {
  const answer = await context.recorder.record({ program, member, event, history })
  if (answer.status === 'rejected' && answer.code === 'unknown-member') throw new Problem('unknown-member')
  requireRecorded(answer)
  // Our own text, written by the recorder and never changed.
  const decision: DecisionAnswer = JSON.parse(answer.text)
  return { decision, repeated: answer.status === 'repeated' }
}

import { type OwnId, ownIdentity, ownSource } from '@laurel/contract'
import type { RecordingContext } from './recorder.ts'
import type { RequestInput } from './submission.ts'

type Won = Extract<RequestInput, { type: 'award.won' }>['won']

/**
 * What a member has won in a draw or on a leaderboard, as an event with an identity of its own: a second attempt finds it recorded.
 * Who was erased meanwhile cannot get anything any more; all else throws, to be tried again.
 */
export async function givePrize(
  context: RecordingContext,
  program: string,
  member: string,
  name: OwnId,
  won: Won,
): Promise<void> {
  const by = { ...ownIdentity(`${name}/${member}`), actor: ownSource, reason: name }
  const answer = await context.recorder.record({ program, member, event: { type: 'award.won', won, ...by } })
  const isGone = answer.status === 'rejected' && answer.code === 'member-erased'
  if (answer.status !== 'recorded' && answer.status !== 'repeated' && !isGone) {
    throw new Error(`an award of ${name} to ${member} was not recorded: ${answer.status}`)
  }
}

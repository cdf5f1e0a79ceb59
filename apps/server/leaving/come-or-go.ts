import { type CameOrWent, type EventInput, type OwnId, ownIdentity } from '@laurel/contract'
import { requireRecorded } from '../decisions/answer-events.ts'
import { contentOf } from '../decisions/content.ts'
import { firstAnswer } from '../decisions/first-answer.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { requireMember } from '../members/require-member.ts'

type Fact = Extract<EventInput, { type: 'member.frozen' | 'member.left' | 'member.joined' }>
/** A fact that is about to be said: by Laurel itself, of now. */
type ToSay<Kind extends Fact = Fact> = Kind extends Fact
  ? Omit<Kind, 'source' | 'id' | 'member' | 'occurredAt'> & { readonly id: OwnId }
  : never

/**
 * Records that a member is frozen, goes or comes back, from now on. Asked again with the same identity it answers what it
 * answered: the moment is ours, so it takes no part in the comparison.
 */
export async function comeOrGo(
  context: RecordingContext,
  program: string,
  member: string,
  fact: ToSay,
): Promise<CameOrWent> {
  await requireMember(context, program, member)
  const occurredAt = new Date(context.now(program)).toISOString()
  const event: Fact = { ...fact, ...ownIdentity(fact.id), member, occurredAt }
  const answer = await context.recorder.record({ program, member, event })
  const first = answer.status === 'conflict' ? await firstDecision(context, program, member, event) : null
  if (first !== null) return { member, repeated: true, decision: first }
  requireRecorded(answer)
  return { member, repeated: answer.status === 'repeated', decision: JSON.parse(answer.text) }
}

/** Of the same fact at another moment. */
async function firstDecision(
  context: RecordingContext,
  program: string,
  member: string,
  event: Fact,
): Promise<CameOrWent['decision'] | null> {
  const first = await firstAnswer(context, program, `${event.source}/${event.id}`)
  if (first === null || first.member !== member) return null
  return withoutMoment(JSON.parse(first.content)) === withoutMoment(contentOf(event).fields)
    ? JSON.parse(first.answer)
    : null
}

const withoutMoment = (fields: object): string => JSON.stringify({ ...fields, at: null })

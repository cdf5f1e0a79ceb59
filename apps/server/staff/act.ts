import { type ActAnswer, type OwnId, ownIdentity } from '@laurel/contract'
import { DAY_MS, type LocalDay } from '@laurel/engine'
import { actingAs } from '../access/acting-as.ts'
import { type Asked, ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { RequestInput } from '../decisions/submission.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'

/** What every act of staff says: why, and who acts where it is not the key alone. */
export interface ByStaff {
  readonly reason: string
  readonly actor?: string | undefined
}

type Act = Extract<RequestInput, { reason: string }>
/** An act without what every act has. */
export type Deed<Kind extends Act = Act> = Kind extends Act ? Omit<Kind, 'source' | 'id' | 'actor' | 'reason'> : never

/** Records an act of staff once, however often it is sent with the same identity. */
export async function act(
  context: RecordingContext,
  actor: Actor,
  named: string,
  id: OwnId,
  { reason, actor: person }: ByStaff,
  deed: Deed,
): Promise<ActAnswer> {
  const member = await requireMember(context, actor.program, named)
  const by = { ...ownIdentity(id), actor: actingAs(actor, person), reason }
  return answerOf(member, await ask(context, actor.program, member, { ...deed, ...by }))
}

export function answerOf(member: string, { decision, repeated }: Asked): ActAnswer {
  const { refusal, amount = null } = decision
  // The interface's lists may be changed by whoever reads them; these are parsed anew for each answer.
  const copy: ActAnswer['decision'] = structuredClone(decision) as ActAnswer['decision']
  return { member, granted: refusal === undefined, refusal: refusal ?? null, amount, repeated, decision: copy }
}

/** A day of the calendar as the engine counts it. */
export const localDayOf = (date: string): LocalDay => Date.parse(date) / DAY_MS

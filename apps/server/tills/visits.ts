import { Problem } from '@laurel/contract'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'
import type { Vault } from '../vouchers/vault.ts'
import { tillIn } from './till-of-request.ts'

/** Longer than anybody pays, shorter than a till is left alone. */
const visitMs = 900_000

/** Sealed apart from cards and vouchers, and for one till. */
const sealOf = ({ program, name }: Actor): string => `visit\0${program}\0${name}`

/**
 * How a till names whoever it has found: sealed, for itself and for a quarter of an hour. So it can ask about nobody who did not show a
 * card or say a number there, whatever ids it has seen.
 */
export function makeVisit(context: RecordingContext, vault: Vault, actor: Actor, member: string) {
  const overAt = context.wallNow() + visitMs
  return {
    visit: vault.seal(sealOf(actor), `${overAt}\0${member}`).toString('base64url'),
    visitOverAt: new Date(overAt).toISOString(),
  }
}

/** Whose visit it is, as whoever goes on for them (MRG-1). */
export async function memberOfVisit(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  visit: string,
): Promise<string> {
  const { member, overAt } = opened(vault, actor, visit)
  if (overAt <= context.wallNow()) throw new Problem('visit-over')
  return await requireMember(context, actor.program, await remainingOf(context, actor.program, member))
}

/** Whose visit it was at a moment that has passed; null: nobody's, or over by then. */
export function memberOfPastVisit(vault: Vault, actor: Actor, visit: string, at: number): string | null {
  try {
    const { member, overAt } = opened(vault, actor, visit)
    return at < overAt ? member : null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

/** One that was made for another till, or by nobody, is as good as one that is over. */
function opened(vault: Vault, actor: Actor, visit: string): { readonly member: string; readonly overAt: number } {
  try {
    const text = vault.unseal(sealOf(actor), Buffer.from(visit, 'base64url'))
    const end = text.indexOf('\0')
    return { overAt: Number(text.slice(0, end)), member: text.slice(end + 1) }
  } catch (cause) {
    throw new Problem('visit-over', { cause, detail: `This is no visit that ${tillIn(actor)} was given.` })
  }
}

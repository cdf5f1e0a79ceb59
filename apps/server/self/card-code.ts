import { hash } from 'node:crypto'
import { Problem } from '@laurel/contract'
import { BUCKETS } from '@laurel/ledger'
import type { Context } from '../context.ts'
import { countOf, rowOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'
import type { Vault } from '../vouchers/vault.ts'
import { cardCodeTaken, takeCardCode } from './queries.ts'

/** Long enough for a queue that does not move, short enough that a picture of it is worth nothing. */
const cardCodeSeconds = 60
/** By which a till tells it from what else is drawn as squares. */
const beginning = 'lc1.'
/** Where the seal has what makes it another one than all others. */
const nonceBytes = 12

/** Sealed apart from the codes of vouchers: what is one can never be taken for the other. */
const sealOf = (program: string): string => `card\0${program}`

/**
 * The code on a member's card: it names member and end, and is sealed with the secret of codes, so that nobody can make one, change
 * one or read in one whose it is. Nothing is stored of it until a till takes it.
 */
export function makeCardCode(context: Pick<Context, 'wallNow'>, vault: Vault, program: string, member: string) {
  const overAt = context.wallNow() + cardCodeSeconds * 1000
  const sealed = vault.seal(sealOf(program), `${overAt}\0${member}`)
  return {
    code: `${beginning}${sealed.toString('base64url')}`,
    seconds: cardCodeSeconds,
    overAt: new Date(overAt).toISOString(),
  }
}

/** Whose card it is: once. The same request again is answered again; any other is told that it was taken. */
export async function takeCode(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  code: string,
  idempotencyKey: string,
): Promise<string> {
  const { program, name } = actor
  const { member, overAt, nonce } = opened(vault, program, code)
  if (overAt <= context.wallNow()) throw new Problem('card-code-over')
  const place = [nonce.readUInt16BE(0) & (BUCKETS - 1), program, nonce] as const
  const takenAs = hash('sha256', `${name}\0${idempotencyKey}`, 'base64url')
  const { application } = context.database
  const taken = await countOf(application, takeCardCode(...place, takenAs, new Date(overAt).toISOString()))
  if (taken === 0) {
    const row = await rowOf(application, cardCodeTaken(...place))
    if (row?.taken_as !== takenAs) throw new Problem('card-code-used')
  }
  return await requireMember(context, program, await remainingOf(context, program, member))
}

/** Whose card it was at a moment that has passed, where no till could ask; null: nobody's, or over by then. */
export function memberOfCard(vault: Vault, program: string, code: string, at: number): string | null {
  try {
    const { member, overAt } = opened(vault, program, code)
    return at < overAt ? member : null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}

function opened(vault: Vault, program: string, code: string) {
  const sealed = Buffer.from(code.slice(beginning.length), 'base64url')
  try {
    if (!code.startsWith(beginning)) throw new Error('it begins otherwise')
    const [overAt = '', member = ''] = vault.unseal(sealOf(program), sealed).split('\0')
    return { member, overAt: Number(overAt), nonce: sealed.subarray(0, nonceBytes) }
  } catch (cause) {
    throw new Problem('unknown-card-code', { cause })
  }
}

import { type CopyOfVoucher, copyOfVoucher, type Guest, type Signed } from '@laurel/contract'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { gatherMember } from '../members/gather-member.ts'
import { ruling } from '../self/told.ts'
import type { Vault } from '../vouchers/vault.ts'
import { readItems } from './set-up-tills.ts'
import { tillIn } from './till-of-request.ts'

/** So long a till remembers that somebody has a voucher: a line is mended in a day, and a weekend may lie before that. */
const copyMs = 3 * 86_400_000

/**
 * Copies of what the member has in hand, for this till and signed: without a line it can show that it was there. Only what asks nothing
 * of a basket and is worth no more than may be honoured then.
 */
export async function copiesFor(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  member: string,
  vouchers: Guest['vouchers'],
): Promise<Guest['copies']> {
  const { program } = actor
  const { items, offlineMost } = await readItems(context, program)
  if (offlineMost === 0 || vouchers.length === 0) return []
  const rewards = ruling(await gatherMember(context, program, member))?.rewards
  return vouchers.flatMap(({ id: voucher, reward, lastDay }) => {
    const known = rewards?.get(reward)
    if (known === undefined || known.basket !== null) return []
    const { kind } = known
    const worth =
      kind.type === 'money-off'
        ? kind.minor
        : kind.type === 'product'
          ? (items.find(({ sku }) => sku === kind.sku)?.price ?? 0)
          : 0
    if (worth === 0 || worth > offlineMost) return []
    const over = context.now(program) + copyMs
    // The last day by the clock of the program is asked of the program when the line is there again; this is no later.
    const lastAt = lastDay === null ? over : Math.min(over, Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000)
    const copy: CopyOfVoucher = {
      ...{ program, till: tillIn(actor), member, voucher, reward, worth },
      off: kind.type === 'money-off' ? kind.minor : 0,
      until: new Date(lastAt).toISOString(),
    }
    const text = JSON.stringify(copy)
    return [{ text, signature: vault.sign(text).toString('base64url') }]
  })
}

/** What a copy says, if it is ours, for this till, and was good at that moment. */
export function readCopy(vault: Vault, actor: Actor, { text, signature }: Signed, at: number): CopyOfVoucher | null {
  if (!vault.isSigned(text, Buffer.from(signature, 'base64url'))) return null
  // Our own text: nobody else can sign it.
  const copy = copyOfVoucher.parse(JSON.parse(text))
  const isForHere = copy.program === actor.program && copy.till === tillIn(actor)
  return isForHere && at < Date.parse(copy.until) ? copy : null
}

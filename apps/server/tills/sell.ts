import { Problem, parseEvent, type SaleMade, type SaleToMake } from '@laurel/contract'
import { rowOf } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import type { Vault } from '../vouchers/vault.ts'
import { closeAct, noteAct, outcomeOf, takenOff } from './acts.ts'
import { tillOfProgram } from './queries.ts'
import { tillIn } from './till-of-request.ts'
import { memberOfVisit } from './visits.ts'

export type SaleLines = SaleToMake['lines']

/** Records a sale as a paid order, whose source is the till. */
export async function sell(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { sale, visit, lines }: SaleToMake,
): Promise<SaleMade> {
  const member = await memberOfVisit(context, vault, actor, visit)
  const noted = await noteAct(context, actor, { act: sale, kind: 'sale', member, sale, asked: lines })
  const known = outcomeOf(noted)?.sold
  if (known !== undefined) return known
  const total = totalOf(lines)
  const taken = await takenOff(context, actor, sale)
  const off = Math.min(taken.off, total)
  const byGiftCard = Math.min(taken.byGiftCard, total - off)
  const order = await orderOf(context, actor, { sale, lines, off, byGiftCard })
  const { decision } = await ask(
    context,
    actor.program,
    member,
    parsed({ type: 'order.paid', id: sale, source: tillIn(actor), member, occurredAt: noted.at, order }),
  )
  const sold = { sale, at: noted.at, total, off, byGiftCard, earned: sumOf(decision.earned ?? []) }
  await closeAct(context, actor, noted, { granted: true, about: null, amount: total - off, asset: null, sold })
  return sold
}

interface OrderOfSale {
  readonly sale: string
  readonly lines: SaleLines
  readonly off: number
  readonly byGiftCard: number
}

/** The order as it is sent, in the currency of the program and at the place of the till. */
export async function orderOf(context: RecordingContext, actor: Actor, { sale, lines, off, byGiftCard }: OrderOfSale) {
  const { program } = actor
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const till = await rowOf(context.database.application, tillOfProgram(program, tillIn(actor)))
  const byMoney = totalOf(lines) - off - byGiftCard
  return {
    id: sale,
    currency: found.latest.currency.code,
    channel: 'till',
    place: till?.place ?? null,
    lines: lines.map(({ sku, quantity, total, category }, index) => ({
      ...{ id: String(index + 1), sku, quantity, total },
      categories: category === null ? [] : [category],
    })),
    discount: off,
    payments: [
      ...(byGiftCard > 0 ? [{ by: 'gift-card' as const, amount: byGiftCard }] : []),
      ...(byMoney > 0 ? [{ by: 'money' as const, amount: byMoney }] : []),
    ],
  }
}

export const totalOf = (lines: SaleLines): number => lines.reduce((sum, { total }) => sum + total, 0)

/** By the schema of facts, as if a shop had sent it. */
export function parsed(event: object) {
  const found = parseEvent(event)
  if (!found.ok) throw new Problem('invalid-request', { errors: found.errors })
  return found.event
}

/** What all rules gave together, asset by asset. */
function sumOf(earned: readonly { readonly asset: string; readonly amount: number }[]) {
  const byAsset = new Map<string, number>()
  for (const { asset, amount } of earned) byAsset.set(asset, (byAsset.get(asset) ?? 0) + amount)
  return [...byAsset].map(([asset, amount]) => ({ asset, amount }))
}

import type { OrderInput, RedeemedAtTill, RewardToRedeem, UsedAtTill, VoucherToUseAtTill } from '@laurel/contract'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { gatherMember } from '../members/gather-member.ts'
import { reserveRedemption } from '../rewards/redeem.ts'
import { paysPart } from '../self/list-own-rewards.ts'
import { ruling } from '../self/told.ts'
import { useVoucher } from '../vouchers/ask-about-voucher.ts'
import { readVoucher } from '../vouchers/list-vouchers.ts'
import type { Vault } from '../vouchers/vault.ts'
import { closeAct, noteAct, type Outcome } from './acts.ts'
import { orderOf, parsed, type SaleLines } from './sell.ts'
import { tillIn } from './till-of-request.ts'
import { memberOfVisit } from './visits.ts'

interface Using {
  readonly act: string
  readonly member: string
  readonly voucher: string
  readonly sale: string
  readonly lines: SaleLines | null
  readonly amount: number | null
}

interface Used {
  readonly answer: Pick<UsedAtTill, 'granted' | 'amount' | 'refusal'>
  readonly use: Outcome['use']
}

/** Uses a voucher for the sale that is being made. */
export async function useAtTill(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { act, visit, sale, lines, voucher, amount }: VoucherToUseAtTill,
): Promise<UsedAtTill> {
  const member = await memberOfVisit(context, vault, actor, visit)
  const asked = { voucher, amount, lines }
  const noted = await noteAct(context, actor, { act, kind: 'use', member, sale, asked })
  const { answer, use } = await used(context, vault, actor, { act, member, voucher, sale, lines, amount })
  await closeAct(context, actor, noted, {
    ...{ granted: answer.granted, about: voucher, amount: answer.amount, asset: null },
    ...(use === undefined ? {} : { use }),
  })
  return { act, ...answer }
}

/** Redeems, and uses what it brings: whoever stands at the counter wants it now. What cannot be used now stays in their hand. */
export async function redeemAtTill(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { act, visit, sale, lines, reward }: RewardToRedeem,
): Promise<RedeemedAtTill> {
  const { program } = actor
  const member = await memberOfVisit(context, vault, actor, visit)
  const noted = await noteAct(context, actor, { act, kind: 'redemption', member, sale, asked: { reward, lines } })
  const known = ruling(await gatherMember(context, program, member))?.rewards.get(reward)
  if (known !== undefined && paysPart(known)) {
    const refusal = { code: 'at-checkout', shortBy: null }
    await closeAct(context, actor, noted, { granted: false, about: reward, amount: 0, asset: null })
    return { act, granted: false, asset: null, amount: 0, refusal, used: null }
  }
  const id = redemptionOf(actor, act)
  const { granted, asset, amount, refusal } = await reserveRedemption(
    context,
    program,
    {
      ...{ id, member, reward, session: null, wait: false, points: null, payable: null, from: null, confirm: true },
    },
    undefined,
  )
  const isVoucher =
    granted && known !== undefined && !['donation', 'exchange', 'partner-exchange'].includes(known.kind.type)
  const outcome = isVoucher
    ? await used(context, vault, actor, { act, member, voucher: id, sale, lines, amount: null })
    : null
  await closeAct(context, actor, noted, {
    ...{ granted, about: reward, amount, asset },
    ...(outcome?.use === undefined ? {} : { use: outcome.use }),
  })
  return { act, granted, asset, amount, refusal, used: outcome?.answer ?? null }
}

/** The voucher that it brings has the same name. */
export const redemptionOf = (actor: Actor, act: string): string => `${tillIn(actor)}_${act}`

async function used(
  context: RecordingContext,
  vault: Vault,
  actor: Actor,
  { act, member, voucher, sale, lines, amount }: Using,
): Promise<Used> {
  const order = { source: tillIn(actor), id: sale }
  const held = await readVoucher(context, actor.program, member, voucher)
  const kind = ruling(await gatherMember(context, actor.program, member))?.rewards.get(held.reward)?.kind
  // What is given is handed over, unless it is among what is bought: then it costs nothing there.
  const isHandedOver = kind?.type === 'product' && !lines?.some(({ sku }) => sku === kind.sku)
  const basket = lines === null || isHandedOver ? null : await basketOf(context, actor, sale, lines)
  const answer = await useVoucher(
    context,
    vault,
    actor.program,
    { member, voucher, order, basket, amount },
    `${tillIn(actor)}/${act}`,
  )
  const { granted, refusal, use } = answer
  const row = { granted, amount: granted ? answer.amount : 0, refusal }
  if (use === null) return { answer: row, use: undefined }
  return { answer: row, use: { id: use, voucher, amount: row.amount, byGiftCard: held.kind === 'gift-card' } }
}

async function basketOf(
  context: RecordingContext,
  actor: Actor,
  sale: string,
  lines: SaleLines,
): Promise<OrderInput | null> {
  const order = await orderOf(context, actor, { sale, lines, off: 0, byGiftCard: 0 })
  const occurredAt = new Date(context.now(actor.program)).toISOString()
  const event = parsed({ type: 'order.paid', id: sale, source: tillIn(actor), member: 'any', occurredAt, order })
  return event.type === 'order.paid' ? event.order : null
}

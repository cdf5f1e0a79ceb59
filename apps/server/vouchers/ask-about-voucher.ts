import { type OrderInput, type OwnId, ownIdentity, type VoucherRequestAnswer } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import { type Asked, ask } from '../decisions/ask.ts'
import { ownerOfIdentity } from '../decisions/first-answer.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { requireMember } from '../members/require-member.ts'
import { holderOfCode } from './look-up-code.ts'
import { contentOfDecision } from './queries.ts'
import type { Vault } from './vault.ts'

/** Which voucher is meant. */
export interface Named {
  readonly member: string
  readonly voucher: string
}

export interface Use {
  readonly code?: string | undefined
  readonly member?: string | undefined
  readonly voucher?: string | undefined
  readonly order: { readonly source: string; readonly id: string } | null
  readonly basket: OrderInput | null
  readonly amount: number | null
}

/** Uses a voucher once, however often the request is sent under its key (RED-5). */
export async function useVoucher(
  context: RecordingContext,
  vault: Vault,
  program: string,
  { code, member, voucher, order, basket, amount }: Use,
  idempotencyKey: string,
): Promise<VoucherRequestAnswer> {
  const named =
    member !== undefined && voucher !== undefined
      ? { member, voucher }
      : await holderOfCode(context, vault, program, code ?? '')
  await requireMember(context, program, named.member)
  const identity = ownIdentity(`use/${idempotencyKey}`)
  const orderKey = order === null ? null : `${order.source}/${order.id}`
  const asked = await ask(context, program, named.member, {
    ...{ type: 'voucher.use', ...identity, voucher: named.voucher, orderKey, basket, amount },
  })
  return {
    ...answerOf(named, asked),
    use: asked.decision.refusal === undefined ? `${identity.source}/${identity.id}` : null,
  }
}

/** Undoes a use, gives the voucher back, or on: each one request, until a new key makes it a new one. */
export async function askAbout(
  context: RecordingContext,
  program: string,
  named: Named,
  request:
    | { readonly type: 'voucher.return' | 'voucher.give' }
    | { readonly type: 'voucher.restore'; readonly use: string },
  idempotencyKey: string | undefined,
): Promise<VoucherRequestAnswer> {
  await requireMember(context, program, named.member)
  const whose = `${named.member}/${named.voucher}`
  const name: OwnId =
    request.type === 'voucher.restore' ? `restore/${request.use}/${whose}` : `${DEEDS[request.type]}/${whose}`
  const identity = ownIdentity(idempotencyKey === undefined ? name : `${name}/${idempotencyKey}`)
  const asked = { ...identity, voucher: named.voucher }
  if (request.type !== 'voucher.restore') {
    return answerOf(named, await ask(context, program, named.member, { ...request, ...asked }))
  }
  const orderKey = await orderOfUse(context, program, request.use)
  return answerOf(named, await ask(context, program, named.member, { ...request, ...asked, orderKey }))
}

const DEEDS = { 'voucher.return': 'return', 'voucher.give': 'give' } as const

/** The order that a use was for, as the request that used it said. */
async function orderOfUse(context: RecordingContext, program: string, use: string): Promise<string | null> {
  const { application } = context.database
  const identity = identityOf(program, 'event', use)
  const owner = await rowOf(application, ownerOfIdentity(identity.bucket, identity.name))
  if (owner === undefined) return null
  const bucket = bucketOf(program, owner.member)
  const row = await rowOf(application, contentOfDecision(bucket, program, owner.member, owner.seq))
  // Our own text; what is not a use has no order key.
  const content: { readonly orderKey?: string | null } = row?.content == null ? {} : JSON.parse(row.content)
  return content.orderKey ?? null
}

function answerOf({ member, voucher }: Named, { decision, repeated }: Asked): VoucherRequestAnswer {
  const { refusal, amount = 0 } = decision
  return { member, voucher, granted: refusal === undefined, amount, use: null, refusal: refusal ?? null, repeated }
}

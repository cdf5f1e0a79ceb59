import type {
  Line,
  MemberEvent,
  MergeReceived,
  OrderContent,
  OrderPaid,
  Payment,
  PointsAdjusted,
  RedemptionCancel,
  RedemptionConfirm,
  RedemptionReserve,
  RefundMade,
  RequestAnswer,
  Stamp,
  TimePassed,
  VoucherGiveAsked,
  VoucherRestoreAsked,
  VoucherReturnAsked,
  VoucherRevoked,
  VoucherUseAsked,
} from '@laurel/engine'

/** Events by hand. An event's id is made of what it does and what it names, so that failures read well. */

const source = 'shop'

/** An instant (`2026-03-01T12:00:00Z`) as a member's event bears it, in one zone. */
export function instant(text: string, zone = 'UTC', version: number | null = 1): Stamp {
  const moment = Temporal.Instant.from(text)
  const wall = moment.toZonedDateTimeISO(zone).toPlainDateTime()
  const local = wall.toZonedDateTime('UTC').epochMilliseconds
  return { at: moment.epochMilliseconds, local, placeLocal: local, version }
}

/** A reading of UTC's clock: `2026-03-01` is midnight, `2026-03-01T12:00` noon. */
export const on = (text: string, version: number | null = 1): Stamp =>
  instant(`${text.includes('T') ? text : `${text}T00:00`}Z`, 'UTC', version)

/** Days since 1970 of a date, as the engine counts them. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

export const line = (id: string, total: number, parts: Partial<Line> = {}): Line => ({
  id,
  sku: `sku-${id}`,
  quantity: 1,
  total,
  tax: 0,
  discount: 0,
  categories: [],
  brand: null,
  kind: 'goods',
  ...parts,
})

/** An order paid in money unless payments say otherwise; an amount stands for one line of it. */
export function paid(
  order: string,
  stamp: Stamp,
  content: number | readonly Line[],
  parts: { readonly payments?: readonly Payment[]; readonly id?: string } = {},
): OrderPaid {
  const lines = typeof content === 'number' ? [line('1', content)] : content
  const total = lines.reduce((sum, each) => sum + each.total, 0)
  return {
    type: 'order.paid',
    source,
    id: parts.id ?? `paid-${order}`,
    stamp,
    order,
    currency: 'USD',
    rate: null,
    channel: null,
    place: null,
    tags: [],
    lines,
    discount: 0,
    shipping: { total: 0, tax: 0 },
    tip: 0,
    payments: parts.payments ?? [{ by: 'money', amount: total }],
  }
}

/** A refund by amount. */
export const refund = (id: string, order: string, stamp: Stamp, amount: number): RefundMade => ({
  type: 'refund.made',
  source,
  id,
  stamp,
  order,
  lines: [],
  amount,
  by: 'member',
})

/** A whole line given back, at the sale's price. */
export const refundOfLine = (id: string, order: string, stamp: Stamp, lineId: string): RefundMade => ({
  ...refund(id, order, stamp, 0),
  lines: [{ line: lineId, quantity: 1, amount: null }],
})

export const adjusted = (id: string, stamp: Stamp, amount: number): PointsAdjusted => ({
  type: 'points.adjusted',
  source: 'staff',
  id,
  stamp,
  actor: 'staff-1',
  reason: 'vector',
  asset: 'points',
  amount,
  answer: null,
})

const hourMs = 3_600_000

/** Holds `amount` points for an hour, or for `lastsMs`. */
export const reserve = (
  redemption: string,
  stamp: Stamp,
  amount: number,
  parts: { readonly lastsMs?: number; readonly answer?: RequestAnswer; readonly reward?: string } = {},
): RedemptionReserve => ({
  type: 'redemption.reserve',
  source,
  id: `reserve-${redemption}`,
  stamp,
  redemption,
  reward: parts.reward ?? 'any',
  points: amount,
  until: { at: stamp.at + (parts.lastsMs ?? hourMs), local: stamp.local + (parts.lastsMs ?? hourMs) },
  answer: parts.answer ?? null,
})

export const confirm = (redemption: string, stamp: Stamp, answer: RequestAnswer | null = null): RedemptionConfirm => ({
  type: 'redemption.confirm',
  source,
  id: `confirm-${redemption}`,
  stamp,
  redemption,
  answer,
})

export const cancel = (redemption: string, stamp: Stamp, answer: RequestAnswer | null = null): RedemptionCancel => ({
  type: 'redemption.cancel',
  source,
  id: `cancel-${redemption}`,
  stamp,
  redemption,
  answer,
})

/** Reserve and confirm at one instant. */
export const burn = (redemption: string, stamp: Stamp, amount: number) => [
  reserve(redemption, stamp, amount),
  confirm(redemption, stamp),
]

export const tick = (stamp: Stamp): TimePassed => ({ type: 'time.passed', stamp })

export const granted = (amount: number): RequestAnswer => ({ granted: true, asset: 'points', amount })
export const short = (shortBy: number): RequestAnswer => ({ granted: false, refusal: { code: 'short', shortBy } })

// ---- vouchers ------------------------------------------------------------------------------------------------------------

/** Reserve and confirm a reward of a fixed price at one instant. */
export const redeem = (redemption: string, rewardId: string, stamp: Stamp) => [
  { ...reserve(redemption, stamp, 1), reward: rewardId, points: null },
  confirm(redemption, stamp),
]

export const useVoucher = (
  id: string,
  voucher: string,
  stamp: Stamp,
  {
    order,
    ...parts
  }: Partial<Pick<VoucherUseAsked, 'basket' | 'amount' | 'answer'>> & { readonly order?: string } = {},
): VoucherUseAsked => ({
  type: 'voucher.use',
  source,
  id,
  stamp,
  voucher,
  orderKey: order === undefined ? null : `${source}/${order}`,
  basket: null,
  amount: null,
  answer: null,
  ...parts,
})

export const restoreVoucher = (
  id: string,
  voucher: string,
  use: string,
  stamp: Stamp,
  orderKey: string | null = null,
): VoucherRestoreAsked => ({
  type: 'voucher.restore',
  source,
  id,
  stamp,
  voucher,
  use: `${source}/${use}`,
  orderKey,
  answer: null,
})

export const returnVoucher = (id: string, voucher: string, stamp: Stamp): VoucherReturnAsked => ({
  type: 'voucher.return',
  source,
  id,
  stamp,
  voucher,
  answer: null,
})

export const giveVoucher = (id: string, voucher: string, stamp: Stamp): VoucherGiveAsked => ({
  type: 'voucher.give',
  source,
  id,
  stamp,
  voucher,
  answer: null,
})

export const revokeVoucher = (id: string, voucher: string, stamp: Stamp): VoucherRevoked => ({
  type: 'voucher.revoked',
  source: 'staff',
  id,
  stamp,
  actor: 'staff-1',
  reason: 'lost',
  voucher,
  answer: null,
})

/** An order that is about to be paid. */
export function basketOf(content: number | readonly Line[], parts: Partial<OrderContent> = {}): OrderContent {
  const { type: _type, source: _source, id: _id, stamp: _stamp, ...order } = paid('basket', on('2026-01-01'), content)
  return { ...order, ...parts }
}

/** Ben goes into ada, who gets this: with his whole past. */
export function mergeOf(stamp: Stamp, ...past: readonly Exclude<MemberEvent, TimePassed>[]): MergeReceived {
  const by = { source: 'laurel', stamp, actor: 'staff-1', reason: 'same-person' }
  const merged = { type: 'member.merged', ...by, id: 'm1', to: 'ada', head: 'ab'.repeat(32) } as const
  return {
    ...{ type: 'merge.received', source: 'laurel', id: 'ben/m1', stamp, merge: 'laurel/m1', from: 'ben', into: 'ada' },
    brought: { events: [...past, merged], told: {} },
  }
}

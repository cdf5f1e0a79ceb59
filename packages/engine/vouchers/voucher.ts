import { isSame } from '../is-same.ts'
import { type MemberPart, namedDifference } from '../member-part.ts'
import type { OrderKey } from '../orders/content.ts'
import type { LocalDay, LocalTime } from '../time/local.ts'

/** A reward in a member's hand: issued by a redemption or an award, until it is used up or ends otherwise (RED-5). */
export interface Voucher {
  /** The redemption's id, or the award's; unique in the member. */
  readonly id: string
  readonly from: 'redemption' | 'award'
  /** What issued it, and under which version: its terms hold, whatever is published later. */
  readonly cause: string
  readonly reward: string
  readonly version: number
  readonly status: VoucherStatus
  readonly issued: LocalTime
  /** Last day on which it can be used; null: it never lapses. */
  readonly lastDay: LocalDay | null
  /** Minor units that a gift card still holds; null: it is used once and whole. */
  readonly left: number | null
  /** Minor units that lapsed with a gift card and do not come back; absent: none. */
  readonly lapsed?: number
  /** Minor units that went with what gave a gift card after some of it was used, and come again with it (REF-5); absent: none. */
  readonly takenBack?: number
  readonly uses: readonly VoucherUse[]
  /** Since when a full card had waited for it, where nothing was left (STAMP-1); absent: it came at once. */
  readonly waited?: LocalTime
  /** Of an experience that was booked: whose seat it is. */
  readonly session?: string
  /** Who brought it along, and was told of it (MRG-1); absent: the member itself was. */
  readonly via?: string
}

/** `open` can be used, or will again once what was taken back of it comes again; the rest are ends. */
export type VoucherStatus = 'open' | 'used' | 'returned' | 'given' | 'expired' | 'revoked'

export interface VoucherUse {
  /** `source/id` of the request. */
  readonly id: string
  readonly order: OrderKey | null
  /** Minor units that it took off or paid. */
  readonly amount: number
  /** How much of that refunds of the order have put back since. */
  readonly returned: number
}

/** A use for an order, as the order knows it. */
export interface UsedVoucher {
  readonly voucher: string
  readonly reward: string
  /** `source/id` of the request. */
  readonly use: string
  readonly amount: number
}

/** What a member's state holds of vouchers; each part is absent while there is nothing in it. */
export interface VoucherState {
  /** The open ones, by id. */
  vouchers?: readonly Voucher[]
  /** Uses for orders that have not come yet. */
  usedFor?: readonly { readonly order: OrderKey; readonly vouchers: readonly UsedVoucher[] }[]
  /** Closed ones, as rows outside of the checkpoint: those that an event names, or all of them in a replay. */
  closed?: Readonly<Record<string, Voucher>>
}

/** A voucher stands like this now. */
export interface VoucherChanged {
  readonly type: 'voucher'
  readonly voucher: Voucher
}

/** These vouchers were used for an order that has not come yet; none: it has come. */
export interface VouchersAwaiting {
  readonly type: 'used-for'
  readonly order: OrderKey
  readonly vouchers: readonly UsedVoucher[]
}

export const voucherPart: MemberPart<VoucherState, VoucherChanged> = {
  apply(state, { voucher }) {
    const others = (state.vouchers ?? []).filter(({ id }) => id !== voucher.id)
    const closed: Record<string, Voucher> = { ...state.closed }
    delete closed[voucher.id]
    if (voucher.status === 'open') others.push(voucher)
    else closed[voucher.id] = voucher
    if (others.length === 0) delete state.vouchers
    else state.vouchers = others.sort((a, b) => (a.id < b.id ? -1 : 1))
    if (Object.keys(closed).length === 0) delete state.closed
    else state.closed = closed
  },

  /** None goes but with the merge that brought it: `rowsPart`. */
  difference: (before, after) =>
    [...(after.vouchers ?? []), ...Object.values(after.closed ?? {})].flatMap((voucher) =>
      isSame(voucherOf(before, voucher.id), voucher) ? [] : [{ type: 'voucher', voucher }],
    ),
}

export const awaitingPart: MemberPart<VoucherState, VouchersAwaiting> = {
  apply(state, { order, vouchers }) {
    const others = (state.usedFor ?? []).filter((known) => known.order !== order)
    if (vouchers.length > 0) others.push({ order, vouchers })
    if (others.length === 0) delete state.usedFor
    else state.usedFor = others.sort((a, b) => (a.order < b.order ? -1 : 1))
  },

  difference: ({ usedFor: before }, { usedFor: after }) =>
    namedDifference(
      before,
      after,
      ({ order }) => order,
      (used, order) => ({
        type: 'used-for',
        order,
        vouchers: used?.vouchers ?? [],
      }),
    ),
}

export const openVoucher = (state: VoucherState, id: string): Voucher | undefined =>
  state.vouchers?.find((voucher) => voucher.id === id)

/** Open, or closed and loaded. */
export const voucherOf = (state: VoucherState, id: string): Voucher | undefined =>
  openVoucher(state, id) ?? state.closed?.[id]

/** It has gone back unused, and what it took of stock, seats or codes with it. */
export const isBack = ({ status, uses }: Voucher): boolean =>
  uses.length === 0 && (status === 'returned' || status === 'revoked')

import { isSame } from '../is-same.ts'
import type { MemberPart } from '../member-part.ts'
import { type Voucher, type VoucherState, voucherOf } from '../vouchers/voucher.ts'

/** What a member's state holds of merges; each part is absent while there is nothing in it. */
export interface MergeState {
  /** Whom it goes on for, by id. */
  aliases?: readonly string[]
  /** The last merge, while it can be undone: nothing was earned or spent since. */
  merged?: LastMerge
}
export interface LastMerge {
  readonly merge: string
  readonly from: string
  /** What it was received by: what that gives is no reason to keep it. */
  readonly cause: string
}

/** Merges stand like this now. */
export interface MergeNoted {
  readonly type: 'merged'
  readonly aliases: readonly string[]
  readonly last: LastMerge | null
}

export const mergePart: MemberPart<MergeState, MergeNoted> = {
  apply(state, { aliases, last }) {
    if (aliases.length === 0) delete state.aliases
    else state.aliases = aliases
    if (last === null) delete state.merged
    else state.merged = last
  },

  /** Movements and vouchers before it look like use to the fold: what can still be undone is said again, after them. */
  difference(before, { aliases = [], merged }) {
    const isKnown = merged === undefined && before.merged === undefined && isSame(before.aliases ?? [], aliases)
    return isKnown ? [] : [{ type: 'merged', aliases, last: merged ?? null }]
  },
}

/** A merge was undone: these rows are not the member's any more. */
export interface RowsGone {
  readonly type: 'rows-gone'
  readonly orders: readonly string[]
  readonly finished: readonly string[]
  readonly vouchers: readonly Voucher[]
}

interface Rows extends VoucherState {
  readonly orders: Record<string, unknown>
  readonly finished: Record<string, unknown>
}

export const rowsPart: MemberPart<Rows, RowsGone> = {
  apply(member, { orders, finished, vouchers }) {
    for (const key of orders) delete member.orders[key]
    for (const redemption of finished) delete member.finished[redemption]
    const gone = new Set(vouchers.map(({ id }) => id))
    const open = (member.vouchers ?? []).filter(({ id }) => !gone.has(id))
    const closed = Object.entries(member.closed ?? {}).filter(([id]) => !gone.has(id))
    if (open.length === 0) delete member.vouchers
    else member.vouchers = open
    if (closed.length === 0) delete member.closed
    else member.closed = Object.fromEntries(closed)
  },

  /** Rows never go, but with the merge that brought them. */
  difference(before, after) {
    const orders = Object.keys(before.orders).filter((key) => !(key in after.orders))
    const finished = Object.keys(before.finished).filter((id) => !(id in after.finished))
    const all = [...(before.vouchers ?? []), ...Object.values(before.closed ?? {})]
    const vouchers = all.filter(({ id }) => voucherOf(after, id) === undefined)
    return orders.length + finished.length + vouchers.length === 0
      ? []
      : [{ type: 'rows-gone', orders, finished, vouchers }]
  },
}

interface Movement {
  readonly cause: string
  readonly from: string
  readonly to: string
}

/** Whoever has earned or spent something since cannot be taken apart again; what only went its way is no such thing. */
export function noteUse(state: MergeState, { cause, from, to }: Movement): void {
  if (state.merged === undefined || state.merged.cause === cause) return
  if (isUse(from) || isUse(to)) delete state.merged
}

/** A voucher that comes or is used since is earning or spending, too. */
export function noteVoucher(state: MergeState, { status }: Voucher): void {
  if (status !== 'expired' && status !== 'revoked') delete state.merged
}

const QUIET: ReadonlySet<string> = new Set(['pending', 'active', 'debt', 'expired', 'forfeited'])

/** Points that become active, repay or lapse change nothing of whose they are. */
function isUse(account: string): boolean {
  return !QUIET.has(account)
}

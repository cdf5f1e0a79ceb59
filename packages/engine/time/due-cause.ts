import { type LotEnd, lotEndIn } from '../points/parts.ts'
import type { LocalDay, LocalTime } from './local.ts'

/** What came about by itself (TIME-4): its kind, what it happened to, and when, as the ledger names it. */
export type DueCause =
  | {
      readonly type: 'lot'
      readonly asset: string
      readonly priority: number
      readonly lastDay: LotEnd
      readonly on: LocalDay
    }
  | { readonly type: 'voucher'; readonly voucher: string; readonly on: LocalDay }
  | { readonly type: 'membership'; readonly plan: string; readonly at: LocalTime }
  | { readonly type: 'hold'; readonly redemption: string }
  | { readonly type: 'seat'; readonly reward: string; readonly session: string; readonly at: LocalTime }
  | { readonly type: 'pending'; readonly entry: string; readonly on: LocalDay }
  | { readonly type: 'referral'; readonly at: LocalTime }
  | { readonly type: 'tier'; readonly ladder: string; readonly on: LocalDay }
  | { readonly type: 'left'; readonly on: LocalDay }
  | { readonly type: 'closing'; readonly at: LocalTime }
  | { readonly type: 'begin'; readonly version: number }

/** Its name: the cause of all that it does. */
export function dueName(due: DueCause): string {
  switch (due.type) {
    case 'lot':
      return `lot/${due.asset}/${due.priority}/${due.lastDay}/${due.on}`
    case 'voucher':
      return `voucher/${due.voucher}/${due.on}`
    case 'membership':
      return `membership/${due.plan}/${due.at}`
    case 'hold':
      return `hold/${due.redemption}/time-out`
    case 'seat':
      return `seat/${due.reward}/${due.session}/${due.at}`
    case 'pending':
      return `pending/${due.entry}/${due.on}`
    case 'referral':
      return `referral/${due.at}`
    case 'tier':
      return `tier/${due.ladder}/${due.on}`
    case 'left':
      return `left/${due.on}`
    case 'closing':
      return `closing/${due.at}`
    // Before the reviews of the same moment, which go by the levels of this version.
    case 'begin':
      return `begin/version/${due.version}`
  }
}

/** How each is read again. Vouchers, redemptions and pending entries have slashes of their own; what the program names has none. */
const readers: { readonly [Type in DueCause['type']]: readonly [RegExp, (...parts: string[]) => DueCause] } = {
  lot: [
    /^lot\/([^/]+)\/(\d+)\/(-?\d+|never|idle-.+)\/(-?\d+)$/,
    (asset = '', priority, lastDay = '', on) => ({
      ...{ type: 'lot', asset, priority: Number(priority), on: Number(on) },
      lastDay: lotEndIn(lastDay),
    }),
  ],
  voucher: [/^voucher\/(.+)\/(-?\d+)$/, (voucher = '', on) => ({ type: 'voucher', voucher, on: Number(on) })],
  membership: [/^membership\/([^/]+)\/(-?\d+)$/, (plan = '', at) => ({ type: 'membership', plan, at: Number(at) })],
  hold: [/^hold\/(.+)\/time-out$/, (redemption = '') => ({ type: 'hold', redemption })],
  seat: [
    /^seat\/([^/]+)\/([^/]+)\/(-?\d+)$/,
    (reward = '', session = '', at) => ({ type: 'seat', reward, session, at: Number(at) }),
  ],
  pending: [/^pending\/(.+)\/(-?\d+)$/, (entry = '', on) => ({ type: 'pending', entry, on: Number(on) })],
  referral: [/^referral\/(-?\d+)$/, (at) => ({ type: 'referral', at: Number(at) })],
  tier: [/^tier\/([^/]+)\/(-?\d+)$/, (ladder = '', on) => ({ type: 'tier', ladder, on: Number(on) })],
  left: [/^left\/(-?\d+)$/, (on) => ({ type: 'left', on: Number(on) })],
  closing: [/^closing\/(-?\d+)$/, (at) => ({ type: 'closing', at: Number(at) })],
  begin: [/^begin\/version\/(\d+)$/, (version) => ({ type: 'begin', version: Number(version) })],
}

/** What a cause says that came about by itself; null: it is an event, by its source and id. */
export function dueIn(cause: string): DueCause | null {
  for (const [pattern, read] of Object.values(readers)) {
    const found = pattern.exec(cause)
    if (found !== null) return read(...found.slice(1))
  }
  return null
}

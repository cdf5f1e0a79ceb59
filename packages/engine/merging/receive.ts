import { type Draft, emit, move } from '../draft.ts'
import type { MergeReceived } from '../event.ts'
import type { Acceptance, AssetState, LotEnd, Member, OrderRecord } from '../member.ts'
import { countableOrder } from '../orders/countable.ts'
import { moneyOf } from '../orders/money.ts'
import { daysOfPoints } from '../orders/restate.ts'
import { assetOf, isSamePart } from '../points/asset-state.ts'
import { bringIdle, type IdleRenamed, idleEndOn } from '../points/idle.ts'
import { burn, credit } from '../points/lots.ts'
import { renamedPart } from '../points/parts.ts'
import { pendingNamed } from '../points/pending-list.ts'
import { bringClaimed } from '../points/shortfalls.ts'
import { bringBelongings } from '../pools/share.ts'
import { programOf } from '../program/timeline.ts'
import { countForReferral } from '../referral/refer.ts'
import { dayOf } from '../time/local.ts'
import { convertedOf } from '../transitions/transition-state.ts'
import type { UsedVoucher } from '../vouchers/voucher.ts'
import { bringAwards, bringFooting, bringReferral, bringSeats, bringVouchers, type Renamed } from './awards.ts'
import { nameBrought } from './brought-name.ts'
import { bringBoard, bringChallenges, bringLadder } from './progress.ts'

/** Takes in what another member was when its reservations had ended (MRG-1): points lot by lot, facts as dated, caps summed, the higher tier to its end. */
export function receiveMerge(draft: Draft, event: MergeReceived, brought: Member): void {
  const { from } = event
  const voucher = bringVouchers(draft, brought, from)
  const idle = bringIdle(draft, brought, from)
  bringRows(draft, brought, { voucher, idle })
  bringLastOrder(draft, brought)
  for (const asset of brought.assets) bringPoints(draft, asset, brought, idle)
  for (const entry of brought.pending) bringPending(draft, entry, from)
  for (const { cap, period, used } of brought.counts) {
    emit(draft, { type: 'count', cap, period, change: used, dropBefore: Number.MIN_SAFE_INTEGER })
  }
  for (const { asset, amount } of brought.converted ?? []) {
    emit(draft, { amount: convertedOf(draft.member, asset) + amount, asset, type: 'converted' })
  }
  bringAwards(draft, brought, idle)
  bringFooting(draft, brought)
  bringSeats(draft, brought)
  const counted = draft.member.referral ? brought.orders : ordersBeside(draft, brought)
  bringReferral(draft, brought, event)
  countOrders(draft, counted)
  bringBelongings(draft, brought, from)
  const { version } = event.stamp
  bringChallenges(draft, brought, version === null ? null : programOf(draft.timeline, version))
  for (const { leaderboard, windows } of brought.boards ?? []) bringBoard(draft, leaderboard, windows)
  for (const ladder of brought.ladders) bringLadder(draft, ladder, brought.joinedOn)
  const aliases = [...new Set([...(draft.member.aliases ?? []), ...(brought.aliases ?? []), from])].sort()
  emit(draft, { type: 'merged', aliases, last: { merge: event.merge, from, cause: draft.cause } })
}

const ordersBeside = ({ member }: Draft, { orders }: Member): Member['orders'] =>
  Object.fromEntries(Object.entries(member.orders).filter(([key]) => !(key in orders)))

/** Whoever was sent, what both have bought since counts (RFL-1); of activities nothing is kept that could. */
function countOrders(draft: Draft, orders: Member['orders']): void {
  const oldestFirst = Object.values(orders).sort((a, b) => a.local - b.local || (a.key < b.key ? -1 : 1))
  for (const record of oldestFirst) {
    const { version, content, refunds, given } = record
    if (version === null) continue
    const program = programOf(draft.timeline, version)
    countForReferral(draft, null, countableOrder(program, record, content, moneyOf(content, refunds), given))
  }
}

interface Names {
  readonly voucher: Renamed
  readonly idle: IdleRenamed
}

/** In which stretches its points were in the life of the one who has gone; what still waits becomes active in the other's. */
function idleInOf(
  { timeline, effective }: Draft,
  member: Member,
  record: OrderRecord,
  renamed: IdleRenamed,
): Pick<OrderRecord, 'idleIn'> | null {
  const { version, given, idleIn: before = [] } = record
  if (version === null) return null
  const program = programOf(timeline, version)
  const idleIn = member.assets.flatMap(({ asset, stretches }) => {
    // Of what it did not give, its version need not know anything.
    if (stretches.length === 0 || !given.some((each) => each.asset === asset && each.received)) return []
    return daysOfPoints({ effective }, program, record, asset).flatMap((since) => {
      if (since > dayOf(effective)) return []
      const known = before.find((each) => each.asset === asset && (each.on ?? since) === since)?.end
      const end = renamed(asset)(known ?? idleEndOn({ timeline, member }, asset, since))
      return [{ asset, end, ...(record.parcels && { on: since }) }]
    })
  })
  return idleIn.length === 0 ? null : { idleIn }
}

/** Orders and redemptions keep their names, so that refunds and returns find them. */
function bringRows(draft: Draft, brought: Member, { voucher, idle }: Names): void {
  const { orders, finished, waiting, noted = [], owed, usedFor = [], paidAhead = [] } = brought
  const uses = (vouchers: readonly UsedVoucher[]) =>
    vouchers.map((used) => ({ ...used, voucher: voucher(used.voucher) }))
  for (const [key, record] of Object.entries(orders)) {
    const vouchers = record.vouchers && { vouchers: uses(record.vouchers) }
    const idleIn = idleInOf(draft, brought, record, idle)
    emit(draft, { type: 'order', key, record: { ...record, ...vouchers, ...idleIn } })
  }
  for (const [redemption, ended] of Object.entries(finished)) {
    const parts = ended.parts.map((part) => renamedPart(part, idle(ended.asset)))
    emit(draft, { type: 'hold-ended', redemption, finished: { ...ended, parts } })
  }
  for (const event of waiting) emit(draft, { type: 'wait', event })
  for (const refund of noted) {
    const accepted = refund.accepted.map((acceptance): Acceptance => {
      if (acceptance.order !== null) return acceptance
      const taken = acceptance.taken.map(({ asset, rules, parts }) => ({
        asset,
        rules,
        parts: parts.map((part) => renamedPart(part, idle(asset))),
      }))
      return { ...acceptance, taken }
    })
    emit(draft, { type: 'refund-noted', refund: { ...refund, accepted } })
  }
  for (const still of owed) emit(draft, { type: 'owe', redemption: still.redemption, owed: still })
  bringClaimed(draft, brought)
  for (const ahead of paidAhead) emit(draft, { type: 'paid-ahead', ...ahead })
  for (const { order, vouchers } of usedFor) {
    const own = draft.member.usedFor?.find((known) => known.order === order)?.vouchers ?? []
    emit(draft, { type: 'used-for', order, vouchers: [...own, ...uses(vouchers)] })
  }
}

/** Its day stays also where the order was given back, and says nothing itself any more (EARN-8). */
function bringLastOrder(draft: Draft, { history }: Member): void {
  const own = draft.member.history
  if (history === undefined || (own !== undefined && own.lastOn >= history.lastOn)) return
  emit(draft, { type: 'history', history: { orders: 0, spend: 0, ...own, lastOn: history.lastOn } })
}

function bringPoints(draft: Draft, brought: AssetState, { pending, forfeited }: Member, idle: IdleRenamed): void {
  const { asset, active, lots, lapsed, debt } = brought
  const here = <Part extends { readonly lastDay: LotEnd }>(part: Part): Part => renamedPart(part, idle(asset))
  move(draft, 'merge', asset, 'transit', 'active', active)
  for (const { priority, lastDay, amount } of lots.map(here)) credit(draft, asset, amount, priority, lastDay)
  const waits = pending.reduce((sum, entry) => (entry.asset === asset ? sum + entry.amount : sum), 0)
  move(draft, 'merge', asset, 'transit', 'pending', waits)
  // Paid at once where there is enough: `active` and `debt` are never both above zero (LED-3).
  if (debt > 0) burn(draft, 'merge', asset, 'transit', debt)
  for (const lot of lapsed.map(here)) {
    const same = assetOf(draft.member, asset).lapsed.find(
      (other) => other.priority === lot.priority && other.lastDay === lot.lastDay && other.lapsedOn === lot.lapsedOn,
    )
    emit(draft, { type: 'lapsed', asset, lot: { ...lot, amount: lot.amount + (same?.amount ?? 0) } })
  }
  for (const part of forfeited) if (part.asset === asset) bringForfeited(draft, here(part))
}

/** Awards of both may bear one name; orders never do. */
function bringPending(draft: Draft, entry: Member['pending'][number], from: string): void {
  const isTaken = pendingNamed(draft.member.pending, entry.id) !== undefined
  emit(draft, { type: 'pending', entry: isTaken ? { ...entry, id: nameBrought(entry.id, from) } : entry })
}

function bringForfeited(draft: Draft, part: Member['forfeited'][number]): void {
  const same = draft.member.forfeited.find((known) => isSamePart(known, part))
  emit(draft, { type: 'forfeited', part: { ...part, amount: part.amount + (same?.amount ?? 0) } })
}

import { replaying } from './decide.ts'
import { type DebtWaived, type MemberEvent, orderKeyOf, type TimePassed } from './event.ts'
import { type Member, newMember, type OrderRecord } from './member.ts'
import { knowingPaid, takenFrom } from './orders/waive-debt.ts'
import type { Timeline } from './program/program.ts'
import type { Steps } from './steps.ts'
import { comparePositions, positionOf } from './tidy-order.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/** What the program waives of one asset for one late fact (REF-3). */
export type Waiver = Pick<DebtWaived, 'because' | 'orderKey' | 'asset' | 'amount'>

/** A history before and after facts that came late. */
export interface Lateness {
  /** With the late ones, and the answers that were given. */
  readonly events: readonly Recorded[]
  readonly late: readonly Recorded[]
  /** How far time has passed. */
  readonly upTo: TimePassed | null
  readonly before: Member
  /** With all its orders. */
  readonly after: Member
  /** What experiments hold the member out by (EXP-1). */
  readonly drawnBy: Pick<Member, 'chance' | 'arms'>
}

/**
 * Debt that lateness alone has made: what is owed more than before the late facts, and more than would be owed had they come in
 * time, when each request would have been answered with what they left. Each late fact that changed an order bears as much of it
 * as was taken from that order.
 */
export function* waiversOf(
  timeline: Timeline,
  { events, late, upTo, before, after, drawnBy }: Lateness,
): Steps<Waiver[]> {
  const risen = after.assets.filter(({ asset, debt }) => debt > debtOf(before, asset))
  const tidy = late.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const [first] = tidy
  if (first === undefined || risen.length === 0 || !tidy.some((event) => orderOf(after, event))) return []
  const unanswered = events.map((event) => (isAfter(event, first) ? withoutAnswer(event) : event))
  if (unanswered.every((event, index) => event === events[index])) return []
  const { chance, arms } = drawnBy
  // Nobody had been told of any voucher then.
  const nobody = { ...newMember(), ...(chance === undefined ? null : { chance }), ...(arms && { arms }) }
  const { member: inTime } = yield* replaying(timeline, unanswered, upTo, nobody)
  return risen.flatMap(({ asset, debt }): Waiver[] => {
    let left = Math.min(debt - debtOf(before, asset), debt - debtOf(inTime, asset))
    return tidy.flatMap((event): Waiver[] => {
      const record = orderOf(after, event)
      if (record === undefined) return []
      const amount = Math.min(left, takenFrom(timeline, knowingPaid(after, record), asset))
      if (amount <= 0) return []
      left -= amount
      return [{ because: `${event.source}/${event.id}`, orderKey: record.key, asset, amount }]
    })
  })
}

const debtOf = ({ assets }: Member, asset: string): number => assets.find((state) => state.asset === asset)?.debt ?? 0

const isAfter = (event: Recorded, first: Recorded): boolean =>
  comparePositions(positionOf(event), positionOf(first)) > 0

/** As it was asked. */
const withoutAnswer = (event: Recorded): Recorded =>
  'answer' in event && event.answer !== null ? { ...event, answer: null } : event

/** The order that a late return takes from. */
function orderOf({ orders }: Member, event: Recorded): OrderRecord | undefined {
  const isReturn = event.type === 'refund.made' || event.type === 'order.cancelled' || event.type === 'payment.disputed'
  return isReturn && event.order !== null ? orders[orderKeyOf(event.source, event.order)] : undefined
}

import type { LocalDay } from '@laurel/engine'
import type { OrderTally, Standing } from './tally-decision.ts'

/** A day of a member. Money by bigint: a sum of amounts may be beyond what a number holds. */
export interface DayTally {
  readonly orders: number
  readonly spend: bigint
  readonly refunded: bigint
  readonly doings: number
}

const EMPTY_DAY: DayTally = { orders: 0, spend: 0n, refunded: 0n, doings: 0 }

export const isEmpty = ({ orders, spend, refunded, doings }: DayTally): boolean =>
  orders === 0 && doings === 0 && spend === 0n && refunded === 0n

/** An order that a member has, had, or has otherwise now. */
export interface OrderChange {
  readonly before: Pick<OrderTally, 'day' | 'kept' | 'spend' | 'refunded'> | null
  readonly after: Pick<OrderTally, 'day' | 'kept' | 'spend' | 'refunded'> | null
}

/** Days as they stand after orders have changed and something was done. `before` has every day that is touched and was not empty. */
export function daysAfter(
  before: ReadonlyMap<LocalDay, DayTally>,
  orders: Iterable<OrderChange>,
  doings: ReadonlyMap<LocalDay, number>,
): Map<LocalDay, DayTally> {
  const after = new Map(before)
  const change = (day: LocalDay, by: Partial<DayTally>) => {
    const was = after.get(day) ?? EMPTY_DAY
    after.set(day, {
      orders: was.orders + (by.orders ?? 0),
      spend: was.spend + (by.spend ?? 0n),
      refunded: was.refunded + (by.refunded ?? 0n),
      doings: was.doings + (by.doings ?? 0),
    })
  }
  const count = (order: OrderChange['before'], sign: 1 | -1) => {
    if (order === null) return
    const { day, kept, spend, refunded } = order
    change(day, {
      orders: kept ? sign : 0,
      spend: BigInt(sign * spend),
      refunded: BigInt(sign * refunded),
    })
  }
  for (const order of orders) {
    count(order.before, -1)
    count(order.after, 1)
  }
  for (const [day, times] of doings) change(day, { doings: times })
  return after
}

/** A day of a whole program, or what changes of one. */
export interface ProgramDay {
  orders: number
  spend: bigint
  refunded: bigint
  active: number
  buyers: number
  joined: number
}

const NO_DAY: Readonly<ProgramDay> = { orders: 0, spend: 0n, refunded: 0n, active: 0, buyers: 0, joined: 0 }

/** A member as the program counts it: of nobody who is not measured, anything. */
export interface Counted {
  readonly measured: boolean
  readonly joinedOn: Standing['joinedOn']
  readonly days: ReadonlyMap<LocalDay, DayTally>
}

/** Adds a member to days of the program, or takes it off them. */
export function countMember(
  into: Map<LocalDay, ProgramDay>,
  { measured, joinedOn, days }: Counted,
  sign: 1 | -1,
): void {
  if (!measured) return
  const dayOf = (day: LocalDay): ProgramDay => {
    const known = into.get(day) ?? { ...NO_DAY }
    into.set(day, known)
    return known
  }
  if (joinedOn !== null) dayOf(joinedOn).joined += sign
  for (const [day, { orders, spend, refunded, doings }] of days) {
    const of = dayOf(day)
    of.orders += sign * orders
    of.spend += BigInt(sign) * spend
    of.refunded += BigInt(sign) * refunded
    if (orders > 0 || doings > 0) of.active += sign
    if (orders > 0) of.buyers += sign
  }
}

export const isNothing = ({ orders, spend, refunded, active, buyers, joined }: ProgramDay): boolean =>
  spend === 0n && refunded === 0n && [orders, active, buyers, joined].every((count) => count === 0)

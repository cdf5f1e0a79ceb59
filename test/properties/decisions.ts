import {
  decide,
  evolve,
  type Member,
  type MemberEvent,
  needsOf,
  needsOfRecord,
  ordersLinked,
  vouchersAwaiting,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { cases } from './cases.ts'
import { deeplyFrozen, livingThrough, throughJson } from './living.ts'

/** What a decision is: a function of its arguments, told in effects, on a state that any store can keep. */

export const decidesAlike = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    deeplyFrozen(timeline)
    livingThrough(timeline, deeplyFrozen(events), (decision, event, before) => {
      const again = decide(timeline, deeplyFrozen(before), event)
      expect(again).toEqual(decision)
    })
  })

export const effectsSayAll = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    livingThrough(timeline, events, (decision, _event, before) => {
      expect(evolve(deeplyFrozen(before), decision.effects)).toEqual(decision.member)
    })
  })

export const survivesStorage = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    let stored: Member | null = null
    livingThrough(timeline, events, (decision, event, before) => {
      const found = decide(timeline, throughJson(stored ?? before), throughJson(event))
      stored = throughJson(found.member)
      expect(found.effects).toEqual(decision.effects)
    })
  })

/** Order records and finished holds are rows of their own: what `needsOf` does not name is not looked at. */
export const needsNoOtherRows = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    livingThrough(timeline, events, (decision, event, before) => {
      expect(decide(timeline, withOnlyRowsFor(before, event), event).effects).toEqual(decision.effects)
    })
  })

function withOnlyRowsFor(member: Member, event: MemberEvent): Member {
  const needs = needsOf(event)
  const orders: Member['orders'] = {}
  const redemptions = new Set(needs.finished)
  const vouchers = new Set([...needs.vouchers, ...vouchersAwaiting(member, needs.orders)])
  for (const key of [...needs.orders, ...ordersLinked(member, event)]) {
    const record = member.orders[key]
    if (record === undefined) continue
    orders[key] = record
    const more = needsOfRecord(record)
    for (const redemption of more.finished) redemptions.add(redemption)
    for (const voucher of more.vouchers) vouchers.add(voucher)
  }
  const finished: Member['finished'] = {}
  for (const redemption of redemptions) {
    const hold = member.finished[redemption]
    if (hold !== undefined) finished[redemption] = hold
  }
  const { closed: all = {}, ...open } = member
  const closed = Object.fromEntries(Object.entries(all).filter(([id]) => vouchers.has(id)))
  return { ...open, orders, finished, ...(Object.keys(closed).length > 0 ? { closed } : null) }
}

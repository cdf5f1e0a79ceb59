import { giveByRule, givesNothingBy } from '../awards/by-rule.ts'
import { meetChallenges } from '../challenges/count.ts'
import { type Draft, emit } from '../draft.ts'
import type { OrderContent, OrderEdited, OrderKey, OrderPaid } from '../event.ts'
import { meetRules } from '../experiments/held-out.ts'
import { countForGoals } from '../goals/count.ts'
import { awayOf, type Given, type NotEarning, type OrderRecord } from '../member.ts'
import { receiptsFound } from '../offers/terms.ts'
import { settlePayments } from '../partners/settle.ts'
import { moveActivity } from '../points/idle.ts'
import type { Earned } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { awardingRules } from '../rules/awarding.ts'
import { CapRoom } from '../rules/caps.ts'
import { earnedByMember } from '../rules/charity.ts'
import { earn } from '../rules/earn.ts'
import { foundBy } from '../rules/found-by.ts'
import { postEarning } from '../rules/post-earning.ts'
import { type Counting, qualifyOrder } from '../tiers/qualify.ts'
import { dayOf } from '../time/local.ts'
import type { Trace } from '../trace.ts'
import { takeUsedFor } from '../vouchers/of-order.ts'
import { countableOrder } from './countable.ts'
import { meetStretches, risingOf, stretchesOf } from './crossing.ts'
import { orderEarnable } from './earnable.ts'
import { legsOf, moneyOf, type OrderMoney } from './money.ts'
import { situationOf } from './situation.ts'
import { nothingLeft } from './trace-again.ts'

/** A new order is judged by what the member was before it, or split (EARN-6), and leaves a record of what it found (REF-1). */
export function judgeOrder(draft: Draft, key: OrderKey, event: OrderPaid | OrderEdited): OrderRecord {
  const content = contentOf(event)
  const { version, local, placeLocal } = event.stamp
  const vouchers = takeUsedFor(draft, key)
  const used = vouchers.length > 0 ? { vouchers } : null
  if (version === null) {
    const record: OrderRecord = {
      content,
      deliveredOn: null,
      found: { away: awayOf(draft.member), room: [], segments: [], tags: [], tiers: [] },
      given: [],
      key,
      legs: legsOf([], content),
      local,
      placeLocal,
      qualified: [],
      refunds: [],
      spend: null,
      version,
      ...used,
    }
    emit(draft, { type: 'not-in-force' })
    emit(draft, { key, record, type: 'order' })
    return record
  }
  const program = programOf(draft.timeline, version)
  moveActivity(draft, program, 'order.paid')
  const money = moneyOf(content, [])
  const room = CapRoom.of(program, draft, local, content.place, placeLocal)
  room.look(program.onOrder)
  room.look(program.awardsOn.order)
  const found = foundBy(program, draft.member, room, local, risingOf(program, draft.member, local))
  const earnable = orderEarnable(program, content, money, found, local)
  const plain = situationOf(program, content, placeLocal, found)
  const whole = meetRules(draft, [program.onOrder, program.awardsOn.order], earnable.scope, plain)
  const judged = { content, money, local, placeLocal, found: { ...found, ...whole } }
  const { stretches, met } = meetStretches(draft, program, judged)
  const situation = { ...plain, ...met }
  const earning = earn(program, { rules: program.onOrder, earnable, situation, room, trace: draft.trace, stretches })
  const due = awardingRules(program.awardsOn.order, earnable, situation, room, draft.trace, (rule) =>
    givesNothingBy(draft, program, rule, { name: key }),
  )
  if (found.away !== null) emit(draft, { because: found.away, type: 'not-earning' })
  const where = { day: dayOf(local), place: content.place }
  postEarning(draft, program, earning, { rules: program.onOrder, room, order: key, ...where })
  settlePayments(draft, program, content)
  const given = earning.earned.map(
    ({ rule, asset, amount, priority, expiryOf }): Given => ({
      asset,
      expiryOf,
      first: amount,
      now: amount,
      priority,
      received: true,
      rule,
      waived: 0,
    }),
  )
  const spend = earnable.eligible.reduce((sum, amount) => sum + amount, 0)
  const counting = orderCounting(program, spend, money, given, found.away)
  const awarded = due.map((rule) => giveByRule(draft, program, rule, { name: key, room: found.room }))
  const unmet: OrderRecord = {
    content,
    deliveredOn: null,
    found: { ...found, ...met, ...receiptsFound(draft.timeline, draft.member, local), room: room.found.slice() },
    given,
    key,
    legs: legsOf([], content),
    local,
    placeLocal,
    qualified: qualifyOrder(draft, program, counting, local),
    refunds: [],
    spend: historySpend(counting),
    version,
    ...(awarded.length > 0 ? { awarded } : null),
    ...used,
  }
  const counted = meetChallenges(draft, program, countableOrder(program, unmet, content, money, given))
  const record = counted.met ? { ...unmet, found: { ...unmet.found, ...counted.met } } : unmet
  emit(draft, { key, record, type: 'order' })
  countForGoals(draft, program, null, counted.is)
  return record
}

/** What an order would give as it stands after its refunds, by the version and the findings it is pinned to (REF-1). */
export function dueOf(
  program: Program,
  record: OrderRecord,
  content: OrderContent,
  money: OrderMoney,
  trace: Trace | null,
): readonly Earned[] {
  if (money.full) {
    for (const rule of program.onOrder) trace?.push(nothingLeft(rule.id, rule.asset))
    return []
  }
  const room = CapRoom.asFound(program, record.found.room)
  const earnable = orderEarnable(program, content, money, record.found, record.local)
  const situation = situationOf(program, content, record.placeLocal, record.found)
  const stretches = stretchesOf(program, { ...record, content, money })
  return earn(program, { rules: program.onOrder, earnable, situation, room, trace, stretches }).earned
}

/** What an order counts for on the ladders, as it stands; `spend` is its eligible spend. */
export function orderCounting(
  program: Program,
  spend: number,
  money: OrderMoney,
  given: readonly { readonly rule: string; readonly asset: string; readonly now: number }[],
  away: NotEarning | null,
): Counting {
  if (away !== null) return { earned: [], spend: 0, orders: 0, visits: 0, activity: null }
  return {
    earned: earnedByMember(
      program,
      given.map(({ rule, asset, now }) => ({ rule, asset, amount: now })),
    ),
    spend,
    orders: money.full ? 0 : 1,
    visits: money.full ? 0 : 1,
    activity: null,
  }
}

/** For how much an order counts in the member's history. */
export const historySpend = ({ orders, spend }: Counting): number | null => (orders === 0 ? null : spend)

export function contentOf(event: OrderContent): OrderContent {
  const { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments } = event
  return { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments }
}

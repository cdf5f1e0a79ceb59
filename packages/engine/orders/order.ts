import { type Draft, emit, programOf } from '../draft.ts'
import { type Activity, type OrderContent, type OrderEdited, type OrderPaid, orderKeyOf } from '../event.ts'
import type { Found, Given, Member, OrderRecord } from '../member.ts'
import { type Award, award } from '../points/pending.ts'
import type { GivingRule, Program } from '../program/program.ts'
import type { Situation } from '../rules/applies.ts'
import { count, Room, usedRoom } from '../rules/caps.ts'
import { type Earnable, type Earning, earn } from '../rules/earn.ts'
import { type Counting, qualifyActivity, qualifyOrder } from '../tiers/qualify.ts'
import { dayOf } from '../time/local.ts'
import { eligibleSpend, orderEarnable, tiersOf } from './earnable.ts'
import { moneyOf, type OrderMoney } from './money.ts'

/** A new order is judged by what the member was before it (EARN-6) and leaves a record of what it found (REF-1). */
export function judgeOrder(draft: Draft, event: OrderPaid | OrderEdited): OrderRecord {
  const key = orderKeyOf(event.source, event.order)
  const content = contentOf(event)
  const { version, local, placeLocal } = event.stamp
  if (version === null) {
    const record: OrderRecord = {
      content,
      deliveredOn: null,
      found: { room: [], segments: [], tags: [], tiers: [] },
      given: [],
      key,
      local,
      placeLocal,
      qualified: [],
      refunds: [],
      version,
    }
    emit(draft, { type: 'not-in-force' })
    emit(draft, { key, record, type: 'order' })
    return record
  }
  const program = programOf(draft.timeline, version)
  moveActivity(draft, program, 'order.paid')
  const money = moneyOf(content, [])
  const room = Room.of(program, draft.member, local)
  room.look(program.onOrder)
  const found = foundBy(program, draft.member, room)
  const earnable = orderEarnable(program, content, money, found)
  const earning = earn(program, program.onOrder, earnable, situationOf(content, placeLocal, found), room, draft.trace)
  post(draft, program, earning, key, dayOf(local))
  countRoom(draft, program, program.onOrder, earning.awards, room)
  const given = earning.awards.map(
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
  const counting = orderCounting(program, content, money, given)
  const record: OrderRecord = {
    content,
    deliveredOn: null,
    found: { room: room.found.slice(), segments: found.segments, tags: found.tags, tiers: found.tiers },
    given,
    key,
    local,
    placeLocal,
    qualified: qualifyOrder(draft, program, counting, local),
    refunds: [],
    version,
  }
  emit(draft, { key, record, type: 'order' })
  return record
}

/** An activity earns by the same steps; nothing refers back to it, so it leaves no record. */
export function judgeActivity(draft: Draft, event: Activity): void {
  if (event.stamp.version === null) {
    emit(draft, { type: 'not-in-force' })
    return
  }
  const program = programOf(draft.timeline, event.stamp.version)
  moveActivity(draft, program, `activity.${event.name}`)
  const room = Room.of(program, draft.member, event.stamp.local)
  const found = foundBy(program, draft.member, room)
  const earnable: Earnable = {
    scope: {
      order: null,
      line: null,
      activity: event.facts,
      member: { segments: found.segments, tags: found.tags, tiers: found.tiers.map((tier) => tier.level) },
    },
    lines: [],
    items: [],
    spendOf: () => ({ lines: [], extra: 0 }),
  }
  const situation = { ...found, place: event.place, channel: event.channel, placeLocal: event.stamp.placeLocal }
  const rules = program.onActivity.get(event.name) ?? []
  const earning = earn(program, rules, earnable, situation, room, draft.trace)
  post(draft, program, earning, null, dayOf(event.stamp.local))
  countRoom(draft, program, rules, earning.awards, room)
  const earned = earning.awards.map(({ asset, amount }) => ({ asset, amount }))
  qualifyActivity(draft, program, { earned, spend: 0, orders: 0, visits: 1, activity: event.name })
}

/** What an order would give as it stands after its refunds, by the version and the findings it is pinned to (REF-1). */
export function dueOf(
  program: Program,
  record: OrderRecord,
  content: OrderContent,
  money: OrderMoney,
): readonly Award[] {
  if (money.full) return []
  const room = Room.asFound(program, record.found.room)
  const earnable = orderEarnable(program, content, money, record.found)
  const situation = situationOf(content, record.placeLocal, record.found)
  return earn(program, program.onOrder, earnable, situation, room, null).awards
}

function countRoom(
  draft: Draft,
  program: Program,
  rules: readonly GivingRule[],
  awards: readonly Award[],
  room: Room,
): void {
  if (room.found.length === 0) return
  const used = usedRoom(
    program,
    rules,
    awards.map(({ rule, amount }) => ({ rule, now: amount })),
  )
  for (const { cap, period } of room.found) count(draft, program, cap, period, used.get(cap) ?? 0)
}

/** What an order counts for on the ladders, as it stands. */
export function orderCounting(
  program: Program,
  content: OrderContent,
  money: OrderMoney,
  given: readonly { readonly asset: string; readonly now: number }[],
): Counting {
  return {
    earned: given.map(({ asset, now }) => ({ asset, amount: now })),
    spend: eligibleSpend(program, content, money),
    orders: money.full ? 0 : 1,
    visits: money.full ? 0 : 1,
    activity: null,
  }
}

export function contentOf(event: OrderContent): OrderContent {
  const { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments } = event
  return { order, currency, rate, channel, place, tags, lines, discount, shipping, tip, payments }
}

function foundBy(program: Program, member: Member, room: Room): Found {
  return { tiers: tiersOf(program, member.ladders), segments: member.segments, tags: member.tags, room: room.found }
}

function situationOf(content: OrderContent, placeLocal: number, found: Found): Situation {
  const tags = content.tags.length === 0 ? found.tags : [...found.tags, ...content.tags]
  return {
    tiers: found.tiers,
    segments: found.segments,
    tags,
    place: content.place,
    channel: content.channel,
    placeLocal,
  }
}

function post(draft: Draft, program: Program, earning: Earning, order: string | null, day: number): void {
  award(draft, program, earning.awards, order, day)
  for (const { rule, cap, trimmed } of earning.capped) emit(draft, { cap, rule, trimmed, type: 'capped' })
}

/** Declared actions move inactivity expiry (LOT-2), by each asset's own declaration. */
export function moveActivity(draft: Draft, program: Program, action: string): void {
  const day = dayOf(draft.effective)
  for (const asset of program.assets) {
    if (asset.expiry.type !== 'inactive' || !asset.expiry.moves.has(action)) continue
    const known = draft.member.assets.find((state) => state.asset === asset.id)?.activeOn ?? null
    if (known === null || known < day) emit(draft, { type: 'activity-moved', asset: asset.id, day })
  }
}

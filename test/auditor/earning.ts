import type {
  Activity,
  Audience,
  During,
  GivingRule,
  Ladder,
  LineFacts,
  LocalDay,
  LocalTime,
  Multiplier,
  OrderContent,
  OrderFacts,
  Program,
  Scope,
} from '@laurel/engine'
import { admitted, type Room, roomOf } from './caps.ts'
import { type Stretch, stretchesOf } from './crossing.ts'
import { type Exact, exact, isMore, minusOne, plus, rounded, sum, times } from './exact.ts'
import { eligibleOf, isGone, type Remains, type Rest, remainsOf, standing } from './money.ts'
import { memberFactsOf } from './past.ts'
import type { AuditedOrder, Found } from './records.ts'
import { dayAt, midnightOf, weekday } from './time.ts'

/** EARN: what the rules of one version give for one order or activity, all caps counted. */

export interface Given {
  readonly rule: string
  readonly giving: GivingRule
  readonly amount: number
}

/** What is judged. An order is judged by what remains of it. */
export type Subject =
  | { readonly order: OrderContent; readonly remains: Rest; readonly activity: null }
  | { readonly order: null; readonly activity: Activity }

export interface Occasion {
  /** Of the version that judges: whose place is whose. */
  readonly places: Program['places']
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  readonly found: Pick<Found, 'tiers' | 'segments' | 'tags' | 'memberships' | 'past'> &
    Partial<Pick<Found, 'rising' | 'heldOut'>>
  /** Whether a rule that would apply is not there, where the member may meet it for the first time. */
  readonly meets?: (rule: GivingRule | Multiplier) => boolean
}

export function giveFor(program: Program, subject: Subject, occasion: Occasion, room: Room): Given[] {
  if (subject.order !== null && isGone(subject.remains)) return []
  const { tiers, rising } = occasion.found
  const whole = (held: Found['tiers']): Stretch[] => [{ tiers: held, share: exact(1) }]
  const isSplit = rising !== undefined && program.onOrder.some((rule) => rule.crossing === 'split')
  const stretches = isSplit
    ? stretchesOf(program, { tiers, rising }, (ladder, held) => {
        const given = giveAlong(program, subject, occasion, roomOf(room.found), whole(held))
        return countedOn(ladder, subject, given)
      })
    : whole(tiers)
  return giveAlong(program, subject, occasion, room, stretches)
}

/** What a ladder that is climbed bit by bit counts of an order. */
function countedOn({ measure }: Ladder, subject: Subject, given: readonly Given[]): number {
  if (measure.type !== 'earned') {
    return subject.order === null ? 0 : sum(eligibleOf(subject.order, subject.remains, new Set(), false).byLine)
  }
  const own = given.filter(({ giving }) => giving.asset === measure.asset && giving.charity === null)
  return sum(own.map(({ amount }) => amount))
}

function giveAlong(
  program: Program,
  subject: Subject,
  occasion: Occasion,
  room: Room,
  stretches: readonly Stretch[],
): Given[] {
  const rules = subject.order === null ? (program.onActivity.get(subject.activity.name) ?? []) : program.onOrder
  const unsplit = [{ tiers: occasion.found.tiers, share: exact(1) }]
  const matching = rules.flatMap((rule) => {
    const totals = totalsOf(rule, subject, occasion, rule.crossing === 'split' ? stretches : unsplit)
    return totals === null
      ? []
      : [{ rule, totals, group: rule.group, exclusive: rule.exclusive, worth: exact(totals.at(-1)?.total ?? 0) }]
  })
  return chosenOf(matching).flatMap(({ rule, totals }) => {
    const most = admitted(rule, totals.at(-1)?.total ?? 0, program, room)
    let before = 0
    return totals.map((each) => {
      const upTo = Math.min(each.total, most)
      const amount = upTo - before
      before = upTo
      return { rule: each.id, giving: rule, amount }
    })
  })
}

/** The rounded running totals of a rule and its multipliers (EARN-3 steps 1 to 3); null where it does not apply. */
function totalsOf(
  rule: GivingRule,
  subject: Subject,
  occasion: Occasion,
  stretches: readonly Stretch[],
): { id: string; total: number }[] | null {
  const along = stretches.flatMap(({ tiers, share }) => {
    const multiplied = multipliedParts(rule, subject, { ...occasion, found: { ...occasion.found, tiers } })
    return multiplied === null ? [] : [{ ...multiplied, share }]
  })
  if (along.length === 0) return null
  const totalWith = (ids: readonly string[]): number => {
    const totals = along.map(({ parts, chosen, share }) => {
      const counted = chosen.filter(({ multiplier }) => ids.includes(multiplier.id))
      return times(totalOf(rule, parts, counted), share)
    })
    return rounded(totals.reduce(plus), rule.round)
  }
  const ids = rule.multipliers
    .map(({ id }) => id)
    .filter((id) => along.some(({ chosen }) => chosen.some(({ multiplier }) => multiplier.id === id)))
  return [rule.id, ...ids].map((id, i) => ({ id, total: totalWith(ids.slice(0, i)) }))
}

interface Multiplied {
  readonly multiplier: Multiplier
  readonly by: Exact
  readonly reached: readonly Part[]
}

/** What a rule gives for and what multiplies it, at one set of levels. */
function multipliedParts(
  rule: GivingRule,
  subject: Subject,
  occasion: Occasion,
): { readonly parts: readonly Part[]; readonly chosen: readonly Multiplied[] } | null {
  if (!isFor(rule, subject, occasion) || isMissing(rule, occasion)) return null
  const there = rule.multipliers.filter((each) => isFor(each, subject, occasion) && !isMissing(each, occasion))
  const parts = partsOf(rule, subject, occasion)
  // A rule with nothing to earn on does not match: it stands in nobody's way in its group.
  if (parts === null || parts.every((part) => part.amount.n === 0n)) return null
  const applying = there.flatMap((multiplier) => {
    const reached = parts.filter((part) =>
      part.facts === null ? multiplier.lines === null : matches(multiplier.lines, part.facts, subject, occasion),
    )
    const by: Exact = { n: BigInt(multiplier.by.numerator), d: BigInt(multiplier.by.denominator) }
    const on = reached.map((part) => part.amount).reduce(plus, exact(0))
    if (on.n === 0n) return []
    return [
      {
        multiplier,
        by,
        reached,
        group: multiplier.group,
        exclusive: multiplier.exclusive,
        worth: times(on, minusOne(by)),
      },
    ]
  })
  return { parts, chosen: chosenOf(applying) }
}

/** EXP-1 */
const isMissing = (rule: GivingRule | Multiplier, { found, meets }: Occasion): boolean =>
  found.heldOut?.has(rule.id) || meets?.(rule) === true

function totalOf(rule: GivingRule, parts: readonly Part[], chosen: readonly Multiplied[]): Exact {
  let total = exact(0)
  for (const part of parts) {
    let factor = exact(1)
    for (const { by, reached } of chosen) {
      if (!reached.includes(part)) continue
      factor = rule.stack === 'add' ? plus(factor, minusOne(by)) : times(factor, by)
    }
    total = plus(total, times(part.amount, factor))
  }
  return total
}

interface Part {
  /** Null: belongs to no line. */
  readonly facts: LineFacts | null
  readonly amount: Exact
}

/** A rule's exact amount, by line where it has lines. */
function partsOf(rule: GivingRule, subject: Subject, occasion: Occasion): Part[] | null {
  const whole: Part[] = [{ facts: null, amount: exact(rule.give) }]
  if (subject.order === null) {
    if (rule.per.type !== 'fact') return whole
    const told = subject.activity.facts[rule.per.fact]
    const counted = typeof told === 'number' ? Math.max(0, Math.min(told, 10_000_000)) : 0
    return counted === 0
      ? null
      : [{ facts: null, amount: { n: BigInt(rule.give) * BigInt(counted), d: BigInt(rule.per.count) } }]
  }
  const { order, remains } = subject
  const { byLine, beside } = eligibleOf(order, remains, rule.include, rule.lines === null)
  const present = remains.lines.flatMap((each, i) => {
    const facts = lineFactsOf(each)
    if (each.money === 0 && each.items === 0) return []
    if (!matches(rule.lines, facts, subject, occasion)) return []
    return [{ facts, eligible: byLine[i] ?? 0, items: each.items }]
  })
  if (rule.lines !== null && present.length === 0) return null
  switch (rule.per.type) {
    case 'order':
    case 'visit':
      // An order of such lines is one that still has an item of them.
      return rule.lines !== null && present.every((each) => each.items === 0) ? null : whole
    case 'activity':
    case 'fact':
    case 'occasion':
      return null
    case 'item':
      return present.map(({ facts, items }) => ({ facts, amount: exact(rule.give * items) }))
    case 'spend': {
      const { minor } = rule.per
      const amountOf = (eligible: number): Exact => ({ n: BigInt(rule.give) * BigInt(eligible), d: BigInt(minor) })
      const lines: Part[] = present.map(({ facts, eligible }) => ({ facts, amount: amountOf(eligible) }))
      return beside === 0 ? lines : [...lines, { facts: null, amount: amountOf(beside) }]
    }
  }
}

/** EARN-3 (7): by what each line earned of a rule, or as far as a multiplier reaches it; else by money, else by items. */
export function weightsFor(
  program: Program,
  order: AuditedOrder,
  name: string,
  refunds: AuditedOrder['refunds'],
): number[] {
  const giving = program.onOrder.find((each) => [each, ...each.multipliers].some(({ id }) => id === name))
  const { content, found, local, placeLocal } = order
  const remains = remainsOf(content, refunds)
  const items = remains.lines.map((each) => each.items)
  if (giving === undefined) return items
  const conditions = [giving.lines, giving.multipliers.find(({ id }) => id === name)?.lines ?? null]
  const subject = { order: content, remains, activity: null }
  const occasion = { places: program.places, local, placeLocal, found }
  const reached = remains.lines.map((each) =>
    conditions.every((condition) => matches(condition, lineFactsOf(each), subject, occasion)),
  )
  const { type } = giving.per
  const include = type === 'spend' ? giving.include : new Set<never>()
  const money = eligibleOf(content, remains, include, giving.lines === null).byLine
  const on = (weights: readonly number[]) => weights.map((weight, i) => (reached[i] ? weight : 0))
  const ways = [on(type === 'item' ? items : money), on(items)]
  return ways.find((weights) => sum(weights) > 0) ?? items
}

type Candidate = Pick<Multiplier, 'group' | 'exclusive'> & { readonly worth: Exact }

/** Groups: the best by amount (ties to the earlier), the first, or all; a matching `exclusive` one leaves its group alone. */
const chosenOf = <T extends Candidate>(candidates: readonly T[]): T[] =>
  candidates.filter((candidate) => isChosen(candidate, candidates))

function isChosen(candidate: Candidate, candidates: readonly Candidate[]): boolean {
  const { group } = candidate
  if (group === null) return true
  const rivals = candidates.filter((each) => each.group?.id === group.id)
  const alone = rivals.find((each) => each.exclusive)
  if (alone !== undefined) return alone === candidate
  switch (group.take) {
    case 'all':
      return true
    case 'first':
      return rivals[0] === candidate
    case 'best':
      return rivals.every((rival) =>
        rivals.indexOf(rival) < rivals.indexOf(candidate)
          ? isMore(candidate.worth, rival.worth)
          : !isMore(rival.worth, candidate.worth),
      )
  }
}

// ---- whom, when and what -----------------------------------------------------------------------------------------------

export function isFor(
  rule: Pick<GivingRule, 'audience' | 'when' | 'during'>,
  subject: Subject,
  occasion: Occasion,
): boolean {
  const { place, channel } = subject.order ?? subject.activity
  const partner = partnerOf(occasion, place)
  if (!isAmong(rule.audience, occasion.found, place, channel, partner)) return false
  if (rule.during !== null && !isDuring(rule.during, occasion.placeLocal)) return false
  return rule.when === null || rule.when.test(scopeOf(subject, occasion, null))
}

/** '' where it is the program's own, or nowhere. */
const partnerOf = ({ places }: Occasion, place: string | null): string => places.get(place ?? '')?.partner ?? ''

export function isAmong(
  audience: Audience,
  found: Pick<Occasion['found'], 'tiers' | 'segments' | 'tags' | 'memberships'>,
  place: string | null,
  channel: string | null,
  partner = '',
): boolean {
  const any = <T>(wanted: readonly T[], has: (each: T) => boolean) => wanted.length === 0 || wanted.some(has)
  const { not } = audience
  const isLeftOut =
    not.tiers.some(({ ladder, level }) => found.tiers.some((held) => held.ladder === ladder && held.level === level)) ||
    not.segments.some((each) => found.segments.includes(each)) ||
    not.tags.some((each) => found.tags.includes(each)) ||
    not.memberships.some((each) => found.memberships.includes(each))
  if (isLeftOut) return false
  return (
    any(audience.tiers, (wanted) =>
      found.tiers.some((held) => held.ladder === wanted.ladder && held.level === wanted.level),
    ) &&
    any(audience.segments, (wanted) => found.segments.includes(wanted)) &&
    any(audience.tags, (wanted) => found.tags.includes(wanted)) &&
    any(audience.memberships, (wanted) => found.memberships.includes(wanted)) &&
    any(audience.places, (wanted) => wanted === place) &&
    any(audience.channels, (wanted) => wanted === channel) &&
    any(audience.partners, (wanted) => wanted === partner)
  )
}

/** By the wall clock of the place; ends are over at their moment (TIME-2). */
export function isDuring(during: During, local: LocalTime): boolean {
  if (during.from !== null && local < during.from) return false
  if (during.through !== null && local >= during.through) return false
  const isOn = (day: LocalDay) =>
    !during.except.has(day) && (during.weekdays === null || during.weekdays.has(weekday(day)))
  const today = dayAt(local)
  if (during.hours === null) return isOn(today)
  const clock = local - midnightOf(today)
  const { from, to } = during.hours
  if (from <= to) return from <= clock && clock < to && isOn(today)
  // Over midnight, the early hours are the day's before.
  return (from <= clock && isOn(today)) || (clock < to && isOn(today - 1))
}

export const matches = (
  condition: GivingRule['lines'],
  line: LineFacts,
  subject: Subject,
  occasion: Occasion,
): boolean => condition === null || condition.test(scopeOf(subject, occasion, line))

export function lineFactsOf(remains: Remains): LineFacts {
  const { line, items } = remains
  const total = standing(remains)
  return {
    sku: line.sku,
    quantity: items,
    total,
    unitPrice: items === 0 ? 0 : Math.floor(total / items),
    discount: line.discount,
    categories: line.categories,
    category: line.categories[0] ?? '',
    brand: line.brand ?? '',
    kind: line.kind,
  }
}

function orderFactsOf(order: OrderContent, remains: Rest, occasion: Occasion): OrderFacts {
  return {
    total: sum(remains.lines.map(standing)),
    eligible: sum(eligibleOf(order, remains, new Set(), false).byLine),
    shipping: standing(remains.shipping),
    items: sum(remains.lines.map((each) => each.items)),
    lines: remains.lines.filter((each) => each.money > 0 || each.items > 0).length,
    channel: order.channel ?? '',
    place: order.place ?? '',
    partner: partnerOf(occasion, order.place),
    firstOrder: occasion.found.past.orders === 0,
    tags: order.tags,
  }
}

function scopeOf(subject: Subject, occasion: Occasion, line: LineFacts | null): Scope {
  return {
    order: subject.order === null ? null : orderFactsOf(subject.order, subject.remains, occasion),
    line,
    activity: subject.activity?.facts ?? null,
    member: memberFactsOf(occasion.found, occasion.local),
  }
}

import type { DocumentText } from '../document/document.ts'
import type { CapText, GivingText, MultiplyingText } from '../document/earn.ts'
import type { Names } from '../names.ts'
import type { Cap, GivingRule, Multiplier, Per, Program } from '../program.ts'
import type { ConditionCompiler } from './condition.ts'
import { audienceOf, duringOf, expiryOf } from './parts.ts'

type Earning = Pick<Program, 'onOrder' | 'onActivity' | 'onOccasion' | 'awardsOn' | 'caps'>

/** Rules by what they listen to, each with its multipliers and the caps it meets. */
export function compileEarning(document: DocumentText, conditions: ConditionCompiler, names: Names): Earning {
  const rules = document.earn ?? []
  const giving = rules.flatMap((rule) => (rule.type === 'give' ? [rule] : []))
  const multiplying = rules.flatMap((rule) => (rule.type === 'multiply' ? [rule] : []))
  const groupById = new Map((document.groups ?? []).map((group) => [group.id, group.value]))
  const groupOf = (id: string | null) => {
    const group = id === null ? undefined : groupById.get(id)
    return id === null || group === undefined ? null : { id, take: group.take }
  }

  // A rule's cap is applied before its group's (EARN-3 step 4).
  const caps: Cap[] = []
  for (const rule of giving) if (rule.cap !== null) caps.push(capOf(`rule:${rule.id}`, rule.cap))
  for (const [id, group] of groupById) if (group.cap !== null) caps.push(capOf(`group:${id}`, group.cap))
  const capsOf = (rule: GivingText): number[] =>
    [`rule:${rule.id}`, `group:${rule.group}`].flatMap((id) => {
      const index = caps.findIndex((cap) => cap.id === id)
      return index === -1 ? [] : [index]
    })

  const concernsOf = (rule: GivingText | MultiplyingText, activity: string | null) => ({
    audience: audienceOf(rule.for, rule.places, rule.channels),
    when: rule.when === null ? null : conditions.compile(rule.when, activity === null ? 'order' : 'activity', activity),
    lines: rule.lines === null ? null : conditions.compile(rule.lines, 'line'),
    during: duringOf(rule.during),
    group: groupOf(rule.group),
    exclusive: rule.exclusive === 'yes',
    holdout: null,
  })
  const activityByRule = new Map(giving.map((rule) => [rule.id, rule.on.activity]))
  const multipliers = multiplying.map((rule) => ({
    of: rule.multiply.rule,
    multiplier: {
      id: rule.id,
      by: rule.multiply.by,
      ...concernsOf(rule, activityByRule.get(rule.multiply.rule) ?? null),
    } satisfies Multiplier,
  }))

  const onOrder: GivingRule[] = []
  const onActivity = new Map<string, GivingRule[]>()
  for (const rule of giving) {
    const { asset, units } = rule.give
    const compiled: GivingRule = {
      id: rule.id,
      asset,
      give: units,
      per: perOf(rule),
      ...concernsOf(rule, rule.on.activity),
      include: new Set(rule.include ?? []),
      round: rule.round ?? 'floor',
      stack: rule.stack ?? 'sum',
      multipliers: multipliers.flatMap(({ of, multiplier }) => (of === rule.id ? [multiplier] : [])),
      caps: capsOf(rule),
      budget: null,
      burnAs: rule.burnAs,
      expiry: rule.expires === null ? null : expiryOf(rule.expires),
      charity: null,
    }
    const { activity } = rule.on
    if (activity === null) onOrder.push(compiled)
    else onActivity.set(activity, [...(onActivity.get(activity) ?? []), compiled])
  }
  for (const name of names.activities.keys()) if (!onActivity.has(name)) onActivity.set(name, [])
  return {
    onOrder,
    onActivity,
    onOccasion: new Map(),
    awardsOn: { order: [], activity: new Map(), occasion: new Map() },
    caps,
  }
}

/** Absent on an order, and present on an activity: the checks say so. */
const perOf = (rule: GivingText): Per =>
  rule.on.activity !== null ? { type: 'activity' } : (rule.per ?? { type: 'order' })

function capOf(id: string, text: CapText): Cap {
  const { most } = text
  return {
    id,
    counts: most.type === 'count' ? 'times' : 'amount',
    most: most.type === 'count' ? most.count : most.type === 'amount' ? most.units : 0, // money is refused by the checks
    of: 'member',
    span: spanOf(text),
    edge: text.edge ?? 'trim',
  }
}

function spanOf({ each, within }: CapText): Cap['span'] {
  switch (each) {
    case 'order':
      return { type: 'order' }
    case 'calendar-day':
      return { type: 'calendar', unit: 'day' }
    case 'calendar-week':
      return { type: 'calendar', unit: 'week' }
    case 'calendar-month':
      return { type: 'calendar', unit: 'month' }
    case 'calendar-quarter':
      return { type: 'calendar', unit: 'quarter' }
    case 'calendar-year':
      return { type: 'calendar', unit: 'year' }
    case 'ever':
      return { type: 'ever' }
    case null:
      return within === null ? { type: 'ever' } : { type: 'sliding', length: within }
  }
}

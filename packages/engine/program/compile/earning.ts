import { mulDiv } from '../../amounts/fraction.ts'
import { keysBeside } from '../condition-keys.ts'
import type { AwardingText, GivingText, RuleText } from '../document/earn.ts'
import type { AwardingRule, Cap, GivingRule, Multiplier, Occasion, Per, Program } from '../program.ts'
import {
  audienceOf,
  awardsOf,
  budgetOf,
  type Compiling,
  capOf,
  conditionOf,
  duringOf,
  expiryOf,
  holdoutOf,
} from './parts.ts'

type Earning = Pick<Program, 'onOrder' | 'onActivity' | 'onOccasion' | 'awardsOn' | 'caps'>

/** Rules by what they listen to, each with its multipliers and the caps it meets. */
export function compileEarning(compiling: Compiling): Earning {
  const { document, reading } = compiling
  const rules = document.earn ?? []
  const giving = rules.flatMap((rule) => (rule.type === 'give' ? [rule] : []))
  const awarding = rules.flatMap((rule) => (rule.type === 'award' ? [rule] : []))
  const multiplying = rules.flatMap((rule) => (rule.type === 'multiply' ? [rule] : []))
  const groupById = new Map((document.groups ?? []).map((group) => [group.id, group.value]))
  const groupOf = (id: string | null) => {
    const group = id === null ? undefined : groupById.get(id)
    return id === null || group === undefined ? null : { id, take: group.take }
  }

  // Caps are applied in the order rule, group, member, place, program (EARN-3 step 4).
  const caps: Cap[] = []
  for (const rule of giving) if (perOf(rule).type === 'visit') caps.push(onceAVisit(rule.id))
  for (const rule of [...giving, ...awarding]) if (rule.cap !== null) caps.push(capOf(`rule:${rule.id}`, rule.cap))
  for (const [id, group] of groupById) if (group.cap !== null) caps.push(capOf(`group:${id}`, group.cap))
  // A budget is the last cap of all, without an end, of all members together (EARN-3 step 5).
  for (const rule of rules) {
    const budget = budgetCapOf(compiling, rule, giving)
    if (budget !== null) caps.push(budget)
  }
  const positionOf = (id: string): number[] => {
    const index = caps.findIndex((cap) => cap.id === id)
    return index === -1 ? [] : [index]
  }
  const narrowness = (position: number): number => scopes.indexOf(caps[position]?.of ?? 'program')
  const capsOf = (rule: GivingText | AwardingText): number[] => {
    const own = [`visit:${rule.id}`, `rule:${rule.id}`, `group:${rule.group}`].flatMap(positionOf)
    return [...own.sort((a, b) => narrowness(a) - narrowness(b)), ...positionOf(`budget:${rule.id}`)]
  }

  const rulingOf = (rule: RuleText, on: GivingText['on']) => ({
    id: rule.id,
    audience: audienceOf(rule.for, rule),
    when:
      on.type === 'activity'
        ? conditionOf(compiling, rule.when, 'activity', keysBeside(rule), on.activity)
        : conditionOf(compiling, rule.when, on.type === 'order' ? 'order' : 'member', keysBeside(rule)),
    lines: conditionOf(compiling, rule.lines, 'line', keysBeside(rule)),
    during: duringOf(rule.during),
    group: groupOf(rule.group),
    exclusive: rule.exclusive === 'yes',
    holdout: holdoutOf(rule.holdout, isTimeBoxed(rule) ? (document.holdout?.bonuses ?? null) : null),
    budget: budgetOf(`rule:${rule.id}`, rule.budget),
  })
  const onByRule = new Map(giving.map((rule) => [rule.id, rule.on]))
  const multipliers = multiplying.map((rule) => ({
    of: rule.multiply.rule,
    multiplier: {
      ...rulingOf(rule, onByRule.get(rule.multiply.rule) ?? { type: 'order' }),
      by: rule.multiply.by,
      budgetCap: positionOf(`budget:${rule.id}`)[0] ?? null,
    } satisfies Multiplier,
  }))

  const onOrder: GivingRule[] = []
  const onActivity = new Map<string, GivingRule[]>()
  const onOccasion = new Map<Occasion, GivingRule[]>()
  for (const name of reading.names.activities.keys()) onActivity.set(name, [])
  for (const rule of giving) {
    put(
      rule.on,
      {
        ...rulingOf(rule, rule.on),
        asset: rule.give.asset,
        give: rule.give.units,
        per: perOf(rule),
        include: new Set(rule.include ?? []),
        round: rule.round ?? 'floor',
        stack: rule.stack ?? 'add',
        crossing: rule.crossing ?? 'before',
        multipliers: multipliers.flatMap(({ of, multiplier }) => (of === rule.id ? [multiplier] : [])),
        caps: capsOf(rule),
        burnAs: rule.burnAs,
        expiry: rule.expires === null ? null : expiryOf(rule.expires),
        charity: rule.charity,
      },
      onOrder,
      onActivity,
      onOccasion,
    )
  }

  const awardsOnOrder: AwardingRule[] = []
  const awardsOnActivity = new Map<string, AwardingRule[]>()
  const awardsOnOccasion = new Map<Occasion, AwardingRule[]>()
  for (const rule of awarding) {
    const compiled = { ...rulingOf(rule, rule.on), awards: awardsOf(rule.awards), caps: capsOf(rule) }
    put(rule.on, compiled, awardsOnOrder, awardsOnActivity, awardsOnOccasion)
  }
  return {
    onOrder,
    onActivity,
    onOccasion,
    awardsOn: { order: awardsOnOrder, activity: awardsOnActivity, occasion: awardsOnOccasion },
    caps,
  }
}

const scopes: readonly Cap['of'][] = ['member', 'place', 'program']

/** What a budget comes to in what its rule gives: an amount of money by the worth of the asset, rounded down. */
function budgetCapOf({ document }: Compiling, rule: RuleText, giving: readonly GivingText[]): Cap | null {
  if (rule.budget === null) return null
  const budget = budgetOf(rule.id, rule.budget)
  if (budget === null) return null
  const { most, edge } = budget
  const shape = { id: `budget:${rule.id}`, of: 'program', span: { type: 'ever' }, edge } as const
  if (most.type === 'times') return { ...shape, counts: 'times', most: most.times }
  const assetOf = (asset: string) => document.assets?.find(({ id }) => id === asset)?.value ?? null
  const unitsIn = (asset: string): number => {
    if (most.type === 'amount') return most.asset === asset ? most.amount : 0
    const worth = assetOf(asset)?.worth ?? null
    if (worth === null) return assetOf(asset)?.kind === 'money' ? most.minor : 0
    return mulDiv(most.minor, worth.units, worth.minor, 'floor')
  }
  if (rule.type === 'award') {
    // Awards are given whole or not at all, so what they hold says how often.
    const times = awardsOf(rule.awards).flatMap((award) =>
      award.type === 'amount' && unitsIn(award.asset) > 0 ? [Math.floor(unitsIn(award.asset) / award.amount)] : [],
    )
    return { ...shape, edge: 'refuse', counts: 'times', most: Math.min(Number.MAX_SAFE_INTEGER, ...times) }
  }
  const asset = rule.type === 'give' ? rule.give.asset : giving.find(({ id }) => id === rule.multiply.rule)?.give.asset
  return { ...shape, counts: 'amount', most: asset === undefined ? 0 : unitsIn(asset) }
}
/** EARN-1: of the orders of one day the first gives. It is a cap, so that a refund makes room for what comes after it (EARN-4). */
const onceAVisit = (rule: string): Cap => ({
  id: `visit:${rule}`,
  counts: 'times',
  most: 1,
  of: 'member',
  span: { type: 'visit' },
  edge: 'refuse',
})

/** A bonus that ends is one whose effect is worth measuring (EXP-1). */
export const isTimeBoxed = (rule: RuleText): boolean => rule.during !== null && rule.during.through !== null

function put<Rule>(
  on: GivingText['on'],
  rule: Rule,
  onOrder: Rule[],
  onActivity: Map<string, Rule[]>,
  onOccasion: Map<Occasion, Rule[]>,
): void {
  switch (on.type) {
    case 'order':
      onOrder.push(rule)
      break
    case 'activity':
      onActivity.set(on.activity, [...(onActivity.get(on.activity) ?? []), rule])
      break
    case 'occasion':
      onOccasion.set(on.occasion, [...(onOccasion.get(on.occasion) ?? []), rule])
      break
  }
}

/** Present on an order, and elsewhere at most a fact of the activity: the checks say so. */
function perOf(rule: GivingText): Per {
  switch (rule.on.type) {
    case 'order':
      if (rule.share !== null) return { type: 'spend', minor: rule.share.denominator }
      return rule.per === null || rule.per.type === 'fact' ? { type: 'order' } : rule.per
    case 'activity':
      return rule.per?.type === 'fact' ? rule.per : { type: 'activity' }
    case 'occasion':
      return { type: 'occasion' }
  }
}

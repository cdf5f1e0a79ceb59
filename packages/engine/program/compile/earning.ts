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
  for (const rule of [...giving, ...awarding]) if (rule.cap !== null) caps.push(capOf(`rule:${rule.id}`, rule.cap))
  for (const [id, group] of groupById) if (group.cap !== null) caps.push(capOf(`group:${id}`, group.cap))
  const capsOf = (rule: GivingText | AwardingText): number[] =>
    [`rule:${rule.id}`, `group:${rule.group}`].flatMap((id) => {
      const index = caps.findIndex((cap) => cap.id === id)
      return index === -1 ? [] : [index]
    })

  const rulingOf = (rule: RuleText, on: GivingText['on']) => ({
    id: rule.id,
    audience: audienceOf(rule.for, rule),
    when:
      on.type === 'activity'
        ? conditionOf(compiling, rule.when, 'activity', on.activity)
        : conditionOf(compiling, rule.when, on.type === 'order' ? 'order' : 'member'),
    lines: conditionOf(compiling, rule.lines, 'line'),
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
        stack: rule.stack ?? 'sum',
        multipliers: multipliers.flatMap(({ of, multiplier }) => (of === rule.id ? [multiplier] : [])),
        caps: capsOf(rule),
        burnAs: rule.burnAs,
        expiry: rule.expires === null ? null : expiryOf(rule.expires),
        charity: rule.to,
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

/** Absent on an order, and present on anything else: the checks say so. */
function perOf(rule: GivingText): Per {
  switch (rule.on.type) {
    case 'order':
      if (rule.share !== null) return { type: 'spend', minor: rule.share.denominator }
      return rule.per ?? { type: 'order' }
    case 'activity':
    case 'occasion':
      return { type: rule.on.type }
  }
}

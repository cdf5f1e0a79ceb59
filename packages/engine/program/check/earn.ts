import type { LocalTime } from '../../time/local.ts'
import { duringOf } from '../compile/parts.ts'
import {
  type AwardingText,
  type EventText,
  eventText,
  type GivingText,
  type GroupText,
  type MultiplyingText,
  type RuleText,
} from '../document/earn.ts'
import type { Named } from '../list-shape.ts'
import { suggestion } from '../nearest.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { checkAudience, disjoint, disjointTiers } from './audience.ts'
import { checkBudget, checkCap, checkHoldout } from './bounds.ts'
import { checkDuring, neverTogether } from './during.ts'
import { isToldToBe, remark } from './remark.ts'

export function checkEarn(
  rules: readonly RuleText[],
  groups: readonly Named<GroupText>[],
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  const giving = rules.flatMap((rule) => (rule.type === 'give' ? [rule] : []))
  const byId = new Map(giving.map((rule) => [rule.id, rule]))
  const typeById = new Map(rules.map((rule) => [rule.id, rule.type]))
  for (const rule of rules) {
    checkConcerns(rule, inForceFrom, reading)
    switch (rule.type) {
      case 'give':
        checkEvent(rule, reading)
        checkGiving(rule, reading)
        break
      case 'award':
        checkEvent(rule, reading)
        checkAwarding(rule, reading)
        break
      case 'multiply': {
        const base = byId.get(rule.multiply.rule)
        if (base !== undefined) checkMultiplying(rule, base, reading)
        else checkMultiplied(rule, typeById.get(rule.multiply.rule), byId, reading)
      }
    }
  }
  const choosing = new Set(groups.flatMap(({ id, value }) => (value.take === 'all' ? [] : [id])))
  for (const rule of giving) checkStack(rule, rules, choosing, reading)
}

/** Whom and when a rule concerns. */
function checkConcerns(rule: RuleText, inForceFrom: LocalTime | null, reading: Reading): void {
  checkDuring(rule.during, rule.tree, inForceFrom, reading)
  checkAudience(rule.for, rule.tree, reading)
  checkHoldout(rule.holdout, rule.tree, reading)
  if (rule.exclusive === 'yes' && childOf(rule.tree, 'group') === undefined) {
    const message = '`exclusive` switches off the rest of a group, and this rule is in none'
    const instead = 'Add `group`, or leave it out'
    remark(reading, 'error', [rule.tree, 'exclusive'], 'exclusive-without-group', message, instead)
  }
}

const orderOnly = ['per', 'lines', 'include', 'crossing']
const placeOnly = ['places', 'channels', 'partners']

/** An activity has no lines, and an occasion happens nowhere. */
function checkEvent({ tree, on, per }: GivingText | AwardingText, reading: Reading): void {
  if (per?.type === 'fact') checkFact(tree, per.fact, on, reading)
  if (on.type === 'order') return
  for (const key of orderOnly) {
    if (key !== 'per' || (per !== null && per.type !== 'fact')) checkOrderOnly(tree, key, on, reading)
  }
  if (on.type !== 'occasion') return
  for (const key of placeOnly) {
    if (childOf(tree, key) === undefined) continue
    const message = `\`${key}\` asks where, and \`${on.occasion}\` happens nowhere`
    remark(reading, 'error', [tree, key], 'not-for-occasions', message, 'Leave it out, or choose members by `for`')
  }
}

/** What is given per is a number that this very activity brings. */
function checkFact(tree: MapTree, fact: string, on: EventText, reading: Reading): void {
  const at = [tree, 'per'] as const
  if (on.type !== 'activity') {
    const message = `\`activity.${fact}\` is a fact of an activity, and this rule listens to \`${eventText(on)}\``
    const instead = on.type === 'order' ? 'Give per an amount of money, order, visit or item' : 'Leave `per` out'
    remark(reading, 'error', at, 'unknown-fact', message, instead)
    return
  }
  const facts = reading.names.activities.get(on.activity)
  const kind = facts?.get(fact)
  if (kind === 'number') return
  const numbers = numbersOf(on.activity, reading)
  const [code, message] =
    kind === undefined
      ? (['unknown-fact', `\`${on.activity}\` has no fact \`${fact}\``] as const)
      : (['fact-not-counted', `\`${fact}\` is ${kind}, and nothing is given per ${kind}`] as const)
  const declared = `Declare it: activities: { ${on.activity}: { facts: { ${kind === undefined ? fact : 'kilometres'}: number } } }`
  remark(reading, 'error', at, code, message, suggestion(fact, numbers, declared))
}

const numbersOf = (activity: string, { names }: Reading): string[] =>
  [...(names.activities.get(activity) ?? [])].flatMap(([fact, kind]) => (kind === 'number' ? [fact] : []))

function checkOrderOnly(
  tree: MapTree,
  key: string,
  on: Exclude<EventText, { readonly type: 'order' }>,
  reading: Reading,
): void {
  if (childOf(tree, key) === undefined) return
  const what = on.type === 'activity' ? 'an activity' : 'a moment of a member’s life'
  const message = `\`${key}\` is about orders, and this rule is about ${what}`
  const [counted] = on.type === 'activity' ? numbersOf(on.activity, reading) : []
  const orPer = counted === undefined ? '' : `, or write per: 1 activity.${counted}`
  const instead = key === 'per' ? `Leave it out: it is given once each time${orPer}` : 'Leave it out'
  remark(reading, 'error', [tree, key], 'not-for-activities', message, instead)
}

function checkGiving(rule: GivingText, reading: Reading): void {
  const { tree, give, on, per, share } = rule
  if (give.units === 0) {
    remark(reading, 'error', [tree, 'give'], 'gift-zero', 'The rule gives nothing', `For instance: 1 ${give.asset}`)
  }
  if (share !== null) checkShare(rule, reading)
  else if (on.type === 'order' && childOf(tree, 'per') === undefined && !isToldToBe('per', tree, reading)) {
    const currency = reading.names.currency?.code ?? 'USD'
    const message = `The rule does not say what ${give.asset} are given for`
    const instead = `Add \`per: order\`, \`per: visit\`, \`per: item\` or an amount of ${currency}`
    remark(reading, 'error', [tree], 'per-missing', message, instead)
  }
  if (on.type === 'order' && rule.include !== null && per !== null && per.type !== 'spend') {
    const message = `\`include\` adds to spend, and the rule gives per ${per.type}`
    const instead = 'Leave it out, or give per an amount of money'
    remark(reading, 'error', [tree, 'include'], 'include-without-spend', message, instead)
  }
  // Partners report what they sell as their own.
  if (per?.type === 'item' && rule.lines === null && rule.partners === null) {
    const message = 'Gift cards are items, too: the rule gives for each that is bought'
    const instead = `Add \`lines: 'line.kind != "gift-card"'\`, or leave it so`
    remark(reading, 'note', [tree, 'per'], 'gift-cards-counted', message, instead)
  }
  if (per?.type === 'spend' && per.minor === 0) {
    remark(reading, 'error', [tree, 'per'], 'gift-zero', 'Something is given for nothing', 'Write an amount above zero')
  }
  if (rule.cap !== null) checkCap(rule.cap, [rule], reading)
  if (rule.budget !== null) checkBudget(rule.budget, [{ type: 'amount', ...give }], share === null, reading)
  if (rule.burnAs !== null) {
    const classes = reading.names.assets.get(give.asset)?.burnClasses ?? []
    if (!classes.includes(rule.burnAs)) {
      const message = `\`${give.asset}\` has no class \`${rule.burnAs}\``
      const instead = suggestion(rule.burnAs, classes, `Declare it: burnOrder: [${rule.burnAs}] at the asset`)
      remark(reading, 'error', [tree, 'burnAs'], 'unknown-burn-class', message, instead)
    }
  }
  if (rule.charity !== null) checkCharity(rule, reading)
}

function checkShare({ tree, on }: GivingText, reading: Reading): void {
  if (on.type !== 'order') {
    const message = 'A percentage is one of what was spent, and here nothing is spent'
    remark(reading, 'error', [tree, 'give'], 'not-for-activities', message, 'Give an amount: 5.00 credit')
  } else if (childOf(tree, 'per') !== undefined) {
    const message = 'A percentage of what was spent needs no `per`'
    remark(reading, 'error', [tree, 'per'], 'share-with-per', message, 'Leave `per` out, or give an amount instead')
  }
}

/** What a charity gets has to be worth something, and is neither spent nor lost by a member. */
function checkCharity({ tree, give }: GivingText, reading: Reading): void {
  for (const key of ['burnAs', 'expires']) {
    if (childOf(tree, key) === undefined) continue
    const message = `What goes to a charity is no member’s, so \`${key}\` means nothing`
    remark(reading, 'error', [tree, key], 'amount-only', message, `Leave \`${key}\` out`)
  }
  if (reading.names.assets.get(give.asset)?.kind === 'qualifying') {
    const message = `\`${give.asset}\` is qualifying: a charity cannot use it`
    remark(reading, 'error', [tree, 'give'], 'charity-without-worth', message, 'Give money, or points with a worth')
  }
}

const amountOnly = ['per', 'include', 'round', 'stack', 'crossing', 'burnAs', 'expires', 'charity']

function checkAwarding(rule: AwardingText, reading: Reading): void {
  for (const key of amountOnly) {
    if (
      childOf(rule.tree, key) === undefined ||
      (rule.on.type !== 'order' && orderOnly.includes(key) && rule.per?.type !== 'fact')
    )
      continue
    const message = `\`${key}\` is about an amount, and this rule gives awards, once each time`
    const instead = `Leave \`${key}\` out, or give the amount by a rule of its own`
    remark(reading, 'error', [rule.tree, key], 'amount-only', message, instead)
  }
  if (rule.cap !== null) checkCap(rule.cap, [rule], reading)
  if (rule.budget !== null) checkBudget(rule.budget, rule.awards, true, reading)
}

function checkMultiplied(
  rule: MultiplyingText,
  type: RuleText['type'] | undefined,
  giving: ReadonlyMap<string, GivingText>,
  reading: Reading,
): void {
  if (type === undefined) return
  const at = [rule.tree, 'multiply', 'rule'] as const
  const instead = suggestion(rule.multiply.rule, giving.keys(), 'Name a rule with `give`')
  if (type === 'award') {
    const message = `\`${rule.multiply.rule}\` gives awards; only an amount can be multiplied`
    remark(reading, 'error', at, 'multiplies-awards', message, instead)
  } else {
    const message = `\`${rule.multiply.rule}\` multiplies; only what gives can be multiplied`
    remark(reading, 'error', at, 'unknown-rule', message, instead)
  }
}

function checkMultiplying(rule: MultiplyingText, base: GivingText, reading: Reading): void {
  const { by } = rule.multiply
  if (by.numerator === by.denominator) {
    const message = 'Once as much is as much as without the rule'
    const instead = 'Write more than 1, or take it out'
    remark(reading, 'warning', [rule.tree, 'multiply', 'by'], 'multiplies-by-one', message, instead)
  }
  if (base.on.type !== 'order') checkOrderOnly(rule.tree, 'lines', base.on, reading)
  if (rule.budget !== null) checkBudget(rule.budget, [{ type: 'amount', ...base.give }], false, reading)
  const never = (key: string, what: string) => {
    const message = `\`${rule.id}\` is for other ${what} than \`${base.id}\`, which it multiplies: it never counts`
    remark(reading, 'error', [rule.tree, key], 'audience-never', message, `Name ${what} that \`${base.id}\` is for too`)
  }
  if (disjointTiers(rule.for, base.for)) never('for', 'levels')
  if (disjoint(rule.places, base.places)) never('places', 'places')
  if (disjoint(rule.channels, base.channels)) never('channels', 'channels')
  if (disjoint(rule.partners, base.partners)) never('partners', 'partners')
  if (neverTogether(duringOf(rule.during), duringOf(base.during))) never('during', 'times')
}

/** How bonuses combine costs money, so a silence about it is told, of those that can hold together. */
function checkStack(
  rule: GivingText,
  rules: readonly RuleText[],
  choosing: ReadonlySet<string>,
  reading: Reading,
): void {
  if (childOf(rule.tree, 'stack') !== undefined) return
  const multipliers = rules.flatMap((each) =>
    each.type === 'multiply' && each.multiply.rule === rule.id ? [each] : [],
  )
  const isChosen = ({ group, exclusive }: MultiplyingText): boolean =>
    group !== null && (choosing.has(group) || exclusive === 'yes')
  const meets = (a: MultiplyingText, b: MultiplyingText): boolean =>
    (a.group !== b.group || !(isChosen(a) || isChosen(b))) && canMeet(a, b)
  const pairs = multipliers.flatMap((each, index) =>
    multipliers.slice(index + 1).flatMap((other) => (meets(each, other) ? [[each, other] as const] : [])),
  )
  const [example] = pairs
  if (example === undefined) return
  const meeting = new Set(pairs.flat())
  const units = Map.groupBy(meeting, ({ id, group }) => (group !== null && choosing.has(group) ? `in ${group}` : id))
  const names = [...units.values()].map((unit) => unit.map(({ id }) => id).join(' or ')).join(', ')
  const message = `\`stack\` is not stated: where several of ${names} hold, their extra parts are added ${exampleOf(example)}`
  const instead = 'Add `stack: add` or `stack: multiply`, or put them in a group'
  remark(reading, 'note', [rule.tree], 'silent-stack', message, instead)
}

/** Whether some event finds both. */
const canMeet = (a: MultiplyingText, b: MultiplyingText): boolean =>
  !disjointTiers(a.for, b.for) &&
  !disjoint(a.places, b.places) &&
  !disjoint(a.channels, b.channels) &&
  !disjoint(a.partners, b.partners) &&
  !neverTogether(duringOf(a.during), duringOf(b.during))

/** `(x2 and x1.5 make x2.5)`: so few decimals that a division shows them all. */
function exampleOf([a, b]: readonly [MultiplyingText, MultiplyingText]): string {
  const [one, other] = [a.multiply.by, b.multiply.by]
  const denominator = one.denominator * other.denominator
  const both = one.numerator * other.denominator + other.numerator * one.denominator - denominator
  return `(x${one.numerator / one.denominator} and x${other.numerator / other.denominator} make x${both / denominator})`
}

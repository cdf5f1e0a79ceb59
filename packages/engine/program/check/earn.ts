import type { LocalTime } from '../../time/local.ts'
import { duringOf } from '../compile/parts.ts'
import type { AudienceText } from '../document/audience.ts'
import type { CapText, GivingText, MultiplyingText } from '../document/earn.ts'
import { suggestion } from '../nearest.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { checkDuring, neverTogether } from './during.ts'
import { checkUnique, remark } from './remark.ts'

export type RuleText = ({ readonly type: 'give' } & GivingText) | ({ readonly type: 'multiply' } & MultiplyingText)

export function checkEarn(rules: readonly RuleText[], inForceFrom: LocalTime | null, reading: Reading): void {
  checkUnique(rules, 'rule', 'id', reading)
  const giving = rules.flatMap((rule) => (rule.type === 'give' ? [rule] : []))
  const byId = new Map(giving.map((rule) => [rule.id, rule]))
  const isMultiplying = new Set(rules.flatMap((rule) => (rule.type === 'multiply' ? [rule.id] : [])))
  for (const rule of rules) {
    checkDuring(rule.during, rule.tree, inForceFrom, reading)
    if (rule.exclusive === 'yes' && childOf(rule.tree, 'group') === undefined) {
      const message = '`exclusive` switches off the rest of a group, and this rule is in none'
      remark(
        reading,
        'error',
        [rule.tree, 'exclusive'],
        'exclusive-without-group',
        message,
        'Add `group`, or leave it out',
      )
    }
    if (rule.type === 'give') checkGiving(rule, reading)
    else {
      const base = byId.get(rule.multiply.rule)
      if (base !== undefined) checkMultiplying(rule, base, reading)
      else if (isMultiplying.has(rule.multiply.rule)) {
        const message = `\`${rule.multiply.rule}\` multiplies; only what gives can be multiplied`
        const instead = suggestion(rule.multiply.rule, byId.keys(), 'Name a rule with `give`')
        remark(reading, 'error', [rule.tree, 'multiply', 'rule'], 'unknown-rule', message, instead)
      }
    }
  }
  for (const rule of giving) checkStack(rule, rules, reading)
}

function checkGiving(rule: GivingText, reading: Reading): void {
  const { tree, give, on, per } = rule
  if (give.units === 0) {
    remark(reading, 'error', [tree, 'give'], 'gift-zero', 'The rule gives nothing', `For instance: 1 ${give.asset}`)
  }
  if (on.activity === null && childOf(tree, 'per') === undefined) {
    const currency = reading.names.currency?.code ?? 'USD'
    const message = `The rule does not say what ${give.asset} are given for`
    remark(
      reading,
      'error',
      [tree],
      'per-missing',
      message,
      `Add \`per: order\`, \`per: item\` or an amount of ${currency}`,
    )
  }
  if (on.activity !== null) {
    for (const key of ['per', 'lines', 'include']) checkOrderOnly(tree, key, reading)
  } else if (rule.include !== null && per !== null && per.type !== 'spend') {
    const message = `\`include\` adds to spend, and the rule gives per ${per.type}`
    remark(
      reading,
      'error',
      [tree, 'include'],
      'include-without-spend',
      message,
      'Leave it out, or give per an amount of money',
    )
  }
  if (per?.type === 'spend' && per.minor === 0) {
    remark(reading, 'error', [tree, 'per'], 'gift-zero', 'Something is given for nothing', 'Write an amount above zero')
  }
  if (rule.cap !== null) checkCap(rule.cap, [rule], reading)
  if (rule.burnAs !== null) {
    const classes = reading.names.assets.get(give.asset)?.burnClasses ?? []
    if (!classes.includes(rule.burnAs)) {
      const message = `\`${give.asset}\` has no class \`${rule.burnAs}\``
      const instead = suggestion(rule.burnAs, classes, `Declare it: burn: [${rule.burnAs}] at the asset`)
      remark(reading, 'error', [tree, 'burnAs'], 'unknown-burn-class', message, instead)
    }
  }
}

function checkOrderOnly(tree: MapTree, key: string, reading: Reading): void {
  if (childOf(tree, key) === undefined) return
  const message = `\`${key}\` is about orders, and this rule is about an activity`
  const instead = key === 'per' ? 'Leave it out: it is given once for each activity' : 'Leave it out'
  remark(reading, 'error', [tree, key], 'not-for-activities', message, instead)
}

/** A cap of one rule, or of a group of rules. */
export function checkCap(cap: CapText, rules: readonly GivingText[], reading: Reading): void {
  const { tree, most, each } = cap
  const hasEach = childOf(tree, 'each') !== undefined
  const hasWithin = childOf(tree, 'within') !== undefined
  if (hasEach === hasWithin) {
    const message = hasEach ? 'The cap says `each` and `within`' : 'The cap does not say over which time'
    const instead = hasEach ? 'Keep one of them' : 'Add `each: calendar-month`, `within: P30D`, or `each: ever`'
    remark(reading, 'error', [tree], 'cap-span', message, instead)
  }
  if (each === 'order' && rules.some((rule) => rule.on.activity !== null)) {
    const message = 'An activity belongs to no order'
    remark(reading, 'error', [tree, 'each'], 'cap-span', message, 'Say each: calendar-day, or another period')
  }
  const [first] = rules
  if (most.type === 'money') {
    const asset = first?.give.asset ?? 'points'
    const message = 'A cap counts what is given, and no rule gives money'
    remark(reading, 'error', [tree, 'most'], 'cap-unit', message, `Write 100 ${asset}, or 3 times`)
    return
  }
  const size = most.type === 'count' ? most.count : most.units
  if (size === 0) {
    remark(
      reading,
      'error',
      [tree, 'most'],
      'cap-zero',
      'A cap of nothing lets nothing through',
      'Take the rule out, or raise the cap',
    )
    return
  }
  if (most.type === 'count') {
    if (each !== 'order' || rules.length !== 1 || first?.on.activity !== null) return
    const message = 'A rule gives once in each order, so this is never reached'
    remark(reading, 'warning', [tree, 'most'], 'cap-never-reached', message, 'Cap the amount: most: 100 points')
    return
  }
  for (const rule of rules) {
    if (rule.give.asset !== most.asset) {
      const message = `The cap counts \`${most.asset}\`, and \`${rule.id}\` gives \`${rule.give.asset}\``
      remark(reading, 'error', [tree, 'most'], 'cap-unit', message, `Write it in ${rule.give.asset}, or in times`)
    } else if (most.units < rule.give.units) {
      const refused = cap.edge === 'refuse'
      const message = `The cap is below one gift of \`${rule.id}\`: ${refused ? 'it never gives' : 'every gift is trimmed'}`
      const severity = refused ? 'error' : 'warning'
      remark(reading, severity, [tree, 'most'], 'cap-below-gift', message, 'Raise the cap, or give less at once')
    }
  }
}

function checkMultiplying(rule: MultiplyingText, base: GivingText, reading: Reading): void {
  const { by } = rule.multiply
  if (by.numerator === by.denominator) {
    const message = 'Once as much is as much as without the rule'
    remark(
      reading,
      'warning',
      [rule.tree, 'multiply', 'by'],
      'multiplies-by-one',
      message,
      'Write more than 1, or take it out',
    )
  }
  if (base.on.activity !== null) checkOrderOnly(rule.tree, 'lines', reading)
  const never = (key: string, what: string) => {
    const message = `\`${rule.id}\` is for other ${what} than \`${base.id}\`, which it multiplies: it never counts`
    remark(reading, 'error', [rule.tree, key], 'audience-never', message, `Name ${what} that \`${base.id}\` is for too`)
  }
  if (disjointTiers(rule.for, base.for)) never('for', 'levels')
  if (disjoint(rule.places, base.places)) never('places', 'places')
  if (disjoint(rule.channels, base.channels)) never('channels', 'channels')
  if (neverTogether(duringOf(rule.during), duringOf(base.during))) never('during', 'times')
}

const disjoint = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a !== null && b !== null && !a.some((each) => b.includes(each))

/** Members hold one level of each ladder: two lists of levels of one ladder must share one. */
export function disjointTiers(a: AudienceText | null, b: AudienceText | null): boolean {
  const first = a?.tier ?? []
  const second = b?.tier ?? []
  if (first.length === 0 || second.length === 0) return false
  const ladders = new Set([...first, ...second].map((level) => level.split('/')[0]))
  return ladders.size === 1 && disjoint(first, second)
}

/** How bonuses combine costs money, so a silence about it is told. */
function checkStack(rule: GivingText, rules: readonly RuleText[], reading: Reading): void {
  if (childOf(rule.tree, 'stack') !== undefined) return
  const multipliers = rules.flatMap((each) =>
    each.type === 'multiply' && each.multiply.rule === rule.id ? [each] : [],
  )
  const apart = new Set(multipliers.map((each) => each.group ?? `alone:${each.id}`))
  if (apart.size < 2) return
  const names = multipliers.map((each) => each.id).join(', ')
  const message = `\`stack\` is not stated: where several of ${names} hold, their extra parts are added (x2 and x1.5 make x2.5)`
  remark(
    reading,
    'note',
    [rule.tree],
    'silent-stack',
    message,
    'Add `stack: sum` or `stack: product`, or put them in a group',
  )
}

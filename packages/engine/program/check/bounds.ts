import type { Fraction } from '../../amounts/fraction.ts'
import type { AwardText } from '../document/awards.ts'
import type { BudgetText, CapText } from '../document/bounds.ts'
import type { AwardingText, GivingText } from '../document/earn.ts'
import { worthExample } from '../own-words.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { isToldToBe, remark } from './remark.ts'

/** A cap of one rule, or of a group of rules. */
export function checkCap(cap: CapText, rules: readonly (GivingText | AwardingText)[], reading: Reading): void {
  const { tree, most, each } = cap
  checkSpan(cap, reading)
  if (each === 'order' && rules.some((rule) => rule.on.type !== 'order')) {
    const message = 'Only orders are told apart by order, and a rule of this cap is about something else'
    remark(reading, 'error', [tree, 'each'], 'cap-span', message, 'Say each: calendar-day, or another period')
  }
  if (cap.whose === 'place' && rules.some((rule) => rule.on.type === 'occasion')) {
    const message = 'The cap is one of each place, and an occasion happens nowhere'
    remark(reading, 'error', [tree, 'whose'], 'not-for-occasions', message, 'Say whose: member, or whose: program')
  }
  const [first] = rules
  const asset = first?.type === 'give' ? first.give.asset : 'points'
  if (most.type === 'money') {
    const message = 'A cap counts what is given, and no rule gives money'
    remark(
      reading,
      'error',
      [tree, 'most'],
      'cap-unit',
      message,
      `Write how much or how often, for instance 100 ${asset} or 3 times`,
    )
    return
  }
  if ((most.type === 'count' ? most.count : most.units) === 0) {
    const message = 'A cap of nothing lets nothing through'
    remark(reading, 'error', [tree, 'most'], 'cap-zero', message, 'Take the rule out, or raise the cap')
    return
  }
  if (most.type === 'count') {
    if (each !== 'order' || rules.length !== 1 || first?.on.type !== 'order') return
    const message = 'A rule gives once in each order, so this is never reached'
    remark(
      reading,
      'warning',
      [tree, 'most'],
      'cap-never-reached',
      message,
      `Cap the amount, for instance most: 100 ${asset}`,
    )
    return
  }
  for (const rule of rules) checkCapSize(cap, most, rule, reading)
}

function checkCapSize(
  { tree, edge }: CapText,
  most: { readonly asset: string; readonly units: number },
  rule: GivingText | AwardingText,
  reading: Reading,
): void {
  const at = [tree, 'most'] as const
  if (rule.type === 'award') {
    const message = `\`${rule.id}\` gives awards, once each time: its cap counts times`
    remark(reading, 'error', at, 'cap-unit', message, 'Write how often, for instance 3 times')
  } else if (rule.give.asset !== most.asset) {
    const message = `The cap counts \`${most.asset}\`, and \`${rule.id}\` gives \`${rule.give.asset}\``
    remark(reading, 'error', at, 'cap-unit', message, `Write it in ${rule.give.asset}, or in times`)
  } else if (rule.share === null && most.units < rule.give.units) {
    const refused = edge === 'refuse'
    const message = `The cap is below one gift of \`${rule.id}\`: ${refused ? 'it never gives' : 'every gift is trimmed'}`
    const severity = refused ? 'error' : 'warning'
    remark(reading, severity, at, 'cap-below-gift', message, 'Raise the cap, or give less at once')
  }
}

function checkSpan({ tree }: CapText, reading: Reading): void {
  const hasEach = childOf(tree, 'each') !== undefined
  const hasWithin = childOf(tree, 'within') !== undefined
  if (hasEach !== hasWithin || (!hasEach && isToldToBe('each', tree, reading))) return
  const message = hasEach ? 'The cap says `each` and `within`' : 'The cap does not say over which time'
  const instead = hasEach
    ? 'Keep one of them'
    : 'Add `each: ever`, or a time, for instance `each: calendar-month` or `within: P30D`'
  remark(reading, 'error', [tree], 'cap-span', message, instead)
}

/** A cap that says how often a member can have something; `togetherBy` tells what bounds all members together instead, if anything. */
export function checkTimesCap(
  cap: CapText,
  what: string,
  togetherBy: (times: number) => string,
  reading: Reading,
): void {
  const { tree, most } = cap
  checkSpan(cap, reading)
  if (cap.each === 'order') {
    const message = `${what} belongs to no order`
    remark(reading, 'error', [tree, 'each'], 'cap-span', message, 'Say each: calendar-month, or another period')
  }
  if (most.type !== 'count') {
    const message = `This cap says how often a member can have it, and \`most\` says how much`
    remark(reading, 'error', [tree, 'most'], 'cap-unit', message, 'Write how often, for instance 2 times')
  } else if (most.count === 0) {
    const message = 'A cap of nothing lets nothing through'
    remark(reading, 'error', [tree, 'most'], 'cap-zero', message, 'Take it out, or raise the cap')
  }
  if (cap.whose !== null && cap.whose !== 'member') {
    const message = 'This cap is one of each member'
    const instead = `Leave \`whose\` out${togetherBy(most.type === 'count' ? most.count : 1)}`
    remark(reading, 'error', [tree, 'whose'], 'cap-unit', message, instead)
  }
}

/** Room for what these awards give; `whole` where each amount is given as it stands and not per something. */
export function checkBudget(budget: BudgetText, awards: readonly AwardText[], whole: boolean, reading: Reading): void {
  const { tree, most } = budget
  const at = [tree, 'most'] as const
  const amounts = awards.flatMap((award) => (award.type === 'amount' ? [award] : []))
  const assets = [...new Set(amounts.map((award) => award.asset))]
  const size = most.type === 'amount' ? most.units : most.type === 'money' ? most.minor : most.count
  if (size === 0) {
    remark(reading, 'error', at, 'budget-zero', 'A budget of nothing lets nothing through', 'Raise it, or take it out')
    return
  }
  switch (most.type) {
    case 'amount': {
      const gift = amounts.find((award) => award.asset === most.asset)
      if (gift === undefined) {
        const given =
          assets.length === 0 ? 'nothing of an asset is given here' : `here \`${assets.join(', ')}\` is given`
        const instead =
          assets.length === 0 ? 'Write how often, for instance 1000 times' : `Write it in ${assets[0]}, or in times`
        remark(reading, 'error', at, 'budget-unit', `The budget counts \`${most.asset}\`, and ${given}`, instead)
      } else if (whole && most.units < gift.units) {
        const message = 'The budget is below one gift: it is over before it begins'
        remark(reading, 'error', at, 'budget-below-gift', message, 'Raise it, or give less at once')
      }
      break
    }
    case 'money': {
      const worthless = assets.find((asset) => !hasWorth(asset, reading))
      if (worthless === undefined && assets.length > 0) break
      const message =
        worthless === undefined
          ? 'The budget counts money, and nothing of an asset is given here'
          : `The budget counts money, and what \`${worthless}\` is worth is not said`
      const instead =
        worthless === undefined
          ? 'Write how often, for instance 1000 times'
          : `Write the budget in ${worthless}, or say what they are worth at the asset, for instance ${worthExample(worthless, reading.names)}`
      remark(reading, 'error', at, 'budget-without-worth', message, instead)
      break
    }
    case 'count':
      break
  }
}

export const hasWorth = (asset: string, reading: Reading): boolean => reading.names.assets.get(asset)?.hasWorth ?? true

export function checkHoldout(
  holdout: { readonly share: Fraction | null } | null,
  tree: MapTree,
  reading: Reading,
): void {
  const share = holdout?.share ?? null
  if (share === null || share.numerator < share.denominator) return
  const message = 'All members are held out: nobody gets it'
  remark(reading, 'error', [tree, 'holdout'], 'holdout-everyone', message, 'Hold out a part of them: 20%')
}

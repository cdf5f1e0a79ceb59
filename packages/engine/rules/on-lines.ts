import type { GivingRule, Multiplier } from '../program/program.ts'
import type { Earnable } from './earnable.ts'

/** The weights of the lines for which the condition holds; nothing for the others. */
export function masked(
  condition: NonNullable<GivingRule['lines']>,
  weights: readonly number[],
  earnable: Earnable,
): number[] {
  return weights.map((weight, index) => {
    const line = earnable.lines[index]
    return weight !== 0 && line && condition.test({ ...earnable.scope, line }) ? weight : 0
  })
}

/**
 * On which lines of an order lies what a rule, or a multiplier of it, gave (EARN-3, step 7): by what each line earned, items or
 * eligible money, a multiplier's on the lines that it reaches. What belongs to no line (shipping, an amount for each order) lies
 * on the lines by their eligible money; where none of them earns anything, by their items.
 */
export function weightsOnLines(rule: GivingRule, multiplier: Multiplier | null, earnable: Earnable): readonly number[] {
  const onLines = (weights: readonly number[]): readonly number[] => {
    let left = weights
    for (const condition of [rule.lines, multiplier?.lines ?? null]) {
      if (condition !== null) left = masked(condition, left, earnable)
    }
    return left
  }
  const weighs = (weights: readonly number[]) => weights.some((weight) => weight > 0)
  const earned = onLines(earnedBy(rule, earnable))
  if (weighs(earned)) return earned
  const items = onLines(earnable.items)
  return weighs(items) ? items : earnable.items
}

function earnedBy(rule: GivingRule, earnable: Earnable): readonly number[] {
  switch (rule.per.type) {
    case 'spend':
      return earnable.spendOf(rule).lines
    case 'item':
      return earnable.items
    case 'fact':
    case 'order':
    case 'visit':
    case 'activity':
    case 'occasion':
      return earnable.eligible
  }
}

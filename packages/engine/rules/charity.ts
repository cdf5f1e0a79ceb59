import { type Draft, move } from '../draft.ts'
import type { GivingRule, Program } from '../program/program.ts'

/** The charity that gets what this rule gives, multipliers' shares included; null: the member gets it. */
export function charityOf(program: Program, rule: string): string | null {
  if (program.charities.size === 0) return null
  const listening = [program.onOrder, ...program.onActivity.values(), ...program.onOccasion.values()]
  for (const rules of listening) {
    const giving = rules.find((candidate) => givesAs(candidate, rule))
    if (giving) return giving.charity
  }
  return null
}

/** Whether what goes by this name is what the rule gave, or the share of one of its multipliers. */
export const givesAs = (giving: GivingRule, rule: string): boolean =>
  giving.id === rule || giving.multipliers.some(({ id }) => id === rule)

/** Gives to a charity, or takes back from it below zero: what a cause gets never was the member's. */
export function giveToCharity(draft: Draft, charity: string, rule: string, asset: string, amount: number): void {
  if (amount > 0) move(draft, rule, asset, 'issued', `charity:${charity}`, amount)
  else move(draft, rule, asset, `charity:${charity}`, 'issued', -amount)
}

/** What of this is the member's own. */
export const earnedByMember = <Earned extends { readonly rule: string }>(
  program: Program,
  earned: readonly Earned[],
): readonly Earned[] =>
  program.charities.size === 0 ? earned : earned.filter(({ rule }) => charityOf(program, rule) === null)

import type { Fraction } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import { isMarked } from '../footing/footing.ts'
import type { Scope } from '../program/condition.ts'
import type { AwardingRule, GivingRule, Multiplier } from '../program/program.ts'
import { refusedBy, type Situation } from '../rules/applies.ts'
import { armOf } from './arms.ts'

/** Whether a mechanic does not exist for the member. The first time it is asked the arm is fixed (EXP-1). */
export function isHeldOut(draft: Draft, experiment: string, share: Fraction | null): boolean {
  // Whoever is of the firm tells nothing about what customers do.
  if (isMarked(draft.member)) return false
  const arm = armOf(draft.member, experiment, share)
  if (arm === null) return false
  const isNew = draft.member.arms?.every((known) => known.experiment !== experiment) ?? true
  if (isNew) emit(draft, { type: 'exposed', arm })
  return arm.heldOut
}

type Rule = GivingRule | AwardingRule | Multiplier

const measuredByRules = new WeakMap<readonly Rule[], readonly Rule[]>()

/** Those with a holdout, multipliers among them: most programs have none. */
function measuredOf(rules: readonly (GivingRule | AwardingRule)[]): readonly Rule[] {
  const known = measuredByRules.get(rules)
  if (known !== undefined) return known
  const all = rules.flatMap((rule): Rule[] => ('multipliers' in rule ? [rule, ...rule.multipliers] : [rule]))
  const measured = all.filter(({ holdout }) => holdout !== null)
  measuredByRules.set(rules, measured)
  return measured
}

/** Rules that would apply to an event, and of which the member is held out; absent: none. */
export function heldOutOf(
  draft: Draft,
  rules: readonly (readonly (GivingRule | AwardingRule)[])[],
  scope: Scope,
  situation: Situation,
): { readonly heldOut: readonly string[] } | null {
  const heldOut = rules.flatMap((list) =>
    measuredOf(list).flatMap((rule) => {
      if (refusedBy(rule, { ...situation, heldOut: [] }, scope) !== null) return []
      return isHeldOut(draft, `rule:${rule.id}`, rule.holdout) ? [rule.id] : []
    }),
  )
  return heldOut.length > 0 ? { heldOut } : null
}

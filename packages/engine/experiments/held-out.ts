import type { Fraction } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import { isMarked } from '../footing/footing.ts'
import type { Member } from '../member.ts'
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

/** Whether a rule is not there for the member, who does not meet it by this. */
export const wasHeldOut = (member: Member, { id, holdout }: Pick<GivingRule, 'id' | 'holdout'>): boolean =>
  !isMarked(member) && armOf(member, `rule:${id}`, holdout)?.heldOut === true

type Rule = GivingRule | AwardingRule

const measuredByRules = new WeakMap<readonly Rule[], readonly Rule[]>()

const multipliersOf = (rule: Rule): readonly Multiplier[] => ('multipliers' in rule ? rule.multipliers : [])

/** Those with a holdout of their own or of a multiplier: most programs have none. */
function measuredOf(rules: readonly Rule[]): readonly Rule[] {
  const known = measuredByRules.get(rules)
  if (known !== undefined) return known
  const measured = rules.filter((rule) => [rule, ...multipliersOf(rule)].some(({ holdout }) => holdout !== null))
  measuredByRules.set(rules, measured)
  return measured
}

/** Rules that would apply to an event, and of which the member is held out; absent: none. What was found held out is not met again. */
export function heldOutOf(
  draft: Draft,
  rules: readonly (readonly (GivingRule | AwardingRule)[])[],
  scope: Scope,
  situation: Situation,
): { readonly heldOut: readonly string[] } | null {
  const isMet = (rule: Rule | Multiplier) => refusedBy(rule, situation, scope) === null
  const isOut = ({ id, holdout }: Rule | Multiplier) => isHeldOut(draft, `rule:${id}`, holdout)
  const heldOut = rules.flatMap((list) =>
    measuredOf(list).flatMap((rule): readonly string[] => {
      if (!isMet(rule)) return []
      // Without its rule a multiplier does not apply either.
      return isOut(rule)
        ? [rule.id]
        : multipliersOf(rule).flatMap((each) => (isMet(each) && isOut(each) ? each.id : []))
    }),
  )
  return heldOut.length > 0 ? { heldOut } : null
}

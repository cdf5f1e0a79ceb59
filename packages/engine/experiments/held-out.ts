import type { Fraction } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import { isMarked } from '../footing/footing.ts'
import type { Member } from '../member.ts'
import type { Scope } from '../program/condition.ts'
import type { AwardingRule, GivingRule, Multiplier } from '../program/program.ts'
import { refusedBy, type Situation } from '../rules/applies.ts'
import type { Found } from '../rules/found.ts'
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

/** What an event has met of rules that are tried on some. */
export type MetRules = Pick<Found, 'heldOut' | 'treated'>

/**
 * Rules that would apply to an event: those of which the member is held out, and those of which it is not, as new ones. What was
 * found either way is not met again, whoever the event is of by then and however they are marked (EXP-1). Null: none.
 */
export function meetRules(
  draft: Draft,
  rules: readonly (readonly (GivingRule | AwardingRule)[])[],
  scope: Scope,
  situation: Situation,
): MetRules | null {
  const [heldOut, treated]: [string[], string[]] = [[], []]
  const isMet = (rule: Rule | Multiplier) => refusedBy(rule, situation, scope) === null
  const isOut = ({ id, holdout }: Rule | Multiplier) => {
    if (holdout === null || situation.treated?.includes(id)) return false
    const isGone = isHeldOut(draft, `rule:${id}`, holdout)
    const list = isGone ? heldOut : treated
    list.push(id)
    return isGone
  }
  for (const list of rules) {
    for (const rule of measuredOf(list)) {
      // Without its rule a multiplier does not apply either.
      if (!isMet(rule) || isOut(rule)) continue
      for (const each of multipliersOf(rule)) if (isMet(each)) isOut(each)
    }
  }
  return joinMet(null, { heldOut, treated })
}

/** What was met before with what is new; null: nothing. */
export function joinMet(before: MetRules | null, met: MetRules | null): MetRules | null {
  const both = (of: keyof MetRules) => [...new Set([...(before?.[of] ?? []), ...(met?.[of] ?? [])])]
  const [heldOut, treated] = [both('heldOut'), both('treated')]
  if (heldOut.length + treated.length === 0) return null
  return { ...(heldOut.length > 0 ? { heldOut } : null), ...(treated.length > 0 ? { treated } : null) }
}

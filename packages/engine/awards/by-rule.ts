import type { Draft } from '../draft.ts'
import type { AwardedByRule, Found } from '../member.ts'
import type { AwardingRule, Program } from '../program/program.ts'
import { count } from '../rules/caps.ts'
import { award, gaveNothing, givesNothing, takeBack } from './award.ts'

/** What a rule's awards are given for: an order's key, an event, a year. */
export interface AwardedFor {
  readonly name: string
  /** Room of the caps that were looked at for it. */
  readonly room: Found['room']
}

export function giveByRule(draft: Draft, program: Program, rule: AwardingRule, given: AwardedFor): AwardedByRule {
  const isNothing = givesNothingBy(draft, program, rule, given)
  award(draft, program, rule.awards, nameOf(rule, given))
  if (!isNothing) countCaps(draft, program, rule, given, 1)
  return { given: true, on: draft.effective, rule: rule.id }
}

/** Answers false where they were enjoyed and stay. */
export function takeBackByRule(
  draft: Draft,
  program: Program,
  rule: AwardingRule,
  given: AwardedFor,
  on: number,
): boolean {
  if (!takeBack(draft, program, rule.awards, { ...nameOf(rule, given), on })) return false
  if (!gaveNothing(draft, rule.awards, nameOf(rule, given).id)) countCaps(draft, program, rule, given, -1)
  return true
}

/** All that the rule awards is sold out (EARN-5). */
export const givesNothingBy = (
  draft: Draft,
  program: Program,
  rule: AwardingRule,
  given: Pick<AwardedFor, 'name'>,
): boolean => givesNothing(draft, program, rule.awards, nameOf(rule, given).id)

const nameOf = ({ id }: AwardingRule, { name }: Pick<AwardedFor, 'name'>) => ({ rule: id, id: `rule/${id}/${name}` })

/** Which rule an award is of, also by what it gives beside its first item; null: of none. */
export function ruleOfAward(award: string): string | null {
  const [kind, rule] = award.split('/')
  return kind === 'rule' && rule !== undefined ? rule : null
}

/** One time more or less of each of the rule's caps, in the period in which it was looked at (EARN-4). */
function countCaps(draft: Draft, program: Program, rule: AwardingRule, { room }: AwardedFor, change: 1 | -1): void {
  for (const position of rule.caps) {
    const cap = program.caps[position]
    const found = room.find((looked) => looked.cap === cap?.id)
    if (found) count(draft, program, found, change)
  }
}

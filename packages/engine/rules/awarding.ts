import type { AwardingRule } from '../program/program.ts'
import type { Trace } from '../trace.ts'
import { refusedBy, type Situation } from './applies.ts'
import { candidatesOf, presentIn } from './candidates.ts'
import type { CapRoom } from './caps.ts'
import type { Earnable } from './earnable.ts'
import { winnersOf } from './multiply.ts'

/**
 * Rules whose awards an event is due: their conditions hold, their group takes them, their caps have room for one more. Of what is
 * sold out no cap is asked for room.
 */
export function awardingRules(
  rules: readonly AwardingRule[],
  earnable: Earnable,
  situation: Situation,
  room: CapRoom,
  trace: Trace | null,
  isSoldOut: (rule: AwardingRule) => boolean,
): readonly AwardingRule[] {
  if (rules.length === 0) return rules
  const asked = trace === null ? candidatesOf(rules, presentIn(situation, earnable)) : rules
  const holding = asked.filter((rule) => holds(rule, earnable, situation, trace))
  // Awards cannot be compared: the best of a group is its first.
  const chosen = winnersOf(
    holding,
    (rule) => rule,
    () => false,
    () => null,
    trace,
  )
  return chosen.filter((rule) => takesRoom(rule, room, trace, isSoldOut))
}

function holds(rule: AwardingRule, earnable: Earnable, situation: Situation, trace: Trace | null): boolean {
  const refused =
    refusedBy(rule, situation, earnable.scope) ??
    (hasLine(rule, earnable) ? null : { outcome: 'no-line' as const, because: rule.lines?.text ?? null })
  if (refused) trace?.push({ rule: rule.id, ...refused, asset: null, amount: 0, exact: null, perLine: null })
  return refused === null
}

/** A line that it is about, with an item left. */
function hasLine({ lines }: AwardingRule, { scope, lines: sold, items }: Earnable): boolean {
  return lines === null || sold.some((line, index) => (items[index] ?? 0) > 0 && lines.test({ ...scope, line }))
}

function takesRoom(
  rule: AwardingRule,
  room: CapRoom,
  trace: Trace | null,
  isSoldOut: (rule: AwardingRule) => boolean,
): boolean {
  const caps = rule.caps.map((position) => room.capAt(position))
  const hasNoRoom = caps.filter((cap) => room.leftOf(cap) < 1)
  const isNothing = hasNoRoom.every((cap) => room.isUnasked(cap)) && isSoldOut(rule)
  const full = isNothing ? undefined : hasNoRoom[0]
  const outcome = full ? 'cap-refused' : 'gave'
  trace?.push({ rule: rule.id, outcome, because: full?.id ?? null, asset: null, amount: 0, exact: null, perLine: null })
  if (full) return false
  if (!isNothing) for (const cap of caps) room.take(cap, 0)
  return true
}

import { giveByRule, givesNothingBy, takeBackByRule } from '../awards/by-rule.ts'
import type { Draft } from '../draft.ts'
import type { OrderContent } from '../event.ts'
import type { AwardedByRule, OrderRecord } from '../member.ts'
import type { AwardingRule, Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { awardingRules } from '../rules/awarding.ts'
import { CapRoom } from '../rules/caps.ts'
import { orderEarnable } from './earnable.ts'
import type { OrderMoney } from './money.ts'
import { situationOf } from './situation.ts'
import { nothingLeft, traceBound } from './trace-again.ts'

/**
 * What an order that stands differently now is due beside points, by what it found (REF-1): what it is due no longer is taken
 * back, unless it was enjoyed (REF-5); what was taken back comes again where a refund is undone. Only an edit brings more, as long as anything is earned.
 */
export function restateAwards(
  draft: Draft,
  record: OrderRecord,
  content: OrderContent,
  money: OrderMoney,
  mayGrow: boolean,
): readonly AwardedByRule[] {
  const { version, awarded = [], key, found } = record
  if (version === null) return awarded
  const program = programOf(draft.timeline, version)
  const rules = program.awardsOn.order
  if (rules.length === 0) return awarded
  const due = new Set(dueAwards(draft, program, record, content, money))
  const own = { name: key, room: found.room }
  return rules.flatMap((rule): AwardedByRule[] => {
    const known = awarded.find((before) => before.rule === rule.id)
    const stays = known ? [known] : []
    if (due.has(rule)) {
      const comes = known ? !known.given : mayGrow
      if (!known && !comes && draft.trace !== null) traceBound(draft.trace, rule.id, 0)
      return comes ? [giveByRule(draft, program, rule, own)] : stays
    }
    const goes = known?.given && takeBackByRule(draft, program, rule, own, known.on)
    return known && goes ? [{ ...known, given: false }] : stays
  })
}

function dueAwards(
  draft: Draft,
  program: Program,
  record: OrderRecord,
  content: OrderContent,
  money: OrderMoney,
): readonly AwardingRule[] {
  if (money.full) {
    for (const rule of program.awardsOn.order) draft.trace?.push(nothingLeft(rule.id, null))
    return []
  }
  const { found, local, placeLocal } = record
  const earnable = orderEarnable(program, content, money, found, local)
  const room = CapRoom.asFound(program, found.room)
  const situation = situationOf(program, content, placeLocal, found)
  return awardingRules(program.awardsOn.order, earnable, situation, room, draft.trace, (rule) =>
    givesNothingBy(draft, program, rule, { name: record.key }),
  )
}

import { giveByRule, givesNothingBy } from '../awards/by-rule.ts'
import { meetChallenges } from '../challenges/count.ts'
import { type Draft, emit } from '../draft.ts'
import type { Activity } from '../event.ts'
import { meetRules } from '../experiments/held-out.ts'
import { countForGoals } from '../goals/count.ts'
import { receiptsFound } from '../offers/terms.ts'
import { moveActivity } from '../points/idle.ts'
import { programOf } from '../program/timeline.ts'
import { partnerAt } from '../rules/applies.ts'
import { awardingRules } from '../rules/awarding.ts'
import { CapRoom } from '../rules/caps.ts'
import { earnedByMember } from '../rules/charity.ts'
import { earn } from '../rules/earn.ts'
import type { Earnable } from '../rules/earnable.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import { postEarning } from '../rules/post-earning.ts'
import { qualifyActivity } from '../tiers/qualify.ts'
import { dayOf } from '../time/local.ts'

/** An activity earns by the same steps as an order; nothing refers back to it, so it leaves no record. */
export function judgeActivity(draft: Draft, event: Activity): void {
  if (event.stamp.version === null) {
    emit(draft, { type: 'not-in-force' })
    return
  }
  const program = programOf(draft.timeline, event.stamp.version)
  moveActivity(draft, program, `activity.${event.name}`)
  const room = CapRoom.of(program, draft, event.stamp.local, event.place)
  const found = foundBy(program, draft.member, room, event.stamp.local)
  const earnable: Earnable = {
    scope: {
      order: null,
      line: null,
      activity: event.facts,
      member: memberFactsOf(found, event.stamp.local),
    },
    lines: [],
    items: [],
    eligible: [],
    spendOf: () => ({ lines: [], extra: 0 }),
  }
  const { place, channel } = event
  const where = { place, channel, ...partnerAt(program, place), placeLocal: event.stamp.placeLocal }
  const rules = program.onActivity.get(event.name) ?? []
  const awarding = program.awardsOn.activity.get(event.name) ?? []
  const plain = { ...found, ...where }
  const situation = { ...plain, ...meetRules(draft, [rules, awarding], earnable.scope, plain) }
  const earning = earn(program, { rules, earnable, situation, room, trace: draft.trace })
  if (found.away !== null) emit(draft, { because: found.away, type: 'not-earning' })
  const due = awardingRules(awarding, earnable, situation, room, draft.trace, (rule) =>
    givesNothingBy(draft, program, rule, { name: draft.cause }),
  )
  postEarning(draft, program, earning, { rules, room, order: null, day: dayOf(event.stamp.local), place })
  for (const rule of due) giveByRule(draft, program, rule, { name: draft.cause, room: room.found })
  if (found.away !== null) return
  const earned = earnedByMember(program, earning.earned).map(({ asset, amount }) => ({ asset, amount }))
  const { local } = event.stamp
  const { scope } = earnable
  const counted = {
    type: 'activity',
    happening: draft.cause,
    name: event.name,
    scope,
    situation,
    local,
    earned,
    receipts: receiptsFound(draft.timeline, draft.member, local)?.receipts ?? [],
  } as const
  countForGoals(draft, program, null, meetChallenges(draft, program, counted).is)
  qualifyActivity(draft, program, { earned, spend: 0, orders: 0, visits: 1, activity: event.name })
}

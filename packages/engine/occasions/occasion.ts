import { giveByRule, givesNothingBy } from '../awards/by-rule.ts'
import { type Draft, emit } from '../draft.ts'
import type { MemberJoined } from '../event.ts'
import { meetRules } from '../experiments/held-out.ts'
import { join } from '../leaving.ts'
import type { Occasion, Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { awardingRules } from '../rules/awarding.ts'
import { CapRoom } from '../rules/caps.ts'
import { earnedByMember } from '../rules/charity.ts'
import { earn } from '../rules/earn.ts'
import type { Earnable } from '../rules/earnable.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import { postEarning } from '../rules/post-earning.ts'
import type { Stamp } from '../stamp.ts'
import { qualifyActivity } from '../tiers/qualify.ts'
import { civilFromDay, dayOf, type LocalDay, type LocalTime } from '../time/local.ts'
import type { MemberOccasion } from './events.ts'

/** A birthday that is moved must not come twice (EARN-7). */
const APART_DAYS = 300

/** Kept at most once in a calendar year, and not again within 300 days (EARN-7). */
export function keepYearly(draft: Draft, event: MemberOccasion): void {
  const program = programIn(draft, event.stamp)
  if (!program) return
  const today = dayOf(event.stamp.local)
  const last = lastOf(draft, event.type)
  if (last !== null && (yearOf(today) === yearOf(last) || today - last < APART_DAYS)) {
    emit(draft, { type: 'too-soon', occasion: event.type, last })
    return
  }
  keep(draft, program, event.type, String(yearOf(today)), event.stamp)
}

/** What joining brings comes once: whoever comes back has had it. */
export function joinAndKeep(draft: Draft, event: MemberJoined): void {
  const isReturn = draft.member.left !== null
  join(draft, event)
  const program = isReturn || lastOf(draft, event.type) !== null ? null : programIn(draft, event.stamp)
  if (program) keep(draft, program, event.type, 'once', event.stamp)
}

const lastOf = ({ member }: Draft, occasion: Occasion): LocalDay | null =>
  member.occasions?.find((kept) => kept.occasion === occasion)?.on ?? null

const yearOf = (day: LocalDay): number => civilFromDay(day).year

function programIn(draft: Draft, { version }: Stamp): Program | null {
  if (version !== null) return programOf(draft.timeline, version)
  emit(draft, { type: 'not-in-force' })
  return null
}

/** An occasion that comes as often as it comes: `name` tells one from the other. */
export function keepEach(draft: Draft, occasion: Occasion, name: string, stamp: Stamp): void {
  const program = programIn(draft, stamp)
  if (program) keep(draft, program, occasion, name, stamp)
}

/** Its rules give and award by the steps of an activity. A program that listens to no such occasion leaves no trace of it. */
function keep(draft: Draft, program: Program, occasion: Occasion, name: string, stamp: Stamp): void {
  const giving = program.onOccasion.get(occasion) ?? []
  const awarding = program.awardsOn.occasion.get(occasion) ?? []
  if (giving.length === 0 && awarding.length === 0) return
  const today = dayOf(stamp.local)
  emit(draft, { type: 'occasion', occasion, on: today })
  const room = CapRoom.of(program, draft, stamp.local, null)
  const found = foundBy(program, draft.member, room, stamp.local)
  if (found.away !== null) emit(draft, { because: found.away, type: 'not-earning' })
  const earnable = earnableOf(found, stamp.local)
  const plain = { ...found, place: null, channel: null, placeLocal: stamp.placeLocal }
  const situation = { ...plain, ...meetRules(draft, [giving, awarding], earnable.scope, plain) }
  const earning = earn(program, { rules: giving, earnable, situation, room, trace: draft.trace })
  const due = awardingRules(awarding, earnable, situation, room, draft.trace, (rule) =>
    givesNothingBy(draft, program, rule, { name }),
  )
  postEarning(draft, program, earning, { rules: giving, room, order: null, day: today, place: null })
  for (const rule of due) giveByRule(draft, program, rule, { name, room: room.found })
  if (found.away !== null) return
  const earned = earnedByMember(program, earning.earned).map(({ asset, amount }) => ({ asset, amount }))
  qualifyActivity(draft, program, { earned, spend: 0, orders: 0, visits: 0, activity: null })
}

const earnableOf = (found: ReturnType<typeof foundBy>, local: LocalTime): Earnable => ({
  scope: {
    order: null,
    line: null,
    activity: null,
    member: memberFactsOf(found, local),
  },
  lines: [],
  items: [],
  eligible: [],
  spendOf: () => ({ lines: [], extra: 0 }),
})

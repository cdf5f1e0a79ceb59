import { barToEarning } from '../footing/bars.ts'
import type { Found, Member, Past } from '../member.ts'
import { runningPlans } from '../plans/held.ts'
import type { MemberFacts } from '../program/condition.ts'
import type { Program, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import type { CapRoom } from './caps.ts'

/** What an event finds of the member before it acts: whom rules are for, and what room caps leave (EARN-6, REF-1). */
export function foundBy(
  program: Program,
  member: Member,
  room: CapRoom,
  local: LocalTime,
  rising?: Found['rising'],
): Found {
  const { tags } = member
  const tiers = tiersOf(program, member.ladders)
  // Keys in code-unit order, as in all that hot effects hold.
  return {
    away: barToEarning(program, member, local),
    ...(member.badges ? { badges: badgesOf(member.badges) } : null),
    ...(member.plans ? { memberships: runningPlans(member) } : null),
    ...(program.asksPast ? { past: pastOf(member) } : null),
    ...(rising ? { rising } : null),
    room: room.found,
    segments: segmentsAt(program, member, local),
    tags,
    tiers,
  }
}

/** The groups a member is in: as events tell them, and where a segment has a condition, as that holds at `local` (EARN-1). */
export function segmentsAt(program: Program, member: Member, local: LocalTime): readonly string[] {
  if (program.segments.size === 0) return member.segments
  const kept = [...program.segments.values()].filter(({ when }) => when !== null)
  if (kept.length === 0) return member.segments
  const told = member.segments.filter((id) => !kept.some((segment) => segment.id === id))
  const held = {
    ...{ segments: told, tags: member.tags, tiers: tiersOf(program, member.ladders), badges: badgesOf(member.badges) },
    ...{ memberships: runningPlans(member), past: pastOf(member) },
  }
  const scope = { order: null, line: null, activity: null, member: memberFactsOf(held, local) }
  return [...told, ...kept.filter(({ when }) => when?.test(scope)).map(({ id }) => id)]
}

/** As `segmentsAt`, by the version that is in force. */
export const segmentsOf = (timeline: Timeline, member: Member, now: LocalTime): readonly string[] =>
  segmentsAt(programAt(timeline, now), member, now)

export const pastOf = ({ joinedOn, history }: Member): Past => ({ history: history ?? null, joinedOn })

type Having = 'segments' | 'tags' | 'tiers' | 'badges' | 'memberships' | 'past'

/** The member as conditions see it at `local`. */
export function memberFactsOf(
  { segments, tags, tiers, badges, memberships, past }: Pick<Found, Having>,
  local: LocalTime,
): MemberFacts {
  const history = past?.history ?? null
  const joinedOn = past?.joinedOn ?? null
  return {
    segments,
    tags,
    tiers: tiers.map((tier) => tier.level),
    badges: badges ?? [],
    memberships: memberships ?? [],
    orders: history?.orders ?? 0,
    spend: history?.spend ?? 0,
    daysSinceOrder: history === null ? null : dayOf(local) - history.lastOn,
    daysSinceJoined: joinedOn === null ? null : dayOf(local) - joinedOn,
  }
}

/** Levels held now, one per ladder; the lowest where nothing has happened yet. */
export function tiersOf(
  program: Program,
  held: readonly { readonly ladder: string; readonly level: string }[],
): Found['tiers'] {
  return program.ladders.map((ladder) => {
    const state = held.find((entry) => entry.ladder === ladder.id)
    return { ladder: ladder.id, level: state?.level ?? ladder.levels[0]?.id ?? '' }
  })
}

/** Badges by their ids, whichever period they were had for. */
export const badgesOf = (held: readonly { readonly badge: string }[] = []): readonly string[] => [
  ...new Set(held.map(({ badge }) => badge)),
]

import { awayOf, type Found, type Member } from '../member.ts'
import type { Program } from '../program/program.ts'
import type { Room } from './caps.ts'

/** What an event finds of the member before it acts: whom rules are for, and what room caps leave (EARN-6, REF-1). */
export function foundBy(program: Program, member: Member, room: Room): Found {
  const { segments, tags } = member
  // Keys in code-unit order, as in all that hot effects hold.
  const found = { away: awayOf(member), room: room.found, segments, tags, tiers: tiersOf(program, member.ladders) }
  return member.badges ? { ...found, badges: badgesOf(member.badges) } : found
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

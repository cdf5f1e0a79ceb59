import type { OrderContent } from '../event.ts'
import type { Found } from '../member.ts'
import type { Program } from '../program/program.ts'
import { partnerAt, type Situation } from '../rules/applies.ts'
import type { LocalTime } from '../time/local.ts'

/** An order's own labels count as the member's while it is judged. */
export function situationOf(program: Program, content: OrderContent, placeLocal: LocalTime, found: Found): Situation {
  const tags = content.tags.length === 0 ? found.tags : [...found.tags, ...content.tags]
  const { away, tiers, segments, badges = [], memberships = [], heldOut = [], treated = [] } = found
  return {
    away,
    tiers,
    segments,
    tags,
    badges,
    memberships,
    heldOut,
    treated,
    place: content.place,
    channel: content.channel,
    placeLocal,
    ...partnerAt(program, content.place),
  }
}

import { type Draft, emit, programOf } from '../draft.ts'
import { awayOf, type Member } from '../member.ts'
import type { Draw, Program } from '../program/program.ts'
import { isFor } from '../rules/applies.ts'
import { badgesOf, tiersOf } from '../rules/found.ts'
import { award } from './award.ts'
import type { AwardWon } from './events.ts'

/** A winner who has left meanwhile, or whose draw the program of now does not know, gets nothing, and is told so. */
export function giveWon(draft: Draft, { draw: id, stamp }: AwardWon): void {
  const away = awayOf(draft.member)
  if (away !== null) emit(draft, { because: away, type: 'not-earning' })
  if (stamp.version === null || away !== null) return
  const program = programOf(draft.timeline, stamp.version)
  const draw = program.draws.get(id)
  if (draw) award(draft, program, draw.awards, { rule: `draw:${id}`, id: `draw/${id}` })
}

/** Whether a member's tickets count in a draw. */
export function mayWin(program: Program, { audience }: Draw, member: Member): boolean {
  if (awayOf(member) !== null) return false
  const { segments, tags, ladders, badges } = member
  const nowhere = { place: null, channel: null, placeLocal: 0 }
  const has = { segments, tags, badges: badgesOf(badges), tiers: tiersOf(program, ladders) }
  return isFor(audience, { away: null, ...nowhere, ...has })
}

import { type Draft, emit } from '../draft.ts'
import { isMarked } from '../footing/footing.ts'
import { awayOf, type Member } from '../member.ts'
import { runningPlans } from '../plans/held.ts'
import type { Draw, Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { isFor } from '../rules/applies.ts'
import { badgesOf, segmentsAt, tiersOf } from '../rules/found-by.ts'
import { dayText } from '../time/local.ts'
import { award } from './award.ts'
import type { AwardWon } from './events.ts'

/** A winner who has left meanwhile, or whose draw or leaderboard the program of now does not know, gets nothing. */
export function giveWon(draft: Draft, { won, stamp }: AwardWon): void {
  const away = awayOf(draft.member)
  if (away !== null) emit(draft, { because: away, type: 'not-earning' })
  if (stamp.version === null || away !== null) return
  const program = programOf(draft.timeline, stamp.version)
  if ('draw' in won) {
    const { draw, round = 1, terms = stamp.version } = won
    const agreed = programOf(draft.timeline, terms)
    draft.version = terms
    const id = round === 1 ? `draw/${draw}` : `draw/${draw}/round-${round}`
    award(draft, agreed, agreed.draws.get(draw)?.awards ?? [], { rule: `draw:${draw}`, id })
    draft.version = stamp.version
    return
  }
  const { leaderboard, window, rank } = won
  const ranks = program.leaderboards.get(leaderboard)?.ranks ?? []
  const awards = ranks.find(({ first, last }) => first <= rank && rank <= last)?.awards ?? []
  const id = `leaderboard/${leaderboard}/${dayText(window)}`
  award(draft, program, awards, { rule: `leaderboard:${leaderboard}`, id })
}

/** Whether a member's tickets count in a draw when it closes. */
export function mayWin(program: Program, { audience, closes }: Draw, member: Member): boolean {
  if (awayOf(member) !== null || isMarked(member)) return false
  const { tags, ladders, badges } = member
  const segments = segmentsAt(program, member, closes)
  const nowhere = { place: null, channel: null, placeLocal: 0 }
  const has = { segments, tags, badges: badgesOf(badges), memberships: runningPlans(member) }
  return isFor(audience, { away: null, ...nowhere, ...has, tiers: tiersOf(program, ladders) })
}

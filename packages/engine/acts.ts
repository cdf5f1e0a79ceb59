import { granted, no, refusalOf, refuse } from './answer.ts'
import { isClosed } from './closing/closing.ts'
import { type Draft, emit, move } from './draft.ts'
import type { MemberChanged, PointsAdjusted, RequestAnswer, TierOverridden } from './event.ts'
import { footingOf, toldFooting } from './footing/footing.ts'
import { assetOf } from './points/asset-state.ts'
import { burn, credit, endOf, lastPriority } from './points/lots.ts'
import { programAt, programOf } from './program/timeline.ts'
import { judgeLadder } from './tiers/judge.ts'
import { dayOf, startOf } from './time/local.ts'

/** Staff gives or takes points, with a reason. Taking never goes below what is there when it is judged. */
export function adjust(draft: Draft, event: PointsAdjusted): RequestAnswer {
  const { asset } = event
  const wished = Math.abs(event.amount)
  if (event.amount > 0) {
    const answer = event.answer ?? judgeGiving(draft, asset, wished)
    if (!answer.granted) return refuse(draft, answer.refusal)
    const program =
      event.stamp.version === null
        ? programAt(draft.timeline, event.stamp.local)
        : programOf(draft.timeline, event.stamp.version)
    move(draft, 'adjust', asset, 'adjusted', 'active', wished)
    credit(draft, asset, wished, lastPriority(draft, asset), endOf(draft, program, asset, '', dayOf(event.stamp.local)))
    return answer
  }
  const answer = event.answer ?? judgeTaking(draft, asset, wished)
  if (!answer.granted) return refuse(draft, answer.refusal)
  burn(draft, 'adjust', asset, 'adjusted', answer.amount)
  return answer
}

/** Staff may give to whoever is frozen, not to whom nothing can belong. */
function judgeGiving(draft: Draft, asset: string, amount: number): RequestAnswer {
  const bar = barToKeeping(draft)
  return bar === null ? granted(asset, amount) : no(bar)
}

export const barToKeeping = ({ member, timeline, effective }: Draft): 'left' | 'closed' | null =>
  member.left !== null ? 'left' : isClosed(programAt(timeline, effective), effective) ? 'closed' : null

function judgeTaking(draft: Draft, asset: string, amount: number): RequestAnswer {
  const active = assetOf(draft.member, asset).active
  if (amount <= active) return granted(asset, amount)
  return no('short', amount - active)
}

/** TIER-1: a recorded override, with its end. By its own moment alone it is refused: no answer has to be kept with it (EVT-2). */
export function overrideTier(draft: Draft, event: TierOverridden): void {
  const program = programAt(draft.timeline, event.stamp.local)
  const ladder = program.ladders.find((candidate) => candidate.id === event.ladder)
  if (!ladder) return
  const until = event.endsOn === null ? null : startOf(event.endsOn)
  if (event.level !== null && until !== null && until <= draft.effective) {
    refuse(draft, refusalOf('already-over'))
    return
  }
  const override = event.level === null ? null : { level: event.level, until }
  judgeLadder(draft, program, ladder, 'override', { override })
}

export function changeProfile(draft: Draft, event: MemberChanged): void {
  const { joinedOn, segments, tags } = draft.member
  emit(draft, { type: 'profile', joinedOn, segments: event.segments ?? segments, tags: event.tags ?? tags })
  const { mark = null, ageAtLeast = null, terms = null } = event
  if (mark === null && ageAtLeast === null && terms === null) return
  emit(draft, { footing: toldFooting(footingOf(draft.member), { mark, ageAtLeast, terms }), type: 'footing' })
}

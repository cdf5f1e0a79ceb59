import type { BadgesAnswer, ProgressAnswer } from '@laurel/contract'
import { cardProgressOf, challengeProgressOf, dayText, localText, offerProgressOf } from '@laurel/engine'
import { closingAnswerOf } from './describe-footing.ts'
import type { GatheredMember } from './gather-member.ts'

/** How far a member is, in the words of the interface. */
export function progressAnswerOf(gathered: GatheredMember): Omit<ProgressAnswer, 'member'> {
  const { timeline, member, stamp, zone } = gathered
  return {
    zone,
    closing: closingAnswerOf(gathered),
    cards: cardProgressOf(timeline, member, stamp.local),
    challenges: challengeProgressOf(timeline, member, stamp.local).map(({ from, until, milestones, ...rest }) => ({
      ...rest,
      from: localText(from),
      until: until === null ? null : localText(until),
      milestones: [...milestones],
    })),
    offers: offerProgressOf(timeline, member, stamp.local).map(({ since, until, seen, ...rest }) => ({
      ...rest,
      since: localText(since),
      until: until === null ? null : localText(until),
      seen: seen === null ? null : localText(seen),
    })),
  }
}

export const badgesAnswerOf = ({ member, zone }: GatheredMember): Omit<BadgesAnswer, 'member'> => ({
  zone,
  badges: (member.badges ?? []).map(({ badge, since, period }) => ({
    badge,
    since: localText(since),
    period: period === 0 ? null : dayText(period),
  })),
})

import { cardStateOf } from '../cards/filled.ts'
import { type ChallengeState, challengeStateOf, windowOf } from '../challenges/challenge-state.ts'
import { type Draft, emit } from '../draft.ts'
import { withTally } from '../goals/tally.ts'
import { voucherOf } from '../vouchers/voucher.ts'
import type { Brought } from './brought.ts'

/** What was given once is not given again, and what both were given is there once or summed (MRG-1). */
export function bringAwards(draft: Draft, brought: Brought, from: string): void {
  const { member } = draft
  const { badges = [], entered = [], cards = [], plans = [], benefitUses = [], friends = [] } = brought
  for (const badge of badges) {
    const known = member.badges?.some((held) => held.badge === badge.badge && held.period === badge.period)
    if (!known) emit(draft, { type: 'badge', badge, held: true })
  }
  for (const level of entered) {
    const known = member.entered?.some((other) => other.ladder === level.ladder && other.level === level.level)
    if (!known) emit(draft, { type: 'entered', level, given: true })
  }
  for (const { card, settled, filled } of cards) {
    const own = cardStateOf(member, card)
    // Their vouchers are brought under other names, so no refund opens these cards again.
    if (own.settled + own.filled.length === 0) {
      emit(draft, { type: 'card', card: { card, settled: settled + filled.length, filled: [] } })
    }
  }
  for (const held of plans) {
    const own = member.plans?.find(({ plan }) => plan === held.plan)
    if (own === undefined || (own.ended !== null && held.ended === null)) {
      emit(draft, { type: 'plan', plan: held.plan, held: { ...held, fees: held.fees + (own?.fees ?? 0) } })
    }
  }
  for (const uses of benefitUses) emit(draft, { type: 'benefit-used', ...uses })
  for (const friend of friends) {
    const known = member.friends?.some((other) => other.friend === friend.friend)
    if (!known) emit(draft, { type: 'friend', friend, known: true })
  }
  for (const voucher of [...(brought.vouchers ?? []), ...Object.values(brought.closed ?? {})]) {
    // Ids of awards are unique in a member only.
    const id = voucherOf(member, voucher.id) === undefined ? voucher.id : `${voucher.id}@${from}`
    emit(draft, { type: 'voucher', voucher: { ...voucher, id } })
  }
}

export function bringChallenges(draft: Draft, { challenges = [] }: Brought): void {
  for (const brought of challenges) {
    const state = merged(challengeStateOf(draft.member, brought.challenge), brought)
    emit(draft, { type: 'challenge', window: state.windows.at(-1)?.from ?? 0, state })
  }
}

/** Progress adds up window by window; what either has reached is not awarded again. */
function merged(own: ChallengeState, brought: ChallengeState): ChallengeState {
  const starts = [...new Set([...own.windows, ...brought.windows].map(({ from }) => from))].sort((a, b) => a - b)
  const windows = starts.map((from) => {
    const [ours, theirs] = [windowOf(own, from), windowOf(brought, from)]
    const more = theirs.reached.filter(({ what }) => !ours.reached.some((known) => known.what === what))
    return { from, tally: withTally(ours.tally, theirs.tally), reached: [...ours.reached, ...more] }
  })
  const met = [...new Set([...own.streak.met, ...brought.streak.met])].sort((a, b) => a - b)
  const given = [...own.streak.given, ...brought.streak.given]
  return { challenge: own.challenge, windows, settled: own.settled + brought.settled, streak: { met, given } }
}

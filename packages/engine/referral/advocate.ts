import { award, gaveNothing, givesNothing, takeBack } from '../awards/award.ts'
import { meetChallenges } from '../challenges/count.ts'
import { type Draft, emit } from '../draft.ts'
import type { CountableReferral } from '../goals/contribution.ts'
import { countForGoals } from '../goals/count.ts'
import { awayOf } from '../member.ts'
import { receiptsFound } from '../offers/terms.ts'
import type { Referral } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { CapRoom, countCap, periodStart, roomLeft } from '../rules/caps.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import { disqualifyReferral, qualifyReferred } from '../tiers/qualify.ts'
import { addToDay, dayOf, type LocalTime } from '../time/local.ts'
import type { ReferralTold } from './events.ts'
import type { SentFriend } from './referral-state.ts'

/**
 * The advocate's side (RFL-1): paid when a friend has qualified, as often as the cap allows, and reversed with the friend. Who
 * hears an older word after a newer one does nothing.
 */
export function hearOfFriend(draft: Draft, event: ReferralTold): void {
  const { from: friend, round, stamp } = event
  if (stamp.version === null) return
  const known = draft.member.friends?.find((other) => other.friend === friend)
  if (known && known.round >= round) return
  forgetOldFriends(draft)
  switch (event.type) {
    case 'referral.qualified':
      if (!known || known.outcome === 'reversed') thank(draft, event, stamp.version, known?.given ?? null)
      return
    case 'referral.reversed':
      reverse(draft, event, stamp.version, known)
      return
  }
}

/** `had`: since when the advocate has kept what an earlier word brought. */
function thank(
  draft: Draft,
  { from: friend, round, terms }: ReferralTold,
  version: number,
  had: LocalTime | null,
): void {
  const program = programOf(draft.timeline, version)
  const found = {
    ...foundBy(program, draft.member, CapRoom.of(program, draft, draft.effective, null), draft.effective),
    ...receiptsFound(draft.timeline, draft.member, draft.effective),
  }
  const outcome = outcomeOf(draft, terms, had)
  const isDue = outcome === 'paid' && had === null
  const given = isDue ? draft.effective : had
  const unmet: SentFriend = { friend, round, on: draft.effective, terms, version, outcome, given, found }
  const counted = outcome === 'away' ? null : meetChallenges(draft, program, countableOf(unmet))
  const sent = counted?.met ? { ...unmet, found: { ...found, ...counted.met } } : unmet
  emit(draft, { friend: sent, known: true, type: 'friend' })
  if (counted === null) return
  const agreed = programOf(draft.timeline, terms)
  if (isDue) {
    draft.version = terms
    const awards = agreed.referral?.advocate ?? []
    const isNothing = givesNothing(draft, agreed, awards, nameOf(friend).id)
    award(draft, agreed, awards, nameOf(friend))
    if (!isNothing) countTimes(draft, agreed.referral, draft.effective, 1)
    draft.version = version
  }
  countForGoals(draft, program, null, counted.is)
  qualifyReferred(draft, program)
}

function outcomeOf(draft: Draft, terms: number, had: LocalTime | null): 'paid' | 'capped' | 'away' {
  const away = awayOf(draft.member)
  if (away !== null) {
    emit(draft, { because: away, type: 'not-earning' })
    return 'away'
  }
  const cap = programOf(draft.timeline, terms).referral?.cap ?? null
  // Who kept it has its room, too.
  if (had !== null || cap === null || roomLeft(cap, draft.member, draft.effective) > 0) return 'paid'
  emit(draft, { cap: cap.id, rule: 'referral', trimmed: 1, type: 'capped' })
  return 'capped'
}

/** An award that was enjoyed stays, with the room that it took (REF-5); the friend counts no more either way. */
function reverse(
  draft: Draft,
  { from: friend, round, terms }: ReferralTold,
  version: number,
  known: SentFriend | undefined,
): void {
  const program = programOf(draft.timeline, version)
  const nothing = () =>
    foundBy(program, draft.member, CapRoom.of(program, draft, draft.effective, null), draft.effective)
  const before = known ?? {
    friend,
    on: draft.effective,
    terms,
    version,
    outcome: 'reversed',
    given: null,
    found: nothing(),
  }
  const reversed = { ...before, round, outcome: 'reversed' } as const
  emit(draft, { friend: reversed, known: true, type: 'friend' })
  if (!known || known.outcome === 'away' || known.outcome === 'reversed') return
  const agreed = programOf(draft.timeline, known.terms)
  const { given: on } = known
  if (on !== null) {
    draft.version = known.terms
    const awards = agreed.referral?.advocate ?? []
    if (takeBack(draft, agreed, awards, { ...nameOf(friend), on })) {
      if (!gaveNothing(draft, awards, nameOf(friend).id)) countTimes(draft, agreed.referral, on, -1)
      emit(draft, { friend: { ...reversed, given: null }, known: true, type: 'friend' })
    }
    draft.version = version
  }
  const counted = programOf(draft.timeline, known.version)
  countForGoals(draft, counted, countableOf(known), null)
  disqualifyReferral(draft, counted, known.on)
}

const nameOf = (friend: string) => ({ rule: 'referral', id: `referral/${friend}` })

function countTimes(draft: Draft, referral: Referral | null, on: LocalTime, change: 1 | -1): void {
  if (referral?.cap) countCap(draft, referral.cap, periodStart(referral.cap, on), change)
}

const countableOf = ({ friend, on, found }: SentFriend): CountableReferral => ({
  type: 'referral',
  happening: friend,
  scope: { order: null, line: null, activity: null, member: memberFactsOf(found, on) },
  situation: { ...found, place: null, channel: null, placeLocal: on },
  local: on,
  earned: [],
  receipts: found.receipts ?? [],
})

/** No refund reaches what made them qualify any more (REF-7): what was paid for them stays. */
function forgetOldFriends(draft: Draft): void {
  for (const friend of draft.member.friends ?? []) {
    const { accept } = programOf(draft.timeline, friend.terms).refunds
    if (addToDay(dayOf(friend.on), accept) < dayOf(draft.effective)) {
      emit(draft, { friend, known: false, type: 'friend' })
    }
  }
}

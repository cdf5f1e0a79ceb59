import type { Tally } from '../goals/tally.ts'
import { isSame } from '../is-same.ts'
import { listDifference, type MemberPart } from '../member-part.ts'
import type { Found } from '../rules/found.ts'
import type { LocalTime } from '../time/local.ts'
import type { Signal } from './events.ts'

/** What a member's state holds of referrals; each part is absent while there is nothing in it. */
export interface ReferralState {
  /** Who sent this member, and how far it has come. */
  referral?: HeldReferral
  /** Whom this member sent and whose referral qualified, for as long as that may be reversed; by id. */
  friends?: readonly SentFriend[]
}

/** Of the friend. */
export interface HeldReferral {
  readonly advocate: string
  /** How the advocate knows the friend, who has gone into this member since (MRG-1); absent: as this member. */
  readonly as?: { readonly friend: string; readonly merges: number }
  readonly since: LocalTime
  /** Its terms hold, whatever is published later. */
  readonly version: number
  readonly signals: readonly Signal[]
  /** Null: nobody has to look at it, or nobody did yet where there are signals. */
  readonly approved: boolean | null
  /** What counts towards qualifying, in tidy order. Once it has qualified: what made it so, and nothing after. */
  readonly counted: readonly CountedHappening[]
  /** When both sides were due; null: it is still held. */
  readonly qualified: LocalTime | null
  /** It has qualified, and what made it so still stands. */
  readonly stands: boolean
  /** The friend was erased before it qualified: nobody is due anything. */
  readonly isOver?: true
  /** When the friend got theirs, if they have it: also where it stands no more, but was enjoyed (REF-5). */
  readonly given: LocalTime | null
}

export interface CountedHappening {
  /** Key of the order, or the event. */
  readonly happening: string
  readonly local: LocalTime
  readonly tally: Tally
}

/** Of the advocate. */
export interface SentFriend {
  readonly friend: string
  /** Of the last word that was heard. */
  readonly round: number
  readonly on: LocalTime
  /** The version whose terms it got, and the one under which it counted. */
  readonly terms: number
  readonly version: number
  readonly outcome: 'paid' | 'capped' | 'away' | 'reversed'
  /** When the advocate got theirs, if they have it: also where it was reversed, but was enjoyed (REF-5). */
  readonly given: LocalTime | null
  /** What the advocate was when it counted, so that a reversal counts the same. */
  readonly found: Found
}

/** Where a referral is (RFL-1); `held` waits for the end of the hold, `over` for nothing any more. */
export type ReferralStatus = 'waiting' | 'held' | 'review' | 'paid' | 'reversed' | 'rejected' | 'over'

/** The friend's referral stands like this now; null: there is none. */
export interface ReferralChanged {
  readonly type: 'referral'
  readonly status: ReferralStatus
  readonly referral: HeldReferral | null
}

/** A friend counts like this now; `known` false: nothing is remembered of them. */
export interface FriendChanged {
  readonly type: 'friend'
  readonly friend: SentFriend
  readonly known: boolean
}

export const referralPart: MemberPart<ReferralState, ReferralChanged> = {
  apply(state, { referral }) {
    if (referral === null) delete state.referral
    else state.referral = referral
  },

  difference({ referral: before }, { referral }) {
    if (isSame(before, referral)) return []
    return [{ type: 'referral', status: referral ? statusOfReferral(referral) : 'waiting', referral: referral ?? null }]
  },
}

export const friendPart: MemberPart<ReferralState, FriendChanged> = {
  apply(state, { friend, known }) {
    const friends = (state.friends ?? []).filter((other) => other.friend !== friend.friend)
    if (known) friends.push(friend)
    if (friends.length === 0) delete state.friends
    else state.friends = friends.sort((a, b) => (a.friend < b.friend ? -1 : 1))
  },

  difference: ({ friends: before }, { friends: after }) =>
    listDifference(before, after, (friend, known) => ({ type: 'friend', friend, known })),
}

export function statusOfReferral(referral: HeldReferral): ReferralStatus {
  const { approved, signals, counted, qualified, stands, isOver } = referral
  if (approved === false) return 'rejected'
  if (isOver) return 'over'
  if (qualified !== null) return stands ? 'paid' : 'reversed'
  if (approved === null && signals.length > 0) return 'review'
  return counted.length > 0 ? 'held' : 'waiting'
}

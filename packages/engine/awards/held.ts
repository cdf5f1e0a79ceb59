import { listDifference, type MemberPart } from '../member-part.ts'
import type { LocalDay, LocalTime } from '../time/local.ts'

/** What a member's state holds of awards that are no points and no vouchers; each part is absent while there is nothing in it. */
export interface AwardState {
  badges?: readonly HeldBadge[]
  /** Levels whose entry awards were given: once for each, ever (TIER-7). */
  entered?: readonly EnteredLevel[]
  /** Awards that found nothing left of their reward, by id: those of cards wait for it, all others are never given (EARN-5). */
  missed?: readonly MissedAward[]
}

export interface HeldBadge {
  readonly badge: string
  /** First day of the period for which it is held; 0: for ever. */
  readonly period: LocalDay
  readonly since: LocalTime
  /** Id of the award that gave it. */
  readonly award: string
}

export interface EnteredLevel {
  readonly ladder: string
  readonly level: string
  /** When, and by which version its awards were given. */
  readonly on: LocalTime
  readonly version: number
}

export interface MissedAward {
  readonly id: string
  readonly reward: string
  readonly on: LocalTime
}

export interface AwardMissed {
  readonly type: 'missed'
  readonly award: MissedAward
  /** false: as a late fact shows, it was never due. */
  readonly stands: boolean
}

export interface BadgeChanged {
  readonly type: 'badge'
  readonly badge: HeldBadge
  readonly held: boolean
}

export interface LevelEntered {
  readonly type: 'entered'
  readonly level: EnteredLevel
  /** false: a refund has taken it and its awards back. */
  readonly given: boolean
}

export const badgePart: MemberPart<AwardState, BadgeChanged> = {
  apply(state, { badge, held }) {
    const others = (state.badges ?? []).filter((known) => known.badge !== badge.badge || known.period !== badge.period)
    if (held) others.push(badge)
    if (others.length === 0) delete state.badges
    else state.badges = others.sort((a, b) => compare(a.badge, b.badge) || a.period - b.period)
  },

  difference: ({ badges: before }, { badges: after }) =>
    listDifference(before, after, (badge, held) => ({ type: 'badge', badge, held })),
}

export const enteredPart: MemberPart<AwardState, LevelEntered> = {
  apply(state, { level, given }) {
    const others = (state.entered ?? []).filter((known) => known.ladder !== level.ladder || known.level !== level.level)
    if (given) others.push(level)
    if (others.length === 0) delete state.entered
    else state.entered = others.sort((a, b) => compare(a.ladder, b.ladder) || compare(a.level, b.level))
  },

  difference: ({ entered: before }, { entered: after }) =>
    listDifference(before, after, (level, given) => ({ type: 'entered', level, given })),
}

export const missedPart: MemberPart<AwardState, AwardMissed> = {
  apply(state, { award, stands }) {
    const others = (state.missed ?? []).filter(({ id }) => id !== award.id)
    if (stands) others.push(award)
    if (others.length === 0) delete state.missed
    else state.missed = others.sort((a, b) => compare(a.id, b.id))
  },

  difference: ({ missed: before }, { missed: after }) =>
    listDifference(before, after, (award, stands) => ({ type: 'missed', award, stands })),
}

export const missedAward = ({ missed }: AwardState, award: string): MissedAward | undefined =>
  missed?.find(({ id }) => id === award)

export const hasMissed = (state: AwardState, award: string): boolean => missedAward(state, award) !== undefined

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

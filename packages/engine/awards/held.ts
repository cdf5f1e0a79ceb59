import { listDifference, type MemberPart } from '../member-part.ts'
import type { LocalDay, LocalTime } from '../time/local.ts'

/** What a member's state holds of awards that are no points and no vouchers; each part is absent while there is nothing in it. */
export interface AwardState {
  badges?: readonly HeldBadge[]
  /** Levels whose entry awards were given: once for each, ever (TIER-7). */
  entered?: readonly EnteredLevel[]
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

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

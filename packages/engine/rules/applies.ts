import type { NotEarning } from '../member.ts'
import type { Scope } from '../program/condition.ts'
import type { Audience, AwardingRule, During, GivingRule, Multiplier, Program, Traits } from '../program/program.ts'
import { dayOf, type LocalDay, type LocalTime, startOf, weekdayOf } from '../time/local.ts'
import type { TraceEntry } from '../trace.ts'

/** For whom and where an event is judged: what the event brought, and what the member was when it happened. */
export interface Situation {
  /** Why no rule is for the member at all (END-1). */
  readonly away: NotEarning | null
  readonly tiers: readonly { readonly ladder: string; readonly level: string }[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  readonly place: string | null
  readonly channel: string | null
  readonly placeLocal: LocalTime
  /** Whose place it is; absent: the program's own, or nowhere. */
  readonly partner?: string
  /** Absent: none. */
  readonly badges?: readonly string[]
  /** Plans that run; absent: none. */
  readonly memberships?: readonly string[]
  /** Rules and challenges that are not there for the member (EXP-1); absent: none. */
  readonly heldOut?: readonly string[]
  /** Challenges with a holdout that were met and are there; absent: none. */
  readonly treated?: readonly string[]
}

/** The part of a situation that tells whose place it is. */
export function partnerAt({ places }: Program, place: string | null): Pick<Situation, 'partner'> {
  const partner = place === null ? null : (places.get(place)?.partner ?? null)
  return partner === null ? {} : { partner }
}

export function isFor(audience: Audience, situation: Situation): boolean {
  const { places, channels, partners } = audience
  if (!isEachMet(audience, situation) || isAnyMet(audience.not, situation)) return false
  if (partners.length > 0 && (situation.partner === undefined || !partners.includes(situation.partner))) return false
  if (places.length > 0 && (situation.place === null || !places.includes(situation.place))) return false
  return channels.length === 0 || (situation.channel !== null && channels.includes(situation.channel))
}

/** Of each list that asks for something. */
const isEachMet = (traits: Traits, situation: Situation): boolean =>
  (traits.tiers.length === 0 || hasLevel(traits, situation)) &&
  (traits.segments.length === 0 || hasOne(traits.segments, situation.segments)) &&
  (traits.tags.length === 0 || hasOne(traits.tags, situation.tags)) &&
  (traits.badges.length === 0 || hasOne(traits.badges, situation.badges)) &&
  (traits.memberships.length === 0 || hasOne(traits.memberships, situation.memberships))

const isAnyMet = (traits: Traits, situation: Situation): boolean =>
  hasLevel(traits, situation) ||
  hasOne(traits.segments, situation.segments) ||
  hasOne(traits.tags, situation.tags) ||
  hasOne(traits.badges, situation.badges) ||
  hasOne(traits.memberships, situation.memberships)

function hasLevel({ tiers }: Traits, situation: Situation): boolean {
  for (const { ladder, level } of tiers) {
    if (situation.tiers.some((held) => held.ladder === ladder && held.level === level)) return true
  }
  return false
}

function hasOne(wanted: readonly string[], held: readonly string[] = []): boolean {
  for (const each of wanted) if (held.includes(each)) return true
  return false
}

/** By the wall clock of the place (TIME-1), half-open (TIME-2). */
export function isDuring(during: During, local: LocalTime): boolean {
  if (during.from !== null && local < during.from) return false
  if (during.through !== null && local >= during.through) return false
  const day = dayOf(local)
  const clock = local - startOf(day)
  if (during.hours) {
    const { from, to } = during.hours
    const inside = from <= to ? clock >= from && clock < to : clock >= from || clock < to
    if (!inside) return false
    // An hour past midnight of a window that wraps belongs to the day on which it began.
    const begunOn = from > to && clock < to ? day - 1 : day
    return isOnDay(during, begunOn)
  }
  return isOnDay(during, day)
}

const isOnDay = ({ weekdays, except }: During, day: LocalDay): boolean =>
  !except.has(day) && (weekdays === null || weekdays.has(weekdayOf(day)))

/** Why a rule does not apply, or null where it does; lines are looked at elsewhere. */
export function refusedBy(
  rule: GivingRule | Multiplier | AwardingRule,
  situation: Situation,
  scope: Scope,
): Pick<TraceEntry, 'outcome' | 'because'> | null {
  if (situation.away !== null) return { outcome: 'not-for-member', because: situation.away }
  if (!isFor(rule.audience, situation)) return { outcome: 'not-for-member', because: null }
  if (rule.during && !isDuring(rule.during, situation.placeLocal)) return { outcome: 'not-now', because: null }
  if (situation.heldOut?.includes(rule.id)) return { outcome: 'held-out', because: null }
  if (rule.when && !rule.when.test(scope)) return { outcome: 'condition-false', because: rule.when.text }
  return null
}

import type { Condition } from '../program/condition.ts'
import type { Audience, Cap, During, Excluded, Texts, Traits } from '../program/program.ts'
import { dayOf, type LocalTime, startOf } from '../time/local.ts'
import { spokenCondition } from './conditions.ts'
import type { Speaker } from './speaker.ts'

/** What limits a rule or a reward. */
export interface Limits {
  readonly audience?: Audience
  readonly when?: Condition | null
  readonly lines?: Condition | null
  readonly during?: During | null
  readonly caps?: readonly Cap[]
  /** What an amount of a cap is of. */
  readonly asset?: string | null
  /** What counts beside what counts by itself. */
  readonly include?: ReadonlySet<Excluded>
}

/** A sentence, and what limits it, joined by commas. */
export function limited(speaker: Speaker, said: string, limits: Limits): string {
  return [said.replace(/\.$/, ''), ...phrasesOf(speaker, limits)].join(speaker.comma)
}

export function phrasesOf(speaker: Speaker, { audience, when, lines, during, caps, asset, include }: Limits): string[] {
  const counted = [...(include ?? [])].map((part) => speaker.say.excluded[part])
  return [
    ...(during ? duringPhrases(speaker, during) : []),
    ...(audience ? audiencePhrases(speaker, audience) : []),
    ...(lines ? [speaker.say.onlyGoods({ condition: spokenCondition(speaker, lines) })] : []),
    ...(when ? [speaker.say.onlyIf({ condition: spokenCondition(speaker, when) })] : []),
    ...(counted.length > 0 ? [speaker.say.counting({ parts: speaker.all(counted) })] : []),
    ...(caps ?? []).map((cap) => speaker.cap(cap, asset ?? null)),
  ]
}

function duringPhrases(speaker: Speaker, { from, through, weekdays, hours, except }: During): string[] {
  const { say, wording } = speaker
  const phrases: string[] = []
  if (from !== null && through !== null) phrases.push(betweenPhrase(speaker, from, through))
  else if (from !== null) phrases.push(say.fromOn({ from: speaker.moment(from) }))
  else if (through !== null) phrases.push(say.through({ through: speaker.lastBefore(through) }))
  if (weekdays !== null) {
    const days = [...weekdays].sort((a, b) => a - b).map((day) => wording.weekday(day))
    phrases.push(say.onDays({ days: wording.all(days) }))
  }
  if (hours !== null) {
    const between = hours.from > hours.to ? say.overnight : say.betweenHours
    phrases.push(between({ from: wording.time(hours.from), to: wording.time(hours.to) }))
  }
  phrases.push(...exceptPhrases(speaker, except))
  return phrases
}

export function exceptPhrases({ say, wording }: Speaker, except: During['except']): string[] {
  const days = [...except].sort((a, b) => a - b).map((day) => wording.date(day))
  return days.length === 0 ? [] : [say.exceptOn({ days: wording.all(days) })]
}

/** One day is on that day. */
export function betweenPhrase(speaker: Speaker, from: LocalTime, through: LocalTime): string {
  const { say, wording } = speaker
  const isOneDay = from === startOf(dayOf(from)) && through === startOf(dayOf(from) + 1)
  if (isOneDay) return say.onDays({ days: wording.date(dayOf(from)) })
  return say.fromThrough({ from: speaker.moment(from), through: speaker.lastBefore(through) })
}

function audiencePhrases(speaker: Speaker, audience: Audience): string[] {
  const { say, program } = speaker
  const { places, channels, partners, not } = audience
  return [
    ...whomPhrases(speaker, audience),
    ...whomPhrases(speaker, not).map((whom) => say.butNot({ whom })),
    ...(places.length > 0 ? [say.inPlaces({ places: anyOf(speaker, places, program.places) })] : []),
    ...(partners.length > 0 ? [say.atPartners({ partners: anyOf(speaker, partners, program.partners) })] : []),
    ...(channels.length > 0
      ? [say.onChannels({ channels: speaker.any(channels.map((id) => speaker.quoted(id))) })]
      : []),
  ]
}

/** `for Gold or Silver`, `with the badge Explorer`. */
function whomPhrases(speaker: Speaker, { tiers, segments, tags, memberships, badges }: Traits): string[] {
  const { say, program } = speaker
  return [
    ...(tiers.length > 0 ? [say.forLevels({ levels: speaker.any(tiers.map((tier) => speaker.level(tier))) })] : []),
    ...(segments.length > 0 ? [say.forSegments({ segments: anyOf(speaker, segments, program.segments) })] : []),
    ...(tags.length > 0 ? [say.forTags({ tags: speaker.any(tags.map((tag) => speaker.quoted(tag))) })] : []),
    ...(memberships.length > 0
      ? [say.forMemberships({ plans: anyOf(speaker, memberships, program.memberships) })]
      : []),
    ...(badges.length > 0 ? [say.forBadges({ badges: anyOf(speaker, badges, program.badges) })] : []),
  ]
}

const anyOf = (
  speaker: Speaker,
  ids: readonly string[],
  known: ReadonlyMap<string, { readonly name: Texts }>,
): string => speaker.any(ids.map((id) => speaker.name(known.get(id)?.name, id)))

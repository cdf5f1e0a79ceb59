import type { Ladder, Level, Measure, Program, Window } from '../program/program.ts'
import { expirySentences } from './collecting.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import { benefitNames } from './rewards.ts'
import type { Speaker } from './speaker.ts'

/** Ladders and their levels. A program with one ladder has no name for it. */
export function levels(speaker: Speaker, { ladders }: Program): Part[] {
  return ladders.flatMap((ladder) => [
    {
      id: ladder.id,
      name: ladders.length === 1 ? null : speaker.quoted(ladder.id),
      sentences: ladderSentences(speaker, ladder),
    },
    ...ladder.levels.map((level) => ({
      id: level.id,
      name: speaker.level({ ladder: ladder.id, level: level.id }),
      sentences: levelSentences(speaker, ladder, level),
    })),
  ])
}

function ladderSentences(speaker: Speaker, ladder: Ladder): Said[] {
  const { say } = speaker
  const falls = ladder.fall.to !== 'never' && ladder.window.type !== 'lifetime'
  return [
    toAll(measureSentence(speaker, ladder)),
    ...windowSentences(speaker, ladder).map(toAll),
    toAll(ladder.rise === 'at-once' ? say.risesAtOnce : say.risesAtEnd),
    toAll(falls ? fallSentence(speaker, ladder.fall.to) : say.fallsNever),
    ...when(falls ? ladder.fall.grace : null, (period) => toAll(say.fallGrace({ period: speaker.period(period) }))),
    ...when(falls && ladder.fall.warn.length > 0 ? ladder.fall.warn : null, (periods) =>
      toAll(say.fallWarned({ periods: speaker.all(periods.map((period) => speaker.period(period))) })),
    ),
    toAll(returnSentence(speaker, ladder, falls)),
  ]
}

function measureSentence(speaker: Speaker, { measure }: Ladder): string {
  switch (measure.type) {
    case 'earned':
      return speaker.say.measureEarned({ asset: speaker.asset(measure.asset) })
    case 'activities':
      return speaker.say.measureActivities({ activity: speaker.quoted(measure.name) })
    case 'spend':
    case 'orders':
    case 'visits':
    case 'referrals':
      return speaker.say.measures[measure.type]
  }
}

function windowSentences(speaker: Speaker, { measure, window }: Ladder): string[] {
  const { say } = speaker
  const kept = 'keptThrough' in window ? keptSentences(speaker, measure, window) : []
  switch (window.type) {
    case 'calendar':
      return [say.countedInEach[window.unit], ...kept]
    case 'fixed-date':
      return [say.countedFrom({ day: speaker.wording.dayOfYear(window.month, window.day) }), ...kept]
    case 'anniversary':
      return [say.countedFromJoining, ...kept]
    case 'rolling':
      return [say.countedOverLast({ period: speaker.period(window.length) })]
    case 'lifetime':
      return [say.countedForEver]
  }
}

/** What goes on into the next period: the level, and what was beyond it. */
function keptSentences(
  speaker: Speaker,
  measure: Measure,
  { keptThrough, rollOver }: Extract<Window, { readonly keptThrough: boolean }>,
): string[] {
  const { say } = speaker
  const most = rollOver?.most ?? null
  const rolls = most === null ? say.rollsOver : say.rollsOverUpTo({ most: measured(speaker, measure, most) })
  return [...(keptThrough ? [say.keptThrough] : []), ...(rollOver === undefined ? [] : [rolls])]
}

function returnSentence({ say }: Speaker, { afterRefund }: Ladder, falls: boolean): string {
  if (afterRefund === 'revoke') return say.lostAfterReturn
  return falls ? say.keptAfterReturn : say.neverTakenByReturn
}

function fallSentence({ say }: Speaker, to: Ladder['fall']['to']): string {
  switch (to) {
    case 'never':
      return say.fallsNever
    case 'one-step':
      return say.fallsOneStep
    case 'earned':
      return say.fallsToEarned
  }
}

function levelSentences(speaker: Speaker, ladder: Ladder, level: Level): Said[] {
  const { say } = speaker
  const benefits = benefitNames(speaker, level.benefits)
  return [
    toAll(reachSentence(speaker, ladder, level)),
    ...(benefits.length > 0 ? [toAll(say.levelBenefits({ benefits: speaker.all(benefits) }))] : []),
    ...(level.entry.length > 0 ? [toAll(say.levelEntry({ awards: speaker.awards(level.entry) }))] : []),
    ...[...level.expiry].map(([asset, expiry]) =>
      toAll([say.levelExpiry({ asset: speaker.asset(asset) }), ...expirySentences(speaker, expiry)].join(' ')),
    ),
    ...(level.hidden ? [toBusiness(say.levelHidden)] : []),
  ]
}

function reachSentence(speaker: Speaker, { measure }: Ladder, { reach, invitation }: Level): string {
  const { say } = speaker
  if (invitation) return say.levelByInvitation
  if (reach === 0) return say.levelFromStart
  return say.levelFrom({ reach: measured(speaker, measure, reach) })
}

function measured(speaker: Speaker, measure: Measure, size: number): string {
  switch (measure.type) {
    case 'earned':
      return speaker.amount(measure.asset, size)
    case 'spend':
      return speaker.money(size)
    case 'orders':
    case 'visits':
      return speaker.count(measure.type, size)
    case 'activities':
      return speaker.count('times', size)
    case 'referrals':
      return speaker.count('friends', size)
  }
}

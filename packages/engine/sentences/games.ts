import type { Card, Challenge, Draw, Goal, GoalWindow, Leaderboard, Milestone, Program } from '../program/program.ts'
import { budgetSentence } from './earning.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import { betweenPhrase, limited, phrasesOf } from './qualifiers.ts'
import type { Speaker } from './speaker.ts'

export function cards(speaker: Speaker, { cards: all }: Program): Part[] {
  return [...all.values()].map((card) => ({
    id: card.id,
    name: nameOf(speaker, card),
    sentences: cardSentences(speaker, card),
  }))
}

/** Null: it has none, and its id is nothing for people. */
const nameOf = (speaker: Speaker, { id, name }: Pick<Card, 'id' | 'name'>): string | null =>
  Object.keys(name).length === 0 ? null : speaker.name(name, id)

function cardSentences(speaker: Speaker, card: Card): Said[] {
  const { say } = speaker
  const { minimumAge, terms } = speaker.program
  const { asset, full, repeat, audience } = card
  const awards = speaker.awards(card.awards)
  const said = speaker.tells(asset)
    ? say.cardFull({ amount: speaker.amount(asset, full), awards })
    : quietly(speaker, card, awards)
  const isScarce = card.awards.some((award) => award.type === 'reward' && hasPieces(speaker.program, award.reward))
  return [
    toAll(limited(speaker, said, { audience })),
    toAll(repeat ? say.cardAgain : say.cardOnce),
    ...(isScarce ? [toAll(say.cardSoldOut)] : []),
    ...(minimumAge?.for.has('redeem') ? [toAll(say.cardAge({ years: speaker.count('years', minimumAge.years) }))] : []),
    ...(terms?.for.has('redeem') ? [toAll(say.cardTerms)] : []),
  ]
}

/** There are only so many of it. */
function hasPieces({ rewards }: Program, id: string): boolean {
  const reward = rewards.get(id)
  return reward !== undefined && (reward.stock !== null || reward.codes === 'uploaded')
}

/** Of what fills it nothing is shown: what it takes is said in money, where one rule says how much (THRESHOLD-1). */
function quietly(speaker: Speaker, { asset, full }: Card, awards: string): string {
  const { say, program } = speaker
  const [rule, ...others] = program.onOrder.filter((each) => each.asset === asset)
  const isPlain = rule && others.length === 0 && rule.multipliers.length === 0 && (rule.when ?? rule.lines) === null
  if (!isPlain || rule.per.type !== 'spend') return say.cardQuiet({ awards })
  const minor = Math.ceil((full * rule.per.minor) / rule.give)
  return say.cardSpent({ money: speaker.money(minor), awards })
}

export function challenges(speaker: Speaker, { challenges: all, badges }: Program): Part[] {
  return [
    ...[...all.values()].map((challenge) => ({
      id: challenge.id,
      name: nameOf(speaker, challenge),
      sentences: challengeSentences(speaker, challenge),
    })),
    ...[...badges.values()].map((badge) => ({
      id: badge.id,
      name: null,
      sentences: [toAll(speaker.say.badgeEach[badge.each]({ badge: speaker.name(badge.name, badge.id) }))],
    })),
  ]
}

function challengeSentences(speaker: Speaker, challenge: Challenge): Said[] {
  const { say } = speaker
  const { goal, window, milestones, awards, streak } = challenge
  const said = [goalPhrase(speaker, goal), windowPhrase(speaker, window)].join(speaker.comma)
  return [
    toAll(limited(speaker, said, challenge)),
    ...milestones.map((milestone) => toAll(milestoneSentence(speaker, goal, milestone))),
    ...(awards.length > 0 ? [toAll(say.brings({ awards: speaker.awards(awards) }))] : []),
    ...when(window.type === 'lifetime' && challenge.repeat === 'each-window' ? null : challenge.repeat, (repeat) =>
      toAll(say.repeats[repeat]),
    ),
    ...when(streak, ({ reach, freeze, awards: brought }) => [
      toAll(say.streak({ times: speaker.count('times', reach), awards: speaker.awards(brought) })),
      ...(freeze > 0 ? [toAll(say.streakFreeze({ times: speaker.count('times', freeze) }))] : []),
    ]),
    ...(challenge.afterRefund === 'revoke' ? [toAll(say.takenBack)] : []),
    ...budgetSentence(speaker, challenge.budget),
    ...when(challenge.holdout, (share) => toBusiness(say.heldOut({ percent: speaker.percent(share) }))),
  ]
}

function milestoneSentence(speaker: Speaker, goal: Goal, { reach, awards }: Milestone): string {
  return speaker.say.milestone({ reach: goalAmount(speaker, goal, reach), awards: speaker.awards(awards) })
}

/** `Spend 40.00 or more`, with what it must be spent on. */
export function goalPhrase(speaker: Speaker, goal: Goal): string {
  const { say } = speaker
  const amount = goalAmount(speaker, goal, goal.target)
  const much = goal.comparison === 'atLeast' ? say.atLeast({ much: amount }) : say.moreThan({ much: amount })
  const distinct = goal.distinct === null ? [] : [say.distinct[goal.distinct]]
  const { when: condition, lines, places, channels } = goal
  const nobody = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }
  const audience = { ...nobody, not: nobody, places, channels, partners: [] }
  return [goalText(speaker, goal, much), ...distinct, ...phrasesOf(speaker, { audience, when: condition, lines })].join(
    speaker.comma,
  )
}

function goalText(speaker: Speaker, { measure }: Goal, much: string): string {
  const { say } = speaker
  switch (measure.type) {
    case 'spend':
      return say.goalSpend({ much })
    case 'order':
      return say.goalOrder({ much })
    case 'orders':
    case 'items':
    case 'visits':
      return say.goalCount({ much })
    case 'activities':
      return say.goalActivities({ much, activity: speaker.quoted(measure.name) })
    case 'earned':
      return say.goalEarned({ much })
    case 'referrals':
      return say.goalReferrals({ much })
  }
}

function goalAmount(speaker: Speaker, { measure }: Goal, amount: number): string {
  switch (measure.type) {
    case 'spend':
    case 'order':
      return speaker.money(amount)
    case 'orders':
    case 'items':
    case 'visits':
      return speaker.count(measure.type, amount)
    case 'activities':
      return speaker.count('times', amount)
    case 'earned':
      return speaker.amount(measure.asset, amount)
    case 'referrals':
      return speaker.count('friends', amount)
  }
}

function windowPhrase(speaker: Speaker, window: GoalWindow): string {
  const { say } = speaker
  switch (window.type) {
    case 'calendar':
      return say.windows[window.unit]
    case 'dates':
      return betweenPhrase(speaker, window.from, window.through)
    case 'lifetime':
      return say.windowEver
  }
}

export function leaderboards(speaker: Speaker, { leaderboards: all }: Program): Part[] {
  return [...all.values()].map((board) => ({
    id: board.id,
    name: nameOf(speaker, board),
    sentences: boardSentences(speaker, board),
  }))
}

function boardSentences(speaker: Speaker, { measure, window, ties, top, ranks, audience }: Leaderboard): Said[] {
  const { say, wording } = speaker
  const measured =
    measure.type === 'earned'
      ? say.measureEarnedByDoing({ asset: speaker.asset(measure.asset) })
      : measure.type === 'activities'
        ? say.measureActivities({ activity: speaker.quoted(measure.name) })
        : say.measures[measure.type]
  return [
    toAll(measured),
    toAll(limited(speaker, windowPhrase(speaker, window), { audience })),
    ...ranks.map(({ first, last, awards }) => {
      const brought = speaker.awards(awards)
      const number = (rank: number): string => wording.number(rank, 0)
      return toAll(
        first === last
          ? say.boardRank({ rank: number(first), awards: brought })
          : say.boardRanks({ first: number(first), last: number(last), awards: brought }),
      )
    }),
    toAll(ties === 'share' ? say.tiesShare : say.tiesFirst),
    toAll(say.boardTop({ count: speaker.count('members', top) })),
  ]
}

export function draws(speaker: Speaker, { draws: all }: Program): Part[] {
  return [...all.values()].map((draw) => ({
    id: draw.id,
    name: nameOf(speaker, draw),
    sentences: drawSentences(speaker, draw),
  }))
}

function drawSentences(speaker: Speaker, { asset, opens, closes, winners, awards, audience }: Draw): Said[] {
  const { say } = speaker
  const entries = say.drawEntries({ asset: speaker.asset(asset) })
  const open = say.drawOpen({ from: speaker.moment(opens), through: speaker.lastBefore(closes) })
  return [
    ...(speaker.tells(asset) ? [toAll(limited(speaker, entries, { audience }))] : []),
    // Whom it is for is said also where nothing is said of what enters.
    toAll(limited(speaker, open, speaker.tells(asset) ? {} : { audience })),
    toAll(say.drawWinners({ winners: speaker.count('winners', winners), awards: speaker.awards(awards) })),
    toAll(say.drawFair),
  ]
}

import { keysBeside } from '../condition-keys.ts'
import type { CardText, ChallengeText, DrawText, LeaderboardText } from '../document/games.ts'
import type { GoalText, GoalWindowText } from '../document/goals.ts'
import type { OfferText, ReferralText } from '../document/offers.ts'
import type {
  Card,
  Challenge,
  Draw,
  Goal,
  GoalMeasure,
  GoalWindow,
  Leaderboard,
  Offer,
  OfferType,
  Referral,
} from '../program.ts'
import { measureOf, reachOf } from './ladders.ts'
import {
  audienceOf,
  awardsOf,
  budgetOf,
  type Compiling,
  capOf,
  conditionOf,
  duringOf,
  endOf,
  holdoutOf,
} from './parts.ts'

const REVIEW_VELOCITY = 10 // friends of one member in a week: more than a circle of friends brings by itself
const REVIEW_WITHIN = { months: 0, days: 7, ms: 0 }

function goalOf(compiling: Compiling, goal: GoalText): Goal {
  const activity = goal.type === 'activities' ? goal.of : null
  return {
    measure: goalMeasureOf(goal),
    comparison: goal.comparison,
    target: goal.target,
    when: conditionOf(compiling, goal.when, activity === null ? 'order' : 'activity', keysBeside(goal), activity),
    lines: conditionOf(compiling, goal.lines, 'line', keysBeside(goal)),
    places: goal.places ?? [],
    channels: goal.channels ?? [],
    distinct: goal.distinct,
  }
}

function goalMeasureOf(goal: GoalText): GoalMeasure {
  switch (goal.type) {
    case 'activities':
      return { type: 'activities', name: goal.of }
    case 'earned':
      return { type: 'earned', asset: goal.of }
    case 'spend':
    case 'order':
    case 'orders':
    case 'items':
    case 'visits':
    case 'referrals':
      return { type: goal.type }
  }
}

function windowOf(window: GoalWindowText): GoalWindow {
  switch (window.type) {
    case 'dates':
      return { type: 'dates', from: window.from.local, through: endOf(window.through) }
    case 'calendar':
      return { type: 'calendar', unit: window.unit }
    case 'lifetime':
      return { type: 'lifetime' }
  }
}

export const cardOf = (id: string, card: CardText): Card => ({
  id,
  name: card.name ?? {},
  asset: card.of,
  full: card.full.units,
  awards: awardsOf(card.give),
  repeat: card.repeat !== 'no',
  audience: audienceOf(card.for),
})

export function challengeOf(compiling: Compiling, id: string, challenge: ChallengeText): Challenge {
  const { streak } = challenge
  return {
    id,
    name: challenge.name ?? {},
    goal: goalOf(compiling, challenge.goal),
    window: windowOf(challenge.window),
    milestones: (challenge.milestones ?? []).map((milestone) => ({
      id: milestone.id,
      reach: reachOf(milestone.reach),
      awards: awardsOf(milestone.give),
    })),
    awards: awardsOf(challenge.give),
    repeat: challenge.repeat ?? 'each-window',
    streak: streak === null ? null : { reach: streak.reach, freeze: streak.freeze ?? 0, awards: awardsOf(streak.give) },
    audience: audienceOf(challenge.for),
    when: conditionOf(compiling, challenge.when, 'member', keysBeside(challenge)),
    during: duringOf(challenge.during),
    holdout: holdoutOf(challenge.holdout, compiling.document.holdout?.challenges ?? null),
    budget: budgetOf(`challenge:${id}`, challenge.budget),
    afterRefund: challenge.afterRefund ?? 'keep',
  }
}

export function leaderboardOf(id: string, board: LeaderboardText): Leaderboard {
  const { window } = board
  return {
    id,
    name: board.name ?? {},
    measure: measureOf(board.measure),
    window:
      window.type === 'calendar' ? window : { type: 'dates', from: window.from.local, through: endOf(window.through) },
    ties: board.ties ?? 'share',
    top: board.top,
    ranks: board.ranks.map(({ rank, give }) => ({ ...rank, awards: awardsOf(give) })),
    audience: audienceOf(board.for),
  }
}

export const drawOf = (id: string, draw: DrawText): Draw => ({
  id,
  name: draw.name ?? {},
  asset: draw.of,
  opens: draw.window.from.local,
  closes: endOf(draw.window.through),
  winners: draw.winners,
  awards: awardsOf(draw.give),
  audience: audienceOf(draw.for),
})

export function offerOf(compiling: Compiling, id: string, offer: OfferText): Offer {
  const { window, sendTo } = offer
  return {
    id,
    name: offer.name ?? {},
    type: offerTypeOf(compiling, id, offer),
    window: window === null ? null : { length: window.length, end: window.end },
    seen: offer.seen ?? 'not-required',
    sendTo:
      sendTo === null
        ? null
        : { audience: audienceOf(sendTo.for), when: conditionOf(compiling, sendTo.when, 'member', keysBeside(sendTo)) },
    holdout: holdoutOf(offer.holdout, compiling.document.holdout?.offers ?? null),
  }
}

function offerTypeOf(compiling: Compiling, id: string, offer: OfferText): OfferType {
  switch (offer.type) {
    case 'informs':
      return { type: 'informs', text: offer.informs }
    case 'goal':
      return {
        type: 'goal',
        goal: goalOf(compiling, offer.goal),
        awards: awardsOf(offer.give),
        exclusive: offer.exclusive === 'yes',
        budget: budgetOf(`offer:${id}`, offer.budget),
      }
  }
}

export function referralOf(compiling: Compiling, referral: ReferralText): Referral {
  const { review } = referral
  return {
    friend: awardsOf(referral.friend),
    advocate: awardsOf(referral.advocate),
    qualifies: goalOf(compiling, referral.goal),
    hold: referral.hold,
    cap: referral.cap === null ? null : capOf('referral', referral.cap),
    review: {
      sameDevice: review?.sameDevice !== 'no',
      sameAddress: review?.sameAddress !== 'no',
      samePayment: review?.samePayment !== 'no',
      velocity: { most: review?.velocity ?? REVIEW_VELOCITY, within: review?.within ?? REVIEW_WITHIN },
    },
  }
}

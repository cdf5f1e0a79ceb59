import { listOf, mapOf, withUnique } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, word, yes } from '../scalar.ts'
import { amount, quantity } from '../scalar-amount.ts'
import { countOf, ranks } from '../scalar-count.ts'
import { assetReference } from '../scalar-reference.ts'
import { countedBy, inAssetOf, type ValueOf } from '../shape.ts'
import { texts } from './assets.ts'
import { audience, during } from './audience.ts'
import { awards } from './awards.ts'
import { budget, holdout } from './bounds.ts'
import { conditionText } from './condition-text.ts'
import { boardWindow, countedByGoals, drawWindow, goal, goalWindow } from './goals.ts'
import { measure } from './tiers.ts'

// Each is followed in every member's state, and shown on a page.
const CARDS_MAX = 50
const CHALLENGES_MAX = 100
const BADGES_MAX = 200
const BOARDS_MAX = 50
const DRAWS_MAX = 50
const MILESTONES_MAX = 20
const RANKS_MAX = 100

const name = optional(texts, 'What members read, by language; silence means its id', '{ en: Three shelves }')
const audienceOnly = optional(audience, 'Only for these members; silence means all members', '{ tier: [gold] }')

const card = record('a card', {
  name,
  of: required(assetReference, 'The asset that is collected on it', 'stamps'),
  full: required(inAssetOf('of', amount), 'What a full card takes; what is over stays for the next', '10 stamps'),
  give: required(awards, 'What a full card gives', '{ reward: free-coffee }'),
  repeat: optional(yes, 'Whether there is another card after it; silence means yes, `no` means once ever', 'yes'),
  for: audienceOnly,
})
export type CardText = ValueOf<typeof card>
export const cards = mapOf(id, card, CARDS_MAX)

const milestone = record('a milestone', {
  id: required(id, 'Stands in progress and reports', 'half-way'),
  reach: required(quantity(['times', 'items', 'visits']), 'From how much on, in what the goal counts', '2 times'),
  give: required(awards, 'What reaching it gives', '20 points'),
})
export type MilestoneText = ValueOf<typeof milestone>

const streak = record('`streak`', {
  reach: required(countOf('times', 2), 'How many windows in a row', '4 times'),
  freeze: optional(countOf('times', 0), 'How many windows may be missed on the way; silence means none', '1 times'),
  give: required(awards, 'What the streak gives', '200 points'),
})

const challenge = record('a challenge', {
  name,
  goal: required(goal, 'What has to be done', '{ orders: { atLeast: 3 times } }'),
  window: required(goalWindow, 'In which time', '{ calendar: month }'),
  milestones: optional(
    countedBy(
      'goal',
      countedByGoals,
      inAssetOf('goal', withUnique('id', 'milestone', listOf(milestone, MILESTONES_MAX))),
    ),
    'Gifts on the way, from the lowest to the highest; silence means that there are none',
  ),
  give: required(awards, 'What doing it gives', '[{ badge: explorer }, 100 points]'),
  repeat: optional(
    word('how often it can be done', {
      'each-window': 'Once in each window; what silence means',
      once: 'Once ever',
      always: 'Again and again inside a window',
    }),
    'How often it can be done',
    'each-window',
  ),
  streak: optional(
    streak,
    'A gift for so many windows in a row; silence means that there is none',
    '{ reach: 4 times, freeze: 1 times, give: 200 points }',
  ),
  for: audienceOnly,
  when: optional(conditionText, 'A condition on the member; silence means all members', `'member.orders >= 1'`),
  during: optional(during, 'Only in this time; silence means always', '{ from: 2026-03-01, through: 2026-03-31 }'),
  holdout,
  budget: optional(
    inAssetOf('give', budget),
    'At most so much for all members together; silence means without limit',
    '{ most: 500000 points }',
  ),
  afterRefund: optional(
    word('what a refund does', {
      keep: 'What was given stays; what silence means',
      revoke: 'What is no longer earned is taken back',
    }),
    'Where a refund takes away what it was done by',
    'keep',
  ),
})
export type ChallengeText = ValueOf<typeof challenge>
export const challenges = mapOf(id, challenge, CHALLENGES_MAX)

const badge = record('a badge', {
  name,
  each: optional(
    word('how often it can be had', {
      ever: 'Once',
      'calendar-month': 'Once in each month',
      'calendar-quarter': 'Once in each quarter',
      'calendar-year': 'Once in each year',
    }),
    'How often a member can have it; silence means once ever',
    'ever',
  ),
})
export type BadgeText = ValueOf<typeof badge>
export const badges = mapOf(id, badge, BADGES_MAX)

const place = record('a rank', {
  rank: required(ranks, 'A rank, or ranks from and to', '2-10'),
  give: required(awards, 'What it gives', '100 points'),
})

const leaderboard = record('a leaderboard', {
  name,
  measure: required(measure, 'What is counted', '{ earned: points }'),
  window: required(boardWindow, 'In which time', '{ calendar: month }'),
  ties: optional(
    word('what becomes of equals', {
      share: 'They share the rank and all get what it gives; what silence means',
      first: 'Who reached it first comes first',
    }),
    'Who comes first of those who have the same',
    'share',
  ),
  top: required(countOf('members'), 'How many are shown', '10 members'),
  ranks: required(listOf(place, RANKS_MAX), 'What ranks give, from the top', '[{ rank: 1, give: 500 points }]'),
  for: audienceOnly,
})
export type LeaderboardText = ValueOf<typeof leaderboard>
export const leaderboards = mapOf(id, leaderboard, BOARDS_MAX)

const ticketsReference: typeof assetReference = {
  ...assetReference,
  read(tree, reading) {
    const of = assetReference.read(tree, reading)
    const kind = reading.names.assets.get(of ?? '')?.kind ?? 'tickets'
    if (kind === 'tickets') return of
    const message = `Entries are tickets, and \`${of}\` is of kind ${kind}`
    reading.report(tree, 'draw-asset', message, 'Draw among an asset of kind: tickets')
    return undefined
  },
}

const draw = record('a draw', {
  name,
  of: required(ticketsReference, 'The tickets: each is an entry', 'tickets'),
  window: required(
    drawWindow,
    'When it opens and closes. Entries are the tickets that are there at the close, whenever they came: `expires` of the asset says how long they stay',
    '{ from: 2026-03-01, through: 2026-03-31 }',
  ),
  winners: required(countOf('winners'), 'How many are drawn', '3 winners'),
  give: required(awards, 'What a winner gets', '{ reward: weekend-trip }'),
  for: audienceOnly,
})
export type DrawText = ValueOf<typeof draw>
export const draws = mapOf(id, draw, DRAWS_MAX)

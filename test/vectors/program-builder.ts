import type {
  Asset,
  Audience,
  Cap,
  Card,
  GivingRule,
  Ladder,
  Level,
  Multiplier,
  Period,
  Program,
  Reward,
  Timeline,
  Traits,
} from '@laurel/engine'

/** Compiled programs by hand: every part has the plainest default, and a vector names only what it is about. */

export const days = (count: number): Period => ({ months: 0, days: count, ms: 0 })
export const months = (count: number): Period => ({ months: count, days: 0, ms: 0 })

const nobody: Traits = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }
export const everyone: Audience = { ...nobody, not: nobody, places: [], channels: [], partners: [] }

/** Points that are active at once and never expire. */
export const points = (parts: Partial<Asset> = {}): Asset => ({
  id: 'points',
  kind: 'spendable',
  scale: 0,
  name: { en: 'points' },
  counted: {},
  shown: true,
  pending: { type: 'none' },
  expiry: { type: 'never' },
  burnOrder: [],
  lapsedReturns: { member: null, shop: null },
  warn: [],
  worth: null,
  gifting: null,
  ...parts,
})

/** One point per whole 1.00 of eligible spend. */
export const earning = (parts: Partial<GivingRule> = {}): GivingRule => ({
  id: 'base',
  asset: 'points',
  give: 1,
  per: { type: 'spend', minor: 100 },
  audience: everyone,
  when: null,
  lines: null,
  during: null,
  include: new Set(),
  round: 'floor',
  stack: 'add',
  crossing: 'before',
  multipliers: [],
  caps: [],
  group: null,
  exclusive: false,
  holdout: null,
  budget: null,
  burnAs: null,
  expiry: null,
  charity: null,
  ...parts,
})

export const multiplier = (
  id: string,
  numerator: number,
  denominator = 1,
  parts: Partial<Multiplier> = {},
): Multiplier => ({
  id,
  by: { numerator, denominator },
  audience: everyone,
  when: null,
  lines: null,
  during: null,
  group: null,
  exclusive: false,
  holdout: null,
  budget: null,
  budgetCap: null,
  ...parts,
})

export const capOf = (id: string, most: number, parts: Partial<Cap> = {}): Cap => ({
  id,
  counts: 'amount',
  most,
  of: 'member',
  span: { type: 'calendar', unit: 'day' },
  edge: 'trim',
  ...parts,
})

export const level = (id: string, reach: number, parts: Partial<Level> = {}): Level => ({
  id,
  reach,
  name: { en: id },
  expiry: new Map(),
  benefits: [],
  entry: [],
  hidden: false,
  invitation: false,
  ...parts,
})

/** Silver from the start, Gold at `reach`, in the calendar year. */
export const standing = (reach: number, parts: Partial<Ladder> = {}): Ladder => ({
  id: 'standing',
  measure: { type: 'spend' },
  window: { type: 'calendar', unit: 'year', keptThrough: false },
  rise: 'at-once',
  fall: { to: 'earned', grace: null, warn: [] },
  afterRefund: 'keep-to-window-end',
  levels: [level('silver', 0), level('gold', reach)],
  ...parts,
})

/** Something custom that can only be awarded. */
export const reward = (id: string, parts: Partial<Reward> = {}): Reward => ({
  id,
  name: { en: id },
  audience: everyone,
  when: null,
  during: null,
  kind: { type: 'custom' },
  price: null,
  stock: null,
  cap: null,
  expiry: { type: 'never' },
  codes: 'made',
  basket: null,
  together: false,
  instead: null,
  ...parts,
})

/** A reward whose price the member chooses, in steps: each unit pays a cent. */
export const paying = (id: string, asset: string, step: number): Reward =>
  reward(id, {
    kind: { type: 'pay-with-points' },
    price: { type: 'chosen', asset, least: step, most: null, step, worth: { amount: step, minor: step } },
  })

/** To the point: a burn of any size. */
export const anyAmount = (asset = 'points'): Reward => paying('any', asset, 1)

/** Filled again and again, for nothing. */
export const cardOf = (id: string, full: number, parts: Partial<Card> = {}): Card => ({
  ...{ id, full, name: {}, asset: 'points', awards: [], repeat: true, audience: everyone },
  ...parts,
})

export const nothingGivenUp: Program['transitions'] = {
  assets: new Map(),
  levels: new Map(),
  rewards: new Map(),
  cards: new Map(),
  challenges: new Map(),
  memberships: new Map(),
  pools: new Map(),
  sessions: new Map(),
  draws: new Map(),
}

/** One star for three points, of which it takes all that there ever were. */
export const intoStars: Program['transitions'] = {
  ...nothingGivenUp,
  assets: new Map([
    ['points', { type: 'convert', to: 'stars', give: 1, per: { numerator: 3, denominator: 1 }, round: 'floor' }],
  ]),
}

export function program(parts: Partial<Program> = {}): Program {
  const any = anyAmount()
  return {
    id: 'sample',
    version: 1,
    hash: '',
    name: { en: 'Sample' },
    zone: 'UTC',
    currency: { code: 'USD', exponent: 2 },
    inForceFrom: 'always',
    late: { accept: days(30), historyFrom: null, debt: 'owe' },
    refunds: { accept: days(180), shortfall: 'debt', limit: new Map() },
    reservationsLastMs: 3_600_000,
    leaving: { forfeitAfter: days(30) },
    assets: [points()],
    onOrder: [earning()],
    onActivity: new Map(),
    caps: [],
    ladders: [],
    rewards: new Map([[any.id, any]]),
    places: new Map(),
    activities: new Map(),
    unknownMembers: 'create',
    terms: null,
    minimumAge: null,
    staffEarn: false,
    publishingNeedsApproval: false,
    closing: null,
    transitions: nothingGivenUp,
    onOccasion: new Map(),
    awardsOn: { order: [], activity: new Map(), occasion: new Map() },
    benefits: new Map(),
    badges: new Map(),
    cards: new Map(),
    challenges: new Map(),
    leaderboards: new Map(),
    draws: new Map(),
    offers: new Map(),
    referral: null,
    memberships: new Map(),
    pools: new Map(),
    partners: new Map(),
    charities: new Map(),
    segments: new Map(),
    asksPast: false,
    messagesHoldout: null,
    ...parts,
  }
}

const longAgo = Date.UTC(2000, 0, 1)

/** Version after version, the first in force always, each later one from its own instant (which is its local time too: UTC). */
export const timelineOf = (
  first: Program,
  ...later: readonly (readonly [from: number, program: Program])[]
): Timeline => [
  { program: first, fromAt: -Infinity, fromLocal: -Infinity, publishedAt: longAgo, publishedLocal: longAgo },
  ...later.map(([from, next]) => ({
    program: next,
    fromAt: from,
    fromLocal: from,
    publishedAt: from,
    publishedLocal: from,
  })),
]

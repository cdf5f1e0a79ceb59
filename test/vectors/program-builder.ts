import type {
  Asset,
  Audience,
  Cap,
  GivingRule,
  Ladder,
  Level,
  Multiplier,
  Period,
  Program,
  Reward,
  Timeline,
} from '@laurel/engine'

/** Compiled programs by hand: every part has the plainest default, and a vector names only what it is about. */

export const days = (count: number): Period => ({ months: 0, days: count, ms: 0 })
export const months = (count: number): Period => ({ months: count, days: 0, ms: 0 })

export const everyone: Audience = { tiers: [], segments: [], tags: [], places: [], channels: [] }

/** Points that are active at once and never expire. */
export const points = (parts: Partial<Asset> = {}): Asset => ({
  id: 'points',
  kind: 'spendable',
  scale: 0,
  name: { en: 'points' },
  pending: { type: 'none' },
  expiry: { type: 'never' },
  burnOrder: [],
  lapsedReturns: { member: null, shop: null },
  warn: [],
  worth: null,
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
  stack: 'sum',
  multipliers: [],
  caps: [],
  group: null,
  exclusive: false,
  burnAs: null,
  expiry: null,
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
  ...parts,
})

export const capOf = (id: string, most: number, parts: Partial<Cap> = {}): Cap => ({
  id,
  counts: 'amount',
  most,
  span: { type: 'calendar', unit: 'day' },
  edge: 'trim',
  ...parts,
})

export const level = (id: string, reach: number): Level => ({ id, reach, name: { en: id }, expiry: new Map() })

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

/** A reward whose price the member chooses to the point: a burn of any size. */
export const anyAmount = (asset = 'points'): Reward => ({
  id: 'any',
  name: { en: 'Any amount' },
  audience: everyone,
  when: null,
  during: null,
  kind: { type: 'pay-with-points' },
  price: { type: 'chosen', asset, least: 1, most: null, step: 1, worth: { amount: 1, minor: 1 } },
})

export function program(parts: Partial<Program> = {}): Program {
  const reward = anyAmount()
  return {
    id: 'sample',
    version: 1,
    hash: '',
    name: { en: 'Sample' },
    zone: 'UTC',
    currency: { code: 'USD', exponent: 2 },
    inForceFrom: 'always',
    late: { accept: days(30) },
    refunds: { accept: days(180), shortfall: 'debt', limit: new Map() },
    reservationsLastMs: 3_600_000,
    assets: [points()],
    onOrder: [earning()],
    onActivity: new Map(),
    caps: [],
    ladders: [],
    rewards: new Map([[reward.id, reward]]),
    places: new Map(),
    activities: new Map(),
    unknownMembers: 'create',
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

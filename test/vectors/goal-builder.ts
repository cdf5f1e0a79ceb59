import type { Challenge, Goal, Offer, OfferType, Referral } from '@laurel/engine'
import { days, everyone } from './program-builder.ts'

/** What has a goal, compiled by hand: every part has the plainest default, and a test names only what it is about. */

/** One order, of whatever. */
export const goal = (parts: Partial<Goal> = {}): Goal => ({
  measure: { type: 'orders' },
  comparison: 'atLeast',
  target: 1,
  when: null,
  lines: null,
  places: [],
  channels: [],
  distinct: null,
  ...parts,
})

/** In each month, for nothing. */
export const challenge = (id: string, parts: Partial<Challenge> = {}): Challenge => ({
  id,
  name: {},
  goal: goal(),
  window: { type: 'calendar', unit: 'month' },
  milestones: [],
  awards: [],
  repeat: 'each-window',
  streak: null,
  audience: everyone,
  when: null,
  during: null,
  holdout: null,
  budget: null,
  afterRefund: 'keep',
  ...parts,
})

type GoalOffer = Extract<OfferType, { type: 'goal' }>

/** For two weeks, for nothing. */
export const offer = (
  wanted: Goal,
  { type, ...parts }: Partial<Omit<Offer, 'type'>> & { readonly type?: Partial<GoalOffer> } = {},
): Offer => ({
  id: 'come-back',
  name: {},
  type: { type: 'goal', goal: wanted, awards: [], exclusive: false, budget: null, ...type },
  window: { length: days(14), end: 'open' },
  seen: 'not-required',
  sendTo: null,
  holdout: null,
  ...parts,
})

/** A friend's first order, two weeks and a day on hold, for nothing. */
export const referral = (parts: Partial<Referral> = {}): Referral => ({
  friend: [],
  advocate: [],
  qualifies: goal({ measure: { type: 'order' } }),
  hold: days(15),
  cap: null,
  review: { sameDevice: true, sameAddress: true, samePayment: true, velocity: { most: 10, within: days(7) } },
  ...parts,
})

import { choice } from '../choice.ts'
import { mapOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, word, yes } from '../scalar.ts'
import { countOf } from '../scalar-count.ts'
import { periodOfDays } from '../scalar-time.ts'
import { inAssetOf, mapped, type ValueOf } from '../shape.ts'
import { texts } from './assets.ts'
import { audience } from './audience.ts'
import { awards } from './awards.ts'
import { budget, holdout, timesCap } from './bounds.ts'
import { conditionText } from './condition-text.ts'
import { goal } from './goals.ts'

const OFFERS_MAX = 500 // those that ran stay in the document while their receipts are open

const window = record('`window`', {
  length: required(periodOfDays, 'How long from the receipt', 'P14D'),
  end: required(
    word('what the last moment is', {
      open: 'What happens at the very end is too late',
      closed: 'What happens at the very end still counts',
    }),
    'Whether the last moment counts',
    'open',
  ),
})
const sendTo = record('`sendTo`', {
  for: optional(audience, 'These members; silence means whoever `when` says, or all', '{ segment: [idle] }'),
  when: optional(
    conditionText,
    'Members of whom this is true; silence means whoever `for` says, or all',
    `'member.daysSinceOrder > 60'`,
  ),
})
const sent = {
  name: optional(texts, 'What members read, by language; silence means its id', '{ en: Come back }'),
  seen: optional(
    word('whether it must have been seen', {
      required: 'It counts from the moment the member has seen it',
      'not-required': 'It counts from its receipt; what silence means',
    }),
    'Whether a member must have seen it',
    'required',
  ),
  sendTo: optional(
    sendTo,
    'Who gets it; silence means whoever it is sent to',
    `{ when: 'member.daysSinceOrder > 60' }`,
  ),
  holdout,
}

const withGoal = record('an offer', {
  ...sent,
  goal: required(goal, 'What has to be done', '{ spend: { atLeast: 40.00 USD } }'),
  window: required(window, 'How long a receipt runs', '{ length: P14D, end: open }'),
  give: required(awards, 'What doing it gives', '200 points'),
  exclusive: optional(yes, 'Whether an order that counts for it counts for no other offer; silence means no', 'yes'),
  budget: optional(
    inAssetOf('give', budget),
    'At most so much for all members together; silence means without limit',
    '{ most: 500000 points }',
  ),
})
const informing = record('an offer that informs', {
  ...sent,
  informs: required(texts, 'What it tells; it never completes', '{ en: The new collection is in }'),
  window: optional(window, 'How long a receipt runs; silence means without end', '{ length: P14D, end: open }'),
})
const offer = choice('an offer', 'goal: { order: { moreThan: 25.00 USD } }', {
  maps: {
    goal: mapped(withGoal, (value) => ({ type: 'goal' as const, ...value })),
    informs: mapped(informing, (value) => ({ type: 'informs' as const, ...value })),
  },
})
export type OfferText = ValueOf<typeof offer>
export const offers = mapOf(id, offer, OFFERS_MAX)

const review = record('`review`', {
  sameDevice: optional(yes, 'Where friend and advocate share a device; silence means yes', 'yes'),
  sameAddress: optional(yes, 'Where they share an address; silence means yes', 'yes'),
  samePayment: optional(yes, 'Where they share a card or account; silence means yes', 'yes'),
  velocity: optional(countOf('times'), 'More referrals of one advocate than this; silence means 10 times', '5 times'),
  within: optional(periodOfDays, 'In so short a time; silence means P7D', 'P1D'),
})

export const referral = record('`referral`', {
  friend: optional(awards, 'What the friend gets; silence means nothing', '100 points'),
  advocate: optional(awards, 'What the member gets who brought the friend; silence means nothing', '300 points'),
  goal: required(goal, 'What the friend has to do first', '{ order: { atLeast: 30.00 USD } }'),
  hold: required(periodOfDays, 'How long both wait for it, longer than goods can come back', 'P15D'),
  cap: optional(
    timesCap,
    'How many friends count for one member; silence means without limit',
    '{ most: 20 times, each: calendar-year }',
  ),
  review: optional(
    review,
    'What a person looks at first; silence means what its keys say',
    '{ velocity: 5 times, within: P1D }',
  ),
})
export type ReferralText = ValueOf<typeof referral>

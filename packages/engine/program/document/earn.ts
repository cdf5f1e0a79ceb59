import { suggestion } from '../nearest.ts'
import { groupReference, id, right, ruleReference, scalar, word, wrong } from '../scalar.ts'
import { amount, type Money, multiplier, parseMoney, printMoney, quantity } from '../scalar-amount.ts'
import { period } from '../scalar-time.ts'
import { choice, defined, listOf, mapOf, mapped, optional, record, required, setOf, type ValueOf } from '../shape.ts'
import { expiry } from './assets.ts'
import { audience, channels, during, places } from './audience.ts'
import { conditionText } from './condition-text.ts'

// Every order meets every rule; beyond this a preview would no longer feel instant.
const RULES_MAX = 500
const GROUPS_MAX = 100

const laterEvents = new Set([
  'member.birthday',
  'member.joined',
  'member.anniversary',
  'order.placed',
  'order.delivered',
])

/** `order.paid` or `activity.review`. */
const event = scalar<{ readonly activity: string | null }>({
  name: 'an event',
  example: 'order.paid',
  schema: { type: 'string', pattern: '^(order\\.paid|activity\\.[a-z][a-z0-9-]*)$' },
  parse(text, reading) {
    if (text === 'order.paid') return right({ activity: null })
    const activities = reading.names.activities
    const name = text.startsWith('activity.') ? text.slice('activity.'.length) : ''
    if (activities.has(name)) return right({ activity: name })
    if (name !== '') {
      const instead = suggestion(name, activities.keys(), 'Declare it under `activities`')
      return wrong('unknown-activity', `There is no activity \`${name}\``, instead)
    }
    const known = ['order.paid', ...[...activities.keys()].map((each) => `activity.${each}`)]
    if (laterEvents.has(text)) {
      return wrong(
        'not-in-this-release',
        `Rules on \`${text}\` are not in this release`,
        `Choose one of: ${known.join(', ')}`,
      )
    }
    return wrong('unknown-event', `There is no event \`${text}\``, suggestion(text, known, ''))
  },
  print: ({ activity }) => (activity === null ? 'order.paid' : `activity.${activity}`),
})

const yes = word('an answer', { yes: 'Yes', no: 'No, as without the key' })

const rounding = word('a way of rounding', {
  floor: 'Down to the whole; what silence means',
  ceil: 'Up to the whole',
  'half-up': 'To the nearest whole, halves up',
  'half-even': 'To the nearest whole, halves to the even one',
})

const excluded = word('what spend leaves out', {
  tax: 'The tax contained in prices',
  shipping: 'What was paid for shipping',
  tip: 'What was given on top',
  'gift-card': 'What was spent on gift cards',
  points: 'What was paid with points',
  'stored-value': 'What was paid with gift cards and store credit',
})

export type PerText = ({ readonly type: 'spend' } & Money) | { readonly type: 'order' } | { readonly type: 'item' }

/** `1.00 USD`, `order` or `item`. */
const per = scalar<PerText>({
  name: 'what it is given for',
  example: '1.00 USD',
  schema: {
    anyOf: [
      { const: 'order', description: 'Once for each order' },
      { const: 'item', description: 'For each item bought' },
      { type: 'string', pattern: '^[0-9.]+ [A-Z]{3}$', description: 'For each so much money of eligible spend' },
    ],
  },
  parse(text, reading) {
    if (text === 'order') return right({ type: 'order' })
    if (text === 'item') return right({ type: 'item' })
    const near = suggestion(text, ['order', 'item'], 'none')
    if (!text.includes(' ')) {
      const instead = near.startsWith('Did') ? near : 'Write an amount of money (1.00 USD), order or item'
      return wrong('unknown-word', `Nothing is given per \`${text}\``, instead)
    }
    const parsed = parseMoney(text, reading)
    return 'value' in parsed ? right({ type: 'spend', ...parsed.value }) : parsed
  },
  print: (value, reading) => (value.type === 'spend' ? printMoney(value, reading) : value.type),
})

/** How much or how often at most, and over which time. */
const capKeys = record('a cap', {
  most: required(quantity(['times']), 'How much (100 points) or how often (3 times) at most', '100 points'),
  each: optional(
    word('a span', {
      order: 'In one order',
      'calendar-day': 'From midnight to midnight, in the zone of the program',
      'calendar-week': 'From Monday to Sunday',
      'calendar-month': 'In one month',
      'calendar-quarter': 'From January, April, July, October: three months',
      'calendar-year': 'In one year',
      ever: 'In all',
    }),
    'Over which time; or say `within`',
    'calendar-month',
  ),
  within: optional(period, 'Over this long before each event, sliding; or say `each`', 'P30D'),
  of: optional(word('whose cap it is', { member: 'Each member has a cap of their own' }), 'Whose', 'member'),
  edge: optional(
    word('what happens at the edge', {
      trim: 'What still fits is given; what silence means',
      refuse: 'What does not fit in whole is not given at all',
    }),
    'What becomes of a gift that would pass the cap',
    'trim',
  ),
})
const cap = defined('cap', capKeys)
export type CapText = ValueOf<typeof cap>

/** What giving and multiplying rules have alike: whom and when they concern. */
const concerns = {
  id: required(id, 'Stands in statements and reports, and never changes its meaning', 'base'),
  when: optional(conditionText, 'A condition on the order, the activity or the member', `'order.items >= 3'`),
  lines: optional(conditionText, 'Only what was spent on lines of which this is true', `'line.category == "skincare"'`),
  during: optional(during, 'Only in this time', '{ from: 2026-03-01, through: 2026-03-31 }'),
  for: optional(audience, 'Only for these members', '{ tier: [gold] }'),
  places: optional(places, 'Only in these places', '[fifth-avenue]'),
  channels: optional(channels, 'Only on these channels', '[web]'),
  group: optional(groupReference, 'The rules of a group compete, as the group says', 'bonus'),
  exclusive: optional(yes, 'Where it holds, the rest of its group does not', 'yes'),
}

const giving = record('a giving rule', {
  ...concerns,
  on: required(event, 'The event it listens to: order.paid or activity.<name>', 'order.paid'),
  give: required(amount, 'What it gives', '1 points'),
  per: optional(per, 'What that is given for: so much money, each order or each item', '1.00 USD'),
  include: optional(setOf(excluded, 6), 'What counts as spend all the same', '[tax]'),
  round: optional(rounding, 'How the exact result becomes whole', 'floor'),
  stack: optional(
    word('a way of adding up', {
      sum: 'Twice and one and a half make two and a half; what silence means',
      product: 'Twice and one and a half make three',
    }),
    'How several multipliers work together',
    'sum',
  ),
  cap: optional(cap, 'At most so much, or so often', '{ most: 3 times, each: calendar-month }'),
  burnAs: optional(id, 'The class of its asset in which it is burnt', 'promo'),
  expires: optional(expiry, 'Another expiry than the asset has', '{ life: P1M }'),
})
export type GivingText = ValueOf<typeof giving>

const multiplying = record('a multiplying rule', {
  ...concerns,
  multiply: required(
    record('`multiply`', {
      rule: required(ruleReference, 'The giving rule that gives more', 'base'),
      by: required(multiplier, 'How many times as much', '2'),
    }),
    'Which rule gives how many times as much',
    '{ rule: base, by: 2 }',
  ),
})
export type MultiplyingText = ValueOf<typeof multiplying>

export const earn = listOf(
  choice('a rule', 'give: 1 points', {
    maps: {
      give: mapped(giving, (rule) => ({ type: 'give' as const, ...rule })),
      multiply: mapped(multiplying, (rule) => ({ type: 'multiply' as const, ...rule })),
    },
  }),
  RULES_MAX,
)

const group = record('a group', {
  take: required(
    word('what a group takes', {
      best: 'Of the rules that hold, the one that gives most; of equals the first in the list',
      first: 'Of the rules that hold, the first in the list',
      all: 'All rules that hold',
    }),
    'Which of its rules count',
    'best',
  ),
  cap: optional(cap, 'At most so much from the whole group', '{ most: 100 points, each: order }'),
})
export type GroupText = ValueOf<typeof group>

export const groups = mapOf(id, group, GROUPS_MAX)

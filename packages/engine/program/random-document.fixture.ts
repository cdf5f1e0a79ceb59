import fc from 'fast-check'
import { declared, mechanics, moreRewards, moreRules } from './random-mechanics.fixture.ts'
import {
  audience,
  awards,
  cap,
  countedTexts,
  credit,
  date,
  days,
  during,
  expiry,
  holdout,
  money,
  orderCondition,
  type Plain,
  period,
  points,
  some,
  texts,
  times,
  whole,
  word,
} from './random-parts.fixture.ts'

/**
 * Right documents, plain data with texts as leaves. `take: first` is left out: drawn rules would shadow each other.
 */

const concerns = {
  during,
  for: audience,
  places: fc.constant(['high-street']),
  // With the one that an order's condition may ask for: of a rule for others nothing could come, which is a mistake.
  channels: fc.constantFrom<Plain>(['web'], ['web', 'till']),
  holdout,
}

const spendRule = some(
  {
    on: word('order.paid'),
    give: fc.oneof(points, fc.constant('1 credit'), fc.constant('0.25 credit')),
    per: fc.oneof(money, word('order', 'visit', 'item')),
    when: orderCondition,
    lines: word('line.category == "skincare"', 'line.unitPrice > money("5.00") && line.kind == "goods"'),
    round: word('floor', 'ceil', 'half-up', 'half-even'),
    stack: word('add', 'multiply'),
    cap: cap(times),
    expires: expiry,
    ...concerns,
  },
  ['on', 'give', 'per'],
)
const activityRule = some(
  {
    on: word('activity.review'),
    give: points,
    per: word('1 activity.words', '25 activity.words'),
    round: word('floor', 'half-up'),
    when: word('activity.words >= 30', 'activity.verified'),
    cap: cap(times),
    burnAs: word('promo'),
    ...concerns,
  },
  ['on', 'give'],
)
const multiplyRule = some(
  {
    multiply: some({ rule: word('base'), by: word('1.5', '2', '1.10', '2.0', '3.3333') }, ['rule', 'by']),
    when: orderCondition,
    group: word('bonus'),
    exclusive: word('no'),
    for: audience,
    budget: fc.constant<Plain>({ most: '5000 points' }),
  },
  ['multiply'],
)
const rules = fc
  .array(fc.oneof(spendRule, activityRule, multiplyRule, moreRules), { maxLength: 6 })
  .map((list) => list.map((rule, index) => ({ id: `rule-${index}`, ...(rule as object) }) as Plain))

const ladder = fc.tuple(
  fc.oneof(
    fc.constant<readonly [Plain, string]>([{ earned: 'status' }, 'status']),
    fc.constant<readonly [Plain, string]>(['orders', 'orders']),
    fc.constant<readonly [Plain, string]>(['visits', 'visits']),
    fc.constant<readonly [Plain, string]>([{ activity: 'review' }, 'times']),
  ),
  fc.oneof(
    fc.constant<Plain>('lifetime'),
    days.map((rolling): Plain => ({ rolling })),
    some({ calendar: word('month', 'quarter', 'year'), keptThrough: word('next-period'), rollOver: word('yes') }, [
      'calendar',
    ]),
    some({ resets: word('02-01', '07-15'), keptThrough: word('next-period') }, ['resets']),
    some({ anniversary: word('joining'), rollOver: word('yes') }, ['anniversary']),
  ),
  fc.oneof(
    some({ to: word('one-step', 'earned'), grace: days, warn: fc.array(days, { minLength: 1, maxLength: 3 }) }, ['to']),
    fc.constant<Plain>({ to: 'never' }),
  ),
  some({ rise: word('at-once'), afterRefund: word('keep-to-window-end', 'revoke') }, []),
  fc.option(expiry),
  some({ benefits: fc.constant<Plain>(['perk']), entry: awards, hidden: word('yes'), invitation: word('yes') }, []),
)
const tiers = ladder.map(
  ([[measure, unit], window, fall, rest, expires, brings]): Plain => [
    {
      ladder: 'standing',
      measure,
      window,
      fall,
      ...(rest as object),
      levels: [
        { id: 'basic', reach: `0 ${unit}` },
        {
          id: 'gold',
          reach: `12 ${unit}`,
          ...(expires === null ? {} : { expires: { points: expires } }),
          ...(brings as object),
        },
      ],
    },
    {
      ladder: 'seen',
      measure: 'spend',
      window: 'lifetime',
      fall: { to: 'never' },
      levels: [{ id: 'guest', reach: '0.00 USD' }],
    },
  ],
)

const offered = { name: texts, for: audience, during, when: word('"press" in member.tags') }
const priced = {
  ...offered,
  price: points,
  priceFor: fc.array(some({ for: audience, price: points }, ['for', 'price']), { minLength: 1, maxLength: 2 }),
}
const reward = fc.oneof(
  some({ kind: word('money-off'), value: money, ...priced }, ['kind', 'value', 'price']),
  some({ kind: word('percent-off'), value: word('10%', '12.50%', '100%'), ...priced }, ['kind', 'value', 'price']),
  some({ kind: word('product'), sku: word('SKU 1', '0012'), ...priced }, ['kind', 'sku', 'price']),
  some({ kind: word('free-shipping', 'custom'), ...priced }, ['kind', 'price']),
  some(
    {
      kind: word('pay-with-points'),
      least: word('100 points', '300 points'),
      most: word('900 points'),
      step: word('50 points', '100 points'),
      worth: fc.constant<Plain>({ '100 points': '1.00 USD' }),
      ...offered,
    },
    ['kind', 'least', 'step'],
  ),
)
const rewards = fc
  .dictionary(word('a', 'b-1', 'c'), fc.oneof(reward, moreRewards), { maxKeys: 3 })
  .map((drawn): Plain => ({ ...(drawn as object), treat: { kind: 'custom', expires: 'P90D' } }))

/** Audiences of rewards and prices are drawn apart, and levels exclude each other: they agree on nothing here but tiers. */
const withoutTiers = (value: Plain): Plain => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((item: Plain) => withoutTiers(item))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (key === 'tier' ? [] : [[key, withoutTiers(item)]])),
  )
}

export const randomDocument: fc.Arbitrary<Plain> = some(
  {
    laurel: word('1'),
    id: word('corner-shop', 'a', 'x-1'),
    name: texts,
    zone: word('Europe/London', 'UTC', 'America/Argentina/Buenos_Aires'),
    currency: word('USD'),
    inForce: fc
      .oneof(
        word('always'),
        date,
        date.map((day) => `${day}T09:30`),
      )
      .map((from): Plain => ({ from })),
    // biome-ignore lint/suspicious/noThenProperty: a word of the language; its value is a text, never a function
    late: some({ accept: period, then: word('person'), debt: word('owe', 'waive'), historyFrom: date }, ['accept']),
    refunds: fc.oneof(
      some(
        { accept: period, shortfall: word('debt'), limit: fc.oneof(word('none'), points, fc.tuple(points, credit)) },
        ['shortfall'],
      ),
      some({ accept: period, shortfall: word('waive') }, ['shortfall']),
    ),
    leaving: fc.oneof(fc.constant('none'), days).map((forfeitAfter): Plain => ({ forfeitAfter })),
    reservations: whole(600).map((minutes): Plain => ({ last: `PT${minutes}M` })),
    unknownMembers: word('refuse', 'create'),
    activities: fc.constant<Plain>({ review: { facts: { words: 'number', verified: 'yes-no' } } }),
    assets: some(
      {
        points: some(
          {
            kind: word('spendable'),
            name: countedTexts,
            pending: fc.oneof(
              word('none'),
              days,
              days.map((longest): Plain => ({ until: 'order.delivered', longest })),
            ),
            expires: expiry,
            burnOrder: fc.constant<Plain>(['promo', 'standard']),
            warn: fc.array(days, { minLength: 1, maxLength: 3 }),
            lapsedReturns: some({ member: fc.oneof(word('none'), days), shop: days }, []),
            worth: fc.constant<Plain>({ '100 points': '1.00 USD' }),
            gifting: fc.constant<Plain>({ most: '500 points', each: 'calendar-month', least: '10 points' }),
            shown: word('yes', 'no'),
          },
          ['kind', 'expires', 'burnOrder', 'worth'],
        ),
        status: fc.constant<Plain>({ kind: 'qualifying', expires: 'never' }),
        stamps: fc.constant<Plain>({ kind: 'stamps', expires: 'never', pending: 'none' }),
        tickets: fc.constant<Plain>({ kind: 'tickets', expires: 'never' }),
        cash: some({ kind: word('money'), smallest: word('0.01 cash'), expires: expiry }, ['kind', 'expires']),
        credit: some(
          {
            kind: word('spendable'),
            smallest: word('0.01 credit'),
            pending: word('none'),
            expires: expiry,
            worth: fc.constant<Plain>({ '1.5 credit': '3.00 USD' }),
          },
          ['kind', 'smallest', 'pending', 'expires', 'worth'],
        ),
      },
      ['points', 'status', 'credit', 'stamps', 'tickets', 'cash'],
    ),
    earn: rules.map((list): Plain => [{ id: 'base', on: 'order.paid', give: '1 points', per: '1.00 USD' }, ...list]),
    groups: word('best', 'all').map((take): Plain => ({ bonus: { take } })),
    tiers,
    rewards: rewards.map(withoutTiers),
    places: fc.constant<Plain>({
      'high-street': { zone: 'Europe/London', name: { en: 'High Street' }, partner: 'spa-house' },
    }),
    ...declared,
    ...mechanics,
  },
  [
    'laurel',
    'id',
    'name',
    'zone',
    'currency',
    'refunds',
    'activities',
    'assets',
    'earn',
    'groups',
    'tiers',
    'rewards',
    'places',
    ...Object.keys(declared),
  ],
)

import fc from 'fast-check'
import {
  audience,
  awards,
  budget,
  cap,
  counted,
  days,
  during,
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

/** What a document can hold beside assets, rules, tiers and rewards with a price. */

const memberCondition = word('"press" in member.tags', 'member.orders >= 2', 'member.daysSinceOrder > 60')
const lineCondition = word('line.category == "skincare"', 'line.unitPrice > money("5.00") && line.kind == "goods"')
const offered = { name: texts, for: audience, during, when: memberCondition }
const validity = fc.oneof(days, some({ life: days, endOf: word('month', 'year') }, ['life']))
const basket = some({ least: fc.constant('100000.00 USD'), lines: lineCondition }, [])
const instead = fc.constant<Plain>({ charity: 'green-city', value: '5.00 USD' })
const vouched = {
  ...offered,
  price: points,
  stock: counted('items'),
  cap: some({ most: times, each: word('calendar-month', 'ever') }, ['most', 'each']),
  expires: validity,
  codes: word('made', 'uploaded'),
  instead,
}

/** Kinds of rewards beside those whose price is all there is to say. */
export const moreRewards = fc.oneof(
  some({ kind: word('money-off'), value: money, basket, together: word('yes', 'no'), ...vouched }, [
    'kind',
    'value',
    'price',
  ]),
  some({ kind: word('percent-off'), value: word('10%'), most: money, basket, ...vouched }, ['kind', 'value', 'price']),
  fc.constant<Plain>({ kind: 'gift-card', value: '25.00 USD', price: '50 points' }),
  some(
    {
      kind: word('experience'),
      price: points,
      sessions: fc.constant<Plain>([
        { id: 'may', starts: '2031-05-02T18:00', place: 'high-street', seats: '12 seats' },
        { id: 'june', starts: '2031-06-02', seats: '1 seats' },
      ]),
      cancel: period.map((before): Plain => ({ before })),
      waiting: period.map((accept): Plain => ({ accept })),
      ...offered,
    },
    ['kind', 'price', 'sessions'],
  ),
  some({ kind: word('access'), price: points, opens: period, ...offered }, ['kind', 'price', 'opens']),
  some({ kind: word('donation'), charity: word('green-city'), price: points, ...offered }, [
    'kind',
    'charity',
    'price',
  ]),
  fc.constant<Plain>({ kind: 'donation', charity: 'green-city', value: '3.00 USD' }),
  fc.constant<Plain>({ kind: 'exchange', gets: '3 tickets', price: '50 points' }),
  fc.constant<Plain>({ kind: 'exchange', partner: 'spa-house', gets: '50 miles', price: '50 points' }),
  fc.constant<Plain>({
    kind: 'custom',
    price: 'none',
    cap: { most: '1 times', each: 'calendar-year' },
    partners: ['spa-house'],
  }),
)

const onOrders = {
  when: orderCondition,
  lines: lineCondition,
  places: fc.constant<Plain>(['high-street']),
  channels: fc.constant<Plain>(['web']),
}
const compared = (value: fc.Arbitrary<Plain>) =>
  fc.tuple(word('atLeast', 'moreThan'), value).map(([how, size]): Plain => ({ [how]: size }))
const distinct = word('brand', 'category', 'sku')
const goal = fc.oneof(
  some({ spend: compared(money), ...onOrders }, ['spend']),
  some({ order: compared(money), ...onOrders }, ['order']),
  some({ orders: compared(counted('times', 3)), distinct, ...onOrders }, ['orders']),
  some({ items: compared(counted('items')), distinct, ...onOrders }, ['items']),
  some({ visits: compared(fc.constant('1 visits')), ...onOrders }, ['visits']),
  fc.constant<Plain>({ activities: { atLeast: '2 times', of: 'review' }, when: 'activity.words >= 30' }),
  fc.constant<Plain>({ earned: { moreThan: '500 points' } }),
  fc.constant<Plain>({ referrals: { atLeast: '1 times' } }),
)
const dates = fc.constant<Plain>({ from: '2031-03-01', through: '2031-03-31T18:00' })
const calendar = word('week', 'month', 'quarter', 'year').map((unit): Plain => ({ calendar: unit }))

const challenge = fc.oneof(
  some(
    {
      goal,
      window: fc.oneof(calendar, dates, fc.constant('lifetime')),
      give: awards,
      repeat: word('each-window', 'once', 'always'),
      holdout,
      afterRefund: word('keep', 'revoke'),
      ...offered,
    },
    ['goal', 'window', 'give'],
  ),
  some(
    {
      goal: fc.constant<Plain>({ orders: { atLeast: '5 times' } }),
      window: calendar,
      give: fc.constant<Plain>(['5 points', { badge: 'explorer' }]),
      milestones: fc.constant<Plain>([
        { id: 'first', reach: '1 times', give: '1 points' },
        { id: 'third', reach: '3 times', give: { badge: 'explorer' } },
      ]),
      streak: some({ reach: counted('times', 2), freeze: counted('times', 0), give: awards }, ['reach', 'give']),
      budget: fc.constant<Plain>({ most: '5000 points' }),
    },
    ['goal', 'window', 'give'],
  ),
)
const window = some({ length: days, end: word('open', 'closed') }, ['length', 'end'])
const sendTo = some({ for: audience, when: memberCondition }, [])
const offer = fc.oneof(
  some(
    { name: texts, goal, window, give: awards, exclusive: word('yes', 'no'), seen: word('required'), sendTo, holdout },
    ['goal', 'window', 'give'],
  ),
  some({ informs: texts, window, seen: word('not-required'), sendTo }, ['informs']),
)
const benefit = fc.oneof(
  some({ kind: word('free-shipping'), basket, ...offered, worth: money }, ['kind']),
  some({ kind: word('percent-off'), value: word('5%'), lines: lineCondition, ...offered }, ['kind', 'value']),
  some({ kind: word('access'), opens: period, ...offered }, ['kind', 'opens']),
  some({ kind: word('adviser', 'service'), ...offered, worth: money }, ['kind']),
)
const named = (value: fc.Arbitrary<Plain>) => fc.dictionary(word('a', 'b-1', 'c'), value, { minKeys: 1, maxKeys: 2 })

/** Sections that others name: they are always there. */
export const declared = {
  badges: some({ name: texts, each: word('ever', 'calendar-month') }, []).map((explorer): Plain => ({ explorer })),
  benefits: benefit.map((perk): Plain => ({ perk })),
  charities: some(
    {
      name: texts,
      impact: fc.constantFrom<Plain>(
        { per: '100 points', brings: { en: 'a tree' } },
        { per: '10.00 USD', brings: { en: 'a metre of hedge' } },
      ),
    },
    [],
  ).map((charity): Plain => ({ 'green-city': charity })),
  memberships: some(
    {
      name: texts,
      fee: money,
      every: fc.constant('P1Y'),
      trial: fc.constant('P1M'),
      grace: days,
      cancel: word('period-end', 'at-once'),
      benefits: fc.constant<Plain>(['perk']),
      entry: awards,
      holdout,
    },
    ['fee', 'every'],
  ).map((plus): Plain => ({ plus })),
  partners: fc.constant<Plain>({ 'spa-house': { settles: { '100 points': '0.80 USD' }, burn: 'yes' } }),
  referral: some(
    {
      friend: awards,
      advocate: awards,
      goal: fc.constant<Plain>({ order: { atLeast: '30.00 USD' } }),
      hold: days,
      cap: some({ most: times, each: word('calendar-year') }, ['most', 'each']),
      review: some({ sameDevice: word('yes', 'no'), samePayment: word('no'), velocity: times, within: days }, []),
    },
    ['advocate', 'goal', 'hold'],
  ),
  segments: fc.constant<Plain>({ 'early-birds': {}, students: { name: { en: 'Students' } }, barred: {} }),
}

/** What becomes of what is given up. */
const answer = fc.constantFrom<Plain>('keep', { through: '2031-06-30' }, { through: '2031-06-30T12:00' })

export const mechanics = {
  cards: some({ name: texts, give: awards, repeat: word('yes', 'no'), for: audience }, ['give']).map(
    (card): Plain => ({ ten: { of: 'stamps', full: '10 stamps', ...(card as object) } }),
  ),
  challenges: named(challenge),
  draws: some({ name: texts, give: awards, for: audience }, ['give']).map(
    (draw): Plain => ({
      car: {
        of: 'tickets',
        window: { from: '2031-03-01', through: '2031-03-31' },
        winners: '3 winners',
        ...(draw as object),
      },
    }),
  ),
  leaderboards: fc
    .tuple(some({ name: texts, ties: word('share', 'first'), for: audience }, []), awards)
    .map(([board, give]): Plain => {
      const ranks: Plain = [
        { rank: '1', give },
        { rank: '2-10', give: '5 points' },
      ]
      const whole = { measure: { earned: 'points' }, window: { calendar: 'month' }, top: '10 members', ranks }
      return { sprint: { ...whole, ...(board as object) } }
    }),
  offers: named(offer),
  pools: some({ name: texts, burn: word('everyone', 'founder') }, []).map(
    (pool): Plain => ({
      family: { of: 'points', share: '50%', most: '6 members', leaving: 'take-share', ...(pool as object) },
    }),
  ),
  terms: fc.constant<Plain>({ current: '2026-03', neededFor: ['redeem', 'earn'] }),
  minimumAge: fc.constant<Plain>({ least: '16 years', neededFor: ['redeem'] }),
  staff: word('yes', 'no').map((earn): Plain => ({ earn })),
  publishing: fc.constant<Plain>({ approval: 'second-person' }),
  holdout: some({ offers: holdout, challenges: holdout, messages: holdout, bonuses: holdout }, []),
  closing: fc
    .constantFrom<Plain>('forfeit', { charity: 'green-city' })
    .map((left): Plain => ({ notice: '2031-01-01', lastEarn: '2031-03-31', lastBurn: '2031-06-30T12:00', left })),
  transitions: some(
    {
      assets: some(
        {
          beans: some(
            { give: points, per: word('1 beans', '2.50 beans', '0.125 beans'), round: word('floor', 'ceil') },
            ['give', 'per'],
          ),
          credit: answer,
          points: answer,
        },
        ['beans'],
      ),
      tiers: some({ 'standing/gold': answer, 'old/gold': fc.constant<Plain>({ to: 'gold', through: '2031-06-30' }) }, [
        'standing/gold',
      ]),
      rewards: some({ 'old-mug': answer }, ['old-mug']),
      cards: some({ 'old-card': answer }, ['old-card']),
      challenges: some({ 'old-quest': answer }, ['old-quest']),
      memberships: some({ 'old-plus': answer }, ['old-plus']),
      pools: some({ 'old-family': word('keep') }, ['old-family']),
      sessions: some({ 'evening/may': word('keep', 'called-off') }, ['evening/may']),
      draws: some({ 'old-raffle': word('keep', 'called-off') }, ['old-raffle']),
    },
    [],
  ),
}

/** Rules that give something else than an amount for an order, or give it to somebody else. */
export const moreRules = fc.oneof(
  some({ on: word('order.paid', 'activity.review'), give: awardsOnly(), cap: cap(times), for: audience, during }, [
    'on',
    'give',
  ]),
  some(
    {
      on: word('member.joined', 'member.birthday', 'member.anniversary', 'membership.renewed'),
      give: fc.oneof(points, awardsOnly()),
      when: memberCondition,
      for: audience,
      holdout,
    },
    ['on', 'give'],
  ),
  some(
    {
      on: word('order.paid'),
      give: word('3% cash', '0.50% cash'),
      round: word('half-up'),
      charity: word('green-city'),
    },
    ['on', 'give'],
  ),
  some(
    {
      on: word('order.paid'),
      give: whole(9).map((count) => `${count} points`),
      per: money,
      charity: word('green-city'),
      partners: fc.constant<Plain>(['spa-house']),
      budget,
    },
    ['on', 'give', 'per'],
  ),
)

function awardsOnly(): fc.Arbitrary<Plain> {
  return fc.constantFrom<Plain>(
    { reward: 'treat' },
    [{ badge: 'explorer' }, '5 points'],
    [{ tier: 'gold', keep: 'P1Y' }],
  )
}

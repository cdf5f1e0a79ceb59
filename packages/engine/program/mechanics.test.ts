import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import type { Program } from './program.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'

const days = (count: number) => ({ months: 0, days: count, ms: 0 })
const dayNumber = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000
const momentOf = (text: string) => Date.parse(`${text}Z`)

function compiled(text: string): Program {
  const { program, findings } = compileProgram(text, { version: 1, hash: '' })
  if (program === null) throw new Error(findings.map(({ message, path }) => `${path}: ${message}`).join('\n'))
  return program
}
const nobody = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }
const everyone = { ...nobody, not: nobody, places: [], channels: [], partners: [] }

const assets = `assets:
  points: { kind: spendable, pending: P14D, expires: never, worth: { 100 points: 1.00 USD } }
  status: { kind: qualifying, expires: never }
  credit: { kind: money, pending: none, expires: never }
  stamps: { kind: stamps, pending: none, expires: never, shown: no }
  tickets: { kind: tickets, pending: none, expires: { date: 03-31 } }`
const rewards = 'rewards: { treat: { kind: custom } }'
const withMore = (more: string, rules = '') => compiled(withRules(rules, { assets, rewards, more }))
const gives = '  - { id: treats, on: member.birthday, give: { reward: treat } }'

describe('earning', () => {
  const ruleOf = (rule: string, more = '') => {
    const program = compiled(withRules(`${gives}\n  - { id: extra, ${rule} }`, { assets, rewards, more }))
    const { order, activity, occasion } = program.awardsOn
    const lists = [program.onOrder, ...program.onActivity.values(), ...program.onOccasion.values()]
    const awarding = [order, ...activity.values(), ...occasion.values()]
    return { program, rule: [...lists, ...awarding].flat().find(({ id }) => id === 'extra') }
  }

  test('a percentage is so many units for so much money', () => {
    expect(ruleOf('on: order.paid, give: 3% credit').rule).toMatchObject({
      asset: 'credit',
      give: 3,
      per: { type: 'spend', minor: 100 },
    })
    expect(ruleOf('on: order.paid, give: 0.25% credit').rule).toMatchObject({
      give: 1,
      per: { type: 'spend', minor: 400 },
    })
  })

  test('an amount is given by the steps of EARN-3, a list of one is what it lists', () => {
    for (const give of ['5 points', '[5 points]']) {
      expect(ruleOf(`on: member.joined, give: ${give}`).rule).toMatchObject({
        asset: 'points',
        give: 5,
        per: { type: 'occasion' },
      })
    }
  })

  test('awards are given once, and caps count times', () => {
    const { program, rule } = ruleOf(
      'on: activity.review, give: [{ reward: treat }, 5 points, { tier: gold, keep: P30D }], cap: { most: 2 times, each: ever, whose: program }',
    )
    expect(program.awardsOn.activity.get('review')).toEqual([rule])
    expect(rule).toMatchObject({
      awards: [
        { type: 'reward', reward: 'treat' },
        { type: 'amount', asset: 'points', amount: 5 },
        { type: 'tier', ladder: 'standing', level: 'gold', keep: days(30) },
      ],
      caps: [0],
    })
    expect(program.caps[0]).toMatchObject({ id: 'rule:extra', counts: 'times', most: 2, of: 'program' })
  })

  test('a budget counts an amount, its worth or times', () => {
    const budgetOf = (budget: string) =>
      ruleOf(`on: order.paid, give: 5 points, per: order, budget: { ${budget} }`).rule?.budget
    expect(budgetOf('most: 500 points')).toEqual({
      id: 'rule:extra',
      most: { type: 'amount', asset: 'points', amount: 500 },
      edge: 'trim',
    })
    expect(budgetOf('most: 500.00 USD, edge: refuse')).toMatchObject({
      most: { type: 'worth', minor: 50_000 },
      edge: 'refuse',
    })
    expect(budgetOf('most: 500 times')).toMatchObject({ most: { type: 'times', times: 500 } })
  })

  test('whom, where and when', () => {
    const more =
      'partners: { spa: {} }\nbadges: { fan: {} }\nmemberships: { plus: { fee: 5.00 USD, every: P1M, entry: { badge: fan } } }'
    const { rule } = ruleOf(
      'on: order.paid, give: 5 points, per: order, partners: [spa], during: { except: [2026-12-24] }, for: { membership: [plus], badge: [fan], not: { tier: [gold], tag: [press] } }',
      more,
    )
    expect(rule?.audience).toEqual({
      ...everyone,
      memberships: ['plus'],
      badges: ['fan'],
      not: { ...nobody, tiers: [{ ladder: 'standing', level: 'gold' }], tags: ['press'] },
      partners: ['spa'],
    })
    expect(rule?.during?.except).toEqual(new Set([dayNumber('2026-12-24')]))
  })

  test('only what ends is held out by silence, and what is said stands', () => {
    const shareOf = (rest: string) => {
      const rule = `  - { id: extra, on: order.paid, give: 5 points, per: order${rest} }`
      const program = compiled(withRules(rule, { holdout: 'holdout: { bonuses: 10% }' }))
      return program.onOrder.find(({ id }) => id === 'extra')?.holdout
    }
    expect(shareOf('')).toBeNull()
    expect(shareOf(', during: { from: 2026-03-01 }')).toBeNull()
    expect(shareOf(', during: { through: 2026-03-31 }')).toEqual({ numerator: 1, denominator: 10 })
    expect(shareOf(', during: { through: 2026-03-31 }, holdout: none')).toBeNull()
    expect(shareOf(', holdout: 25%')).toEqual({ numerator: 1, denominator: 4 })
  })
})

describe('rewards', () => {
  const rewardOf = (reward: string, more = '') =>
    compiled(
      documentWith({
        assets,
        rewards: `rewards: { it: { ${reward} } }`,
        more,
      }),
    ).rewards.get('it')

  test('a voucher has its validity, its basket and its codes', () => {
    expect(
      rewardOf(
        'kind: percent-off, value: 20%, most: 8.00 USD, price: 50 points, stock: 10 items, cap: { most: 1 times, each: ever }, expires: { life: P90D, endOf: month }, basket: { least: 10.00 USD, lines: \'line.brand == "x"\' }, together: yes, codes: uploaded, instead: { charity: green, value: 2.00 USD }',
        'charities: { green: {} }',
      ),
    ).toMatchObject({
      kind: { type: 'percent-off', percent: { numerator: 1, denominator: 5 }, most: 800 },
      price: { type: 'fixed', asset: 'points', choices: [{ amount: 50, audience: everyone }] },
      stock: 10,
      cap: { id: 'reward:it', counts: 'times', most: 1, span: { type: 'ever' } },
      expiry: { type: 'life', life: days(90), endOf: 'month' },
      basket: { least: 1000, lines: { text: 'line.brand == "x"' } },
      together: true,
      codes: 'uploaded',
      instead: { charity: 'green', minor: 200 },
    })
  })

  test('silence means: for ever, codes made here, alone on an order, never running out', () => {
    expect(rewardOf('kind: gift-card, value: 25.00 USD, price: 5 points')).toMatchObject({
      kind: { type: 'gift-card', minor: 2500 },
      expiry: { type: 'never' },
      codes: 'made',
      together: false,
      stock: null,
      cap: null,
      basket: null,
    })
  })

  test('free of charge is not without a price', () => {
    expect(rewardOf('kind: custom, price: none, cap: { most: 1 times, each: ever }')?.price).toEqual({ type: 'free' })
    expect(withMore('', gives).rewards.get('treat')?.price).toBeNull()
  })

  test('store credit pays what it says', () => {
    expect(rewardOf('kind: pay-with-points, least: 0.50 credit, step: 0.01 credit')?.price).toMatchObject({
      type: 'chosen',
      asset: 'credit',
      least: 50,
      step: 1,
      worth: { amount: 1, minor: 1 },
    })
  })

  test.each([
    [
      'kind: experience, price: 5 points, sessions: [{ id: may, starts: 2026-05-02T18:00, seats: 12 seats }], cancel: { before: P2D }, waiting: { accept: PT12H }',
      {
        type: 'experience',
        sessions: [{ id: 'may', starts: momentOf('2026-05-02T18:00'), place: null, seats: 12 }],
        cancelBefore: days(2),
        waitingAccept: { months: 0, days: 0, ms: 43_200_000 },
      },
    ],
    [
      'kind: access, price: 5 points, opens: PT24H',
      { type: 'access', earlier: { months: 0, days: 0, ms: 86_400_000 } },
    ],
    ['kind: donation, charity: green, price: 5 points', { type: 'donation', charity: 'green', minor: null }],
    ['kind: exchange, gets: 10 tickets, price: 5 points', { type: 'exchange', asset: 'tickets', amount: 10 }],
    [
      'kind: exchange, partner: spa, gets: 50 miles, price: 5 points',
      { type: 'partner-exchange', partner: 'spa', count: 50, unit: 'miles' },
    ],
  ])('%s', (reward, kind) => {
    const more = 'charities: { green: {} }\npartners: { spa: { burn: yes, settles: { 100 points: 0.80 USD } } }'
    expect(rewardOf(reward, more)?.kind).toEqual(kind)
  })

  test('a benefit knows the levels and memberships that name it', () => {
    const program = compiled(
      documentWith({
        tiers: `tiers:
  - ladder: standing
    measure: spend
    window: lifetime
    fall: { to: never }
    levels:
      - { id: basic, reach: 0.00 USD }
      - { id: gold, reach: 100.00 USD, benefits: [shipping], entry: 50 points, hidden: yes, invitation: yes }`,
        more: `benefits: { shipping: { kind: free-shipping, basket: { least: 25.00 USD }, worth: 5.00 USD } }
memberships: { plus: { fee: 59.00 USD, every: P1Y, trial: P30D, benefits: [shipping], holdout: 90% } }`,
      }),
    )
    expect(program.benefits.get('shipping')).toMatchObject({
      kind: { type: 'free-shipping', basket: { least: 2500, lines: null } },
      levels: [{ ladder: 'standing', level: 'gold' }],
      memberships: ['plus'],
      worth: 500,
    })
    expect(program.ladders[0]?.levels[1]).toMatchObject({
      benefits: ['shipping'],
      entry: [{ type: 'amount', asset: 'points', amount: 50 }],
      hidden: true,
      invitation: true,
    })
    expect(program.memberships.get('plus')).toMatchObject({
      fee: 5900,
      every: { months: 12, days: 0, ms: 0 },
      trial: days(30),
      grace: null,
      cancel: 'period-end',
      holdout: { numerator: 9, denominator: 10 },
    })
  })
})

describe('games and offers', () => {
  test('STAMP-1 a card takes what fills it and comes again', () => {
    expect(
      withMore('cards: { ten: { of: stamps, full: 10 stamps, give: { reward: treat } } }').cards.get('ten'),
    ).toEqual({
      id: 'ten',
      name: {},
      asset: 'stamps',
      full: 10,
      awards: [{ type: 'reward', reward: 'treat' }],
      repeat: true,
      audience: everyone,
    })
  })

  test('GAME-1 a challenge has its goal in the smallest units of what it counts', () => {
    const { challenges } = withMore(
      `challenges:
  spend: { goal: { spend: { moreThan: 40.00 USD }, lines: 'line.brand == "x"' }, window: { from: 2026-03-01, through: 2026-03-31 }, give: 5 points, repeat: once, afterRefund: revoke }
  shelves:
    goal: { orders: { atLeast: 3 times }, distinct: category }
    window: { calendar: week }
    milestones: [{ id: second, reach: 2 times, give: 1 points }]
    give: 5 points
    streak: { reach: 4 times, freeze: 1 times, give: 9 points }`,
    )
    expect(challenges.get('spend')).toMatchObject({
      goal: { measure: { type: 'spend' }, comparison: 'moreThan', target: 4000, lines: { text: 'line.brand == "x"' } },
      window: { type: 'dates', from: momentOf('2026-03-01T00:00'), through: momentOf('2026-04-01T00:00') },
      repeat: 'once',
      streak: null,
      afterRefund: 'revoke',
    })
    expect(challenges.get('shelves')).toMatchObject({
      goal: { measure: { type: 'orders' }, comparison: 'atLeast', target: 3, distinct: 'category' },
      window: { type: 'calendar', unit: 'week' },
      milestones: [{ id: 'second', reach: 2, awards: [{ type: 'amount', amount: 1 }] }],
      repeat: 'each-window',
      streak: { reach: 4, freeze: 1, awards: [{ amount: 9 }] },
      afterRefund: 'keep',
    })
  })

  test('boards have ranks from the top, draws a closing moment', () => {
    const program = withMore(
      `leaderboards: { sprint: { measure: { activity: review }, window: { calendar: month }, top: 10 members, ranks: [{ rank: 1, give: 9 points }, { rank: 2-10, give: 1 points }] } }
draws: { car: { of: tickets, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 3 winners, give: { reward: treat } } }`,
      '  - { id: lots, on: order.paid, give: 1 tickets, per: order }',
    )
    expect(program.leaderboards.get('sprint')).toMatchObject({
      measure: { type: 'activities', name: 'review' },
      ties: 'share',
      top: 10,
      ranks: [
        { first: 1, last: 1 },
        { first: 2, last: 10 },
      ],
    })
    expect(program.draws.get('car')).toMatchObject({
      opens: momentOf('2026-03-01T00:00'),
      closes: momentOf('2026-04-01T00:00'),
      winners: 3,
    })
  })

  test('an offer runs from its receipt, or only informs', () => {
    const { offers } = withMore(
      `offers:
  again: { goal: { order: { moreThan: 25.00 USD } }, window: { length: P14D, end: closed }, give: 5 points, exclusive: yes, seen: required, sendTo: { when: 'member.daysSinceOrder > 60' }, holdout: 20% }
  news: { informs: { en: News } }`,
    )
    expect(offers.get('again')).toMatchObject({
      type: { type: 'goal', goal: { measure: { type: 'order' }, target: 2500 }, exclusive: true, budget: null },
      window: { length: days(14), end: 'closed' },
      seen: 'required',
      sendTo: { audience: everyone, when: { text: 'member.daysSinceOrder > 60' } },
      holdout: { numerator: 1, denominator: 5 },
    })
    expect(offers.get('news')).toMatchObject({
      type: { type: 'informs', text: { en: 'News' } },
      window: null,
      seen: 'not-required',
      sendTo: null,
    })
  })

  test('silence about review looks at everything', () => {
    const { referral } = withMore(
      'referral: { advocate: 5 points, goal: { order: { atLeast: 30.00 USD } }, hold: P15D, cap: { most: 20 times, each: calendar-year } }',
    )
    expect(referral).toMatchObject({
      friend: [],
      advocate: [{ type: 'amount', asset: 'points', amount: 5 }],
      hold: days(15),
      cap: { id: 'referral', counts: 'times', most: 20 },
      review: {
        sameDevice: true,
        sameAddress: true,
        samePayment: true,
        velocity: { most: 10, within: days(7) },
      },
    })
  })
})

test('parties: pools, partners, charities and places', () => {
  const program = withMore(
    `pools: { family: { of: points, share: 50%, most: 6 members, leaving: take-share } }
partners: { spa: { settles: { 100 points: 0.80 USD } } }
charities: { green: { impact: { per: 10.00 USD, brings: { en: a tree } } }, river: { impact: { per: 100 points, brings: { en: a metre } } } }
segments: { idle: { when: 'member.daysSinceOrder > 60' } }`,
  )
  expect(program.pools.get('family')).toMatchObject({
    asset: 'points',
    share: { numerator: 1, denominator: 2 },
    burn: 'everyone',
    membersMax: 6,
    leaving: 'take-share',
  })
  expect(program.partners.get('spa')).toEqual({
    id: 'spa',
    name: {},
    settles: { asset: 'points', amount: 100, minor: 80 },
    earn: true,
    burn: false,
  })
  expect(program.charities.get('green')?.impact?.per).toEqual({ type: 'worth', minor: 1000 })
  expect(program.charities.get('river')?.impact?.per).toEqual({ type: 'amount', asset: 'points', amount: 100 })
  expect(program.segments.get('idle')?.when?.text).toBe('member.daysSinceOrder > 60')
  expect(program.asksPast).toBe(true)
})

test('END-1 the last day of earning and of spending are whole days', () => {
  const program = withMore(`closing: { notice: 2026-02-01, lastEarn: 2026-03-31, lastBurn: 2026-06-30, left: forfeit }
terms: { current: 2026-03, neededFor: [redeem] }
minimumAge: { least: 16 years, neededFor: [earn, redeem] }
staff: { earn: yes }
publishing: { approval: second-person }`)
  expect(program.closing).toEqual({
    notice: momentOf('2026-02-01T00:00'),
    earnsUntil: momentOf('2026-04-01T00:00'),
    burnsUntil: momentOf('2026-07-01T00:00'),
    left: { type: 'forfeit' },
  })
  expect(program.terms).toEqual({ current: '2026-03', for: new Set(['redeem']) })
  expect(program.minimumAge).toEqual({ years: 16, for: new Set(['earn', 'redeem']) })
  expect(program.staffEarn).toBe(true)
  expect(program.publishingNeedsApproval).toBe(true)
  expect(withMore('').publishingNeedsApproval).toBe(false)
})

test('assets that are money are kept in minor units', () => {
  const program = withMore('')
  const scales = program.assets.map(({ id, kind, scale, shown }) => [id, kind, scale, shown])
  expect(scales).toEqual([
    ['credit', 'money', 2, true],
    ['points', 'spendable', 0, true],
    ['stamps', 'stamps', 0, false],
    ['status', 'qualifying', 0, true],
    ['tickets', 'tickets', 0, true],
  ])
})

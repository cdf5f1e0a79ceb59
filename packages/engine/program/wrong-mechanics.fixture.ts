import { documentWith, type WrongDocument, withRules } from './wrong-document.fixture.ts'

// Parts that are right and that others need.
const treat = 'rewards: { treat: { kind: custom } }'
const tickets = (more: string) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: P14D, expires: never }
  status: { kind: qualifying, expires: never }
  tickets: { kind: tickets, pending: none, expires: never }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: lots, on: order.paid, give: 1 tickets, per: order }`,
    more,
  })
const credit = (asset: string, rule = '  - { id: back, on: order.paid, give: 3% credit }', more = '') =>
  withRules(rule, {
    assets: `assets:
  points: { kind: spendable, pending: P14D, expires: never }
  status: { kind: qualifying, expires: never }
  credit: { kind: money, pending: P14D, expires: never${asset} }`,
    more,
  })
const section = (name: string, id: string, value: string, parts: Parameters<typeof documentWith>[0] = {}) =>
  documentWith({ rewards: '', more: `${name}:\n  ${id}: ${value}`, ...parts })
const card = (value: string) => section('cards', 'ten', `{ ${value} }`)
const challenge = (value: string) => section('challenges', 'mission', `{ ${value} }`)
const board = (value: string) =>
  section('leaderboards', 'sprint', `{ measure: { earned: points }, window: { calendar: month }, ${value} }`)
const offer = (value: string) => section('offers', 'again', `{ ${value} }`)
const referral = (value: string) => documentWith({ more: `referral: ${value}` })
const reward = (value: string, more = '') => documentWith({ rewards: `rewards:\n  treat: { ${value} }`, more })
const levels = (list: string, more = '') =>
  documentWith({
    tiers: `tiers:
  - ladder: standing
    measure: { earned: status }
    window: { calendar: year }
    fall: { to: earned }
    levels: ${list}`,
    more,
  })

/** Mistakes about awards, cards, challenges, offers, memberships and what else a program can hold. */
export const wrongMechanics: readonly WrongDocument[] = [
  { code: 'bad-count', text: reward('kind: custom, price: 5 points, stock: ‸200'), instead: '200 items' },
  { code: 'bad-count', text: reward('kind: custom, price: 5 points, stock: ‸0 items'), instead: 'from 1' },
  { code: 'bad-count', text: documentWith({ more: 'minimumAge: { least: ‸16, for: [redeem] }' }), instead: '16 years' },
  { code: 'bad-rank', text: board('top: 10 members, ranks: [{ rank: ‸1 to 3, give: 5 points }]'), instead: '2-10' },
  {
    code: 'share-without-money',
    text: withRules('  - { id: back, on: order.paid, give: ‸3% points }'),
    instead: 'kind: money',
  },
  {
    code: 'share-with-per',
    text: credit('', '  - { id: back, on: order.paid, give: 3% credit, per: ‸1.00 USD }'),
    instead: 'Leave `per` out',
  },
  { code: 'money-smallest', text: credit(', smallest: ‸0.001 credit'), instead: '0.01 credit' },
  { code: 'money-worth', text: credit(', worth: ‸{ 1.00 credit: 2.00 USD }'), instead: 'kind: spendable' },
  {
    code: 'unknown-reward',
    text: withRules('  - { id: gift, on: member.birthday, give: { reward: ‸tret } }', {
      rewards: 'rewards: { treat: { kind: custom, price: 5 points } }',
    }),
    instead: 'Did you mean `treat`?',
  },
  { code: 'unknown-badge', text: challengeGiving('{ badge: ‸explorer }'), instead: 'under `badges`' },
  {
    code: 'unknown-benefit',
    text: levels(
      '[{ id: basic, reach: 0 status, benefits: [‸free-shiping] }]',
      'benefits: { free-shipping: { kind: free-shipping, for: { tag: [vip] } } }',
    ),
    instead: 'Did you mean `free-shipping`?',
  },
  {
    code: 'unknown-charity',
    text: withRules('  - { id: cause, on: order.paid, give: 1 points, per: 1.00 USD, to: ‸green-city }'),
    instead: 'under `charities`',
  },
  {
    code: 'unknown-membership',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, for: { membership: [‸plus] } }'),
    instead: 'under `memberships`',
  },
  {
    code: 'unknown-partner',
    text: documentWith({ places: 'places: { high-street: { partner: ‸spa-house } }' }),
    instead: 'under `partners`',
  },
  {
    code: 'unknown-segment',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, for: { segment: [‸student] } }', {
      more: 'segments: { students: { when: \'"vip" in member.tags\' } }',
      rewards: 'rewards: { treat: { kind: custom, price: 5 points, for: { segment: [students] } } }',
    }),
    instead: 'Did you mean `students`?',
  },
  {
    code: 'unknown-key',
    text: offer('informs: { en: News }, ‸give: 5 points'),
    instead: 'informs',
  },
  {
    code: 'choice-unclear',
    text: challenge(
      'goal: ‸{ orders: { atLeast: 3 times }, spend: { atLeast: 3.00 USD } }, window: { calendar: month }, give: 5 points',
    ),
    instead: 'Keep one',
  },
  // Earning.
  {
    code: 'amount-only',
    text: withRules('  - { id: gift, on: order.paid, give: { reward: treat }, per: ‸order }', { rewards: treat }),
    instead: 'a rule of its own',
  },
  {
    code: 'multiplies-awards',
    text: withRules(
      '  - { id: gift, on: order.paid, give: { reward: treat } }\n  - { id: twice, multiply: { rule: ‸gift, by: 2 } }',
      { rewards: treat },
    ),
    instead: 'base',
  },
  {
    code: 'not-for-occasions',
    text: withRules('  - { id: gift, on: member.birthday, give: 5 points, places: ‸[high-street] }'),
    instead: '`for`',
  },
  {
    code: 'not-for-activities',
    text: withRules('  - { id: gift, on: member.birthday, give: 5 points, per: ‸order }'),
    instead: 'once each time',
  },
  {
    code: 'membership-missing',
    text: withRules('  - { id: again, on: ‸membership.renewed, give: 5 points }'),
    instead: 'Add `memberships`',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, for: { tier: [gold], not: { tier: ‸[gold] } } }',
    ),
    instead: 'out of one of the two',
  },
  {
    code: 'except-outside',
    severity: 'warning',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, during: { from: 2026-12-01, through: 2026-12-31, except: ‸[2025-12-24] } }',
    ),
    instead: 'the year',
  },
  {
    code: 'budget-unit',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸500 status } }'),
    instead: 'in points',
  },
  {
    code: 'budget-without-worth',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸500.00 USD } }',
    ).replace(', worth: { 100 points: 1.00 USD }', ''),
    instead: 'worth: { 100 points',
  },
  {
    code: 'budget-below-gift',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸4 points } }'),
    instead: 'give less',
  },
  {
    code: 'budget-zero',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸0 points } }'),
    instead: 'Raise it',
  },
  {
    code: 'holdout-everyone',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, holdout: ‸100% }'),
    instead: '20%',
  },
  {
    code: 'silent-holdout',
    severity: 'note',
    text: `‸${documentWith({ holdout: '', more: 'offers: { news: { informs: { en: News } } }' })}`,
    instead: 'offers: none',
  },
  {
    code: 'silent-shares',
    severity: 'note',
    text: documentWith({ holdout: 'holdout: { offers: ‸10% }', more: 'offers: { news: { informs: { en: News } } }' }),
    instead: 'holdout: none',
  },
  {
    code: 'charity-without-worth',
    text: reward('kind: donation, charity: green-city, price: ‸5 points', 'charities: { green-city: {} }').replace(
      ', worth: { 100 points: 1.00 USD }',
      '',
    ),
    instead: 'worth: { 100 points',
  },
  {
    code: 'partner-closed',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, partners: ‸[spa-house] }', {
      more: 'partners: { spa-house: { earn: no } }',
    }),
    instead: 'earn: yes',
  },
  {
    code: 'partner-without-place',
    severity: 'warning',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, partners: ‸[spa-house] }', {
      more: 'partners: { spa-house: {} }',
    }),
    instead: 'partner: spa-house',
  },
  // Levels and benefits.
  {
    code: 'first-level-closed',
    text: levels('[{ id: basic, reach: 0 status, invitation: ‸yes }]'),
    instead: 'a level at 0',
  },
  {
    code: 'level-never-reached',
    severity: 'warning',
    text: documentWith({})
      .replace(/ {2}- \{ id: climb.*\n/, '')
      .replace('measure: {', 'measure: ‸{'),
    instead: 'give: 1 status',
  },
  {
    code: 'referral-missing',
    text: documentWith({
      tiers: `tiers:
  - ladder: standing
    measure: ‸referrals
    window: lifetime
    fall: { to: never }
    levels: [{ id: basic, reach: 0 times }, { id: gold, reach: 5 times }]`,
    }),
    instead: 'Add `referral`',
  },
  {
    code: 'benefit-for-everyone',
    severity: 'note',
    text: documentWith({ more: 'benefits: { hotline: ‸{ kind: service } }' }),
    instead: 'benefits: [hotline]',
  },
  // Rewards.
  {
    code: 'reward-unreachable',
    severity: 'warning',
    text: documentWith({ rewards: 'rewards: { treat: ‸{ kind: custom } }' }),
    instead: 'give: { reward: treat }',
  },
  { code: 'free-without-cap', text: reward('kind: custom, price: ‸none'), instead: 'calendar-month' },
  {
    code: 'price-for-nothing',
    text: reward(
      'kind: custom, price: none, cap: { most: 1 times, each: ever }, priceFor: ‸[{ for: { tier: [gold] }, price: 5 points }]',
    ),
    instead: 'Add `price`',
  },
  {
    code: 'basket-below-value',
    severity: 'warning',
    text: reward('kind: money-off, value: 10.00 USD, price: 5 points, basket: { least: ‸5.00 USD }'),
    instead: '10.00 USD',
  },
  {
    code: 'gift-card-lapses',
    severity: 'warning',
    text: reward('kind: gift-card, value: 10.00 USD, price: 5 points, expires: ‸P6M'),
    instead: 'for ever',
  },
  {
    code: 'session-over',
    text: reward(
      'kind: experience, price: 5 points, sessions: [{ id: may, starts: ‸2025-05-02T18:00, seats: 12 seats }]',
    ),
    instead: 'later',
  },
  {
    code: 'access-never-opens',
    text: reward('kind: access, price: 5 points').replace('treat: {', 'treat: ‸{'),
    instead: 'PT24H',
  },
  {
    code: 'gifting-unit',
    text: documentWith({
      assets: `assets:
  points: { kind: spendable, pending: none, expires: never, gifting: { most: ‸5 status, each: calendar-month } }
  status: { kind: qualifying, expires: never }`,
    }),
    instead: 'in points',
  },
  // Cards, challenges, boards and draws.
  { code: 'card-asset', text: card('of: ‸status, full: 10 status, give: 5 points'), instead: 'kind: stamps' },
  { code: 'card-unit', text: card('of: points, full: ‸10 status, give: 5 points'), instead: 'in points' },
  { code: 'card-zero', text: card('of: points, full: ‸0 points, give: 5 points'), instead: '10 points' },
  {
    code: 'card-never-full',
    severity: 'warning',
    text: stampsCard('cards: { ten: { of: ‸stamps, full: 10 stamps, give: 5 points } }'),
    instead: 'give: 1 stamps',
  },
  { code: 'award-endless', text: card('of: points, full: 10 points, give: ‸20 points'), instead: 'less' },
  {
    code: 'goal-zero',
    text: challenge('goal: { spend: ‸{ atLeast: 0.00 USD } }, window: { calendar: month }, give: 5 points'),
    instead: '0.01 USD',
  },
  {
    code: 'goal-never',
    text: challenge('goal: { visits: ‸{ atLeast: 10 visits } }, window: { calendar: week }, give: 5 points'),
    instead: 'a longer window',
  },
  {
    code: 'milestone-unit',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: { calendar: month }, milestones: [{ id: half, reach: ‸2 items, give: 1 points }], give: 5 points',
    ),
    instead: '2 times',
  },
  {
    code: 'milestone-order',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: { calendar: month }, milestones: [{ id: half, reach: ‸3 times, give: 1 points }], give: 5 points',
    ),
    instead: 'below the goal',
  },
  {
    code: 'streak-window',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: lifetime, give: 5 points, streak: ‸{ reach: 4 times, give: 5 points }',
    ),
    instead: 'calendar: week',
  },
  {
    code: 'badge-never-given',
    severity: 'warning',
    text: documentWith({ more: 'badges: { explorer: ‸{} }' }),
    instead: 'give: { badge: explorer }',
  },
  {
    code: 'ranks-overlap',
    text: board('top: 10 members, ranks: [{ rank: 1-3, give: 9 points }, { rank: ‸3-10, give: 5 points }]'),
    instead: 'each once',
  },
  {
    code: 'ranks-beyond-top',
    severity: 'warning',
    text: board('top: ‸10 members, ranks: [{ rank: 1-20, give: 9 points }]'),
    instead: '20 members',
  },
  {
    code: 'draw-asset',
    text: section(
      'draws',
      'car',
      '{ of: ‸points, opens: 2026-03-01, closes: 2026-03-31, winners: 1 winners, give: 5 points }',
    ),
    instead: 'kind: tickets',
  },
  {
    code: 'draw-never-open',
    text: tickets(
      'draws: { car: { of: tickets, opens: 2026-03-31, closes: ‸2026-03-01, winners: 1 winners, give: 5 points } }',
    ),
    instead: 'later day',
  },
  {
    code: 'draw-without-tickets',
    severity: 'warning',
    text: tickets(
      'draws: { car: { of: ‸tickets, opens: 2026-03-01, closes: 2026-03-31, winners: 1 winners, give: 5 points } }',
    ).replace('give: 1 tickets', 'give: 1 points'),
    instead: 'give: 1 tickets',
  },
  // Offers, referral, membership and the rest.
  {
    code: 'send-to-everyone',
    severity: 'note',
    text: offer('informs: { en: News }, sendTo: ‸{}'),
    instead: 'to whom you choose',
  },
  {
    code: 'referral-empty',
    text: referral('‸{ qualifies: { order: { atLeast: 30.00 USD } }, hold: P15D }'),
    instead: 'advocate: 300 points',
  },
  {
    code: 'referral-goal',
    text: referral('{ friend: 5 points, qualifies: ‸{ referrals: { atLeast: 1 times } }, hold: P15D }'),
    instead: 'order',
  },
  {
    code: 'hold-too-short',
    severity: 'warning',
    text: referral('{ friend: 5 points, qualifies: { order: { atLeast: 30.00 USD } }, hold: ‸P7D }'),
    instead: 'P15D',
  },
  {
    code: 'membership-empty',
    severity: 'warning',
    text: documentWith({ more: 'memberships: { plus: ‸{ fee: 59.00 USD, every: P1Y } }' }),
    instead: 'benefits',
  },
  {
    code: 'trial-beyond-period',
    severity: 'warning',
    text: documentWith({ more: 'memberships: { plus: { fee: 5.00 USD, every: P1M, trial: ‸P90D, entry: 5 points } }' }),
    instead: 'shorter',
  },
  {
    code: 'pool-asset',
    text: section('pools', 'family', '{ of: ‸status, share: 100%, most: 6 members, leaving: keep-in-pool }'),
    instead: 'kind: spendable',
  },
  {
    code: 'closing-order',
    text: documentWith({
      more: 'closing: { notice: 2026-01-01, lastEarn: 2026-06-30, lastBurn: ‸2026-03-31, left: forfeit }',
    }),
    instead: 'after `lastEarn`',
  },
  {
    code: 'segment-unused',
    severity: 'note',
    text: documentWith({ more: 'segments: { students: ‸{} }' }),
    instead: 'segment: [students]',
  },
]

function challengeGiving(award: string): string {
  return challenge(`goal: { orders: { atLeast: 3 times } }, window: { calendar: month }, give: ${award}`)
}

function stampsCard(more: string): string {
  return documentWith({
    assets: `assets:
  points: { kind: spendable, pending: P14D, expires: never }
  status: { kind: qualifying, expires: never }
  stamps: { kind: stamps, pending: none, expires: never }`,
    more,
  })
}

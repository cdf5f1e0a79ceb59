import { documentWith, type WrongDocument, withCredit, withReward, withRules } from './wrong-document.fixture.ts'

// Parts that are right and that others need.
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
  {
    code: 'bad-count',
    text: withReward('kind: custom, price: 5 points, stock: ‸200'),
    message: '`200` is no number of items',
    instead: 'Write a whole number, a blank and items: 200 items',
  },
  {
    code: 'bad-count',
    text: withReward('kind: custom, price: 5 points, stock: ‸0 items'),
    message: '`0 items` is too few',
    instead: 'Write from 1 to 10000000 items',
  },
  {
    code: 'bad-count',
    text: documentWith({ more: 'minimumAge: { least: ‸16, neededFor: [redeem] }' }),
    message: '`16` is no number of years',
    instead: 'Write a whole number, a blank and years: 16 years',
  },
  {
    code: 'bad-rank',
    text: board('top: 10 members, ranks: [{ rank: ‸1 to 3, give: 5 points }]'),
    message: '`1 to 3` is no rank',
    instead: 'Write a rank or from and to, up to 10000, for instance 1 or 2-10',
  },
  {
    code: 'share-without-money',
    text: withRules('  - { id: back, on: order.paid, give: ‸3% points }'),
    message: '3% of what was spent is money, and `points` is not',
    instead:
      'Write 3 points, and per: 1.00 USD beside it, which is worth that; or declare an asset that is money, `credit: { kind: money, expires: never }`, and write 3% credit',
  },
  {
    code: 'share-with-per',
    text: credit('', '  - { id: back, on: order.paid, give: 3% credit, per: ‸1.00 USD }'),
    message: 'A percentage of what was spent needs no `per`',
    instead: 'Leave `per` out, or give an amount instead',
  },
  {
    code: 'money-smallest',
    text: credit(', smallest: ‸0.001 credit'),
    message: '`credit` is money, and its smallest part is not the smallest coin of USD',
    instead: 'Write 0.01 credit, or leave it out',
  },
  {
    code: 'money-worth',
    text: credit(', worth: ‸{ 1.00 credit: 2.00 USD }'),
    message: '`credit` is money: it is worth what it says',
    instead: 'Leave `worth` out, or say kind: spendable',
  },
  {
    code: 'unknown-reward',
    text: withRules('  - { id: gift, on: member.birthday, give: { reward: ‸tret } }', {
      rewards: 'rewards: { treat: { kind: custom, price: 5 points } }',
    }),
    message: 'There is no reward `tret`',
    instead: 'Did you mean `treat`?',
  },
  {
    code: 'unknown-badge',
    text: challengeGiving('{ badge: ‸explorer }'),
    message: 'There is no badge `explorer`',
    instead: 'Declare it under `badges`: explorer: {}',
  },
  {
    code: 'unknown-benefit',
    text: levels(
      '[{ id: basic, reach: 0 status, benefits: [‸free-shiping] }]',
      'benefits: { free-shipping: { kind: free-shipping, for: { tag: [vip] } } }',
    ),
    message: 'There is no benefit `free-shiping`',
    instead: 'Did you mean `free-shipping`?',
  },
  {
    code: 'unknown-charity',
    text: withRules('  - { id: cause, on: order.paid, give: 1 points, per: 1.00 USD, charity: ‸green-city }'),
    message: 'There is no charity `green-city`',
    instead: 'Declare it under `charities`: green-city: {}',
  },
  {
    code: 'unknown-membership',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, for: { membership: [‸plus] } }'),
    message: 'There is no membership `plus`',
    instead: 'Declare it under `memberships`: plus: { fee: 5.00 USD, every: P1M }',
  },
  {
    code: 'unknown-partner',
    text: documentWith({ places: 'places: { high-street: { partner: ‸spa-house } }' }),
    message: 'There is no partner `spa-house`',
    instead: 'Declare it under `partners`: spa-house: {}',
  },
  {
    code: 'unknown-segment',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, for: { segment: [‸student] } }', {
      more: 'segments: { students: { when: \'"vip" in member.tags\' } }',
      rewards: 'rewards: { treat: { kind: custom, price: 5 points, for: { segment: [students] } } }',
    }),
    message: 'There is no segment `student`',
    instead: 'Did you mean `students`?',
  },
  {
    code: 'unknown-key',
    text: offer('informs: { en: News }, ‸give: 5 points'),
    message: 'An offer that informs has no key `give`',
    instead: 'The keys of an offer that informs are: name, seen, sendTo, holdout, informs, window',
  },
  {
    code: 'choice-unclear',
    text: challenge(
      'goal: ‸{ orders: { atLeast: 3 times }, spend: { atLeast: 3.00 USD } }, window: { calendar: month }, give: 5 points',
    ),
    message:
      'A goal is told by one of spend, order, orders, items, visits, activities, earned, referrals; here are spend and orders',
    instead: 'Keep one of them, for instance: { spend: { atLeast: 40.00 USD } }',
  },
  // Levels and benefits.
  {
    code: 'first-level-closed',
    text: levels('[{ id: basic, reach: 0 status, invitation: ‸yes }]'),
    message: 'Every new member holds the first level, so it cannot be `invitation: yes`',
    instead: 'Add a level at 0 below it',
  },
  {
    code: 'level-never-reached',
    severity: 'warning',
    text: documentWith({})
      .replace(/ {2}- \{ id: climb.*\n/, '')
      .replace('measure: {', 'measure: ‸{'),
    message: 'Nothing gives `status`: nobody ever rises',
    instead: 'Let a rule give it, for instance `give: 1 status`',
  },
  {
    code: 'crossing-never',
    severity: 'warning',
    text: documentWith({
      earn: `earn:
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD, crossing: ‸split }
  - { id: review, on: activity.review, give: 5 points }`,
    }).replace('measure: {', 'rise: period-end\n    measure: {'),
    message: 'No ladder is climbed in the middle of an order, so there is nothing to split',
    instead: 'Leave it out, or add a ladder with measure: spend and rise: at-once',
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
    message: 'This counts friends whose referral qualified, and the program has no `referral`',
    instead: 'Add `referral`, or count something else',
  },
  {
    code: 'benefit-for-everyone',
    severity: 'note',
    text: documentWith({ more: 'benefits: { hotline: ‸{ kind: service } }' }),
    message: 'No level and no membership names `hotline`: every member has it',
    instead: 'Add `benefits: [hotline]` to a level, or `for` to say who has it',
  },
  // Rewards.
  {
    code: 'reward-unreachable',
    severity: 'warning',
    text: documentWith({ rewards: 'rewards: { treat: ‸{ kind: custom } }' }),
    message: '`treat` has no price, and nothing gives it: nobody can have it',
    instead: 'Add `price`, or `give: { reward: treat }` where it is to be given',
  },
  {
    code: 'free-without-cap',
    text: withReward('kind: custom, price: ‸none'),
    message: 'It is free, and nothing says how often: a member could have it without end',
    instead: 'Say how often, for instance cap: { most: 1 times, each: calendar-month }',
  },
  {
    code: 'price-for-nothing',
    text: withReward(
      'kind: custom, price: none, cap: { most: 1 times, each: ever }, priceFor: ‸[{ for: { tier: [gold] }, price: 5 points }]',
    ),
    message: 'There is no price to differ from: `price` is none',
    instead: 'Add `price`, what everyone else pays',
  },
  {
    code: 'unknown-asset',
    text: withReward('kind: custom, price: ‸10.00 USD'),
    message: '`10.00 USD` is money; an amount of an asset is expected',
    instead: 'Write what is worth as much: 1000 points',
  },
  {
    code: 'basket-below-value',
    severity: 'warning',
    text: withReward('kind: money-off, value: 10.00 USD, price: 5 points, basket: { least: ‸5.00 USD }'),
    message: 'It takes off 10.00 USD of a basket that may be worth less',
    instead: 'Let `least` be 10.00 USD or more',
  },
  {
    code: 'gift-card-lapses',
    severity: 'warning',
    text: withReward('kind: gift-card, value: 10.00 USD, price: 5 points, expires: ‸P6M'),
    message: 'The law of many countries forbids that a gift card lapses, or sets a shortest life of years',
    instead: 'Leave `expires` out: it is good for ever',
  },
  {
    code: 'session-skipped',
    severity: 'warning',
    text: withReward(
      'kind: experience, price: 5 points, sessions: [{ id: dawn, starts: ‸2026-03-29T01:30, place: high-street, seats: 12 seats }]',
    ),
    message:
      'The clock of Europe/London is set forward over 2026-03-29T01:30: it begins at 2026-03-29T01:30 UTC, when that clock shows 2026-03-29T02:30',
    instead: 'Write 2026-03-29T02:30',
  },
  {
    code: 'session-over',
    text: withReward(
      'kind: experience, price: 5 points, sessions: [{ id: may, starts: ‸2025-05-02T18:00, seats: 12 seats }]',
    ),
    message: '`may` is over before the program is in force: nobody can book it',
    instead: 'Take it out, or let it begin later',
  },
  {
    code: 'access-never-opens',
    text: withReward('kind: access, price: 5 points').replace('treat: {', 'treat: ‸{'),
    message: 'It does not say when the door is open',
    instead: 'Add `during`, or `opens`, how long before everyone else, for instance `opens: PT24H`',
  },
  {
    code: 'gifting-unit',
    text: documentWith({
      assets: `assets:
  points: { kind: spendable, pending: none, expires: never, gifting: { most: ‸5 status, each: calendar-month } }
  status: { kind: qualifying, expires: never }`,
    }),
    message: 'This is about gifts of `points`, and counts `status`',
    instead: 'Write it in points',
  },
  // Cards, challenges, boards and draws.
  {
    code: 'card-asset',
    text: card('of: ‸status, full: 10 status, give: 5 points'),
    message: 'A full card takes what is on it, and `status` is of kind qualifying',
    instead: 'Collect an asset of kind: stamps, or spendable',
  },
  {
    code: 'card-unit',
    text: card('of: points, full: ‸10 status, give: 5 points'),
    message: 'The card collects `points`, and is full by `status`',
    instead: 'Write it in points',
  },
  {
    code: 'card-zero',
    text: card('of: points, full: ‸0 points, give: 5 points'),
    message: 'The card is full from the start',
    instead: 'For instance: 10 points',
  },
  {
    code: 'card-never-full',
    severity: 'warning',
    text: stampsCard('cards: { ten: { of: ‸stamps, full: 10 stamps, give: 5 points } }'),
    message: 'Nothing gives `stamps`: the card is never full',
    instead: 'Let a rule give it, for instance `give: 1 stamps`',
  },
  {
    code: 'award-endless',
    text: card('of: points, full: 10 points, give: ‸20 points'),
    message: 'A full card gives `points` enough for the next one: it would never end',
    instead: 'Give less than a full card takes',
  },
  {
    code: 'goal-zero',
    text: challenge('goal: { spend: ‸{ atLeast: 0.00 USD } }, window: { calendar: month }, give: 5 points'),
    message: 'Nothing has to be done for it',
    instead: 'Write at least 0.01 USD',
  },
  {
    code: 'goal-never',
    text: challenge('goal: { visits: ‸{ atLeast: 10 visits } }, window: { calendar: week }, give: 5 points'),
    message: 'It asks for 10 days, and the window has at most 7: nobody ever gets there',
    instead: 'Ask for fewer, or take a longer window',
  },
  {
    code: 'milestone-unit',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: { calendar: month }, milestones: [{ id: half, reach: ‸2 items, give: 1 points }], give: 5 points',
    ),
    message: 'The goal counts times, and this is something else',
    instead: 'Write it like 2 times',
  },
  {
    code: 'milestone-order',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: { calendar: month }, milestones: [{ id: half, reach: ‸3 times, give: 1 points }], give: 5 points',
    ),
    message: 'It is not on the way: the goal is reached at 3 times',
    instead: 'Let it be below the goal, or give it with the goal',
  },
  {
    code: 'streak-window',
    text: challenge(
      'goal: { orders: { atLeast: 3 times } }, window: lifetime, give: 5 points, streak: ‸{ reach: 4 times, give: 5 points }',
    ),
    message: 'A streak counts windows in a row, and here there is only one',
    instead: 'Let the window be a calendar one: { calendar: week }, or leave `streak` out',
  },
  {
    code: 'badge-never-given',
    severity: 'warning',
    text: documentWith({ more: 'badges: { explorer: ‸{} }' }),
    message: 'Nothing gives the badge `explorer`',
    instead: 'Add `give: { badge: explorer }` to a challenge or a rule, or take it out',
  },
  {
    code: 'ranks-overlap',
    text: board('top: 10 members, ranks: [{ rank: 1-3, give: 9 points }, { rank: ‸3-10, give: 5 points }]'),
    message: 'Rank 3 stands here already, in a line above',
    instead: 'List ranks from the top, each once: 1, 2-3, 4-10',
  },
  {
    code: 'ranks-beyond-top',
    severity: 'warning',
    text: board('top: ‸10 members, ranks: [{ rank: 1-20, give: 9 points }]'),
    message: 'The board shows 10 members, and rank 20 gives something too',
    instead: 'Write 20 members, or give to fewer',
  },
  // Offers, referral, membership and the rest.
  {
    code: 'offer-starves',
    severity: 'note',
    text: documentWith({
      more: `offers:
  days: { goal: { visits: { atLeast: 3 visits }, channels: [till] }, window: { length: P7D, end: open }, give: 9 points, exclusive: ‸yes }
  treat: { goal: { order: { moreThan: 8.00 USD } }, window: { length: P7D, end: open }, give: 9 points }
  online: { goal: { orders: { atLeast: 2 times }, channels: [web] }, window: { length: P7D, end: open }, give: 9 points }
  talk: { goal: { activities: { atLeast: 2 times, of: review } }, window: { length: P7D, end: open }, give: 9 points }`,
    }),
    message:
      'What counts for `days` counts for no other offer, also before it is done: `talk`, `treat` would get nothing of it',
    instead: 'Leave it out, or do not send these to members who have it',
  },
  {
    code: 'send-to-everyone',
    severity: 'note',
    text: offer('informs: { en: News }, sendTo: ‸{}'),
    message: 'It is sent to every member',
    instead: 'Add `for` or `when`, or leave `sendTo` out and send it to whom you choose',
  },
  {
    code: 'referral-empty',
    text: referral('‸{ goal: { order: { atLeast: 30.00 USD } }, hold: P15D }'),
    message: 'Neither the friend nor the member who brought the friend gets anything',
    instead: 'Add `friend`, `advocate` or both, and what they get, for instance `friend: 100 points`',
  },
  {
    code: 'referral-goal',
    text: referral('{ friend: 5 points, goal: ‸{ referrals: { atLeast: 1 times } }, hold: P15D }'),
    message: 'A friend would have to bring friends to count as one',
    instead: 'Ask for something to buy, for instance { order: { atLeast: 30.00 USD } }',
  },
  {
    code: 'hold-too-short',
    severity: 'warning',
    text: referral('{ friend: 5 points, goal: { order: { atLeast: 30.00 USD } }, hold: ‸P7D }'),
    message: 'Both are thanked after 7 days, while points wait 14 days for goods to come back',
    instead: 'Write P15D or longer',
  },
  {
    code: 'membership-empty',
    severity: 'warning',
    text: documentWith({ more: 'memberships: { plus: ‸{ fee: 59.00 USD, every: P1Y } }' }),
    message: 'Members would pay for nothing: it has no benefits, gives nothing on entry, and no rule asks for it',
    instead: 'Add benefits: […], or a rule with for: { membership: [plus] }',
  },
  {
    code: 'trial-beyond-period',
    severity: 'warning',
    text: documentWith({ more: 'memberships: { plus: { fee: 5.00 USD, every: P1M, trial: ‸P90D, entry: 5 points } }' }),
    message: 'It is free for longer than a fee lasts',
    instead: 'Let the trial be shorter',
  },
  {
    code: 'pool-asset',
    text: section('pools', 'family', '{ of: ‸status, share: 100%, most: 6 members, leaving: keep-in-pool }'),
    message: 'A pool is spent together, and `status` is of kind qualifying',
    instead: 'Pool an asset of kind: spendable',
  },
  {
    code: 'closing-order',
    text: documentWith({
      more: 'closing: { notice: 2026-01-01, lastEarn: 2026-06-30, lastBurn: ‸2026-03-31, left: forfeit }',
    }),
    message: 'Members would earn what they can no longer spend',
    instead: 'Let `lastBurn` be after `lastEarn`',
  },
  {
    code: 'pending-beyond-closing',
    severity: 'warning',
    text: documentWith({
      more: 'closing: { notice: 2026-03-01, lastEarn: 2026-03-31, lastBurn: 2026-04-10, left: forfeit }',
    }).replace('pending: P14D', 'pending: ‸P14D'),
    message: '`points` earned after 2026-03-27 still wait on 2026-04-10, the last day to spend: nobody can spend them',
    instead:
      'Let `lastEarn` be 2026-03-27 or earlier, or `lastBurn` 2026-04-14 or later, or let them wait for a shorter time',
  },
  {
    code: 'pending-beyond-closing',
    severity: 'warning',
    text: documentWith({
      more: 'closing: { notice: 2026-03-01, lastEarn: 2026-03-31, lastBurn: 2026-04-10, left: forfeit }',
    }).replace('pending: P14D', 'pending: ‸{ until: order.delivered, longest: P1M }'),
    message:
      '`points` earned after 2026-03-10 may still wait on 2026-04-10, the last day to spend: nobody can spend them',
    instead:
      'Let `lastEarn` be 2026-03-10 or earlier, or `lastBurn` 2026-04-30 or later, or let them wait for a shorter time',
  },
  {
    code: 'board-never-filled',
    severity: 'warning',
    text: withCredit('worth: { 100 credit: 1.00 USD }').replace(
      '  - { id: back, on: order.paid, give: 1 credit, per: 1.00 USD }',
      `  - { id: back, on: member.birthday, give: [1 credit, 1 points] }
leaderboards: { top: { measure: ‸{ earned: credit }, window: { calendar: month }, top: 10 members, ranks: [{ rank: 1, give: 5 points }] } }`,
    ),
    message:
      'A board counts what orders and activities give by rules, and none gives `credit`: nobody ever stands on it',
    instead: 'Let a rule give it, for instance `give: 1 credit`',
  },
  {
    code: 'segment-unused',
    severity: 'note',
    text: documentWith({ more: 'segments: { students: ‸{} }' }),
    message: 'Nothing asks for the segment `students`',
    instead: 'Add `for: { segment: [students] }` somewhere',
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

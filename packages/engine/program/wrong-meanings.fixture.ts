import { documentWith, type WrongDocument, withRules } from './wrong-document.fixture.ts'

const rule = (rest: string) => withRules(`  - { id: extra, on: order.paid, give: 5 points, per: order, ${rest} }`)
const grouped = (group: string, rules: string) => withRules(rules, { groups: `groups: { bonus: ${group} }` })
const points = (rest: string) =>
  documentWith({
    assets: `assets:\n  points: { kind: spendable, ${rest} }\n  status: { kind: qualifying, expires: never }`,
  })
const status = (rest: string) =>
  documentWith({
    assets: `assets:\n  points: { kind: spendable, pending: none, expires: never }\n  status: { kind: qualifying, expires: never, ${rest} }`,
  })
const ladder = (rest: string, levels: string) =>
  documentWith({
    tiers: `tiers:\n  - { ladder: standing, measure: { earned: status }, window: { calendar: year }, fall: { to: earned }, ${rest} levels: ${levels} }`,
  })
const twoLevels = '[{ id: basic, reach: 0 status }, { id: gold, reach: 100 status }]'
const reward = (rest: string) => documentWith({ rewards: `rewards:\n  treat: { ${rest} }` })
const chosen = (rest: string) => reward(`kind: pay-with-points, ${rest}`)

export const wrongMeanings: readonly WrongDocument[] = [
  {
    code: 'activity-unused',
    severity: 'note',
    text: documentWith({ activities: 'activities:\n  review: {}\n  visit: ‸{ facts: { hour: number } }' }),
    instead: 'on: activity.visit',
  },
  {
    code: 'asset-never-earned',
    severity: 'note',
    text: documentWith({}).replace('  status:', '  medals: ‸{ kind: qualifying, expires: never }\n  status:'),
    instead: 'give: 1 medals',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, for: ‸{ tier: [gold] }, multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, for: { tier: [basic] }, on: order.paid, give: 5 points, per: order }',
    ),
    instead: 'Name levels',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, during: ‸{ days: [monday] }, multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, during: { days: [friday] }, on: order.paid, give: 5 points, per: order }',
    ),
    instead: 'Name times',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, channels: ‸[web], multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, channels: [till], on: order.paid, give: 5 points, per: order }',
    ),
    instead: 'Name channels',
  },
  {
    code: 'audience-never',
    text: reward(
      'kind: free-shipping, price: 5 points, for: { tier: [basic] }, priceFor: [{ for: ‸{ tier: [gold] }, price: 4 points }]',
    ),
    instead: 'a level that the reward is for',
  },
  {
    code: 'cap-below-gift',
    severity: 'warning',
    text: rule('cap: { most: ‸4 points, each: order }'),
    instead: 'Raise',
  },
  { code: 'cap-below-gift', text: rule('cap: { most: ‸4 points, each: order, edge: refuse }'), instead: 'Raise' },
  {
    code: 'cap-never-reached',
    severity: 'warning',
    text: rule('cap: { most: ‸3 times, each: order }'),
    instead: '100 points',
  },
  { code: 'cap-span', text: rule('cap: ‸{ most: 3 times }'), instead: 'calendar-month' },
  { code: 'cap-span', text: rule('cap: ‸{ most: 3 times, each: ever, within: P30D }'), instead: 'Keep one' },
  {
    code: 'cap-span',
    text: withRules('  - { id: extra, on: activity.review, give: 5 points, cap: { most: 3 times, each: ‸order } }'),
    instead: 'calendar-day',
  },
  { code: 'cap-unit', text: rule('cap: { most: ‸40 status, each: order }'), instead: 'points' },
  { code: 'cap-unit', text: rule('cap: { most: ‸40.00 USD, each: order }'), instead: '100 points' },
  { code: 'cap-zero', text: rule('cap: { most: ‸0 points, each: order }'), instead: 'Take the rule out' },
  {
    code: 'cap-unit',
    text: grouped(
      '{ take: best, cap: ‸{ most: 40 points, each: order } }',
      '  - { id: a, group: bonus, multiply: { rule: base, by: 2 } }\n  - { id: b, group: bonus, multiply: { rule: base, by: 3 } }',
    ),
    instead: 'on the rule that gives',
  },
  { code: 'during-empty', text: rule('during: { from: 2026-03-02, through: ‸2026-03-01 }'), instead: 'a later day' },
  {
    code: 'during-empty',
    text: rule('during: { hours: { from: 09:00, to: 09:00 } }').replace('hours: {', 'hours: ‸{'),
    instead: 'the whole day',
  },
  {
    code: 'during-empty',
    text: rule('during: { from: 2026-03-02, through: 2026-03-03, days: ‸[sunday] }'),
    instead: 'Name a day',
  },
  {
    code: 'during-over',
    severity: 'warning',
    text: rule('during: { from: 2025-03-02, through: ‸2025-12-31 }'),
    instead: 'end later',
  },
  { code: 'exclusive-without-group', text: rule('exclusive: ‸yes'), instead: 'Add `group`' },
  {
    code: 'fall-never',
    text: ladder('', twoLevels).replace('{ to: earned }', '{ to: never, grace: ‸P30D }'),
    instead: 'to: earned',
  },
  {
    code: 'gift-zero',
    text: withRules('  - { id: extra, on: order.paid, give: ‸0 points, per: order }'),
    instead: '1 points',
  },
  {
    code: 'gift-zero',
    text: withRules('  - { id: extra, on: order.paid, give: 1 points, per: ‸0.00 USD }'),
    instead: 'above zero',
  },
  {
    code: 'group-mixed',
    text: grouped(
      '{ take: best }',
      '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }\n  - { id: b, group: ‸bonus, multiply: { rule: base, by: 2 } }',
    ),
    instead: 'each kind',
  },
  {
    code: 'group-mixed',
    text: grouped(
      '{ take: best }',
      '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }\n  - { id: b, group: ‸bonus, on: order.paid, give: 1 status, per: order }',
    ),
    instead: 'take: first',
  },
  {
    code: 'group-of-one',
    severity: 'warning',
    text: grouped('‸{ take: best }', '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }'),
    instead: 'another rule',
  },
  {
    code: 'group-unused',
    severity: 'warning',
    text: documentWith({ groups: 'groups: { bonus: ‸{ take: best } }' }),
    instead: 'group: bonus',
  },
  { code: 'include-without-spend', text: rule('include: ‸[tax]'), instead: 'an amount of money' },
  {
    code: 'levels-overlap',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: gold, reach: ‸0 status }]'),
    instead: 'lowest',
  },
  {
    code: 'levels-overlap',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: top, reach: 9 status }, { id: gold, reach: ‸5 status }]'),
    instead: 'lowest',
  },
  {
    code: 'levels-start-above-zero',
    text: ladder('', '[{ id: basic, reach: ‸1 status }, { id: gold, reach: 2 status }]'),
    instead: '0 status',
  },
  {
    code: 'life-within-pending',
    severity: 'warning',
    text: documentWith({
      refunds: 'refunds: { accept: P9D, shortfall: debt, limit: none }',
      assets: `assets:
  points: { kind: spendable, pending: ‸P14D, expires: { life: P14D }, lapsedReturns: { shop: none } }
  status: { kind: qualifying, expires: never }`,
    }),
    instead: 'live longer',
  },
  {
    code: 'limit-without-debt',
    text: documentWith({ refunds: 'refunds: { accept: P90D, shortfall: waive, limit: ‸5 points }' }),
    instead: 'shortfall: debt',
  },
  {
    code: 'multiplies-by-one',
    severity: 'warning',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸1.0 } }'),
    instead: 'more than 1',
  },
  {
    code: 'not-for-activities',
    text: withRules('  - { id: extra, on: activity.review, give: 1 points, per: ‸order }'),
    instead: 'once',
  },
  {
    code: 'not-for-activities',
    text: withRules(`  - { id: extra, multiply: { rule: review, by: 2 }, lines: ‸'line.brand == "x"' }`),
    instead: 'Leave it out',
  },
  { code: 'per-missing', text: withRules('  - ‸{ id: extra, on: order.paid, give: 1 points }'), instead: 'per: order' },
  { code: 'price-bounds', text: chosen('least: ‸150 points, step: 100 points'), instead: 'the step' },
  {
    code: 'price-bounds',
    text: chosen('least: 200 points, step: 100 points, most: ‸100 points'),
    instead: 'as much or more',
  },
  { code: 'price-in-qualifying', text: reward('kind: free-shipping, price: ‸5 status'), instead: 'Price it in points' },
  {
    code: 'price-unit',
    text: reward('kind: free-shipping, price: 5 points, priceFor: [{ for: { tier: [gold] }, price: ‸5 status }]'),
    instead: 'points',
  },
  { code: 'price-unit', text: chosen('least: 100 points, step: ‸100 status'), instead: 'points' },
  { code: 'price-zero', text: reward('kind: free-shipping, price: ‸0 points'), instead: 'above zero' },
  { code: 'price-zero', text: chosen('least: 100 points, step: ‸0 points'), instead: '100 points' },
  { code: 'qualifying-not-spent', text: status('pending: ‸P14D'), instead: 'kind: spendable' },
  {
    code: 'qualifying-not-spent',
    text: documentWith({ refunds: 'refunds: { accept: P90D, shortfall: debt, limit: ‸5 status }' }),
    instead: 'what members spend',
  },
  {
    code: 'reach-unit',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: gold, reach: ‸5 orders }]'),
    instead: '350 status',
  },
  {
    code: 'refunds-outlive-lots',
    severity: 'warning',
    text: points('pending: none, expires: ‸{ life: P90D }, lapsedReturns: { shop: none }').replace('', ''),
    instead: 'shorter time',
  },
  {
    code: 'refunds-outlive-lots',
    severity: 'warning',
    text: rule('expires: ‸{ life: P3M }').replace('accept: P90D', 'accept: P89D').replace('P89D', 'P90D'),
    instead: 'shorter time',
  },
  {
    code: 'rise-without-period',
    text: ladder('rise: ‸period-end,', twoLevels).replace('{ calendar: year }', '{ rolling: P12M }'),
    instead: 'at-once',
  },
  {
    code: 'rule-shadowed',
    text: grouped(
      '{ take: first }',
      '  - { id: a, group: bonus, multiply: { rule: base, by: 2 } }\n  - { id: b, group: ‸bonus, during: { days: [monday] }, multiply: { rule: base, by: 3 } }',
    ),
    instead: 'before it',
  },
  {
    code: 'rule-shadowed',
    text: grouped(
      '{ take: best }',
      '  - { id: b, group: ‸bonus, during: { days: [monday] }, multiply: { rule: base, by: 3 } }\n  - { id: a, group: bonus, exclusive: yes, multiply: { rule: base, by: 2 } }',
    ),
    instead: 'a condition',
  },
  { code: 'silent-in-force', severity: 'note', text: `‸${documentWith({ inForce: '' })}`, instead: 'from: always' },
  {
    code: 'silent-lapsed-returns',
    severity: 'note',
    text: points('pending: none, expires: { life: P1Y }').replace('points: {', 'points: ‸{'),
    instead: 'shop: P30D',
  },
  { code: 'silent-late', severity: 'note', text: `‸${documentWith({ late: '' })}`, instead: 'accept: P30D' },
  {
    code: 'silent-leaving',
    severity: 'note',
    text: `‸${documentWith({ leaving: '' })}`,
    instead: 'forfeitAfter: P30D',
  },
  {
    code: 'silent-limit',
    severity: 'note',
    text: documentWith({ refunds: 'refunds: ‸{ accept: P90D, shortfall: debt }' }),
    instead: 'limit: none',
  },
  {
    code: 'silent-pending',
    severity: 'note',
    text: points('expires: never').replace('points: {', 'points: ‸{'),
    instead: 'P14D',
  },
  {
    code: 'silent-refunds',
    severity: 'note',
    text: documentWith({ refunds: 'refunds: ‸{ shortfall: waive }' }),
    instead: 'P180D',
  },
  {
    code: 'silent-stack',
    severity: 'note',
    text: documentWith({
      earn: `earn:
  - ‸{ id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: a, multiply: { rule: base, by: 2 } }
  - { id: b, multiply: { rule: base, by: 3 } }`,
    }),
    instead: 'stack: sum',
  },
  {
    code: 'silent-unknown-members',
    severity: 'note',
    text: `‸${documentWith({ unknownMembers: '' })}`,
    instead: 'create',
  },
  {
    code: 'worth-missing',
    text: documentWith({
      assets:
        'assets:\n  points: { kind: spendable, pending: none, expires: never }\n  status: { kind: qualifying, expires: never }',
      rewards: 'rewards:\n  treat: ‸{ kind: pay-with-points, least: 100 points, step: 100 points }',
    }),
    instead: 'worth: { 100 points',
  },
]

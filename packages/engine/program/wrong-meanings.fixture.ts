import { documentWith, type WrongDocument, withReward, withRules } from './wrong-document.fixture.ts'

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
const chosen = (rest: string) => withReward(`kind: pay-with-points, ${rest}`)

export const wrongMeanings: readonly WrongDocument[] = [
  {
    code: 'activity-unused',
    severity: 'note',
    text: documentWith({ activities: 'activities:\n  review: {}\n  visit: ‸{ facts: { hour: number } }' }),
    message: 'Nothing comes of the activity `visit`',
    instead: 'Add a rule with `on: activity.visit`',
  },
  {
    code: 'asset-never-earned',
    severity: 'note',
    text: documentWith({}).replace('  status:', '  medals: ‸{ kind: qualifying, expires: never }\n  status:'),
    message: 'No rule gives `medals`: members get it from staff only',
    instead: 'Let a rule give it, for instance `give: 1 medals`',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, for: ‸{ tier: [gold] }, multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, for: { tier: [basic] }, on: order.paid, give: 5 points, per: order }',
    ),
    message: '`twice` is for other levels than `some`, which it multiplies: it never counts',
    instead: 'Name levels that `some` is for too',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, during: ‸{ days: [monday] }, multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, during: { days: [friday] }, on: order.paid, give: 5 points, per: order }',
    ),
    message: '`twice` is for other times than `some`, which it multiplies: it never counts',
    instead: 'Name times that `some` is for too',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: twice, channels: ‸[web], multiply: { rule: some, by: 2 } }\n' +
        '  - { id: some, channels: [till], on: order.paid, give: 5 points, per: order }',
    ),
    message: '`twice` is for other channels than `some`, which it multiplies: it never counts',
    instead: 'Name channels that `some` is for too',
  },
  {
    code: 'audience-never',
    text: withReward(
      'kind: free-shipping, price: 5 points, for: { tier: [basic] }, priceFor: [{ for: ‸{ tier: [gold] }, price: 4 points }]',
    ),
    message: 'The reward is for other levels: nobody pays this price',
    instead: 'Name a level that the reward is for',
  },
  {
    code: 'cap-below-gift',
    severity: 'warning',
    text: rule('cap: { most: ‸4 points, each: order }'),
    message: 'The cap is below one gift of `extra`: every gift is trimmed',
    instead: 'Raise the cap, or give less at once',
  },
  {
    code: 'cap-below-gift',
    text: rule('cap: { most: ‸4 points, each: order, edge: refuse }'),
    message: 'The cap is below one gift of `extra`: it never gives',
    instead: 'Raise the cap, or give less at once',
  },
  {
    code: 'cap-never-reached',
    severity: 'warning',
    text: rule('cap: { most: ‸3 times, each: order }'),
    message: 'A rule gives once in each order, so this is never reached',
    instead: 'Cap the amount, for instance most: 100 points',
  },
  {
    code: 'cap-span',
    text: rule('cap: ‸{ most: 3 times }'),
    message: 'The cap does not say over which time',
    instead: 'Add `each: ever`, or a time, for instance `each: calendar-month` or `within: P30D`',
  },
  {
    code: 'cap-span',
    text: rule('cap: ‸{ most: 3 times, each: ever, within: P30D }'),
    message: 'The cap says `each` and `within`',
    instead: 'Keep one of them',
  },
  {
    code: 'cap-span',
    text: withRules('  - { id: extra, on: activity.review, give: 5 points, cap: { most: 3 times, each: ‸order } }'),
    message: 'Only orders are told apart by order, and a rule of this cap is about something else',
    instead: 'Say each: calendar-day, or another period',
  },
  {
    code: 'cap-unit',
    text: rule('cap: { most: ‸40 status, each: order }'),
    message: 'The cap counts `status`, and `extra` gives `points`',
    instead: 'Write it in points, or in times',
  },
  {
    code: 'cap-unit',
    text: rule('cap: { most: ‸40.00 USD, each: order }'),
    message: 'A cap counts what is given, and no rule gives money',
    instead: 'Write how much or how often, for instance 100 points or 3 times',
  },
  {
    code: 'cap-zero',
    text: rule('cap: { most: ‸0 points, each: order }'),
    message: 'A cap of nothing lets nothing through',
    instead: 'Take the rule out, or raise the cap',
  },
  {
    code: 'cap-unit',
    text: grouped(
      '{ take: best, cap: ‸{ most: 40 points, each: order } }',
      '  - { id: a, group: bonus, multiply: { rule: base, by: 2 } }\n  - { id: b, group: bonus, multiply: { rule: base, by: 3 } }',
    ),
    message: 'A cap counts what is given, and the rules of this group multiply',
    instead: 'Put the cap on the rule that gives',
  },
  {
    code: 'during-empty',
    text: rule('during: { from: 2026-03-02, through: ‸2026-03-01 }'),
    message: 'The end does not come after the beginning: no time is left',
    instead: 'Let `through` be a later day than `from`',
  },
  {
    code: 'during-empty',
    text: rule('during: { hours: { from: 09:00, to: 09:00 } }').replace('hours: {', 'hours: ‸{'),
    message: 'The hours end where they begin: no time is left',
    instead: 'Leave `hours` out for the whole day',
  },
  {
    code: 'during-empty',
    text: rule('during: { from: 2026-03-02, through: 2026-03-03, days: ‸[sunday] }'),
    message: 'None of these days of the week lies between `from` and `through`',
    instead: 'Name a day that does, or move the dates',
  },
  {
    code: 'during-over',
    severity: 'warning',
    text: rule('during: { from: 2025-03-02, through: ‸2025-12-31 }'),
    message: 'This is over before the program is in force',
    instead: 'Take it out, or let it end later',
  },
  {
    code: 'exclusive-without-group',
    text: rule('exclusive: ‸yes'),
    message: '`exclusive` switches off the rest of a group, and this rule is in none',
    instead: 'Add `group`, or leave it out',
  },
  {
    code: 'fall-never',
    text: ladder('', twoLevels).replace('{ to: earned }', '{ to: never, grace: ‸P30D }'),
    message: 'Members never fall on this ladder, so `grace` means nothing',
    instead: 'Leave `grace` out, or say to: earned',
  },
  {
    code: 'gift-zero',
    text: withRules('  - { id: extra, on: order.paid, give: ‸0 points, per: order }'),
    message: 'The rule gives nothing',
    instead: 'For instance: 1 points',
  },
  {
    code: 'gift-zero',
    text: withRules('  - { id: extra, on: order.paid, give: 1 points, per: ‸0.00 USD }'),
    message: 'Something is given for nothing',
    instead: 'Write an amount above zero',
  },
  {
    code: 'group-mixed',
    text: grouped(
      '{ take: best }',
      '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }\n  - { id: b, group: ‸bonus, multiply: { rule: base, by: 2 } }',
    ),
    message: 'In the group `bonus`, `a` and `b` cannot compete: one gives an amount, one multiplies',
    instead: 'Make a group for each kind',
  },
  {
    code: 'group-mixed',
    text: grouped(
      '{ take: best }',
      '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }\n  - { id: b, group: ‸bonus, on: order.paid, give: 1 status, per: order }',
    ),
    message: 'In the group `bonus`, `a` and `b` give different things: neither is more',
    instead: 'Say take: first, or make a group for each',
  },
  {
    code: 'group-of-one',
    severity: 'warning',
    text: grouped('‸{ take: best }', '  - { id: a, group: bonus, on: order.paid, give: 1 points, per: order }'),
    message: 'Only `a` is in the group `bonus`: there is nothing to choose from',
    instead: 'Add another rule, or take the group out',
  },
  {
    code: 'group-unused',
    severity: 'warning',
    text: documentWith({ groups: 'groups: { bonus: ‸{ take: best } }' }),
    message: 'No rule is in the group `bonus`',
    instead: 'Add `group: bonus` to rules, or take it out',
  },
  {
    code: 'include-without-spend',
    text: rule('include: ‸[tax]'),
    message: '`include` adds to spend, and the rule gives per order',
    instead: 'Leave it out, or give per an amount of money',
  },
  {
    code: 'levels-overlap',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: gold, reach: ‸0 status }]'),
    message: '`gold` begins where `basic` begins: nobody would hold one of them',
    instead: 'List the levels from the lowest to the highest',
  },
  {
    code: 'levels-overlap',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: top, reach: 9 status }, { id: gold, reach: ‸5 status }]'),
    message: '`gold` begins below where `top` begins: nobody would hold it',
    instead: 'List the levels from the lowest to the highest',
  },
  {
    code: 'levels-start-above-zero',
    text: ladder('', '[{ id: basic, reach: ‸1 status }, { id: gold, reach: 2 status }]'),
    message: 'The first level begins above zero: new members would hold none',
    instead: 'Begin with a level at 0 status',
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
    message: 'It waits for up to 14 days and then lives for 14: members see it longer than they have it',
    instead: 'Let it wait for a shorter time, or live longer',
  },
  {
    code: 'limit-without-debt',
    text: documentWith({ refunds: 'refunds: { accept: P90D, shortfall: waive, limit: ‸5 points }' }),
    message: 'There is no debt to limit: what is no longer there is waived',
    instead: 'Leave `limit` out, or say `shortfall: debt`',
  },
  {
    code: 'multiplies-by-one',
    severity: 'warning',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸1.0 } }'),
    message: 'Once as much is as much as without the rule',
    instead: 'Write more than 1, or take it out',
  },
  {
    code: 'not-for-activities',
    text: withRules('  - { id: extra, on: activity.review, give: 1 points, per: ‸order }'),
    message: '`per` is about orders, and this rule is about an activity',
    instead: 'Leave it out: it is given once each time, or write per: 1 activity.words',
  },
  {
    code: 'not-for-activities',
    text: withRules(`  - { id: extra, multiply: { rule: review, by: 2 }, lines: ‸'line.brand == "x"' }`),
    message: '`lines` is about orders, and this rule is about an activity',
    instead: 'Leave it out',
  },
  {
    code: 'per-missing',
    text: withRules('  - ‸{ id: extra, on: order.paid, give: 1 points }'),
    message: 'The rule does not say what points are given for',
    instead: 'Add `per: order`, `per: visit`, `per: item` or an amount of USD',
  },
  {
    code: 'price-bounds',
    text: chosen('least: ‸150 points, step: 100 points'),
    message: '`least` is no multiple of `step`: it could not be spent',
    instead: 'Let it be once or several times the step',
  },
  {
    code: 'price-bounds',
    text: chosen('least: 200 points, step: 100 points, most: ‸100 points'),
    message: '`most` is below `least`: nothing could be spent',
    instead: 'Let it be as much or more',
  },
  {
    code: 'price-in-qualifying',
    text: withReward('kind: free-shipping, price: ‸5 status'),
    message: '`status` is qualifying: members never spend it',
    instead: 'Price it in points',
  },
  {
    code: 'price-unit',
    text: withReward('kind: free-shipping, price: 5 points, priceFor: [{ for: { tier: [gold] }, price: ‸5 status }]'),
    message: 'The price is in `points`, and this one in `status`',
    instead: 'Write it in points',
  },
  {
    code: 'price-unit',
    text: chosen('least: 100 points, step: ‸100 status'),
    message: '`least` is in `points`, and this in `status`',
    instead: 'Write it in points',
  },
  {
    code: 'price-zero',
    text: withReward('kind: free-shipping, price: ‸0 points'),
    message: 'It costs nothing: every member could have it without end',
    instead: 'Write a price above zero, for instance 1 points, or price: none with a cap',
  },
  {
    code: 'price-zero',
    text: chosen('least: 100 points, step: ‸0 points'),
    message: 'Steps of nothing lead nowhere',
    instead: 'Write an amount above zero, for instance 100 points',
  },
  {
    code: 'qualifying-not-spent',
    text: status('pending: ‸P14D'),
    message: '`status` is qualifying: it is never spent, so `pending` means nothing',
    instead: 'Leave `pending` out, or say kind: spendable',
  },
  {
    code: 'qualifying-not-spent',
    text: documentWith({ refunds: 'refunds: { accept: P90D, shortfall: debt, limit: ‸5 status }' }),
    message: '`status` is never spent, so a refund never finds too little of it',
    instead: 'Limit the debt of what members spend',
  },
  {
    code: 'reach-unit',
    text: ladder('', '[{ id: basic, reach: 0 status }, { id: gold, reach: ‸5 orders }]'),
    message: 'The ladder `standing` counts status, and this is something else',
    instead: 'Write 5 status',
  },
  {
    code: 'reach-unit',
    text: ladder('', twoLevels).replace('calendar: year', 'calendar: year, rollOver: ‸5 orders'),
    message: 'The ladder `standing` counts status, and this is something else',
    instead: 'Write 5 status, or yes for all of it',
  },
  {
    code: 'refunds-outlive-lots',
    severity: 'warning',
    text: points('pending: none, expires: ‸{ life: P90D }, lapsedReturns: { shop: none }').replace('', ''),
    message: 'Refunds are accepted for up to 90 days, and this can be gone after 90',
    instead: 'Accept refunds for a shorter time than the shortest life, or let this live longer',
  },
  {
    code: 'refunds-outlive-lots',
    severity: 'warning',
    text: rule('expires: ‸{ life: P3M }').replace('accept: P90D', 'accept: P89D').replace('P89D', 'P90D'),
    message: 'Refunds are accepted for up to 90 days, and this can be gone after 89',
    instead: 'Accept refunds for a shorter time than the shortest life, or let this live longer',
  },
  {
    code: 'rise-without-period',
    text: ladder('rise: ‸period-end,', twoLevels).replace('{ calendar: year }', '{ rolling: P12M }'),
    message: 'Members would rise at the end of a period, and this window has none',
    instead: 'Say rise: at-once, or take a window with periods: { calendar: year }',
  },
  {
    code: 'rule-shadowed',
    text: grouped(
      '{ take: first }',
      '  - { id: a, group: bonus, multiply: { rule: base, by: 2 } }\n  - { id: b, group: ‸bonus, during: { days: [monday] }, multiply: { rule: base, by: 3 } }',
    ),
    message: '`b` never counts: `a` of the same group always holds',
    instead: 'Put `b` before it, or give `a` a condition',
  },
  {
    code: 'rule-shadowed',
    text: grouped(
      '{ take: best }',
      '  - { id: b, group: ‸bonus, during: { days: [monday] }, multiply: { rule: base, by: 3 } }\n  - { id: a, group: bonus, exclusive: yes, multiply: { rule: base, by: 2 } }',
    ),
    message: '`b` never counts: `a` of the same group always holds',
    instead: 'Put `b` before it, or give `a` a condition',
  },
  {
    code: 'silent-in-force',
    severity: 'note',
    text: `‸${documentWith({ inForce: '' })}`,
    message: '`inForce` is not stated: a first version counts for all that ever was, a later one from its publication',
    instead: 'Add `inForce: { from: always }`, or a date',
  },
  {
    code: 'silent-lapsed-returns',
    severity: 'note',
    text: points('pending: none, expires: { life: P1Y }').replace('points: {', 'points: ‸{'),
    message: '`lapsedReturns` is not stated: what a refund gives back after its last day is lost at once',
    instead: 'Say how long it is kept then, for instance `lapsedReturns: { member: none, shop: P30D }`',
  },
  {
    code: 'silent-late',
    severity: 'note',
    text: `‸${documentWith({ late: '' })}`,
    message: '`late` is not stated: facts that come more than 30 days late wait for a person',
    instead: 'Add `late: { accept: P30D }`',
  },
  {
    code: 'silent-leaving',
    severity: 'note',
    text: `‸${documentWith({ leaving: '' })}`,
    message: '`leaving` is not stated: what a member who leaves still has is forfeited after 30 days',
    instead: 'Add `leaving: { forfeitAfter: P30D }`',
  },
  {
    code: 'silent-limit',
    severity: 'note',
    text: documentWith({ refunds: 'refunds: ‸{ accept: P90D, shortfall: debt }' }),
    message: '`limit` is not stated: a refund may leave debt without limit',
    instead: 'Add `limit: none`, or the most it may be, for instance `limit: 2000 points`',
  },
  {
    code: 'silent-pending',
    severity: 'note',
    text: points('expires: never').replace('points: {', 'points: ‸{'),
    message: '`pending` is not stated: `points` can be spent at once, also what a refund will take back',
    instead: 'Add `pending: none`, or the time in which goods come back, for instance `pending: P14D`',
  },
  {
    code: 'silent-refunds',
    severity: 'note',
    text: documentWith({ refunds: 'refunds: ‸{ shortfall: waive }' }),
    message: '`accept` is not stated: refunds more than 180 days after the order wait for a person',
    instead: 'Add `accept: P180D`',
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
    message: '`stack` is not stated: where several of a, b hold, their extra parts are added (x2 and x3 make x4)',
    instead: 'Add `stack: add` or `stack: multiply`, or put them in a group',
  },
  {
    code: 'silent-stack',
    severity: 'note',
    text: documentWith({
      earn: `earn:
  - ‸{ id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: a, multiply: { rule: base, by: 2 }, for: { tier: [gold] }, group: g }
  - { id: b, multiply: { rule: base, by: 1.5 }, group: g }
  - { id: c, multiply: { rule: base, by: 1.25 } }
groups: { g: { take: best } }`,
    }),
    message:
      '`stack` is not stated: where several of a or b, c hold, their extra parts are added (x2 and x1.25 make x2.25)',
    instead: 'Add `stack: add` or `stack: multiply`, or put them in a group',
  },
  {
    code: 'silent-unknown-members',
    severity: 'note',
    text: `‸${documentWith({ unknownMembers: '' })}`,
    message: '`unknownMembers` is not stated: events of members whom nobody created are refused',
    instead: 'Add `unknownMembers: refuse`, or `create`',
  },
  {
    code: 'worth-missing',
    text: documentWith({
      assets:
        'assets:\n  points: { kind: spendable, pending: none, expires: never }\n  status: { kind: qualifying, expires: never }',
      rewards: 'rewards:\n  treat: ‸{ kind: pay-with-points, least: 100 points, step: 100 points }',
    }),
    message: 'What `points` pay is not said, here or at the asset',
    instead: 'Say what they are worth, for instance worth: { 100 points: 1.00 USD }',
  },
]

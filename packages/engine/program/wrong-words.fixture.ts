import {
  documentWith,
  type WrongDocument,
  withCredit,
  withReward,
  withRule,
  withRules,
} from './wrong-document.fixture.ts'

const measured = (measure: string) =>
  documentWith({
    tiers: `tiers:
  - { ladder: standing, measure: ${measure}, window: lifetime, fall: { to: earned }, levels: [{ id: low, reach: 0 status }] }`,
  })

export const wrongWords: readonly WrongDocument[] = [
  {
    code: 'choice-unclear',
    text: measured('{ ‸spend: yes }'),
    message:
      'A measure is one of the words spend, orders, visits, referrals, or a map with one of earned, activity; here is none',
    instead: 'Write `spend` by itself, without a map',
  },
  {
    code: 'unknown-word',
    text: measured('‸nights'),
    message:
      'A measure is one of the words spend, orders, visits, referrals, or a map with one of earned, activity; here is `nights`',
    instead: 'For instance: { earned: status }',
  },
  {
    code: 'choice-unclear',
    text: withRules('  - ‸{ id: extra, on: order.paid, per: order }'),
    message: 'A rule is told by one of give, multiply; here is none',
    instead: 'For instance: give: 1 points',
  },
  {
    code: 'choice-unclear',
    text: withRules('  - { id: extra, on: order.paid, per: order, ‸gvie: 5 points }'),
    message: 'A rule is told by one of give, multiply; here is none',
    instead: 'Did you mean `give`?',
  },
  {
    code: 'choice-unclear',
    text: withRule('give: 5 points, expires: ‸{ life: P1Y, inactive: P6M, moves: [order.paid] }'),
    message:
      'An expiry is the word `never`, or a map with one of life, inactive, date, anniversary; here are life and inactive',
    instead: 'Keep one of them, for instance: { life: P12M, endOf: month }',
  },
  {
    code: 'duplicate-id',
    text: withRules('  - { id: ‸base, on: order.paid, give: 5 points, per: order }'),
    message: 'There are two rules `base`; the first is in line 17',
    instead: 'Give one of them another id',
  },
  {
    code: 'duplicate-item',
    text: withRule('give: 5 points, during: { days: [monday, ‸monday] }'),
    message: '`monday` stands here twice',
    instead: 'Keep one',
  },
  {
    code: 'duplicate-item',
    text: documentWith({
      refunds: 'refunds: { accept: P90D, shortfall: debt, limit: ‸[5 points, 6 points] }',
    }),
    message: 'The limit of `points` stands here twice',
    instead: 'Keep one',
  },
  {
    code: 'duplicate-item',
    text: withCredit('burnOrder: ‸[promo, promo]'),
    message: '`promo` stands here twice',
    instead: 'Keep one',
  },
  {
    code: 'empty-list',
    text: withRule('give: 5 points, channels: ‸[]'),
    message: 'The list is empty',
    instead: 'Leave the key out, or name at least one',
  },
  {
    code: 'empty-list',
    text: documentWith({ places: 'places: ‸{}' }),
    message: 'The map is empty',
    instead: 'Leave the key out, or name at least one',
  },
  {
    code: 'empty-value',
    text: documentWith({ id: 'id:‸' }),
    message: 'Nothing is said here',
    instead: 'Write an id, for instance `summer-bonus`',
  },
  {
    code: 'expiry-missing',
    text: documentWith({})
      .replace('status: {', 'status: ‸{')
      .replace('kind: qualifying, expires: never', 'kind: qualifying'),
    message: 'An asset does not say `expires`',
    instead:
      'Add `expires`, for instance `expires: never`: when what was earned is lost. It must be said, also `never`',
  },
  {
    code: 'missing-key',
    text: documentWith({ refunds: 'refunds: ‸{ accept: P90D, limit: none }' }),
    message: '`refunds` does not say `shortfall`',
    instead: 'Add `shortfall: debt` or `shortfall: waive`: where a refund takes back points that were spent already',
  },
  {
    code: 'missing-key',
    text: `‸${documentWith({ zone: '' })}`,
    message: 'The program does not say `zone`',
    instead:
      'Add `zone`, for instance `zone: America/New_York`: the clock by which windows, caps and expiry go; it never changes',
  },
  {
    code: 'missing-key',
    text: withReward('name: { en: Treat }, price: 5 points').replace('treat: {', 'treat: ‸{'),
    message: 'A reward does not say its `kind`',
    instead:
      'Add kind: one of money-off, percent-off, free-shipping, product, custom, gift-card, experience, access, donation, exchange, pay-with-points',
  },
  {
    code: 'too-many',
    text: withCredit(`burnOrder: ‸[${Array.from({ length: 11 }, (_, index) => `c${index}`).join(', ')}]`),
    message: 'There are 11 of them; at most 10 are read',
    instead: 'Keep to 10',
  },
  {
    code: 'unknown-activity',
    text: withRules('  - { id: extra, on: ‸activity.reviews, give: 5 points }'),
    message: 'There is no activity `reviews`',
    instead: 'Did you mean `activity.review`?',
  },
  {
    code: 'unknown-burn-class',
    text: withRule('give: 5 points, burnAs: ‸prom'),
    message: '`points` has no class `prom`',
    instead: 'Did you mean `promo`?',
  },
  {
    code: 'unknown-event',
    text: withRules('  - { id: extra, on: ‸order.payed, give: 5 points, per: order }'),
    message: 'There is no event `order.payed`',
    instead: 'Did you mean `order.paid`?',
  },
  {
    code: 'unknown-event',
    text: withRule('give: 5 points, expires: { inactive: P6M, moves: [‸refund.made] }'),
    message: '`refund.made` moves no expiry',
    instead: 'Choose one of: order.paid, redemption.confirmed, activity.review',
  },
  {
    code: 'unknown-group',
    text: withRule('give: 5 points, group: ‸bonus'),
    message: 'There is no group `bonus`',
    instead: 'Declare it under `groups`: bonus: { take: best }',
  },
  {
    code: 'unknown-key',
    text: withRule('give: 5 points, ‸raund: floor'),
    message: 'A giving rule has no key `raund`',
    instead: 'Did you mean `round`?',
  },
  {
    code: 'unknown-key',
    text: documentWith({ more: '‸constructor: 1' }),
    message: 'The program has no key `constructor`',
    instead:
      'The keys of the program are: laurel, id, name, zone, currency, inForce, late, refunds, reservations, unknownMembers, leaving, activities, assets, earn, groups, tiers, rewards, badges, benefits, cards, challenges, leaderboards, draws, offers, referral, memberships, pools, partners, charities, places, segments, terms, minimumAge, staff, publishing, holdout, closing, transitions',
  },
  {
    code: 'unknown-level',
    text: withRule('give: 5 points, for: { tier: [‸glod] }'),
    message: 'There is no level `glod`',
    instead: 'Did you mean `gold`?',
  },
  {
    code: 'unknown-place',
    text: withRule('give: 5 points, places: [‸high-streat]'),
    message: 'There is no place `high-streat`',
    instead: 'Did you mean `high-street`?',
  },
  {
    code: 'unknown-rule',
    text: withRules('  - { id: extra, multiply: { rule: ‸bsae, by: 2 } }'),
    message: 'There is no rule `bsae`',
    instead: 'Did you mean `base`?',
  },
  {
    code: 'unknown-rule',
    text: withRules(
      '  - { id: twice, multiply: { rule: base, by: 2 } }\n  - { id: extra, multiply: { rule: ‸twice, by: 2 } }',
    ),
    message: '`twice` multiplies; only what gives can be multiplied',
    instead: 'Choose one of: base, climb, review',
  },
  {
    code: 'unknown-word',
    text: withRule('give: 5 points, round: ‸flor'),
    message: '`flor` is not known here; a way of rounding is expected',
    instead: 'Did you mean `floor`?',
  },
  {
    code: 'unknown-word',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: ‸items }'),
    message: 'Nothing is given per `items`',
    instead: 'Did you mean `item`?',
  },
  {
    code: 'unknown-word',
    text: withReward('kind: ‸mony-off, price: 5 points, value: 1.00 USD'),
    message: 'There is no kind of reward `mony-off`',
    instead: 'Did you mean `money-off`?',
  },
  {
    code: 'unknown-zone',
    text: documentWith({ zone: 'zone: ‸Europe/Londn' }),
    message: 'There is no time zone `Europe/Londn`',
    instead: 'Did you mean `Europe/London`?',
  },
  {
    code: 'wrong-shape',
    text: documentWith({ late: 'late: ‸P30D' }),
    message: 'Here stands the text `P30D`; `late` with keys is expected',
    instead: 'Write { accept: P30D }',
  },
  {
    code: 'wrong-shape',
    text: documentWith({ zone: 'zone: ‸[Europe/London]' }),
    message: 'Here stands a list; a time zone is expected',
    instead: 'For instance: Europe/London',
  },
  {
    code: 'wrong-shape',
    text: '‸- laurel: 1\n',
    message: 'Here stands a list; the program with keys is expected',
    instead: 'For instance: laurel: 1, id: glow-club, name: { en: Glow Club }',
  },
]

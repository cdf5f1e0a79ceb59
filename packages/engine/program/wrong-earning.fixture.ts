import { documentWith, type WrongDocument, withReward, withRules } from './wrong-document.fixture.ts'

const treat = 'rewards: { treat: { kind: custom } }'

/** Mistakes about what a rule gives, to whom and within which bounds. */
export const wrongEarning: readonly WrongDocument[] = [
  {
    code: 'amount-only',
    text: withRules('  - { id: gift, on: order.paid, give: { reward: treat }, per: ‸order }', { rewards: treat }),
    message: '`per` is about an amount, and this rule gives awards, once each time',
    instead: 'Leave `per` out, or give the amount by a rule of its own',
  },
  {
    code: 'multiplies-awards',
    text: withRules(
      '  - { id: gift, on: order.paid, give: { reward: treat } }\n  - { id: twice, multiply: { rule: ‸gift, by: 2 } }',
      { rewards: treat },
    ),
    message: '`gift` gives awards; only an amount can be multiplied',
    instead: 'Choose one of: base, climb, review',
  },
  {
    code: 'not-for-occasions',
    text: withRules('  - { id: gift, on: member.birthday, give: 5 points, places: ‸[high-street] }'),
    message: '`places` asks where, and `member.birthday` happens nowhere',
    instead: 'Leave it out, or choose members by `for`',
  },
  {
    code: 'not-for-activities',
    text: withRules('  - { id: gift, on: member.birthday, give: 5 points, per: ‸order }'),
    message: '`per` is about orders, and this rule is about a moment of a member’s life',
    instead: 'Leave it out: it is given once each time',
  },
  {
    code: 'unknown-fact',
    text: withRules('  - { id: gift, on: activity.review, give: 5 points, per: ‸1 activity.word }'),
    message: '`review` has no fact `word`',
    instead: 'Did you mean `words`?',
  },
  {
    code: 'unknown-fact',
    text: withRules('  - { id: gift, on: order.paid, give: 5 points, per: ‸1 activity.words }'),
    message: '`activity.words` is a fact of an activity, and this rule listens to `order.paid`',
    instead: 'Give per an amount of money, order, visit or item',
  },
  {
    code: 'unknown-fact',
    text: withRules('  - { id: gift, on: member.birthday, give: 5 points, per: ‸1 activity.words }'),
    message: '`activity.words` is a fact of an activity, and this rule listens to `member.birthday`',
    instead: 'Leave `per` out',
  },
  {
    code: 'fact-not-counted',
    text: withRules('  - { id: gift, on: activity.review, give: 5 points, per: ‸1 activity.topic }'),
    message: '`topic` is text, and nothing is given per text',
    instead: 'Choose one of: words',
  },
  {
    code: 'bad-count',
    text: withRules('  - { id: gift, on: activity.review, give: 5 points, per: ‸activity.words }'),
    message: '`activity.words` does not say how many of a fact',
    instead: 'Write a whole number from 1, a blank and the fact, for instance 1 activity.words',
  },
  {
    code: 'amount-only',
    text: withRules('  - { id: gift, on: activity.review, give: { reward: treat }, per: ‸1 activity.words }', {
      rewards: treat,
    }),
    message: '`per` is about an amount, and this rule gives awards, once each time',
    instead: 'Leave `per` out, or give the amount by a rule of its own',
  },
  {
    code: 'membership-missing',
    text: withRules('  - { id: again, on: ‸membership.renewed, give: 5 points }'),
    message: 'The program has no memberships that could be renewed',
    instead: 'Add `memberships`, or listen to something else',
  },
  {
    code: 'audience-never',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, for: { tier: [gold], not: { tier: ‸[gold] } } }',
    ),
    message: '`gold` is asked for and left out at once: nobody is left',
    instead: 'Take it out of one of the two',
  },
  {
    code: 'except-outside',
    severity: 'warning',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, during: { from: 2026-12-01, through: 2026-12-31, except: ‸[2025-12-24] } }',
    ),
    message: '2025-12-24 does not lie between `from` and `through`: nothing is left out by it',
    instead: 'Take it out, or check the year',
  },
  {
    code: 'budget-unit',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸500 status } }'),
    message: 'The budget counts `status`, and here `points` is given',
    instead: 'Write it in points, or in times',
  },
  {
    code: 'budget-without-worth',
    text: withRules(
      '  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸500.00 USD } }',
    ).replace(', worth: { 100 points: 1.00 USD }', ''),
    message: 'The budget counts money, and what `points` is worth is not said',
    instead:
      'Write the budget in points, or say what they are worth at the asset, for instance worth: { 100 points: 1.00 USD }',
  },
  {
    code: 'budget-below-gift',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸4 points } }'),
    message: 'The budget is below one gift: it is over before it begins',
    instead: 'Raise it, or give less at once',
  },
  {
    code: 'budget-zero',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, budget: { most: ‸0 points } }'),
    message: 'A budget of nothing lets nothing through',
    instead: 'Raise it, or take it out',
  },
  {
    code: 'holdout-everyone',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, holdout: ‸100% }'),
    message: 'All members are held out: nobody gets it',
    instead: 'Hold out a part of them: 20%',
  },
  {
    code: 'gift-cards-counted',
    severity: 'note',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: ‸item }'),
    message: 'Gift cards are items, too: the rule gives for each that is bought',
    instead: 'Add `lines: \'line.kind != "gift-card"\'`, or leave it so',
  },
  {
    code: 'silent-holdout',
    severity: 'note',
    text: `‸${documentWith({ holdout: '', more: 'offers: { news: { informs: { en: News } } }' })}`,
    message: '`holdout` is not stated for offers: all members get news, so what it brings cannot be measured',
    instead: 'Add `holdout: { offers: none }`, or a share, for instance `offers: 10%`',
  },
  {
    code: 'silent-shares',
    severity: 'note',
    text: documentWith({ holdout: 'holdout: { offers: ‸10% }', more: 'offers: { news: { informs: { en: News } } }' }),
    message: '10% of members do not get these offers: news',
    instead: 'Add `holdout: none` to one that all are to get',
  },
  {
    code: 'charity-without-worth',
    text: withReward('kind: donation, charity: green-city, price: ‸5 points', 'charities: { green-city: {} }').replace(
      ', worth: { 100 points: 1.00 USD }',
      '',
    ),
    message: 'What the charity gets is the worth of the price, and what `points` are worth is not said',
    instead: 'Say what they are worth at the asset, for instance worth: { 100 points: 1.00 USD }',
  },
  {
    code: 'partner-closed',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, partners: ‸[spa-house] }', {
      more: 'partners: { spa-house: { earn: no } }',
    }),
    message: 'Members do not earn at `spa-house`: it says `earn: no`',
    instead: 'Say `earn: yes` at the partner, or take it out',
  },
  {
    code: 'partner-takes-no-points',
    severity: 'warning',
    text: documentWith({
      rewards: 'rewards: { pay: { kind: pay-with-points, least: 10 points, step: 10 points } }',
      places: 'places: { spa: { partner: spa-house } }',
      more: 'partners: { spa-house: { burn: ‸no } }',
    }),
    message:
      'Points can pay an order at `spa-house`, which takes none: they would be burned and nobody would pay for them',
    instead:
      'Say `burn: yes` and what it settles, or let its tills take no points: the answer to such an order says so',
  },
  {
    code: 'partner-without-place',
    severity: 'warning',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: order, partners: ‸[spa-house] }', {
      more: 'partners: { spa-house: {} }',
    }),
    message: 'No place belongs to `spa-house`: no order can be known to be theirs',
    instead: 'Add a place with `partner: spa-house`',
  },
]

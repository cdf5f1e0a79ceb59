import { documentWith, type WrongDocument, withRules } from './wrong-document.fixture.ts'

const rule = (rest: string) => withRules(`  - { id: extra, on: order.paid, per: order, ${rest} }`)
const asset = (rest: string) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, burn: [promo] }
  status: { kind: qualifying, expires: never }
  credit: { kind: spendable, pending: none, expires: never, ${rest} }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: back, on: order.paid, give: 1 credit, per: 1.00 USD }`,
  })
const measured = (measure: string) =>
  documentWith({
    tiers: `tiers:
  - { ladder: standing, measure: ${measure}, window: lifetime, fall: { to: earned }, levels: [{ id: low, reach: 0 status }] }`,
  })
const reward = (rest: string) => documentWith({ rewards: `rewards: { treat: { ${rest} } }` })

export const wrongWords: readonly WrongDocument[] = [
  { code: 'bad-amount', text: rule('give: ‸5'), instead: '5 points' },
  { code: 'bad-amount', text: rule('give: ‸1.5 points'), instead: 'a whole number' },
  { code: 'bad-amount', text: rule('give: ‸-5 points'), instead: 'digits only' },
  { code: 'bad-amount', text: rule('give: ‸9999999999999 points'), instead: 'up to 1000000000000' },
  { code: 'bad-amount', text: asset('worth: { ‸0 credit: 1.00 USD }'), instead: 'above zero' },
  { code: 'unknown-asset', text: rule('give: ‸5 pionts'), instead: 'Did you mean `points`?' },
  { code: 'bad-money', text: reward('kind: money-off, price: 5 points, value: ‸10'), instead: '40.00 USD' },
  { code: 'bad-money', text: reward('kind: money-off, price: 5 points, value: ‸10.5 USD'), instead: '10.50 USD' },
  { code: 'bad-money', text: reward('kind: money-off, price: 5 points, value: ‸10.500 USD'), instead: '10.50 USD' },
  {
    code: 'wrong-currency',
    text: reward('kind: money-off, price: 5 points, value: ‸10.00 EUR'),
    instead: 'Write it in USD',
  },
  {
    code: 'unknown-currency',
    text: reward('kind: money-off, price: 5 points, value: ‸10.00 USB'),
    instead: 'Did you mean `USD`?',
  },
  { code: 'unknown-currency', text: documentWith({ currency: 'currency: ‸usd' }), instead: 'Did you mean `USD`?' },
  { code: 'bad-percent', text: reward('kind: percent-off, price: 5 points, value: ‸10'), instead: '10%' },
  { code: 'bad-percent', text: reward('kind: percent-off, price: 5 points, value: ‸101%'), instead: 'up to 100' },
  { code: 'bad-period', text: documentWith({ late: 'late: { accept: ‸30 days }' }), instead: 'Write P30D' },
  { code: 'bad-period', text: documentWith({ late: 'late: { accept: ‸P }' }), instead: 'P14D' },
  { code: 'bad-period', text: documentWith({ late: 'late: { accept: ‸P0D }' }), instead: 'say how long' },
  { code: 'bad-period', text: documentWith({ late: 'late: { accept: ‸P101Y }' }), instead: 'shorter' },
  { code: 'bad-period', text: asset('lapsedReturns: { shop: ‸PT24H }'), instead: 'days, months or years' },
  { code: 'bad-period', text: documentWith({ more: 'reservations: { last: ‸P1D }' }), instead: 'PT24H' },
  { code: 'bad-period', text: documentWith({ more: 'reservations: { last: ‸PT169H }' }), instead: 'PT168H' },
  { code: 'bad-date', text: documentWith({ inForce: 'inForce: { from: ‸2026-02-29 }' }), instead: '2026-03-31' },
  { code: 'bad-date', text: documentWith({ inForce: 'inForce: { from: ‸31.03.2026 }' }), instead: '2026-03-31' },
  {
    code: 'bad-date',
    text: documentWith({ inForce: 'inForce: { from: ‸2026-01-01T09:00Z }' }),
    instead: 'without a zone',
  },
  {
    code: 'bad-date',
    text: asset('warn: [P7D], expires: ‸never').replace(
      'expires: never, warn: [P7D], expires: ‸never',
      'expires: { date: ‸02-29 }',
    ),
    instead: '02-28',
  },
  {
    code: 'bad-hours',
    text: rule('give: 5 points, during: { hours: { from: ‸5pm, to: 20:00 } }'),
    instead: '17:30',
  },
  { code: 'bad-id', text: documentWith({ id: 'id: ‸Corner Shop' }), instead: '`corner-shop`' },
  { code: 'bad-id', text: documentWith({ id: 'id: ‸cornerShop' }), instead: '`corner-shop`' },
  {
    code: 'bad-id',
    text: documentWith({ activities: 'activities: { review: { facts: { ‸word-count: number } } }' }),
    instead: 'orderValue',
  },
  { code: 'bad-language', text: documentWith({ name: 'name: { ‸english: Corner Shop }' }), instead: 'pt-BR' },
  { code: 'bad-text', text: documentWith({ name: 'name: { en: ‸" Corner Shop" }' }), instead: 'For instance' },
  { code: 'bad-text', text: documentWith({ name: `name: { en: ‸${'x'.repeat(201)} }` }), instead: 'within 200' },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸2x } }'),
    instead: '1.5',
  },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸0.5 } }'),
    instead: 'give less in the rule itself',
  },
  {
    code: 'bad-quantity',
    text: rule('give: 5 points, cap: { most: ‸3 tmies, each: ever }'),
    instead: 'Did you mean `times`?',
  },
  {
    code: 'bad-quantity',
    text: rule('give: 5 points, cap: { most: ‸1.5 times, each: ever }'),
    instead: 'whole number',
  },
  { code: 'bad-smallest', text: asset('smallest: ‸0.05 credit'), instead: '0.01 credit' },
  { code: 'bad-smallest', text: asset('smallest: ‸0.01 points'), instead: '0.01 credit' },
  { code: 'bad-version', text: documentWith({ laurel: 'laurel: ‸2' }), instead: 'laurel: 1' },
  { code: 'choice-unclear', text: measured('{ ‸spend: yes }'), instead: 'Write `spend` by itself' },
  { code: 'unknown-word', text: measured('‸turnover'), instead: 'earned: status' },
  {
    code: 'choice-unclear',
    text: withRules('  - ‸{ id: extra, on: order.paid, per: order }'),
    instead: 'give: 1 points',
  },
  {
    code: 'choice-unclear',
    text: withRules('  - { id: extra, on: order.paid, per: order, ‸gvie: 5 points }'),
    instead: 'Did you mean `give`?',
  },
  {
    code: 'choice-unclear',
    text: rule('give: 5 points, expires: ‸{ life: P1Y, inactive: P6M, moves: [order.paid] }'),
    instead: 'Keep one',
  },
  {
    code: 'duplicate-id',
    text: withRules('  - { id: ‸base, on: order.paid, give: 5 points, per: order }'),
    instead: 'another id',
  },
  {
    code: 'duplicate-item',
    text: rule('give: 5 points, during: { days: [monday, ‸monday] }'),
    instead: 'Keep one',
  },
  {
    code: 'duplicate-item',
    text: documentWith({
      refunds: 'refunds: { accept: P90D, shortfall: debt, limit: ‸[5 points, 6 points] }',
    }),
    instead: 'Keep one',
  },
  { code: 'duplicate-item', text: asset('burn: ‸[promo, promo]'), instead: 'Keep one' },
  { code: 'empty-list', text: rule('give: 5 points, channels: ‸[]'), instead: 'Leave the key out' },
  { code: 'empty-list', text: documentWith({ places: 'places: ‸{}' }), instead: 'Leave the key out' },
  { code: 'empty-value', text: documentWith({ id: 'id:‸' }), instead: 'an id' },
  {
    code: 'expiry-missing',
    text: documentWith({})
      .replace('status: {', 'status: ‸{')
      .replace('kind: qualifying, expires: never', 'kind: qualifying'),
    instead: 'also `never`',
  },
  {
    code: 'missing-key',
    text: documentWith({ refunds: 'refunds: ‸{ accept: P90D, limit: none }' }),
    instead: 'shortfall',
  },
  { code: 'missing-key', text: `‸${documentWith({ zone: '' })}`, instead: 'zone: America/New_York' },
  {
    code: 'missing-key',
    text: reward('name: { en: Treat }, price: 5 points').replace('treat: {', 'treat: ‸{'),
    instead: 'kind',
  },
  {
    code: 'too-many',
    text: asset(`burn: ‸[${Array.from({ length: 11 }, (_, index) => `c${index}`).join(', ')}]`),
    instead: 'Keep to 10',
  },
  {
    code: 'unknown-activity',
    text: withRules('  - { id: extra, on: ‸activity.reviews, give: 5 points }'),
    instead: 'Did you mean `review`?',
  },
  { code: 'unknown-burn-class', text: rule('give: 5 points, burnAs: ‸prom'), instead: 'Did you mean `promo`?' },
  {
    code: 'unknown-event',
    text: withRules('  - { id: extra, on: ‸order.payed, give: 5 points }'),
    instead: 'Did you mean `order.paid`?',
  },
  {
    code: 'unknown-event',
    text: rule('give: 5 points, expires: { inactive: P6M, moves: [‸refund.made] }'),
    instead: 'order.paid',
  },
  { code: 'unknown-group', text: rule('give: 5 points, group: ‸bonus'), instead: '`groups`' },
  {
    code: 'unknown-key',
    text: rule('give: 5 points, ‸raund: floor'),
    instead: 'Did you mean `round`?',
  },
  { code: 'unknown-key', text: documentWith({ more: '‸constructor: 1' }), instead: 'keys of the program' },
  { code: 'unknown-level', text: rule('give: 5 points, for: { tier: [‸glod] }'), instead: 'Did you mean `gold`?' },
  {
    code: 'unknown-place',
    text: rule('give: 5 points, places: [‸high-streat]'),
    instead: 'Did you mean `high-street`?',
  },
  {
    code: 'unknown-rule',
    text: withRules('  - { id: extra, multiply: { rule: ‸bsae, by: 2 } }'),
    instead: 'Did you mean `base`?',
  },
  {
    code: 'unknown-rule',
    text: withRules(
      '  - { id: twice, multiply: { rule: base, by: 2 } }\n  - { id: extra, multiply: { rule: ‸twice, by: 2 } }',
    ),
    instead: 'review',
  },
  { code: 'unknown-word', text: rule('give: 5 points, round: ‸flor'), instead: 'Did you mean `floor`?' },
  {
    code: 'unknown-word',
    text: withRules('  - { id: extra, on: order.paid, give: 5 points, per: ‸items }'),
    instead: 'Did you mean `item`?',
  },
  { code: 'unknown-word', text: reward('kind: ‸mony-off, price: 5 points'), instead: 'Did you mean `money-off`?' },
  {
    code: 'unknown-zone',
    text: documentWith({ zone: 'zone: ‸Europe/Londn' }),
    instead: 'Did you mean `Europe/London`?',
  },
  { code: 'wrong-shape', text: documentWith({ late: 'late: ‸P30D' }), instead: 'accept: P30D' },
  { code: 'wrong-shape', text: documentWith({ zone: 'zone: ‸[Europe/London]' }), instead: 'Europe/London' },
  { code: 'wrong-shape', text: '‸- laurel: 1\n', instead: 'laurel: 1' },
]

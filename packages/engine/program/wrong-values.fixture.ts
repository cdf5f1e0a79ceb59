import { documentWith, type WrongDocument, withRules } from './wrong-document.fixture.ts'

const rule = (rest: string) => withRules(`  - { id: extra, on: order.paid, per: order, ${rest} }`)
const asset = (rest: string) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, burnOrder: [promo] }
  status: { kind: qualifying, expires: never }
  credit: { kind: spendable, pending: none, expires: never, ${rest} }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }
  - { id: back, on: order.paid, give: 1 credit, per: 1.00 USD }`,
  })
const reward = (rest: string) => documentWith({ rewards: `rewards: { treat: { ${rest} } }` })

export const wrongValues: readonly WrongDocument[] = [
  {
    code: 'bad-amount',
    text: rule('give: ‸5'),
    message: '`5` says no number with a unit',
    instead: 'Write the number, a blank and the asset: 5 points',
  },
  {
    code: 'bad-amount',
    text: rule('give: ‸1.5 points'),
    message: '`1.5 points` is no amount of points',
    instead: 'Write a whole number, or keep the asset in smaller parts: smallest: 0.1 points',
  },
  {
    code: 'bad-amount',
    text: rule('give: ‸1.000 points'),
    message: '`1.000 points` is no amount of points',
    instead: 'Write it without separators: 1000 points',
  },
  {
    code: 'bad-amount',
    text: rule('give: ‸9999999999999 points'),
    message: '`9999999999999 points` is more than an amount can be',
    instead: 'Write a whole number up to 1000000000000, digits only: 12 points',
  },
  {
    code: 'bad-amount',
    text: asset('worth: { ‸0 credit: 1.00 USD }'),
    message: 'Nothing is worth nothing',
    instead: 'Write amounts above zero: { 100 points: 1.00 USD }',
  },
  {
    code: 'unknown-asset',
    text: rule('give: ‸5 pionts'),
    message: 'There is no asset `pionts`',
    instead: 'Did you mean `5 points`?',
  },
  {
    code: 'bad-money',
    text: reward('kind: money-off, price: 5 points, value: ‸10'),
    message: '`10` says no number with a currency',
    instead: 'Write 10.00 USD',
  },
  {
    code: 'bad-money',
    text: reward('kind: money-off, price: 5 points, value: ‸10.5 USD'),
    message: '`10.5 USD` is no amount of USD',
    instead: 'USD has exactly 2 decimals: 10.50 USD',
  },
  {
    code: 'bad-money',
    text: reward('kind: money-off, price: 5 points, value: ‸10.500 USD'),
    message: '`10.500 USD` is no amount of USD',
    instead: 'USD has exactly 2 decimals: 10.50 USD',
  },
  {
    code: 'wrong-currency',
    text: reward('kind: money-off, price: 5 points, value: ‸10.00 EUR'),
    message: '`10.00 EUR` is in another currency than the program (USD)',
    instead: 'Write it in USD; orders are converted at their own rate',
  },
  {
    code: 'unknown-currency',
    text: reward('kind: money-off, price: 5 points, value: ‸10.00 USB'),
    message: 'There is no currency `USB`',
    instead: 'Did you mean `USD`?',
  },
  {
    code: 'unknown-currency',
    text: documentWith({ currency: 'currency: ‸usd' }),
    message: 'There is no currency `usd`',
    instead: 'Did you mean `USD`?',
  },
  {
    code: 'bad-percent',
    text: reward('kind: percent-off, price: 5 points, value: ‸10'),
    message: '`10` is no percentage',
    instead: 'Write a number above 0 and up to 100 with the percent sign right behind it: 10%',
  },
  {
    code: 'bad-percent',
    text: reward('kind: percent-off, price: 5 points, value: ‸101%'),
    message: '`101%` is no percentage',
    instead: 'Write a number above 0 and up to 100 with the percent sign right behind it: 10%',
  },
  {
    code: 'bad-period',
    text: documentWith({ late: 'late: { accept: ‸30 days }' }),
    message: '`30 days` is no period',
    instead:
      'Write P30D. Periods are written as in ISO 8601: P14D (days), P2W (weeks), P12M (months), P1Y (years), PT15M (minutes)',
  },
  {
    code: 'bad-period',
    text: documentWith({ late: 'late: { accept: ‸P }' }),
    message: '`P` is no period',
    instead:
      'Periods are written as in ISO 8601: P14D (days), P2W (weeks), P12M (months), P1Y (years), PT15M (minutes)',
  },
  {
    code: 'period-length',
    text: documentWith({ late: 'late: { accept: ‸P0D }' }),
    message: '`P0D` is no time at all',
    instead: 'Leave the key out, or say how long',
  },
  {
    code: 'period-length',
    text: documentWith({ late: 'late: { accept: ‸P101Y }' }),
    message: '`P101Y` is longer than 100 years',
    instead: 'Write at most P100Y',
  },
  {
    code: 'period-unit',
    text: asset('lapsedReturns: { shop: ‸PT24H }'),
    message: '`PT24H` counts hours, and this goes by whole days',
    instead: 'Write days, months or years: P14D, P12M, P1Y',
  },
  {
    code: 'period-unit',
    text: documentWith({ more: 'reservations: { last: ‸P1D }' }),
    message: '`P1D` counts days, and this goes by the clock',
    instead: 'Write hours and minutes: PT24H, PT15M',
  },
  {
    code: 'period-length',
    text: documentWith({ more: 'reservations: { last: ‸PT169H }' }),
    message: '`PT169H` is longer than a week',
    instead: 'Write at most PT168H',
  },
  {
    code: 'bad-date',
    text: documentWith({ inForce: 'inForce: { from: ‸2026-02-29 }' }),
    message: '`2026-02-29` is no date of the calendar',
    instead: 'Write 2026-02-28, or 2026-02-28T18:00 for a time of that day',
  },
  {
    code: 'bad-date',
    text: documentWith({ inForce: 'inForce: { from: ‸31.03.2026 }' }),
    message: '`31.03.2026` is no date of the calendar',
    instead: 'Write 2026-03-31, or 2026-03-31T18:00 for a time of that day',
  },
  {
    code: 'bad-date',
    text: documentWith({ inForce: 'inForce: { from: ‸2026-01-01T09:00Z }' }),
    message: '`2026-01-01T09:00Z` names a zone or the hour 24; times are read off the clock in the zone of the place',
    instead: 'Write 2026-01-01T09:00, without a zone',
  },
  {
    code: 'bad-date',
    text: asset('warn: [P7D], expires: ‸never').replace(
      'expires: never, warn: [P7D], expires: ‸never',
      'expires: { date: ‸02-29 }',
    ),
    message: '29 February is not in every year',
    instead: 'Write 02-28 or 03-01',
  },
  {
    code: 'bad-hours',
    text: rule('give: 5 points, during: { hours: { from: ‸5pm, to: 20:00 } }'),
    message: '`5pm` is no time of the day',
    instead: 'Write 17:00',
  },
  {
    code: 'bad-id',
    text: documentWith({ id: 'id: ‸Corner Shop' }),
    message: '`Corner Shop` is no id',
    instead: 'Ids are lower-case words joined by hyphens, at most 60 characters: `corner-shop`',
  },
  {
    code: 'bad-id',
    text: documentWith({ id: 'id: ‸cornerShop' }),
    message: '`cornerShop` is no id',
    instead: 'Ids are lower-case words joined by hyphens, at most 60 characters: `corner-shop`',
  },
  {
    code: 'bad-id',
    text: documentWith({ activities: 'activities: { review: { facts: { ‸word-count: number } } }' }),
    message: '`word-count` is no name of a fact',
    instead: 'Write one word, inner words with capitals: wordCount',
  },
  {
    code: 'bad-language',
    text: documentWith({ name: 'name: { ‸english: Corner Shop }' }),
    message: '`english` is no language tag',
    instead: 'Write en, de, pt-BR or zh-Hant',
  },
  {
    code: 'bad-text',
    text: documentWith({ name: 'name: { en: ‸" Corner Shop" }' }),
    message: 'The text has blanks around it, or invisible characters in it',
    instead: 'Write Corner Shop',
  },
  {
    code: 'bad-text',
    text: documentWith({ name: `name: { en: ‸${'x'.repeat(201)} }` }),
    message: 'The text has 201 characters',
    instead: 'Keep it within 200',
  },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸2x } }'),
    message: '`2x` is no multiplier',
    instead: 'Write a number from 1 to 1000 with at most four decimals: 2',
  },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸0.5 } }'),
    message: '`0.5` gives less than without it',
    instead:
      'Write a number from 1 to 1000 with at most four decimals: 1.5. To give less, give less in the rule itself',
  },
  {
    code: 'bad-quantity',
    text: rule('give: 5 points, cap: { most: ‸3 tmies, each: ever }'),
    message: '`3 tmies` counts nothing that is known',
    instead: 'Did you mean `3 times`?',
  },
  {
    code: 'bad-quantity',
    text: rule('give: 5 points, cap: { most: ‸1.5 times, each: ever }'),
    message: '`1.5 times` is no number of times',
    instead: 'Write a whole number up to 1000000: 3 times',
  },
  {
    code: 'bad-smallest',
    text: asset('smallest: ‸0.05 credit'),
    message: '`0.05 credit` is no smallest part',
    instead: 'Write 1, 0.1, 0.01 and so on to 6 decimals, and the asset: 0.01 credit',
  },
  {
    code: 'bad-smallest',
    text: asset('smallest: ‸0.01 points'),
    message: 'The smallest part of `credit` is told in `points`',
    instead: 'Write 0.01 credit',
  },
  {
    code: 'bad-version',
    text: documentWith({ laurel: 'laurel: ‸2' }),
    message: 'Version `2` of the language is not known here',
    instead: 'Write laurel: 1',
  },
]

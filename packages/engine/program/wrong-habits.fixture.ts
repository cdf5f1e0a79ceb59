import { documentWith, type WrongDocument, withCondition, withReward, withRules } from './wrong-document.fixture.ts'

const rule = (rest: string) => withRules(`  - { id: extra, on: order.paid, give: 5 points, per: order, ${rest} }`)
const lastRule = '- { id: review, on: activity.review, give: 5 points }'

/** Mistakes of the first day: habits from price tags, calendars, spreadsheets and spoken language. */
export const wrongHabits: readonly WrongDocument[] = [
  {
    code: 'yaml-syntax',
    text: documentWith({}).replace(lastRule, '- ‸{ id: review, on: activity.review, give: 5 points'),
    message: 'This cannot be read: what is opened here is not closed',
    instead: 'Add `}` where it ends',
  },
  {
    code: 'yaml-quote',
    text: rule("lines: 'line.category == '‸bread''"),
    message: 'This cannot be read: a single quote ends the text that a single quote began',
    instead: `Write double quotes inside: 'line.category == "bread"'`,
  },
  {
    code: 'blank-missing',
    text: withRules('  - { ‸id:extra, on: order.paid, give: 5 points, per: order }'),
    message: '`id:extra` is no key: a blank is missing after the colon',
    instead: 'Put it there: `id: extra`',
  },
  {
    code: 'several-amounts',
    text: withRules('  - { id: extra, on: order.paid, give: ‸1 points and 2 status }'),
    message: '`1 points and 2 status` are 2 amounts in one text',
    instead: 'Write a list: [1 points, 2 status]',
  },
  {
    code: 'bad-percent',
    text: documentWith({ holdout: 'holdout: { offers: ‸1.0, challenges: none, bonuses: none }' }),
    message: '`1.0` is no percentage',
    instead: 'Write a number above 0 and up to 100 with the percent sign right behind it: 100%',
  },
  {
    code: 'yaml-syntax',
    text: documentWith({ zone: '‸zone:Europe/London' }),
    message: 'This cannot be read: a blank is missing behind the colon',
    instead: 'Write zone: Europe/London',
  },
  {
    code: 'yaml-syntax',
    text: documentWith({ name: 'name: ‸{ en: Shop #1 }' }),
    message: 'This cannot be read: what is opened here is not closed',
    instead: 'A `#` behind a blank begins a comment: put quotes around the text',
  },
  {
    code: 'wrong-shape',
    text: documentWith({ name: 'name: ‸Corner Shop' }),
    message: 'Here stands the text `Corner Shop`; a map of languages is expected',
    instead: 'Write { en: Corner Shop }',
  },
  {
    code: 'wrong-shape',
    text: rule('for: ‸gold'),
    message: 'Here stands the text `gold`; `for` with keys is expected',
    instead: 'Write { tier: [gold] }',
  },
  {
    code: 'empty-value',
    text: documentWith({ rewards: 'rewards:‸' }),
    message: 'Nothing is said here',
    instead: 'For instance: { five-off: { kind: money-off, value: 5.00 USD, price: 500 points } }',
  },
  {
    code: 'unknown-word',
    text: documentWith({}).replace('window: { calendar: year }', 'window: ‸year'),
    message:
      'A window is the word `lifetime`, or a map with one of calendar, resets, anniversary, rolling; here is `year`',
    instead: 'Write { calendar: year }',
  },
  {
    code: 'unknown-key',
    text: withReward('kind: custom, price: 5 points, ‸validity: P30D'),
    message: 'A reward has no key `validity`',
    instead: 'Did you mean `expires`?',
  },
  {
    code: 'unknown-event',
    text: withRules('  - { id: extra, on: ‸purchase, give: 5 points, per: order }'),
    message: 'There is no event `purchase`',
    instead: 'Did you mean `order.paid`?',
  },
  {
    code: 'unknown-event',
    text: withRules('  - { id: extra, on: ‸birthday, give: 5 points }'),
    message: 'There is no event `birthday`',
    instead: 'Did you mean `member.birthday`?',
  },
  {
    code: 'unknown-zone',
    text: documentWith({ zone: 'zone: ‸London' }),
    message: 'There is no time zone `London`',
    instead: 'Did you mean `Europe/London`?',
  },
  {
    code: 'unknown-zone',
    text: documentWith({ zone: 'zone: ‸GMT+1' }),
    message: 'There is no time zone `GMT+1`',
    instead: 'Write area and city, such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles',
  },
  {
    code: 'unknown-zone',
    text: documentWith({ zone: 'zone: ‸EST' }),
    message: 'There is no time zone `EST`',
    instead: 'Write area and city, such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles',
  },
  {
    code: 'zone-offset',
    severity: 'warning',
    text: documentWith({ zone: 'zone: ‸Etc/GMT+5' }),
    message: '`Etc/GMT+5` is UTC−5 all year: in these names the sign is turned round, and there is no summer time',
    instead:
      'Write area and city, such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles: the zone of a program never changes',
  },
  {
    code: 'bad-count',
    text: withReward('kind: custom, price: 5 points, stock: ‸12\u00a0items'),
    message: '`12\u00a0items` has a no-break space in it',
    instead: 'Write 12 items',
  },
  {
    code: 'unknown-currency',
    text: documentWith({ currency: 'currency: ‸€' }).replaceAll('USD', 'EUR'),
    message: '`€` is the sign on price tags',
    instead: 'Write its ISO 4217 code: EUR',
  },
  {
    code: 'unknown-currency',
    text: documentWith({ currency: 'currency: ‸$' }),
    message: '`$` is the sign on price tags',
    instead: 'Write its ISO 4217 code: USD, AUD, CAD, MXN or NZD',
  },
  {
    code: 'bad-money',
    text: withRules('  - { id: extra, on: order.paid, give: 1 points, per: ‸$1 }'),
    message: '`$1` says no number with a currency',
    instead: 'Write 1.00 USD',
  },
  {
    code: 'bad-money',
    text: withReward('kind: money-off, price: 5 points, value: ‸10,00 USD'),
    message: '`10,00 USD` is no amount of USD',
    instead: 'USD has exactly 2 decimals: 10.00 USD',
  },
  {
    code: 'bad-percent',
    text: withReward('kind: percent-off, price: 5 points, value: ‸15 %'),
    message: '`15 %` is no percentage',
    instead: 'Write a number above 0 and up to 100 with the percent sign right behind it: 15%',
  },
  {
    code: 'bad-date',
    text: documentWith({ inForce: 'inForce: { from: ‸12/31/2026 }' }),
    message: '`12/31/2026` is no date of the calendar',
    instead: 'Write 2026-12-31, or 2026-12-31T18:00 for a time of that day',
  },
  {
    code: 'bad-hours',
    text: rule('during: { hours: { from: ‸9:00, to: 17:00 } }'),
    message: '`9:00` is no time of the day',
    instead: 'Write 09:00',
  },
  {
    code: 'bad-period',
    text: documentWith({ late: 'late: { accept: ‸30 }' }),
    message: '`30` is no period',
    instead:
      'Write P30D for 30 days. Periods are written as in ISO 8601: P14D (days), P2W (weeks), P12M (months), P1Y (years), PT15M (minutes)',
  },
  {
    code: 'bad-quantity',
    text: rule('cap: { most: ‸3, each: calendar-month }'),
    message: '`3` does not say of what',
    instead: 'Write 3 points or 3 times',
  },
  {
    code: 'condition-syntax',
    text: withCondition("'order.channel == ‸“web”'"),
    message: '`“` is a quote for printed text',
    instead: `Write straight quotes: " around texts, and ' around the whole condition`,
  },
  {
    code: 'condition-syntax',
    text: withCondition("'order.total > ‸$30'"),
    message: '`$30` is not how conditions say money',
    instead: 'Write money("30.00")',
  },
  {
    code: 'condition-type',
    text: withCondition(`'order.tags == ‸"gift"'`),
    message: 'A list of texts and a text do not go together with `==`',
    instead: 'Write "gift" in order.tags',
  },
  {
    code: 'bad-percent',
    text: withReward('kind: percent-off, price: 5 points, value: ‸0.1'),
    message: '`0.1` is no percentage',
    instead: 'Write a number above 0 and up to 100 with the percent sign right behind it: 10%',
  },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸double } }'),
    message: '`double` is no multiplier',
    instead: 'Write a number from 1 to 1000 with at most four decimals: 2',
  },
  {
    code: 'bad-multiplier',
    text: withRules('  - { id: extra, multiply: { rule: base, by: ‸250% } }'),
    message: '`250%` is no multiplier',
    instead: 'Write a number from 1 to 1000 with at most four decimals: 2.5',
  },
  {
    code: 'unknown-asset',
    text: withRules('  - { id: extra, on: order.paid, per: order, give: ‸5.00 USD }'),
    message: '`5.00 USD` is money; an amount of an asset is expected',
    instead: 'Write what is worth as much: 500 points',
  },
  {
    code: 'unknown-key',
    text: rule('during: { from: 2026-12-01, ‸to: 2026-12-24 }'),
    message: '`during` has no key `to`',
    instead: 'Did you mean `through`?',
  },
  {
    code: 'bad-period',
    text: documentWith({ late: 'late: { accept: ‸2 semanas }' }),
    message: '`2 semanas` is no period',
    instead:
      'Write P2W. Periods are written as in ISO 8601: P14D (days), P2W (weeks), P12M (months), P1Y (years), PT15M (minutes)',
  },
  {
    code: 'unknown-charity',
    text: rule('charity: ‸Red Cross'),
    message: 'There is no charity `Red Cross`',
    instead: 'Declare it under `charities`: red-cross: { name: { en: Red Cross } }, and write red-cross here',
  },
  {
    code: 'unknown-activity',
    text: withRules('  - { id: extra, on: ‸activity.signup, give: 5 points }'),
    message: 'There is no activity `signup`',
    instead: 'Declare it under `activities`: signup: {}; or write activity.review',
  },
  {
    code: 'unknown-event',
    text: withRules('  - { id: extra, on: ‸newsletter, give: 5 points }'),
    message: 'There is no event `newsletter`',
    instead:
      'Declare an activity under `activities`: newsletter: {}, and write activity.newsletter here; or choose one of: order.paid, member.joined, member.birthday, member.anniversary, membership.renewed, activity.review',
  },
  {
    code: 'condition-time',
    text: rule('when: ‸weekend'),
    message: '`weekend` is not how conditions are written',
    instead: 'Times have a key of their own: during: { days: [saturday, sunday] }',
  },
  {
    code: 'missing-key',
    text: withRules('  - { id: extra, multiply: ‸{ by: 2 } }'),
    message: '`multiply` does not say `rule`',
    instead: 'Add `rule: base`, `rule: climb` or `rule: review`: the giving rule that gives more',
  },
  {
    code: 'unknown-asset',
    text: withRules('  - { id: extra, on: order.paid, per: order, give: ‸5 stars }'),
    message: 'There is no asset `stars`',
    instead: 'Write 5 points or 5 status; or declare it under `assets`: stars: { kind: spendable, expires: never }',
  },
  {
    code: 'bad-quantity',
    text: rule('cap: { most: ‸max 50 points, each: ever }'),
    message: '`max 50 points` says more than a quantity',
    instead: 'Write 50 points',
  },
]

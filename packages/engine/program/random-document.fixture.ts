import fc from 'fast-check'

/**
 * Right documents, plain data with texts as leaves. `take: first` is left out: drawn rules would shadow each other.
 */
type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

const some = (keys: Readonly<Record<string, fc.Arbitrary<Plain>>>, required: readonly string[]) =>
  fc.record(keys, { requiredKeys: [...required] }) as fc.Arbitrary<Plain>
const word = (...words: string[]) => fc.constantFrom(...words)
const whole = (max: number) => fc.integer({ min: 1, max })

const days = fc.oneof(
  whole(400).map((count) => `P${count}D`),
  whole(36).map((count) => `P${count}M`),
  fc.tuple(whole(3), whole(11), whole(5)).map(([years, months, weeks]) => `P${years}Y${months}M${weeks}W`),
)
const period = fc.oneof(
  days,
  whole(5000).map((count) => `PT${count}M`),
  whole(99).map((count) => `P1DT${count}H`),
)
const date = fc
  .tuple(fc.integer({ min: 2026, max: 2029 }), whole(12), whole(28))
  .map(([year, month, day]) => [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-'))
const money = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} USD`)
const texts = fc.dictionary(
  word('en', 'de', 'pt-BR', 'zh-Hant'),
  word('Gold', 'Über uns', 'a: b', '#1', "it's", '"yes"', '- no', '12'),
  {
    minKeys: 1,
  },
)
const countedTexts = fc.dictionary(
  word('en', 'ar'),
  fc.oneof(word('points'), some({ one: word('point'), few: word('some'), other: word('points') }, ['other'])),
  { minKeys: 1 },
)
const points = whole(5000).map((count) => `${count} points`)
const credit = fc.tuple(fc.nat(500), fc.nat(99)).map(([a, b]) => `${a}.${String(b).padStart(2, '0')} credit`)
const expiry: fc.Arbitrary<Plain> = fc.oneof(
  fc.constant('never'),
  some({ life: days, endOf: word('month', 'quarter', 'year') }, ['life']),
  some(
    {
      inactive: days,
      moves: fc.subarray(['order.paid', 'redemption.confirmed', 'activity.review'], {
        minLength: 1,
      }),
    },
    ['inactive', 'moves'],
  ),
  some({ date: word('12-31', '02-28', '06-30'), leastLife: days }, ['date']),
  some({ anniversary: word('joining'), leastLife: days }, ['anniversary']),
)
const audience = some(
  {
    tier: fc.subarray(['basic', 'gold', 'seen/guest'], { minLength: 1 }),
    segment: fc.uniqueArray(word('students', 'a b', '2026', 'no'), { minLength: 1 }),
    tag: fc.subarray(['press', 'staff'], { minLength: 1 }),
  },
  [],
)
const during = some(
  {
    from: date,
    days: fc.subarray(['monday', 'friday', 'sunday'], { minLength: 1 }),
    hours: fc.constantFrom<Plain>(
      { from: '17:00', to: '20:00' },
      { from: '22:00', to: '02:30' },
      { from: '00:00', to: '24:00' },
    ),
  },
  [],
)
const cap = (most: fc.Arbitrary<Plain>) =>
  fc.oneof(
    some(
      {
        most,
        each: word('calendar-day', 'calendar-week', 'calendar-month', 'calendar-quarter', 'calendar-year', 'ever'),
        of: word('member'),
        edge: word('trim', 'refuse'),
      },
      ['most', 'each'],
    ),
    some({ most, within: period, edge: word('trim', 'refuse') }, ['most', 'within']),
  )
const times = whole(9).map((count) => `${count} times`)
const orderCondition = word(
  'order.items >= 3',
  'order.total > money("30.00") || "x" in order.tags',
  `order.channel == 'web'`,
  '!(order.lines == 2)\n&& order.items < 9',
)
const concerns = {
  during,
  for: audience,
  places: fc.constant(['high-street']),
  channels: fc.subarray(['web', 'till'], { minLength: 1 }),
}

const spendRule = some(
  {
    on: word('order.paid'),
    give: fc.oneof(points, fc.constant('1 credit'), fc.constant('0.25 credit')),
    per: fc.oneof(money, word('order', 'item')),
    when: orderCondition,
    lines: word('line.category == "skincare"', 'line.unitPrice > money("5.00") && line.kind == "goods"'),
    round: word('floor', 'ceil', 'half-up', 'half-even'),
    stack: word('sum', 'product'),
    cap: cap(times),
    expires: expiry,
    ...concerns,
  },
  ['on', 'give', 'per'],
)
const activityRule = some(
  {
    on: word('activity.review'),
    give: points,
    when: word('activity.words >= 30', 'activity.verified'),
    cap: cap(times),
    burnAs: word('promo'),
    ...concerns,
  },
  ['on', 'give'],
)
const multiplyRule = some(
  {
    multiply: some({ rule: word('base'), by: word('1.5', '2', '1.10', '2.0', '3.3333') }, ['rule', 'by']),
    when: orderCondition,
    group: word('bonus'),
    exclusive: word('no'),
    for: audience,
  },
  ['multiply'],
)
const rules = fc
  .array(fc.oneof(spendRule, activityRule, multiplyRule), { maxLength: 6 })
  .map((list) => list.map((rule, index) => ({ id: `rule-${index}`, ...(rule as object) }) as Plain))

const ladder = fc.tuple(
  fc.oneof(
    fc.constant<readonly [Plain, string]>([{ earned: 'status' }, 'status']),
    fc.constant<readonly [Plain, string]>(['orders', 'orders']),
    fc.constant<readonly [Plain, string]>(['visits', 'visits']),
    fc.constant<readonly [Plain, string]>([{ activity: 'review' }, 'times']),
  ),
  fc.oneof(
    fc.constant<Plain>('lifetime'),
    days.map((rolling): Plain => ({ rolling })),
    some({ calendar: word('month', 'quarter', 'year'), keptThrough: word('next-period') }, ['calendar']),
    some({ resets: word('02-01', '07-15'), keptThrough: word('next-period') }, ['resets']),
    some({ anniversary: word('joining') }, ['anniversary']),
  ),
  fc.oneof(
    some({ to: word('one-step', 'earned'), grace: days, warn: fc.array(days, { minLength: 1, maxLength: 3 }) }, ['to']),
    fc.constant<Plain>({ to: 'never' }),
  ),
  some({ rise: word('at-once'), afterRefund: word('keep-to-window-end', 'revoke') }, []),
  fc.option(expiry),
)
const tiers = ladder.map(
  ([[measure, unit], window, fall, rest, expires]): Plain => [
    {
      ladder: 'standing',
      measure,
      window,
      fall,
      ...(rest as object),
      levels: [
        { id: 'basic', reach: `0 ${unit}` },
        { id: 'gold', reach: `12 ${unit}`, ...(expires === null ? {} : { expires: { points: expires } }) },
      ],
    },
    {
      ladder: 'seen',
      measure: 'spend',
      window: 'lifetime',
      fall: { to: 'never' },
      levels: [{ id: 'guest', reach: '0.00 USD' }],
    },
  ],
)

const offered = { name: texts, for: audience, during, when: word('"press" in member.tags') }
const priced = {
  ...offered,
  price: points,
  priceFor: fc.array(some({ for: audience, price: points }, ['for', 'price']), { minLength: 1, maxLength: 2 }),
}
const reward = fc.oneof(
  some({ kind: word('money-off'), value: money, ...priced }, ['kind', 'value', 'price']),
  some({ kind: word('percent-off'), value: word('10%', '12.50%', '100%'), ...priced }, ['kind', 'value', 'price']),
  some({ kind: word('product'), sku: word('SKU 1', '0012'), ...priced }, ['kind', 'sku', 'price']),
  some({ kind: word('free-shipping', 'custom'), ...priced }, ['kind', 'price']),
  some(
    {
      kind: word('pay-with-points'),
      least: word('100 points', '300 points'),
      most: word('900 points'),
      step: word('50 points', '100 points'),
      worth: fc.constant<Plain>({ '100 points': '1.00 USD' }),
      ...offered,
    },
    ['kind', 'least', 'step'],
  ),
)
const rewards = fc.dictionary(word('a', 'b-1', 'c'), reward, { minKeys: 1, maxKeys: 3 })

/** Audiences of rewards and prices are drawn apart, and levels exclude each other: they agree on nothing here but tiers. */
const withoutTiers = (value: Plain): Plain => {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((item: Plain) => withoutTiers(item))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (key === 'tier' ? [] : [[key, withoutTiers(item)]])),
  )
}

export const randomDocument: fc.Arbitrary<Plain> = some(
  {
    laurel: word('1'),
    id: word('corner-shop', 'a', 'x-1'),
    name: texts,
    zone: word('Europe/London', 'UTC', 'America/Argentina/Buenos_Aires'),
    currency: word('USD'),
    inForce: fc
      .oneof(
        word('always'),
        date,
        date.map((day) => `${day}T09:30`),
      )
      .map((from): Plain => ({ from })),
    // biome-ignore lint/suspicious/noThenProperty: a word of the language; its value is a text, never a function
    late: some({ accept: period, then: word('person') }, ['accept']),
    refunds: fc.oneof(
      some(
        { accept: period, shortfall: word('debt'), limit: fc.oneof(word('none'), points, fc.tuple(points, credit)) },
        ['shortfall'],
      ),
      some({ accept: period, shortfall: word('waive') }, ['shortfall']),
    ),
    leaving: fc.oneof(fc.constant('none'), days).map((forfeitAfter): Plain => ({ forfeitAfter })),
    reservations: whole(600).map((minutes): Plain => ({ last: `PT${minutes}M` })),
    unknownMembers: word('refuse', 'create'),
    activities: fc.constant<Plain>({ review: { facts: { words: 'number', verified: 'yes-no' } } }),
    assets: some(
      {
        points: some(
          {
            kind: word('spendable'),
            name: countedTexts,
            pending: fc.oneof(
              word('none'),
              days,
              days.map((longest): Plain => ({ until: 'order.delivered', longest })),
            ),
            expires: expiry,
            burn: fc.constant<Plain>(['promo', 'standard']),
            warn: fc.array(days, { minLength: 1, maxLength: 3 }),
            lapsedReturns: some({ member: fc.oneof(word('none'), days), shop: days }, []),
            worth: fc.constant<Plain>({ '100 points': '1.00 USD' }),
          },
          ['kind', 'expires', 'burn', 'worth'],
        ),
        status: fc.constant<Plain>({ kind: 'qualifying', expires: 'never' }),
        credit: some(
          { kind: word('spendable'), smallest: word('0.01 credit'), pending: word('none'), expires: expiry },
          ['kind', 'smallest', 'pending', 'expires'],
        ),
      },
      ['points', 'status', 'credit'],
    ),
    earn: rules.map((list): Plain => [{ id: 'base', on: 'order.paid', give: '1 points', per: '1.00 USD' }, ...list]),
    groups: word('best', 'all').map((take): Plain => ({ bonus: { take } })),
    tiers,
    rewards: rewards.map((value) => withoutTiers(value as Plain)),
    places: fc.constant<Plain>({ 'high-street': { zone: 'Europe/London', name: { en: 'High Street' } } }),
  },
  ['laurel', 'id', 'name', 'zone', 'currency', 'refunds', 'activities', 'assets', 'earn', 'groups', 'tiers', 'places'],
)

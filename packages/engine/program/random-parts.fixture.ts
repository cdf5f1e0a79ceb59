import fc from 'fast-check'

/** Pieces of right documents: plain data with texts as leaves. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

export const some = (keys: Readonly<Record<string, fc.Arbitrary<Plain>>>, required: readonly string[]) =>
  fc.record(keys, { requiredKeys: [...required] }) as fc.Arbitrary<Plain>
export const word = (...words: string[]) => fc.constantFrom(...words)
export const whole = (max: number) => fc.integer({ min: 1, max })

export const days = fc.oneof(
  whole(400).map((count) => `P${count}D`),
  whole(36).map((count) => `P${count}M`),
  fc.tuple(whole(3), whole(11), whole(5)).map(([years, months, weeks]) => `P${years}Y${months}M${weeks}W`),
)
export const period = fc.oneof(
  days,
  whole(5000).map((count) => `PT${count}M`),
  whole(99).map((count) => `P1DT${count}H`),
)
export const date = fc
  .tuple(fc.integer({ min: 2026, max: 2029 }), whole(12), whole(28))
  .map(([year, month, day]) => [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-'))
export const money = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')} USD`)
export const texts = fc.dictionary(
  word('en', 'de', 'pt-BR', 'zh-Hant'),
  word('Gold', 'Über uns', 'a: b', '#1', "it's", '"yes"', '- no', '12'),
  {
    minKeys: 1,
  },
)
export const countedTexts = fc.dictionary(
  word('en', 'ar'),
  fc.oneof(word('points'), some({ one: word('point'), few: word('some'), other: word('points') }, ['other'])),
  { minKeys: 1 },
)
export const points = whole(5000).map((count) => `${count} points`)
export const credit = fc.tuple(fc.nat(500), fc.nat(99)).map(([a, b]) => `${a}.${String(b).padStart(2, '0')} credit`)
export const expiry: fc.Arbitrary<Plain> = fc.oneof(
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
export const audience = some(
  {
    tier: fc.subarray(['basic', 'gold', 'seen/guest'], { minLength: 1 }),
    segment: fc.uniqueArray(word('students', 'early-birds'), { minLength: 1 }),
    tag: fc.uniqueArray(word('press', 'a b', '2026', 'no'), { minLength: 1 }),
    membership: fc.constant<Plain>(['plus']),
    badge: fc.constant<Plain>(['explorer']),
    not: some({ tag: fc.constant<Plain>(['blocked']), segment: fc.constant<Plain>(['barred']) }, []),
  },
  [],
)
export const during = some(
  {
    from: date,
    days: fc.subarray(['monday', 'friday', 'sunday'], { minLength: 1 }),
    except: fc.constant<Plain>(['2031-12-24', '2031-12-25']),
    hours: fc.constantFrom<Plain>(
      { from: '17:00', to: '20:00' },
      { from: '22:00', to: '02:30' },
      { from: '00:00', to: '24:00' },
    ),
  },
  [],
)
export const cap = (most: fc.Arbitrary<Plain>) =>
  fc.oneof(
    some(
      {
        most,
        each: word('calendar-day', 'calendar-week', 'calendar-month', 'calendar-quarter', 'calendar-year', 'ever'),
        whose: word('member'),
        edge: word('trim', 'refuse'),
      },
      ['most', 'each'],
    ),
    some({ most, within: period, edge: word('trim', 'refuse') }, ['most', 'within']),
  )
export const times = whole(9).map((count) => `${count} times`)
export const orderCondition = word(
  'order.items >= 3',
  'order.total > money("30.00") || "x" in order.tags',
  `order.channel == 'web'`,
  '!(order.lines == 2)\n&& order.items < 9',
)

/** Something that is awarded: one thing or a list. */
const award = fc.oneof(
  points,
  fc.constant<Plain>({ reward: 'treat' }),
  fc.constant<Plain>({ badge: 'explorer' }),
  days.map((keep): Plain => ({ tier: 'gold', keep })),
)
export const awards: fc.Arbitrary<Plain> = fc.oneof(award, fc.array(award, { minLength: 1, maxLength: 3 }))
export const budget = some({ most: fc.constantFrom('5000 points', '900 times'), edge: word('trim', 'refuse') }, [
  'most',
])
export const holdout = word('none', '10%', '12.50%')
/** `min` and above, counted in one unit. */
export const counted = (unit: string, min = 1, max = 30) => fc.integer({ min, max }).map((count) => `${count} ${unit}`)

import { createWording } from '@laurel/contract'
import { compileProgram, type Explanation, explainProgram, explainToMembers, type Program } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { readyDocuments } from '../scenarios/ready-programs.ts'

/** Keys that bind each other are said together: apart, each of their sentences would be true and both of them false. */

function compiled(text: string): Program {
  const { program, findings } = compileProgram(text, { version: 1, hash: '' })
  if (program === null) throw new Error(JSON.stringify(findings.filter(({ severity }) => severity === 'error')))
  return program
}

const programWith = (parts: string): Program =>
  compiled(`laurel: 1
id: bound
name: { en: Bound }
zone: Europe/Berlin
currency: EUR
inForce: { from: always }
refunds: { accept: P60D, shortfall: waive }
unknownMembers: create
segments: { vip: { name: { en: VIP } }, press: { name: { en: Press } } }
assets:
  points: { kind: spendable, expires: never, name: { en: { one: point, other: points } } }
  status: { kind: qualifying, expires: never }
  tickets: { kind: tickets, expires: { date: 03-31 } }
tiers:
  - ladder: standing
    measure: { earned: status }
    window: lifetime
    rise: at-once
    fall: { to: never }
    levels:
      - { id: silver, reach: 0 status, name: { en: Silver } }
      - { id: gold, reach: 100 status, name: { en: Gold } }
      - { id: muse, reach: 900 status, name: { en: Muse }, hidden: yes }
${parts}`)

const textsOf = ({ sections }: Explanation): string[] =>
  sections.flatMap(({ parts }) => parts.flatMap(({ sentences }) => sentences.map(({ text }) => text)))

/** What members read, a line for each thing, as `laurel explain --members` writes it. */
const toldBy = (program: Program): readonly string[] =>
  explainToMembers(program, createWording('en')).sections.flatMap(({ parts }) =>
    parts.map(
      ({ name, sentences }) => (name === null ? '' : `${name}: `) + sentences.map(({ text }) => text).join(' '),
    ),
  )

const base = (more: string): string => `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: standing, on: order.paid, give: 1 status, per: 1.00 EUR }
${more}`

const household = compiled(readyDocuments.get('household') ?? '')

describe('RED-2 the least of a basket is of the goods that it names', () => {
  test.each([
    ['en', 'For €10 or more of goods with category “fish”.'],
    ['de', 'Für Ware mit Kategorie „fish“, ab zusammen 10\u00a0€.'],
    ['es', 'Para 10\u00a0€ o más en productos con categoría «fish».'],
    ['tr', 'Şu ürünlerden toplam en az €10 için: kategori “fish”.'],
    ['ar', 'لما مجموعه \u200f10\u00a0€ فما فوق من المشتريات التي فيها: الفئة: \u2068«fish»\u2069.'],
  ] as const)('%s', (language, said) => {
    expect(textsOf(explainProgram(household, createWording(language)))).toContain(said)
  })

  test('each alone is said as before', () => {
    const program = programWith(`${base('')}
rewards:
  whole: { kind: money-off, value: 5.00 EUR, price: 50 points, basket: { least: 20.00 EUR } }
  goods: { kind: percent-off, value: 5%, price: 50 points, basket: { lines: 'line.category == "wine"' } }`)
    expect(toldBy(program)).toContainEqual(expect.stringContaining('For orders of €20 or more.'))
    expect(toldBy(program)).toContainEqual(expect.stringContaining('For goods with category “wine”.'))
  })
})

test('TIER-7 a benefit that comes with a level and is for some is for those of the level', () => {
  const program = programWith(`${base('')}
benefits: { door: { kind: access, opens: PT24H, name: { en: Door }, for: { segment: [vip] } } }`)
  expect(toldBy(program)).toContainEqual(expect.stringContaining('Open for the group VIP.'))
  const text = `${base('')}
benefits: { door: { kind: access, opens: PT24H, name: { en: Door }, for: { segment: [vip] } } }
memberships: { plus: { name: { en: Plus }, fee: 5.00 EUR, every: P1M, cancel: at-once, benefits: [door] } }`
  expect(toldBy(programWith(text))).toContain(
    'Door: 24 hours before everyone else. Comes with Plus, for the group VIP.',
  )
})

describe('EARN-3 of bonuses', () => {
  const bonuses = (groups: string, more = ''): Program =>
    programWith(
      base(`  - { id: spring, during: { from: 2026-03-01, through: 2026-03-31 }, multiply: { rule: base, by: 2 }, group: g${more} }
  - { id: gold, for: { tier: [gold] }, multiply: { rule: base, by: 1.5 }, group: g }
  - { id: friday, during: { days: [friday] }, multiply: { rule: base, by: 1.25 } }
groups: { g: { ${groups} } }`),
    )
  const each = [
    '1 point for every €1 you spend.',
    '“spring”: 2 times as much, from March 1, 2026 through March 31, 2026.',
    '“gold”: 1.5 times as much, for Gold.',
    '1.25 times as much, on Friday.',
  ]
  const adds = 'Bonuses that count add up: twice and three times as much make four times.'

  test('those of a group are named where others count beside them', () => {
    const best = 'Only the best one counts of: “spring” and “gold”.'
    expect(toldBy(bonuses('take: best'))).toContain([...each, best, adds].join(' '))
    const first = 'Only the first one that holds counts of: “spring” and “gold”.'
    expect(toldBy(bonuses('take: first'))).toContain([...each, first, adds].join(' '))
  })

  test('one that is exclusive is said to members, with what it switches off', () => {
    const alone = 'Where “spring” holds, these do not count: “gold”.'
    expect(toldBy(bonuses('take: all', ', exclusive: yes'))).toContain([...each, alone, adds].join(' '))
  })

  test('a hidden one leaves nothing to choose from', () => {
    const program = programWith(
      base(`  - { id: spring, during: { days: [monday] }, multiply: { rule: base, by: 2 }, group: g }
  - { id: muse, for: { tier: [muse] }, multiply: { rule: base, by: 3 }, group: g }
groups: { g: { take: best } }`),
    )
    expect(toldBy(program)).toContain('1 point for every €1 you spend. 2 times as much, on Monday.')
  })

  test('a cap of the rule holds with them in it, and its budget is not theirs', () => {
    const program = programWith(`earn:
  - id: base
    on: order.paid
    give: 1 points
    per: 1.00 EUR
    cap: { most: 100 points, each: order }
    budget: { most: 5000 points, edge: trim }
  - { id: standing, on: order.paid, give: 1 status, per: 1.00 EUR }
  - { id: friday, during: { days: [friday] }, multiply: { rule: base, by: 2 } }`)
    expect(toldBy(program)).toContain(
      '1 point for every €1 you spend. Until 5,000 points have been given to all members together. 2 times as much, on Friday. At most 100 points in one order, bonuses included.',
    )
  })
})

describe('EARN-4 rules that share a cap or compete', () => {
  test.each([
    ['en', '“tea” and “cake” together: at most 100 points in one order.'],
    ['de', '„tea“ und „cake“ zusammen: höchstens 100 points je Bestellung.'],
    ['es', '«tea» y «cake», en conjunto: como máximo 100 points por pedido.'],
    ['tr', '“tea” ve “cake” için toplamda: bir siparişte en fazla 100 points.'],
    ['ar', '\u2068«tea»\u2069 و\u2068«cake»\u2069 معًا: بحد أقصى 100 \u2068points\u2069 في الطلب الواحد.'],
  ] as const)('say the cap once, and their names: %s', (language, said) => {
    const program = programWith(`earn:
  - { id: standing, on: order.paid, give: 1 status, per: 1.00 EUR }
  - { id: tea, on: order.paid, lines: 'line.category == "tea"', give: 1 points, per: 1.00 EUR, group: g }
  - { id: cake, on: order.paid, lines: 'line.category == "cake"', give: 1 points, per: 1.00 EUR, group: g }
groups: { g: { take: all, cap: { most: 100 points, each: order } } }`)
    const explained = explainProgram(program, createWording(language))
    expect(textsOf(explained).filter((text) => text.includes('100') && /tea|cake/.test(text))).toEqual([said])
    const names = explained.sections.flatMap(({ parts }) =>
      parts.map(({ name }) => name?.replace(/[\u2068\u2069]/g, '')),
    )
    expect(names).toEqual(expect.arrayContaining(['tea', 'cake']))
  })

  test('only those of one event compete', () => {
    const program = programWith(`activities: { review: {} }
earn:
  - { id: standing, on: order.paid, give: 1 status, per: 1.00 EUR }
  - { id: basket, on: order.paid, when: 'order.items > 5', give: 9 points, per: order, group: g }
  - { id: visit, on: order.paid, give: 5 points, per: order, group: g }
  - { id: review, on: activity.review, give: 5 points, group: g }
groups: { g: { take: best } }`)
    expect(toldBy(program)).toContain('Only the best one counts of: “basket” and “visit”.')
    expect(toldBy(program)).toContain('5 points for “review”.')
  })
})

describe('RED-4 several special prices', () => {
  test.each([
    [
      'en',
      'Costs 40 points for the group VIP.',
      'Where several of these special prices are for you, the first one counts.',
    ],
    ['de', 'Kostet 40 points für die Gruppe VIP.', 'Gelten für dich mehrere dieser Sonderpreise, zählt der erste.'],
    [
      'es',
      'Cuesta 40 points para el grupo VIP.',
      'Si te corresponden varios de estos precios especiales, cuenta el primero.',
    ],
    ['tr', 'Bedeli VIP grubu için 40 points.', 'Bu özel bedellerden birkaçı sana uyuyorsa ilki sayılır.'],
    [
      'ar',
      'الثمن 40 \u2068points\u2069 لمجموعة \u2068VIP\u2069.',
      'إن انطبق عليك أكثر من واحد من هذه الأثمان الخاصة احتُسب أولها.',
    ],
  ] as const)('stand in their order, which is said to matter: %s', (language, first, rule) => {
    const program = programWith(`${base('')}
rewards:
  mug:
    kind: custom
    price: 50 points
    priceFor:
      - { for: { segment: [vip] }, price: 40 points }
      - { for: { tier: [gold], not: { segment: [press] } }, price: 30 points }`)
    const texts = textsOf(explainProgram(program, createWording(language)))
    const at = texts.indexOf(first)
    expect(texts[at - 1]).toContain('50')
    expect(texts[at + 1]).toContain('30')
    expect(texts[at + 1]).toContain('Press')
    expect(texts[at + 2]).toBe(rule)
  })
})

describe('PART-1 a rule for one’s own places says so', () => {
  test.each([
    ['en', 'if it is in our own shops'],
    ['de', 'wenn gilt: in unseren eigenen Läden'],
    ['es', 'si se cumple: en nuestras propias tiendas'],
    ['tr', 'koşul: kendi mağazalarımızda'],
    ['ar', 'بشرط: أن يكون في متاجرنا نحن'],
  ] as const)('%s', (language, said) => {
    const program = programWith(
      base(`  - { id: own, on: order.paid, when: 'order.partner == ""', give: 5 points, per: order }
  - { id: partner, on: order.paid, when: '"" != order.partner', give: 5 points, per: order }
  - { id: plain, on: order.paid, lines: 'line.brand == "" || line.category != ""', give: 5 points, per: order }`),
    )
    const texts = textsOf(explainProgram(program, createWording(language)))
    expect(texts).toContainEqual(expect.stringContaining(said))
    expect(texts.filter((text) => /“”|„“|«»/.test(text))).toEqual([])
  })
})

test('TIER-7 what gives a hidden level does not name it to members', () => {
  const program = programWith(
    `activities: { review: {}, visit: {} }
${base(`  - { id: both, on: activity.review, give: [50 points, { tier: muse, keep: P1Y }] }
  - { id: only, on: activity.visit, give: { tier: muse, keep: P1Y } }
  - { id: asked, on: order.paid, when: 'order.items > 1 && "muse" in member.tiers', give: 7 points, per: order }`)}
memberships: { plus: { name: { en: Plus }, fee: 5.00 EUR, every: P1M, cancel: at-once, entry: 5 points, for: { tier: [muse] } } }
transitions: { tiers: { standing/bronze: { to: muse, through: 2026-12-31 }, standing/tin: { to: gold, through: 2026-12-31 } } }`,
  )
  const told = toldBy(program)
  expect(told.join('\n')).not.toMatch(/muse/i)
  expect(told.join('\n')).not.toContain('bronze')
  expect(told.join('\n')).toContain('If you held the level “tin”, you hold Gold through December 31, 2026 at least.')
  expect(told).toEqual(expect.arrayContaining(['50 points for “review”.', 'A surprise for “visit”.']))
  expect(textsOf(explainProgram(program, createWording('en'))).join('\n')).toContain('the level Muse for 1 year')
})

test('TIME-2 hours past midnight are of the day on which they began', () => {
  const program = programWith(
    base(
      '  - { id: night, on: order.paid, during: { days: [friday], hours: { from: 22:00, to: 02:00 } }, give: 5 points, per: order }',
    ),
  )
  expect(toldBy(program)).toContain('5 points for an order, on Friday, from 10:00 PM to 2:00 AM of the next day.')
})

test('LOT-1 a life that begins after a wait is said to', () => {
  const waiting = compiled(readyDocuments.get('glow-club') ?? '')
  const begins = 'That time begins once it is usable.'
  expect(toldBy(waiting)).toContainEqual(
    expect.stringMatching(/^points: .* Usable 14 days .* Valid for 1 year.* That time begins once/),
  )
  expect(toldBy(household).filter((text) => text.includes(begins))).toEqual([])
})

test('GAME-2 whom a draw is for is said where its tickets are hidden', () => {
  const program = programWith(
    `${base('  - { id: ticket, on: order.paid, give: 1 tickets, per: order }')}
draws: { car: { of: tickets, for: { segment: [vip] }, window: { from: 2026-03-01, through: 2026-03-31 }, winners: 1 winners, give: 5 points } }`,
  )
  const hidden = { ...program, assets: program.assets.map((asset) => ({ ...asset, shown: asset.id !== 'tickets' })) }
  expect(toldBy(hidden)).toContainEqual(
    expect.stringContaining('Open from March 1, 2026 through March 31, 2026, for the group VIP.'),
  )
})

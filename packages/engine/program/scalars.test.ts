import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalProgram } from './canonical.ts'
import { compileProgram } from './compile/program.ts'
import { currencyOf, decimalText, decimalUnits } from './currency.ts'
import { nearestWord } from './nearest.ts'
import type { Program } from './program.ts'
import { offsetIn } from './scalar-zone.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'
import { citiesByCurrency, zoneNames } from './zones.table.ts'

const draft = { version: 0, hash: '' }

function compiled(text: string): Program {
  const { program, findings } = compileProgram(text, draft)
  expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
  if (program === null) throw new Error('no program')
  return program
}
const late = (period: string) => compiled(documentWith({ late: `late: { accept: ${period} }` })).late.accept
const extra = (rest: string) => {
  const rule = `  - { id: extra, on: order.paid, give: 5 points, per: order, ${rest} }`
  return compiled(withRules(rule)).onOrder.find(({ id }) => id === 'extra')
}

describe('periods', () => {
  test.each([
    ['P14D', { months: 0, days: 14, ms: 0 }],
    ['P2W', { months: 0, days: 14, ms: 0 }],
    ['P12M', { months: 12, days: 0, ms: 0 }],
    ['P1Y', { months: 12, days: 0, ms: 0 }],
    ['P1Y2M3W4DT5H6M7S', { months: 14, days: 25, ms: 18_367_000 }],
    ['PT15M', { months: 0, days: 0, ms: 900_000 }],
  ])('%s', (text, period) => {
    expect(late(text)).toEqual(period)
  })

  test('the same stretch has one canonical text', () => {
    const canonical = (period: string) => canonicalProgram(documentWith({ late: `late: { accept: ${period} }` }))
    expect(canonical('P2W')).toBe(canonical('P14D'))
    expect(canonical('P12M')).toBe(canonical('P1Y'))
    expect(canonical('PT60M')).toBe(canonical('PT1H'))
    expect(canonical('P30D')).not.toBe(canonical('P1M'))
  })
})

describe('TIME-2 dates', () => {
  test.each([
    ['2026-02-30', 'Write 2026-02-28, or 2026-02-28T18:00 for a time of that day'],
    ['31/04/2026', 'Write 2026-04-30, or 2026-04-30T18:00 for a time of that day'],
    ['03/01/2026', 'Write 2026-03-01 or 2026-01-03, whichever is meant'],
    ['2026-02-30 18:00', 'Write 2026-02-28T18:00'],
  ])('%s: the remedy is made of what was written', (written, instead) => {
    const { findings } = compileProgram(documentWith({ inForce: `inForce: { from: ${written} }` }), draft)
    expect(findings.map((finding) => finding.instead)).toEqual([instead])
  })

  const day = 86_400_000
  test('a date as an end is the end of that day, a time is that moment', () => {
    const from = Date.UTC(2026, 2, 1)
    expect(extra('during: { from: 2026-03-01, through: 2026-03-31 }')?.during).toEqual({
      from,
      through: from + 31 * day,
      weekdays: null,
      hours: null,
      except: new Set(),
    })
    const timed = extra('during: { from: 2026-03-01T09:30, through: 2026-03-31T18:00:15 }')?.during
    expect(timed?.from).toBe(from + 9.5 * 3_600_000)
    expect(timed?.through).toBe(from + 30 * day + 18 * 3_600_000 + 15_000)
  })

  test('days of the week begin on Monday, hours may run past midnight', () => {
    const during = extra('during: { days: [monday, sunday], hours: { from: 22:00, to: 24:00 } }')?.during
    expect(during?.weekdays).toEqual(new Set([0, 6]))
    expect(during?.hours).toEqual({ from: 79_200_000, to: 86_400_000 })
  })
})

describe('AMT-1 amounts', () => {
  test('decimals of every currency', () => {
    expect(currencyOf('JPY')).toEqual({ code: 'JPY', exponent: 0 })
    expect(currencyOf('USD')).toEqual({ code: 'USD', exponent: 2 })
    expect(currencyOf('KWD')).toEqual({ code: 'KWD', exponent: 3 })
    expect(currencyOf('XAU')).toBeNull()
    expect(currencyOf('constructor')).toBeNull()
  })

  test('decimal text and units are each other inverse, exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 6 }),
        (units, scale) => {
          expect(decimalUnits(decimalText(units, scale), scale)).toBe(units)
        },
      ),
    )
  })

  test('what JSON numbers would get wrong', () => {
    expect(decimalUnits('4.35', 2)).toBe(435)
    expect(decimalUnits('90071992547409.91', 2)).toBe(Number.MAX_SAFE_INTEGER)
    expect(decimalUnits('90071992547409.93', 2)).toBeNull()
    expect(['1e3', '01', '1.', '.5', '-1', '+1', '1,000', '１'].map((text) => decimalUnits(text, 2))).toEqual(
      Array.from({ length: 8 }, () => null),
    )
  })

  test('an asset is counted in its smallest part', () => {
    const program = compiled(
      documentWith({
        assets: `assets:
  points: { kind: spendable, pending: none, expires: never }
  status: { kind: qualifying, expires: never }
  credit: { kind: spendable, smallest: 0.01 credit, pending: none, expires: never, worth: { 1.5 credit: 3.00 USD } }`,
        earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 12.5 credit, cap: { most: 100 credit, each: ever } }`,
      }),
    )
    expect(program.assets.map((asset) => [asset.id, asset.scale])).toEqual([
      ['credit', 2],
      ['points', 0],
      ['status', 0],
    ])
    expect(program.assets[0]?.worth).toEqual({ amount: 150, minor: 300 })
    expect(program.onActivity.get('review')?.[0]?.give).toBe(1250)
    expect(program.caps[0]?.most).toBe(10_000)
  })

  test('multipliers and percentages are exact fractions', () => {
    const program = compiled(
      withRules('  - { id: a, multiply: { rule: base, by: 1.10 } }\n  - { id: b, multiply: { rule: base, by: 3 } }', {
        rewards: 'rewards: { off: { kind: percent-off, value: 12.5%, price: 5 points } }',
      }),
    )
    const multipliers = program.onOrder.find((rule) => rule.id === 'base')?.multipliers
    expect(multipliers?.map((multiplier) => multiplier.by)).toEqual([
      { numerator: 11, denominator: 10 },
      { numerator: 3, denominator: 1 },
    ])
    expect(program.rewards.get('off')?.kind).toEqual({
      type: 'percent-off',
      percent: { numerator: 1, denominator: 8 },
      most: null,
    })
  })

  test('the same amount has one canonical text', () => {
    const canonical = (by: string) => canonicalProgram(withRules(`  - { id: a, multiply: { rule: base, by: ${by} } }`))
    expect(canonical('1.50')).toBe(canonical('1.5'))
    expect(canonical('2.0')).toBe(canonical('2'))
    expect(canonical('10')).not.toBe(canonical('1'))
  })
})

test('every zone of the table is one the clock knows', () => {
  const unknown = [...zoneNames].filter((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return false
    } catch {
      return true
    }
  })
  expect(unknown).toEqual([])
  for (const zone of Intl.supportedValuesOf('timeZone')) expect(zoneNames).toContain(zone)
})

describe('an offset or an abbreviation is no zone: a city of the currency is named, and nothing under Etc', () => {
  const inEuros = (zone: string) => {
    const text = documentWith({ zone: `zone: ${zone}` }).replaceAll('USD', 'EUR')
    return compileProgram(text, { version: 0, hash: '' }).findings.map(({ code, instead }) => `${code}: ${instead}`)
  }
  const cities = 'Write area and city, such as Europe/Berlin, Europe/Helsinki or Europe/Lisbon'

  test.each(['GMT+1', 'GMT', 'CET', 'EST', 'UTC+1', 'UTC1', '-05:00', '+01:00', '+1', 'GMT+0100', 'Etc/GMT+99'])(
    '%s',
    (zone) => {
      expect(inEuros(zone)).toEqual([`unknown-zone: ${cities}`])
    },
  )

  test('the sign of a name under Etc is turned round, and that is warned of', () => {
    const warned = `zone-offset: ${cities}: the zone of a program never changes`
    for (const [zone, offset] of [
      ['Etc/GMT+1', 'UTC−1'],
      ['Etc/GMT-14', 'UTC+14'],
      ['Etc/GMT', null],
      ['Etc/GMT+0', null],
      ['Europe/Berlin', null],
    ] as const) {
      expect(offsetIn(zone)).toBe(offset)
      expect(inEuros(zone)).toEqual(offset === null ? [] : [warned])
    }
  })

  test('every city of a currency is one of the table', () => {
    for (const [code, cities] of Object.entries(citiesByCurrency)) {
      expect(currencyOf(code)).not.toBeNull()
      for (const city of cities) expect(zoneNames).toContain(city)
    }
  })
})

test.each([
  ['pionts', ['points', 'status'], 'points'],
  ['Points', ['points', 'status'], 'points'],
  ['flor', ['floor', 'ceil'], 'floor'],
  ['banana', ['points', 'status'], null],
  ['Invoiceno', ['InvoiceNo', 'InvoiceDate', 'Quantity'], 'InvoiceNo'],
  ['Qauntity', ['InvoiceNo', 'InvoiceDate', 'Quantity'], 'Quantity'],
  ['Price', ['InvoiceNo', 'InvoiceDate', 'Quantity'], null],
  ['', ['points'], null],
  ['pointspointspointspointspointspointspointspointspointspointspointspoints', ['points'], null],
])('the nearest word to %s', (word, known, nearest) => {
  expect(nearestWord(word, known)).toBe(nearest)
})

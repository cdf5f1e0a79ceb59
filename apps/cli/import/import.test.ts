import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseEvent } from '@laurel/contract'
import { nearestWord } from '@laurel/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CommandFailure } from '../exit.ts'
import { lineTotal, minorText, parseDecimal } from './decimal.ts'
import { eventsOfMember } from './history-events.ts'
import { groupInvoices } from './invoices.ts'
import { parseMapping } from './mapping.ts'
import { newMatching } from './match-cancellations.ts'
import { newTally, readLines } from './read-lines.ts'
import { compileTimeFormat } from './time-format.ts'

const mappingText = `
mapping: 1
source: shop
currency: GBP
zone: Europe/London
timeFormat: yyyy-MM-dd HH:mm:ss
columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }
cancellation: { column: Invoice, begins: C }
leaveOut:
  - { reason: postage, column: Code, equals: [POST] }
`
const header = 'Invoice,Customer,Code,Items,Date,Price'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-import-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function imported(rows: readonly string[], mapping = mappingText, first = header) {
  const file = path.join(folder, 'orders.csv')
  writeFileSync(file, [first, ...rows].join('\r\n'))
  return importedFile(file, mapping)
}

async function importedFile(file: string, text = mappingText) {
  const mapping = parseMapping(text, 'mapping.yaml')
  const tally = newTally()
  const matching = newMatching()
  const history = await groupInvoices(readLines(file, mapping, 2, tally), tally)
  const events = [...history.values()].flatMap((invoices) => eventsOfMember(invoices, mapping, 2, { tally, matching }))
  return { tally, matching, events }
}

async function failure(attempt: Promise<unknown>): Promise<CommandFailure> {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof CommandFailure) return error
  throw new Error('it should have failed', { cause: error })
}

describe('exact numbers', () => {
  test('a line total is rounded half-up once', () => {
    const price = (text: string) => parseDecimal(text, { point: '.', group: null }) ?? { digits: NaN, scale: 0 }
    expect(lineTotal(3, price('0.125'), 2)).toBe(38)
    expect(lineTotal(1, price('4.35'), 2)).toBe(435)
    expect(lineTotal(80995, price('2.08'), 2)).toBe(16846960)
    expect(lineTotal(4, price('0.001'), 2)).toBe(0)
    expect(lineTotal(5, price('0.001'), 2)).toBe(1)
    expect(lineTotal(7, price('120'), 0)).toBe(840)
  })

  test('decimals are read as the file writes them, and nothing else passes', () => {
    const german = { point: ',', group: '.' } as const
    expect(parseDecimal('1.234,50', german)).toEqual({ digits: 12345, scale: 1 })
    for (const wrong of ['', '.', '1,', '1e3', 'NaN', '0x10', '1,2,3', ' 1', '0,0000001', '99999999999999999999']) {
      expect(parseDecimal(wrong, german), wrong).toBeNull()
    }
  })

  test('any decimal of up to six places survives text and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 6 }), (digits, scale) => {
        const places = String(Math.abs(digits)).padStart(scale + 1, '0')
        const text = `${digits < 0 ? '-' : ''}${places.slice(0, places.length - scale)}.${places.slice(-scale) || '0'}`
        const parsed = parseDecimal(scale === 0 ? String(digits) : text, { point: '.', group: null })
        expect(parsed && BigInt(parsed.digits) * 10n ** BigInt(scale - parsed.scale)).toBe(BigInt(digits))
      }),
    )
  })

  test('minor units are written with their places', () => {
    expect(minorText(13737363, 2)).toBe('137,373.63')
    expect([minorText(5, 2), minorText(-1234, 2), minorText(1000, 0)]).toEqual(['0.05', '-12.34', '1,000'])
  })
})

describe('from lines to events', () => {
  test('lines of an invoice are one order, exact repeats are two lines, and every event is one the server takes', async () => {
    const { events, tally } = await imported([
      '100,17,A,2,2011-03-01 10:00:00,1.005',
      '100,17,A,2,2011-03-01 10:00:00,1.005',
      '100,17,B,1,2011-03-01 10:01:00,3.00',
    ])
    expect(tally).toMatchObject({ lines: 3, sold: 3 })
    expect(events).toHaveLength(1)
    expect(parseEvent(events[0])).toMatchObject({
      ok: true,
      event: {
        id: '100',
        occurredAt: '2011-03-01T10:00:00.000Z',
        order: {
          lines: [
            { id: '1', total: 201 },
            { id: '2', total: 201 },
            { id: '3', total: 300 },
          ],
        },
      },
    })
  })

  test('times are read in the zone of the mapping', async () => {
    const { events } = await imported(['100,17,A,1,2011-07-01 10:00:00,1'])
    expect(events[0]?.occurredAt).toBe('2011-07-01T09:00:00.000Z')
  })

  test('TIME-1 a time that no clock showed is rejected with its place, one that clocks showed twice is the first', async () => {
    const { events, tally } = await imported([
      '100,17,A,1,2011-03-27 00:59:59,1',
      '101,17,A,1,2011-03-27 01:00:00,1',
      '102,17,A,1,2011-03-27 01:59:59,1',
      '103,17,A,1,2011-03-27 02:00:00,1',
      '104,17,A,1,2011-10-30 01:30:00,1',
    ])
    expect(events.map((event) => event.occurredAt)).toEqual([
      '2011-03-27T00:59:59.000Z',
      '2011-03-27T01:00:00.000Z',
      '2011-10-30T00:30:00.000Z',
    ])
    expect(tally).toMatchObject({ lines: 5, sold: 3, shownTwice: 1, rejected: 2 })
    expect(tally.rejections).toEqual([
      { fileLine: 3, column: 'Date', reason: expect.stringContaining('"2011-03-27 01:00:00" never was') },
      { fileLine: 4, column: 'Date', reason: expect.stringContaining('Europe/London') },
    ])
  })

  test('TIME-1 a day without a clock begins with its first moment, also where midnight is skipped', async () => {
    const havana = mappingText.replace('Europe/London', 'America/Havana').replace(' HH:mm:ss', '')
    const { events, tally } = await imported(['100,17,A,1,2024-03-10,1'], havana)
    expect(tally.rejected).toBe(0)
    expect(events[0]?.occurredAt).toBe('2024-03-10T05:00:00.000Z')
  })

  test('every line is counted once: left out, without a member, rejected with its place', async () => {
    const { tally, events } = await imported([
      '100,17,POST,1,2011-03-01 10:00:00,18',
      '101,,A,1,2011-03-01 10:00:00,1',
      '102,17,A,0,2011-03-01 10:00:00,1',
      '103,17,A,-1,2011-03-01 10:00:00,1',
      '104,17,A,1,01/03/2011,1',
      '105,17,A,1,2011-03-01 10:00:00,-1',
      '106,17,A,1,2011-02-30 10:00:00,1',
      '107,17,A,1,2011-03-01 10:00:00,1',
      '107,18,A,1,2011-03-01 10:00:00,1',
    ])
    expect(tally).toMatchObject({ lines: 9, sold: 1, withoutMember: 1, leftOut: { postage: 1 }, rejected: 6 })
    expect(tally.rejections.map((rejection) => [rejection.fileLine, rejection.column])).toEqual([
      [4, 'Items'],
      [5, 'Items'],
      [6, 'Date'],
      [7, 'Price'],
      [8, 'Date'],
      [10, 'invoice'],
    ])
    expect(events.map((event) => event.id)).toEqual(['107'])
  })

  const many = (count: number) => Array.from({ length: count }, () => '100,17,A,1,2011-03-01 10:00:00,1')
  const long = 'x'.repeat(201)
  test.each([
    ['an e-mail address for a member', ['100,ann@example.com,A,1,2011-03-01 10:00:00,1'], 'Customer', /e-mail address/],
    ['a name of ours for a member', ['100,pool:x,A,1,2011-03-01 10:00:00,1'], 'Customer', /pool:/],
    ['a member of 201 characters', [`100,${long},A,1,2011-03-01 10:00:00,1`], 'Customer', /200/],
    ['an invoice of 100 characters', [`${'1'.repeat(100)},17,A,1,2011-03-01 10:00:00,1`], 'Invoice', /99 characters/],
    ['a tab in an article', ['100,17,A\tB,1,2011-03-01 10:00:00,1'], 'Code', /cannot be written/],
    ['an article of 201 characters', [`100,17,${long},1,2011-03-01 10:00:00,1`], 'Code', /200/],
    ['1,000,001 items', ['100,17,A,1000001,2011-03-01 10:00:00,1'], 'Items', /1,000,000/],
    ['the year 26', ['100,17,A,1,0026-03-01 10:00:00,1'], 'Date', /1900/],
    ['a line beyond what an amount can be', ['100,17,A,1,2011-03-01 10:00:00,99999999999'], 'Price', /beyond/],
    ['1,001 lines', many(1001), 'Invoice', /1000 lines/],
    ['a cancellation of an e-mail address', ['C1,ann@example.com,A,-1,2011-03-01 10:00:00,1'], 'Customer', /e-mail/],
  ])('%s: the invoice is rejected with line and column, and the next one is not', async (_, rows, column, reason) => {
    const { tally, events } = await imported([...rows, '900,18,A,1,2011-03-01 10:00:00,1'])
    expect(tally).toMatchObject({ lines: rows.length + 1, sold: 1, cancelled: 0, rejected: rows.length })
    expect(tally.rejections[0]).toEqual({ fileLine: 2, column, reason: expect.stringMatching(reason) })
    expect(JSON.stringify(tally.rejections)).not.toContain('ann@')
    expect(events.map(({ id }) => id)).toEqual(['900'])
  })

  test('of an invoice with one wrong line no line is sent, and each says by which', async () => {
    const { tally, events } = await imported([
      '100,17,A,1,2011-03-01 10:00:00,1',
      `100,17,${long},1,2011-03-01 10:00:00,1`,
    ])
    expect(tally).toMatchObject({ lines: 2, sold: 0, rejected: 2 })
    expect(tally.rejections).toEqual([
      { fileLine: 2, column: 'Invoice', reason: 'the invoice cannot be sent without line 3, which is rejected' },
      { fileLine: 3, column: 'Code', reason: expect.stringMatching(/200/) },
    ])
    expect(events).toEqual([])
  })

  test('a field too many moves everything behind it, and is rejected with the line of the file; an empty one is not', async () => {
    const { tally } = await imported([
      '100,17,A,1,2011-03-01 10:00:00,1,,',
      '',
      '101,17,A,1,2011-03-01 10:00:00,1',
      '102,17,A, red,1,2011-03-01 10:00:00,1',
    ])
    expect(tally).toMatchObject({ lines: 3, sold: 2, rejected: 1 })
    expect(tally.rejections).toEqual([
      { fileLine: 5, column: 'line', reason: expect.stringMatching(/^7 fields, the header has 6/) },
    ])
  })

  test('what is no CSV is said with its line, however much of it stands within one quote', async () => {
    await expect(imported(['100,17,A "x,1,2011-03-01 10:00:00,1'])).rejects.toMatchObject({
      exit: 2,
      place: expect.stringContaining('line 2'),
    })
    const endless = `100,17,"${'x'.repeat(300_000)}`
    await expect(imported([endless])).rejects.toMatchObject({
      exit: 2,
      message: expect.stringMatching(/^not CSV: .{1,101}$/),
    })
  })

  test('a column that stands twice in the file is no answer to which is meant', async () => {
    await expect(imported([], mappingText, `${header},Price`)).rejects.toMatchObject({
      message: 'columns.unitPrice names "Price", of which the file has 2',
    })
  })

  test('a gzipped file is read as it is', async () => {
    const file = path.join(folder, 'orders.csv.gz')
    writeFileSync(file, gzipSync(`${header}\n100,17,"A ""one"", two",1,2011-03-01 10:00:00,1\n`))
    const { events } = await importedFile(file)
    expect(events).toMatchObject([{ order: { lines: [{ sku: 'A "one", two' }] } }])
  })
})

describe('cancellations without a link', () => {
  const sale = (invoice: string, items: number, at: string, price = '1.00') =>
    `${invoice},17,A,${items},2011-03-${at}:00,${price}`

  test('go to the newest earlier purchase of the code, by what is left of it, at the sale’s price', async () => {
    const { events, matching } = await imported([
      sale('100', 5, '01 10:00', '1.00'),
      sale('101', 3, '02 10:00', '2.00'),
      sale('C102', -4, '03 10:00', '9.99'),
      sale('C103', -2, '04 10:00', '9.99'),
      sale('104', 9, '05 10:00'),
    ])
    expect(matching).toEqual({ fully: 2, partly: 0, not: 0, byName: 0, byCode: 2, unmatchedMinor: 0 })
    expect(events.filter((event) => event.type === 'refund.made')).toMatchObject([
      { id: 'C102:101', order: '101', lines: [{ line: '1', quantity: 3 }] },
      { id: 'C102:100', order: '100', lines: [{ line: '1', quantity: 1 }] },
      { id: 'C103:100', order: '100', lines: [{ line: '1', quantity: 2 }] },
    ])
  })

  test('a purchase in the same minute is earlier, a later one is not', async () => {
    const { matching, events } = await imported([
      sale('C1', -1, '01 10:00'),
      sale('2', 1, '01 10:00'),
      sale('C3', -1, '01 10:00'),
      sale('4', 1, '02 10:00'),
    ])
    expect(matching).toEqual({ fully: 1, partly: 0, not: 1, byName: 0, byCode: 1, unmatchedMinor: 100 })
    expect(events.map((event) => event.id)).toEqual(['2', 'C1:2', 'C3:unmatched', '4'])
  })

  test('what no purchase accounts for is one refund without an order, at the cancellation’s own price', async () => {
    const { matching, events } = await imported([
      sale('100', 2, '01 10:00', '1.00'),
      sale('C101', -5, '02 10:00', '1.255'),
      'C101,17,B,-1,2011-03-02 10:00:00,0.50',
    ])
    expect(matching).toEqual({ fully: 0, partly: 1, not: 1, byName: 0, byCode: 1, unmatchedMinor: 427 })
    expect(events.at(-1)).toMatchObject({ id: 'C101:unmatched', order: null, amount: 427 })
    expect(events.map((event) => parseEvent(event).ok)).toEqual([true, true, true])
  })

  test('another member’s purchase is never taken back', async () => {
    const { matching } = await imported(['100,18,A,1,2011-03-01 10:00:00,1', 'C101,17,A,-1,2011-03-02 10:00:00,1'])
    expect(matching.not).toBe(1)
  })

  test('where the file names the sale, only that one is looked at', async () => {
    const mapping = mappingText.replace('unitPrice: Price', 'unitPrice: Price, refundOf: Of')
    const { events } = await imported(
      [
        '100,17,A,1,2011-03-01 10:00:00,1,',
        '101,17,A,1,2011-03-02 10:00:00,1,',
        'C1,17,A,-1,2011-03-03 10:00:00,1,100',
      ],
      mapping,
      `${header},Of`,
    )
    expect(events.at(-1)).toMatchObject({ id: 'C1:100', order: '100' })
  })

  test('EVT-5 what the file does not account for is sent with the order that it names, and its amount', async () => {
    const mapping = mappingText.replace('unitPrice: Price', 'unitPrice: Price, refundOf: Of')
    const { events, matching, tally } = await imported(
      [
        '100,17,A,1,2011-03-01 10:00:00,1.50,',
        // The order is in another file; more than it had; two orders and none.
        'C1,17,A,-2,2011-03-03 10:00:00,1.50,90',
        'C2,17,A,-3,2011-03-04 10:00:00,1.50,100',
        'C3,17,B,-1,2011-03-05 10:00:00,2,91',
        'C3,17,B,-1,2011-03-05 10:00:00,2,92',
        'C3,17,B,-1,2011-03-05 10:00:00,2,',
        `C4,17,B,-1,2011-03-05 10:00:00,2,${'x'.repeat(100)}`,
        'C5,17,B,-1,2011-03-05 10:00:00,2,9\t1',
      ],
      mapping,
      `${header},Of`,
    )
    const refunds = events.filter((event) => event.type === 'refund.made')
    expect(refunds.map(({ id, order, amount }) => [id, order, amount])).toEqual([
      ['C1:90', '90', 300],
      ['C2:100', '100', 450],
      ['C3:91', '91', 200],
      ['C3:92', '92', 200],
      ['C3:unmatched', null, 200],
    ])
    expect(refunds.map((event) => parseEvent(event).ok)).not.toContain(false)
    expect(matching).toEqual({ fully: 0, partly: 0, not: 1, byName: 4, byCode: 0, unmatchedMinor: 200 })
    expect(tally.rejections.map(({ fileLine, column }) => [fileLine, column])).toEqual([
      [8, 'Of'],
      [9, 'Of'],
    ])
  })

  test('EVT-1 one that names no member is of whoever bought the sale that it names', async () => {
    const mapping = mappingText.replace('unitPrice: Price', 'unitPrice: Price, refundOf: Of')
    const { events, tally } = await imported(
      [
        'C1,,A,-1,2011-03-03 10:00:00,1,100',
        '100,17,A,2,2011-03-01 10:00:00,1,',
        'C2,,A,-1,2011-03-04 10:00:00,1,999',
        'C3,,A,-1,2011-03-04 10:00:00,1,',
      ],
      mapping,
      `${header},Of`,
    )
    expect(events.map(({ id, member }) => [id, member])).toEqual([
      ['100', '17'],
      ['C1:100', '17'],
    ])
    expect(tally).toMatchObject({ lines: 4, sold: 1, cancelled: 1, withoutMember: 2, rejected: 0 })
  })

  test('never takes back more than was bought, and accounts for every item', async () => {
    const line = fc.record({
      sku: fc.constantFrom('A', 'B'),
      items: fc.integer({ min: 1, max: 9 }),
      back: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const rows = lines.map(
          ({ sku, items, back }, at) =>
            `${back ? 'C' : ''}${at},17,${sku},${back ? -items : items},2011-03-01 10:${String(at).padStart(2, '0')}:00,1`,
        )
        const { events } = await imported(rows)
        const left = new Map<string, number>()
        let cancelledMinor = 0
        for (const event of events) {
          if (event.type === 'order.paid') {
            for (const sold of event.order.lines) left.set(event.order.id, sold.quantity)
          }
          if (event.type !== 'refund.made') continue
          cancelledMinor += event.amount ?? 0
          for (const { quantity } of event.lines ?? []) {
            const order = event.order ?? ''
            left.set(order, (left.get(order) ?? 0) - (quantity ?? 0))
            cancelledMinor += (quantity ?? 0) * 100
          }
        }
        expect(Math.min(0, ...left.values())).toBe(0)
        expect(cancelledMinor).toBe(lines.reduce((sum, { items, back }) => sum + (back ? items * 100 : 0), 0))
      }),
      { numRuns: 30 },
    )
  })
})

describe('wrong input is told apart, and nothing is read', () => {
  test('a column that is not in the file', async () => {
    const error = await failure(imported([], mappingText.replace('quantity: Items', 'quantity: Itmes')))
    expect(error).toMatchObject({ exit: 2, place: expect.stringContaining('header') })
    expect(error.message).toBe('columns.quantity names "Itmes", which is not in the file; did you mean "Items"?')
  })

  test('every error of a mapping at once, with line and remedy', () => {
    const wrong = `
mapping: 1
sorce: shop
currency: pounds
zone: London
timeFormat: yyyy-MM
columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: P, total: T }
`
    const error = (() => {
      try {
        return parseMapping(wrong, 'mapping.yaml')
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(CommandFailure)
    const { message, place } = error as CommandFailure
    expect(place).toBe('mapping.yaml, line 3, sorce')
    expect(message.split('\n')).toHaveLength(6)
    for (const said of [
      'did you mean source?',
      '"pounds"',
      'Europe/London',
      'exactly one of',
      'timeFormat',
      '"source"',
    ]) {
      expect(message).toContain(said)
    }
  })

  test('a key of another shape is not passed over: without its words cancellations would be sales', async () => {
    for (const [key, wrong] of [
      ['cancellation', mappingText.replace(/cancellation: .*/, 'cancellation: Invoice')],
      ['leaveOut', mappingText.replace(/leaveOut:\n.*/, 'leaveOut: { reason: postage, column: Code, equals: [POST] }')],
      ['leaveOut', mappingText.replace(/leaveOut:\n.*/, 'leaveOut: [POST]')],
    ] as const) {
      const error = await failure(imported([], wrong))
      expect(error.message).toMatch(new RegExp(`^"${key}" is no list of`))
      expect(error.place).toMatch(new RegExp(`line \\d+, ${key}$`))
    }
  })

  test('no file, a folder, no gzip, an empty file, broken quotes', async () => {
    await expect(failure(importedFile(path.join(folder, 'none.csv')))).resolves.toMatchObject({ exit: 2 })
    await expect(failure(importedFile(folder))).resolves.toMatchObject({ exit: 2 })
    const file = path.join(folder, 'wrong.csv.gz')
    writeFileSync(file, 'plain')
    await expect(failure(importedFile(file))).resolves.toMatchObject({ message: expect.stringContaining('not gzip') })
    const empty = path.join(folder, 'empty.csv')
    writeFileSync(empty, '')
    await expect(failure(importedFile(empty))).resolves.toMatchObject({ message: 'the file is empty' })
    await expect(failure(imported(['100,"17']))).resolves.toMatchObject({ message: expect.stringContaining('not CSV') })
  })
})

test('formats of dates', () => {
  const format = compileTimeFormat('d/M/yyyy H:mm')
  expect(format?.('1/12/2010 8:26')?.toString()).toBe('2010-12-01T08:26:00')
  expect(compileTimeFormat('yyyyMMdd')?.('20101201')?.toString()).toBe('2010-12-01')
  expect([format?.('31/2/2010 8:26'), format?.('2010-12-01')]).toEqual([null, null])
  expect([compileTimeFormat('yyyy'), compileTimeFormat('yyyy-MM-dd pp'), compileTimeFormat('yyyy-MM-dd dd')]).toEqual([
    null,
    null,
    null,
  ])
})

test('the nearest word is near', () => {
  const known = ['InvoiceNo', 'InvoiceDate', 'Quantity']
  expect([nearestWord('Invoiceno', known), nearestWord('Qauntity', known), nearestWord('Price', known)]).toEqual([
    'InvoiceNo',
    'Quantity',
    null,
  ])
})

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseEvent } from '@laurel/contract'
import { afterAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { CommandFailure } from '../exit.ts'
import { header, importing, mappingText } from './import.fixture.ts'
import { parseMapping } from './mapping.ts'
import { historyText } from './report.ts'

const { path: folder, remove } = makeTemporaryFolder('import')
afterAll(remove)
const { imported, importedFile } = importing(folder)

async function failure(attempt: Promise<unknown>): Promise<CommandFailure> {
  const error = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof CommandFailure) return error
  throw new Error('it should have failed', { cause: error })
}

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

  test('a name that stands for Laurel itself, one that is no name, and a currency that is not the program’s', () => {
    const wrong = mappingText.replace('source: shop', 'source: laurel')
    const said = (text: string, code: string) => {
      try {
        parseMapping(text, 'mapping.yaml', { code, program: 'club' })
      } catch (error) {
        const { exit, place, message } = error as CommandFailure
        return { exit, place, lines: message.split('\n') }
      }
      return null
    }
    expect(said(mappingText, 'GBP')).toBeNull()
    expect(said(wrong, 'GBP')).toEqual({
      exit: 2,
      place: 'mapping.yaml, line 3, source',
      lines: ['"laurel" must not be "laurel", which stands for Laurel itself; write what knows the orders, as shop'],
    })
    expect(said(wrong.replace('laurel', 'my shop'), 'GBP')?.lines).toEqual([
      expect.stringContaining('up to 64 letters'),
    ])
    expect(said(wrong, 'KWD')).toMatchObject({
      place: 'mapping.yaml, line 4, currency',
      lines: [
        expect.stringContaining('GBP is not the currency of club, which is KWD; write KWD if the amounts are that'),
        expect.stringContaining('line 3, source: "laurel"'),
      ],
    })
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

  test.each([
    ['nothing', ''],
    ['a mark of its encoding', '\u{feff}'],
    ['a header', header],
    ['a header and blank lines', `${header}\r\n\r\n`],
  ])('a file with %s in it is whole, and told to hold nothing', async (_, text) => {
    const file = path.join(folder, 'nothing.csv')
    writeFileSync(file, text)
    const history = await importedFile(file)
    expect(history).toMatchObject({ members: [], events: [], tally: { lines: 0, rejected: 0 } })
    expect(historyText({ ...history, exponent: 2 })).toBe('the file has no lines: there is nothing in it')
  })

  test('no file, a folder, no gzip, broken quotes', async () => {
    await expect(failure(importedFile(path.join(folder, 'none.csv')))).resolves.toMatchObject({ exit: 2 })
    await expect(failure(importedFile(folder))).resolves.toMatchObject({ exit: 2 })
    const file = path.join(folder, 'wrong.csv.gz')
    writeFileSync(file, 'plain')
    await expect(failure(importedFile(file))).resolves.toMatchObject({ message: expect.stringContaining('not gzip') })
    await expect(failure(imported(['100,"17']))).resolves.toMatchObject({ message: expect.stringContaining('not CSV') })
  })
})

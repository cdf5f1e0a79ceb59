import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCommandLine, program } from './command-line.fixture.ts'

// A history in two files, of which each cancels what the other has sold.
const { folder, laurel, fileWith } = openCommandLine('parts')

const mapping = fileWith(
  'mapping.yaml',
  'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd HH:mm\n' +
    'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price, refundOf: Of }\n' +
    'cancellation: { column: Invoice, begins: C }\n',
)
const header = 'Invoice,Customer,Code,Items,Date,Price,Of'
const first = ['100,17,A,10,2011-03-01 10:00,1.50,', 'C201,17,B,-1,2011-03-05 10:00,5.00,200']
const second = ['C101,17,A,-2,2011-03-03 10:00,1.50,100', '200,17,B,4,2011-03-04 10:00,5.00,']
const imported = (name: string, rows: readonly string[]) =>
  laurel('import', fileWith(name, [header, ...rows].join('\n')), '--mapping', mapping)

/** What the books gave less what they took back. */
function issued(): number {
  const books = path.join(folder, 'books.ndjson')
  expect(laurel('export', '--to', books).status).toBe(0)
  const transfers = readFileSync(books, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  return transfers.reduce((sum, { type, from, to, amount }) => {
    if (type !== 'transfer') return sum
    return sum + (from === 'issued' ? amount : 0) - (to === 'issued' ? amount : 0)
  }, 0)
}

describe('a history in two files', { timeout: 60_000 }, () => {
  test('EVT-5 a cancellation that names its order finds it, whichever of the files came first', () => {
    expect(laurel('publish', program).status).toBe(0)
    expect(imported('first.csv', first)).toMatchObject({
      ...{ status: 0, document: { counts: { recorded: 2, rejected: 0 }, cancellations: { byName: 1, not: 0 } } },
    })
    expect(issued()).toBe(15)
    expect(imported('second.csv', second)).toMatchObject({ status: 0, document: { counts: { recorded: 2 } } })
    expect(issued()).toBe(15 + 20 - 3 - 5)
  })

  test('a file of a day on which nothing was sold is imported, with a header or without', () => {
    const whole = { status: 0, document: { whole: true, counts: { recorded: 0, rejected: 0 }, orders: 0 } }
    expect(imported('closed.csv', [])).toMatchObject(whole)
    expect(laurel('import', fileWith('empty.csv', ''), '--mapping', mapping)).toMatchObject(whole)
  })

  test('EVT-1 both imported as one afterwards count nothing twice, and nothing waits for a person', () => {
    expect(imported('both.csv', [...first, ...second])).toMatchObject({
      status: 1,
      document: {
        counts: {
          ...{ recorded: 0, repeated: 2, rejected: 2 },
          rejections: [
            { event: 'shop/C101:100', reason: expect.stringContaining('identity-conflict') },
            { event: 'shop/C201:200', reason: expect.stringContaining('identity-conflict') },
          ],
        },
      },
    })
    expect(laurel('refunds', 'accept', '--all', '--reason', 'test').document).toMatchObject({ accepted: 0 })
    expect(issued()).toBe(15 + 20 - 3 - 5)
    expect(laurel('verify')).toMatchObject({ status: 0, document: { clean: true } })
  })

  test('EVT-1 a cancellation that names no order counts once, also where a longer file has another purchase for it', () => {
    const rows = {
      before: '300,18,A,10,2011-04-01 10:00,1.50,',
      between: '301,18,A,10,2011-04-02 10:00,2.00,',
      // Of the first two purchases, and of none: three parts, one after another.
      back: ['C302,18,A,-12,2011-04-03 10:00,1.50,', 'C302,18,B,-1,2011-04-03 10:00,9.00,'],
    }
    const first = imported('short.csv', [rows.before, ...rows.back])
    expect(first).toMatchObject({ status: 0, document: { counts: { recorded: 3, rejected: 0 } } })
    const once = issued()
    expect(imported('short.csv', [rows.before, ...rows.back]).document.counts).toMatchObject({
      recorded: 0,
      repeated: 3,
    })
    expect(imported('long.csv', [rows.before, rows.between, ...rows.back])).toMatchObject({
      status: 1,
      document: {
        counts: {
          ...{ recorded: 1, repeated: 1, rejected: 3 },
          rejections: [
            { event: 'shop/C302', reason: expect.stringContaining('identity-conflict') },
            { event: 'shop/C302/2', reason: 'not sent: it goes on with shop/C302' },
            { event: 'shop/C302/3', reason: 'not sent: it goes on with shop/C302/2' },
          ],
        },
      },
    })
    expect(issued()).toBe(once + 20)
    expect(laurel('verify')).toMatchObject({ status: 0, document: { clean: true } })
  })
})

import { parseEvent } from '@laurel/contract'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { header, importing, mappingText } from './import.fixture.ts'

const { path: folder, remove } = makeTemporaryFolder('import')
afterAll(remove)
const { imported } = importing(folder)

describe('cancellations without a link', () => {
  const sale = (invoice: string, items: number, at: string, price = '1.00') =>
    `${invoice},17,A,${items},2011-03-${at}:00,${price}`

  test('go to the newest earlier purchase of the code, by what is left of it, at the sale’s price', async () => {
    const { events, members, matching } = await imported([
      sale('100', 5, '01 10:00', '1.00'),
      sale('101', 3, '02 10:00', '2.00'),
      sale('C102', -4, '03 10:00', '9.99'),
      sale('C103', -2, '04 10:00', '9.99'),
      sale('104', 9, '05 10:00'),
    ])
    expect(matching).toEqual({ fully: 2, partly: 0, not: 0, byName: 0, byCode: 2, unmatchedMinor: 0 })
    expect(events.filter((event) => event.type === 'refund.made')).toMatchObject([
      { id: 'C102', order: '101', lines: [{ line: '1', quantity: 3 }] },
      { id: 'C102/2', order: '100', lines: [{ line: '1', quantity: 1 }] },
      { id: 'C103', order: '100', lines: [{ line: '1', quantity: 2 }] },
    ])
    expect(members.flatMap(({ continuing }) => [...continuing].map(({ id }) => id))).toEqual(['C102/2'])
  })

  test('a purchase in the same minute is earlier, a later one is not', async () => {
    const { matching, events } = await imported([
      sale('C1', -1, '01 10:00'),
      sale('2', 1, '01 10:00'),
      sale('C3', -1, '01 10:00'),
      sale('4', 1, '02 10:00'),
    ])
    expect(matching).toEqual({ fully: 1, partly: 0, not: 1, byName: 0, byCode: 1, unmatchedMinor: 100 })
    expect(events.map((event) => event.id)).toEqual(['2', 'C1', 'C3', '4'])
  })

  test('what no purchase accounts for is one refund without an order, at the cancellation’s own price', async () => {
    const { matching, events } = await imported([
      sale('100', 2, '01 10:00', '1.00'),
      sale('C101', -5, '02 10:00', '1.255'),
      'C101,17,B,-1,2011-03-02 10:00:00,0.50',
    ])
    expect(matching).toEqual({ fully: 0, partly: 1, not: 1, byName: 0, byCode: 1, unmatchedMinor: 427 })
    expect(events.slice(1)).toMatchObject([
      { id: 'C101', order: '100', lines: [{ line: '1', quantity: 2 }] },
      { id: 'C101/2', order: null, amount: 427 },
    ])
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
      ['C3', null, 200],
      ['C3:91', '91', 200],
      ['C3:92', '92', 200],
    ])
    expect(refunds.map((event) => parseEvent(event).ok)).not.toContain(false)
    expect(matching).toEqual({ fully: 0, partly: 0, not: 1, byName: 4, byCode: 0, unmatchedMinor: 200 })
    expect(tally.rejections.map(({ fileLine, column }) => [fileLine, column])).toEqual([
      [8, 'Of'],
      [9, 'Of'],
    ])
  })

  test('a line that names its order and one that does not are two refunds, though they take back from one', async () => {
    const mapping = mappingText.replace('unitPrice: Price', 'unitPrice: Price, refundOf: Of')
    const { events } = await imported(
      [
        '100,17,A,5,2011-03-01 10:00:00,1.50,',
        'C1,17,A,-2,2011-03-03 10:00:00,1.50,100',
        'C1,17,A,-1,2011-03-03 10:00:00,1.50,',
      ],
      mapping,
      `${header},Of`,
    )
    expect(events.slice(1)).toMatchObject([
      { id: 'C1', order: '100', lines: [{ line: '1', quantity: 1 }] },
      { id: 'C1:100', order: '100', lines: [{ line: '1', quantity: 2 }] },
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

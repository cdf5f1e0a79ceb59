import type { EventToSend } from '@laurel/contract'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import type { Outcome } from './destination.ts'
import { importing } from './import.fixture.ts'
import { newCounts, sendHistory } from './send-history.ts'

// A cancellation that names no order, in a file and in a larger one that comes later: it counts once (EVT-1).

const { path: folder, remove } = makeTemporaryFolder('grown')
afterAll(remove)
const { imported } = importing(folder)

/** Takes each identity once, as the server does, and knows what each cancellation has brought. */
function createBooks() {
  const contentById = new Map<string, string>()
  const answer = (event: EventToSend): Outcome => {
    const content = JSON.stringify(event)
    const known = contentById.get(event.id)
    if (known === content) return { status: 'repeated' }
    if (known !== undefined) return { status: 'rejected', reason: 'identity-conflict' }
    contentById.set(event.id, content)
    return { status: 'recorded' }
  }
  /** What has counted of a cancellation whose items cost 1.00 each: items, or an amount. */
  const itemsOf = (invoice: string): number =>
    [...contentById].reduce((sum, [id, content]) => {
      if (id !== invoice && !id.startsWith(`${invoice}/`)) return sum
      const { lines = [], amount = 0 } = JSON.parse(content)
      return lines.reduce((all: number, { quantity }: { quantity: number }) => all + quantity, sum + amount / 100)
    }, 0)
  const take = async (rows: readonly string[]) => {
    let counts = newCounts()
    await sendHistory((await imported(rows)).members, {
      send: async (events) => events.map(answer),
      from: { membersDone: 0, counts: newCounts() },
      interrupted: new AbortController().signal,
      onReached: (_members, _events, now) => {
        counts = now
      },
    })
    return counts
  }
  return { take, itemsOf }
}

const line = (invoice: string, sku: string, items: number, at: string, price = '1.00') =>
  `${invoice},17,${sku},${items},2011-03-${at}:00,${price}`

describe('a cancellation that names no order counts once', () => {
  test('where a line of it was rejected first and is mended later', async () => {
    const sales = [line('100', 'A', 2, '01 10:00'), line('101', 'B', 1, '02 10:00')]
    const whole = [line('C1', 'A', -2, '03 10:00'), line('C1', 'B', -1, '03 10:00')] as const
    // What comes after the part that is known is recorded; a part that is otherwise ends it.
    for (const [wrong, recorded, items] of [
      [[whole[0], line('C1', 'B', -1, '03 10:00', 'one')], 1, 3],
      [[line('C1', 'A', -2, '03 10:00', 'one'), whole[1]], 0, 1],
    ] as const) {
      const { take, itemsOf } = createBooks()
      expect(await take([...sales, ...wrong])).toMatchObject({ recorded: 3, rejected: 0 })
      expect(await take([...sales, ...whole])).toMatchObject({ recorded, rejected: recorded === 0 ? 2 : 0 })
      expect(itemsOf('C1')).toBe(items)
    }
  })

  test('where a longer export has a newer purchase between', async () => {
    const { take, itemsOf } = createBooks()
    const [before, between, back] = [
      line('100', 'A', 2, '01 10:00'),
      line('101', 'A', 2, '02 10:00'),
      line('C1', 'A', -2, '03 10:00'),
    ]
    await take([before, back])
    expect(await take([before, between, back])).toEqual({
      ...{ recorded: 1, repeated: 1, rejected: 1 },
      rejections: [{ event: 'shop/C1', member: '17', reason: 'identity-conflict' }],
    })
    expect(itemsOf('C1')).toBe(2)
  })

  test('where its sale is in another file, and both come as one', async () => {
    const { take, itemsOf } = createBooks()
    const [sale, back] = [line('100', 'A', 2, '01 10:00'), line('C1', 'A', -3, '03 10:00')]
    await take([sale])
    expect(await take([back])).toMatchObject({ recorded: 1 })
    expect(await take([sale, back])).toEqual({
      ...{ recorded: 0, repeated: 1, rejected: 2 },
      rejections: [
        { event: 'shop/C1', member: '17', reason: 'identity-conflict' },
        { event: 'shop/C1/2', member: '17', reason: 'not sent: it goes on with shop/C1' },
      ],
    })
    expect(itemsOf('C1')).toBe(3)
  })

  test('whatever a first file leaves out, and whatever a second one does', async () => {
    const row = fc.record({
      sku: fc.constantFrom('A', 'B'),
      items: fc.integer({ min: 1, max: 4 }),
      // Lines of one number are one invoice.
      cancels: fc.constantFrom(null, null, 1, 2, 3),
      isInFirst: fc.boolean(),
      isInSecond: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 12 }), async (rows) => {
        const text = ({ sku, items, cancels }: (typeof rows)[number], at: number) =>
          line(
            cancels === null ? `${at}` : `C${cancels}`,
            sku,
            cancels === null ? items : -items,
            `${String(at + 1).padStart(2, '0')} 10:00`,
          )
        const all = rows.map((each, at) => ({ ...each, text: text(each, at) }))
        const { take, itemsOf } = createBooks()
        await take(all.filter(({ isInFirst }) => isInFirst).map((each) => each.text))
        await take(all.filter(({ isInSecond }) => isInSecond).map((each) => each.text))
        await take(all.map((each) => each.text))
        for (const invoice of [1, 2, 3]) {
          const whole = all.reduce((sum, { cancels, items }) => sum + (cancels === invoice ? items : 0), 0)
          expect(itemsOf(`C${invoice}`)).toBeLessThanOrEqual(whole)
        }
        const again = await take(all.map((each) => each.text))
        expect(again.recorded).toBe(0)
      }),
      { numRuns: 100 },
    )
  })
})

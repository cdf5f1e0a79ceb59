import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PendingEntry } from '../member.ts'
import { startOf } from '../time/local.ts'
import { dropIndex, firstPending, keepIndex, pendingNamed, pendingOf, putPending } from './pending-list.ts'

const entries = fc.record({
  name: fc.nat({ max: 12 }),
  dueOn: fc.nat({ max: 3 }),
  amount: fc.nat({ max: 2 }),
})

const entryOf = ({ name, dueOn, amount }: { name: number; dueOn: number; amount: number }): PendingEntry => ({
  id: `shop:${name % 4}/points/0/${name}`,
  owner: name === 0 ? null : `shop:${name % 4}`,
  ...{ asset: 'points', amount, dueOn, awaits: null, priority: 0, expiryOf: '', version: 1 },
})

const named = [...Array(13).keys()].map((name) => entryOf({ name, dueOn: 0, amount: 0 }))

test('TIME-3 a list with an index and one without say the same, whatever comes, changes and goes', () => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 40 }), fc.nat({ max: 40 }), (changes, indexedFrom) => {
      const [searched, indexed]: [PendingEntry[], PendingEntry[]] = [[], []]
      for (const [at, change] of changes.entries()) {
        if (at === indexedFrom) keepIndex(indexed)
        for (const list of [searched, indexed]) putPending(list, entryOf(change))
        expect(indexed).toEqual(searched)
        for (const until of [-1, startOf(1), startOf(2) + 5, Number.POSITIVE_INFINITY]) {
          expect(firstPending(indexed, until)).toEqual(firstPending(searched, until))
        }
        for (const { id, owner } of named) {
          expect(pendingNamed(indexed, id)).toEqual(pendingNamed(searched, id))
          expect(pendingOf(indexed, owner)).toEqual(pendingOf(searched, owner))
        }
      }
      dropIndex(indexed)
      indexed.length = 0
      expect(firstPending(indexed, Number.POSITIVE_INFINITY)).toBeUndefined()
    }),
    { numRuns: 60 },
  )
})

test('TIME-3 of one day the first by its name becomes active first', () => {
  const [b, a, earlier] = [5, 1, 9].map((name, at) => entryOf({ name, dueOn: at < 2 ? 7 : 6, amount: 1 }))
  const list: PendingEntry[] = []
  for (const entry of [b, a, earlier]) if (entry) putPending(list, entry)
  const taken: (PendingEntry | undefined)[] = []
  for (let first = firstPending(list, startOf(7)); first; first = firstPending(list, startOf(7))) {
    taken.push(first)
    putPending(list, { ...first, amount: 0 })
  }
  expect(taken).toEqual([earlier, a, b])
})

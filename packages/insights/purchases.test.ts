import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { observe } from './buying/observe.ts'
import { buyersOf } from './groups/buyers.ts'
import type { Purchase } from './purchases.ts'

const today = 30

const anyPurchases = fc.array(
  fc.record<Purchase>({
    member: fc.constantFrom('ann', 'ben', 'cem', 'dora'),
    on: fc.integer({ min: 0, max: today }),
    amount: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1 },
)

const seen = (purchases: readonly Purchase[]) =>
  [buyersOf(purchases, today), observe(purchases, { lastDay: today, heldOutUntil: today, daysPerUnit: 1 })] as const

describe('a purchase is the same to groups and to models of buying', () => {
  test('of the same rows both count the same, free ones too, and the same money after the first', () => {
    fc.assert(
      fc.property(anyPurchases, (purchases) => {
        const [groups, models] = seen(purchases)
        if (groups.type === 'untold' || models.type === 'untold') throw new Error('untold')
        expect(groups.buyers.map(({ member, days }) => [member, days.length])).toEqual(
          models.members.map(({ member, history }) => [member, history.x + 1]),
        )
        for (const [index, { days, total }] of groups.buyers.entries()) {
          const first = purchases.filter(({ member, on }) => member === groups.buyers[index]?.member && on === days[0])
          const later = total - first.reduce((sum, { amount }) => sum + amount, 0)
          const spending = models.members[index]?.spending ?? null
          expect(spending === null ? 0 : spending.purchases * spending.mean).toBeCloseTo(later, 9)
        }
      }),
    )
  })

  test('INS-1: and both refuse the same', () => {
    fc.assert(
      fc.property(anyPurchases, fc.constantFrom({ on: 31 }, { on: 0.5 }, { amount: -1 }), (purchases, wrong) => {
        const [groups, models] = seen([...purchases, { member: 'eve', on: 1, amount: 1, ...wrong }])
        expect(groups).toEqual(models)
        expect(groups).toMatchObject({ reason: 'wrong-purchases' })
      }),
    )
  })
})

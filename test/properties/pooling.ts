import * as engine from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { poolCases } from './pool-cases.ts'
import { type HeardFact, PoolWorld, wrongIn } from './pool-world.ts'

/** Whatever members and a pool do, in whatever order facts and words arrive, nothing is lost between them. */
export const poolsLoseNothing = () =>
  fc.property(poolCases, (drawn) => {
    expect(wrongIn(engine, drawn)).toBeNull()
  })

/** What is heard of one order: that it was paid, and what was refunded of it. */
const heardOfOrder: fc.Arbitrary<readonly Omit<HeardFact, 'order'>[]> = fc
  .tuple(
    fc.constantFrom('ada', 'ben'),
    fc.integer({ min: 10, max: 1_000 }),
    fc.integer({ min: 1, max: 60 }),
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 })), {
      maxLength: 3,
      selector: ([after]) => after,
    }),
  )
  .map(([member, minute, amount, refunds]) => [
    { type: 'buy', member, amount, minute },
    ...refunds.map(([after, back]) => ({ type: 'refund' as const, member, amount: back, minute: minute + after })),
  ])

const facts: fc.Arbitrary<HeardFact[]> = fc
  .array(heardOfOrder, { minLength: 1, maxLength: 5 })
  .map((orders) => orders.flatMap((of, index) => of.map((fact) => ({ ...fact, order: `o${index}` }))))

const shuffled = facts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))

/** Members and pool together have the same in the end, in whatever order orders and refunds are heard. */
export const poolsEndAlike = () =>
  fc.property(
    fc.constantFrom(1, 2, 3),
    fc.constantFrom('keep-in-pool' as const, 'take-share' as const),
    shuffled,
    (share, leaving, [all, heard]) => {
      const [tidy, other] = [all.toSorted((a, b) => a.minute - b.minute), heard].map((arriving) => {
        const world = new PoolWorld(
          engine,
          { share, leaving, waits: 0, rightPer: 100, shortfall: 'debt', happenings: [] },
          1_000_000,
        )
        world.join('ben')
        for (const fact of arriving) {
          world.hear(fact)
          world.deliverAll()
          expect(world.wrong(true)).toBeNull()
        }
        return world.totals
      })
      expect(other).toEqual(tidy)
    },
  )

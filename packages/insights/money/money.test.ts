import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shareEstimate } from '../estimate.ts'
import { normalFrom, seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { breakageOf, type IssuedCohort } from './breakage.ts'
import { type Deferral, deferRefund, deferSale, type Journal, liabilityOf, releaseDeferred } from './deferral.ts'
import { type EstimateRecord, estimateAt, reviseEstimates } from './estimate-trail.ts'
import { liabilityMovement } from './movement.ts'
import { type Measured, profitAndLoss } from './profit-and-loss.ts'
import { type ReferralFigures, referralCost } from './referral-cost.ts'

const balanceOf = ({ lines }: Journal) => lines.reduce((sum, line) => sum + line.debit - line.credit, 0)

const worth = { points: 1, minor: 1 }

describe('FIN-2: the price is split, and revenue follows what is burned', () => {
  test('as in example 52 of IFRS 15', () => {
    // 100,000 of goods with 10,000 points, each worth 1, of which 9,500 are expected to be burned. After a year 4,500 are; after two
    // 8,500 are, and 9,700 are expected. The standard prints 91,324 and 8,676, then 4,110, 3,493, and 1,073 that are still owed.
    const sale = told(deferSale('first', 100_000, 10_000, worth, 0.95))
    expect(sale.journals[0]?.lines).toEqual([
      { account: 'receivable', debit: 100_000, credit: 0 },
      { account: 'sales', debit: 0, credit: 91_324 },
      { account: 'contract-liability', debit: 0, credit: 8676 },
    ])
    const year = { burned: 4500, outstanding: 5500, expected: 9500 }
    const first = told(releaseDeferred(sale.deferral, year))
    expect(first.deferral.released).toBe(4110)
    const next = { burned: 8500, outstanding: 1500, expected: 9700 }
    const second = told(releaseDeferred(first.deferral, next))
    expect(second.deferral.released - first.deferral.released).toBe(3493)
    expect(liabilityOf([second.deferral])).toBe(1073)
    // By hand: 8,676 * 8,500 / 9,500 = 7,763 without the new estimate, so that it takes back 160 at once.
    expect(second.journals.map(({ why, lines }) => [why, lines[0]?.account, lines[0]?.debit])).toEqual([
      ['burned', 'contract-liability', 3653],
      ['estimate-revised', 'points-revenue', 160],
    ])
    for (const journal of [...sale.journals, ...first.journals, ...second.journals]) expect(balanceOf(journal)).toBe(0)
    expect(liabilityMovement(0, [...sale.journals, ...first.journals])).toMatchObject({
      deferred: 8676,
      burned: 4110,
      closing: 4566,
    })
    expect(liabilityMovement(4566, second.journals)).toEqual({
      opening: 4566,
      deferred: 0,
      refunded: 0,
      reversed: 0,
      burned: 3653,
      revised: 160,
      closing: 1073,
    })
  })

  test('all of it is revenue once nothing is left to burn, and not a unit more', () => {
    const sale = told(deferSale('first', 999, 100, { points: 7, minor: 3 }, 0.8))
    let deferral = sale.deferral
    for (const [burned, outstanding] of [
      [10, 90],
      [33, 60],
      [70, 0],
    ] as const) {
      deferral = told(releaseDeferred(deferral, { burned, outstanding, expected: 80 })).deferral
    }
    expect(deferral.released).toBe(deferral.deferred)
    const lapsed = { burned: 0, outstanding: 0, expected: 80 }
    expect(told(releaseDeferred(sale.deferral, lapsed)).deferral.released).toBe(sale.deferral.deferred)
    expect(told(releaseDeferred(deferral, { ...lapsed, burned: 70 })).journals).toEqual([])
  })

  test('a refund takes its part back, so that twenty small ones are one large one', () => {
    const { deferral } = told(deferSale('first', 100_000, 10_000, worth, 0.95))
    const posted = told(deferRefund(deferral, 50_000, { outstanding: 5000, burned: 0 }))
    expect(posted.deferral).toMatchObject({ issued: 5000, sold: 50_000, deferred: 4338 })
    expect(posted.journals.map(balanceOf)).toEqual([0])
    expect(liabilityMovement(8676, posted.journals)).toMatchObject({ refunded: 4338, closing: 4338 })
    const part = { outstanding: 500, burned: 0 }
    const small = times(20, () => 0).reduce((before) => told(deferRefund(before, 5000, part)).deferral, deferral)
    const nothing = { issued: 0, sold: 0, deferred: 0, released: 0, burned: 0, expected: 0 }
    expect(small).toEqual({ cohort: 'first', ...nothing })
  })

  test('what a refund takes back after it was burned is revenue no more', () => {
    // By hand: 500 of 1,000 for 100 points, all of them expected to be burned, 50 are: 250 released. Ninety are taken back, 50 that
    // the member still had and 40 that are now owed. Nine tenths of 500 go back; of the ten points that are left all are burned.
    const sale = told(deferSale('first', 1000, 100, { points: 1, minor: 10 }, 1))
    const half = told(releaseDeferred(sale.deferral, { burned: 50, outstanding: 50, expected: 100 }))
    const refund = told(deferRefund(half.deferral, 900, { outstanding: 50, burned: 40 }))
    expect(refund.journals.map(({ why, lines }) => [why, ...lines.map((line) => line.debit - line.credit)])).toEqual([
      ['refund-of-released', 200, -200],
      ['refund', 450, 450, -900],
    ])
    expect(liabilityMovement(250, refund.journals)).toMatchObject({ refunded: 450, reversed: 200, closing: 0 })
    expect([refund.deferral.released, liabilityOf([refund.deferral])]).toEqual([50, 0])
    expect(told(releaseDeferred(refund.deferral, { burned: 10, outstanding: 0, expected: 10 })).journals).toEqual([])
    // Where twenty of the fifty are owed and the fifty that others have are left: a fifth of 500 goes back, and of the 250 twenty fiftieths.
    const owing = told(deferRefund(half.deferral, 200, { outstanding: 0, burned: 20 }))
    expect(liabilityMovement(250, owing.journals)).toMatchObject({ refunded: 100, reversed: 100, closing: 250 })
    expect(told(releaseDeferred(owing.deferral, { burned: 30, outstanding: 50, expected: 80 })).journals).toEqual([])
    // Where the forty are waived they stay given and burned, and the sales bear it.
    const waived = told(deferRefund(half.deferral, 900, { outstanding: 50, burned: 0 }))
    expect(waived.journals.map(({ why }) => why)).toEqual(['refund'])
    expect(waived.deferral).toMatchObject({ issued: 50, burned: 50, deferred: 250, released: 250 })
  })

  test('whatever is burned, refunded and released in whatever order, the books say what is owed and nothing runs backwards', () => {
    const step = fc.record({
      burn: fc.nat(60),
      lapse: fc.nat(20),
      takeBack: fc.nat(80),
      owe: fc.nat(40),
      money: fc.double({ min: 0, max: 1, noNaN: true }),
      expected: fc.double({ min: 0, max: 1, noNaN: true }),
      isClosed: fc.boolean(),
    })
    const first = fc.record({
      sold: fc.integer({ min: 1, max: 3000 }),
      issued: fc.nat(300),
      share: fc.constantFrom(0, 0.3, 0.8, 1),
    })
    fc.assert(
      fc.property(first, fc.array(step, { maxLength: 12 }), ({ sold, issued, share }, steps) => {
        let { deferral, journals } = told(deferSale('first', sold, issued, { points: 1, minor: 3 }, share))
        let [burned, outstanding] = [0, issued]
        for (const { burn, lapse, takeBack, owe, money, expected, isClosed } of steps) {
          const burning = Math.min(burn, outstanding)
          burned += burning
          outstanding -= burning
          outstanding -= Math.min(lapse, outstanding)
          const [taken, owed] = [Math.min(takeBack, outstanding), Math.min(owe, burned)]
          const refunded = Math.floor(money * deferral.sold)
          const refunding = told(deferRefund(deferral, refunded, { outstanding: taken, burned: owed }))
          burned -= owed
          outstanding -= taken
          const standing = { burned, outstanding, expected: expected * issued }
          const closing = isClosed ? [told(releaseDeferred(refunding.deferral, standing))] : []
          for (const { deferral: after, journals: added } of [refunding, ...closing]) {
            deferral = after
            journals = [...journals, ...added]
            expect(deferral.released).toBeGreaterThanOrEqual(0)
            expect(deferral.released).toBeLessThanOrEqual(deferral.deferred)
            const movement = liabilityMovement(0, journals)
            expect(movement.closing).toBe(liabilityOf([deferral]))
            const { deferred, refunded: back, reversed, burned: earned } = liabilityMovement(0, added)
            expect(Math.min(deferred, back, reversed, earned)).toBeGreaterThanOrEqual(0)
            const lines = added.flatMap((journal) => journal.lines)
            expect(lines.every((line) => Math.min(line.debit, line.credit) === 0)).toBe(true)
            expect(added.map(balanceOf).every((balance) => balance === 0)).toBe(true)
          }
        }
      }),
    )
  })

  const deferral: Deferral = {
    ...{ cohort: 'first', issued: 100, sold: 1000, deferred: 50, released: 0, burned: 0, expected: 80 },
  }
  const nothing = { outstanding: 0, burned: 0 }
  const standing = { burned: 1, outstanding: 99, expected: 80 }

  test.each([
    ['nothing-sold', deferSale('first', 0, 100, worth, 0.9)],
    ['nothing-sold', deferSale('first', -5, 100, worth, 0.9)],
    ['no-worth', deferSale('first', 5, 100, { points: 1, minor: 0 }, 0.9)],
    ['no-share', deferSale('first', 5, 100, worth, 1.2)],
    ['no-share', deferSale('first', 5, 100, worth, Number.NaN)],
    ['no-whole-figures', deferSale('first', 5, 0.5, worth, 0.9)],
    ['more-refunded-than-sold', deferRefund(deferral, 1001, nothing)],
    ['more-refunded-than-sold', deferRefund(deferral, 10, { outstanding: 100, burned: 1 })],
    ['no-whole-figures', deferRefund(deferral, 10, { outstanding: -1, burned: 1 })],
    ['more-burned-than-issued', releaseDeferred(deferral, { ...standing, burned: 2 })],
    ['no-estimate', releaseDeferred(deferral, { ...standing, expected: Number.NaN })],
  ])('INS-1: %s', (reason, found) => {
    expect(found).toMatchObject({ type: 'untold', reason })
  })
})

describe('FIN-3: breakage is estimated by cohort', () => {
  test('as counted by hand', () => {
    // Shares: 80 of 300 in the first period, 20 of 100 in the second, so the second cohort burns 40 more. The variance of the first
    // age is 100 (0.3 - 80/300)² + 200 (0.25 - 80/300)² = 1/6 with one degree of freedom, and that of the second is taken from it: the
    // error is the root of 1/6 * 200 * (1 + 200/100) = 100, and Student's t is 12.7, so that all and nothing lie within.
    const cohorts = [
      { cohort: 'may', issued: 100, burned: [30, 20], outstanding: 0 },
      { cohort: 'june', issued: 200, burned: [50], outstanding: 140 },
    ]
    expect(told(breakageOf(cohorts, 2))).toEqual({
      type: 'told',
      shares: [80 / 300, 0.2],
      cohorts: [
        {
          cohort: 'may',
          issued: 100,
          burned: 50,
          expectedBurn: { value: 50, low: 50, high: 50 },
          breakage: { value: 50, low: 50, high: 50 },
        },
        {
          cohort: 'june',
          issued: 200,
          burned: 50,
          expectedBurn: { value: 90, low: 50, high: 190 },
          breakage: { value: 110, low: 10, high: 150 },
        },
      ],
    })
    // Student's t for 1 in 2 with one degree of freedom is 1.
    expect(told(breakageOf(cohorts, 2, 0.5)).cohorts[1]?.expectedBurn).toEqual({ value: 90, low: 80, high: 100 })
  })

  test('what comes lies within the interval in 93 to 97 of 100', () => {
    const random = seeded(8)
    const [runs, periods] = [1000, 6]
    const shares = [0.1, 0.2, 0.15, 0.1, 0.08, 0.05]
    const covered = times(runs, () => {
      const lives = times(20, (index) => {
        const issued = 50_000 + 2000 * index
        return {
          issued,
          burned: shares.map((share) => Math.round(issued * share + 3 * Math.sqrt(issued) * normalFrom(random))),
        }
      })
      const cohorts = lives.map(({ issued, burned }, index): IssuedCohort => {
        const seen = burned.slice(0, Math.min(periods, 20 - index))
        const outstanding = seen.length === periods ? 0 : issued - seen.reduce((sum, each) => sum + each, 0)
        return { cohort: String(index), issued, burned: seen, outstanding }
      })
      const youngest = told(breakageOf(cohorts, periods)).cohorts.at(-1)?.expectedBurn
      const truth = lives.at(-1)?.burned.reduce((sum, each) => sum + each, 0) ?? 0
      return youngest !== undefined && youngest.low <= truth && truth <= youngest.high
    }).filter(Boolean).length
    expect(covered).toBeGreaterThanOrEqual(0.93 * runs)
    expect(covered).toBeLessThanOrEqual(0.97 * runs)
  })

  const [may, june] = [
    { cohort: 'may', issued: 100, burned: [30, 20], outstanding: 0 },
    { cohort: 'june', issued: 200, burned: [50], outstanding: 140 },
  ]

  test.each([
    ['nothing-issued', [], 2],
    ['nothing-issued', [may, { ...june, issued: 0, burned: [0], outstanding: 0 }], 2],
    ['one-cohort', [may], 2],
    ['no-old-cohort', [may, june], 3],
    ['too-old-cohort', [may, june], 1],
    ['no-lifetime', [may, june], 0],
    ['one-cohort', [may, { ...june, burned: [] }], 2],
    ['more-burned-than-issued', [may, { ...june, outstanding: 151 }], 2],
    ['more-burned-than-issued', [may, { ...june, burned: [-1] }], 2],
    ['no-whole-figures', [may, { ...june, burned: [0.5] }], 2],
  ])('INS-1: %s', (reason, cohorts, periods) => {
    expect(breakageOf(cohorts, periods)).toMatchObject({ type: 'untold', reason })
  })

  test('and revised, with a trail that only grows', () => {
    const first = told(breakageOf([may, june], 2))
    const trail = told(reviseEstimates([], first, 100)).trail
    const later = told(breakageOf([may, { ...june, burned: [50, 30], outstanding: 0 }], 2))
    const longer = told(reviseEstimates(trail, later, 130)).trail
    const june30 = (record: EstimateRecord | null) => [record?.asOf, record?.expectedBurn.value, record?.change]
    expect(june30(estimateAt(longer, 'june', 130))).toEqual([130, 80, -10])
    expect(june30(estimateAt(longer, 'june', 129))).toEqual([100, 90, null])
    expect(estimateAt(longer, 'june', 99)).toBeNull()
    expect(longer.slice(0, 2)).toEqual(trail)
    expect(told(reviseEstimates(longer, later, 130)).trail).toBe(longer)
    expect(reviseEstimates(longer, first, 130)).toMatchObject({ reason: 'day-is-taken' })
    expect(reviseEstimates(longer, first, 100)).toMatchObject({ reason: 'day-is-past' })
    expect(reviseEstimates(longer, first, Number.NaN)).toMatchObject({ reason: 'no-whole-day' })
  })
})

describe('profit and loss', () => {
  const measured = (value: number, width: number, name = 'offers'): Measured => ({
    name,
    lift: { type: 'told', incremental: { value, low: value - width, high: value + width } },
  })

  test('counts the margin on what members spent because of it', () => {
    // By hand: 100,000 and 50,000 more, give or take 30,000 and 40,000, so 50,000 together; 40 % margin, 5,000 fees, 25,000 costs.
    const costs = [
      { name: 'rewards', minor: 20_000 },
      { name: 'messages', minor: 5000 },
    ]
    const both = [measured(100_000, 30_000), measured(50_000, 40_000, 'challenges')]
    expect(profitAndLoss(both, 0.4, [{ name: 'fees', minor: 5000 }], costs)).toMatchObject({
      incrementalMargin: { value: 60_000, low: 40_000, high: 80_000 },
      net: { value: 40_000, low: 20_000, high: 60_000 },
      netPerCost: { value: 1.6, low: 0.8, high: 2.4 },
      verdict: 'pays',
    })
    expect(profitAndLoss(both, 0.1, [], costs)).toMatchObject({ verdict: 'does-not-pay', net: { high: -5000 } })
    expect(profitAndLoss(both, 0.2, [], costs)).toMatchObject({ verdict: 'cannot-tell' })
    expect(profitAndLoss(both, 0.2, [], [])).toMatchObject({ netPerCost: null })
  })

  const open: Measured = { name: 'games', lift: { type: 'untold', reason: 'nobody-held-out', sentence: '' } }

  test.each([
    ['nothing-measured', [], 0.4, 1],
    ['not-all-measured', [measured(1, 1), open], 0.4, 1],
    ['no-margin', [measured(1, 1)], 40, 1],
    ['no-whole-amounts', [measured(1, 1)], 0.4, -1],
    ['no-whole-amounts', [measured(Number.NaN, 1)], 0.4, 1],
  ])('INS-1: %s', (reason, lifts, margin, minor) => {
    expect(profitAndLoss(lifts, margin, [], [{ name: 'rewards', minor }])).toMatchObject({ type: 'untold', reason })
  })
})

describe('what a friend costs', () => {
  const figures: ReferralFigures = {
    toAdvocates: 6000,
    toFriends: 3000,
    running: 1000,
    acquired: 20,
    boughtAgain: 8,
    margin: 15_000,
  }

  test('is shared by those who came, and by those who stayed', () => {
    expect(referralCost(figures)).toMatchObject({
      perAcquired: 500,
      perKept: 1250,
      kept: { value: 0.4 },
      paidBack: 1.5,
    })
    expect(referralCost({ ...figures, boughtAgain: 0 })).toMatchObject({ perKept: { reason: 'nobody-kept' } })
    expect(referralCost({ ...figures, toAdvocates: 0, toFriends: 0, running: 0 })).toMatchObject({ paidBack: null })
  })

  test('with the error that was asked', () => {
    expect(told(referralCost(figures, 0.5)).kept).toEqual(shareEstimate(8, 20, 0.5))
    expect(referralCost(figures, 0)).toMatchObject({ reason: 'no-error' })
  })

  test.each([
    ['nobody-acquired', { acquired: 0, boughtAgain: 0 }],
    ['no-whole-figures', { running: -1 }],
    ['no-whole-figures', { boughtAgain: 21 }],
  ])('INS-1: %s', (reason, wrong) => {
    expect(referralCost({ ...figures, ...wrong })).toMatchObject({ type: 'untold', reason })
  })
})

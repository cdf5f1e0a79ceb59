import { describe, expect, test } from 'vitest'
import { shareEstimate } from '../estimate.ts'
import type { Purchase } from '../purchases.ts'
import { told } from '../told.fixture.ts'
import { cohortsOf } from './cohorts.ts'
import { repeatOf, stayOf } from './repeat.ts'
import { RFM_SEGMENTS, rfmOf } from './rfm.ts'
import { survivalOf } from './survival.ts'

const TODAY = 20_000

const bought = (member: string, ...days: readonly number[]): Purchase[] =>
  days.map((on) => ({ member, on, amount: 1000 }))

describe('RFM', () => {
  // Five members, so that each is a fifth. Last days 5 to 1 days ago, and 5 to 1 purchases, in opposite order.
  const five = ['ann', 'ben', 'cem', 'dora', 'eve'].flatMap((member, index) =>
    bought(member, ...Array.from({ length: 5 - index }, (_, back) => TODAY - (5 - index) - back * 10)),
  )

  test('scores members by fifths and names them by recency and frequency', () => {
    // By hand: ann bought 5 days ago, five times in all; eve yesterday, once.
    const rfm = told(rfmOf(five, TODAY))
    expect(rfm.members.map(({ member, scores, segment }) => [member, ...Object.values(scores), segment])).toEqual([
      ['ann', 1, 5, 5, 'must-not-lose'],
      ['ben', 2, 4, 4, 'slipping-away'],
      ['cem', 3, 3, 3, 'need-attention'],
      ['dora', 4, 2, 2, 'becoming-loyal'],
      ['eve', 5, 1, 1, 'new'],
    ])
    expect(rfm.members[0]).toMatchObject({ recencyDays: 5, frequency: 5, monetary: 5000 })
    expect(rfm.segments.map(({ segment }) => segment)).toEqual(RFM_SEGMENTS)
    expect(rfm.segments.find(({ segment }) => segment === 'must-not-lose')).toMatchObject({
      members: 1,
      monetary: 5000,
    })
  })

  test('members that are alike are in one segment, in whatever order they come', () => {
    // By hand: seven share rank 4 of 10, the middle of 1 to 7, which is in the second fifth; three share rank 9, in the last.
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((member) => bought(member, TODAY - 30))
    const others = ['x', 'y', 'z'].flatMap((member) => bought(member, TODAY - 9, TODAY - 2))
    for (const purchases of [
      [...many, ...others],
      [...others, ...many],
    ]) {
      const rfm = rfmOf(purchases, TODAY)
      const segments = rfm.type === 'told' ? rfm.segments.filter(({ members }) => members > 0) : []
      expect(segments).toEqual([
        { segment: 'champions', members: 3, monetary: 6000 },
        { segment: 'asleep', members: 7, monetary: 7000 },
      ])
    }
  })

  test.each([
    ['nobody-bought', []],
    ['wrong-purchases', [{ member: 'ann', on: 1, amount: -5 }]],
    ['one-member', bought('ann', 1, 2, 3)],
    ['no-repeat-buyers', [...bought('ann', 1), ...bought('ben', 2)]],
    ['no-repeat-buyers', [...bought('ann', 1, 1), ...bought('ben', 1, 1)]],
    ['same-day', [...bought('ann', 1, 5), ...bought('ben', 5)]],
    ['wrong-purchases', [...bought('ann', 1, TODAY + 1), ...bought('ben', 5)]],
    ['wrong-purchases', [{ member: 'ann', on: 1, amount: 0.5 }]],
    ['wrong-purchases', [{ member: 'ann', on: Number.NaN, amount: 5 }]],
  ])('INS-1: %s', (reason, purchases) => {
    expect(rfmOf(purchases, TODAY)).toMatchObject({ type: 'untold', reason })
  })
})

describe('cohorts', () => {
  const starts = [0, 30, 60, 90]
  const purchases = [
    ...bought('ann', 0, 29, 35, 89),
    ...bought('ben', 10, 70),
    ...bought('cem', 20),
    ...bought('dora', 30, 60),
    ...bought('eve', 59, 90),
    ...bought('old', -1, 40, 60),
  ]

  test('are retained and lost as counted by hand', () => {
    // First period: ann, ben, cem. Of these one bought in the second, two in the third. Second: dora, eve; dora came back in the third.
    // One period later: one of three and one of two; two later: two of three. Of the three who bought in the first period all but ann
    // are lost, and of ann, dora, eve and old, who bought in the second, eve alone.
    expect(cohortsOf(purchases, starts)).toEqual({
      type: 'told',
      cohorts: [
        { period: 0, members: 3, retained: [shareEstimate(1, 3), shareEstimate(2, 3)] },
        { period: 1, members: 2, retained: [shareEstimate(1, 2)] },
        { period: 2, members: 0, retained: [] },
      ],
      retained: [shareEstimate(2, 5), shareEstimate(2, 3)],
      churn: [shareEstimate(2, 3), shareEstimate(1, 4)],
    })
  })

  test('a period in which nobody bought has no churn', () => {
    expect(cohortsOf(bought('ann', 0, 60), starts)).toMatchObject({ churn: [shareEstimate(1, 1), null] })
  })

  test.each([
    ['no-two-periods', purchases, [0, 30]],
    ['no-two-periods', purchases, [0, 60, 30]],
    ['nobody-new', bought('old', -1, 40), starts],
    ['nobody-bought', bought('ann', 95), starts],
    ['wrong-purchases', [{ member: 'ann', on: Number.NaN, amount: 5 }], starts],
  ])('INS-1: %s', (reason, list, periods) => {
    expect(cohortsOf(list, periods)).toMatchObject({ type: 'untold', reason })
  })
})

describe('coming back', () => {
  const purchases = [
    ...bought('ann', 0, 10, 40),
    ...bought('ben', 20, 40),
    ...bought('cem', 85),
    ...bought('dora', 5, 5),
  ]

  test('is as counted by hand', () => {
    // Second purchases after 10 and 20 days; cem was seen for 15 days, dora for 95. Gaps 10, 30 and 20 days.
    // Until the second: at 10 one of four, at 20 one of the two that are still seen.
    const repeat = told(repeatOf(purchases, 100))
    expect(repeat).toMatchObject({
      members: 4,
      repeatRate: shareEstimate(2, 4),
      purchasesPerMember: 7 / 4,
      gapDays: 20,
    })
    expect(repeat.untilSecond.steps.map(({ time, share }) => [time, share.value])).toEqual([
      [10, 0.75],
      [20, 0.375],
    ])
  })

  test('ends where somebody has been silent for long', () => {
    // Silent for more than 55 days: ann and ben since 40, after 40 and 20 days, dora at once. cem is still there after 15.
    const stay = told(stayOf(purchases, 100, 55))
    expect(stay.steps.map(({ time, atRisk, share }) => [time, atRisk, share.value])).toEqual([
      [0, 4, 0.75],
      [20, 2, 0.375],
      [40, 1, 0],
    ])
    expect(stay.median).toEqual({ type: 'told', time: 20 })
  })

  test.each([
    ['no-repeat-buyers', bought('ann', 1, 1)],
    ['nobody-bought', []],
    ['wrong-purchases', bought('ann', 1, 101)],
  ])('INS-1: %s', (reason, list) => {
    expect(repeatOf(list, 100)).toMatchObject({ type: 'untold', reason })
  })

  test('INS-1: nobody-gone', () => {
    expect(stayOf(purchases, 100, 95)).toMatchObject({ type: 'untold', reason: 'nobody-gone' })
    expect(stayOf(purchases, 100, Number.NaN)).toMatchObject({ type: 'untold', reason: 'no-quiet-days' })
  })

  test('every interval misses as often as was asked', () => {
    const often = told(repeatOf(purchases, 100, 0.5))
    expect(often.repeatRate).toEqual(shareEstimate(2, 4, 0.5))
    const until = [
      { time: 10, ended: true },
      { time: 20, ended: true },
      { time: 15, ended: false },
      { time: 95, ended: false },
    ]
    expect(often.untilSecond).toEqual(survivalOf(until, 0.5))
    expect(told(cohortsOf(purchases, [0, 30, 60], 0.5)).churn).toEqual([shareEstimate(1, 3, 0.5)])
    expect(stayOf(purchases, 100, 55, 0.5)).not.toEqual(stayOf(purchases, 100, 55))
    for (const found of [
      repeatOf(purchases, 100, 0),
      cohortsOf(purchases, [0, 30, 60], 1),
      stayOf(purchases, 100, 55, 2),
    ]) {
      expect(found).toMatchObject({ type: 'untold', reason: 'no-error' })
    }
  })
})

import type { Asset } from '@laurel/engine'
import { liabilityMovement, liabilityOf } from '@laurel/insights'
import { expect, test } from 'vitest'
import { closeMonth, cohortsAt, estimateAt, monthsOfLife, type PointsHistory } from './close-months.ts'

const living = (expiry: Asset['expiry'], pending: Asset['pending'] = { type: 'none' }) =>
  monthsOfLife({ expiry, pending })
const period = (part: 'months' | 'days', count: number) =>
  ({ ...{ years: 0, months: 0, weeks: 0, days: 0 }, [part]: count }) as never

test('FIN-3 points live through their own month and those of their life, as far as it is rounded up, once they are active', () => {
  expect(living({ type: 'life', life: period('months', 12), endOf: null })).toBe(13)
  expect(living({ type: 'life', life: period('months', 12), endOf: 'year' })).toBe(24)
  expect(
    living({ type: 'life', life: period('days', 30), endOf: null }, { type: 'period', period: period('days', 14) }),
  ).toBe(3)
  expect(living({ type: 'never' })).toBeNull()
})

const history = (points: PointsHistory['points'], spend: Record<number, number>): PointsHistory => ({
  points,
  spend: new Map(Object.entries(spend).map(([month, minor]) => [Number(month), minor])),
})
const worth = { points: 100, minor: 100 }

test('cohorts are looked at as they stood at the end of a month', () => {
  const one = history({ 10: { gained: 100, burned: { 10: 30, 12: 40 }, lapsed: { 12: 10 } } }, {})
  expect(cohortsAt(one, 11, 13)).toEqual([{ cohort: '10', issued: 100, burned: [30, 0], outstanding: 70 }])
  expect(cohortsAt(one, 12, 13)).toEqual([{ cohort: '10', issued: 100, burned: [30, 0, 40], outstanding: 20 }])
  expect(cohortsAt(one, 23, 13)).toEqual([])
})

test('FIN-2 a month is closed by hand: the price is split, and released as points are burned', () => {
  // Month 10: 9,000 sold with 1,000 points worth 1,000: a tenth belongs to the points. All are expected to be burned.
  const points = { 10: { gained: 1_000, burned: { 10: 200, 11: 300 } } }
  const first = closeMonth(history(points, { 10: 9_000 }), [], 10, worth, {
    type: 'untold',
    reason: 'no-fixed-life',
    sentence: '',
  })
  expect(first.closed.deferrals).toMatchObject([
    { cohort: '10', deferred: 900, released: 180, burned: 200, expected: 1_000 },
  ])
  expect(liabilityMovement(0, first.closed.journals)).toMatchObject({ deferred: 900, burned: 180, closing: 720 })
  const second = closeMonth(history(points, { 10: 9_000 }), first.closed.deferrals, 11, worth, {
    type: 'untold',
    reason: 'no-fixed-life',
    sentence: '',
  })
  // 500 of 1,000 are burned by now: 450 of 900.
  expect(liabilityMovement(720, second.closed.journals)).toMatchObject({ deferred: 0, burned: 270, closing: 450 })
  expect(liabilityOf(second.closed.deferrals)).toBe(450)
})

test('FIN-2 what changes of a closed month is posted in the open one', () => {
  const before = { 10: { gained: 1_000 } }
  const untold = { type: 'untold', reason: 'no-fixed-life', sentence: '' } as const
  const { closed } = closeMonth(history(before, { 10: 9_000 }), [], 10, worth, untold)
  // Half of it goes back, with half of the points.
  const back = closeMonth(history({ 10: { gained: 500 } }, { 10: 4_500 }), closed.deferrals, 11, worth, untold)
  expect(liabilityMovement(900, back.closed.journals)).toMatchObject({ refunded: 450, closing: 450 })
  // A late order of the month comes to it: as much again.
  const late = closeMonth(history({ 10: { gained: 2_000 } }, { 10: 18_000 }), closed.deferrals, 11, worth, untold)
  expect(liabilityMovement(900, late.closed.journals)).toMatchObject({ deferred: 900, closing: 1_800 })
})

test('FIN-3 an estimate joins the trail with its day, and without a fixed life none is made', () => {
  const asset = { expiry: { type: 'life', life: period('months', 1), endOf: null }, pending: { type: 'none' } } as const
  const points = {
    10: { gained: 100, burned: { 10: 40, 11: 20 }, lapsed: { 11: 40 } },
    11: { gained: 100, burned: { 11: 50 } },
  }
  const { breakage, trail } = estimateAt(history(points, {}), asset, 11, 20_000, [])
  // A fifth of what is given is burned in the month after: of month 11 will be 50 and 20.
  expect(breakage).toMatchObject({ type: 'told', shares: [0.45, 0.2] })
  expect(trail).toMatchObject([
    { cohort: '10', asOf: 20_000, burned: 60, expectedBurn: { value: 60 }, change: null },
    { cohort: '11', asOf: 20_000, burned: 50, expectedBurn: { value: 70 }, change: null },
  ])
  const never = { expiry: { type: 'never' }, pending: { type: 'none' } } as const
  expect(estimateAt(history(points, {}), never, 11, 20_000, [])).toMatchObject({
    ...{ breakage: { type: 'untold', reason: 'no-fixed-life' }, trail: [] },
  })
})

import { expect, test } from 'vitest'
import { cohortsOfPoints, type PointsMonth } from './points-by-month.ts'

const month = (at: number, change: Partial<PointsMonth>): PointsMonth => ({
  month: at,
  gained: 0,
  burned: 0,
  lapsed: 0,
  ...change,
})
const told = (...months: PointsMonth[]) =>
  cohortsOfPoints(months).map(({ month: at, gained, left, burned, lapsed }) => ({
    ...{ month: at, gained, left, burned: [...burned], lapsed: [...lapsed] },
  }))

test('the oldest points are burned and lapse first, and what is returned goes to those burned last', () => {
  const months = [
    month(1, { gained: 100 }),
    month(2, { gained: 50, burned: 120 }),
    month(3, { burned: -30, lapsed: 10 }),
  ]
  // Of 120 burned 100 are of month 1 and 20 of month 2; 30 come back: 20 of month 2, then 10 of month 1, and those lapse.
  expect(told(...months)).toEqual([
    {
      month: 1,
      gained: 100,
      left: 0,
      burned: [
        [2, 100],
        [3, -10],
      ],
      lapsed: [[3, 10]],
    },
    {
      month: 2,
      gained: 50,
      left: 50,
      burned: [
        [2, 20],
        [3, -20],
      ],
      lapsed: [],
    },
  ])
})

test('FIN-2 a refund takes of the youngest what is there; what was burned is owed, and burned by what repays it', () => {
  const months = [month(1, { gained: 100, burned: 80 }), month(2, { gained: -50 }), month(3, { gained: 60 })]
  // 20 were there, 30 had been burned: of month 1 remain 50, all of them burned; 30 of month 3 repay.
  expect(told(...months)).toEqual([
    { month: 1, gained: 50, left: 0, burned: [[1, 50]], lapsed: [] },
    { month: 3, gained: 60, left: 30, burned: [[3, 30]], lapsed: [] },
  ])
})

test('what was given by another member is burned from what there is, and no further', () => {
  expect(told(month(1, { gained: 10, burned: 40 }))).toEqual([
    { month: 1, gained: 10, left: 0, burned: [[1, 10]], lapsed: [] },
  ])
})

import { expect, test } from 'vitest'
import { cohortsOfPoints, type PointsMonth, RECEIVED, withoutReceived } from './points-by-month.ts'
import { sumPoints } from './score-members.ts'

const month = (at: number, change: Partial<PointsMonth>): PointsMonth => ({
  ...{ month: at, gained: 0, burned: 0, lapsed: 0, sent: 0, received: 0 },
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

const ofMember = (member: string, ...months: PointsMonth[]) =>
  months.map((each) => ({ member, asset: 'points', ...each }))

test('POOL-1 GIFT-1 what a pool burns was gained by who filled it, in the months in which they did', () => {
  // Ada puts 100 of month 1 into the pool, ben 300 of month 2; the pool burns 200 in month 3, and 40 lapse in month 4.
  const sums = sumPoints([
    ...ofMember('ada', month(1, { gained: 150 }), month(2, { sent: 100 })),
    ...ofMember('ben', month(2, { gained: 300, sent: 300 })),
    ...ofMember('pool', month(2, { received: 400 }), month(3, { burned: 200 }), month(4, { lapsed: 40 })),
  ])
  expect(withoutReceived(sums['points'] as never)).toEqual({
    1: { gained: 150, burned: { 3: 50 }, lapsed: { 4: 10 } },
    2: { gained: 300, burned: { 3: 150 }, lapsed: { 4: 30 } },
  })
})

test('GIFT-1 what is sent on keeps where it came from, and what nobody is known to have sent was gained where it came', () => {
  const sums = sumPoints([
    ...ofMember('ada', month(1, { gained: 100, sent: 100 })),
    ...ofMember('ben', month(1, { received: 100 }), month(2, { sent: 60 })),
    ...ofMember('cleo', month(2, { received: 60, burned: 60 }), month(5, { received: 7, burned: 3 })),
  ])
  expect(withoutReceived(sums['points'] as never)).toEqual({
    1: { gained: 100, burned: { 2: 60 }, lapsed: {} },
    5: { gained: 7, burned: { 5: 3 }, lapsed: {} },
  })
  expect(Object.keys(sums['points'] as never)).toEqual(['1', `${RECEIVED}1`, `${RECEIVED}2`, `${RECEIVED}5`])
})

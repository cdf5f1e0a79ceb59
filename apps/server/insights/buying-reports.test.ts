import { dayFromCivil } from '@laurel/engine'
import { expect, test } from 'vitest'
import { lifetimeValueReport, retentionReport, rfmReport } from './buying-reports.ts'
import { HabitsGathering } from './habits.ts'
import { type MemberDay, Scoring } from './score-members.ts'

const day = (month: number, at: number) => dayFromCivil(2026, month, at)
const bought = (member: string, spend: number, ...days: number[]): MemberDay[] =>
  days.map((each) => ({ member, day: each, orders: 1, spend, doings: 1 }))

/** Four members of January, of whom three come back in February and one in March; one of February who comes back in March. */
const days = [
  ...bought('ada', 1_000, day(1, 5), day(2, 5), day(3, 5)),
  ...bought('ben', 2_000, day(1, 6), day(2, 7)),
  ...bought('cleo', 500, day(1, 7), day(2, 8)),
  ...bought('dan', 700, day(1, 8)),
  ...bought('eva', 300, day(2, 9), day(3, 10)),
]
const asOf = day(3, 31)
const gathering = new HabitsGathering(asOf)
gathering.add(days.map(({ member, day: on, spend }) => ({ member, on, amount: spend })))
const habits = gathering.finish()
const { scores, sums } = new Scoring(habits).score([
  ...days,
  { member: 'fay', day: asOf, orders: 0, spend: 0, doings: 5 },
])
const found = { habits, members: sums }
const rowsIn = (told: ReturnType<typeof retentionReport>, id: string) =>
  told.tables.find((table) => table.id === id)?.rows ?? []

test('cohorts by month are counted as by hand, with the months that are over', () => {
  const told = retentionReport(found)
  expect(told.figures.map(({ value }) => value)).toEqual([4 / 5, 10 / 5])
  expect(rowsIn(told, 'cohorts').map((row) => row.slice(0, 4))).toEqual([
    ['2026-01', 4, 1, 3 / 4],
    ['2026-01', 4, 2, 1 / 4],
    ['2026-02', 1, 1, 1],
  ])
  // A month after: three of four and one of one; two months after one of four.
  expect(rowsIn(told, 'retention').map((row) => row.slice(0, 2))).toEqual([
    [1, 4 / 5],
    [2, 1 / 4],
  ])
  // Of four who bought in January one did not in February; of four in February two did not in March.
  expect(rowsIn(told, 'churn').map((row) => row.slice(0, 2))).toEqual([
    ['2026-01', 1 / 4],
    ['2026-02', 2 / 4],
  ])
})

test('a month that is under way is in no cohort', () => {
  const half = retentionReport({ ...found, habits: { ...habits, asOf: asOf - 1 } })
  expect(rowsIn(half, 'cohorts').map((row) => row.slice(0, 4))).toEqual([['2026-01', 4, 1, 3 / 4]])
})

test('members are on the map, each once, with what they spent', () => {
  const told = rfmReport(found)
  const sumOf = (id: string, column: number) => rowsIn(told, id).reduce((sum, row) => sum + Number(row[column]), 0)
  const spend = 3_000 + 4_000 + 1_000 + 700 + 600
  expect([sumOf('segments', 1), sumOf('segments', 2), sumOf('map', 2), sumOf('map', 3)]).toEqual([5, spend, 5, spend])
})

test('INS-1 of four who came back nobody says what members are worth, and whoever bought nothing has a score of doing alone', () => {
  const told = lifetimeValueReport(found)
  expect(told.figures[0]).toMatchObject({ value: null, untold: { reason: 'few-came-back' } })
  expect(told.tables[0]).toMatchObject({ rows: [], untold: { reason: 'few-came-back' } })
  expect(scores.find(({ member }) => member === 'fay')).toEqual({
    ...{ member: 'fay', alive: null, next90: null, next365: null, lifetimeValue: null, scores: null, segment: null },
    // Three of a day count.
    engagement: 3,
  })
  expect(scores.find(({ member }) => member === 'ada')).toMatchObject({ alive: null, segment: expect.any(String) })
})

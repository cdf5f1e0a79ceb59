import { expect, test } from 'vitest'
import { profitReport } from './money-reports.ts'

const inputs = {
  measured: [
    { name: 'offer:spring', lift: { type: 'told', incremental: { value: 10_000, low: 8_000, high: 12_000 } } as const },
  ],
  ...{ since: 20_000, burnedWorth: 1_500, withoutWorth: [] },
}
const figuresOf = (told: ReturnType<typeof profitReport>) =>
  told.figures.map(({ value, low, high }) => [value, low, high])

test('what experiments brought, times the margin, less what the points cost', () => {
  const told = profitReport(inputs, 0.4)
  expect(figuresOf(told)).toEqual([
    [2_500, 1_700, 3_300],
    [4_000, 3_200, 4_800],
    [1_500, null, null],
  ])
  expect(told.reading).toContain('brings more than it costs')
  expect(told.tables[0]?.rows).toEqual([['offer:spring', 10_000, 8_000, 12_000, null]])
})

test('INS-1 without a margin, or a worth of what was burned, it is said what is missing', () => {
  const [net, , costs] = profitReport(inputs, null).figures
  expect(net?.untold?.sentence).toContain('State the margin')
  expect(costs).toMatchObject({ value: 1_500, untold: null })
  expect(profitReport({ ...inputs, withoutWorth: ['stars'] }, 0.4).figures[0]?.untold?.sentence).toContain('stars')
  expect(profitReport({ ...inputs, measured: [] }, 0.4).figures[0]?.untold?.reason).toBe('nothing-measured')
})

import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type Duration, survivalOf } from './survival.ts'

const seen = (ended: readonly number[], still: readonly number[]): Duration[] => [
  ...still.map((time) => ({ time, ended: false })),
  ...ended.map((time) => ({ time, ended: true })),
]

/** Weeks of remission with 6-mercaptopurine (Freireich et al., Blood 21, 1963), the classic of the field. */
const freireich = seen([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])

describe('survival', () => {
  test('of the patients of Freireich is as printed', () => {
    // Kalbfleisch & Prentice and every textbook since print these shares; the interval at 6 weeks is by hand from the standard error
    // that they print beside it, 0.0764: 0.857 to the power of exp(±1.96 * 0.0764 / (0.857 * 0.15415)).
    const survival = told(survivalOf(freireich))
    expect(survival.steps.map(({ time, atRisk, share }) => [time, atRisk, Number(share.value.toFixed(3))])).toEqual([
      [6, 21, 0.857],
      [7, 17, 0.807],
      [10, 15, 0.753],
      [13, 12, 0.69],
      [16, 11, 0.627],
      [22, 7, 0.538],
      [23, 6, 0.448],
    ])
    expect(survival.steps[0]?.share.low).toBeCloseTo(0.6197, 3)
    expect(survival.steps[0]?.share.high).toBeCloseTo(0.9516, 3)
    expect(survival.median).toEqual({ type: 'told', time: 23 })
  })

  test('covers the truth in 93 to 97 of 100 where some are seen for a short time only', () => {
    const random = seeded(5)
    const runs = 1000
    const covered = times(runs, () => {
      const world = times(80, () => {
        const [ends, seenFor] = [-Math.log(random()), random() * 3]
        return { time: Math.min(ends, seenFor), ended: ends <= seenFor }
      })
      const survival = survivalOf(world)
      const step = survival.type === 'told' ? survival.steps.findLast(({ time }) => time <= Math.LN2) : undefined
      return step !== undefined && step.share.low <= 0.5 && 0.5 <= step.share.high
    }).filter(Boolean).length
    expect(covered).toBeGreaterThanOrEqual(0.93 * runs)
    expect(covered).toBeLessThanOrEqual(0.97 * runs)
  })

  test('when nobody is left is zero, with the upper end of the step before', () => {
    const survival = survivalOf(seen([1, 2, 3], []))
    const steps = survival.type === 'told' ? survival.steps : []
    expect(steps.at(-1)?.share).toEqual({ value: 0, low: 0, high: steps.at(-2)?.share.high })
  })

  test('INS-1: what is not known yet is said', () => {
    expect(survivalOf([])).toMatchObject({ reason: 'nobody-observed' })
    expect(survivalOf(seen([], [3, 4]))).toMatchObject({ reason: 'never-ended' })
    expect(survivalOf(seen([-1], [3]))).toMatchObject({ reason: 'no-time' })
    expect(survivalOf(seen([1], [3, 4, 5]))).toMatchObject({ median: { type: 'untold', reason: 'not-half' } })
  })
})

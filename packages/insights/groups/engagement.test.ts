import { describe, expect, test } from 'vitest'
import { shareEstimate } from '../estimate.ts'
import { normalBelow } from '../numbers/normal.ts'
import { normalFrom, seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type Activity, engagementOf, type Followed, predictiveCheck } from './engagement.ts'

const weights = { review: { weight: 10, dayMax: 1 }, visit: { weight: 1, dayMax: 2 } }

describe('engagement', () => {
  const did = (member: string, on: number, kind: string): Activity => ({ member, on, kind })

  test('adds up what members did, halved as it grows old', () => {
    // By hand: a review today 10, one of thirty days ago 5; of three visits on one day two count, halved twice: 0.5.
    const activities = [
      did('ann', 100, 'review'),
      did('ann', 70, 'review'),
      ...times(3, () => did('ann', 40, 'visit')),
      did('ben', 100, 'visit'),
      did('ben', 100, 'constructor'),
      did('cem', 101, 'review'),
    ]
    expect([...told(engagementOf(activities, weights, 100, 30)).scoreByMember]).toEqual([
      ['ann', 15.5],
      ['ben', 1],
    ])
  })
})

describe('engagement that cannot be told', () => {
  const visit: Activity = { member: 'ann', on: 100, kind: 'visit' }

  test.each([
    ['no-half-life', engagementOf([visit], weights, 100, 0)],
    ['no-weight', engagementOf([visit], { visit: { weight: Number.NaN, dayMax: 1 } }, 100, 30)],
    ['no-whole-days', engagementOf([{ ...visit, on: Number.NaN }], weights, 100, 30)],
    ['no-whole-days', engagementOf([visit], weights, Number.NaN, 30)],
  ])('INS-1: %s', (reason, found) => {
    expect(found).toMatchObject({ type: 'untold', reason })
  })
})

const followed = (bought: readonly number[], others: readonly number[]): Followed[] => [
  ...bought.map((score) => ({ score, bought: true })),
  ...others.map((score) => ({ score, bought: false })),
]

describe('whether a score foretells who buys', () => {
  test('is counted over all pairs', () => {
    // The definition: each pair is 1, 0 or a half; the variance is that of each member's share of pairs (DeLong 1988, equation 4).
    const bought = [3, 5, 5, 6, 7, 8, 8, 9, 9, 10, 12]
    const others = [1, 2, 3, 3, 4, 5, 5, 6, 8, 9]
    const pair = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0)
    const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length
    const variance = (list: readonly number[]) =>
      list.reduce((sum, each) => sum + (each - mean(list)) ** 2, 0) / (list.length - 1) / list.length
    const rows = bought.map((a) => mean(others.map((b) => pair(a, b))))
    const columns = others.map((b) => mean(bought.map((a) => pair(a, b))))
    const width = (1.959964 * Math.sqrt(variance(rows) + variance(columns))) / (mean(rows) * (1 - mean(rows)))
    const check = told(predictiveCheck(followed(bought, others)))
    const { value, low, high } = check.agreement
    expect(value).toBeCloseTo(mean(rows), 12)
    expect(Math.log(high / (1 - high)) - Math.log(low / (1 - low))).toBeCloseTo(2 * width, 5)
    expect(check.verdict).toBe('foretells')
  })

  test('covers the truth in 93 to 97 of 100', () => {
    const random = seeded(6)
    const runs = 1000
    const truth = normalBelow(0.8 / Math.SQRT2)
    const covered = times(runs, () => {
      const draw = (count: number, middle: number) => times(count, () => middle + normalFrom(random))
      const check = predictiveCheck(followed(draw(40, 0.8), draw(60, 0)))
      return check.type === 'told' && check.agreement.low <= truth && truth <= check.agreement.high
    }).filter(Boolean).length
    expect(covered).toBeGreaterThanOrEqual(0.93 * runs)
    expect(covered).toBeLessThanOrEqual(0.97 * runs)
  })

  test('cannot be told of a score that is the same for all, and is told where it misleads', () => {
    const same = times(20, () => 1)
    expect(predictiveCheck(followed(same, same))).toMatchObject({
      verdict: 'cannot-tell',
      agreement: { value: 0.5 },
      fifths: [{ members: 40, bought: shareEstimate(20, 40) }],
    })
    const up = times(20, (index) => index)
    expect(
      predictiveCheck(
        followed(
          up,
          up.map((each) => each + 100),
        ),
      ),
    ).toMatchObject({
      verdict: 'misleads',
      agreement: shareEstimate(0, 20),
    })
  })

  test('every interval misses as often as was asked', () => {
    const up = times(20, (index) => index)
    const apart = followed(
      up.map((each) => each + 100),
      up,
    )
    const often = told(predictiveCheck(apart, 0.5))
    expect(often.agreement).toEqual(shareEstimate(20, 20, 0.5))
    expect(often.fifths.map(({ bought }) => bought)).toEqual(
      [0, 0, 4, 8, 8].map((count) => shareEstimate(count, 8, 0.5)),
    )
    expect(predictiveCheck(apart, Number.NaN)).toMatchObject({ reason: 'no-error' })
  })

  test('fifths of the score come with the share who bought', () => {
    const up = times(10, (index) => index)
    const check = predictiveCheck(
      followed(
        up.map((each) => each + 10),
        up,
      ),
    )
    expect(check.type === 'told' && check.fifths.map(({ members, bought }) => [members, bought.value])).toEqual([
      [4, 0],
      [4, 0],
      [4, 0.5],
      [4, 1],
      [4, 1],
    ])
  })

  test('INS-1: few members tell nothing', () => {
    const many = times(20, (index) => index)
    expect(predictiveCheck(followed([1, 2], many))).toMatchObject({ reason: 'too-few-bought' })
    expect(predictiveCheck(followed(many, []))).toMatchObject({ reason: 'too-few-did-not' })
    expect(predictiveCheck(followed(many, [Number.NaN]))).toMatchObject({ reason: 'no-score' })
  })
})

import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type Askable, answersNeeded, whomToAsk } from './asking.ts'
import { effortScore, netPromoterScore, satisfaction } from './scores.ts'

const answers = (...counts: readonly (readonly [answer: number, count: number])[]): number[] =>
  counts.flatMap(([answer, count]) => times(count, () => answer))

describe('scores of surveys', () => {
  test('net promoters are counted, with three answers added to the interval', () => {
    // By hand: 50 promoters, 30 passives, 20 detractors. With 0.75, 1.5 and 0.75 more: 50.75 and 20.75 of 103, so 0.29126 between them
    // and a variance of 0.69417 - 0.08483 = 0.60934; 1.96 times the root of 0.60934 / 103 is 0.15075.
    const { score } = told(netPromoterScore(answers([10, 25], [9, 25], [8, 20], [7, 10], [6, 10], [0, 10])))
    expect(score.value).toBe(30)
    expect(score.low).toBeCloseTo(100 * (0.29126 - 0.15075), 2)
    expect(score.high).toBeCloseTo(100 * (0.29126 + 0.15075), 2)
  })

  test('where all are promoters the interval still has a width, and stays on the scale', () => {
    const { score } = told(netPromoterScore(answers([10, 20])))
    expect(score).toMatchObject({ value: 100, high: 100 })
    expect(score.low).toBeLessThan(85)
  })

  test('satisfied are those who give 4 or 5', () => {
    // Wilson's interval for 15 of 148 is in Newcombe's table: 0.0624 to 0.1605.
    const { score, answers: count } = told(satisfaction(answers([5, 10], [4, 5], [3, 100], [1, 33])))
    expect([count, score.low.toFixed(4), score.high.toFixed(4)]).toEqual([148, '0.0624', '0.1605'])
  })

  test('effort is a mean with the interval of Student', () => {
    // By hand: five 4 and five 6, mean 5, variance 10/9; t with nine degrees is 2.262: 2.262 times the root of 1/9 is 0.754.
    const { score } = told(effortScore(answers([4, 5], [6, 5])))
    expect(score.value).toBe(5)
    expect(score.high - 5).toBeCloseTo(0.754, 3)
    expect(told(effortScore(answers([7, 9], [1, 1]))).score.high).toBe(7)
  })

  test('intervals cover the truth in 93 to 97 of 100', () => {
    const [random, runs] = [seeded(9), 1000]
    const draw = (shares: readonly (readonly [answer: number, upTo: number])[]) =>
      times(60, () => {
        const number = random()
        return shares.find(([, upTo]) => number < upTo)?.[0] ?? 0
      })
    const covered = { promoters: 0, satisfied: 0, effort: 0 }
    for (let run = 0; run < runs; run++) {
      const promoters = told(
        netPromoterScore(
          draw([
            [10, 0.5],
            [8, 0.8],
            [3, 1],
          ]),
        ),
      ).score
      const satisfied = told(
        satisfaction(
          draw([
            [5, 0.7],
            [2, 1],
          ]),
        ),
      ).score
      const effort = told(
        effortScore(
          draw([
            [7, 0.4],
            [5, 0.7],
            [2, 1],
          ]),
        ),
      ).score
      if (promoters.low <= 30 && 30 <= promoters.high) covered.promoters += 1
      if (satisfied.low <= 0.7 && 0.7 <= satisfied.high) covered.satisfied += 1
      if (effort.low <= 4.9 && 4.9 <= effort.high) covered.effort += 1
    }
    for (const count of Object.values(covered)) {
      expect(count).toBeGreaterThanOrEqual(0.93 * runs)
      expect(count).toBeLessThanOrEqual(0.97 * runs)
    }
  })

  test.each([
    ['nobody-answered', netPromoterScore([])],
    ['too-few-answers', satisfaction(answers([5, 9]))],
    ['not-on-the-scale', netPromoterScore(answers([11, 20]))],
    ['not-on-the-scale', satisfaction(answers([0, 20]))],
    ['not-on-the-scale', effortScore(answers([4.5, 20]))],
    ['not-on-the-scale', effortScore(answers([Number.NaN, 20]))],
    ['all-alike', effortScore(answers([7, 20]))],
  ])('INS-1: %s', (reason, found) => {
    expect(found).toMatchObject({ type: 'untold', reason })
  })
})

describe('whom to ask', () => {
  test('as many as the margin takes, and of few members fewer', () => {
    // Cochran's own figure: 385 for five hundredths at the worst share; of 1,000 members 278; of ten all.
    const needed = (margin: number, variance: number, members: number) =>
      told(answersNeeded(margin, variance, members)).answers
    expect(needed(0.05, 0.25, 1e9)).toBe(385)
    expect(needed(0.05, 0.25, 1000)).toBe(278)
    expect([needed(0.05, 0.25, 10), needed(0, 0.25, 10), needed(0.05, 0.25, 1)]).toEqual([10, 10, 1])
    expect([needed(0.05, 0.25, 0), needed(0.05, 0, 10), needed(0.05, 0, 1)]).toEqual([0, 0, 0])
  })

  test.each([
    ['no-margin', Number.NaN, 0.25, 10, 0.05],
    ['no-margin', 0.05, -1, 10, 0.05],
    ['no-members', 0.05, 0.25, 0.5, 0.05],
    ['no-error', 0.05, 0.25, 10, 0],
  ])('INS-1: %s', (reason, margin, variance, members, error) => {
    expect(answersNeeded(margin, variance, members, error)).toMatchObject({ type: 'untold', reason })
  })

  const member = (name: string, askedOn: number | null, wantsNoQuestions = false): Askable => ({
    member: name,
    askedOn,
    wantsNoQuestions,
  })
  const plan = { today: 1000, restDays: 90, answersWanted: 1, answerRate: 0.5 }
  const members = [
    member('ann', null),
    member('ben', 910),
    member('cem', 911),
    member('dora', null, true),
    member('eve', 1),
  ]

  test('those with the smallest numbers, but nobody who rests or does not want to', () => {
    expect(whomToAsk(members, plan, [0.3, 0.2, 0.01, 0.02, 0.9])).toEqual({
      type: 'told',
      ask: ['ben', 'ann'],
      resting: 1,
      unwilling: 1,
    })
  })

  test('each who may be asked as often as any other, and nobody twice within the rest', () => {
    const random = seeded(10)
    const asked = new Map<string, number[]>()
    for (let today = 1000; today < 3000; today += 10) {
      const all = times(40, (index) => member(String(index), asked.get(String(index))?.at(-1) ?? null))
      const found = whomToAsk(
        all,
        { ...plan, today },
        times(40, () => random()),
      )
      for (const name of found.type === 'told' ? found.ask : []) asked.set(name, [...(asked.get(name) ?? []), today])
    }
    const days = [...asked.values()]
    const gaps = days.flatMap((list) => list.slice(1).map((day, index) => day - (list[index] ?? 0)))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(90)
    expect(days.length).toBe(40)
    expect(Math.max(...days.map(({ length }) => length))).toBeLessThan(
      2.5 * Math.min(...days.map(({ length }) => length)),
    )
  })

  test.each([
    ['nobody-to-ask', [member('ann', 999)], plan, [0.5]],
    ['nobody-to-ask', [], plan, []],
    ['no-answer-rate', members, { ...plan, answerRate: 0 }, times(5, () => 0.5)],
    ['no-whole-figures', members, { ...plan, answersWanted: -1 }, times(5, () => 0.5)],
    ['no-whole-figures', members, { ...plan, restDays: Number.NaN }, times(5, () => 0.5)],
    ['no-numbers', members, plan, [0.5]],
  ])('INS-1: %s', (reason, list, how, numbers) => {
    expect(whomToAsk(list, how, numbers)).toMatchObject({ type: 'untold', reason })
  })
})

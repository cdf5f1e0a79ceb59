import { describe, expect, test } from 'vitest'
import { logBeta } from '../numbers/gamma.ts'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { type Eligible, type NextBest, nextBest } from './next-best.ts'

const unknown = { shown: 0, taken: 0 }
const offer = (id: string, taken: number, shown: number, worth = 100): Eligible => ({
  id,
  worth,
  here: { shown, taken },
  elsewhere: unknown,
})

function chosen(found: NextBest) {
  if (found.type !== 'told') throw new Error(found.sentence)
  return found
}

/** The chance that the second of two beta variables is the greater, as a finite sum (Cook 2005), for whole parameters. */
function secondIsGreater(a: number, b: number, c: number, d: number): number {
  return times(c, (index) =>
    Math.exp(logBeta(a + index, b + d) - Math.log(d + index) - logBeta(1 + index, d) - logBeta(a, b)),
  ).reduce((sum, term) => sum + term, 0)
}

describe('what to show next', () => {
  test('is drawn from what the records still allow, and compared by worth', () => {
    // Without any record a share is uniform, so that the number drawn is the share itself: 0.6 * 100 against 0.3 * 300.
    const found = chosen(
      nextBest([offer('tea', 0, 0), offer('cake', 0, 0, 300)], 0, { holdout: 0.5, each: [0.6, 0.3] }),
    )
    expect(found.id).toBe('cake')
    expect(found.considered.map(({ drawn, value }) => [drawn.toFixed(9), value.toFixed(6)])).toEqual([
      ['0.600000000', '60.000000'],
      ['0.300000000', '90.000000'],
    ])
  })

  test('the chance to be best is that of the definition', () => {
    const two = [offer('tea', 4, 20), offer('cake', 9, 30)]
    const { considered } = chosen(nextBest(two, 0, { holdout: 0.5, each: [0.5, 0.5] }))
    expect(considered[1]?.chance).toBeCloseTo(secondIsGreater(5, 17, 10, 22), 4)
    expect(considered.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 12)
    const alike = times(4, (index) => offer(String(index), 1, 9))
    for (const { chance } of chosen(nextBest(alike, 0, { holdout: 0.5, each: times(4, () => 0.5) })).considered) {
      expect(chance).toBeCloseTo(0.25, 12)
    }
  })

  test('is chosen as often as that chance says', () => {
    const random = seeded(14)
    const three = [offer('tea', 4, 20), offer('cake', 9, 30), offer('mug', 1, 3, 50)]
    const runs = 500
    const choices = times(runs, () => chosen(nextBest(three, 0, { holdout: 0.5, each: times(3, () => random()) })))
    for (const { id, chance } of choices[0]?.considered ?? []) {
      const times = choices.filter((choice) => choice.id === id).length
      // Three standard errors of a count.
      expect(Math.abs(times - runs * chance)).toBeLessThan(3 * Math.sqrt(runs * chance * (1 - chance)))
    }
  })

  test('a segment begins with what members elsewhere did, and then speaks for itself', () => {
    const begun = { id: 'tea', worth: 1, here: unknown, elsewhere: { shown: 998, taken: 99 } }
    const expectedOf = (thing: Eligible) =>
      chosen(nextBest([thing], 0, { holdout: 0.5, each: [0.5] })).considered[0]?.expected
    // By hand: 100 of 1,000 with the two that everything begins with, as 20 members; then 40 of 80 beside those 2 of 20.
    expect(expectedOf(begun)).toBeCloseTo(0.1, 12)
    expect(expectedOf({ ...begun, here: { shown: 80, taken: 40 } })).toBeCloseTo(0.42, 12)
  })

  test('learns what is taken most, in a world where that is known, and holds out as many as were to be', () => {
    const random = seeded(15)
    const truth = [0.05, 0.1, 0.25]
    const responses = truth.map(() => ({ shown: 0, taken: 0 }))
    const members = 1500
    let [heldOut, best] = [0, 0]
    for (let member = 0; member < members; member++) {
      const eligible = responses.map((here, index) => ({ ...offer(String(index), 0, 0), here: { ...here } }))
      const found = nextBest(eligible, 0.1, { holdout: random(), each: truth.map(() => random()) })
      if (found.type === 'held-out') heldOut += 1
      if (found.type !== 'told') continue
      const response = responses[Number(found.id)]
      if (response === undefined) continue
      response.shown += 1
      if (random() < (truth[Number(found.id)] ?? 0)) response.taken += 1
      if (member >= 1000 && found.id === '2') best += 1
    }
    expect(heldOut).toBeGreaterThan(0.07 * members)
    expect(heldOut).toBeLessThan(0.13 * members)
    // 500 members are the last, 450 of them are not held out.
    expect(best).toBeGreaterThan(400)
  })

  test('nobody changes sides, whatever is open to them, and is known, and drawn', () => {
    const random = seeded(16)
    const choices = times(40, (index) => times(1 + (index % 3), (each) => offer(String(each), index, 2 * index + each)))
    for (const own of [0.01, 0.0999, 0.1, 0.101, 0.9]) {
      const arms = choices.map((things) => {
        const found = nextBest(things, 0.1, { holdout: own, each: things.map(() => random()) })
        return found.type
      })
      expect(new Set(arms)).toEqual(new Set([own < 0.1 ? 'held-out' : 'told']))
    }
  })

  test('says why', () => {
    const known = [offer('tea', 100, 1000), offer('cake', 300, 1000)]
    const draws = { holdout: 0.5, each: [0.5, 0.5] }
    expect(chosen(nextBest(known, 0, draws)).sentence).toContain('about 30 of 100 members')
    expect(
      chosen(nextBest([offer('tea', 0, 0), offer('cake', 600, 1000)], 0, { ...draws, each: [0.9, 0.5] })).sentence,
    ).toMatch(/^Chosen to learn: about 50 of 100/)
    expect(chosen(nextBest([offer('tea', 0, 0)], 0, { ...draws, each: [0.5] })).sentence).toContain('nothing else')
    expect(nextBest(known, 0.1, { ...draws, holdout: 0.05 })).toMatchObject({ type: 'held-out' })
  })

  test.each([
    ['nothing-eligible', [], [0.5]],
    ['no-worth', [offer('tea', 0, 0, 0)], [0.5, 0.5]],
    ['no-record', [offer('tea', 2, 1)], [0.5, 0.5]],
    ['no-numbers', [offer('tea', 0, 0)], [0.5]],
    ['no-numbers', [offer('tea', 0, 0)], [0.5, 1]],
  ])('INS-1: %s', (reason, eligible, [holdout = 0.5, ...each]) => {
    expect(nextBest(eligible, 0.1, { holdout, each })).toMatchObject({ type: 'untold', reason })
  })

  test.each([1, -0.1, Number.NaN])('INS-1: no-holdout: %d', (holdout) => {
    expect(nextBest([offer('tea', 0, 0)], holdout, { holdout: 0.5, each: [0.5] })).toMatchObject({
      reason: 'no-holdout',
    })
  })
})

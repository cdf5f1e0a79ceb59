import { parseEvent } from '@laurel/contract'
import { describe, expect, test } from 'vitest'
import { generateLife, type Setting } from './life.ts'
import { createRandom, exponential, gamma, normal, pickWeighted } from './random.ts'

const setting: Setting = {
  seed: 26,
  endsOn: Temporal.PlainDate.from('2026-11-21'),
  windowDays: 730,
  zone: 'America/New_York',
  currency: 'USD',
  source: 'demo',
  places: ['fifth-avenue'],
  moneyOff: { reward: 'five-off', points: 500, minor: 500 },
  pendingDays: 14,
  reviews: true,
}
const lives = Array.from({ length: 600 }, (_, index) => generateLife(setting, index))
const events = lives.flatMap(({ happenings }) =>
  happenings.flatMap((happening) => (happening.type === 'event' ? [happening.event] : [])),
)

describe('chance', () => {
  const sample = (draw: (random: ReturnType<typeof createRandom>) => number) => {
    const random = createRandom(7)
    const values = Array.from({ length: 40_000 }, () => draw(random))
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length }
  }

  // Four standard errors of 40,000 draws; the seed is fixed, so that these either hold for ever or never.
  test('has the moments of its distributions', () => {
    const uniform = sample((random) => random.uniform())
    expect(uniform.mean).toBeCloseTo(0.5, 2)
    expect(uniform.variance).toBeCloseTo(1 / 12, 2)
    expect(sample(normal).mean).toBeCloseTo(0, 1)
    expect(sample(normal).variance).toBeCloseTo(1, 1)
    expect(sample((random) => exponential(random, 0.25)).mean).toBeCloseTo(4, 0)
    for (const shape of [0.4, 0.85, 3]) {
      const found = sample((random) => gamma(random, shape, 2))
      expect(found.mean, `mean of shape ${shape}`).toBeCloseTo(shape / 2, 1)
      expect(found.variance, `variance of shape ${shape}`).toBeCloseTo(shape / 4, 1)
    }
  })

  test('weights decide how often something is picked', () => {
    const share = sample(
      (random) =>
        pickWeighted(random, [
          { weight: 3, is: 0 },
          { weight: 1, is: 1 },
        ]).is,
    ).mean
    expect(share).toBeCloseTo(0.25, 2)
  })

  test('the same seeds give the same numbers, others give others', () => {
    const numbers = (...seeds: number[]) => {
      const random = createRandom(...seeds)
      return [random.uniform(), random.uniform(), random.uniform()]
    }
    expect(numbers(1, 2)).toEqual(numbers(1, 2))
    const first = [numbers(1), numbers(2), numbers(1, 0), numbers(0, 1), numbers(1, 1)].map(([value]) => value)
    expect(new Set(first).size).toBe(5)
  })
})

describe('lives', () => {
  test('are the same for the same seed, whoever is generated before', () => {
    expect(generateLife(setting, 17)).toEqual(lives[17])
    expect(generateLife({ ...setting, seed: 27 }, 17)).not.toEqual(lives[17])
  })

  test('hold only events that the contract takes, within the window, in order, with ids of their own', () => {
    for (const event of events) expect(parseEvent(event)).toMatchObject({ ok: true })
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
    const ends = Temporal.PlainDate.from('2026-11-21').toZonedDateTime(setting.zone).epochMilliseconds
    for (const { happenings } of lives) {
      const times = happenings.map((happening) =>
        Date.parse(happening.type === 'event' ? happening.event.occurredAt : happening.occurredAt),
      )
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(Math.max(...times)).toBeLessThan(ends)
    }
  })

  test('refund only what was bought, after it was bought', () => {
    const orders = new Map(events.flatMap((event) => (event.type === 'order.paid' ? [[event.order.id, event]] : [])))
    const refunds = events.flatMap((event) => (event.type === 'refund.made' ? [event] : []))
    expect(refunds.length).toBeGreaterThan(50)
    for (const refund of refunds) {
      const order = orders.get(refund.order ?? '')
      expect(order?.member).toBe(refund.member)
      expect((order?.occurredAt ?? '') < refund.occurredAt).toBe(true)
      for (const { line, quantity } of refund.lines ?? []) {
        expect(order?.order.lines.find((sold) => sold.id === line)?.quantity).toBe(quantity)
      }
    }
  })

  test('differ as members do: most buy little, some very often, many have left', () => {
    const counts = lives
      .map(
        ({ happenings }) => happenings.filter((one) => one.type === 'event' && one.event.type === 'order.paid').length,
      )
      .sort((a, b) => a - b)
    const total = counts.reduce((sum, count) => sum + count, 0)
    const top = counts.slice(-counts.length / 10).reduce((sum, count) => sum + count, 0)
    expect(counts[0]).toBeGreaterThanOrEqual(1)
    expect(total / counts.length).toBeGreaterThan(4)
    expect(total / counts.length).toBeLessThan(14)
    expect(top / total).toBeGreaterThan(0.25)
    expect(
      lives.filter(({ happenings }) => happenings.some((one) => one.type === 'redemption')).length,
    ).toBeGreaterThan(60)
  })
})

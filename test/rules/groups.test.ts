import type { GivingRule, Multiplier } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { line, on, paid } from '../vectors/history-builder.ts'
import { earning, multiplier, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, issuedNet, replayed } from '../vectors/reading.ts'

/** Which rules of a group count where several hold. */

const order = paid('1', on('2026-03-02'), [line('tea', 3000), line('cake', 1000)])
const group = (take: 'best' | 'first' | 'all') => ({ group: { id: 'g', take } })

/** What an order of 40.00 gives at one point for each 1.00, by these bonuses. */
function givenWith(multipliers: readonly Multiplier[]) {
  const timeline = timelineOf(program({ onOrder: [earning({ multipliers })] }))
  return balanceOf(replayed(timeline, [order]).member).active
}

/** What each of these rules gives of it. */
function givenBy(onOrder: readonly GivingRule[]) {
  const effects = effectsOf(timelineOf(program({ onOrder })), [order])
  return Object.fromEntries(onOrder.map(({ id }) => [id, issuedNet(effects, id)]))
}

const never = { text: 'false', test: () => false, needs: [] }
const fixed = (id: string, give: number, parts: Partial<GivingRule> = {}): GivingRule =>
  earning({ id, give, per: { type: 'order' }, ...parts })

describe('EARN-3 of bonuses in a group that takes', () => {
  const bonuses = (take: 'best' | 'first' | 'all', ...exclusive: readonly string[]): Multiplier[] =>
    [
      multiplier('half', 3, 2, group(take)),
      multiplier('triple', 3, 1, group(take)),
      multiplier('twice', 2, 1, group(take)),
    ].map((each) => ({ ...each, exclusive: exclusive.includes(each.id) }))
  const friday = multiplier('friday', 5, 4)

  test('the best, one counts: what adds most', () => {
    expect(givenWith(bonuses('best'))).toBe(120)
  })

  test('the first, one counts: the first of the list that holds, however little it adds', () => {
    const [half, ...others] = bonuses('first')
    if (half === undefined) throw new Error('there are three')
    expect(givenWith([half, ...others])).toBe(60)
    expect(givenWith([...others, half])).toBe(120)
    // One that does not hold takes no place.
    expect(givenWith([{ ...half, when: never }, ...others])).toBe(120)
  })

  test('all, each adds its part', () => {
    expect(givenWith(bonuses('all'))).toBe(40 * (1 + 0.5 + 2 + 1))
  })

  test('whatever it takes, one that is exclusive and holds counts alone, and of two the first', () => {
    for (const take of ['best', 'first', 'all'] as const) {
      expect(givenWith(bonuses(take, 'twice'))).toBe(80)
      expect(givenWith(bonuses(take, 'triple', 'twice'))).toBe(120)
    }
  })

  test('one that is exclusive and does not hold leaves the others as they are', () => {
    const silent = bonuses('all', 'twice').map((each) => (each.exclusive ? { ...each, when: never } : each))
    expect(givenWith(silent)).toBe(40 * (1 + 0.5 + 2))
  })

  test('what stands outside the group adds to what counts of it', () => {
    expect(givenWith([...bonuses('first'), friday])).toBe(70)
    expect(givenWith([...bonuses('all', 'twice'), friday])).toBe(90)
  })
})

describe('EARN-3 of rules that give, in a group that takes', () => {
  const rules = (take: 'best' | 'first' | 'all', parts: Partial<GivingRule> = {}): GivingRule[] => [
    fixed('small', 5, group(take)),
    fixed('large', 30, group(take)),
    fixed('middle', 20, { ...group(take), ...parts }),
    fixed('outside', 1),
  ]

  test('the best, one gives: what comes to most', () => {
    expect(givenBy(rules('best'))).toEqual({ small: 0, large: 30, middle: 0, outside: 1 })
  })

  test('the first, one gives: the first of the list that holds', () => {
    expect(givenBy(rules('first'))).toEqual({ small: 5, large: 0, middle: 0, outside: 1 })
    const [small, ...others] = rules('first')
    if (small === undefined) throw new Error('there are four')
    expect(givenBy([{ ...small, when: never }, ...others])).toEqual({ small: 0, large: 30, middle: 0, outside: 1 })
  })

  test('one that is exclusive gives alone, whatever the group takes', () => {
    for (const take of ['best', 'first', 'all'] as const) {
      expect(givenBy(rules(take, { exclusive: true }))).toEqual({ small: 0, large: 0, middle: 20, outside: 1 })
    }
    expect(givenBy(rules('all', { exclusive: true, when: never }))).toEqual({
      ...{ small: 5, large: 30 },
      ...{ middle: 0, outside: 1 },
    })
  })
})

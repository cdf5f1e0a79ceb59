import type { Activity, FactValue, GivingRule, Program } from '@laurel/engine'
import { expect, test } from 'vitest'
import { on } from '../vectors/history-builder.ts'
import { capOf, earning, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

/** EARN-1: an activity gives per so many of what it counts. */

const ride = (id: string, facts: Readonly<Record<string, FactValue>>): Activity => ({
  type: 'activity',
  source: 'app',
  id,
  stamp: on('2026-03-02T09:00'),
  name: 'ride',
  place: null,
  channel: null,
  facts,
})
const perKilometre: Partial<GivingRule> = { id: 'ride', per: { type: 'fact', fact: 'kilometres', count: 1 } }
const given = (rule: Partial<GivingRule>, kilometres: FactValue | undefined, parts: Partial<Program> = {}) => {
  const rules = new Map([['ride', [earning({ ...perKilometre, ...rule })]]])
  const facts = kilometres === undefined ? {} : { kilometres }
  return balanceOf(live(timelineOf(program({ onOrder: [], onActivity: rules, ...parts })), [ride('r1', facts)]).member)
    .active
}

test('EARN-1 per fact of an activity gives for each of it, and for so many of it by the rounding of the rule', () => {
  expect([given({}, 1), given({}, 5000), given({ give: 3 }, 1500)]).toEqual([1, 5000, 4500])
  const perHundred = { type: 'fact', fact: 'kilometres', count: 100 } as const
  const rounded = (round: GivingRule['round']) => [99, 150, 250].map((km) => given({ per: perHundred, round }, km))
  expect(rounded('floor')).toEqual([0, 1, 2])
  expect(rounded('ceil')).toEqual([1, 2, 3])
  expect(rounded('half-up')).toEqual([1, 2, 3])
  expect(rounded('half-even')).toEqual([1, 2, 2])
})

test('EARN-1 a fact that is absent, no number or not above zero counts nothing, and ten million is the most of one', () => {
  expect([undefined, 'ten', true, 0, -40].map((fact) => given({}, fact))).toEqual([0, 0, 0, 0, 0])
  expect(given({}, Number.MAX_SAFE_INTEGER)).toBe(10_000_000)
})

test('EARN-3 what is given per fact is multiplied before it is rounded, and capped after', () => {
  const by = { numerator: 3, denominator: 2 }
  const multipliers = [{ ...earning({ id: 'half-more' }), by, budgetCap: null }]
  expect(given({ multipliers }, 5)).toBe(7)
  const caps = [capOf('rule:ride', 100)]
  expect(given({ caps: [0] }, 5000, { caps })).toBe(100)
  expect(given({ caps: [0] }, 5000, { caps: [{ ...capOf('rule:ride', 100), edge: 'refuse' }] })).toBe(0)
})

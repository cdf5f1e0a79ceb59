import type { Audience, GivingRule, Multiplier, Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { never } from '../generators/program.ts'
import { cases } from './cases.ts'
import { effectsOf, livingThrough, netTotals } from './living.ts'

/** A rule that cannot match changes nothing: not by its place in the list, its group, its cap or its claim to be alone. */
export const idleRulesChangeNothing = (most: number) =>
  fc.property(cases({ most }), fc.boolean(), ({ timeline, events }, first) => {
    const more: Timeline = timeline.map((entry) => ({ ...entry, program: withIdleRules(entry.program, first) }))
    expect(netTotals(effectsOf(more, events))).toEqual(netTotals(effectsOf(timeline, events)))
    const [changed, plain] = [livingThrough(more, events), livingThrough(timeline, events)]
    expect(changed.assets).toEqual(plain.assets)
    expect(new Set(changed.counts)).toEqual(new Set(plain.counts))
    expect(changed.ladders).toEqual(plain.ladders)
  })

function withIdleRules(program: Program, first: boolean): Program {
  const onOrder = program.onOrder.map((rule) => ({
    ...rule,
    multipliers: joined(rule.multipliers, idleMultiplier(rule), first),
  }))
  const group = program.onOrder.find((rule) => rule.group !== null)?.group ?? null
  const idle: GivingRule = {
    id: 'idle',
    asset: 'points',
    give: 1000,
    per: { type: 'order' },
    audience: nobody,
    when: never,
    lines: null,
    during: null,
    include: new Set(),
    round: 'ceil',
    stack: 'sum',
    multipliers: [],
    caps: program.caps.map((_, position) => position),
    group,
    exclusive: true,
    burnAs: null,
    expiry: null,
  }
  return { ...program, onOrder: joined(onOrder, idle, first) }
}

const nobody: Audience = { tiers: [], segments: ['nobody'], tags: [], places: [], channels: [] }

const idleMultiplier = (rule: GivingRule): Multiplier => ({
  id: `${rule.id}-idle`,
  by: { numerator: 100, denominator: 1 },
  audience: nobody,
  when: never,
  lines: null,
  during: null,
  group: rule.multipliers.find((multiplier) => multiplier.group !== null)?.group ?? null,
  exclusive: true,
})

const joined = <T>(list: readonly T[], one: T, first: boolean): T[] => (first ? [one, ...list] : [...list, one])

import type { Audience, GivingRule, Multiplier, Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { never } from '../generators/conditions.ts'
import { earning, everyone, multiplier } from '../vectors/program-builder.ts'
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
  const idle = earning({
    id: 'idle',
    give: 1000,
    per: { type: 'order' },
    audience: nobody,
    when: never,
    round: 'ceil',
    caps: program.caps.map((_, position) => position),
    group,
    exclusive: true,
  })
  return { ...program, onOrder: joined(onOrder, idle, first) }
}

const nobody: Audience = { ...everyone, segments: ['nobody'] }

const idleMultiplier = (rule: GivingRule): Multiplier =>
  multiplier(`${rule.id}-idle`, 100, 1, {
    audience: nobody,
    when: never,
    group: rule.multipliers.find(({ group }) => group !== null)?.group ?? null,
    exclusive: true,
  })

const joined = <T>(list: readonly T[], one: T, first: boolean): T[] => (first ? [one, ...list] : [...list, one])

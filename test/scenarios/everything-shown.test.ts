import { type GivingRule, type Program, readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { readyPrograms } from './ready-programs.ts'

const programs = readyPrograms().filter(({ name }) => !name.startsWith('docs/'))

/** What a program offers by name; the lowest level of a ladder is where everybody begins. */
const namesOf = (program: Program): string[] => [
  ...program.ladders.flatMap(({ levels }) => levels.slice(1).map(({ id }) => id)),
  ...[
    program.rewards,
    program.benefits,
    program.badges,
    program.challenges,
    program.offers,
    program.draws,
    program.leaderboards,
    program.memberships,
    program.charities,
    program.partners,
    program.pools,
  ].flatMap((each) => [...each.keys()]),
]

test.each(programs)('$name: each thing that it offers is in a scenario', ({ program, scenarios }) => {
  const words = new Set(scenarios.replaceAll(/^#.*$/gm, '').match(/[a-z0-9]+(?:-[a-z0-9]+)*/g))
  expect(namesOf(program).filter((id) => !words.has(id))).toEqual([])
})

const rulesOf = ({ onOrder, onActivity, onOccasion, awardsOn }: Program): string[] => {
  const giving = [...onOrder, ...[...onActivity.values(), ...onOccasion.values()].flat()]
  const multipliers = giving.flatMap((rule) => rule.multipliers)
  const awarding = [...awardsOn.order, ...[...awardsOn.activity.values(), ...awardsOn.occasion.values()].flat()]
  return [...new Set([...giving, ...multipliers, ...awarding].map(({ id }) => id))]
}

function withoutRule(program: Program, taken: string): Program {
  const left = <Rule extends { readonly id: string }>(rules: readonly Rule[]): Rule[] =>
    rules.filter(({ id }) => id !== taken)
  const giving = (rules: readonly GivingRule[]): GivingRule[] =>
    left(rules).map((rule) => ({ ...rule, multipliers: left(rule.multipliers) }))
  const each = <Key, Rule>(
    map: ReadonlyMap<Key, readonly Rule[]>,
    leave: (rules: readonly Rule[]) => readonly Rule[],
  ) => new Map([...map].map(([on, rules]) => [on, leave(rules)]))
  const { onOrder, onActivity, onOccasion, awardsOn } = program
  return {
    ...program,
    onOrder: giving(onOrder),
    onActivity: each(onActivity, giving),
    onOccasion: each(onOccasion, giving),
    awardsOn: {
      order: left(awardsOn.order),
      activity: each(awardsOn.activity, left),
      occasion: each(awardsOn.occasion, left),
    },
  }
}

test.each(programs)('$name: without any one of its rules a scenario would not hold', async ({ program, scenarios }) => {
  const read = readScenarios(scenarios, program).scenarios
  const holdsWithout = async (rule: string): Promise<boolean> => {
    const poorer = withoutRule(program, rule)
    for (const scenario of read) {
      const differences = await playScenario(poorer, scenario, openOfflineWorld(poorer))
      if (differences.length > 0) return false
    }
    return true
  }
  const unfelt: string[] = []
  for (const rule of rulesOf(program)) if (await holdsWithout(rule)) unfelt.push(rule)
  expect(unfelt).toEqual([])
})

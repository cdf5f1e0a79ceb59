import { readScenarios } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { readyPrograms } from './ready-programs.ts'

describe.each(readyPrograms())('$name', ({ program, scenarios: text }) => {
  const { scenarios, mistakes } = readScenarios(text, program)

  test('is read without a mistake', () => {
    expect(mistakes).toEqual([])
    expect(scenarios.length).toBeGreaterThan(0)
  })

  test.each(scenarios)('$title', async (scenario) => {
    expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
  })
})

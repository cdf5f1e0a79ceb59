import { readScenarios } from '@laurel/engine'
import { expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { readyPrograms } from './ready-programs.ts'

const story = `# The Larder

## Only its founder spends from the purse

| when             | who | what                         | gives                 |
|------------------|-----|------------------------------|-----------------------|
| 2026-03-02 12:00 | Ada | founds pool family as home   | in pool home          |
| 2026-03-02 12:01 | Ben | joins pool home              | in pool home          |
| 2026-03-03 12:00 | Ada | buys for 600.00 EUR, order 1 | …                     |
| 2026-03-04 12:00 | Ben | buys for 500.00 EUR, order 2 | …                     |
| 2026-03-05 12:00 | Ben | redeems five-off             | refused: short by 500 |
| 2026-03-05 12:01 | Ada | redeems five-off             | voucher five-off, …   |
`

test('POOL-1 who may not spend from a pool is told what they are missing themselves', async () => {
  const household = readyPrograms().find(({ name }) => name === 'household')?.program
  const family = household?.pools.get('family')
  if (household === undefined || family === undefined) throw new Error('household has its pool')
  const program = { ...household, pools: new Map([['family', { ...family, burn: 'founder' as const }]]) }
  const { scenarios, mistakes } = readScenarios(story, program)
  expect(mistakes).toEqual([])
  const differences = await Promise.all(
    scenarios.map((scenario) => playScenario(program, scenario, openOfflineWorld(program))),
  )
  expect(differences).toEqual([[]])
})

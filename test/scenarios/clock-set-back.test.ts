import { readScenarios } from '@laurel/engine'
import { expect, test, vi } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { readyPrograms } from './ready-programs.ts'

const program = readyPrograms().find(({ name }) => name === 'point-per-pound')?.program
if (program === undefined) throw new Error('point-per-pound is there')

const page = (...rows: readonly string[]) =>
  ['# Autumn', '', '## In London', '', '| when | who | what | gives |', '|--|--|--|--|', ...rows, ''].join('\n')

async function played(...rows: readonly string[]) {
  if (program === undefined) throw new Error('point-per-pound is there')
  const { scenarios, mistakes } = readScenarios(page(...rows), program)
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error(JSON.stringify(mistakes))
  const world = openOfflineWorld(program)
  const send = vi.spyOn(world, 'send')
  const differences = await playScenario(program, scenario, world)
  return { differences, instants: send.mock.calls.map(([, at]) => new Date(at).toISOString()) }
}

test('TIME-1 in the hour that is read twice a row is the first reading, or that of its offset, and rows after it go on', async () => {
  expect(
    await played(
      '| 2026-10-25 01:50 | Ada | buys for 50.00 GBP, order 1 | +50 points |',
      '| 2026-10-25 01:10 +00:00 | Ada | refunds order 1, amount 20.00 GBP | -20 points |',
      '| +PT30M | Ada | refunds order 1, amount 10.00 GBP | -10 points |',
      '| | Ada | time passes | |',
      '| +P200D | Ada | time passes | |',
    ),
  ).toEqual({
    differences: [],
    instants: [
      '2026-10-25T00:50:00.000Z',
      '2026-10-25T01:10:00.000Z',
      '2026-10-25T01:40:00.000Z',
      '2026-10-25T01:40:01.000Z',
      // Summer again: the offset is over.
      '2027-05-13T00:40:01.000Z',
    ],
  })
})

test('TIME-1 an offset that the clock does not have then is a difference', async () => {
  expect(await played('| 2026-10-25 12:00 +01:00 | Ada | time passes | |')).toMatchObject({
    differences: [{ what: 'when', actual: 'clocks in Europe/London have another offset then' }],
    instants: [],
  })
})

import { readScenarios } from '@laurel/engine'
import { foldAnew } from '@laurel/server'
import { describe, expect, test } from 'vitest'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'
import { openTestServer } from '../../apps/server/server.fixture.ts'
import { readyPrograms } from './ready-programs.ts'
import { openServerWorld } from './server-world.ts'

// What the engine alone says of a story, a server must say, too: through its routes, its recorder and its books.

const server = await openTestServer()
let played = 0

describe.each(readyPrograms())('$name through a server', ({ program, text, scenarios: page }) => {
  const { scenarios } = readScenarios(page, program)

  test.each(scenarios)('$title', async (scenario) => {
    played += 1
    const id = `${program.id}-${played}`
    const world = await openServerWorld(server, program, text, id)
    expect(await playScenario(program, scenario, world)).toEqual([])
    // LED-6: what is kept of each member is what the decisions come to.
    expect((await foldAnew(server.context, id, { write: false })).differences).toEqual([])
  })
})

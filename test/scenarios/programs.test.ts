import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { compileProgram, readScenarios } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { openOfflineWorld } from '../../apps/cli/scenarios/offline-world.ts'
import { playScenario } from '../../apps/cli/scenarios/play-scenario.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Every scenario of every ready-made program, and the examples of the page that says how they are written. */
function readyPrograms() {
  const folder = path.join(root, 'programs')
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name, 'scenarios.md')
    return existsSync(file) ? [{ name, program: programOf(name), text: readFileSync(file, 'utf8') }] : []
  })
}

function programOf(name: string) {
  const { program } = compileProgram(readFileSync(path.join(root, 'programs', name, 'program.yaml'), 'utf8'), {
    version: 1,
    hash: name,
  })
  if (program === null) throw new Error(`${name} does not compile`)
  return program
}

function examplesInDocs(): string {
  const page = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8')
  return [...page.matchAll(/^```markdown\n([\s\S]*?)^```/gm)].map(([, block]) => block).join('\n')
}

const documented = { name: 'docs/scenarios.md', program: programOf('glow-club'), text: examplesInDocs() }

describe.each([...readyPrograms(), documented])('$name', ({ program, text }) => {
  const { scenarios, mistakes } = readScenarios(text, program)

  test('is read without a mistake', () => {
    expect(mistakes).toEqual([])
    expect(scenarios.length).toBeGreaterThan(0)
  })

  test.each(scenarios)('$title', async (scenario) => {
    expect(await playScenario(program, scenario, openOfflineWorld(program))).toEqual([])
  })
})

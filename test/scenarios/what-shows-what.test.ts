import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readyPrograms } from './ready-programs.ts'

const page = readFileSync(path.resolve(import.meta.dirname, '../../programs/README.md'), 'utf8')

test('the page that says what shows what names every program, and scenarios that there are', () => {
  const programs = readyPrograms().filter(({ name }) => !name.startsWith('docs/'))
  const titlesByProgram = new Map(
    programs.map(({ name, scenarios }) => [
      name,
      new Set([...scenarios.matchAll(/^## (.*)$/gm)].map(([, title]) => title)),
    ]),
  )
  const named: string[] = []
  for (const [, shown = ''] of page.matchAll(/^\| [A-G]\d+ \|.*?\| (.*) \|$/gm)) {
    let program = ''
    for (const [, prefix, title] of shown.matchAll(/([a-z-]+): (?=")|"([^"]+)"/g)) {
      program = prefix ?? program
      if (title !== undefined) named.push(`${program}: ${title}`)
    }
  }
  expect(named.filter((each) => !isScenario(each, titlesByProgram))).toEqual([])
  expect(named.length).toBeGreaterThan(10)
  expect(programs.filter(({ name }) => !page.includes(`| [${name}](${name}) |`))).toEqual([])
})

function isScenario(named: string, titlesByProgram: ReadonlyMap<string, ReadonlySet<string | undefined>>): boolean {
  const [program = '', ...title] = named.split(': ')
  return titlesByProgram.get(program)?.has(title.join(': ')) === true
}

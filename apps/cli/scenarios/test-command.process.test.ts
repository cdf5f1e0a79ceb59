import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openCommandLine, program } from '../command-line.fixture.ts'

vi.setConfig({ testTimeout: 30_000 }) // each command is a process of its own, half a second of work

const { folder, run: laurel } = openCommandLine('test-command')

describe('laurel test', () => {
  const header = '## A first order\n\n| when | who | what | gives |\n|--|--|--|--|\n'
  function folderWith(name: string, row: string): string {
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'program.yaml'), readFileSync(program, 'utf8'))
    writeFileSync(path.join(folder, name, 'scenarios.md'), `${header}${row}\n`)
    return path.join(folder, name)
  }

  test('plays what stands beside a program', () => {
    const right = folderWith('right', '| 2026-01-07 | Ada | buys for 33.40 GBP | +33 points |')
    expect(laurel('test', right)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('as said    A first order'),
    })
    const named = path.join(right, 'program.yaml')
    expect(laurel('test', named, '--only', 'FIRST').stdout).toContain('1 scenario played')
    expect(laurel('test', named, '--only', 'second')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no scenario has "second" in its title'),
    })
  })

  test('a page without a scenario is no success', () => {
    const none = folderWith('none', '| 2026-01-07 | Ada | buys for 33.40 GBP | +33 points |')
    writeFileSync(path.join(none, 'scenarios.md'), '# Nothing yet\n')
    expect(laurel('test', none)).toMatchObject({ status: 2, stderr: expect.stringContaining('no scenarios in it') })
  })

  test('what is otherwise is shown cell by cell, and ends with 1', () => {
    const other = folderWith('other', '| 2026-01-07 | Ada | buys for 33.40 GBP | +34 points |')
    const { status, stdout } = laurel('test', other)
    expect(status).toBe(1)
    expect(stdout).toMatch(/scenarios\.md:5:43 {2}gives\n {4}expected {2}\+34 points\n {4}actual {4}\+33 points\n/)
    expect(JSON.parse(laurel('test', other, '--json').stdout)).toMatchObject({
      failed: 1,
      scenarios: [{ title: 'A first order', differences: [{ line: 5, expected: '+34 points', actual: '+33 points' }] }],
    })
  })

  test('what cannot be read is shown with its place and what would be right, and ends with 2', () => {
    const wrong = folderWith('wrong', '| 2026-01-07 | Ada | byus for 33.40 GBP | |')
    expect(laurel('test', wrong)).toMatchObject({
      status: 2,
      stderr: '',
      stdout: expect.stringMatching(
        /scenarios\.md:5:22 {2}mistake {2}no phrase begins like this.*\n {4}5 \|.*\n +\| +\^\n {4}did you mean "buys"\?/,
      ),
    })
  })
})

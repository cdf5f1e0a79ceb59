import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readyPrograms } from './ready-programs.ts'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const programs = readyPrograms().filter(({ name }) => !name.startsWith('docs/'))
const titlesOf = (scenarios: string) => [...scenarios.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title)
const titlesByProgram = new Map(programs.map(({ name, scenarios }) => [name, new Set(titlesOf(scenarios))]))

interface Row {
  readonly id: string
  readonly shown: string
  /** Scenarios of a program, or tests of a file: every title stands behind where it is. */
  readonly named: readonly { readonly place: string; readonly title: string }[]
}

function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| ([A-G]?\d+) \|.*?\| (.*) \|$/gm)].map(([, id = '', shown = '']) => {
    let place = ''
    const named = [...shown.matchAll(/`?([\w./-]+)`?: (?=")|"([^"]+)"/g)].flatMap(([, prefix, title]) => {
      place = prefix ?? place
      return title === undefined ? [] : [{ place, title }]
    })
    return { id, shown, named }
  })
}

function isThere({ place, title }: Row['named'][number]): boolean {
  if (!place.endsWith('.ts')) return titlesByProgram.get(place)?.has(title) === true
  const file = path.join(root, place)
  return (
    existsSync(file) &&
    // Or a row of a table of tests.
    new RegExp(`(?:\\b(?:test|describe)(?:\\.each\\([^)]*\\))?\\(|\\)\\(|\\[)\\s*(['"\`])${escaped(title)}\\1`).test(
      read(place),
    )
  )
}
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const untrue = (rows: readonly Row[]) => ({
  nowhere: rows.flatMap(({ id, named }) => named.filter((each) => !isThere(each)).map((each) => ({ id, ...each }))),
  silent: rows.filter(({ shown, named }) => named.length === 0 && !shown.includes('to come')).map(({ id }) => id),
})

test('programs/README.md names every program, and every scenario that it names is there', () => {
  const page = read('programs/README.md')
  const rows = rowsOf(page)
  expect(untrue(rows)).toEqual({ nowhere: [], silent: [] })
  expect(programs.filter(({ name }) => !page.includes(`| [${name}](${name}) |`))).toEqual([])
  const sizes = { A: 19, B: 10, C: 7, F: 8, G: 10 }
  const whole = Object.entries(sizes).flatMap(([letter, size]) => numbers(size).map((number) => `${letter}${number}`))
  expect(rows.map(({ id }) => id)).toEqual(whole)
})

test('docs/capabilities.md is whole, and every test and scenario that it names is there', () => {
  const rows = rowsOf(read('docs/capabilities.md'))
  expect(untrue(rows)).toEqual({ nowhere: [], silent: [] })
  expect(rows.map(({ id }) => id)).toEqual(numbers(139).map(String))
  const isToCome = ({ shown }: Row) => shown.replace(/"[^"]*"/g, '').includes('to come')
  const whole = rows.filter((row) => row.named.length > 0 && !isToCome(row)).length
  const inPart = rows.filter((row) => row.named.length > 0 && isToCome(row)).length
  const said = /Of (\d+), (\d+) are shown whole, (\d+) in part, (\d+) are\s+to come/.exec(read('docs/capabilities.md'))
  expect(said?.slice(1).map(Number)).toEqual([rows.length, whole, inPart, rows.length - whole - inPart])
})

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe.each(programs)('$name', ({ name, scenarios }) => {
  test('has a README of about ten lines that says what to change first', () => {
    const page = read(`programs/${name}/README.md`)
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(12)
    expect(page).toContain('**Who runs one like it**')
    expect(page).toContain('**Good for**')
    expect(page).toContain('**Change first**')
  })

  test('tells six stories at least, a refund and an edge of time among them', () => {
    expect(titlesOf(scenarios).length).toBeGreaterThanOrEqual(6)
    expect(scenarios).toMatch(/^\|[^|]*\|[^|]*\| refunds /m)
    // A row in the first or the last second of something.
    expect(scenarios).toMatch(/^\| \d{4}-\d\d-\d\d (?:00:00|\d\d:\d\d:00|\d\d:\d\d:59|\d\d:59)/m)
  })
})

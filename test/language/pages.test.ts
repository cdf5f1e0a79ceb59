import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { pageOf } from './guide.ts'

const root = path.resolve(import.meta.dirname, '../..')
const filesOf = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) return []
    const at = path.posix.join(folder, entry.name)
    return entry.isDirectory() ? [`${at}/`, ...filesOf(at)] : [at]
  })
const files = [...['docs', 'packages', 'programs', 'apps', 'test', 'tools'].flatMap(filesOf), ...readdirSync(root)]
const pages = files.filter((file) => file.endsWith('.md'))

/** `draw verify` is a command of `draw`. */
const commands = readdirSync(path.join(root, 'apps/cli/commands'))
  .filter((file) => file !== 'run.ts')
  .map((file) => file.replace('.ts', ''))
  .sort()

test('every link of every page leads somewhere', () => {
  const lost = pages.flatMap((page) =>
    [...pageOf(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
      .map(([, to = '']) => to)
      .filter((to) => !/^[a-z]+:/.test(to) && !existsSync(path.join(root, path.dirname(page), to)))
      .map((to) => `${page}: ${to}`),
  )
  expect(lost).toEqual([])
})

describe.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (page) => {
  const text = pageOf(page)

  test('names files and folders that are there', () => {
    const named = [...text.matchAll(/`([a-z][\w.-]*(?:\/[\w.-]+)+\/?)`/g)].map(([, name = '']) => name)
    const known = (name: string) => {
      const bare = name.replace(/\/$/, '')
      return files.some(
        (file) => file === bare || file === `${bare}/` || file.endsWith(`/${bare}`) || file.endsWith(`/${bare}/`),
      )
    }
    expect(named.filter((name) => !known(name))).toEqual([])
  })

  test('names scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object }
    const named = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})

test('README.md and ARCHITECTURE.md name the commands that there are', () => {
  const listed = /\*\*A command line\*\*: (.*)\.$/m.exec(pageOf('README.md'))?.[1] ?? ''
  expect([...listed.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort()).toEqual(commands)
  const told = /^ {2}cli\/ +laurel: (.*)$/m.exec(pageOf('ARCHITECTURE.md'))?.[1] ?? ''
  expect(told.split(', ').sort()).toEqual(commands)
})

test('the tree of ARCHITECTURE.md has folders that there are', () => {
  const tree = /## The tree\n\n```\n([\s\S]*?)```/.exec(pageOf('ARCHITECTURE.md'))?.[1] ?? ''
  const folders = [...tree.matchAll(/(?<![\w-])([a-z][\w-]*)\/(?=\s|$)/gm)].map(([, name = '']) => name)
  expect(folders.length).toBeGreaterThan(40)
  expect(
    folders.filter((name) => !files.some((file) => file.endsWith(`/${name}/`) || file.startsWith(`${name}/`))),
  ).toEqual([])
})

test('CONTRIBUTING.md says of every family of rules where it is tested, and each place names one of the family', () => {
  const specs = pages.filter((page) => page.endsWith('/SPEC.md'))
  expect(specs.length).toBeGreaterThan(2)
  const families = new Set(
    [
      ...specs
        .map(pageOf)
        .join('\n')
        .matchAll(/^- \*\*([A-Z]+)-\d/gm),
    ].map(([, family = '']) => family),
  )
  const rows = [...pageOf('CONTRIBUTING.md').matchAll(/^\| ([A-Z]+(?:, [A-Z]+)*) \| (.*) \|$/gm)]
  expect(rows.flatMap(([, named = '']) => named.split(', ')).sort()).toEqual([...families].sort())
  const silent = rows.flatMap(([, named = '', where = '']) =>
    [...where.matchAll(/`([^`]+)`/g)].flatMap(([, place = '']) => {
      if (place.startsWith('programs/')) return []
      const tests = files.filter(
        (file) => file.endsWith('.test.ts') && (file === place || file.startsWith(`${place}/`)),
      )
      const text = tests.map(pageOf).join('\n')
      return named.split(', ').some((family) => text.includes(`${family}-`)) ? [] : [`${named}: ${place}`]
    }),
  )
  expect(silent).toEqual([])
})

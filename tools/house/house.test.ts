import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rules } from './rules.ts'
import { type File, sourcesOf } from './source.ts'

const root = path.resolve(import.meta.dirname, '../..')
const textual = /(\.(tsx?|mjs|js|html|json|md|yaml|yml|sql|css|csv|txt|sh)|(^|\/)(run|LICENSE|\.[a-z]+))$/
const sizeMax = 2_000_000 // larger files are records, and no rule reads records

/** What git tracks, and what it would track: a rule broken in a file not yet added is broken all the same. */
function filesOfRepository(): File[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  return listed
    .toString()
    .split('\0')
    .filter((file) => textual.test(file) && existsSync(path.join(root, file)))
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }))
    .filter((file) => file.text.length <= sizeMax)
}

describe('the house', () => {
  const files = filesOfRepository()
  // Read here, where no test's time runs: what is read is known to every rule.
  sourcesOf(files)
  test.each(Object.entries(rules))('%s', (_title, rule) => {
    expect(rule(files)).toEqual([])
  })
})

/** A rule that no longer bites looks just like a rule that is kept: each must report the trees below, and not the good one. */
describe('canaries', () => {
  const cases = Object.entries(canaries()).flatMap(([title, trees]) => trees.map((tree) => ({ title, ...tree })))

  test.each(cases)('$title: $reports', ({ title, tree, reports }) => {
    const violations = rules[title as keyof typeof rules](filesOf(tree))
    expect(violations.join('\n')).toContain(reports)
  })

  test.each(Object.entries(rules))('a good tree is left alone: %s', (_title, rule) => {
    expect(rule(filesOf(goodTree))).toEqual([])
  })
})

type Tree = Record<string, string>
type Canary = { tree: Tree; reports: string }

function filesOf(tree: Tree): File[] {
  return Object.entries(tree).map(([file, text]) => ({ path: file, text }))
}

const goodTree: Tree = {
  'package.json': '{ "scripts": { "bench": "node tools/node26.mjs test/bench/bench.ts" } }',
  'package-lock.json': `{ "packages": {
    "test": { "dependencies": { "@laurel/engine": "0.0.0" } },
    "node_modules/@laurel/engine": { "resolved": "packages/engine", "link": true } } }`,
  '.npmrc': 'omit-lockfile-registry-resolved=true',
  'packages/engine/package.json': '{ "exports": { ".": "./index.ts" } }',
  'ARCHITECTURE.md':
    '## The tree\n\n```\ndocs/  choices/\npackages/\n  engine/\n  ledger/\n  contract/\napps/\n  server/\n    db/ decisions/ jobs/ programs/\n  cli/\ntest/  bench/\n```\n',
  'docs/choices/0001-a.md': '# 1. A',
  'docs/choices/0002-b.md': '# 2. B',
  'packages/engine/SPEC.md': '- **AMT-1** Amounts are integers.\n### AMT-2 And exact\nSee AMT-9 of another book.',
  'packages/engine/index.ts': `
    export { decide } from './decide.ts'
    export type { Order } from './order.ts'`,
  'packages/engine/decide.ts': `
    import { parse } from 'yaml'
    import type { Order } from './order.ts'
    // Date and Math.random are spoken of, never used; so is a key or a member of that name.
    export const decide = (order: Order) => ({ Date: parse(order.text), at: order.Date, process: 'console' })`,
  'packages/engine/order.ts': 'export type Order = { text: string; Date: string; fetch(): void }',
  'packages/engine/decide.test.ts': `
    import { test } from 'vitest'
    import { decide } from './decide.ts'
    import { order } from './order.fixture.ts'
    test('AMT-1 integers, in UTF-8', async () => decide(order(new Date())))
    test.each([['AMT-2', 1]])('%s exact', () => {})`,
  'packages/engine/order.fixture.ts': 'export const order = (at: Date) => ({ text: "", Date: String(at), fetch() {} })',
  'packages/ledger/package.json': '{ "exports": { ".": "./index.ts" } }',
  'packages/ledger/SPEC.md': '',
  'packages/ledger/index.ts': `
    import { createHash } from 'node:crypto'
    import { decide } from '@laurel/engine'
    export const chain = () => createHash('sha256').update(String(decide))`,
  'packages/contract/package.json': '{ "exports": { ".": "./index.ts" }, "dependencies": { "zod": "1.0.0" } }',
  'packages/contract/index.ts': `
    import { z } from 'zod'
    import type { Order } from '@laurel/engine'
    export const order = z.custom<Order>()`,
  'apps/server/package.json': '{ "exports": { ".": "./index.ts" } }',
  'apps/server/index.ts': `
    import { pool } from './db/pool.ts'
    import { record } from './decisions/record.ts'
    export const start = () => record(pool)
    new Worker(new URL('./jobs/worker.ts', import.meta.url))`,
  'apps/server/db/pool.ts': 'export const pool = 1',
  'apps/server/db/migrations/0001-start.ts': 'export const up = 1',
  'apps/server/jobs/worker.ts': 'console.log(1)',
  'apps/server/programs/publish.ts': 'export const publish = 1',
  'apps/server/decisions/record.ts': `
    import { publish } from '../programs/publish.ts'
    export const record = (pool: number) => pool + publish`,
  'apps/cli/package.json': '{ "bin": { "laurel": "./laurel.mjs" } }',
  'apps/cli/laurel.mjs': `
    import { runWithNode26 } from '../../tools/node26.mjs'
    runWithNode26(new URL('./main.ts', import.meta.url))`,
  'apps/cli/main.ts': `import { start } from '@laurel/server'; start()`,
  'tools/node26.mjs': 'export const runWithNode26 = () => {}',
  'test/bench/bench.ts': `import { start } from '../../apps/server/index.ts'; start()`,
}

function canaries(): Record<keyof typeof rules, Canary[]> {
  const spoken = (words: string[]) => words.join('')
  const mapOf = (folders: string) => `## The tree\n\n\`\`\`\n${folders}\n\`\`\`\n`
  const lines = (count: number) => 'export {}\n'.repeat(count)
  return {
    'workspaces import in one direction, through the public door': [
      { tree: { 'packages/engine/a.ts': `import '@laurel/ledger'` }, reports: 'may not import packages/ledger' },
      { tree: { 'packages/engine/a.test.ts': `import '@laurel/ledger'` }, reports: 'may not import packages/ledger' },
      { tree: { 'packages/engine/a.ts': `export * from 'zod'` }, reports: 'yaml, @marcbachmann/cel-js only' },
      { tree: { 'packages/ledger/a.ts': `import '../engine/decide.ts'` }, reports: 'one public door' },
      { tree: { 'packages/ledger/a.ts': `await import('@laurel/engine/decide.ts')` }, reports: 'one public door' },
      { tree: { 'packages/contract/a.ts': `import '@laurel/ledger'` }, reports: 'may not import packages/ledger' },
      { tree: { 'packages/contract/a.ts': `import { decide } from '@laurel/engine'` }, reports: 'no values' },
      { tree: { 'packages/insights/a.ts': `import { decide } from '@laurel/engine'` }, reports: 'no values' },
      { tree: { 'packages/insights/a.ts': `import '@laurel/ledger'` }, reports: 'may not import packages/ledger' },
      { tree: { 'apps/server/a.ts': `import '@laurel/cli'` }, reports: 'may not import apps/cli' },
      { tree: { 'apps/server/a.ts': `import '../../test/names.ts'` }, reports: 'may not import test' },
      { tree: { 'apps/server/a.ts': `import 'left-pad'` }, reports: 'not a dependency' },
      { tree: { 'apps/cli/a.ts': `import '../server/db/pool.ts'` }, reports: 'one public door' },
      { tree: { 'apps/kiosk/a.ts': '' }, reports: 'not in the table' },
      { tree: { 'packages/ui/a.tsx': `import '@laurel/contract'` }, reports: 'may not import packages/contract' },
      { tree: { 'apps/console/a.tsx': `import '@laurel/server'` }, reports: 'may not import apps/server' },
      {
        tree: { 'apps/portal/a.tsx': `import type { Program } from '@laurel/engine'` },
        reports: 'apps/portal may not import packages/engine',
      },
      { tree: { 'apps/server/a.ts': `import '@laurel/console'` }, reports: 'may not import apps/console' },
    ],
    'the shell of the server knows no business, and its folders are layered': [
      {
        tree: { 'apps/server/db/a.ts': `import '../members/b.ts'` },
        reports: 'the shell knows no noun of the business',
      },
      {
        tree: { 'apps/server/http/a.ts': `import type { B } from '../members/b.ts'` },
        reports: 'the shell knows no noun of the business',
      },
      { tree: { 'apps/server/programs/a.ts': `import '../decisions/b.ts'` }, reports: 'programs lies below decisions' },
      { tree: { 'apps/server/decisions/a.ts': `import '../members/b.ts'` }, reports: 'decisions lies below members' },
      { tree: { 'apps/server/members/a.ts': `import '../routes.ts'` }, reports: 'only the composition root' },
      { tree: { 'apps/server/context.ts': `import './members/b.ts'` }, reports: 'put folders together' },
      {
        tree: {
          'apps/server/members/a.ts': `import '../rewards/b.ts'`,
          'apps/server/rewards/c.ts': `import '../members/d.ts'`,
        },
        reports: 'members -> rewards -> members',
      },
    ],
    'no files import each other in a circle': [
      {
        tree: {
          'packages/engine/a.ts': `import './b/c.ts'`,
          'packages/engine/b/c.ts': `import type { A } from '../d.ts'`,
          'packages/engine/d.ts': `export { e } from './a.ts'`,
        },
        reports: 'a.ts -> packages/engine/b/c.ts -> packages/engine/d.ts -> packages/engine/a.ts',
      },
    ],
    'engine, ledger and insights are pure': [
      ...[
        'new Date()',
        'Temporal.Now.instant()',
        'Math.random()',
        'new Intl.Collator()',
        'a.localeCompare(b)',
        'performance.now()',
        'process.env',
        'console.log(1)',
        'setTimeout(() => {}, 1)',
        'fetch("")',
        'parseFloat("1.5")',
        'Number.parseFloat("1.5")',
        '({ Date })',
      ].map((text) => ({ tree: { 'packages/engine/a.ts': text }, reports: 'has no place in a pure package' })),
      { tree: { 'packages/ledger/a.ts': 'export const a = async () => 1' }, reports: 'async' },
      { tree: { 'packages/ledger/a.ts': 'await a' }, reports: 'async' },
      { tree: { 'packages/ledger/a.ts': `import 'node:fs'` }, reports: 'node:fs' },
      { tree: { 'packages/engine/program/a.ts': `import 'node:crypto'` }, reports: 'node:crypto' },
      { tree: { 'packages/insights/a.ts': 'Math.random()' }, reports: 'has no place in a pure package' },
      { tree: { 'packages/insights/a.ts': `import 'node:crypto'` }, reports: 'node:crypto' },
    ],
    'names say what a thing is for': [
      { tree: { 'apps/server/utils/a.ts': '' }, reports: 'apps/server/utils' },
      { tree: { 'apps/server/members/types.ts': '' }, reports: '"types"' },
      { tree: { 'apps/server/members/service.test.ts': '' }, reports: '"service"' },
      { tree: { 'apps/server/memberList.ts': '' }, reports: 'kebab-case' },
      { tree: { 'apps/server/MemberList/a.ts': '' }, reports: 'kebab-case' },
      { tree: { 'apps/server/a.ts': 'export function handleOrder() {}' }, reports: 'handleOrder' },
      { tree: { 'apps/server/a.ts': 'const doIt = () => 1; export { doIt }' }, reports: 'doIt' },
    ],
    'files stay short': [
      { tree: { 'apps/server/a.ts': lines(501) }, reports: '501 lines, at most 500' },
      { tree: { 'apps/server/a.test.ts': lines(501) }, reports: '501 lines, at most 500' },
    ],
    'every rule of a SPEC.md has a test, every id in a test title a rule': [
      { tree: {}, reports: 'packages/engine/SPEC.md does not exist' },
      { tree: {}, reports: 'packages/ledger/SPEC.md does not exist' },
      { tree: { 'packages/ledger/SPEC.md': '### LED-1 Balanced' }, reports: 'no test title names LED-1' },
      { tree: { 'packages/ledger/SPEC.md': '- **LED-1** A\n- **LED-1** B' }, reports: 'LED-1 is defined' },
      {
        tree: { 'packages/ledger/a.test.ts': `describe('a', () => { it(\`LED-9 \${a}\`, () => {}) })` },
        reports: 'names LED-9, which no SPEC.md defines',
      },
      {
        tree: { 'test/table.ts': `export const all = () => test.each([['LED-9 a', 1]])('%s', () => {})` },
        reports: 'names LED-9, which no SPEC.md defines',
      },
      {
        tree: {
          'packages/ledger/SPEC.md': '- **LED-1** A',
          'packages/ledger/a.test.ts': `test('a', () => run('LED-1'))`,
        },
        reports: 'no test title names LED-1',
      },
    ],
    'one door for each package': [
      { tree: { 'packages/engine/a.ts': `export { b } from './b.ts'` }, reports: 'a.ts: hands on what' },
      { tree: { 'apps/server/members/index.ts': `export type * from './b.ts'` }, reports: 'index.ts: hands on what' },
    ],
    'the map of ARCHITECTURE.md is whole': [
      { tree: { 'ARCHITECTURE.md': mapOf(''), 'packages/engine/cards/fill.ts': '' }, reports: 'leaves out cards/' },
      { tree: { 'ARCHITECTURE.md': mapOf(''), 'docs/language.md': '' }, reports: 'leaves out language.md' },
      { tree: { 'ARCHITECTURE.md': mapOf(''), 'packages/till/a.ts': '' }, reports: 'leaves out till/ of packages/' },
      { tree: { 'ARCHITECTURE.md': mapOf(''), 'apps/cli/demo/a.ts': '' }, reports: 'leaves out demo/ of cli/' },
      { tree: { 'ARCHITECTURE.md': mapOf(''), 'test/load/a.ts': '' }, reports: 'leaves out load/ of test/' },
      {
        tree: { 'ARCHITECTURE.md': mapOf('apps/\n  cli/\n    demo/'), 'apps/cli/demo/a.ts': '', 'apps/demo/a.ts': '' },
        reports: 'leaves out demo/ of apps/',
      },
      { tree: { 'ARCHITECTURE.md': mapOf('cards/') }, reports: 'names cards/, which is not there' },
      {
        tree: {
          'ARCHITECTURE.md': mapOf('  engine/  staff/\n  server/  staff/ jobs/\ndocs/'),
          'packages/engine/staff/a.ts': '',
          'apps/server/jobs/a.ts': '',
        },
        reports: 'names staff/, which is not in server/',
      },
      {
        tree: {
          'ARCHITECTURE.md': mapOf('  engine/  staff/\n  server/\n    jobs/'),
          'packages/engine/staff/a.ts': '',
          'apps/server/jobs/a.ts': '',
          'apps/server/staff/a.ts': '',
        },
        reports: 'leaves out staff/ of server/',
      },
      { tree: { 'ARCHITECTURE.md': 'no map' }, reports: 'has no map' },
    ],
    'choices are numbered one by one': [
      {
        tree: { 'docs/choices/0001-a.md': '# 1. A', 'docs/choices/0001-b.md': '# 1. B' },
        reports: '0001-b.md: is number 2',
      },
      { tree: { 'docs/choices/0002-a.md': '# 2. A' }, reports: '0002-a.md: is number 1' },
      { tree: { 'docs/choices/0001-a.md': '# 2. A' }, reports: 'its heading' },
    ],
    'no file is dead': [
      { tree: { 'apps/server/a.ts': '' }, reports: 'apps/server/a.ts: no entry reaches it' },
      {
        tree: { 'apps/server/a.ts': '', 'apps/server/a.test.ts': `import './a.ts'` },
        reports: 'apps/server/a.ts: no entry reaches it',
      },
      { tree: { 'test/order.fixture.ts': '' }, reports: 'test/order.fixture.ts: no entry reaches it' },
      {
        tree: {
          'apps/console/index.html': '<script type="module" src="/main.tsx"></script>',
          'apps/console/main.tsx': '',
          'apps/console/other.tsx': '',
        },
        reports: 'apps/console/other.tsx: no entry reaches it',
      },
    ],
    'no export is dead': [{ tree: { 'apps/server/a.ts': 'export const a = 1' }, reports: 'nobody imports "a"' }],
    'no test is passed over': [
      { tree: { 'apps/a.test.ts': `test.only('a', () => {})` }, reports: '.only on "a"' },
      { tree: { 'apps/a.test.ts': `describe.skip('a', () => {})` }, reports: '.skip on "a"' },
      { tree: { 'apps/a.test.ts': `it.todo('a')` }, reports: '.todo on "a"' },
      { tree: { 'test/table.ts': `export const all = () => test.skip('a', () => {})` }, reports: '.skip on "a"' },
      { tree: { 'apps/a.test.ts': `test('a', { skip: true }, () => {})` }, reports: '.skip on "a"' },
      { tree: { 'apps/a.test.ts': `test.each([1]).only('a', () => {})` }, reports: '.only on "a"' },
      { tree: { 'apps/a.test.ts': `test.skipIf(true)('a', () => {})` }, reports: '.skipIf on "a"' },
    ],
    'the lockfile is whole': [
      {
        tree: {
          'package-lock.json': '{ "packages": { "node_modules/a": { "optionalDependencies": { "a-mac": "1" } } } }',
        },
        reports: '"node_modules/a" asks for a-mac',
      },
    ],
    'nothing holds on one machine only': [
      { tree: { 'docs/a.md': spoken(['see /ho', 'me/anna/laurel']) }, reports: 'mentions a place' },
      { tree: { 'docs/a.md': spoken(['`/Us', 'ers/anna`']) }, reports: 'mentions a place' },
      { tree: { 'apps/server/a.ts': spoken(["open('/mn", "t/disk/a')"]) }, reports: 'mentions a place' },
      { tree: { 'docs/a.md': spoken(['../', '../records']) }, reports: 'beside the checkout' },
      { tree: { 'tools/a.ts': spoken(["open('../", "../records')"]) }, reports: 'beside the checkout' },
      { tree: { 'docs/b.md': spoken(['see /work', 'space/laurel']) }, reports: 'mentions a place' },
      { tree: { 'docs/c.md': spoken(['see /wo', 'rk/laurel']) }, reports: 'mentions a place' },
      { tree: { 'a.md': spoken(['see ..', '/records']) }, reports: 'beside the checkout' },
      { tree: { 'package-lock.json': '"resolved": "https://host/a.tgz"' }, reports: 'names a package host' },
      { tree: { '.npmrc': 'registry=https://host' }, reports: 'names a package host' },
    ],
  }
}

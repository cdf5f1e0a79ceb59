// `node tools/node26.mjs tools/test.ts <suite>`: runs the parts of a suite one after another, shows what each prints, and
// ends with one plain line that people and machines can read: `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

type Tally = { passed: number; failed: number; skipped: number }

const root = path.resolve(import.meta.dirname, '..')
const scratch = mkdtempSync(path.join(tmpdir(), 'laurel-tally-'))
const types = () => tool('types', 'node_modules/typescript/bin/tsc', ['--project', root])
// What runs in a browser knows another world than what runs in Node, and is checked apart.
const typesOfFaces = () =>
  tool('types of the faces', 'node_modules/typescript/bin/tsc', ['--project', path.join(root, 'tsconfig.faces.json')])
const lint = () =>
  tool('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', root])
const tests = (project: string) => () => vitest(project)
// Whoever waits for a check has half of the histories lived that `npm test` has.
const unitSoon = () => vitest('unit', { LAUREL_HISTORIES: '0.5' })

const partsBySuite: Record<string, (() => Tally)[]> = {
  check: [types, typesOfFaces, lint, unitSoon],
  all: [types, typesOfFaces, lint, tests('unit'), tests('process'), tests('database')],
  data: [tests('data')],
  long: [tests('long')],
}

const suite = process.argv[2] ?? 'all'
const parts = partsBySuite[suite]
if (parts === undefined) throw new Error(`no suite "${suite}"; there are ${Object.keys(partsBySuite).join(', ')}`)

const total = parts.map((part) => part()).reduce(add)
rmSync(scratch, { recursive: true, force: true })
if (total.skipped > 0) console.log(`(${total.skipped} skipped)`)
console.log(`${total.passed} passed, ${total.failed} failed`)
// A suite in which nothing ran has shown nothing.
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** A tool that only says yes or no: silent when it is content, one failed item when it is not. */
function tool(title: string, script: string, args: string[]): Tally {
  const startedAt = performance.now()
  const failed = run(script, args) !== 0
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${title}: ${failed ? 'failed' : 'in order'} (${seconds} s)`)
  return { passed: 0, failed: failed ? 1 : 0, skipped: 0 }
}

function vitest(project: string, settings: Record<string, string> = {}): Tally {
  const output = path.join(scratch, `${project}.json`)
  const status = run(
    'node_modules/vitest/vitest.mjs',
    ['run', `--project=${project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    settings,
  )
  const tally = existsSync(output)
    ? tallyOf(JSON.parse(readFileSync(output, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 }
  // An error outside any test (a global setup, an unhandled rejection) is in no test's count.
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

function tallyOf(report: VitestReport): Tally {
  // A file that does not load fails without a failed test of its own.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

function run(script: string, args: string[], settings: Record<string, string> = {}): number {
  const env = { ...process.env, ...settings }
  const child = spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit', env })
  return child.status ?? 1
}

function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

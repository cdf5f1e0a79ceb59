import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { backtestReport } from '@laurel/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PARTS } from './parts.ts'

vi.setConfig({ testTimeout: 60_000 }) // each test starts the program, and that its threads

const root = path.resolve(import.meta.dirname, '../../..')
const program = path.join(root, 'programs/point-per-pound/program.yaml')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-backtest-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const order = (member: string, month: string, total: number, currency = 'GBP') => ({
  type: 'order.paid',
  ...{ source: 'shop', id: `${member}-${month}`, member, occurredAt: `2026-${month}-05T12:00:00Z` },
  order: { id: `${member}-${month}`, currency, lines: [{ id: '1', sku: 'a', quantity: 1, total }] },
})

function fileWith(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}
const historyOf = (...events: readonly object[]) =>
  fileWith('events.ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''))
const draftWith = (said: string, instead: string) =>
  fileWith('draft.yaml', readFileSync(program, 'utf8').replace(said, instead))

/** Spools go where the test can see whether they are gone. */
const environment = () => ({ ...process.env, TMPDIR: folder })
const words = (...args: string[]) => [path.join(root, 'apps/cli/main.ts'), 'backtest', '--workers', '2', ...args]
const laurel = (...args: string[]) =>
  spawnSync(process.execPath, words(...args), { encoding: 'utf8', env: environment() })
const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('laurel-backtest-'))

describe('laurel backtest', () => {
  const history = () => historyOf(order('ann', '01', 5_000), order('ann', '02', 2_000), order('ben', '02', 50))

  test('says what a draft comes to against the program that ran', () => {
    const draft = draftWith('give: 1 points', 'give: 2 points')
    const { status, stdout } = laurel(draft, '--ran', program, '--events', history(), '--json')
    const { candidates, events, rejected, peakMegabytes } = backtestReport.parse(JSON.parse(stdout))
    expect({ status, events, rejected }).toEqual({ status: 0, events: 3, rejected: 0 })
    expect(peakMegabytes).toBeGreaterThan(0)
    expect(candidates[0]?.report.assets[0]?.earned.amount).toBe(50 + 20)
    // 0.50 GBP gives half a point of two, rounded down to one.
    expect(candidates[1]?.report.assets[0]?.earned.amount).toBe(100 + 40 + 1)
    expect(candidates[1]?.report.against).toMatchObject([{ asset: 'points', gained: 2, lost: 0, same: 0, up: 71 }])
    expect(leftBehind()).toEqual([])
  })

  test('does so in words', () => {
    const { stdout } = laurel(program, '--events', history())
    expect(stdout).toMatch(/3 events of 2 members\n.*ask for.*\n\n.*\n {2}points earned +70\n/)
  })

  test('writes tables, a page and its charts where it is told to, in the language of the reader', () => {
    const [csv, report] = [path.join(folder, 'new/tables'), path.join(folder, 'new/page')]
    const { status, stdout } = laurel(
      program,
      '--events',
      history(),
      '--csv',
      csv,
      '--report',
      report,
      '--language',
      'tr',
    )
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('months-points.png') })
    expect(readFileSync(path.join(csv, 'assets.csv'), 'utf8')).toContain(',points,earned,70,')
    expect(readFileSync(path.join(report, 'report.html'), 'utf8')).toContain('<html lang="tr"')
    const file = path.join(folder, 'alone.html')
    expect(laurel(program, '--events', history(), '--report', file).status).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('How many points do members earn each month?')
  })

  test('finds out before it begins that nothing can be written there', () => {
    const inTheWay = fileWith('taken', '')
    for (const option of ['--csv', '--report']) {
      const { status, stderr } = laurel(program, '--events', history(), option, path.join(inTheWay, 'below'))
      expect({ status, stderr }).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('nothing can be written there'),
      })
      expect(stderr).not.toContain('deciding')
    }
  })

  test('says which lines of a file are no events, and goes on with the others', () => {
    const [first, last] = [order('ben', '01', 100), order('ann', '01', 100)].map((each) => JSON.stringify(each))
    // What Windows writes begins with a mark that is no part of the first line.
    const lines = [`\uFEFF${first}`, '{"type":"order.paid"}', 'no JSON', 'null', '', last]
    const { status, stdout } = laurel(program, '--events', fileWith('some.ndjson', lines.join('\n')), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ events: 2, rejected: 3 },
      rejections: ['line 2: it names no member', 'line 3: it is no JSON', 'line 4: it names no member'],
    })
  })

  test('a CSV: as its mapping says, an invoice of two members is told, and nothing is left behind', () => {
    const mapping = [
      ...['mapping: 1', 'source: shop', 'currency: GBP', 'zone: Europe/London', 'timeFormat: yyyy-MM-dd HH:mm:ss'],
      'columns: { invoice: no, member: who, sku: what, quantity: items, at: when, unitPrice: price }',
      'cancellation: { column: no, begins: C }',
    ]
    const rows = [
      ...['no,who,what,items,when,price', '1,ann,a,2,2026-01-05 12:00:00,10.00', '2,ben,a,1,2026-01-06 12:00:00,5.00'],
      ...[
        '1,ben,a,1,2026-01-05 12:00:00,10.00',
        'C3,ann,a,-1,2026-01-07 12:00:00,10.00',
        '4,ann,a,x,2026-01-08 12:00:00,1',
      ],
    ]
    const files = [fileWith('sales.csv', rows.join('\n')), '--mapping', fileWith('sales.yaml', mapping.join('\n'))]
    const { status, stdout } = laurel(program, '--events', ...files, '--json')
    expect(status).toBe(1)
    const { events, rejected, rejections, candidates } = JSON.parse(stdout)
    expect({ events, rejected, rejections }).toEqual({
      ...{ events: 3, rejected: 2 },
      rejections: ['line 4, invoice: invoice 1 belongs to another member', 'line 6, items: "x" is no count of items'],
    })
    expect(candidates[0].report.assets[0].earned.amount).toBe(20 + 5 - 10)
    expect(leftBehind()).toEqual([])
  })

  test('names months without an order', () => {
    const { status, stdout } = laurel(program, '--events', historyOf(order('ann', '01', 100), order('ann', '04', 100)))
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining('2026-02, 2026-03') })
  })

  test('rejects what is in another currency, and is clear where nothing is left', () => {
    const some = laurel(program, '--events', historyOf(order('ann', '01', 100), order('ben', '01', 100, 'EUR')))
    expect(some).toMatchObject({ status: 1, stdout: expect.stringContaining('shop/ben-01: currency-mismatch') })
    const all = laurel(program, '--events', historyOf(order('ben', '01', 100, 'EUR')))
    expect(all).toMatchObject({ status: 2, stderr: expect.stringContaining('none of its events can be used') })
    expect(leftBehind()).toEqual([])
  })

  test('rejects members whom nobody has created, where the program that ran refuses them', () => {
    const strict = draftWith('unknownMembers: create', 'unknownMembers: refuse')
    const joined = { type: 'member.joined', source: 'shop', id: 'j', member: 'ann', occurredAt: '2026-01-01T12:00:00Z' }
    const history = historyOf(order('ann', '01', 100), joined, order('ann', '02', 300), order('ben', '02', 700))
    const { status, stdout } = laurel(strict, '--events', history, '--json')
    expect(status).toBe(1)
    const { rejected, rejections, candidates } = backtestReport.parse(JSON.parse(stdout))
    expect({ rejected, rejections: rejections.toSorted() }).toEqual({
      rejected: 2,
      rejections: ['shop/ann-01', 'shop/ben-02'].map((name) => expect.stringContaining(`${name}: unknown-member`)),
    })
    expect(candidates[0]?.report.assets[0]?.earned.amount).toBe(3)
  })

  test('with an end inside the history leaves out what comes after it, and ends with 0', () => {
    const events = historyOf(order('ann', '01', 100), order('ann', '02', 300), order('ann', '06', 700))
    const until = (end: string) => laurel(program, '--events', events, '--until', end)
    const { status, stdout } = until('2026-03-01T00:00:00Z')
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/points earned +4\n.*left out, after the end: 1$/ms),
    })
    expect(stdout).not.toContain('rejected')
    expect(until('2025-12-31T00:00:00Z')).toMatchObject({ status: 2, stderr: expect.stringContaining('after --until') })
  })

  test('names refunds whose order is not in the history, and not one that only comes before its order', () => {
    const refund = (id: string, of: string) => ({
      ...{ type: 'refund.made', source: 'shop', id, member: 'ann', occurredAt: '2026-01-02T12:00:00Z' },
      ...{ order: of, amount: 100 },
    })
    const events = historyOf(order('ann', '01', 300), refund('r1', 'ann-01'), refund('r2', 'gone'))
    const { status, stdout } = laurel(program, '--events', events)
    expect(status).toBe(0)
    expect(stdout).toMatch(/refunds whose order is not in the history.*: 1\n {2}shop\/r2 of the order gone\n/)
  })

  const misunderstood = [
    ['a draft that does not compile', 'give: 1 points', 'give: 1 pints', 'the program cannot be used'],
    ['a draft in another currency', 'GBP', 'EUR', 'its currency is EUR'],
    ['a draft by another clock', 'Europe/London', 'Europe/Paris', 'its zone is Europe/Paris'],
  ] as const
  test.each(misunderstood)('%s: nothing is begun', (_what, said, instead, message) => {
    const draft = fileWith('draft.yaml', readFileSync(program, 'utf8').replaceAll(said, instead))
    const { status, stderr } = laurel(draft, '--ran', program, '--events', history())
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining(message) })
    expect(leftBehind()).toEqual([])
  })

  test('asked to stop, it stops and leaves nothing', async () => {
    const child = spawn(process.execPath, words(program, '--events', history()), { env: environment() })
    child.stderr.once('data', () => child.kill('SIGINT'))
    const code = await new Promise((resolve) => child.once('exit', resolve))
    expect(code).toBe(130)
    expect(leftBehind()).toEqual([])
  })

  test('--resume keeps what is done, for the same command only', () => {
    const [events, kept] = [history(), path.join(folder, 'kept')]
    const first = laurel(program, '--events', events, '--resume', kept)
    expect(readdirSync(kept)).toContain(`result-${PARTS - 1}.json`)
    const again = laurel(program, '--events', events, '--resume', kept)
    expect(again).toMatchObject({ status: 0, stdout: first.stdout })
    const other = laurel(program, '--events', events, '--resume', kept, '--assume', 'none')
    expect(other).toMatchObject({ status: 2, stderr: expect.stringContaining('the work of another command') })
    const asked = path.join(kept, 'asked.json')
    const whole = readFileSync(asked, 'utf8')
    const { engine, form, ...nothingOfIt } = JSON.parse(whole)
    for (const written of [{ ...JSON.parse(whole), engine: engine + 1 }, { form: form - 1, engine }, nothingOfIt]) {
      writeFileSync(asked, JSON.stringify(written))
      expect(laurel(program, '--events', events, '--resume', kept)).toMatchObject({
        ...{
          status: 2,
          stderr: expect.stringMatching(/begun by another version of Laurel.*remove this one/s),
        },
      })
    }
    const file = laurel(program, '--events', events, '--resume', events)
    expect(file).toMatchObject({ status: 2, stderr: expect.stringMatching(/it is no folder.*name a folder/s) })
    const strange = laurel(program, '--events', events, '--resume', folder)
    expect(strange).toMatchObject({ status: 2, stderr: expect.stringContaining('there is something else in it') })
  })
})

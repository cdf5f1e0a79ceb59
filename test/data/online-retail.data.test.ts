import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFileLines } from '../../apps/cli/files.ts'
import { groupInvoices, type History, type Invoice } from '../../apps/cli/import/invoices.ts'
import { type Mapping, parseMapping } from '../../apps/cli/import/mapping.ts'
import { matchCancellations, newMatching } from '../../apps/cli/import/match-cancellations.ts'
import { newTally, priceOfItems, readLines } from '../../apps/cli/import/read-lines.ts'
import { makeTemporaryFolder } from '../process/temporary-folder.ts'
import { isAbsent, records } from './records.fixture.ts'

const root = path.resolve(import.meta.dirname, '../..')
const mappingFile = path.join(root, 'test/data/online-retail.mapping.yaml')
const programFile = path.join(root, 'programs/point-per-pound/program.yaml')

const exponent = 2
const laurel = (...args: string[]) => [path.join(root, 'apps/cli/main.ts'), ...args]
function runLaurel(...args: string[]) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, laurel(...args), options)
  if (stdout === '') throw new Error(`laurel ${args[0]} answered nothing and ended with ${status}: ${stderr}`)
  return { status, stderr, document: JSON.parse(stdout) }
}

describe.skipIf(isAbsent)('Online Retail, read by the importer', () => {
  let mapping: Mapping
  let history: History
  const tally = newTally()
  beforeAll(async () => {
    mapping = parseMapping(readFileSync(mappingFile, 'utf8'), mappingFile)
    history = await groupInvoices(readLines(records, mapping, exponent, tally), tally)
  })
  const invoices = () => [...history.values()].flat()

  test('every line is counted: 541,909, of which 135,080 name no customer', () => {
    const { lines, sold, cancelled, withoutMember, rejected } = tally
    expect({ lines, sold, cancelled, withoutMember, rejected }).toEqual({
      ...{ lines: 541_909, sold: 397_924, cancelled: 8_905, withoutMember: 135_080, rejected: 0 },
    })
    expect(history.size).toBe(4_372)
    expect(invoices().filter((invoice) => !invoice.cancels)).toHaveLength(18_536)
    expect(invoices().filter((invoice) => invoice.cancels)).toHaveLength(3_654)
  })

  test('each step of docs/explain/why-516114.md', () => {
    const totalOf = (invoice: Invoice) =>
      invoice.lines.reduce((sum, line) => sum + priceOfItems(line, line.quantity, exponent), 0)
    const points = (minor: number) => Math.floor(minor / 100)
    const matching = newMatching()
    const found = [...history.values()].flatMap((own) => matchCancellations(own, exponent, matching))
    const cancellations = invoices().filter((invoice) => invoice.cancels)
    const blind = cancellations.reduce((sum, invoice) => sum + points(totalOf(invoice)), 0)
    const queued = found.reduce((sum, { restByOrder }) => sum + points(restByOrder.get(null) ?? 0), 0)

    // At the cancellation's own price: what each order gets back, by order.
    const ownByOrder = new Map<Invoice, number>()
    const saleByOrder = new Map<Invoice, Map<number, number>>()
    let perCancellation = 0
    for (const { invoice, partsByCode, restByOrder } of found) {
      perCancellation += points(totalOf(invoice) - (restByOrder.get(null) ?? 0))
      const rest = invoice.lines.map((line) => ({ line, left: line.quantity }))
      for (const [order, itemsByPosition] of partsByCode) {
        const back = saleByOrder.get(order) ?? new Map<number, number>()
        saleByOrder.set(order, back)
        for (const [position, items] of itemsByPosition) {
          back.set(position, (back.get(position) ?? 0) + items)
          let open = items
          for (const entry of rest) {
            if (entry.line.sku !== order.lines[position]?.sku || entry.left === 0) continue
            const taken = Math.min(open, entry.left)
            entry.left -= taken
            open -= taken
            const own = priceOfItems(entry.line, taken, exponent)
            ownByOrder.set(order, (ownByOrder.get(order) ?? 0) + own)
          }
        }
      }
    }
    const differenceOf = (order: Invoice, back: number) => points(totalOf(order)) - points(totalOf(order) - back)
    const atOwnPrice = [...ownByOrder].reduce((sum, [order, back]) => sum + differenceOf(order, back), 0)
    const atSalePrice = [...saleByOrder].reduce((sum, [order, back]) => {
      const minor = [...back].reduce((total, [position, items]) => {
        const line = order.lines[position]
        return line === undefined
          ? total
          : total + Math.floor((priceOfItems(line, line.quantity, exponent) * items) / line.quantity)
      }, 0)
      return sum + differenceOf(order, minor)
    }, 0)
    expect(matching).toEqual({
      fully: 7_516,
      partly: 54,
      not: 1_335,
      byName: 0,
      byCode: 7_570,
      unmatchedMinor: 13_737_363,
    })
    expect({ blind, perCancellation, atOwnPrice, atSalePrice, queued }).toEqual({
      ...{ blind: 609_431, perCancellation: 472_318, atOwnPrice: 473_958, atSalePrice: 516_114, queued: 136_976 },
    })
  })
})

describe.skipIf(isAbsent)('Online Retail, decided', () => {
  test('laurel replay: 8,902,670 earned, 516,114 taken back, 137,373.63 waiting', () => {
    const { status, document } = runLaurel('replay', programFile, records, '--mapping', mappingFile, '--json')
    expect(status).toBe(0)
    expect(document).toMatchObject({
      members: 4_372,
      events: { 'order.paid': 18_536, 'refund.made': 4_617 },
      assets: { points: { terms: { earned: 8_902_670, clawedBack: 516_114 }, membersInDebt: 0 } },
      queue: { refunds: 768, minor: { GBP: 13_737_363 } },
      rejected: 0,
    })
  })

  describe('through the server', () => {
    const { path: folder, remove } = makeTemporaryFolder('online-retail')
    afterAll(remove)
    const onFolder = () => ['--data', folder, '--json']
    const importArguments = () => ['import', records, '--mapping', mappingFile, ...onFolder()]

    test('killed in the middle and begun again, the import is whole and the books are clean', async () => {
      expect(runLaurel('publish', programFile, ...onFolder()).status).toBe(0)
      for (const killAtPercent of [20, 60]) await importUntilKilled(killAtPercent)
      const { status, document, stderr } = runLaurel(...importArguments())
      expect(stderr).toContain('going on after')
      expect(status).toBe(0)
      expect(document).toMatchObject({ whole: true, counts: { rejected: 0 }, orders: 18_536, refunds: 4_617 })
      expect(document.counts.recorded + document.counts.repeated).toBe(23_153)

      expect(runLaurel('verify', '--decisions', ...onFolder()).document).toMatchObject({
        ...{ clean: true, checked: { members: 4_372 } },
        decisions: { clean: true, checked: { decisions: 23_153 } },
      })
      expect(await termsOfExport()).toEqual({ earned: 8_902_670, clawedBack: 516_114 })
    })

    test('the same import again changes nothing', async () => {
      const { document } = runLaurel(...importArguments())
      expect(document.counts).toMatchObject({ recorded: 0, repeated: 23_153, rejected: 0 })
      expect(await termsOfExport()).toEqual({ earned: 8_902_670, clawedBack: 516_114 })
    })

    test('the queue, accepted by amount, takes 136,976 more, and the books stay clean', async () => {
      const accepted = runLaurel(
        'refunds',
        'accept',
        '--all',
        '--reason',
        'sold-before-the-records-begin',
        ...onFolder(),
      )
      expect(accepted.document).toMatchObject({ accepted: 768, minor: { GBP: 13_737_363 }, refused: [] })
      expect(await termsOfExport()).toEqual({ earned: 8_902_670, clawedBack: 516_114 + 136_976 })
      const books = path.join(folder, 'books.ndjson.gz')
      expect(runLaurel('verify', '--export', books, '--json').document).toMatchObject({ clean: true })
    })

    async function importUntilKilled(percent: number) {
      const child = spawn(process.execPath, laurel(...importArguments()), { stdio: ['ignore', 'ignore', 'pipe'] })
      const gone = once(child, 'exit')
      for await (const text of child.stderr.setEncoding('utf8')) {
        if (new RegExp(`sending: ${percent}%`).test(String(text))) child.kill('SIGKILL')
      }
      expect((await gone)[1]).toBe('SIGKILL')
    }

    /** What the exported transfers add up to: read from the file, as anybody else would. */
    async function termsOfExport() {
      const books = path.join(folder, 'books.ndjson.gz')
      expect(runLaurel('export', '--to', books, ...onFolder()).status).toBe(0)
      let [earned, clawedBack] = [0, 0]
      for await (const line of readFileLines(books)) {
        const { type, from, to, amount } = JSON.parse(line ?? '')
        if (type === 'transfer' && from === 'issued') earned += amount
        if (type === 'transfer' && to === 'issued') clawedBack += amount
      }
      return { earned, clawedBack }
    }
  })
})

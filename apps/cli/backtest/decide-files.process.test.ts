import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { decideFiles } from './decide-files.ts'
import { PARTS, PartWriter } from './parts.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the program's engine anew

const program = readFileSync(
  path.resolve(import.meta.dirname, '../../../programs/point-per-pound/program.yaml'),
  'utf8',
)
const order = {
  ...{ type: 'order.paid', source: 'shop', id: 'o', member: 'ann', occurredAt: '2026-01-05T12:00:00Z' },
  order: { id: 'o', currency: 'GBP', lines: [{ id: '1', sku: 'a', quantity: 1, total: 5_000 }] },
}
const partFile = (part: number): string => path.join(folder, `part-${part}.ndjson`)
const until = Date.parse('2026-02-01T00:00:00Z')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-parts-test-'))
  const parts = new PartWriter(folder)
  parts.add('ann', JSON.stringify(order))
  parts.close()
})
afterEach(() => rmSync(folder, { recursive: true }))

const decide = (interrupted = new AbortController().signal, onPart: (done: number) => void = () => {}) =>
  decideFiles({
    folder,
    order: { documents: [program], assumption: 'as-asked', until, now: until },
    workers: 2,
    interrupted,
    onPart,
  })

const membersIn = (results: Awaited<ReturnType<typeof decide>>): number =>
  results.reduce((sum, { backtested }) => sum + (backtested[0]?.totals.members ?? 0), 0)

test('every part once, and what is done is not done again', async () => {
  expect(membersIn(await decide())).toBe(1)
  for (let part = 0; part < PARTS; part++) writeFileSync(partFile(part), 'no JSON: nobody may read it any more')
  const reached: number[] = []
  expect(membersIn(await decide(undefined, (done) => reached.push(done)))).toBe(1)
  expect(reached).toEqual([PARTS])
})

test('a worker that dies is followed by another; one that dies twice over the same part ends it, and says so', async () => {
  rmSync(partFile(7), { force: true })
  // No file that anybody could read.
  mkdirSync(partFile(7))
  await expect(decide()).rejects.toThrow('died twice over the same members')
  // What the others had done by then is kept, and whole.
  for (const name of readdirSync(folder).filter((file) => file.startsWith('result-'))) {
    expect(name).not.toBe('result-7.json')
    expect(() => JSON.parse(readFileSync(path.join(folder, name), 'utf8'))).not.toThrow()
  }
  rmSync(partFile(7), { recursive: true })
  writeFileSync(partFile(7), '')
  expect(membersIn(await decide())).toBe(1)
})

test('asked to stop, it goes no further', async () => {
  const asked = new AbortController()
  await expect(decide(asked.signal, (done) => (done >= 3 ? asked.abort() : undefined))).rejects.toThrow('asked to stop')
  expect(readdirSync(folder).filter((name) => name.startsWith('result-')).length).toBeLessThan(PARTS)
})

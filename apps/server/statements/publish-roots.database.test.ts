import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'
import { closeDays } from '../decisions/close-days.ts'
import { LinesFile } from '../files/lines-file.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { openTestServer, orderPaid } from '../server.fixture.ts'
import { statementJobs } from './jobs.ts'
import { publishRoots } from './publish-roots.ts'
import { verifyLedger } from './verify-ledger.ts'

const folder = makeTemporaryFolder('roots')
afterAll(() => folder.remove())
const file = path.join(folder.path, 'outside', 'roots.ndjson')
const lines = () => readFileSync(file, 'utf8').trimEnd().split('\n')
const published = () => lines().map((line) => JSON.parse(line))

const server = await openTestServer()
await server.publish()
const { call, context } = server
const dayMs = 86_400_000

/** Another process each time: nothing is remembered between two. */
const publish = () => publishRoots(context, new LinesFile(file))

await call('POST', '/v1/events', orderPaid('r1', 'maren', 5000))
server.clock.now += dayMs
await call('POST', '/v1/events', orderPaid('r2', 'noor', 3000, { occurredAt: '2026-03-15T10:00:00Z' }))
server.clock.now += 2 * dayMs
await closeDays(context)

test('LED-7 each closed day is added to the file once, in canonical text', async () => {
  expect(await publish()).toBe(3)
  expect(await publish()).toBe(0)
  const { body } = await call('GET', '/v1/ledger/roots')
  expect(published()).toEqual(
    body.roots.toReversed().map(({ day, root, members }: { day: string; root: string; members: number }) => ({
      cutAt: Date.parse(day) + dayMs,
      day,
      members,
      program: 'club',
      root,
    })),
  )
  expect(lines()[0]).toMatch(/^\{"cutAt":1773532800000,"day":"2026-03-14","members":1,"program":"club","root":"/)
})

test('LED-7 a crash in the middle of a line loses no day and writes none twice', async () => {
  const whole = readFileSync(file, 'utf8')
  const start = whole.lastIndexOf('\n', whole.length - 2) + 1
  for (let end = start; end < whole.length - 1; end += 7) {
    writeFileSync(file, whole.slice(0, end))
    expect(await publish()).toBe(1)
    expect(readFileSync(file, 'utf8')).toBe(whole)
  }
  // After the line, before its end: it is there already.
  writeFileSync(file, whole.slice(0, -1))
  expect(await publish()).toBe(0)
})

test('LED-7 two servers with one file add each day once', async () => {
  server.clock.now += dayMs
  await closeDays(context)
  const one = new LinesFile(file)
  const added = await Promise.all([publishRoots(context, one), publishRoots(context, one)])
  expect(added.toSorted()).toEqual([0, 1])
  expect(new Set(lines()).size).toBe(4)
})

test('LED-7 what was published is compared with the chains, and the day that disagrees is named', async () => {
  expect(await verifyLedger(context, 'club', published())).toMatchObject({ clean: true })
  const [first, ...others] = published()
  const forged = [{ ...first, root: 'ab'.repeat(32) }, ...others]
  expect((await verifyLedger(context, 'club', forged)).disagreements).toMatchObject([
    { code: 'root', entry: 'published root 2026-03-14' },
  ])
})

test('LED-7 a root that is another one now is an error, and the file stays as it was', async () => {
  const before = readFileSync(file, 'utf8')
  await context.database.migrator.query(
    `UPDATE program_root SET root = decode(repeat('ab', 32), 'hex') WHERE day = '2026-03-15'`,
  )
  expect(await publish()).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(before)
  expect(server.log.join('')).toContain('a root is not the one that was published')
})

test('LED-7 the feed brings each root once, between the decisions of before and after', async () => {
  const { body: all } = await call('GET', '/v1/decisions?limit=1000')
  expect(all.roots.map(({ day }: { day: string }) => day)).toEqual(published().map(({ day }) => day))
  expect(all.decisions).toHaveLength(2)
  const one: { position: string }[] = []
  for (let after = '0', more = true; more; ) {
    const { body } = await call('GET', `/v1/decisions?limit=1&after=${after}`)
    one.push(...body.decisions, ...body.roots)
    more = body.next !== after
    after = body.next
  }
  const positions = [...all.decisions, ...all.roots].map(({ position }) => Number(position))
  expect(one.map(({ position }) => Number(position))).toEqual(positions.toSorted((a, b) => a - b))
})

test('LED-7 a job does it, where a file is named', async () => {
  expect(statementJobs(context, undefined)).toEqual([])
  const elsewhere = path.join(folder.path, 'elsewhere.ndjson')
  const jobs = await startJobs(context, statementJobs(context, elsewhere))
  await context.database.migrator.query("SELECT laurel_jobs.add_job('publish-roots')")
  await expect.poll(() => new LinesFile(elsewhere).read(), { timeout: 15_000 }).toHaveLength(4)
  await jobs.close()
})

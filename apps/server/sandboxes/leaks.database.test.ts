import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { Backtester } from '../backtests/backtester.ts'
import { takeBacktest } from '../backtests/queries.ts'
import { Corrector } from '../corrections/corrector.ts'
import { takeCorrection } from '../corrections/queries.ts'
import { rowOf } from '../db/transaction.ts'
import { closeDays } from '../decisions/close-days.ts'
import { openRecording } from '../decisions/recording.fixture.ts'
import { LinesFile } from '../files/lines-file.ts'
import { Reckoner } from '../insights/reckoner.ts'
import { Sender } from '../offers/sender.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { everyJob } from '../server.ts'
import { publishRoots } from '../statements/publish-roots.ts'
import { Advancer } from './advancer.ts'
import { atStops } from './fire-due.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

// G13: two programs with the same rules, the same members, the same names of events, in one database: one of them is a sandbox.
const server = await openTestServer()
const { call, context, clock } = server
await server.publish(clubDocument)

await call('POST', '/v1/sandboxes', { id: 'trial' })
const issued = (await call('POST', '/v1/sandboxes/trial/key')).body
const bearer = { authorization: `Bearer ${issued.key}` }
const inside: typeof call = (method, url, body, headers) => call(method, url, body, { ...bearer, ...headers })
const everywhere = [call, inside]
for (const send of everywhere) {
  const born = { name: 'Lea', email: 'lea@club.example', birthday: '09-01' }
  await send('POST', '/v1/members', { id: 'lea', profile: born })
  await send('POST', '/v1/members', { id: 'max', profile: { name: 'Max' } })
  await send('POST', '/v1/events', [orderPaid('one', 'lea', 12_000), orderPaid('two', 'max', 3_000)])
  await send('POST', '/v1/redemptions', { id: 'red', member: 'lea', reward: 'five-off' })
}

const folder = mkdtempSync(join(tmpdir(), 'laurel-roots-'))
const rootsFile = join(folder, 'roots.ndjson')
const sender = new Sender(context)
const backtester = new Backtester(context)
const advancer = new Advancer(context, async () => undefined)
const corrector = new Corrector(context)
const reckoner = new Reckoner(context)
const workers = [sender, backtester, advancer, corrector]
const jobs = everyJob(context, { sender, backtester, advancer, corrector, reckoner, erasedFile: null, rootsFile })
afterAll(async () => {
  for (const each of workers) await each.close()
  rmSync(folder, { recursive: true })
})

/** Every row of a program, whatever the table. */
async function rowsIn(program: string): Promise<Record<string, unknown[]>> {
  const { migrator } = context.database
  const { rows: tables } = await migrator.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'program' ORDER BY 1`,
  )
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables) {
    const { rows } = await migrator.query(
      `SELECT to_jsonb(t) AS row FROM ${name} t WHERE program = $1 ORDER BY to_jsonb(t)::text`,
      [program],
    )
    found[name] = rows.map(({ row }) => row)
  }
  return found
}

const advance = (body: object, key: string) => inside('POST', '/v1/sandbox/advances', body, { 'idempotency-key': key })

const authorization = `Bearer ${await server.keyFor('club')}`
const figures = async (): Promise<string[]> => {
  const { body } = await server.inject({ method: 'GET', url: '/metrics', headers: { authorization } })
  return body.split('\n').filter((line) => /^laurel_(events|outbox)/.test(line))
}

describe('SBX-2 G13 nothing leaks', () => {
  test('out of a sandbox: a year in it changes no row of the live program, and no figure', async () => {
    const [before, counted] = [await rowsIn('club'), await figures()]
    expect(Object.values(before).flat().length).toBeGreaterThan(20)
    expect(counted).toContain('laurel_events_total{status="recorded"} 2')
    const trial = await rowsIn('trial')
    expect((await advance({ days: 366 }, 'a-year')).body).toMatchObject({ status: 'done' })
    await inside('POST', '/v1/events', orderPaid('three', 'lea', 500, { occurredAt: '2027-03-15T11:00:00Z' }))
    expect(await rowsIn('trial')).not.toEqual(trial)
    expect(await figures()).toEqual(counted)
    expect(await rowsIn('club')).toEqual(before)
    expect((await call('GET', '/v1/members/lea')).body.balances).toMatchObject([{ active: 70, held: 50 }])
    expect((await inside('GET', '/v1/members/lea')).body.balances).toMatchObject([{ active: 5, held: 0 }])
  })

  test('into a sandbox: five years of live jobs change no row of it', async () => {
    const before = await rowsIn('trial')
    const live = await rowsIn('club')
    clock.now += 5 * 365 * 86_400_000
    for (const { run } of jobs) await run()
    for (const each of workers) await each.settled()
    clock.now -= 5 * 365 * 86_400_000
    expect(await rowsIn('trial')).toEqual(before)
    expect(await rowsIn('club')).not.toEqual(live)
  })

  test('of roots: a sandbox closes no day, and stands in no file', async () => {
    clock.now += 3 * 86_400_000
    await closeDays(context)
    clock.now -= 3 * 86_400_000
    await publishRoots(context, new LinesFile(rootsFile))
    const lines = readFileSync(rootsFile, 'utf8')
    expect(lines).toContain('"club"')
    expect(lines).not.toContain('trial')
    expect((await rowsIn('trial'))['program_root']).toEqual([])
    expect(await context.timelines.ids()).toEqual(['club'])
  })

  test('of keys: a sandbox’s opens the sandbox alone, another one ends it, and a live one does not open it', async () => {
    await call('POST', '/v1/members', { id: 'only-live' })
    await inside('POST', '/v1/members', { id: 'only-inside' })
    expect((await inside('GET', '/v1/members/only-live')).status).toBe(404)
    expect((await call('GET', '/v1/members/only-inside')).status).toBe(404)
    expect((await inside('GET', '/v1/programs')).body.versions).toMatchObject([{ program: 'trial' }])
    const again = (await call('POST', '/v1/sandboxes/trial/key')).body
    expect((await inside('GET', '/v1/sandbox')).status).toBe(401)
    bearer.authorization = `Bearer ${again.key}`
    expect((await inside('GET', '/v1/sandbox')).body).toMatchObject({ id: 'trial', of: 'club' })
    // The key of a live program is listed there, and nobody else’s.
    expect(JSON.stringify((await call('GET', '/v1/keys?ended=true')).body)).not.toContain(again.id)
  })
})

test('SBX-3 a sandbox does at its stops what the jobs do that say so, all of it and nothing else', () => {
  const named = jobs.flatMap(({ name, inSandboxes }) => (inSandboxes === 'at-stops' ? [name] : []))
  expect(Object.keys(atStops).sort()).toEqual(named.sort())
})

describe('SBX-1 one clock for all servers', () => {
  test('what one server advances, another judges by with its next event', async () => {
    const other = openRecording(context.database).context
    const send = (id: string, occurredAt: string) =>
      other.recorder.record({
        program: 'trial',
        member: 'max',
        event: {
          type: 'points.adjusted',
          source: 'desk',
          id,
          occurredAt,
          asset: 'points',
          amount: 1,
          actor: 'x',
          reason: 'y',
        },
      })
    const at = '2027-04-14T11:00:00.000Z'
    expect(await send('early', at)).toMatchObject({ status: 'rejected', code: 'from-the-future' })
    await advance({ to: at }, 'a-month')
    expect(await send('in-time', at)).toMatchObject({ status: 'recorded' })
    expect(other.now('trial')).toBe(Date.parse(at))
    await other.recorder.close()
  })

  test('what a server goes on with that has read the clock of no sandbox yet ends by that clock', async () => {
    const { id } = (await inside('POST', '/v1/backtests', { drafts: [] }, { 'idempotency-key': 'early' })).body
    const { clock: at } = (await inside('GET', '/v1/sandbox')).body
    const other = openRecording(context.database).context
    const backtester = new Backtester(other)
    await backtester.open()
    await backtester.settled()
    await backtester.close()
    expect((await inside('GET', `/v1/backtests/${id}`)).body).toMatchObject({
      status: 'done',
      startedAt: at,
      endedAt: at,
    })
    await other.recorder.close()
  })

  const { application } = context.database
  test.each([
    [
      'backtests',
      { drafts: [] },
      (at: string, until: string) => rowOf(application, takeBacktest('somebody', at, until)),
    ],
    [
      'corrections',
      { version: 1, from: '2019-12-01', reason: 'again' },
      (at: string, until: string) => rowOf(application, takeCorrection('somebody', at, until)),
    ],
  ])('of %s the one that was asked for first has its turn, whatever a sandbox shows', async (what, body, take) => {
    const startsAt = '2020-01-01T00:00:00Z'
    await call('POST', '/v1/sandboxes', { id: `past-${what}`, startsAt })
    const { key } = (await call('POST', `/v1/sandboxes/past-${what}/key`)).body
    const started = await call('POST', `/v1/${what}`, body, { 'idempotency-key': what })
    clock.now += 1_000
    const headers = { 'idempotency-key': what, authorization: `Bearer ${key}` }
    const later = await call('POST', `/v1/${what}`, body, headers)
    expect(later.body).toMatchObject({ startedAt: '2020-01-01T00:00:00.000Z' })
    const [at = '', until = ''] = [0, 60_000].map((ms) => new Date(clock.now + ms).toISOString())
    const taken = [await take(at, until), await take(at, until)].map((row) => row?.id)
    expect(taken).toEqual([started.body.id, later.body.id])
  })
})

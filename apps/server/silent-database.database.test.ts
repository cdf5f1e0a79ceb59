import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '@laurel/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKey } from './access/create-key.ts'
import { clientOf, clubDocument, orderPaid } from './server.fixture.ts'
import { openServer, type Server } from './server.ts'
import { readSettings } from './settings.ts'

const dataFolder = join(tmpdir(), `laurel-silent-${randomUUID()}`)
let server: Server
let key: string
let stopped: readonly number[] = []

beforeAll(async () => {
  server = await openServer(readSettings({}, { port: '0', dataFolder, logLevel: 'silent' }), {
    databaseSettings: { fsync: 'off', shared_buffers: '32MB' },
    databaseSilenceMs: 500,
  })
  const client = await clientOf(server)
  await client.call('publishProgram', { body: clubDocument })
  key = (await createKey(server.context, 'test', { program: 'club', name: 'till', scopes, expiresAt: null })).key
  return async () => {
    goOn()
    await server.close()
  }
})
afterAll(() => rm(dataFolder, { recursive: true, force: true }))

/** PostgreSQL with all its processes: connections stay open, and nothing answers. */
function stop() {
  const postmaster = server.context.database.embedded?.pid()
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = [...list.matchAll(/^\s*(\d+)\s+(\d+)$/gm)].map(
    ([, pid, parent]) => [Number(pid), Number(parent)] as const,
  )
  stopped = pairs.flatMap(([pid, parent]) => (pid === postmaster || parent === postmaster ? [pid] : []))
  for (const pid of stopped) process.kill(pid, 'SIGSTOP')
}

function goOn() {
  for (const pid of stopped) process.kill(pid, 'SIGCONT')
  stopped = []
}

const ask = (path: string, body?: object) =>
  fetch(`${server.url}${path}`, {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

test('EVT-1 a database that goes silent, even in the middle of a commit, is told with 503, and the repeat counts once', {
  timeout: 60_000,
}, async () => {
  const { context } = server
  const { migrator } = context.database
  const occurredAt = new Date(context.now('club') - 3_600_000).toISOString()
  const paid = (id: string, member: string) => ({ ...orderPaid(id, member, 4200), occurredAt })
  expect((await ask('/v1/events', paid('e0', 'ada'))).status).toBe(200)
  // What is committed waits at its very end for a lock that we hold.
  await migrator.query(`CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NULL; END'`)
  await migrator.query(`CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON decision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait()`)
  const holder = await migrator.connect()
  await holder.query('SELECT pg_advisory_lock(4711)')
  const cut = ask('/v1/events', paid('e1', 'ada'))
  const waiting = async () =>
    (await holder.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)).rowCount
  await expect.poll(waiting).toBe(1)

  stop()
  const answers = await Promise.all([cut, ask('/v1/events', paid('e2', 'bea')), ask('/v1/members/ada')])
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ code: 'database-unavailable' })
  }
  expect((await ask('/healthz')).status).toBe(200)
  const before = performance.now()
  expect((await ask('/readyz')).status).toBe(503)
  expect(performance.now() - before).toBeLessThan(4_000)

  goOn()
  await holder.query('SELECT pg_advisory_unlock(4711)')
  holder.release()
  await expect.poll(async () => (await ask('/readyz')).status, { timeout: 10_000 }).toBe(200)
  // The commit had been sent: the database has gone on with it.
  expect(await (await ask('/v1/events', paid('e1', 'ada'))).json()).toMatchObject({ status: 'repeated' })
  expect((await ask('/v1/events', paid('e2', 'bea'))).status).toBe(200)
  for (const [member, active] of [
    ['ada', 84],
    ['bea', 42],
  ]) {
    expect(await (await ask(`/v1/members/${member}`)).json()).toMatchObject({ balances: [{ active }] })
  }
  const client = await clientOf(server)
  expect((await client.call('verifyLedger', {})).clean).toBe(true)
})

test('a statement that is long is no silence', async () => {
  const { rows } = await server.context.database.application.query('SELECT pg_sleep(1.8), 1 AS one')
  expect(rows).toMatchObject([{ one: 1 }])
})

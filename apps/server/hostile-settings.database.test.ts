import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, expect, inject, test } from 'vitest'
import { connectionsNeeded } from './db/connections.ts'
import { clientOf, clubDocument, orderPaid } from './server.fixture.ts'
import { openServer } from './server.ts'
import { readSettings } from './settings.ts'

const name = `hostile_${randomUUID().slice(0, 8)}`
const url = new URL(inject('templateUrl'))
let admin: pg.Client
let dataFolder: string

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'hostile-'))
  url.pathname = '/postgres'
  admin = new pg.Client({ connectionString: url.toString() })
  await admin.connect()
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`)
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}`)
  Object.assign(url, { pathname: `/${name}`, username: name, password: 'secret' })
  return async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.query(`DROP ROLE ${name}`)
    await admin.end()
    await rm(dataFolder, { recursive: true })
  }
})

const logged: string[] = []
const open = () =>
  openServer(readSettings({}, { port: '0', dataFolder, databaseUrl: url.toString(), logLevel: 'warn' }), {
    logStream: { write: (line) => logged.push(line) },
  })

const tables = async () => {
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'")
  await client.end()
  return rows
}

test.each([
  [`ALTER ROLE ${name} CONNECTION LIMIT 5`, `ALTER ROLE ${name} CONNECTION LIMIT`],
  [`ALTER DATABASE ${name} CONNECTION LIMIT 5`, `ALTER DATABASE ${name} CONNECTION LIMIT`],
])('%s is too few: how many it takes is said before a table is made', async (set, remedy) => {
  await admin.query(set)
  await expect(open()).rejects.toMatchObject({
    code: 'database-connections',
    message: expect.stringContaining(`${remedy} ${connectionsNeeded};`),
  })
  expect(await tables()).toEqual([])
  await admin.query(set.replace('5', '-1'))
})

test.each([
  [`ALTER ROLE ${name} SET`, `ALTER ROLE ${name} RESET`],
  [`ALTER DATABASE ${name} SET`, `ALTER DATABASE ${name} RESET`],
])('%s default_transaction_read_only is said, with what to do', async (set, reset) => {
  await admin.query(`${set} default_transaction_read_only = on`)
  await expect(open()).rejects.toMatchObject({
    code: 'database-read-only',
    message: expect.stringContaining(`${set} default_transaction_read_only = off;`),
  })
  await admin.query(`${reset} default_transaction_read_only`)
  expect(await tables()).toEqual([])
})

test('LED-6 no setting of a role or a database changes what is read and written, though two servers begin at once', {
  timeout: 30_000,
}, async () => {
  for (const [setting, value] of Object.entries({
    bytea_output: 'escape',
    datestyle: 'SQL, DMY',
    timezone: 'Asia/Kolkata',
    intervalstyle: 'sql_standard',
    extra_float_digits: '-10',
    array_nulls: 'off',
    standard_conforming_strings: 'off',
    default_transaction_isolation: 'serializable',
    statement_timeout: '20ms',
    lock_timeout: '1ms',
    idle_in_transaction_session_timeout: '1ms',
  })) {
    await admin.query(`ALTER ROLE ${name} SET ${setting} = '${value}'`)
  }
  await writeFile(join(dataFolder, 'codes.secret'), `${randomBytes(32).toString('base64url')}\n`)
  const [first, second] = await Promise.all([open(), open()])
  const { application, migrator } = first.context.database
  for (const pool of [application, migrator]) {
    expect((await pool.query('SHOW transaction_isolation')).rows).toEqual([{ transaction_isolation: 'read committed' }])
  }
  const client = await clientOf(first)
  await client.call('publishProgram', { body: clubDocument })
  const occurredAt = new Date(first.context.now('club') - 3_600_000).toISOString()
  const events = Array.from({ length: 20 }, (_, index) => ({
    ...orderPaid(`e${index}`, `m${index % 7}`, 4200),
    type: 'order.paid' as const,
    occurredAt,
  }))
  const record = async (from: typeof client) =>
    ((await from.call('recordEvents', { body: events })) as readonly { status: string }[]).map(({ status }) => status)
  expect(await record(client)).toEqual(events.map(() => 'recorded'))
  // The other one reads what was written.
  const other = await clientOf(second)
  expect(await record(other)).toEqual(events.map(() => 'repeated'))
  const more = { ...orderPaid('more', 'm0', 4200), type: 'order.paid' as const, occurredAt }
  expect(await other.call('recordEvents', { body: more })).toMatchObject({ status: 'recorded' })
  expect(await client.call('readMember', { path: { member: 'm0' } })).toMatchObject({ balances: [{ active: 168 }] })
  expect((await client.call('verifyLedger', {})).clean).toBe(true)
  await Promise.all([first.close(), second.close()])
  expect(logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { silentLog } from '../../../test/database/template.ts'
import { makePool, openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'
import { countOf, rowOf, rowsOf, sql, transaction } from './transaction.ts'

const database = await freshDatabase()
await database.migrator.query(`
  CREATE TABLE account (id integer PRIMARY KEY, points bigint NOT NULL CHECK (points >= 0));
  CREATE TABLE entry (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO account VALUES (1, 100), (2, 100);
  GRANT SELECT, INSERT, UPDATE ON account, entry TO laurel_app;`)

const pointsOf = sql<{ points: number }>('points-of', 'SELECT points FROM account WHERE id = $1')
const add = sql('add-points', 'UPDATE account SET points = points + $2 WHERE id = $1')

describe('values', () => {
  test('keep what JavaScript would lose', async () => {
    const everything = sql(
      'everything',
      `SELECT 9007199254740991::bigint AS big, 1.50::numeric AS money, '2024-02-29'::date AS day,
              '2025-01-02 03:04:05.6789+02'::timestamptz AS at, '{1,NULL}'::bigint[] AS bigs,
              '{"2025-01-02 03:04:05+00"}'::timestamptz[] AS ats, '{1.10}'::numeric[] AS moneys, '{"a":1}'::jsonb AS json`,
    )
    expect(await rowOf(database.application, everything())).toEqual({
      big: 9007199254740991,
      money: '1.50',
      day: '2024-02-29',
      at: '2025-01-02T01:04:05.678Z',
      bigs: [1, null],
      ats: ['2025-01-02T03:04:05.000Z'],
      moneys: ['1.10'],
      json: { a: 1 },
    })
  })

  test('that do not fit are an error, and the connection serves on', async () => {
    const tooBig = sql('too-big', 'SELECT 9007199254740993::bigint')
    await expect(rowsOf(database.application, tooBig())).rejects.toThrow(RangeError)
    const infinite = sql('infinite', "SELECT 'infinity'::timestamptz")
    await expect(rowsOf(database.application, infinite())).rejects.toThrow(RangeError)
    await expect(rowOf(database.application, pointsOf(1))).resolves.toEqual({ points: 100 })
  })
})

describe('roles', () => {
  test('requests are served with the least privilege', async () => {
    expect(database.roles).toBe('separate')
    const role = sql<{ role: string }>('role', 'SELECT current_user AS role')
    expect(await rowOf(database.application, role())).toEqual({ role: 'laurel_app' })
    await expect(countOf(database.application, sql('wipe', 'DELETE FROM account')())).rejects.toMatchObject({
      code: '42501',
    })
    await expect(database.application.query('CREATE TABLE t ()')).rejects.toMatchObject({ code: '42501' })
  })

  test('one role does everything where the server lets us make no other, and health says so', async () => {
    const owner = `owner_${randomUUID().slice(0, 8)}`
    const url = new URL(inject('templateUrl'))
    url.pathname = '/postgres'
    const admin = new pg.Client({ connectionString: url.toString() })
    await admin.connect()
    await admin.query(`CREATE ROLE ${owner} LOGIN PASSWORD 'secret'`)
    await admin.query(`CREATE DATABASE ${owner} OWNER ${owner}`)
    const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
    await writeFile(join(folder, '0001-notes.sql'), 'CREATE TABLE note (); GRANT SELECT ON note TO laurel_app;')
    onTestFinished(async () => {
      await rm(folder, { recursive: true })
      await admin.query(`DROP DATABASE ${owner} WITH (FORCE)`)
      await admin.query(`DROP ROLE ${owner}`)
      await admin.end()
    })
    url.pathname = `/${owner}`
    url.username = owner
    url.password = 'secret'
    const single = await openDatabase({ url: url.toString(), folder: '', log: silentLog })
    try {
      expect(single.roles).toBe('single')
      expect(single.warnings.join(' ')).toContain('CREATEROLE')
      expect(await migrate(single, { folder })).toMatchObject({ version: 1 })
    } finally {
      await single.close()
    }

    // The right comes later: what was migrated for one role stays with one.
    await admin.query(`ALTER ROLE ${owner} CREATEROLE`)
    await admin.query(`GRANT laurel_app TO ${owner}`)
    const still = await openDatabase({ url: url.toString(), folder: '', log: silentLog })
    await still.close()
    expect(still.roles).toBe('single')
  })
})

describe('a schema in which', () => {
  const guest = `guest_${randomUUID().slice(0, 8)}`
  const url = new URL(inject('templateUrl'))
  const opened = () => openDatabase({ url: url.toString(), folder: '', log: silentLog })
  let admin: pg.Client
  beforeAll(async () => {
    url.pathname = '/postgres'
    const server = new pg.Client({ connectionString: url.toString() })
    await server.connect()
    await server.query(`CREATE ROLE ${guest} LOGIN PASSWORD 'secret'`)
    await server.query(`CREATE DATABASE ${guest}`)
    url.pathname = `/${guest}`
    admin = new pg.Client({ connectionString: url.toString() })
    await admin.connect()
    url.username = guest
    url.password = 'secret'
    return async () => {
      await admin.end()
      await server.query(`DROP DATABASE ${guest} WITH (FORCE)`)
      await server.query(`DROP ROLE ${guest}`)
      await server.end()
    }
  })

  /** Refused without the grant, which is named; with it, opened. */
  const openedByGrant = async (grant: string) => {
    await expect(opened()).rejects.toMatchObject({ code: 'database-schema', message: expect.stringContaining(grant) })
    await admin.query(grant)
    const granted = await opened()
    onTestFinished(() => granted.close())
    return granted
  }

  test('the user may not create ends the opening, with the grants that are missing; given them, it opens and migrates', async () => {
    const grant = `GRANT USAGE, CREATE ON SCHEMA public TO ${guest};`
    await expect(opened()).rejects.toMatchObject({ code: 'database-schema', message: expect.stringContaining(grant) })
    await admin.query(grant)
    const granted = await openedByGrant(`GRANT CREATE ON DATABASE ${guest} TO ${guest};`)
    expect(await migrate(granted)).toMatchObject({ applied: expect.arrayContaining([expect.any(String)]) })
    expect(granted.roles).toBe('single')
  })

  test('nothing can be created, as none is there, ends the opening and says what to set', async () => {
    await admin.query(`ALTER DATABASE ${guest} SET search_path = 'nowhere'`)
    await expect(opened()).rejects.toMatchObject({
      code: 'database-schema',
      message: expect.stringContaining(`(nowhere) names no schema that ${guest} may use`),
    })
    await admin.query(`ALTER ROLE ${guest} SET search_path = public`)
    await (await opened()).close()
  })

  test('the role that serves requests may do nothing ends the opening, with the grant that is missing', async () => {
    await admin.query(`DROP SCHEMA sign_in, member_sign_in CASCADE; CREATE SCHEMA own AUTHORIZATION ${guest}`)
    await admin.query(`ALTER ROLE ${guest} SET search_path = own`)
    await admin.query(`GRANT laurel_app TO ${guest}`)
    const granted = await openedByGrant('GRANT USAGE ON SCHEMA own TO laurel_app;')
    expect(granted.roles).toBe('separate')
    await migrate(granted)
    const seen = sql<{ there: boolean }>('seen', `SELECT to_regclass('laurel_migration') IS NOT NULL AS there`)
    expect(await rowOf(granted.application, seen())).toEqual({ there: true })
  })
})

describe('transaction', () => {
  test('commits what returns and rolls back what throws', async () => {
    await transaction(database.application, (tx) => countOf(tx, add(1, 5)))
    const failed = transaction(database.application, async (tx) => {
      await countOf(tx, add(1, 1000))
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await rowOf(database.application, pointsOf(1))).toEqual({ points: 105 })
  })

  test('does not take a swallowed error for success', async () => {
    const swallowed = transaction(database.application, async (tx) => {
      await countOf(tx, add(1, -1000)).catch(() => undefined)
    })
    await expect(swallowed).rejects.toThrow('was not passed on')
  })

  test('passes on what only COMMIT finds out', async () => {
    const insert = sql('insert-entry', 'INSERT INTO entry VALUES (1)')
    const twice = transaction(database.application, async (tx) => {
      await countOf(tx, insert())
      await countOf(tx, insert())
    })
    await expect(twice).rejects.toMatchObject({ code: '23505' })
  })

  test('is done again after a deadlock', async () => {
    const before = await rowOf(database.application, pointsOf(2))
    const { promise: bothHoldOne, resolve: holdOne } = countdown(2)
    const firstIsDone = Promise.withResolvers<void>()
    let attempts = 0
    const move = async (from: number, to: number) => {
      let own = 0
      await transaction(database.application, async (tx) => {
        attempts += 1
        own += 1
        // Who is sent back lets the other pass: overtaking it, the two would meet as before.
        if (own > 1) await firstIsDone.promise
        await countOf(tx, add(from, -1))
        holdOne()
        await bothHoldOne
        await countOf(tx, add(to, 1))
      })
      firstIsDone.resolve()
    }
    await Promise.all([move(1, 2), move(2, 1)])
    expect(attempts).toBe(3)
    expect(await rowOf(database.application, pointsOf(2))).toEqual(before)
  })

  test('cut off in the middle is database-unavailable, and the next one is served', async () => {
    const cut = transaction(database.application, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await database.migrator.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await countOf(tx, add(1, 1))
    })
    await expect(cut).rejects.toMatchObject({ code: 'database-unavailable', outcomeUnknown: false })
    await expect(rowOf(database.application, pointsOf(1))).resolves.toBeDefined()
  })

  test('without a server is database-unavailable', async () => {
    const nowhere = makePool(silentLog, { host: '/nowhere', port: 1 })
    await expect(transaction(nowhere, async () => undefined)).rejects.toMatchObject({ code: 'database-unavailable' })
    await nowhere.end()
  })
})

function countdown(from: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = from
  return {
    promise,
    resolve: () => {
      left -= 1
      if (left === 0) resolve()
    },
  }
}

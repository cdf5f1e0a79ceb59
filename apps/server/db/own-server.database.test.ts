import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { silentLog } from '../../../test/database/template.ts'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'
import { rowOf, sql } from './transaction.ts'

const name = `guest_${randomUUID().slice(0, 8)}`
const right = new URL(inject('templateUrl'))
let admin: pg.Client
beforeAll(async () => {
  right.pathname = '/postgres'
  admin = new pg.Client({ connectionString: right.toString() })
  await admin.connect()
  await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`)
  await admin.query(`CREATE DATABASE ${name} OWNER ${name}`)
  right.pathname = `/${name}`
  right.username = name
  right.password = 'secret'
  return async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.query(`DROP ROLE ${name}`)
    await admin.end()
  }
})

const opened = (change: (url: URL) => void = () => undefined) => {
  const url = new URL(right)
  change(url)
  return openDatabase({ url: url.toString(), folder: '', log: silentLog })
}

describe('a server that does not let Laurel in is database-unavailable, in its own words', () => {
  test.each<[string, (url: URL) => void, RegExp]>([
    ['the password is wrong', (url) => Object.assign(url, { password: 'wrong' }), /password authentication failed/],
    ['there is no password', (url) => Object.assign(url, { password: '' }), /password/],
    ['the user is unknown', (url) => Object.assign(url, { username: 'nobody_knows' }), /nobody_knows/],
    ['the database is not there', (url) => Object.assign(url, { pathname: '/nowhere' }), /"nowhere" does not exist/],
    ['it speaks no TLS', (url) => url.searchParams.set('sslmode', 'require'), /SSL/],
  ])('%s', async (_what, change, message) => {
    const refused = expect.objectContaining({ code: 'database-unavailable', message: expect.stringMatching(message) })
    await expect(opened(change)).rejects.toEqual(refused)
  })

  test('a user who may not sign in, or not connect', async () => {
    for (const [take, give] of [
      [`ALTER ROLE ${name} NOLOGIN`, `ALTER ROLE ${name} LOGIN`],
      [`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`],
    ] as const) {
      await admin.query(take)
      await expect(opened()).rejects.toMatchObject({ code: 'database-unavailable' })
      await admin.query(give)
    }
    await (await opened()).close()
  })

  test('a password that is changed while it serves', async () => {
    const database = await opened()
    onTestFinished(async () => {
      await database.close()
      await admin.query(`ALTER ROLE ${name} PASSWORD 'secret'`)
    })
    await admin.query(`ALTER ROLE ${name} PASSWORD 'another'`)
    const one = sql<{ one: number }>('one', 'SELECT 1 AS one')
    await expect(rowOf(database.application, one())).rejects.toMatchObject({ code: 'database-unavailable' })
  })
})

test('what is acknowledged is on the disk, however the server is set; where standbys wait for it, they still do', async () => {
  const commits = sql<{ value: string }>('commits', `SELECT current_setting('synchronous_commit') AS value`)
  for (const [set, used] of [
    ['off', 'on'],
    ['remote_apply', 'remote_apply'],
  ]) {
    await admin.query(`ALTER ROLE ${name} SET synchronous_commit = ${set}`)
    const database = await opened()
    await migrate(database)
    expect(await rowOf(database.application, commits())).toEqual({ value: used })
    expect(await rowOf(database.migrator, commits())).toEqual({ value: used })
    await database.close()
  }
})

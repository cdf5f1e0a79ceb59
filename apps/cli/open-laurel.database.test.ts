import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { programIn, type Way, withServer } from './open-laurel.ts'

// A database of one's own that was mistyped is somebody else's.
const name = `mistyped_${randomUUID().replaceAll('-', '')}`
const url = new URL(inject('templateUrl'))
let found: pg.Client

beforeAll(async () => {
  const template = new pg.Client({ connectionString: new URL('/postgres', url).toString() })
  await template.connect()
  await template.query(`CREATE DATABASE ${name} TEMPLATE template0`)
  url.pathname = `/${name}`
  found = new pg.Client({ connectionString: url.toString() })
  await found.connect()
  return async () => {
    await found.end()
    await template.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await template.end()
  }
})

const opening = (way: Way, databaseUrl = url.toString()) =>
  withServer({ databaseUrl, data: tmpdir() }, (server) => programIn(server), way)

const made = async () =>
  (
    await found.query<{ made: string }>(
      `SELECT relname AS made FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace
       WHERE nspname !~ '^(pg_|information_schema)'`,
    )
  ).rows

describe('a database that holds no Laurel', () => {
  test.each<[string, Way]>([
    ['only reads', { onlyReads: true }],
    ['goes on with one', {}],
  ])('is said so with 3 by a command that %s, and nothing is made in it', async (_what, way) => {
    await expect(opening(way)).rejects.toMatchObject({
      ...{ exit: 3, message: `there is no Laurel in the database ${name}` },
      remedy: expect.stringContaining('laurel publish'),
    })
    expect(await made()).toEqual([])
  })
})

describe('an older Laurel’s', { timeout: 30_000 }, () => {
  test('is not brought up to date by a command that only reads', async () => {
    // Begun, and nothing published.
    await expect(opening({ folder: 'new' })).rejects.toMatchObject({ exit: 2 })
    await expect(opening({ onlyReads: true })).rejects.toMatchObject({ exit: 2 })
    await found.query('DELETE FROM laurel_migration WHERE number = (SELECT max(number) FROM laurel_migration)')
    const before = await made()
    await expect(opening({ onlyReads: true })).rejects.toMatchObject({
      ...{ exit: 3, message: expect.stringContaining('start this Laurel on it once') },
    })
    expect(await made()).toEqual(before)
  })
})

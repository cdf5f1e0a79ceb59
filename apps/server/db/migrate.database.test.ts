import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { migrate, requireMigrated } from './migrate.ts'

const database = await freshDatabase()
let root: string
let folder: string
let count = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'migrations-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

beforeEach(async () => {
  await database.migrator.query('DROP TABLE IF EXISTS laurel_migration, lot, member')
  count += 1
  folder = join(root, String(count))
  await mkdir(folder)
  await write('0001-members.sql', 'CREATE TABLE member (id bigint PRIMARY KEY);\nGRANT SELECT ON member TO laurel_app;')
})

const write = (file: string, text: string) => writeFile(join(folder, file), text)
const migrated = () => migrate(database, { folder })

describe('migrations', () => {
  test('are applied in order, once', async () => {
    await write('0002-lots.sql', 'CREATE TABLE lot (member_id bigint REFERENCES member)')
    expect(await migrated()).toEqual({ applied: ['0001-members.sql', '0002-lots.sql'], version: 2 })
    expect(await migrated()).toEqual({ applied: [], version: 2 })
    await expect(database.application.query('SELECT * FROM member')).resolves.toBeDefined()
    await expect(database.application.query('SELECT * FROM lot')).rejects.toMatchObject({ code: '42501' })
  })

  test('are each applied by one of several servers that start at once', async () => {
    await write('0002-lots.sql', 'CREATE TABLE lot (member_id bigint REFERENCES member)')
    const all = await Promise.all([migrated(), migrated(), migrated()])
    expect(all.flatMap((each) => each.applied).sort()).toEqual(['0001-members.sql', '0002-lots.sql'])
    expect(all.map((each) => each.version)).toEqual([2, 2, 2])
  })

  test('that are given up, while they wait for another server’s, end at once and leave nothing behind', async () => {
    await database.migrator.query('CREATE TABLE member (id bigint PRIMARY KEY)')
    const other = await database.migrator.connect()
    await other.query('BEGIN; LOCK TABLE member')
    const up = new AbortController()
    await write('0001-members.sql', 'ALTER TABLE member ADD name text')
    const given = migrate(database, { folder, signal: up.signal })
    const isWaiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER TABLE%'"
    await vi.waitUntil(async () => (await database.migrator.query(isWaiting)).rowCount === 1)
    up.abort()
    await expect(given).rejects.toMatchObject({ name: 'AbortError' })
    await other.query('ROLLBACK')
    other.release()
    expect(await migrated()).toMatchObject({ applied: ['0001-members.sql'] })
  })

  test('that fail leave nothing behind and name their line', async () => {
    await write('0002-lots.sql', 'CREATE TABLE lot (id bigint);\n\nCREATE TABEL oops ()')
    await expect(migrated()).rejects.toMatchObject({
      code: 'migration-failed',
      message: expect.stringContaining('0002-lots.sql failed in line 3: syntax error'),
    })
    const { rows } = await database.migrator.query("SELECT to_regclass('lot') AS lot, to_regclass('member') AS member")
    expect(rows).toEqual([{ lot: null, member: 'member' }])
  })

  test('may not be changed once applied; line ends do not count', async () => {
    await migrated()
    await write(
      '0001-members.sql',
      'CREATE TABLE member (id bigint PRIMARY KEY);\r\nGRANT SELECT ON member TO laurel_app;',
    )
    await expect(migrated()).resolves.toMatchObject({ version: 1 })
    await write('0001-members.sql', 'CREATE TABLE member (id text PRIMARY KEY)')
    await expect(migrated()).rejects.toMatchObject({ code: 'migration-changed' })
  })

  test('of a newer Laurel are not undone by an older one', async () => {
    await write('0002-lots.sql', 'CREATE TABLE lot (id bigint)')
    await migrated()
    await rm(join(folder, '0002-lots.sql'))
    await expect(migrated()).rejects.toMatchObject({ code: 'database-newer' })
  })

  test('that are missing, changed or too many are refused where nothing is brought up to date', async () => {
    const required = () => requireMigrated(database, folder)
    await migrated()
    await expect(required()).resolves.toBeUndefined()
    await write('0002-lots.sql', 'CREATE TABLE lot (id bigint)')
    await expect(required()).rejects.toMatchObject({
      ...{ code: 'database-older', message: expect.stringContaining('0002-lots.sql') },
    })
    const { rows } = await database.migrator.query("SELECT to_regclass('lot') AS lot")
    expect(rows).toEqual([{ lot: null }])
    await migrated()
    await rm(join(folder, '0002-lots.sql'))
    await expect(required()).rejects.toMatchObject({ code: 'database-newer' })
  })

  test.each([
    ['0003-gap.sql', 'SELECT 1', 'migration-misnamed'],
    ['2-short.sql', 'SELECT 1', 'migration-misnamed'],
    ['0002-own-transaction.sql', 'SELECT 1;\nCOMMIT;', 'migration-failed'],
    ['0002-revoke.sql', 'REVOKE UPDATE ON member FROM laurel_app', 'migration-failed'],
  ])('like %s are refused before anything is applied', async (file, text, code) => {
    await write(file, text)
    await expect(migrated()).rejects.toMatchObject({ code })
    const { rows } = await database.migrator.query("SELECT to_regclass('member') AS member")
    expect(rows).toEqual([{ member: null }])
  })

  test('grant to the owner where there is one role only', async () => {
    await expect(migrate({ ...database, roles: 'single' }, { folder })).resolves.toMatchObject({ version: 1 })
    await expect(database.application.query('SELECT * FROM member')).rejects.toMatchObject({ code: '42501' })
  })
})

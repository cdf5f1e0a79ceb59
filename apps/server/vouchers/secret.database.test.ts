import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { findVault, openVault } from './read-secret.ts'
import type { Vault } from './vault.ts'

const database = await freshDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'laurel-secret-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'deep', 'codes.secret')
const at = '2026-03-14T12:00:00Z'
const forget = () => database.migrator.query('DELETE FROM code_secret')
afterEach(forget)

test('RED-5 the secret of codes is made once, for its owner’s eyes only, and is the database’s from then on', async () => {
  const vault = await openVault(database, file, at)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')).toHaveLength(32)
  const again = await openVault(database, file, at)
  expect(again.hash('glow', 'ABCD')).toEqual(vault.hash('glow', 'ABCD'))
})

test('RED-5 of two servers that begin at once with a secret each, one opens and the other says which file it wants', async () => {
  const files = ['a', 'b'].map((name) => path.join(folder, name, 'codes.secret'))
  const opened = await Promise.allSettled(files.map((each) => openVault(database, each, at)))
  expect(opened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const [refused] = opened.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(refused).toMatchObject({ name: 'SecretUnusable', message: expect.stringContaining('LAUREL_SECRET_FILE') })
  await expect(stat(refused.path)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('RED-5 two servers that begin at once on one folder share its secret', async () => {
  const shared = path.join(folder, 'shared', 'codes.secret')
  const { application } = database
  const connect = application.connect.bind(application)
  let first: Vault | undefined
  // The other one comes between our look for the file and our look into the database.
  vi.spyOn(application, 'connect').mockImplementationOnce(async () => {
    first = await openVault(database, shared, at)
    return await connect()
  })
  const second = await openVault(database, shared, at)
  expect(first?.hash('glow', 'ABCD')).toEqual(second.hash('glow', 'ABCD'))
})

test('RED-5 a server without the secret of its database does not open, and leaves no other one behind', async () => {
  await openVault(database, file, at)
  const missing = path.join(folder, 'moved', 'codes.secret')
  await expect(openVault(database, missing, at)).rejects.toThrow(/which is not there/)
  await expect(stat(missing)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('RED-5 a command makes no secret, and without it does what touches no code', async () => {
  const missing = path.join(folder, 'elsewhere', 'codes.secret')
  const locked = await findVault(database, missing)
  await expect(stat(missing)).rejects.toMatchObject({ code: 'ENOENT' })
  expect(() => locked.hash('glow', 'ABCD')).toThrow(/which is not there/)
  const vault = await openVault(database, file, at)
  expect((await findVault(database, file)).hash('glow', 'ABCD')).toEqual(vault.hash('glow', 'ABCD'))
  const other = path.join(folder, 'other.secret')
  await writeFile(other, `${Buffer.alloc(32, 7).toString('base64url')}\n`)
  const wrong = await findVault(database, other)
  expect(() => wrong.unseal('glow', Buffer.alloc(40))).toThrow(/is not the one/)
})

test('RED-5 a file that holds something else is refused, not replaced', async () => {
  const wrong = path.join(folder, 'wrong.secret')
  await writeFile(wrong, 'hello\n')
  await expect(openVault(database, wrong, at)).rejects.toThrow(/does not hold a secret/)
  expect(await readFile(wrong, 'utf8')).toBe('hello\n')
})

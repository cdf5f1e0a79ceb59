import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { transaction } from '../db/transaction.ts'
import { openVault, requireSecret } from './read-secret.ts'

const database = await freshDatabase()
const folder = await mkdtemp(path.join(tmpdir(), 'laurel-secret-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'deep', 'codes.secret')
const at = '2026-03-14T12:00:00Z'

test('RED-5 the secret of codes is made once, for its owner’s eyes only', async () => {
  const vault = await openVault(database, file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')).toHaveLength(32)
  expect((await openVault(database, file)).fingerprint).toEqual(vault.fingerprint)
})

test('RED-5 before there are codes another secret will do; then nothing opens with another one', async () => {
  const other = path.join(folder, 'other.secret')
  const second = await openVault(database, other)
  const first = await openVault(database, file)
  await transaction(database.application, (tx) => requireSecret(tx, first, at))
  await transaction(database.application, (tx) => requireSecret(tx, first, at))
  await expect(openVault(database, other)).rejects.toThrow(/is not the one/)
  await expect(transaction(database.application, (tx) => requireSecret(tx, second, at))).rejects.toThrow(
    /another secret/,
  )
  await expect(openVault(database, file)).resolves.toBeDefined()
})

test('RED-5 a file that holds something else is refused, not replaced', async () => {
  const wrong = path.join(folder, 'wrong.secret')
  await writeFile(wrong, 'hello\n')
  await expect(openVault(database, wrong)).rejects.toThrow(/does not hold a secret/)
  expect(await readFile(wrong, 'utf8')).toBe('hello\n')
})

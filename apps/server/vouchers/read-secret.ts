import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Database } from '../db/connect.ts'
import { codeOf } from '../db/database-failure.ts'
import { rowOf, type Transaction } from '../db/transaction.ts'
import { codeFingerprint, keepFingerprint } from './queries.ts'
import { createVault, SECRET_BYTES, type Vault } from './vault.ts'

/** The secret of codes cannot be used; the message says what to do. */
export class SecretUnusable extends Error {
  override readonly name = 'SecretUnusable'
  readonly path: string

  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

/**
 * Opens the vault with the secret of this file, which is made where there is none. Once there are codes the database remembers
 * which secret they were made with: another one would find none of them.
 */
export async function openVault({ application }: Database, path: string): Promise<Vault> {
  const vault = createVault(await readOrMake(path))
  const known = await rowOf(application, codeFingerprint())
  if (known === undefined || known.fingerprint.equals(vault.fingerprint)) return vault
  throw new SecretUnusable(
    path,
    `The secret in ${path} is not the one that this database's voucher codes were made with. ` +
      'Bring that file back from a backup, or name it with --secret-file; all servers of one database share it.',
  )
}

/** Before a code is written: the first one fixes the secret. Another server may have been first, with another one. */
export async function requireSecret(tx: Transaction, vault: Vault, at: string): Promise<void> {
  const known = await rowOf(tx, keepFingerprint(vault.fingerprint, at))
  if (known !== undefined && !known.fingerprint.equals(vault.fingerprint)) {
    throw new Error('another server of this database makes codes with another secret')
  }
}

async function readOrMake(path: string): Promise<Buffer> {
  const known = await read(path)
  if (known !== null) return known
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const secret = randomBytes(SECRET_BYTES)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${secret.toString('base64url')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    return secret
  } catch (error) {
    // Somebody else has just made it.
    const made = codeOf(error) === 'EEXIST' ? await read(path) : null
    if (made === null) throw error
    return made
  }
}

async function read(path: string): Promise<Buffer | null> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length === SECRET_BYTES) return secret
  throw new SecretUnusable(path, `${path} does not hold a secret of ${SECRET_BYTES} bytes as base64url.`)
}

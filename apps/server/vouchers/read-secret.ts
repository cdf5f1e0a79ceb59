import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Database } from '../db/connect.ts'
import { codeOf } from '../db/database-failure.ts'
import { countOf, rowOf } from '../db/transaction.ts'
import { codeFingerprint, keepFingerprint } from './queries.ts'
import { createVault, fingerprintOf, SECRET_BYTES, type Vault } from './vault.ts'

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
 * Opens the vault of whoever serves people, with the secret of this file, which is made where there is none. The first server of
 * a database says which secret is its own; with another one, codes would not be found, and others be made beside them.
 */
export async function openVault({ application }: Database, path: string, at: string): Promise<Vault> {
  let found = await read(path)
  if (found === null && (await rowOf(application, codeFingerprint())) !== undefined) {
    // Whoever has just begun on this folder, too, made the file before the row.
    found = await read(path)
    // A new one would be another one than the database knows, and its file would look like the right one.
    if (found === null) throw missingSecret(path)
  }
  const secret = found ?? (await make(path))
  await countOf(application, keepFingerprint(fingerprintOf(secret), at))
  const known = await rowOf(application, codeFingerprint())
  if (known === undefined || known.fingerprint.equals(fingerprintOf(secret))) return createVault(secret)
  if (found === null) await rm(path)
  throw otherSecret(path)
}

/**
 * The vault of a command that opens a database for itself, perhaps far from where it is served: it makes no secret, and without
 * the right one does all that touches no code.
 */
export async function findVault({ application }: Database, path: string): Promise<Vault> {
  const secret = await read(path)
  if (secret === null) return lockedVault(missingSecret(path))
  const known = await rowOf(application, codeFingerprint())
  const isRight = known === undefined || known.fingerprint.equals(fingerprintOf(secret))
  return isRight ? createVault(secret) : lockedVault(otherSecret(path))
}

function lockedVault(why: SecretUnusable): Vault {
  const refuse = (): never => {
    throw why
  }
  return {
    hash: refuse,
    seal: refuse,
    unseal: refuse,
    referralCode: refuse,
    sign: refuse,
    isSigned: refuse,
    publicKey: refuse,
    // Nobody signs in at a command; what it signs ends with it.
    signInSecret: randomBytes(SECRET_BYTES).toString('base64url'),
  }
}

const bringIt =
  'Bring it from the machine that served this database first, or from a backup, or name it with --secret-file or ' +
  'LAUREL_SECRET_FILE: all servers of one database share one file.'

const missingSecret = (path: string) =>
  new SecretUnusable(path, `The secret of this database's codes should be in ${path}, which is not there. ${bringIt}`)

const otherSecret = (path: string) =>
  new SecretUnusable(path, `The secret in ${path} is not the one of this database's codes. ${bringIt}`)

async function make(path: string): Promise<Buffer> {
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

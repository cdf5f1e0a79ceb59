// Forward-only migrations: numbered SQL files, each applied once, in order, in a transaction of its own.

import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { applicationRole } from './application-role.ts'
import type { Database } from './connect.ts'
import { DatabaseFailure, messageOf } from './database-failure.ts'
import { type Transaction, transaction } from './transaction.ts'

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url))

export interface Migration {
  readonly number: number
  readonly file: string
  readonly text: string
  readonly sha256: string
}

export interface Migrated {
  /** The files that this call applied. */
  readonly applied: readonly string[]
  /** The number of the last migration that the database now has; 0 when there is none. */
  readonly version: number
}

/**
 * Brings the database up to the files of `folder`. Several servers may start at once: each migration is applied by
 * whoever gets the lock first. Refuses a database that is newer than the files, or whose files were changed since.
 */
export async function migrate(
  database: Pick<Database, 'migrator' | 'roles'>,
  { folder = migrationsFolder, signal }: { readonly folder?: string; readonly signal?: AbortSignal } = {},
): Promise<Migrated> {
  const migrations = await readMigrations(folder)
  const applied: string[] = []
  for (;;) {
    signal?.throwIfAborted()
    const file = await transaction(database.migrator, (tx) =>
      cancelledBy(signal, database.migrator, tx, () => applyNext(tx, migrations, database.roles)),
    )
    if (file === undefined) return { applied, version: migrations.at(-1)?.number ?? 0 }
    applied.push(file)
  }
}

/** Refuses a database that these files have still to change, or that is newer: whoever only reads brings nothing up to date. */
export async function requireMigrated(
  { migrator }: Pick<Database, 'migrator'>,
  folder = migrationsFolder,
): Promise<void> {
  const migrations = await readMigrations(folder)
  const rows = await transaction(migrator, appliedIn)
  refuseDifferences(rows, migrations)
  const missing = migrations[rows.length]
  if (missing === undefined) return
  throw new DatabaseFailure(
    'database-older',
    `The database has still to get the migration ${missing.file}, and a command that only reads does not bring it up to date: ` +
      'start this Laurel on it once, or read it with the Laurel that it was last used by.',
  )
}

async function appliedIn(tx: Transaction): Promise<AppliedRow[]> {
  const { rows } = await tx.query<AppliedRow>('SELECT number, file, sha256 FROM laurel_migration ORDER BY number')
  return rows
}

/** A migration of large tables, or another server's that one waits for, takes its time: what runs is cancelled. */
async function cancelledBy<Result>(
  signal: AbortSignal | undefined,
  pool: pg.Pool,
  tx: Transaction,
  work: () => Promise<Result>,
): Promise<Result> {
  if (signal === undefined) return await work()
  const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  signal.throwIfAborted()
  const cancel = () => void pool.query('SELECT pg_cancel_backend($1)', [rows[0]?.pid]).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await work()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)))
  for (const [index, { file, number }] of migrations.entries()) {
    if (number === index + 1) continue
    throw new DatabaseFailure(
      'migration-misnamed',
      `The migration ${file} should have the number ${String(index + 1).padStart(4, '0')}: they count from 0001, with no gap and no number twice.`,
    )
  }
  return migrations
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]
  if (number === undefined) {
    throw new DatabaseFailure('migration-misnamed', `The migration ${file} should be named like 0001-full-words.sql.`)
  }
  // A checkout on Windows may have other line ends, and is the same migration.
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
  refuseForbidden(file, text)
  return { number: Number(number), file, text, sha256: createHash('sha256').update(text).digest('hex') }
}

function refuseForbidden(file: string, text: string): void {
  if (/^\s*(begin|commit|rollback)\s*;/im.test(text)) {
    throw new DatabaseFailure(
      'migration-failed',
      `The migration ${file} begins or ends a transaction itself. It is run inside one: remove BEGIN, COMMIT, ROLLBACK.`,
    )
  }
  // Where there is one role only, the grants go to the owner, to no effect; a REVOKE would take the owner's own rights.
  if (new RegExp(`revoke[^;]*from[^;]*\\b${applicationRole}\\b`, 'i').test(text)) {
    throw new DatabaseFailure(
      'migration-failed',
      `The migration ${file} revokes something from ${applicationRole}. A new table grants it nothing: grant what it needs instead.`,
    )
  }
}

// Any number will do, as long as all versions of Laurel agree on it.
const migrationLock = 0x6c61_7573

/** Applies the first migration that is missing. The lock ends with the transaction, so it needs no cleaning up. */
async function applyNext(
  tx: Transaction,
  migrations: readonly Migration[],
  roles: Database['roles'],
): Promise<string | undefined> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
  await tx.query(`CREATE TABLE IF NOT EXISTS laurel_migration (
    number integer PRIMARY KEY,
    file text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`)
  if (roles === 'separate') await tx.query(`GRANT SELECT ON laurel_migration TO ${applicationRole}`)
  const rows = await appliedIn(tx)
  refuseDifferences(rows, migrations)
  const next = migrations[rows.length]
  if (next === undefined) return undefined
  await apply(tx, next, roles)
  await tx.query('INSERT INTO laurel_migration (number, file, sha256) VALUES ($1, $2, $3)', [
    next.number,
    next.file,
    next.sha256,
  ])
  return next.file
}

interface AppliedRow extends pg.QueryResultRow {
  readonly number: number
  readonly file: string
  readonly sha256: string
}

function refuseDifferences(rows: readonly AppliedRow[], migrations: readonly Migration[]): void {
  const last = rows.at(-1)
  if (last !== undefined && last.number > migrations.length) {
    throw new DatabaseFailure(
      'database-newer',
      `The database has migration ${last.file}, but this Laurel knows only ${migrations.length}. ` +
        'It was last used by a newer Laurel: start that one, or restore a backup from before.',
    )
  }
  for (const [index, row] of rows.entries()) {
    const migration = migrations[index]
    if (migration !== undefined && migration.number === row.number && migration.sha256 === row.sha256) continue
    throw new DatabaseFailure(
      'migration-changed',
      `The migration ${migration?.file ?? row.file} was changed after it had been applied to this database (as ${row.file}). ` +
        'Put the old text back and write the change as a new migration.',
    )
  }
}

async function apply(tx: Transaction, { file, text }: Migration, roles: Database['roles']): Promise<void> {
  const statements =
    roles === 'separate' ? text : text.replaceAll(new RegExp(`\\b${applicationRole}\\b`, 'g'), 'CURRENT_USER')
  try {
    await tx.query(statements)
  } catch (cause) {
    throw new DatabaseFailure(
      'migration-failed',
      `The migration ${file} failed${placeOf(cause, statements)}: ${messageOf(cause)}. Nothing of it was applied.`,
      { cause },
    )
  }
}

function placeOf(error: unknown, text: string): string {
  if (typeof error !== 'object' || error === null || !('position' in error)) return ''
  const position = Number(error.position)
  if (!Number.isSafeInteger(position)) return ''
  // PostgreSQL counts characters from 1, not code units.
  return ` in line ${
    [...text]
      .slice(0, position - 1)
      .join('')
      .split('\n').length
  }`
}

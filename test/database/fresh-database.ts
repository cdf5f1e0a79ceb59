// A database of its own for a test file: migrated, empty, gone afterwards.

import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase } from '../../apps/server/db/connect.ts'

/**
 * Call it at the top level of a test file: `const database = await freshDatabase()`. Its connections are closed and it
 * is dropped after the file's last test. `application` serves as the role `laurel_app`, `migrator` as a superuser.
 */
export async function freshDatabase(): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const template = new URL(inject('templateUrl'))
  await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`)
  const url = new URL(template)
  url.pathname = `/${name}`
  const database = await openDatabase({ url: url.toString(), folder: tmpdir(), log: console })
  afterAll(async () => {
    await database.close()
    await onServer(template, `DROP DATABASE ${name} WITH (FORCE)`)
  })
  return database
}

async function onServer(template: URL, statement: string): Promise<void> {
  const url = new URL(template)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

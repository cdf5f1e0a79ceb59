// Vitest's global setup: one PostgreSQL for the whole run, with one migrated database from which each test file's is cloned.
// LAUREL_TEST_DATABASE_URL, a superuser's URL, names a server of one's own; without it, it is the embedded one.

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../apps/server/db/connect.ts'
import { codeOf, type DatabaseLog } from '../../apps/server/db/database-failure.ts'
import { openEmbedded, stopLeftover } from '../../apps/server/db/embedded.ts'
import { migrate, migrationsFolder } from '../../apps/server/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's URL of the database to clone; nobody may stay connected to it. */
    templateUrl: string
  }
}

export const silentLog: DatabaseLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['LAUREL_TEST_DATABASE_URL']
  return own === undefined ? await setUpEmbedded(project) : await setUpOn(new URL(own), project)
}

/** On a server of one's own; the role `laurel_app` stays there, since other databases may use it. */
async function setUpOn(server: URL, project: TestProject): Promise<() => Promise<void>> {
  const name = `template_${randomUUID().replaceAll('-', '')}`
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: server.toString() })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
  await onServer(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const tearDown = () => onServer(`DROP DATABASE ${name} WITH (FORCE)`)
  try {
    await provideTemplate(project, url.toString())
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

async function provideTemplate(project: TestProject, url: string): Promise<void> {
  const template = await openDatabase({ url, folder: '', log: silentLog })
  if (existsSync(migrationsFolder)) await migrate(template)
  await template.close()
  project.provide('templateUrl', url)
}

async function setUpEmbedded(project: TestProject): Promise<() => Promise<void>> {
  await clearEarlierRuns()
  const folder = join(tmpdir(), `laurel-test-${process.pid}-${randomUUID()}`)
  const embedded = await openEmbedded({
    folder,
    log: silentLog,
    settings: {
      // Nothing here outlives the run, so nothing waits for the disk.
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      shared_buffers: '64MB',
      // A worker that visits the template would be in the way of cloning it.
      autovacuum: 'off',
      deadlock_timeout: '100ms',
    },
  })
  const tearDown = async () => {
    await embedded.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await provideTemplate(project, embedded.url)
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

/** In use by a run that goes on, left by another user's, or being cleared by a run that began with this one. */
const notOurs = new Set(['data-folder-in-use', 'data-folder-unusable', 'EACCES', 'EPERM', 'ENOTEMPTY', 'ENOENT'])

/** A run that has only begun has not locked its folder yet. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** A run that was killed leaves its server behind; a run that is still going on keeps its folder locked. */
async function clearEarlierRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    // Others make folders of like names, which are none of ours.
    const pid = /^laurel-test-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const folder = join(tmpdir(), name)
    try {
      await stopLeftover(folder)
      await rm(folder, { recursive: true, force: true })
    } catch (error) {
      if (!notOurs.has(codeOf(error) ?? '')) throw error
    }
  }
}

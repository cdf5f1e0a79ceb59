// Vitest's global setup: one PostgreSQL for the whole run, with one migrated database from which each test file's is cloned.

import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

const folderPrefix = 'laurel-test-'

export const silentLog: DatabaseLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await clearEarlierRuns()
  const folder = join(tmpdir(), folderPrefix + randomUUID())
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
    const template = await openDatabase({ url: embedded.url, folder, log: silentLog })
    if (existsSync(migrationsFolder)) await migrate(template)
    await template.close()
    project.provide('templateUrl', embedded.url)
    return tearDown
  } catch (error) {
    await tearDown()
    throw error
  }
}

/** In use by a run that goes on, or left by another user's. */
const notOurs = new Set(['data-folder-in-use', 'data-folder-unusable', 'EACCES', 'EPERM'])

/** A run that was killed leaves its server behind; a run that is still going on keeps its folder locked. */
async function clearEarlierRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue
    const folder = join(tmpdir(), name)
    try {
      await stopLeftover(folder)
      await rm(folder, { recursive: true, force: true })
    } catch (error) {
      if (!notOurs.has(codeOf(error) ?? '')) throw error
    }
  }
}

// The cluster on disk: made once with initdb, its settings written anew before every start.

import { execFile } from 'node:child_process'
import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from '../files/sync-folder.ts'
import type { DataFolder } from './data-folder.ts'
import { codeOf, DatabaseFailure, messageOf } from './database-failure.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import type { RunAs } from './run-as.ts'

/** The superuser that initdb makes, and the owner of the schema. */
export const superuser = 'laurel'

/** No variable of ours (PGDATA, PGPORT, ...) may reach the server. */
export const serverEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LANG: 'C',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.platform === 'win32' ? { SystemRoot: process.env['SystemRoot'] ?? 'C:\\Windows' } : {}),
}

export interface Cluster {
  readonly folder: DataFolder
  readonly binaries: PostgresBinaries
  readonly runAs: RunAs | undefined
  readonly secret: string
}

/** Makes the cluster where there is none; where there is one, checks that these binaries can serve it. */
export async function makeCluster(cluster: Cluster, secretIsNew: boolean, signal?: AbortSignal): Promise<void> {
  const { folder, binaries } = cluster
  const major = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (major === undefined) {
    await refuseForeignFolder(folder)
    await initialize(cluster, signal)
    return
  }
  if (major.trim() !== binaries.version.split('.')[0]) {
    throw new DatabaseFailure(
      'data-folder-version',
      `The data folder ${folder.path} was made by PostgreSQL ${major.trim()}, but this Laurel brings ` +
        `${binaries.version}. Export it with the Laurel that made it (laurel export), then import it here.`,
    )
  }
  await giveTo(cluster.runAs, folder.cluster)
  await checkOwner(cluster)
  if (secretIsNew) await setPassword(cluster)
}

async function refuseForeignFolder(folder: DataFolder): Promise<void> {
  const files = await readdir(folder.cluster).catch(() => [])
  if (files.length === 0) return
  throw new DatabaseFailure(
    'data-folder-unusable',
    `${folder.cluster} holds files but no PostgreSQL cluster. Move them away, or choose another folder with --data.`,
  )
}

async function checkOwner({ folder, runAs }: Cluster): Promise<void> {
  const uid = runAs?.uid ?? process.getuid?.()
  const owner = (await stat(folder.cluster)).uid
  if (uid === undefined || owner === uid) return
  throw new DatabaseFailure(
    'data-folder-unusable',
    `${folder.cluster} belongs to user ${owner}, but Laurel runs as user ${uid}. ` +
      `Run Laurel as that user, or give it the folder: chown -R ${uid} ${folder.path}`,
  )
}

// Beside the cluster, where only Laurel's own user writes; relative, so that the data folder may be moved.
const includes = `
# laurel.conf is written anew at every start; local.conf is the operator's, and wins.
include_if_exists = '../laurel.conf'
include_if_exists = '../local.conf'
`

/** initdb works in a folder beside and the finished cluster is moved into place: a crash half-way leaves no half cluster. */
async function initialize(cluster: Cluster, signal: AbortSignal | undefined): Promise<void> {
  const { folder, binaries, runAs, secret } = cluster
  const unfinished = `${folder.cluster}.new`
  const passwordFile = join(unfinished, 'password')
  await rm(unfinished, { recursive: true, force: true })
  await rm(folder.cluster, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, secret, { mode: 0o600 })
  await giveTo(runAs, unfinished)
  const made = join(unfinished, 'cluster')
  const initdb = promisify(execFile)(
    binaries.initdb,
    [
      `--pgdata=${made}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Order by code unit, the same on every machine and after every upgrade of its C library.
      '--locale=C',
      '--no-instructions',
    ],
    { ...userOf(runAs), cwd: unfinished, env: serverEnvironment },
  )
  const stop = () => initdb.child.kill()
  signal?.addEventListener('abort', stop, { once: true })
  // What was asked before that is not told again.
  if (signal?.aborted) stop()
  try {
    await initdb
  } catch (cause) {
    // Its own child may be writing still.
    await rm(unfinished, { recursive: true, force: true, maxRetries: 10 })
    signal?.throwIfAborted()
    throw initdbFailure(cluster, cause)
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  await writeFile(join(made, 'postgresql.conf'), includes, { flag: 'a' })
  await rename(made, folder.cluster)
  await rm(unfinished, { recursive: true, force: true })
  await syncFolder(dirname(folder.cluster))
}

function initdbFailure({ folder, runAs }: Cluster, cause: unknown): DatabaseFailure {
  const output =
    typeof cause === 'object' && cause !== null && 'stderr' in cause ? String(cause.stderr) : messageOf(cause)
  const said = output.trim().split('\n').slice(-8).join('\n')
  if (saysDiskFull(said)) return diskFull(folder, said)
  const unnamed = said.includes('could not look up effective user ID')
  const hint = unnamed
    ? `User ${runAs?.uid ?? process.getuid?.()} has no entry in /etc/passwd: add one, or set DATABASE_URL. `
    : ''
  return new DatabaseFailure(
    'embedded-postgres-failed',
    `PostgreSQL could not set up the data folder ${folder.path}. ${hint}It said:\n${said}`,
    { cause },
  )
}

export function saysDiskFull(said: string): boolean {
  return said.includes('No space left on device') || said.includes('Check free disk space')
}

export function diskFull(folder: DataFolder, said: string): DatabaseFailure {
  return new DatabaseFailure(
    'database-full',
    `The disk that holds the data folder ${folder.path} is full. Make room and start Laurel again. PostgreSQL said:\n${said}`,
  )
}

/** The folder outlived its `secret` file (a restored backup, a tidy mind): the server's own back door sets a new one. */
async function setPassword({ folder, binaries, runAs, secret }: Cluster): Promise<void> {
  const single = promisify(execFile)(
    binaries.postgres,
    ['--single', '-D', folder.cluster, '-c', 'log_statement=none', 'postgres'],
    { ...userOf(runAs), cwd: folder.cluster, env: serverEnvironment },
  )
  single.child.stdin?.end(`ALTER ROLE ${superuser} PASSWORD '${secret}'\n`)
  await single
}

export function userOf(runAs: RunAs | undefined): { uid: number; gid: number } | Record<never, never> {
  return runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }
}

/** Only root can give files away, and only root has to. */
async function giveTo(runAs: RunAs | undefined, folder: string): Promise<void> {
  if (runAs === undefined || (await stat(folder)).uid === runAs.uid) return
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), runAs.uid, runAs.gid)
  }
  // The folder itself comes last: its owner says that everything inside is done.
  await chown(folder, runAs.uid, runAs.gid)
}

export type ServerSettings = Readonly<Record<string, string | number>>

/** Takes effect at the next start. The operator's `local.conf` and ALTER SYSTEM win over it. */
export async function writeSettings(cluster: Cluster, extra: ServerSettings): Promise<void> {
  const settings = { ...(await settingsFor(cluster.binaries)), ...extra }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  const { path } = cluster.folder
  await writeFile(
    join(path, 'laurel.conf'),
    `# Written by Laurel at every start. Put changes into local.conf.\n${lines.join('\n')}\n`,
  )
  // PostgreSQL would remark on a missing file at every start.
  await writeFile(join(path, 'local.conf'), '# Settings of your own for the embedded PostgreSQL.\n', {
    flag: 'wx',
  }).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

async function settingsFor(binaries: PostgresBinaries): Promise<ServerSettings> {
  return {
    // An acknowledged event survives a power cut.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // A small machine: two cores, 2 GB. The page cache of the operating system does the rest.
    max_connections: 100,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_parallel_workers_per_gather: await parallelWorkers(),
    // Checkpoints far apart write fewer whole pages to the log; recovery of 4 GB takes half a minute.
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    wal_compression: binaries.hasLz4 ? 'lz4' : 'off',
    wal_buffers: '16MB',
    // Statements are short and prepared: compiling them costs more than it saves.
    jit: 'off',
    random_page_cost: 1.1,
    // Small tables of hot rows (states, balances) must be swept often, large append-only ones a slice at a time.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: 0.05,
    autovacuum_vacuum_insert_scale_factor: 0.1,
    autovacuum_analyze_scale_factor: 0.05,
    autovacuum_vacuum_cost_limit: 1000,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] ',
    // DETAIL lines quote the rows in question, and with them e-mail addresses and phone numbers.
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: 0,
  }
}

/** Parallel queries share memory through /dev/shm, which containers make 64 MB small: a query then fails half-way. */
async function parallelWorkers(): Promise<number> {
  if (process.platform !== 'linux') return 2
  const shared = await statfs('/dev/shm').catch(() => undefined)
  return shared !== undefined && shared.blocks * shared.bsize >= 256 * 1024 * 1024 ? 2 : 0
}

// One PostgreSQL server process: started, waited for, stopped.

import { execFile, spawn } from 'node:child_process'
import { open, readFile, stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type Cluster, diskFull, saysDiskFull, serverEnvironment, userOf } from './cluster.ts'
import { codeOf, DatabaseFailure, type DatabaseLog, messageOf } from './database-failure.ts'
import { connectionTo, type Endpoint, restoreSocketFolder } from './endpoint.ts'

const pollMs = 20

export interface Postmaster {
  readonly pid: number
  readonly endpoint: Endpoint
  /** Settles when the process is gone, however it went. */
  whenGone(): Promise<void>
  isGone(): boolean
}

export async function startPostmaster(cluster: Cluster, endpoint: Endpoint): Promise<Postmaster> {
  const { folder, binaries, runAs } = cluster
  const isSocket = endpoint.host.startsWith('/')
  if (isSocket) await restoreSocketFolder(endpoint.host, runAs)
  const listen = isSocket
    ? [
        '-c',
        'listen_addresses=',
        '-c',
        `unix_socket_directories=${endpoint.host}`,
        '-c',
        'unix_socket_permissions=0700',
      ]
    : ['-c', `listen_addresses=${endpoint.host}`]
  const log = await open(folder.log, 'a', 0o600)
  try {
    const child = spawn(binaries.postgres, ['-D', folder.cluster, '-p', String(endpoint.port), ...listen], {
      ...userOf(runAs),
      cwd: folder.cluster,
      env: serverEnvironment,
      stdio: ['ignore', log.fd, log.fd],
      // A session of its own: Ctrl-C in the terminal is for Laurel, which stops the server when its own work is done.
      detached: true,
    })
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()))
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    if (child.pid === undefined) throw new Error('a spawned process has a pid')
    return {
      pid: child.pid,
      endpoint,
      whenGone: () => gone,
      isGone: () => child.exitCode !== null || child.signalCode !== null,
    }
  } finally {
    await log.close()
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error
  }
}

/**
 * `fast` first: clients are dropped, a checkpoint is written. A server that hangs is then told to leave at once, which
 * costs the next start a recovery and nothing else.
 */
export async function stopPostmaster(postmaster: Postmaster, cluster: Cluster): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ]
  for (const [name, patienceMs] of steps) {
    if (postmaster.isGone()) return
    if (process.platform === 'win32' && name === 'SIGINT') await stopOnWindows(cluster)
    else signal(postmaster.pid, name)
    const deadline = Date.now() + patienceMs
    while (!postmaster.isGone() && Date.now() < deadline) await delay(pollMs)
  }
}

async function stopOnWindows({ binaries, folder }: Cluster): Promise<void> {
  await promisify(execFile)(binaries.pgCtl, ['stop', '-m', 'fast', '-D', folder.cluster]).catch(() => undefined)
}

/** Answers with the server's version once it takes connections; recovery after a crash may take minutes. */
export async function waitUntilReady(
  postmaster: Postmaster,
  cluster: Cluster,
  log: DatabaseLog,
  logFrom: number,
  signal?: AbortSignal,
): Promise<string> {
  let tellAt = Date.now() + 5_000
  // Quick at first, since most starts are; then slower, since each question leaves a line in the log.
  for (let waitMs = pollMs; ; waitMs = Math.min(waitMs * 1.2, 250)) {
    try {
      return await askVersion(postmaster.endpoint, cluster.secret)
    } catch (error) {
      if (postmaster.isGone()) throw await startFailure(cluster, logFrom)
      if (!isNotReadyYet(error)) {
        const said = await logTail(cluster.folder.log, logFrom)
        throw new DatabaseFailure(
          'embedded-postgres-failed',
          `The embedded PostgreSQL runs but does not let Laurel in: ${messageOf(error)}\n${said}`,
          { cause: error },
        )
      }
      if (Date.now() > tellAt) {
        log.info({ folder: cluster.folder.path }, 'waiting for PostgreSQL to finish its recovery')
        tellAt = Date.now() + 5_000
      }
    }
    await delay(waitMs, undefined, signal === undefined ? {} : { signal })
  }
}

async function askVersion(endpoint: Endpoint, secret: string): Promise<string> {
  const client = new pg.Client(connectionTo(endpoint, secret, 'postgres'))
  // Without a listener, a connection lost between two steps would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? ''
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Not listening yet, or listening and still in recovery; anything else (a wrong password) will not mend itself. */
function isNotReadyYet(error: unknown): boolean {
  const code = codeOf(error)
  if (code === undefined) return messageOf(error).includes('terminated') || messageOf(error).includes('timeout')
  return ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300'].includes(code)
}

async function startFailure(cluster: Cluster, logFrom: number): Promise<DatabaseFailure> {
  const said = await logTail(cluster.folder.log, logFrom)
  if (saysDiskFull(said)) return diskFull(cluster.folder, said)
  return new DatabaseFailure(
    'embedded-postgres-failed',
    `The embedded PostgreSQL in ${cluster.folder.path} did not start. It said (${cluster.folder.log}):\n${said}`,
  )
}

export async function logSize(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size
}

async function logTail(path: string, from: number): Promise<string> {
  const log = await readFile(path).catch(() => Buffer.alloc(0))
  const lines = log.subarray(from).toString('utf8').trim().split('\n')
  // These lines are answers to our own asking whether it is ready.
  const telling = lines.filter((line) => !/the database system is (starting up|not yet accepting)/.test(line))
  return telling.slice(-12).join('\n')
}

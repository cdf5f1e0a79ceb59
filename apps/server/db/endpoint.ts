// Where the embedded server listens, and how one connects to it.

import { chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { superuser } from './cluster.ts'
import { codeOf, DatabaseFailure } from './database-failure.ts'
import { firstClosedFolder, type RunAs } from './run-as.ts'

/** A folder with a socket, or (on Windows) an address; and the port, which also names the socket. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

const socketPrefix = 'laurel-postgres-'
const socketPort = 5432
/** The kernel's limit for a socket's path is 107 bytes on Linux and 103 on macOS. */
const socketPathBytesMax = 103

/** Where the server listens: a socket in a folder of its own with a short name, since data folders can lie deep. */
export async function chooseEndpoint(runAs: RunAs | undefined): Promise<Endpoint> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() }
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    const path = join(parent, `${socketPrefix}XXXXXX`, `.s.PGSQL.${socketPort}`)
    if (Buffer.byteLength(path) > socketPathBytesMax) continue
    if ((await firstClosedFolder(parent, runAs)) !== undefined) continue
    await clearDeadSockets(parent)
    const host = await mkdtemp(join(parent, socketPrefix))
    if (runAs !== undefined) await chown(host, runAs.uid, runAs.gid)
    return { host, port: socketPort }
  }
  throw new DatabaseFailure(
    'data-folder-unusable',
    `PostgreSQL needs a temporary folder with a short path for its socket, and neither ${tmpdir()} nor /tmp will do. ` +
      'Set TMPDIR to a folder that all users may enter.',
  )
}

/** Longer than any start takes: a folder without a socket may belong to a server that is about to make one. */
const startingMsMax = 60 * 60_000

/** A server whose data folder is gone, too, leaves its socket's folder to nobody: whoever starts next tidies up. */
async function clearDeadSockets(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(socketPrefix)) continue
    const host = join(parent, name)
    const changed = await stat(host).catch(() => undefined)
    if (changed === undefined || Date.now() - changed.mtimeMs < startingMsMax) continue
    // Another user's stays.
    if (await isDead(join(host, `.s.PGSQL.${socketPort}`)))
      await rm(host, { recursive: true, force: true }).catch(() => {})
  }
}

function isDead(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const attempt = connect(socket)
    attempt.once('error', (error) => resolve(['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '')))
    attempt.once('connect', () => {
      attempt.destroy()
      resolve(false)
    })
  })
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

export async function removeEndpoint(endpoint: Endpoint): Promise<void> {
  if (!basename(endpoint.host).startsWith(socketPrefix)) return
  await rm(endpoint.host, { recursive: true, force: true })
}

export async function restoreSocketFolder(path: string, runAs: RunAs | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  if (runAs !== undefined) await chown(path, runAs.uid, runAs.gid)
}

export function connectionTo(endpoint: Endpoint, secret: string, database: string) {
  return { ...endpoint, user: superuser, password: secret, database, ssl: false, connectionTimeoutMillis: 10_000 }
}

/** Can clients still get in? A tidied /tmp takes the socket away from under a running server. */
export async function hasSocket(endpoint: Endpoint): Promise<boolean> {
  if (!endpoint.host.startsWith('/')) return true
  return (await stat(join(endpoint.host, `.s.PGSQL.${endpoint.port}`)).catch(() => undefined)) !== undefined
}

// What an earlier Laurel, killed in mid-work, leaves on a cluster: a server that lives on, or the remains of a dead one.

import { execFileSync } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { codeOf } from './database-failure.ts'
import { type Endpoint, removeEndpoint } from './endpoint.ts'
import { type Postmaster, signal } from './postmaster.ts'

/**
 * The server that an earlier Laurel left behind on this cluster, if it lives. What `postmaster.pid` says is believed
 * only when the process of that number works in this very folder: numbers are used again, in containers within seconds.
 */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const folder = cluster.folder.cluster
  const [pidLine, , , port, socketFolder, address] = await readLines(join(folder, 'postmaster.pid'))
  const pid = Number(pidLine)
  if (!Number.isSafeInteger(pid) || pid <= 0 || !worksIn(pid, folder)) return undefined
  const isGone = () => !worksIn(pid, folder)
  const host = socketFolder === undefined || socketFolder === '' ? (address ?? '127.0.0.1') : socketFolder
  return { pid, endpoint: { host, port: Number(port) }, whenGone: () => goneByPolling(isGone), isGone }
}

/** Not our child, so nobody tells us when it ends. */
async function goneByPolling(isGone: () => boolean): Promise<void> {
  while (!isGone()) await delay(250, undefined, { ref: false })
}

/** A zombie (where nobody collects the dead, as in some containers) works nowhere. */
function worksIn(pid: number, folder: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === folder
    process.kill(pid, 0)
    if (process.platform === 'win32') return true
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(folder)
  } catch {
    return false
  }
}

async function readLines(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').map((line) => line.trim())
}

/**
 * Clears what a killed server leaves: its pid file (a stranger may have its number by now, and PostgreSQL would believe
 * it alive), its socket's folder, and backends that have not noticed yet. Call only when `findPostmaster` finds none.
 */
export async function clearLeftovers(cluster: Cluster, keep: Endpoint | undefined): Promise<void> {
  const path = join(cluster.folder.cluster, 'postmaster.pid')
  const [, , , port, socketFolder] = await readLines(path)
  await endBackends(cluster.folder.cluster)
  await rm(path, { force: true })
  if (socketFolder !== undefined && socketFolder !== '' && socketFolder !== keep?.host) {
    await removeEndpoint({ host: socketFolder, port: Number(port) })
  }
}

/** Backends end by themselves when the postmaster dies, unless busy; while one lives, no new server may start. */
async function endBackends(folder: string): Promise<void> {
  if (process.platform !== 'linux') return
  const givenUntil = Date.now() + 2_000
  for (;;) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
    const left = pids.filter((pid) => pid !== process.pid && worksIn(pid, folder))
    if (left.length === 0) return
    // Killing a backend loses nothing: what was committed is in the write-ahead log.
    if (Date.now() > givenUntil) for (const pid of left) signal(pid, 'SIGKILL')
    await delay(20)
  }
}

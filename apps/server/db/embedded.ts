// The embedded PostgreSQL: a real server on a data folder, started, watched and stopped by the Laurel that owns it.

import { copyFile, truncate } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, makeCluster, type ServerSettings, superuser, writeSettings } from './cluster.ts'
import { type DataFolder, makeDataFolder, readOrMakeSecret, takeOwnership } from './data-folder.ts'
import { DatabaseFailure, type DatabaseLog, messageOf } from './database-failure.ts'
import { chooseEndpoint, connectionTo, type Endpoint, hasSocket, removeEndpoint } from './endpoint.ts'
import { clearLeftovers, findPostmaster } from './leftovers.ts'
import { preparePostgresBinaries } from './postgres-binaries.ts'
import { logSize, type Postmaster, startPostmaster, stopPostmaster, waitUntilReady } from './postmaster.ts'
import { chooseRunAs, firstClosedFolder } from './run-as.ts'

export interface EmbeddedOptions {
  readonly folder: string
  readonly log: DatabaseLog
  /** Settings of PostgreSQL beside and above ours (archiving for backups, less safety in tests). */
  readonly settings?: ServerSettings
  /** Aborted: the start is given up wherever it is, and nothing is left running. */
  readonly signal?: AbortSignal
}

export interface EmbeddedConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly ssl: boolean
}

export interface EmbeddedPostgres {
  /** Stays the same when the server is restarted after a crash. */
  readonly connection: EmbeddedConnection
  readonly url: string
  readonly folder: string
  readonly serverVersion: string
  /** True when a server that an earlier Laurel left running was taken over. */
  readonly adopted: boolean
  /** The process id of the server that runs now. */
  pid(): number
  isRunning(): boolean
  /** Drops clients, writes a checkpoint, waits for the end, gives the folder back. A second call waits for the first. */
  stop(): Promise<void>
}

const databaseName = 'laurel'
const restartDelayMsMax = 10_000
/** A server that ran this long was well; its next end is a new story. */
const healthyAfterMs = 60_000
const watchEveryMs = 1_000
/** `postgres.log` and the one before it, `postgres.log.1`, together hold twice this. */
const logBytesMax = 10 * 1024 * 1024

export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { folder: path, signal } = options
  const folder = await makeDataFolder(path)
  const lock = await takeOwnership(folder)
  try {
    signal?.throwIfAborted()
    const cluster = await openCluster(folder, signal)
    signal?.throwIfAborted()
    return await supervise(cluster, options, () => lock.release())
  } catch (error) {
    await lock.release()
    throw error
  }
}

/**
 * Stops the server that a killed Laurel left on this folder. False when there was none; a folder whose owner lives is
 * refused as in use.
 */
export async function stopLeftover(path: string): Promise<boolean> {
  const folder = await makeDataFolder(path)
  const lock = await takeOwnership(folder)
  try {
    return await stopRemaining({ ...(await locateCluster(folder)), secret: '' })
  } finally {
    await lock.release()
  }
}

async function stopRemaining(cluster: Cluster): Promise<boolean> {
  const left = await findPostmaster(cluster)
  if (left !== undefined) {
    await stopPostmaster(left, cluster)
    await removeEndpoint(left.endpoint)
  }
  await clearLeftovers(cluster, undefined)
  return left !== undefined
}

async function openCluster(folder: DataFolder, signal: AbortSignal | undefined): Promise<Cluster> {
  const located = await locateCluster(folder)
  const { secret, made } = await readOrMakeSecret(folder)
  const cluster = { ...located, secret }
  // A server that runs with a password nobody knows any more is of no use, and in the way of setting a new one.
  if (made) await stopRemaining(cluster)
  await makeCluster(cluster, made, signal)
  return cluster
}

async function locateCluster(folder: DataFolder): Promise<Omit<Cluster, 'secret'>> {
  const runAs = await chooseRunAs(folder.path, folder.cluster)
  const closed = await firstClosedFolder(folder.path, runAs)
  if (closed !== undefined && runAs !== undefined) {
    throw new DatabaseFailure(
      'data-folder-unreachable',
      `PostgreSQL refuses to run as root, so Laurel runs it as user ${runAs.name}, who may not enter ${closed}, ` +
        `on the way to the data folder ${folder.path}. Choose another folder with --data (such as /var/lib/laurel), ` +
        `run Laurel as an ordinary user, or open the way: chmod o+x ${closed}`,
    )
  }
  return { folder, runAs, binaries: await preparePostgresBinaries(folder.path, runAs) }
}

interface Running {
  readonly postmaster: Postmaster
  readonly version: string
  readonly adopted: boolean
}

async function supervise(
  cluster: Cluster,
  { settings = {}, log, signal }: EmbeddedOptions,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const fields = { folder: cluster.folder.path }
  await rotateLog(cluster.folder.log)
  const first = (await adopt(cluster, log, signal)) ?? (await start(cluster, settings, log, { signal }))
  const { endpoint } = first.postmaster
  try {
    signal?.throwIfAborted()
    await makeDatabase(endpoint, cluster.secret)
  } catch (error) {
    await stopPostmaster(first.postmaster, cluster)
    await removeEndpoint(endpoint)
    throw error
  }

  const stopping = new AbortController()
  let postmaster = first.postmaster
  let ready = true
  const rotation = setInterval(() => rotateLog(cluster.folder.log).catch(() => undefined), 60_000).unref()

  const supervision = (async () => {
    let failures = 0
    for (;;) {
      const watchedFrom = Date.now()
      await ended(postmaster, stopping.signal)
      if (stopping.signal.aborted) return
      ready = false
      if (Date.now() - watchedFrom > healthyAfterMs) failures = 0
      log.error({ ...fields, pid: postmaster.pid }, 'PostgreSQL ended without being asked to; starting it again')
      while (!ready) {
        // At once the first time, then ever more slowly, but never giving up: a full disk is emptied some day.
        const waitMs = failures === 0 ? 0 : Math.min(100 * 2 ** (failures - 1), restartDelayMsMax)
        failures += 1
        await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined)
        if (stopping.signal.aborted) return
        try {
          if (!postmaster.isGone()) await stopPostmaster(postmaster, cluster)
          const onSpawn = (started: Postmaster) => {
            postmaster = started
          }
          const next = await start(cluster, settings, log, { sameEndpoint: endpoint, onSpawn })
          ready = !next.postmaster.isGone()
          log.info({ ...fields, pid: postmaster.pid }, 'PostgreSQL runs again')
        } catch (error) {
          log.error({ ...fields, error: messageOf(error) }, 'PostgreSQL could not be started again')
        }
      }
    }
  })()

  let stopped: Promise<void> | undefined
  const stop = async () => {
    stopping.abort()
    clearInterval(rotation)
    ready = false
    await stopPostmaster(postmaster, cluster)
    await supervision
    // A restart that was under way may have spawned one more meanwhile.
    await stopPostmaster(postmaster, cluster)
    await removeEndpoint(endpoint)
    await release()
  }
  const connection = connectionTo(endpoint, cluster.secret, databaseName)
  return {
    connection,
    url: `postgres://${superuser}:${cluster.secret}@${encodeURIComponent(endpoint.host)}:${endpoint.port}/${databaseName}`,
    folder: cluster.folder.path,
    serverVersion: first.version,
    adopted: first.adopted,
    pid: () => postmaster.pid,
    isRunning: () => ready && !postmaster.isGone(),
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Takes over a server that lives on, if it knows our secret, is of our version and lets us in; else stops it. */
async function adopt(
  cluster: Cluster,
  log: DatabaseLog,
  signal: AbortSignal | undefined,
): Promise<Running | undefined> {
  const postmaster = await findPostmaster(cluster)
  if (postmaster === undefined) return undefined
  const fields = { folder: cluster.folder.path, pid: postmaster.pid }
  try {
    if (await hasSocket(postmaster.endpoint)) {
      const version = await waitUntilReady(postmaster, cluster, log, await logSize(cluster.folder.log), signal)
      if (version === cluster.binaries.version) {
        log.info(fields, 'took over the PostgreSQL that an earlier Laurel left running')
        return { postmaster, version, adopted: true }
      }
    }
  } catch (error) {
    log.warn({ ...fields, error: messageOf(error) }, 'the PostgreSQL left running does not let Laurel in')
  }
  log.info(fields, 'stopping the PostgreSQL that an earlier Laurel left running')
  await stopPostmaster(postmaster, cluster)
  await removeEndpoint(postmaster.endpoint)
  signal?.throwIfAborted()
  return undefined
}

interface StartOptions {
  /** Of the server that was there before, for its clients. */
  readonly sameEndpoint?: Endpoint
  readonly onSpawn?: (postmaster: Postmaster) => void
  readonly signal?: AbortSignal | undefined
}

async function start(
  cluster: Cluster,
  settings: ServerSettings,
  log: DatabaseLog,
  { sameEndpoint, onSpawn = () => undefined, signal }: StartOptions,
): Promise<Running> {
  await clearLeftovers(cluster, sameEndpoint)
  await writeSettings(cluster, settings)
  const endpoint = sameEndpoint ?? (await chooseEndpoint(cluster.runAs))
  const logFrom = await logSize(cluster.folder.log)
  let postmaster: Postmaster | undefined
  try {
    postmaster = await startPostmaster(cluster, endpoint)
    onSpawn(postmaster)
    const version = await waitUntilReady(postmaster, cluster, log, logFrom, signal)
    return { postmaster, version, adopted: false }
  } catch (error) {
    if (postmaster !== undefined) await stopPostmaster(postmaster, cluster)
    if (sameEndpoint === undefined) await removeEndpoint(endpoint)
    throw error
  }
}

/** Settles when the server is gone, can no longer be reached through its socket, or is to be stopped. */
function ended(postmaster: Postmaster, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      clearInterval(watch)
      resolve()
    }
    const watch = setInterval(async () => {
      if (!(await hasSocket(postmaster.endpoint))) settle()
    }, watchEveryMs).unref()
    postmaster.whenGone().then(settle)
    stopping.addEventListener('abort', settle, { once: true })
    if (stopping.aborted) settle()
  })
}

async function makeDatabase(endpoint: Endpoint, secret: string): Promise<void> {
  const client = new pg.Client(connectionTo(endpoint, secret, 'postgres'))
  client.on('error', () => undefined)
  await client.connect()
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`)
  } finally {
    await client.end()
  }
}

/** The server appends to the open file, so what is kept is copied and the file cut, never moved. */
async function rotateLog(path: string): Promise<void> {
  if ((await logSize(path)) <= logBytesMax) return
  await copyFile(path, `${path}.1`)
  await truncate(path, 0)
}

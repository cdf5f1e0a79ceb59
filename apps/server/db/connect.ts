// One door to the database: the embedded PostgreSQL, or one of the operator's own.

import { createHmac } from 'node:crypto'
import { Socket } from 'node:net'
import pg from 'pg'
import { applicationRole, prepareApplicationRole, type Roles } from './application-role.ts'
import {
  checkApplicationSchema,
  checkConnections,
  checkLaurel,
  checkSchema,
  checkServer,
  checkWrites,
  newestMajor,
} from './check-server.ts'
import type { ServerSettings } from './cluster.ts'
import { connectionsMax } from './connections.ts'
import type { DatabaseLog } from './database-failure.ts'
import { type EmbeddedPostgres, openEmbedded } from './embedded.ts'
import { optionsFor, sessionOf, urlWithSettings } from './session.ts'
import { endWhenSilent, type SilenceOptions } from './silence.ts'
import { explain, unreachable } from './transaction.ts'
import { types } from './type-parsers.ts'

export interface DatabaseOptions {
  /** DATABASE_URL. Without it the embedded PostgreSQL on `folder` is used. */
  readonly url?: string | undefined
  readonly folder: string
  readonly log: DatabaseLog
  readonly applicationConnectionsMax?: number
  /** A database that holds no Laurel is refused, and nothing is made in it: it may be somebody else's. */
  readonly holdsLaurel?: true
  /** Settings of the embedded PostgreSQL beside ours. */
  readonly settings?: ServerSettings
  /** Aborted: the opening is given up wherever it is, and nothing is left open. */
  readonly signal?: AbortSignal
  /** How long a connection may be silent before it is looked whether the server is there. */
  readonly silenceMs?: number
}

export interface Database {
  /** Serves requests, with least privilege where `roles` is `separate`. */
  readonly application: pg.Pool
  /** Owns the schema: migrations, backups, jobs' own tables. */
  readonly migrator: pg.Pool
  /** As `application` connects: plain data, for a thread that has a way of its own. */
  readonly connection: pg.ClientConfig
  readonly kind: 'embedded' | 'external'
  readonly roles: Roles
  /** Such as `18.4`. */
  readonly serverVersion: string
  /** The embedded server, where there is one. */
  readonly embedded: EmbeddedPostgres | undefined
  /** Sentences for the operator; empty when all is as it should be. */
  readonly warnings: readonly string[]
  /** Whether it answers a statement, and at once. */
  isAnswering(): Promise<boolean>
  /** Waits for what is under way, closes all connections, stops the embedded server. */
  close(): Promise<void>
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url !== undefined && options.url !== '') return await openExternal(options, options.url)
  const embedded = await openEmbedded(options)
  try {
    return await openEmbeddedPools(options, embedded)
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

async function openEmbeddedPools(options: DatabaseOptions, embedded: EmbeddedPostgres): Promise<Database> {
  const owner = embedded.connection
  // Made from the secret, so that there is one thing to keep. Hexadecimal, so that it needs no quoting.
  const password = createHmac('sha256', owner.password).update(applicationRole).digest('hex')
  const { roles, serverVersion } = await prepare({ ...owner, options: optionsFor(sessionOf()) }, password, options)
  const session = { options: optionsFor(sessionOf(majorOf(serverVersion))) }
  return databaseOf(options, {
    kind: 'embedded',
    embedded,
    roles,
    serverVersion: embedded.serverVersion,
    owner: { ...owner, ...session },
    application: { ...owner, ...session, user: applicationRole, password },
  })
}

async function openExternal(options: DatabaseOptions, url: string): Promise<Database> {
  const first = { connectionString: urlWithSettings(url, sessionOf()) }
  const { roles, serverVersion, commits } = await prepare(first, undefined, options)
  const session = sessionOf(majorOf(serverVersion))
  // What is acknowledged is on the disk; where a standby has to have it too, that stays so.
  const settings = commits === 'off' ? { ...session, synchronous_commit: 'on' } : session
  return databaseOf(options, {
    kind: 'external',
    embedded: undefined,
    roles,
    serverVersion,
    owner: { connectionString: urlWithSettings(url, settings) },
    application: {
      connectionString: urlWithSettings(url, roles === 'separate' ? { ...settings, role: applicationRole } : settings),
    },
  })
}

async function prepare(
  config: pg.ClientConfig,
  password: string | undefined,
  { signal, holdsLaurel }: Pick<DatabaseOptions, 'signal' | 'holdsLaurel'>,
) {
  const socket = new Socket()
  const client = new pg.Client({ ...config, stream: () => socket, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  const giveUp = () => socket.destroy()
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    signal?.throwIfAborted()
    await client.connect().catch((error) => {
      throw unreachable(error)
    })
    const { serverVersion, commits } = await checkServer(client)
    await checkWrites(client)
    await checkConnections(client)
    if (holdsLaurel === true) await checkLaurel(client)
    await checkSchema(client)
    const roles = await prepareApplicationRole(client, password)
    if (roles === 'separate') await checkApplicationSchema(client)
    return { serverVersion, roles, commits }
  } catch (error) {
    signal?.throwIfAborted()
    throw explain(error)
  } finally {
    signal?.removeEventListener('abort', giveUp)
    await client.end().catch(() => undefined)
  }
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10)
}

interface Parts extends Pick<Database, 'kind' | 'embedded' | 'roles' | 'serverVersion'> {
  readonly owner: pg.PoolConfig
  readonly application: pg.PoolConfig
}

function databaseOf(options: DatabaseOptions, parts: Parts): Database {
  const { log, applicationConnectionsMax = connectionsMax.application, silenceMs } = options
  const { kind, embedded, roles, serverVersion } = parts
  const served = {
    ...parts.application,
    application_name: 'laurel',
    max: applicationConnectionsMax,
    // A request is answered or given up long before; what still runs then only holds locks.
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
  }
  const owned = { ...parts.owner, application_name: 'laurel-migrator', max: connectionsMax.migrator }
  const application = makePool(log, served, { silenceMs })
  const migrator = makePool(log, owned, { silenceMs })
  let closed: Promise<void> | undefined
  // Who asks again meanwhile takes no second connection.
  let answer: Promise<boolean> | undefined
  return {
    application,
    migrator,
    connection: parts.application,
    kind,
    embedded,
    roles,
    serverVersion,
    warnings: warningsOf(parts),
    isAnswering: async () => {
      answer ??= answers(application).finally(() => {
        answer = undefined
      })
      return await atOnce(answer)
    },
    close: () => {
      closed ??= (async () => {
        await Promise.all([application.end(), migrator.end()])
        await embedded?.stop()
      })()
      return closed
    },
  }
}

/** A pool that reads values our way, outlives its server, and waits for none that is silent. */
export function makePool(log: DatabaseLog, config: pg.PoolConfig, silence: SilenceOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    ...{ connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 10_000 },
    ...{ types, ...config },
  })
  // Without listeners, the server's end would be the end of this process: one for idle connections, one for those in use.
  pool.on('error', (error) => {
    // A pool that ends does not wait for its goodbyes to arrive: the server, stopped next, may cut them short.
    if (!pool.ending) log.warn({ error: error.message }, 'a connection to the database was lost')
  })
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  endWhenSilent(pool, config, silence)
  return pool
}

async function answers(pool: pg.Pool): Promise<boolean> {
  return await pool.query('SELECT 1').then(
    () => true,
    () => false,
  )
}

/** Whoever watches over the servers asks every few seconds, and waits no longer. */
const answerMsMax = 2_000

async function atOnce(answer: Promise<boolean>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const tooLate = setTimeout(() => resolve(false), answerMsMax)
  return await Promise.race([answer, promise]).finally(() => clearTimeout(tooLate))
}

function warningsOf({ kind, roles, serverVersion }: Parts): string[] {
  const warnings: string[] = []
  if (roles === 'single') {
    warnings.push(
      'One database role does everything: append-only tables are not protected by privilege. ' +
        'For two roles, give the user of DATABASE_URL the right CREATEROLE before the first start; where another Laurel of this ' +
        `PostgreSQL has made the role already, as a superuser or its maker: GRANT ${applicationRole} TO that user.`,
    )
  }
  if (majorOf(serverVersion) > newestMajor) {
    warnings.push(`PostgreSQL ${serverVersion} is newer than what Laurel was tried with (${newestMajor}).`)
  }
  if (kind === 'embedded') {
    warnings.push(
      `The embedded PostgreSQL ${serverVersion} is for one machine. Its security releases come late: ` +
        'set DATABASE_URL to a server of your own when this machine is exposed.',
    )
  }
  return warnings
}

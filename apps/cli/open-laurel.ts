import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Client, createClient, type ProblemBody, RequestProblem, type Scope } from '@laurel/contract'
import {
  createKey,
  type Face,
  openServer,
  type ReadyProgram,
  readSettings,
  revokeKey,
  type Server,
} from '@laurel/server'
import { CommandFailure, exitCodes } from './exit.ts'
import type { LaurelOptions, SettingOptions } from './laurel-options.ts'
import { couldNotOpen } from './open-failure.ts'
import { listenForInterruption, wasInterrupted, whenInterrupted } from './terminal/interruption.ts'

export interface Laurel {
  readonly client: Client
  /** Null where it runs elsewhere. */
  readonly server: Server | null
}

/**
 * Opens a Laurel for the length of one command. Where no server is named, one is started inside this process on a port of its
 * own, and the command goes through the same interface with a key that lives as long: one road for both.
 */
export async function withLaurel<Result>(
  options: LaurelOptions,
  scopes: readonly Scope[],
  purpose: string,
  use: (laurel: Laurel) => Promise<Result>,
  way: Way = {},
): Promise<Result> {
  if (options.url !== undefined) return await useRunning(options.url, options, use)
  const work = async (server: Server): Promise<Result> => {
    const program = options.programId ?? (await programIn(server))
    return await withKey(server, program, scopes, purpose, async (client) => await use({ client, server }))
  }
  return await withServer(options, work, { ...way, takesUrl: true })
}

/** For the length of one command, one that runs already; its key says what may be done. */
export async function useRunning<Result>(
  url: string,
  options: LaurelOptions,
  use: (laurel: Laurel) => Promise<Result>,
): Promise<Result> {
  if (options.data !== undefined || options.databaseUrl !== undefined) {
    throw new CommandFailure(exitCodes.usage, 'two Laurels are named: one that runs, and a database', {
      place: `--url and ${options.data === undefined ? '--database-url' : '--data'}`,
      remedy: 'leave one of them out',
    })
  }
  const key = options.key ?? process.env['LAUREL_KEY']
  if (key === undefined) {
    throw new CommandFailure(exitCodes.usage, '--url needs a key', {
      place: '--key',
      remedy: 'pass --key or set LAUREL_KEY; "laurel key create" makes one',
    })
  }
  try {
    return await use({ client: createClient({ url, key }), server: null })
  } catch (error) {
    throw error instanceof RequestProblem
      ? ofProblem(error, url)
      : error instanceof TypeError
        ? ofFetch(error, url)
        : error
  }
}

export interface Way {
  /** Only what begins a Laurel may make its folder, or its tables in a database of one's own. */
  readonly folder?: 'new'
  /** It changes nothing, not even the tables of an older Laurel. */
  readonly onlyReads?: true
  /** The command listens itself, and ends where it may. */
  readonly endsItself?: true
  /** The command can ask one that runs instead. */
  readonly takesUrl?: boolean
}

/** A server inside this process, for the length of `use` or until somebody asks the command to stop. */
export async function withServer<Result>(
  options: LaurelOptions,
  use: (server: Server) => Promise<Result>,
  { folder, onlyReads, endsItself, takesUrl = false }: Way = {},
): Promise<Result> {
  const interrupted = listenForInterruption()
  const { data, databaseUrl } = options
  const here: SettingOptions = {
    ...(data === undefined ? {} : { data }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...{ port: '0', host: '127.0.0.1', log: 'warn' },
    // Links that it makes are followed later, where Laurel runs then.
    publicUrl: usualAddress(),
  }
  if (folder !== 'new') requireCluster(here)
  const database = onlyReads === true ? 'read' : folder === 'new' ? 'begin' : 'go-on'
  const server = await openHere(here, { takesUrl, isForOneCommand: true, database })
  try {
    if (endsItself === true) return await use(server)
    const stop = whenInterrupted(interrupted).then(() => {
      throw wasInterrupted()
    })
    return await Promise.race([use(server), stop])
  } finally {
    await server.close()
  }
}

/** Where a server of this environment answers. */
function usualAddress(): string {
  const { url, host, port } = settingsFrom({})
  return url ?? `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
}

/** A folder that was mistyped, or that holds no more than notes of an import elsewhere, must not become an empty Laurel. */
function requireCluster(options: SettingOptions): void {
  const { databaseUrl, dataFolder } = settingsFrom(options)
  if (databaseUrl !== undefined || existsSync(path.join(dataFolder, 'postgres'))) return
  throw new CommandFailure(exitCodes.unreachable, `there is no Laurel in ${dataFolder}`, {
    place: '--data',
    remedy: 'name the folder of "laurel start", or begin one: npx laurel publish PROGRAM',
  })
}

interface Opening {
  /** The command can ask one that runs instead. */
  readonly takesUrl?: boolean
  readonly isForOneCommand?: boolean
  readonly database?: 'begin' | 'go-on' | 'read'
  /** What it serves to browsers beside the interface. */
  readonly faces?: readonly Face[]
  /** What a shop can begin with, where there is none. */
  readonly readyPrograms?: readonly ReadyProgram[]
}

/** A server inside this process, unless the command is asked to stop; its log goes to stderr, where it is in nobody's way. */
export async function openHere(
  options: SettingOptions,
  { takesUrl = false, isForOneCommand = false, database = 'begin', faces = [], readyPrograms = [] }: Opening = {},
): Promise<Server> {
  const settings = settingsFrom(options)
  const signal = listenForInterruption()
  const server = { logStream: process.stderr, signal, isForOneCommand, database, faces, readyPrograms }
  return await openServer(settings, server).catch((error: unknown) => {
    throw signal.aborted ? wasInterrupted() : couldNotOpen(error, takesUrl)
  })
}

/** Flags win over the environment. */
export function settingsFrom(options: SettingOptions) {
  refuseTwoDatabases(options)
  try {
    return readSettings(process.env, {
      port: options.port,
      host: options.host,
      dataFolder: options.data,
      databaseUrl: options.databaseUrl,
      secretFile: options.secretFile,
      logLevel: options.log,
      trustProxy: options.trustProxy === undefined ? undefined : 'true',
      keyRequestsPerSecondMax: options.keyRequests,
      rootsFile: options.roots,
      url: options.publicUrl,
      mail: options.mail,
      texts: options.texts,
    })
  } catch (error) {
    throw couldNotOpen(error)
  }
}

/** Which of them is meant nobody can know, and the wrong one would be opened empty, or written to. */
function refuseTwoDatabases({ data, databaseUrl }: SettingOptions): void {
  if (data === undefined || databaseUrl !== undefined || (process.env['DATABASE_URL'] ?? '') === '') return
  throw new CommandFailure(exitCodes.usage, 'two databases are named: a folder, and one of your own', {
    place: '--data and DATABASE_URL',
    remedy:
      'unset DATABASE_URL to open the folder; or say --database-url, too, and the folder is for the files beside that database',
  })
}

const keyLastsMs = 24 * 3_600_000

/** A client of this server with a key of its own that ends with `use`, or after a day should the process be killed. */
export async function withKey<Result>(
  { context, url }: Server,
  program: string,
  scopes: readonly Scope[],
  purpose: string,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const expiresAt = new Date(Date.now() + keyLastsMs).toISOString()
  const { id, key } = await createKey(context, 'laurel', { program, name: purpose, scopes, expiresAt })
  try {
    return await use(createClient({ url, key }))
  } catch (error) {
    throw error instanceof RequestProblem ? ofProblem(error, 'the database') : error
  } finally {
    await revokeKey(context, 'laurel', program, id)
  }
}

/** The program that a command is about: the one it names, which must be there, or the only one. */
export async function programIn({ context }: Server, named?: string): Promise<string> {
  const ids = await context.timelines.ids()
  // A sandbox is there for whoever names it.
  if (named !== undefined && (await context.timelines.of(named)) !== null) return named
  if (named !== undefined && ids.length > 0) {
    throw new CommandFailure(exitCodes.usage, `there is no program ${named}, but ${ids.join(', ')}`, {
      place: '--program-id',
      remedy: 'name one of them',
    })
  }
  const [only, ...others] = ids
  if (only === undefined) {
    throw new CommandFailure(exitCodes.usage, 'no program is published yet', { remedy: 'npx laurel publish PROGRAM' })
  }
  if (others.length === 0) return only
  throw new CommandFailure(exitCodes.usage, `there are several programs: ${ids.join(', ')}`, {
    place: '--program-id',
    remedy: 'say which one',
  })
}

/** Laurel says so of itself, or what stands before it says it of Laurel. */
const isAway: ReadonlySet<number> = new Set([502, 503, 504])

function ofProblem({ body }: RequestProblem, place: string): CommandFailure {
  const exit = isAway.has(body.status) ? exitCodes.unreachable : body.status >= 500 ? exitCodes.fault : exitCodes.usage
  const errors = [...(body.errors ?? []), ...findingsIn(body['findings'])]
    .map(({ path, message }) => `\n  ${path} ${message}`)
    .join('')
  const message = `${body.title}${body.detail === undefined ? '' : `: ${body.detail}`} [${body.code}]${errors}`
  const given = extensionsOf(body)
  return new CommandFailure(exit, message, { place, remedy: body.remedy, ...(given === null ? null : { given }) })
}

/** What a problem says beyond what every problem says: its remedy names these. Errors and findings are lines of the message. */
function extensionsOf(body: ProblemBody): Record<string, unknown> | null {
  const { type, title, status, code, detail, remedy, errors, instance, findings, ...extensions } = body
  return Object.keys(extensions).length === 0 ? null : extensions
}

/** Errors of a program's document; whatever else another release may send there is passed over. */
function findingsIn(findings: unknown): { path: string; message: string }[] {
  if (!Array.isArray(findings)) return []
  return findings.flatMap((each: { severity?: unknown; path?: unknown; message?: unknown; instead?: unknown }) =>
    each.severity === 'error' ? [{ path: `${each.path}:`, message: `${each.message}. ${each.instead}` }] : [],
  )
}

const ofFetch = (error: TypeError, url: string) =>
  new CommandFailure(exitCodes.unreachable, `no Laurel answers (${error.message})`, {
    place: url,
    remedy: 'check the address, and that the server runs',
    cause: error,
  })

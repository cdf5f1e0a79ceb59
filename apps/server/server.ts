import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { compileAccepted } from '@laurel/engine'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Backtester } from './backtests/backtester.ts'
import { backtestJobs } from './backtests/jobs.ts'
import { type Context, createClocks } from './context.ts'
import { Corrector } from './corrections/corrector.ts'
import { correctionJobs } from './corrections/jobs.ts'
import type { ServerSettings } from './db/cluster.ts'
import { type Database, openDatabase } from './db/connect.ts'
import { codeOf } from './db/database-failure.ts'
import { migrate, requireMigrated } from './db/migrate.ts'
import { decisionJobs } from './decisions/jobs.ts'
import { createRecorder, type RecordingContext } from './decisions/recorder.ts'
import { drawJobs } from './draws/jobs.ts'
import { createFirstRun, type FirstRun, type ReadyProgram } from './first-run/first-run.ts'
import { openHttp } from './http/open-http.ts'
import { type Face, serveFace } from './http/serve-face.ts'
import { insightJobs } from './insights/jobs.ts'
import { Reckoner } from './insights/reckoner.ts'
import { type Job, type Jobs, startJobs } from './jobs/start-jobs.ts'
import { leaderboardJobs } from './leaderboards/jobs.ts'
import { applyErased } from './leaving/apply-erased.ts'
import { ErasedFile } from './leaving/erased-file.ts'
import { leavingJobs } from './leaving/jobs.ts'
import { createMailer, type Mailer } from './mail/mailer.ts'
import { createTexter } from './mail/texter.ts'
import { memberSignInJobs } from './member-sign-in/jobs.ts'
import { createMemberSignIn, type MemberSignIn } from './member-sign-in/member-sign-in.ts'
import { occasionJobs } from './occasions/jobs.ts'
import { offerJobs } from './offers/jobs.ts'
import { Sender } from './offers/sender.ts'
import { Outbox } from './outbox/outbox.ts'
import manifest from './package.json' with { type: 'json' }
import { createTimelines } from './programs/timeline.ts'
import { bindRoutes } from './routes.ts'
import { Advancer } from './sandboxes/advancer.ts'
import { sandboxJobs } from './sandboxes/jobs.ts'
import { seatJobs } from './seats/jobs.ts'
import { selfJobs } from './self/jobs.ts'
import type { Settings } from './settings.ts'
import { signInJobs } from './sign-in/jobs.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import { staffJobs } from './staff/jobs.ts'
import { statementJobs } from './statements/jobs.ts'
import { teamJobs } from './team/jobs.ts'
import { openSignIn } from './team/open-sign-in.ts'
import { findVault, openVault } from './vouchers/read-secret.ts'
import type { Vault } from './vouchers/vault.ts'

export interface ServerOptions {
  /** Where log lines go; standard output where nothing is said. */
  readonly logStream?: { write(line: string): void }
  /** Settings of the embedded PostgreSQL beside ours; for tests. */
  readonly databaseSettings?: ServerSettings
  /** How long the database may be silent before it is looked whether it is there; for tests. */
  readonly databaseSilenceMs?: number
  /** How long a stop waits for requests that do not end; 10 seconds where nothing is said. */
  readonly drainMs?: number
  /** The wall clock, epoch milliseconds; for tests. */
  readonly now?: () => number
  /** Web apps that were built into folders, served beside the interface; none where nothing is said. */
  readonly faces?: readonly Face[]
  /** What a shop can begin with where there is none yet; nothing where nothing is said, and then nobody is asked to. */
  readonly readyPrograms?: readonly ReadyProgram[]
  /** Aborted: the opening is given up wherever it is, and nothing stays open. */
  readonly signal?: AbortSignal
  /** For one command, which may be far from where people are served: the secret of codes is not made here, nor missed. */
  readonly isForOneCommand?: boolean
  /**
   * What is done with the database: one that holds no Laurel is begun (where nothing is said) or refused, and one to read is not even
   * brought up to date, nor do jobs work at it.
   */
  readonly database?: 'begin' | 'go-on' | 'read'
}

export interface Server {
  /** Where it answers, as `http://127.0.0.1:3000`. */
  readonly url: string
  readonly context: RecordingContext
  readonly signIn: SignIn
  /** Whoever shows it may open a shop; null: one is open. */
  readonly firstRunToken: string | null
  /** Answers what is under way, writes what was taken, and stops everything that was started. A second call waits too. */
  close(): Promise<void>
}

/** Somebody else listens there, or nobody may. */
export class PortUnavailable extends Error {
  override readonly name = 'PortUnavailable'
  readonly port: number

  readonly remedy: string

  constructor(host: string, port: number, cause: unknown) {
    const code = codeOf(cause) ?? 'unknown reason'
    super(`port ${port} of ${host} ${portTrouble[code] ?? `cannot be opened (${code})`}`, { cause })
    this.port = port
    this.remedy = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)
      ? 'name an address of this machine with --host or HOST; 127.0.0.1 is this machine alone, 0.0.0.0 everywhere'
      : 'choose another with --port or PORT; 0 is any free port'
  }
}

const portTrouble: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'needs more rights than this user has',
  EADDRNOTAVAIL: 'cannot be opened: the address is not one of this machine',
  ENOTFOUND: 'cannot be opened: the address is not known',
  EAI_AGAIN: 'cannot be opened: the address is not known',
}

/** So long a stream that never ends may delay the end of the server. */
const drainMsMax = 10_000
/** A connection that has become idle meanwhile is let go at the next such beat. */
const idleBeatMs = 50

/**
 * Opens the database, brings it up to date, and listens. Throws `DatabaseFailure` or `PortUnavailable`, or why `signal` was
 * aborted; nothing stays open.
 */
export async function openServer(settings: Settings, options: ServerOptions = {}): Promise<Server> {
  const { logLevel, trustProxy, databaseUrl, dataFolder, host, port } = settings
  const { logStream, databaseSettings, databaseSilenceMs, signal } = options
  const isToRead = options.database === 'read'
  await refuseTakenPort(host, port)
  const http = openHttp({ logLevel, trustProxy, ...(logStream === undefined ? {} : { logStream }) })
  const database = await openDatabase({
    url: databaseUrl,
    folder: dataFolder,
    log: http.log,
    ...(databaseSettings === undefined ? {} : { settings: databaseSettings }),
    ...(databaseSilenceMs === undefined ? {} : { silenceMs: databaseSilenceMs }),
    ...(signal === undefined ? {} : { signal }),
    ...((options.database ?? 'begin') === 'begin' ? {} : { holdsLaurel: true }),
  })
  try {
    if (isToRead) await requireMigrated(database)
    else await migrate(database, signal === undefined ? {} : { signal })
    const erasedFile = erasedFileOf(settings)
    const secretFile = settings.secretFile ?? join(dataFolder, 'codes.secret')
    const vault = options.isForOneCommand
      ? await findVault(database, secretFile)
      : await openVault(database, secretFile, new Date(options.now?.() ?? Date.now()).toISOString())
    const assembled = await assembleServer(
      http,
      database,
      settings,
      { erasedFile, vault, readyPrograms: options.readyPrograms ?? [] },
      options.now,
    )
    const { context, signIn } = assembled
    const isSignedIn = async (request: FastifyRequest) => (await signIn.signedIn(request)) !== null
    for (const face of options.faces ?? []) serveFace(http, face, isSignedIn)
    try {
      // Before anybody is served: a restored backup knows members again who are to be forgotten.
      await applyErased(context, erasedFile)
      signal?.throwIfAborted()
      const { rootsFile } = settings
      if (options.isForOneCommand !== true && database.kind === 'external') {
        for (const warning of database.warnings) http.log.warn(warning)
      }
      const jobs = isToRead
        ? noJobs
        : await startJobs(context, everyJob(context, { ...assembled, erasedFile, rootsFile }))
      return await listen(assembled, database, jobs, { host, port, drainMs: options.drainMs ?? drainMsMax })
    } catch (error) {
      await context.recorder.close()
      throw error
    }
  } catch (error) {
    await http.close()
    await database.close()
    throw error
  }
}

/** Whoever works at what takes long, and the files that jobs write. */
interface Workers {
  readonly sender: Sender
  readonly backtester: Backtester
  readonly advancer: Advancer
  readonly corrector: Corrector
  readonly reckoner: Reckoner
  readonly erasedFile: ErasedFile | null
  readonly rootsFile: string | undefined
}

const noJobs: Jobs = { close: () => Promise.resolve() }

/** All that a server does by the clock. */
export const everyJob = (context: RecordingContext, workers: Workers): readonly Job[] => [
  ...decisionJobs(context),
  ...seatJobs(context),
  ...drawJobs(context),
  ...occasionJobs(context),
  ...leaderboardJobs(context),
  ...offerJobs(workers.sender),
  ...backtestJobs(workers.backtester),
  ...sandboxJobs(workers.advancer),
  ...correctionJobs(workers.corrector),
  ...insightJobs(context, workers.reckoner),
  ...leavingJobs(context, workers.erasedFile),
  ...statementJobs(context, workers.rootsFile),
  ...signInJobs(context),
  ...memberSignInJobs(context),
  ...selfJobs(context),
  ...teamJobs(context),
  ...staffJobs(context),
]

/** Asked before anything is made; who takes the port meanwhile is found when it is opened. */
async function refuseTakenPort(host: string, port: number): Promise<void> {
  if (port === 0) return
  const probe = createServer()
  try {
    probe.listen({ host, port })
    await once(probe, 'listening')
  } catch (cause) {
    throw new PortUnavailable(host, port, cause)
  }
  probe.close()
  await once(probe, 'close')
}

/** Beside the embedded database; beside one of the operator's own only where the operator has put it. */
function erasedFileOf({ dataFolder, databaseUrl }: Settings): ErasedFile | null {
  const path = join(dataFolder, 'erased.ndjson')
  return databaseUrl === undefined || existsSync(path) ? new ErasedFile(path) : null
}

interface Assembled {
  readonly http: FastifyInstance
  readonly context: RecordingContext
  readonly outbox: Outbox
  readonly sender: Sender
  readonly backtester: Backtester
  readonly advancer: Advancer
  readonly corrector: Corrector
  readonly reckoner: Reckoner
  readonly signIn: SignIn
  readonly mailer: Mailer
  readonly memberSignIn: MemberSignIn
  readonly firstRun: FirstRun
  /** Refuses what comes from now on. */
  shut(): void
}

/** Everything but the listening. The database must be migrated. */
async function assembleServer(
  http: FastifyInstance,
  database: Database,
  settings: Settings,
  {
    erasedFile,
    vault,
    readyPrograms,
  }: { readonly erasedFile: ErasedFile | null; readonly vault: Vault; readonly readyPrograms: readonly ReadyProgram[] },
  wallNow: () => number = Date.now,
): Promise<Assembled> {
  const base: Context = { database, log: http.log, ...createClocks(wallNow), newId }
  const withPrograms = { ...base, timelines: createTimelines(base, compileAccepted) }
  const recorder = createRecorder(withPrograms, { onSent: () => outbox.wake() })
  const context = { ...withPrograms, recorder }
  const outbox = new Outbox(context)
  const sender = new Sender(context)
  const backtester = new Backtester(context)
  const advancer = new Advancer(context, (program) => outbox.deliverIn(program))
  const corrector = new Corrector(context)
  const reckoner = new Reckoner(context)
  const mailer = createMailer(settings.mail, settings.mailFrom, http.log, wallNow)
  const signIn = openSignIn(context, settings, vault.signInSecret, mailer)
  const texter = createTexter(settings.texts, http.log, mailer)
  const memberSignIn = createMemberSignIn(context, { url: settings.url, secret: vault.signInSecret, mailer, texter })
  const firstRun = await createFirstRun(context, readyPrograms)
  let isOpen = true
  await bindRoutes(http, context, {
    version: manifest.version,
    requestsPerSecondMax: settings.keyRequestsPerSecondMax,
    erasedFile,
    vault,
    signIn,
    mailer,
    memberSignIn,
    firstRun,
    isOpen: () => isOpen,
    onSending: () => sender.wake(),
    onBacktest: () => backtester.wake(),
    onAdvance: (isEnded) => advancer.workUntil(isEnded),
    onCorrection: () => corrector.wake(),
    onInsights: () => reckoner.wake(),
  })
  return {
    http,
    context,
    outbox,
    sender,
    backtester,
    advancer,
    corrector,
    reckoner,
    signIn,
    mailer,
    memberSignIn,
    firstRun,
    shut: () => {
      isOpen = false
    },
  }
}

const newId: Context['newId'] = (kind) => `${kind}_${randomUUIDv7().replaceAll('-', '')}`

async function listen(
  { http, context, outbox, signIn, mailer, memberSignIn, firstRun, shut, ...workers }: Assembled,
  database: Database,
  jobs: Jobs,
  { host, port, drainMs }: { readonly host: string; readonly port: number; readonly drainMs: number },
): Promise<Server> {
  try {
    await http.listen({ host, port })
  } catch (cause) {
    await jobs.close()
    await context.recorder.close()
    throw new PortUnavailable(host, port, cause)
  }
  outbox.open()
  const { sender, backtester, advancer, corrector, reckoner } = workers
  for (const worker of [backtester, advancer, corrector, reckoner]) await worker.open()
  const close = async () => {
    shut()
    const stop = setTimeout(() => http.server.closeAllConnections(), drainMs)
    // Clients keep their connections; closing the server alone would wait for each of them to lose interest.
    const letGo = setInterval(() => http.server.closeIdleConnections(), idleBeatMs)
    await http.close()
    clearInterval(letGo)
    clearTimeout(stop)
    await jobs.close()
    // An advance brings what members send each other: the outbox ends after it.
    for (const worker of [advancer, outbox, sender, backtester, corrector, reckoner]) await worker.close()
    await context.recorder.close()
    await signIn.close()
    await memberSignIn.close()
    mailer.close()
    await database.close()
  }
  let closed: Promise<void> | undefined
  return {
    url: urlOf(host, http.server.address()),
    context,
    signIn,
    firstRunToken: firstRun.token,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  // Whoever listens everywhere is reached here, too.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { createClient, type Scope, scopes } from '@laurel/contract'
import { compileAccepted } from '@laurel/engine'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll } from 'vitest'
import { freshDatabase } from '../../test/database/fresh-database.ts'
import { createKey } from './access/create-key.ts'
import { createClocks } from './context.ts'
import { createRecorder, type RecordingContext } from './decisions/recorder.ts'
import { createFirstRun, type ReadyProgram } from './first-run/first-run.ts'
import { openHttp } from './http/open-http.ts'
import { createMailer, type Mailer } from './mail/mailer.ts'
import { createTexter } from './mail/texter.ts'
import { createMemberSignIn } from './member-sign-in/member-sign-in.ts'
import { Outbox } from './outbox/outbox.ts'
import { createTimelines } from './programs/timeline.ts'
import { publishProgram } from './publishing/publish-program.ts'
import { bindRoutes } from './routes.ts'
import { Advancer } from './sandboxes/advancer.ts'
import type { Server } from './server.ts'
import type { Settings } from './settings.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import { openSignIn } from './team/open-sign-in.ts'
import { createVault, SECRET_BYTES } from './vouchers/vault.ts'

/** A server on a database of its own, without a socket, whose clock stands still until it is set. */
export interface TestServer {
  readonly context: RecordingContext
  readonly clock: { now: number }
  readonly log: string[]
  readonly signIn: SignIn
  readonly mailer: Mailer
  /** Null: it was given nothing to begin with. */
  readonly firstRunToken: string | null
  inject(options: InjectOptions): Promise<LightMyRequestResponse>
  keyFor(program: string, granted?: readonly Scope[], expiresAt?: string | null): Promise<string>
  /** Sends JSON with a key that may do everything in `club`, unless another is given; answers status and body. */
  call(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Called>
  /** A first version of `club`, or of the program that the document names. */
  publish(document?: string, id?: string): Promise<void>
  /** A member of its own with so many points. */
  memberWith(points: number): Promise<string>
  /** What the member may spend of the first asset of `club`. */
  activeOf(member: string): Promise<number>
}

export interface Called {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: an answer as it came, which each test says more about
  readonly body: any
}

export const clubDocument = `
laurel: 1
id: club
name: { en: Club }
zone: Europe/London
currency: GBP
inForce: { from: always }
late: { accept: P30D, then: person }
refunds: { accept: P180D, shortfall: debt, limit: none }
unknownMembers: create

activities:
  review: { facts: { words: number } }

assets:
  points:
    kind: spendable
    name: { en: points }
    pending: none
    expires: { life: P12M }
    warn: [P30D]

earn:
  - id: base
    on: order.paid
    give: 1 points
    per: 1.00 GBP
    round: floor
  - id: review
    on: activity.review
    when: 'activity.words >= 30'
    give: 50 points

tiers:
  - ladder: standing
    measure: { earned: points }
    window: { calendar: year }
    rise: at-once
    fall: { to: earned }
    levels:
      - { id: green, reach: 0 points }
      - { id: gold, reach: 100 points }

rewards:
  five-off: { kind: money-off, value: 5.00 GBP, price: 50 points }
`

export interface TestServerOptions {
  readonly requestsPerSecondMax?: number
  readonly url?: string
  readonly company?: Settings['company']
  readonly readyPrograms?: readonly ReadyProgram[]
}

export async function openTestServer({
  requestsPerSecondMax = 100_000,
  url,
  company,
  readyPrograms = [],
}: TestServerOptions = {}): Promise<TestServer> {
  const database = await freshDatabase()
  const clock = { now: Date.parse('2026-03-14T12:00:00Z') }
  const log: string[] = []
  const http = openHttp({ logLevel: 'warn', logStream: { write: (line) => log.push(line) }, trustProxy: false })
  const newId = (kind: string) => `${kind}_${randomUUIDv7()}`
  const base = { database, log: http.log, ...createClocks(() => clock.now), newId }
  const withPrograms = { ...base, timelines: createTimelines(base, compileAccepted) }
  const context = { ...withPrograms, recorder: createRecorder(withPrograms) }
  const outbox = new Outbox(context)
  const advancer = new Advancer(context, (program) => outbox.deliverIn(program))
  const vault = createVault(randomBytes(SECRET_BYTES))
  const mailer = createMailer('box', '', http.log, () => clock.now)
  const signIn = openSignIn(context, { url, company }, vault.signInSecret, mailer)
  const texter = createTexter('box', http.log, mailer)
  const memberSignIn = createMemberSignIn(context, { url, secret: vault.signInSecret, mailer, texter })
  const firstRun = await createFirstRun(context, readyPrograms)
  await bindRoutes(http, context, {
    version: '0.0.0',
    requestsPerSecondMax,
    erasedFile: null,
    vault,
    signIn,
    mailer,
    memberSignIn,
    firstRun,
    isOpen: () => true,
    // Tests send when they say so.
    onSending: () => undefined,
    onBacktest: () => undefined,
    onAdvance: (isEnded) => advancer.workUntil(isEnded),
    onCorrection: () => undefined,
    onInsights: () => undefined,
  })
  afterAll(async () => {
    await http.close()
    await advancer.close()
    await signIn.close()
    await memberSignIn.close()
    await context.recorder.close()
  })

  const keyFor: TestServer['keyFor'] = async (program, granted = scopes, expiresAt = null) =>
    (await createKey(context, 'test', { program, name: 'test', scopes: granted, expiresAt })).key
  const everything = await keyFor('club')
  const call: TestServer['call'] = async (method, url, body, headers = {}) => {
    const response = await http.inject({
      method,
      url,
      headers: {
        authorization: `Bearer ${everything}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.statusCode, body: response.body === '' ? null : JSON.parse(response.body) }
  }
  let members = 0
  return {
    context,
    clock,
    log,
    signIn,
    mailer,
    firstRunToken: firstRun.token,
    keyFor,
    inject: (options) => http.inject(options),
    call,
    publish: async (document = clubDocument, id = 'club') => {
      await publishProgram(context, 'test', id, { document, note: '' })
    },
    memberWith: async (points) => {
      members += 1
      const member = `member-${members}`
      await call('POST', '/v1/events', orderPaid(`fund-${member}`, member, points * 100))
      return member
    },
    activeOf: async (member) => (await call('GET', `/v1/members/${member}/balance`)).body.balances[0]?.active ?? 0,
  }
}

/** An order of one line at 10:00 on the day of the test server's clock. */
export const orderPaid = (id: string, member: string, total: number, change: object = {}) => ({
  type: 'order.paid',
  id,
  source: 'web',
  member,
  occurredAt: '2026-03-14T10:00:00Z',
  order: { id: `order-${id}`, currency: 'GBP', lines: [{ id: '1', sku: 'kettle', quantity: 1, total }] },
  ...change,
})

/** Speaks to a server that listens, with a key that may do everything in `club`. */
export async function clientOf({ context, url }: Pick<Server, 'context' | 'url'>) {
  const { key } = await createKey(context, 'test', { program: 'club', name: 'test', scopes, expiresAt: null })
  return createClient({ url, key })
}

import { type Route, routes } from '@laurel/contract'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { makePool } from '../db/connect.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { type Browser, browserOf, fromOurPage, signedIn, staffOf } from '../team/staff.fixture.ts'
import { memberSignInJobs } from './jobs.ts'
import { createMemberAuth } from './member-auth.ts'

const server = await openTestServer()
await server.publish()
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
const { call } = server
const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }

const profile = (email: string | null, phone: string | null) => ({ profile: { name: 'Somebody', email, phone } })
await call('POST', '/v1/members', { id: 'Maren', ...profile('Maren@Example.com', '+4915112345678') })
await call('POST', '/v1/members', { id: 'maren', ...profile('other@example.com', null) })
await call('POST', '/v1/members', { id: 'his', ...profile('home@example.com', null) })
await call('POST', '/v1/members', { id: 'hers', ...profile('home@example.com', null) })
await call('POST', '/v1/members', { id: 'Maren', ...profile('maren@example.com', null) }, rival)
await call('POST', '/v1/events', orderPaid('o1', 'Maren', 7_000))
await staffOf(server, 'ada@example.com', { club: 'owner' })

const rows = async (query: string, values: unknown[] = []) =>
  (await server.context.database.migrator.query(query, values)).rows
const codeIn = (text = '') => /^(\d{6}) is your code/.exec(text)?.[1] ?? ''
const lastBoxed = () => server.mailer.box?.[0]

async function askFor(browser: Browser, contact: string, program = 'club'): Promise<string> {
  const before = server.mailer.box?.length
  expect((await browser.post(`/v1/doors/${program}/codes`, { contact })).statusCode).toBe(200)
  await vi.waitFor(() => expect(server.mailer.box?.length).toBe((before ?? 0) + 1))
  return codeIn(lastBoxed()?.text)
}
const enter = (browser: Browser, contact: string, code: string, program = 'club') =>
  browser.post(`/v1/doors/${program}/sessions`, { contact, code })

let made = 0
/** A member whom nobody has asked a code for yet, signed in: codes for one contact are few. */
async function memberBrowser(program = 'club'): Promise<Browser> {
  const contact = `member-${++made}@example.com`
  const headers = program === 'club' ? {} : rival
  await call('POST', '/v1/members', { id: `m${made}`, ...profile(contact, null) }, headers)
  const browser = browserOf(server)
  const answer = await enter(browser, contact, await askFor(browser, contact, program), program)
  expect(answer.statusCode, answer.body).toBe(200)
  return browser
}
/** The same member in another browser. */
async function again(contact: string): Promise<Browser> {
  const browser = browserOf(server)
  await enter(browser, contact, await askFor(browser, contact))
  return browser
}
const ask = async (browser: Browser, method: 'GET' | 'POST' | 'DELETE', url: string, headers: object = fromOurPage) => {
  const response = await server.inject({ method, url, headers: { cookie: browser.cookie(), ...headers } })
  return { status: response.statusCode, body: response.json() }
}

describe('a code', () => {
  test('goes to the address that the shop knows, and lets its member in, whatever case it is typed in', async () => {
    const browser = browserOf(server)
    const code = await askFor(browser, ' MAREN@example.com')
    expect(lastBoxed()).toMatchObject({ to: 'Maren@Example.com', subject: `${code} is your code` })
    const answer = await enter(browser, ' MAREN@example.com', code)
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^laurel_member=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await ask(browser, 'GET', '/v1/self')).body).toMatchObject({ id: 'Maren', balances: [{ active: 70 }] })
  })

  test('goes to a phone, through the port of messages', async () => {
    const browser = browserOf(server)
    const code = await askFor(browser, '+49 151 1234-5678')
    expect(lastBoxed()).toMatchObject({ to: '+4915112345678', subject: 'To a phone' })
    await enter(browser, '+4915112345678', code)
    expect((await ask(browser, 'GET', '/v1/self')).body).toMatchObject({ id: 'Maren' })
  })

  test('works once, is kept as a hash, and no longer than five minutes', async () => {
    const browser = browserOf(server)
    const code = await askFor(browser, 'maren@example.com')
    expect(JSON.stringify(await rows('SELECT * FROM member_sign_in.verification'))).not.toContain(code)
    expect((await enter(browser, 'maren@example.com', code)).statusCode).toBe(200)
    expect((await enter(browserOf(server), 'maren@example.com', code)).statusCode).toBe(401)
  })

  test('is tried five times at most', async () => {
    const browser = browserOf(server)
    const code = await askFor(browser, 'other@example.com')
    const wrong = code === '000000' ? '111111' : '000000'
    for (let tries = 0; tries < 5; tries++)
      expect((await enter(browser, 'other@example.com', wrong)).statusCode).toBe(401)
    expect((await enter(browser, 'other@example.com', code)).statusCode).toBe(401)
  })

  test('of one member lets in no other, in no other program', async () => {
    const browser = browserOf(server)
    const code = await askFor(browser, 'maren@example.com', 'rival')
    expect((await enter(browser, 'maren@example.com', code, 'club')).statusCode).toBe(401)
    expect((await enter(browser, 'other@example.com', code, 'club')).statusCode).toBe(401)
    expect((await enter(browser, 'maren@example.com', code, 'rival')).statusCode).toBe(200)
    expect((await ask(browser, 'GET', '/v1/self')).body).toMatchObject({ id: 'Maren', balances: [{ active: 0 }] })
  })

  test('is sent to nobody whose address is unknown, or not theirs alone; the answer is the same', async () => {
    const before = server.mailer.box?.length
    const known = await browserOf(server).post('/v1/doors/club/codes', { contact: 'other@example.com' })
    await vi.waitFor(() => expect(server.mailer.box?.length).toBe((before ?? 0) + 1))
    expect((await browserOf(server).post('/v1/doors/club/codes', { contact: ' ' })).statusCode).toBe(400)
    for (const contact of ['nobody@example.com', 'home@example.com', '%', "' OR 1=1"]) {
      const answer = await browserOf(server).post('/v1/doors/club/codes', { contact })
      expect(answer.statusCode).toBe(known.statusCode)
      expect(answer.body).toBe(known.body)
      for (const code of ['000000', '']) expect((await enter(browserOf(server), contact, code)).statusCode).toBe(401)
    }
    expect(server.mailer.box?.length).toBe((before ?? 0) + 1)
    expect(server.log.join()).not.toMatch(/@example\.com|\+49/)
  })

  test('is asked for and entered on our own pages alone', async () => {
    const browser = browserOf(server)
    const elsewhere = { 'sec-fetch-site': 'cross-site' }
    expect((await browser.post('/v1/doors/club/codes', { contact: 'maren@example.com' }, elsewhere)).statusCode).toBe(
      403,
    )
    expect((await browser.post('/v1/doors/club/sessions', { contact: 'x', code: '1' }, elsewhere)).statusCode).toBe(403)
  })
})

describe('too many codes', () => {
  afterEach(() => vi.useRealTimers())

  test('are not sent to one contact, from wherever they are asked for', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await call('POST', '/v1/members', { id: 'rung', ...profile('rung@example.com', null) })
    const asked = () => browserOf(server).post('/v1/doors/club/codes', { contact: 'rung@example.com' })
    for (let times = 0; times < 5; times++) expect((await asked()).statusCode).toBe(200)
    expect((await asked()).statusCode).toBe(429)
    vi.setSystemTime(Date.now() + 900_000)
    expect((await asked()).statusCode).toBe(200)
  })

  test('are not sent to one contact in a day, known or not, however slowly they are asked for', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const before = server.clock.now
    await call('POST', '/v1/members', { id: 'slow', ...profile('slow@example.com', null) })
    for (const contact of ['slow@example.com', 'nobody-slow@example.com']) {
      const asked = () => browserOf(server).post('/v1/doors/club/codes', { contact })
      for (let times = 0; times < 20; times++) {
        if (times % 5 === 0) vi.setSystemTime(Date.now() + 900_000)
        expect((await asked()).statusCode).toBe(200)
      }
      vi.setSystemTime(Date.now() + 900_000)
      expect((await asked()).statusCode).toBe(429)
      vi.setSystemTime(Date.now() + 900_000)
      server.clock.now += 86_400_000
      expect((await asked()).statusCode).toBe(200)
    }
    server.clock.now = before
    expect(JSON.stringify(await rows('SELECT * FROM member_sign_in.codes_asked'))).not.toMatch(/slow|example/)
  })
})

describe('a member’s session', () => {
  const guarded = Object.entries<Route>(routes).filter(([, { scope }]) => scope !== null)
  let [member, staff] = ['', '']
  beforeAll(async () => {
    member = (await memberBrowser()).cookie()
    staff = (await signedIn(server, 'ada@example.com')).cookie()
  })

  test.each(guarded)('R10 opens %s only where it is about oneself', async (name, { method, address, scope }) => {
    const url = address
      .replaceAll('{member}', 'maren')
      .replaceAll('{number}', '1')
      .replaceAll(/\{\w+\}/g, 'x')
    const body = method === 'POST' ? { body: '{}' } : {}
    const headers = { ...fromOurPage, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }
    const send = async (cookie: string) =>
      (await server.inject({ method, url, headers: { ...headers, cookie }, ...body })).statusCode
    // A session that is ended opens nothing to those that are asked after it.
    const asking = ['signOutSelf', 'eraseSelf'].includes(name) ? (await memberBrowser()).cookie() : member
    // Where one’s own address names a thing that there is not, that is said; who asks was let in.
    const own = new URL(address, 'http://laurel').pathname
    if (scope !== 'self') expect(await send(member)).toBe(401)
    else if (own.includes('%7B') || method !== 'GET') expect([200, 400, 404]).toContain(await send(asking))
    else expect(await send(member)).toBe(200)
    // And nobody on the staff, nor a key, is a member for that.
    if (scope === 'self') {
      expect(await send(staff)).toBe(401)
      const key = `Bearer ${await server.keyFor('club')}`
      expect(
        (await server.inject({ method, url, headers: { ...headers, authorization: key }, ...body })).statusCode,
      ).toBe(401)
    }
  })

  test('is listed and ended, one’s own only, and over at once', async () => {
    const here = await memberBrowser()
    const there = await again(`member-${made}@example.com`)
    const { sessions } = (await ask(here, 'GET', '/v1/self/sessions')).body
    expect(sessions.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    const [newest] = (await ask(there, 'GET', '/v1/self/sessions')).body.sessions.filter(
      ({ current }: { current: boolean }) => current,
    )
    const stranger = await memberBrowser('rival')
    expect((await ask(stranger, 'DELETE', `/v1/self/sessions/${newest.id}`)).body).toEqual({ ended: 0 })
    expect(
      (await ask(here, 'DELETE', `/v1/self/sessions/${newest.id}`, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403)
    expect((await ask(here, 'DELETE', `/v1/self/sessions/${newest.id}`)).body).toEqual({ ended: 1 })
    expect((await ask(there, 'GET', '/v1/self')).status).toBe(401)
    await here.post('/v1/self/sign-out', {})
    expect((await ask(here, 'GET', '/v1/self')).status).toBe(401)
  })

  test('holds nothing personal, not even where it is from', async () => {
    const browser = await memberBrowser()
    expect((await ask(browser, 'GET', '/v1/self')).status).toBe(200)
    for (const table of ['"user"', 'session', 'account', 'verification']) {
      const text = JSON.stringify(await rows(`SELECT * FROM member_sign_in.${table}`))
      expect(text).not.toMatch(/example\.com|\+49|2001:db8|Somebody/i)
    }
  })

  test('ends with the member: who is erased is signed out and has nothing left to sign in with', async () => {
    const browser = await memberBrowser()
    const [id, contact] = [`m${made}`, `member-${made}@example.com`]
    expect((await ask(browser, 'GET', '/v1/self')).status).toBe(200)
    const erased = await call('DELETE', `/v1/members/${id}?reason=asked`)
    expect(erased.status, JSON.stringify(erased.body)).toBe(200)
    expect((await ask(browser, 'GET', '/v1/self')).status).toBe(401)
    expect(await rows(`SELECT 1 FROM member_sign_in."user" WHERE member = $1`, [id])).toEqual([])
    const before = server.mailer.box?.length
    await browserOf(server).post('/v1/doors/club/codes', { contact })
    expect(server.mailer.box?.length).toBe(before)
  })
})

test.each([
  '/member-auth/sign-in/email-otp',
  '/member-auth/email-otp/send-verification-otp',
  '/member-auth/update-user',
  '/member-auth/sign-up/email',
])('%s is no way in', async (url) => {
  const sent = {
    headers: { ...fromOurPage, 'content-type': 'application/json' },
    body: '{"program":"club","member":"maren"}',
  }
  expect((await server.inject({ method: 'POST', url, ...sent })).statusCode).toBe(404)
})

test('a program that is not there has no door, and an old address leads to the new one', async () => {
  const asked = await browserOf(server).post('/v1/doors/nowhere/codes', { contact: 'maren@example.com' })
  expect(asked.json()).toMatchObject({ code: 'unknown-door' })
  expect((await browserOf(server).open('/club/club')).headers.location).toBe('/portal/club')
})

test('the tables are what the library wants: nothing is missing', async () => {
  const { log, database } = server.context
  const pool = makePool(log, { ...database.connection, types: pg.types, max: 1 })
  const auth = createMemberAuth({
    ...{
      pool,
      secret: 'x'.repeat(43),
      origin: 'http://localhost',
      log: server.context.log,
      send: async () => undefined,
    },
  })
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options)
  await pool.end()
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
})

test('what is over is swept', async () => {
  const before = server.clock.now
  server.clock.now = Date.now() + 31 * 86_400_000
  for (const sweep of memberSignInJobs(server.context)) await sweep.run()
  const left = `SELECT (SELECT count(*) FROM member_sign_in.session)::int AS sessions,
    (SELECT count(*) FROM member_sign_in.verification)::int AS codes, (SELECT count(*) FROM member_sign_in."rateLimit")::int AS counts,
    (SELECT count(*) FROM member_sign_in.codes_asked)::int AS asked`
  expect(await rows(left)).toEqual([{ sessions: 0, codes: 0, counts: 0, asked: 0 }])
  server.clock.now = before
})

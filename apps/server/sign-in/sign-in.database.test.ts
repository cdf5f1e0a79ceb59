import type { SecondStepBegun } from '@laurel/contract'
import { getMigrations } from 'better-auth/db/migration'
import pg from 'pg'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { makePool } from '../db/connect.ts'
import { openTestServer } from '../server.fixture.ts'
import { type Browser, browserOf, fromOurPage, password, signedIn, staffOf } from '../team/staff.fixture.ts'
import { createAuth } from './better-auth.ts'
import { signInJobs } from './jobs.ts'
import { codeNow } from './totp.fixture.ts'

const server = await openTestServer()
await server.publish()
const ada = await staffOf(server, 'ada@example.com', { club: 'owner' })

const rows = async (query: string, values: unknown[] = []) =>
  (await server.context.database.migrator.query(query, values)).rows
const me = async (browser: Browser) => {
  const response = await server.inject({ method: 'GET', url: '/v1/me', headers: { cookie: browser.cookie() } })
  return { status: response.statusCode, body: response.json() }
}
const actsOf = async (person: string) =>
  (await rows('SELECT act, detail FROM audit_log WHERE actor = $1 ORDER BY id', [`staff/${person}`])).map(
    ({ act, detail }) => [act, detail.way],
  )

describe('a password', () => {
  test('lets in, by a cookie that scripts and other sites cannot use', async () => {
    const browser = browserOf(server)
    const answer = await browser.send('/sign-in/password', { email: ' Ada@Example.com', password })
    expect(answer.statusCode, answer.body).toBe(303)
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^laurel_staff=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    expect((await me(browser)).body).toMatchObject({ person: { id: ada }, program: 'club', role: 'owner' })
    expect((await actsOf(ada)).at(-1)).toEqual(['signed-in', 'password'])
  })

  test('is kept as a slow hash, and no secret stands in the database as it is', async () => {
    const browser = await signedIn(server, 'ada@example.com')
    const [{ password: kept }] = await rows('SELECT password FROM sign_in.account WHERE "userId" = $1', [ada])
    expect(kept).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/)
    // The token in the table opens nothing without its signature, whose secret is elsewhere.
    const [{ token }] = await rows('SELECT token FROM sign_in.session WHERE "userId" = $1 LIMIT 1', [ada])
    browser.jar.set('laurel_staff', token)
    expect((await me(browser)).status).toBe(401)
    browser.jar.set('laurel_staff', `${token}.${Buffer.alloc(32).toString('base64')}`)
    expect((await me(browser)).status).toBe(401)
  })

  test('that is wrong says the same of an address that nobody has', async () => {
    const [known, unknown] = await Promise.all(
      ['ada@example.com', 'nobody@example.com'].map((email) =>
        browserOf(server).send('/sign-in/password', { email, password: 'not the right one' }),
      ),
    )
    expect(known?.statusCode).toBe(401)
    expect(unknown?.statusCode).toBe(401)
    expect(known?.body).toBe(unknown?.body)
    expect(known?.headers['set-cookie']).toBe(undefined)
    expect(server.log.join()).not.toMatch(/ada@example|nobody@example|not the right/)
  })

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['nowhere', {}],
  ])('sent from %s lets nobody in', async (_, headers) => {
    const browser = browserOf(server)
    const answer = await browser.send(
      '/sign-in/password',
      { email: 'ada@example.com', password },
      headers as Record<string, string>,
    )
    expect(answer.statusCode).toBe(403)
    expect(browser.jar.size).toBe(0)
  })

  test('is changed by whoever has it, which ends every other session', async () => {
    const bea = await staffOf(server, 'bea@example.com', { club: 'support' })
    const [here, there] = [await signedIn(server, 'bea@example.com'), await signedIn(server, 'bea@example.com')]
    const change = (current: string) => here.post('/v1/me/password', { current, password: 'another long password' })
    expect((await change('not this one, no')).json().code).toBe('wrong-proof')
    expect((await change(password)).statusCode).toBe(200)
    expect((await me(there)).status).toBe(401)
    expect((await me(here)).status).toBe(200)
    expect((await actsOf(bea)).at(-1)).toEqual(['password.changed', undefined])
  })
})

describe('nobody lets himself in', () => {
  test.each([
    '/auth/sign-up/email',
    '/auth/sign-in/email',
    '/auth/update-user',
    '/auth/change-email',
    '/auth/delete-user',
    '/auth/reset-password',
    '/auth/two-factor/enable',
    '/auth/list-sessions',
  ])('%s is no way in', async (url) => {
    const body = JSON.stringify({ email: 'eve@example.com', password, name: 'Eve' })
    for (const method of ['POST', 'GET'] as const) {
      const response = await server.inject({
        ...{ method, url, headers: { ...fromOurPage, 'content-type': 'application/json' } },
        ...(method === 'POST' ? { body } : {}),
      })
      expect(response.statusCode).toBe(404)
    }
    expect(await rows(`SELECT 1 FROM sign_in."user" WHERE email = 'eve@example.com'`)).toEqual([])
  })

  test('the library itself makes nobody, whatever door it is asked through', async () => {
    const asked = server.signIn.ask
    const request = { headers: {}, ip: '192.0.2.9', hostname: 'localhost', host: 'localhost', protocol: 'http' }
    const answer = await asked(request as never, '/sign-up/email', { email: 'eve@example.com', password, name: 'Eve' })
    expect(answer.status).toBe(400)
    expect(await rows(`SELECT 1 FROM sign_in."user" WHERE email = 'eve@example.com'`)).toEqual([])
  })

  test('a name that nobody has said is ours signs nobody in', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ email: 'ada@example.com', password }).toString()
    const headers = { ...form, ...fromOurPage, host: 'rebound.example' }
    const answer = await server.inject({ method: 'POST', url: '/sign-in/password', headers, body })
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('LAUREL_URL')
    const { value = '' } = { value: (await signedIn(server, 'ada@example.com')).cookie() }
    const asked = await server.inject({
      method: 'GET',
      url: '/v1/me',
      headers: { cookie: value, host: 'rebound.example' },
    })
    expect(asked.statusCode).toBe(401)
  })
})

describe('who tries too often waits', () => {
  afterEach(() => vi.useRealTimers())

  test('from one address, whoever it says it is', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const browser = browserOf(server)
    const guess = (email: string) => browser.send('/sign-in/password', { email, password: 'a wrong password' })
    for (let tries = 0; tries < 20; tries++) expect((await guess(`nobody-${tries}@example.com`)).statusCode).toBe(401)
    expect((await guess('ada@example.com')).statusCode).toBe(429)
    expect((await browserOf(server).send('/sign-in/password', { email: 'ada@example.com', password })).statusCode).toBe(
      303,
    )
    vi.setSystemTime(Date.now() + 61_000)
    expect((await browser.send('/sign-in/password', { email: 'ada@example.com', password })).statusCode).toBe(303)
  })

  test('for one person, from wherever', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await staffOf(server, 'cleo@example.com', { club: 'cashier' })
    const guess = (tried: string) =>
      browserOf(server).send('/sign-in/password', { email: 'Cleo@example.com ', password: tried })
    for (let tries = 0; tries < 30; tries++) expect((await guess('a wrong password')).statusCode).toBe(401)
    expect((await guess(password)).statusCode).toBe(429)
    vi.setSystemTime(Date.now() + 900_000)
    expect((await guess(password)).statusCode).toBe(303)
  })
})

describe('a second step', () => {
  async function setUp(email: string) {
    const person = await staffOf(server, email, { club: 'support' })
    const browser = await signedIn(server, email)
    const shown = await browser.post('/v1/me/second-step', { password })
    const { secret, backupCodes: codes } = shown.json<SecondStepBegun>()
    const on = await browser.post('/v1/me/second-step/confirm', { code: codeNow(secret) })
    expect(on.statusCode, on.body).toBe(200)
    return { person, secret, codes, browser }
  }

  test('is asked for after the password, and lets in with the app’s code', async () => {
    const { person, secret } = await setUp('dana@example.com')
    const browser = browserOf(server)
    const wanted = { email: 'dana@example.com', password, next: '/console/members?q=a' }
    const first = await browser.send('/sign-in/password', wanted)
    const codePage = String(first.headers.location)
    expect(codePage).toBe('/sign-in/code?next=%2Fconsole%2Fmembers%3Fq%3Da')
    expect((await browser.open(codePage)).body).toContain('name="next" value="/console/members?q=a"')
    // Half a sign-in is none.
    expect((await me(browser)).status).toBe(401)
    const enter = (code: string) => browser.send('/sign-in/code', { code, next: wanted.next })
    const refused = await enter('000000')
    expect(refused.statusCode).toBe(401)
    expect(refused.body).toContain('name="next" value="/console/members?q=a"')
    expect((await enter(codeNow(secret))).headers.location).toBe(wanted.next)
    expect((await me(browser)).status).toBe(200)
    const acts = (await actsOf(person)).filter(([act]) => act !== 'request.made')
    expect(acts).toEqual([
      ['signed-in', 'password'],
      ['second-step.on', undefined],
      ['signed-in', 'password and code'],
    ])
    expect(JSON.stringify(await rows('SELECT * FROM sign_in."twoFactor"'))).not.toContain(secret)
  })

  test('is done with a backup code, each of them once', async () => {
    const { codes } = await setUp('emil@example.com')
    const enter = async (code: string) => {
      const browser = browserOf(server)
      await browser.send('/sign-in/password', { email: 'emil@example.com', password })
      return (await browser.send('/sign-in/code', { code })).statusCode
    }
    expect(codes).toHaveLength(10)
    expect(await enter(codes[0] ?? '')).toBe(303)
    expect(await enter(codes[0] ?? '')).toBe(401)
    expect(await enter(codes[1] ?? '')).toBe(303)
    expect(JSON.stringify(await rows('SELECT * FROM sign_in."twoFactor"'))).not.toContain(codes[2])
  })

  test('locks after ten wrong codes, from wherever they come', async () => {
    const { secret } = await setUp('fred@example.com')
    const enter = async (code: string) => {
      const browser = browserOf(server)
      await browser.send('/sign-in/password', { email: 'fred@example.com', password })
      return (await browser.send('/sign-in/code', { code })).statusCode
    }
    const wrong = codeNow(secret) === '123456' ? '654321' : '123456'
    for (let tries = 0; tries < 10; tries++) expect(await enter(wrong)).toBe(401)
    expect(await enter(codeNow(secret))).toBe(429)
  })

  test('is not asked of a session that is there, and taken off with the password alone', async () => {
    const { browser, person } = await setUp('gus@example.com')
    const end = (proof: string) => browser.post('/v1/me/second-step/end', { password: proof })
    expect((await end('a wrong password')).json().code).toBe('wrong-proof')
    expect((await end(password)).statusCode).toBe(200)
    expect(
      (await browserOf(server).send('/sign-in/password', { email: 'gus@example.com', password })).headers.location,
    ).toBe('/')
    expect((await actsOf(person)).map(([act]) => act)).toContain('second-step.off')
  })
})

describe('a forgotten password', () => {
  const ask = (email: string) => browserOf(server).send('/sign-in/forgotten', { email })
  const linkIn = (text = '') => new URL(/http\S+/.exec(text)?.[0] ?? 'none:').pathname

  test('is chosen anew by a link that was mailed, which works once', async () => {
    const hana = await staffOf(server, 'hana@example.com', { club: 'support' })
    const before = await signedIn(server, 'hana@example.com')
    expect((await ask('hana@example.com')).statusCode).toBe(200)
    await vi.waitFor(() => expect(server.mailer.box?.[0]?.to).toBe('hana@example.com'))
    const link = linkIn(server.mailer.box?.[0]?.text)
    const token = link.split('/').at(-1) ?? ''
    expect(JSON.stringify(await rows('SELECT * FROM sign_in.verification'))).not.toContain(token)
    expect((await browserOf(server).send(link, { password: 'short' })).statusCode).toBe(400)
    expect((await browserOf(server).send(link, { password: 'a new long password' })).body).toContain('Sign in with it')
    expect((await browserOf(server).send(link, { password: 'yet another password' })).statusCode).toBe(400)
    expect((await me(before)).status).toBe(401)
    const again = browserOf(server)
    await again.send('/sign-in/password', { email: 'hana@example.com', password: 'a new long password' })
    expect((await me(again)).status).toBe(200)
    expect(await actsOf(hana)).toContainEqual(['password.changed', 'mail'])
  })

  test('tells nobody whether an address is known', async () => {
    const boxed = server.mailer.box?.length
    const [known, unknown] = [await ask('ada@example.com'), await ask('nobody@example.com')]
    expect(unknown.body).toBe(known.body)
    await vi.waitFor(() => expect(server.mailer.box?.length).toBe((boxed ?? 0) + 1))
    expect(server.mailer.box?.[0]?.to).toBe('ada@example.com')
  })
})

test('behind a proxy that speaks TLS the cookie is for this host and TLS alone', async () => {
  const secure = await openTestServer({ url: 'https://loyalty.example.com' })
  await secure.publish()
  await staffOf(secure, 'ada@example.com', { club: 'owner' })
  const browser = browserOf(secure)
  const answer = await browser.send('/sign-in/password', { email: 'ada@example.com', password })
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^__Host-laurel_staff=[^;]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const asked = await secure.inject({ method: 'GET', url: '/v1/me', headers: { cookie: browser.cookie() } })
  expect(asked.statusCode).toBe(200)
})

test('the page of signing in allows our own script, which asks for passkeys, and no other', async () => {
  const { headers, body } = await browserOf(server).open('/sign-in')
  expect(headers['content-security-policy']).toBe(
    "default-src 'none';style-src 'self';script-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
  )
  expect([...body.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
    '<script type="module" src="/passkey.mjs">',
  ])
  const numbered = await server.inject({ method: 'GET', url: '/sign-in', headers: { host: '127.0.0.1:3000' } })
  expect(numbered.body).not.toContain('<script')
  expect(numbered.headers['content-security-policy']).not.toContain('script')
})

test('a session ends after twelve hours, whoever uses it', async () => {
  const browser = await signedIn(server, 'ada@example.com')
  try {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 12 * 3_600_000 - 5_000 })
    expect((await me(browser)).status).toBe(200)
    vi.setSystemTime(Date.now() + 10_000)
    expect((await me(browser)).status).toBe(401)
  } finally {
    vi.useRealTimers()
  }
})

test('the tables are what the library wants: nothing is missing', async () => {
  const { log, database } = server.context
  const pool = makePool(log, { ...database.connection, types: pg.types, max: 1 })
  const auth = createAuth({
    ...{ pool, secret: 'x'.repeat(43), origin: 'http://localhost', company: null, log },
    newPersonId: () => 'per_x',
    note: async () => undefined,
    onForgotten: async () => undefined,
  })
  const { toBeCreated, toBeAdded } = await getMigrations(auth.options)
  await pool.end()
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] })
})

test('what is over is swept: sessions with their addresses, challenges, counts', async () => {
  await signedIn(server, 'ada@example.com')
  const left = () =>
    rows(`SELECT (SELECT count(*) FROM sign_in.session)::int AS sessions, (SELECT count(*) FROM sign_in.verification)::int AS begun,
      (SELECT count(*) FROM sign_in."rateLimit")::int AS counts`)
  const before = server.clock.now
  const [sweep] = signInJobs(server.context)
  server.clock.now = Date.now()
  await sweep?.run()
  expect((await left())[0].sessions).toBeGreaterThan(0)
  server.clock.now = Date.now() + 2 * 86_400_000
  await sweep?.run()
  expect(await left()).toEqual([{ sessions: 0, begun: 0, counts: 0 }])
  server.clock.now = before
})

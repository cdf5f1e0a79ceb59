import { expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
import { codeNow } from '../sign-in/totp.fixture.ts'
import { type Browser, browserOf, fromOurPage, password, signedIn, staffOf } from './staff.fixture.ts'

const server = await openTestServer()
await server.publish()
const host = 'localhost:80'

async function ask(browser: Browser, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  const response = await server.inject({
    ...{ method, url },
    headers: { host, cookie: browser.cookie(), ...fromOurPage, ...(body && { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  for (const cookie of [response.headers['set-cookie'] ?? []].flat()) {
    const [pair = ''] = cookie.split(';')
    browser.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  return { status: response.statusCode, body: response.json() }
}
const acts = async () => (await server.call('GET', '/v1/audit')).body.entries.map(({ act }: { act: string }) => act)

test('a second step is begun, confirmed by a code of the app, and ended by the password', async () => {
  await staffOf(server, 'ada@example.com', { club: 'owner' })
  const browser = await signedIn(server, 'ada@example.com')
  expect((await ask(browser, 'GET', '/v1/me/ways')).body).toEqual({
    ...{ password: true, company: null, secondStep: false, canHavePasskeys: true, passkeys: [] },
  })
  expect((await ask(browser, 'POST', '/v1/me/second-step', { password: 'not the password' })).body.code).toBe(
    'wrong-proof',
  )
  const { body } = await ask(browser, 'POST', '/v1/me/second-step', { password })
  expect(body.uri).toMatch(/^otpauth:\/\/totp\//)
  expect(body.squares.every((row: string) => row.length === body.squares.length && /^[01]+$/.test(row))).toBe(true)
  expect(body.backupCodes.length).toBeGreaterThan(5)
  expect((await ask(browser, 'GET', '/v1/me/ways')).body.secondStep).toBe(false)
  expect((await ask(browser, 'POST', '/v1/me/second-step/confirm', { code: '12345' })).body.errors).toEqual([
    { path: '/code', message: 'must be the six digits that the app shows' },
  ])
  const code = codeNow(body.secret)
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  expect((await ask(browser, 'POST', '/v1/me/second-step/confirm', { code: wrong })).body.code).toBe('wrong-proof')
  expect(
    await ask(browser, 'POST', '/v1/me/second-step/confirm', { code: ` ${code.slice(0, 3)} ${code.slice(3)}` }),
  ).toEqual({
    ...{ status: 200, body: { done: true } },
  })
  expect((await ask(browser, 'GET', '/v1/me/ways')).body.secondStep).toBe(true)
  const again = await browserOf(server).send('/sign-in/password', { email: 'ada@example.com', password })
  expect(again.headers.location).toBe('/sign-in/code?next=%2F')
  expect((await ask(browser, 'POST', '/v1/me/second-step/end', { password: 'no' })).body.code).toBe('wrong-proof')
  expect((await ask(browser, 'POST', '/v1/me/second-step/end', { password })).body).toEqual({ done: true })
  expect((await ask(browser, 'GET', '/v1/me/ways')).body.secondStep).toBe(false)
  expect(await acts()).toEqual(expect.arrayContaining(['second-step.on', 'second-step.off']))
})

test('a password is changed by who knows it, and everywhere else one is signed out', async () => {
  await staffOf(server, 'bo@example.com', { club: 'cashier' })
  const [here, elsewhere] = [await signedIn(server, 'bo@example.com'), await signedIn(server, 'bo@example.com')]
  const change = (current: string, next: string) => ask(here, 'POST', '/v1/me/password', { current, password: next })
  expect((await change('not the password', 'another long password')).body.code).toBe('wrong-proof')
  expect((await change(password, 'short')).body.errors).toEqual([
    { path: '/password', message: 'must have 12 characters or more' },
  ])
  expect((await change(password, 'another long password')).body).toEqual({ done: true })
  expect((await ask(here, 'GET', '/v1/me')).status).toBe(200)
  expect((await ask(elsewhere, 'GET', '/v1/me')).status).toBe(401)
  const back = await browserOf(server).send('/sign-in/password', {
    email: 'bo@example.com',
    password: 'another long password',
  })
  expect(back.statusCode).toBe(303)
})

test('a passkey is removed by its owner alone, and a key has nothing of all this', async () => {
  const person = await staffOf(server, 'cy@example.com', { club: 'auditor' })
  await server.context.database.migrator.query(
    `INSERT INTO sign_in.passkey (id, name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
     VALUES ('pk1', 'Phone', 'x', $1, 'c1', 0, 'singleDevice', false, '2026-03-01T00:00:00Z')`,
    [person],
  )
  const owner = await signedIn(server, 'cy@example.com')
  expect((await ask(owner, 'GET', '/v1/me/ways')).body.passkeys).toEqual([
    { id: 'pk1', name: 'Phone', createdAt: '2026-03-01T00:00:00.000Z' },
  ])
  const other = await signedIn(server, 'ada@example.com')
  expect((await ask(other, 'DELETE', '/v1/me/passkeys/pk1')).body).toEqual({ removed: false })
  expect((await server.call('DELETE', '/v1/me/passkeys/pk1')).body).toEqual({ removed: false })
  expect((await ask(owner, 'DELETE', '/v1/me/passkeys/pk1')).body).toEqual({ removed: true })
  expect((await ask(owner, 'DELETE', '/v1/me/passkeys/pk1')).body).toEqual({ removed: false })
  expect((await server.call('POST', '/v1/me/second-step', { password })).body.code).toBe('wrong-proof')
  expect((await server.call('GET', '/v1/me/ways')).body).toMatchObject({ password: false, passkeys: [] })
})

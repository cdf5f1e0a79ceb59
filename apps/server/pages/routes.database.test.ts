import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { browserOf, signedIn, staffOf } from '../team/staff.fixture.ts'

const server = await openTestServer()
await server.publish()
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
await staffOf(server, 'ada@example.com', { club: 'owner', rival: 'manager' })

const show = async (url: string, headers: Record<string, string> = {}) => {
  const response = await server.inject({ method: 'GET', url, headers })
  return { status: response.statusCode, headers: response.headers, text: response.body }
}

describe('the first address', () => {
  test('leads to the console; where that could not be built, it is said', async () => {
    expect(await show('/')).toMatchObject({ status: 303, headers: { location: '/console' } })
    const { status, text } = await show('/console/members', { accept: 'text/html' })
    expect(status).toBe(404)
    expect(text).toContain('<h1>The console is not here.</h1>')
  })

  test('of members on a receipt leads to the portal', async () => {
    expect(await show('/club/kettle')).toMatchObject({ status: 308, headers: { location: '/portal/kettle' } })
  })
})

test('pages allow no script but their own, no frame and nothing from elsewhere', async () => {
  const policy = "default-src 'none';style-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"
  for (const url of ['/nothing/here', '/sign-in/forgotten', '/style.css']) {
    const { headers } = await show(url, { accept: 'text/html' })
    expect(headers['content-security-policy']).toBe(policy)
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
  const signIn = await show('/sign-in', { host: 'localhost:80' })
  expect(signIn.headers['content-security-policy']).toContain("script-src 'self';")
  expect(signIn.text).not.toMatch(/ style=| on\w+=/)
})

test('at an address where nothing is, whoever reads pages is answered with one', async () => {
  const { status, text, headers: answered } = await show('/nothing/here', { accept: 'text/html,application/xhtml+xml' })
  expect([status, answered['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
  expect(text).toContain('<h1>There is nothing at this address.</h1>')
  for (const [url, headers, code] of [
    ['/nothing/here', {}, 'unknown-route'],
    ['/nothing/here', { accept: 'application/json' }, 'unknown-route'],
    ['/v1/nothing', { accept: 'text/html' }, 'unknown-route'],
    ['/v1/redemptions', { accept: 'text/html' }, 'wrong-method'],
  ] as const) {
    const { headers: answered, text } = await show(url, headers)
    expect(answered['content-type']).toContain('application/problem+json')
    expect(JSON.parse(text).code).toBe(code)
  }
})

describe('in which program one works', () => {
  test('is kept in a cookie, and one goes on where one was', async () => {
    const browser = await signedIn(server, 'ada@example.com')
    const answer = await browser.send('/account/program', { program: 'rival', next: '/console/members?q=a' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/console/members?q=a')
    expect(String(answer.headers['set-cookie'])).toBe('laurel_program=rival; Path=/; HttpOnly; SameSite=Lax')
    const elsewhere = await browser.send('/account/program', { program: 'rival', next: 'https://evil.example' })
    expect(elsewhere.headers.location).toBe('/')
  })

  test.each(['/account/program', '/account/company'])('%s is for whoever is signed in, from our pages', async (url) => {
    const stranger = await browserOf(server).send(url, { program: 'club' })
    expect(stranger.statusCode).toBe(401)
    expect(stranger.body).toContain('Your session is over.')
    const browser = await signedIn(server, 'ada@example.com')
    const foreign = await browser.send(url, { program: 'club' }, { 'sec-fetch-site': 'cross-site' })
    expect(foreign.statusCode).toBe(403)
    expect(foreign.headers['set-cookie']).toBe(undefined)
  })

  test('an invitation that was taken leads into its own', async () => {
    await server.call('POST', '/v1/invitations', { email: 'both@example.com', role: 'support' })
    const link = new URL(/http\S+/.exec(server.mailer.box?.[0]?.text ?? '')?.[0] ?? '')
    await staffOf(server, 'both@example.com', { rival: 'manager' })
    const browser = await signedIn(server, 'both@example.com')
    const answer = await browser.send(link.pathname, {})
    expect(answer.statusCode).toBe(303)
    expect(String(answer.headers['set-cookie'])).toContain('laurel_program=club')
  })
})

import { describe, expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
import { type Browser, browserOf, signedIn, staffOf } from '../team/staff.fixture.ts'
import { openCompany } from './company.fixture.ts'

const company = await openCompany()
const server = await openTestServer({
  company: { name: 'Shop AG', url: company.url, clientId: 'laurel', clientSecret: 'hush' },
})
await server.publish()
const ada = await staffOf(server, 'ada@example.com', { club: 'owner' })
const known = { sub: 'u-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }

/** Where the page that a form is answered with goes on to. */
const onwardsIn = ({ body }: { body: string }) =>
  (/content="0;url=([^"]+)"/.exec(body)?.[1] ?? '').replaceAll('&amp;', '&')

/** To the company, through its page, and back with what it says. */
async function through(browser: Browser, url = '/sign-in/company') {
  const there = await fetch(onwardsIn(await browser.send(url, {})), { redirect: 'manual' })
  const back = new URL(there.headers.get('location') ?? '')
  return { back: `${back.pathname}${back.search}`, answer: await browser.open(`${back.pathname}${back.search}`) }
}
const meStatus = async (browser: Browser) =>
  (await server.inject({ method: 'GET', url: '/v1/me', headers: { cookie: browser.cookie() } })).statusCode

describe('a company’s own sign-in', () => {
  test('stands on the page, and lets in whoever is on the team under the address it has proven', async () => {
    company.who = known
    const browser = browserOf(server)
    expect((await browser.open('/sign-in')).body).toContain('Sign in with Shop AG')
    const { answer } = await through(browser)
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/'])
    expect(await meStatus(browser)).toBe(200)
    const { rows } = await server.context.database.migrator.query(
      `SELECT act, detail ->> 'way' AS way FROM audit_log WHERE actor = $1 ORDER BY id`,
      [`staff/${ada}`],
    )
    expect(rows).toEqual([
      { act: 'company.linked', way: null },
      { act: 'signed-in', way: 'company' },
    ])
  })

  test('lets in nobody whom it knows and the team does not', async () => {
    company.who = { sub: 'u-2', email: 'eve@example.com', email_verified: true, name: 'Eve' }
    const browser = browserOf(server)
    const { answer } = await through(browser)
    expect(String(answer.headers.location)).toContain('/sign-in?error=')
    expect(await meStatus(browser)).toBe(401)
    const { rows } = await server.context.database.migrator.query(
      `SELECT 1 FROM sign_in."user" WHERE email = 'eve@example.com'`,
    )
    expect(rows).toEqual([])
  })

  test('believes no token that somebody else has signed', async () => {
    company.who = known
    company.isForged = true
    const browser = browserOf(server)
    await through(browser)
    expect(await meStatus(browser)).toBe(401)
    company.isForged = false
  })

  test('takes an answer once, and only where it was asked for', async () => {
    company.who = known
    const browser = browserOf(server)
    const { back } = await through(browser)
    const again = browserOf(server)
    await again.open(back)
    expect(await meStatus(again)).toBe(401)
    // A link that somebody else has begun: their answer signs nobody in here.
    const begun = onwardsIn(await browserOf(server).send('/sign-in/company', {}))
    const there = await fetch(begun, { redirect: 'manual' })
    const foreign = new URL(there.headers.get('location') ?? '')
    const victim = browserOf(server)
    await victim.open(`${foreign.pathname}${foreign.search}`)
    expect(await meStatus(victim)).toBe(401)
  })

  test('whose page was called off says so', async () => {
    company.who = null
    const browser = browserOf(server)
    const { answer } = await through(browser)
    expect((await browser.open(String(answer.headers.location))).body).toContain('was called off')
    expect(await meStatus(browser)).toBe(401)
  })

  test('does not take an address that the company itself has not proven', async () => {
    await staffOf(server, 'cleo@example.com', { club: 'support' })
    company.who = { sub: 'u-4', email: 'cleo@example.com', email_verified: false, name: 'Cleo' }
    const browser = browserOf(server)
    await through(browser)
    expect(await meStatus(browser)).toBe(401)
  })

  test('does not take an address that nobody has proven here; whoever is signed in takes it on', async () => {
    await staffOf(server, 'bea@example.com', { club: 'support' })
    await server.context.database.migrator.query(
      `UPDATE sign_in."user" SET "emailVerified" = false WHERE email = 'bea@example.com'`,
    )
    company.who = { sub: 'u-3', email: 'bea@example.com', email_verified: true, name: 'Bea' }
    const stranger = browserOf(server)
    await through(stranger)
    expect(await meStatus(stranger)).toBe(401)
    const { answer } = await through(await signedIn(server, 'bea@example.com'), '/account/company')
    expect(answer.headers.location).toBe('/console/account')
    const browser = browserOf(server)
    await through(browser)
    expect(await meStatus(browser)).toBe(200)
  })
})

test('another site sends nobody there', async () => {
  const answer = await browserOf(server).send('/sign-in/company', {}, { 'sec-fetch-site': 'cross-site' })
  expect(answer.statusCode).toBe(403)
})

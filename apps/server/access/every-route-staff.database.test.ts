import { addressOf, type Route, roleNames, roles, routes, scopes } from '@laurel/contract'
import { beforeAll, describe, expect, test } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { type Browser, fromOurPage, signedIn, staffOf } from '../team/staff.fixture.ts'

const server = await openTestServer()
await server.publish()
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')

// What is for members alone, or for whoever opens the shop, is walked through beside their way in.
const guarded = Object.entries<Route>(routes).filter(([, { scope }]) => scopes.some((each) => each === scope))

/** Nothing that is there: it is about who may ask, not about what is answered. */
const urlOf = (address: string) =>
  addressOf(address, {
    ...{
      member: 'nobody',
      redemption: 'none',
      source: 'web',
      id: 'none',
      ladder: 'standing',
      version: '9',
      draw: 'none',
    },
    ...{ leaderboard: 'none', pool: 'none', key: 'abcdefghijkm', draft: 'none', backtest: 'a'.repeat(32) },
    ...{ sandbox: 'none', advance: 'a'.repeat(32), correction: 'a'.repeat(32), person: 'per_none' },
    ...{ invitation: 'inv_none', session: 'none', act: 'act_none', till: 'none', cashier: 'none', alarm: 'none' },
  })

async function ask({ method, address }: Route, cookie: string, headers: Record<string, string> = fromOurPage) {
  const response = await server.inject({
    ...{ method, url: urlOf(address) },
    headers: { cookie, ...headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
    ...(method === 'POST' ? { body: '{}' } : {}),
  })
  return { status: response.statusCode, body: response.body }
}

const browsers = new Map<string, Browser>()
const cookieOf = (who: string) => browsers.get(who)?.cookie() ?? ''

beforeAll(async () => {
  for (const role of roleNames) await staffOf(server, `${role}@example.com`, { club: role })
  await staffOf(server, 'rival@example.com', { rival: 'owner' })
  await staffOf(server, 'ended@example.com', { club: 'owner' })
  for (const who of [...roleNames, 'rival', 'ended']) browsers.set(who, await signedIn(server, `${who}@example.com`))
  await server.context.database.migrator.query(
    `DELETE FROM sign_in.session WHERE "userId" = (SELECT id FROM sign_in."user" WHERE email = 'ended@example.com')`,
  )
})

describe.each(guarded)('R10 %s', (_, spec) => {
  test('refuses whoever is not signed in, and whoever no longer is', async () => {
    for (const cookie of ['', 'laurel_staff=made.up', cookieOf('ended')]) {
      const { status, body } = await ask(spec, cookie)
      expect([status, JSON.parse(body).code]).toEqual([401, 'unauthenticated'])
    }
  })

  test('refuses staff of another program', async () => {
    const { status, body } = await ask(spec, cookieOf('rival'), { ...fromOurPage, 'laurel-program': 'club' })
    expect([status, JSON.parse(body).code]).toEqual([403, 'not-on-team'])
  })

  test('refuses what another site writes in the name of an owner', async () => {
    const elsewhere = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      {},
    ]
    for (const headers of elsewhere) {
      const { status, body } = await ask(spec, cookieOf('owner'), headers as Record<string, string>)
      if (spec.method === 'GET') expect(status).not.toBe(403)
      else expect([status, JSON.parse(body).code]).toEqual([403, 'cross-site'])
    }
  })

  test.each(roleNames)('lets %s in as the table of roles says', async (role) => {
    const { status, body } = await ask(spec, cookieOf(role))
    const may = roles[role].scopes.some((scope) => scope === spec.scope)
    if (may) expect([401, 403], body).not.toContain(status)
    else expect([status, JSON.parse(body)]).toMatchObject([403, { code: 'missing-scope', scope: spec.scope }])
  })
})

test('a role in one program is none in another, and a session shows nothing of it', async () => {
  for (const [, spec] of guarded.filter(([, { method }]) => method === 'GET')) {
    const { body } = await ask(spec, cookieOf('rival'))
    expect(body).not.toMatch(/owner@example|manager@example|"program":"club"/)
  }
})

test('the roles differ: each may something that another may not, and an owner may everything', () => {
  const scopesOf = roleNames.map((role) => [...roles[role].scopes].sort().join())
  expect(new Set(scopesOf).size).toBe(roleNames.length)
  const writes = roles.auditor.scopes.filter((scope) => scope.endsWith(':write') || scope.endsWith(':erase'))
  expect(writes).toEqual([])
  const letIn = roleNames.filter((role) => roles[role].scopes.some((scope) => scope === 'team:write'))
  expect(letIn).toEqual(['owner'])
})

import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { teamJobs } from './jobs.ts'
import { type Browser, browserOf, fromOurPage, password, signedIn, staffOf } from './staff.fixture.ts'

const server = await openTestServer()
await server.publish()
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
const { clock, context } = server
const ada = await staffOf(server, 'ada@example.com', { club: 'owner' })
const both = await staffOf(server, 'both@example.com', { club: 'manager', rival: 'owner' })
const owner = await signedIn(server, 'ada@example.com')

async function as(browser: Browser, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, headers = {}) {
  const response = await server.inject({
    ...{ method, url },
    headers: {
      ...{ cookie: browser.cookie(), ...fromOurPage, ...headers },
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.statusCode, body: response.json() }
}
const lastMail = () => server.mailer.box?.[0]
const linkIn = (text = '') => new URL(/http\S+/.exec(text)?.[0] ?? 'none:').pathname
const rows = async (query: string, values: unknown[] = []) =>
  (await context.database.migrator.query(query, values)).rows

describe('of which program', () => {
  test('whoever works in one need not say so, whoever works in several must', async () => {
    expect((await as(owner, 'GET', '/v1/me')).body).toMatchObject({ program: 'club', role: 'owner' })
    const browser = await signedIn(server, 'both@example.com')
    const unsaid = await as(browser, 'GET', '/v1/me')
    expect(unsaid).toMatchObject({ status: 400, body: { code: 'program-unnamed', programs: ['club', 'rival'] } })
    const said = await as(browser, 'GET', '/v1/me', undefined, { 'laurel-program': 'rival' })
    expect(said.body).toMatchObject({
      ...{ name: `staff/${both}`, program: 'rival', role: 'owner', person: { email: 'both@example.com' } },
      programs: [
        { program: 'club', role: 'manager' },
        { program: 'rival', role: 'owner' },
      ],
    })
    expect(said.body.scopes).toContain('team:write')
    const other = await as(browser, 'GET', '/v1/me', undefined, { 'laurel-program': 'club' })
    expect(other.body.scopes).not.toContain('team:write')
    await browser.send('/account/program', { program: 'club' })
    expect((await as(browser, 'GET', '/v1/me')).body).toMatchObject({ program: 'club' })
    expect((await browser.send('/account/program', { program: 'elsewhere' })).statusCode).toBe(403)
  })

  test('a sandbox has the staff of its program, by its own clock', async () => {
    await server.call(
      'POST',
      '/v1/sandboxes',
      { id: 'tried', startsAt: '2027-01-01T00:00:00Z' },
      { 'idempotency-key': 's' },
    )
    const made = await as(owner, 'GET', '/v1/me', undefined, { 'laurel-program': 'tried' })
    const listed = (await server.call('GET', '/v1/sandboxes')).body.sandboxes
    expect(listed).toHaveLength(1)
    expect(made.body).toMatchObject({ program: 'tried', role: 'owner' })
  })

  test('a key says who it is, too', async () => {
    expect((await server.call('GET', '/v1/me')).body).toMatchObject({ person: null, program: 'club', role: null })
    expect((await server.call('GET', '/v1/me/sessions')).body).toEqual({ sessions: [], next: null })
    expect((await server.call('DELETE', '/v1/me/sessions/x')).body).toEqual({ ended: 0 })
  })
})

describe('invitations', () => {
  const join = async (link: string, fields: Record<string, string> = {}) => {
    const browser = browserOf(server)
    const answer = await browser.send(link, { name: 'Somebody', password, ...fields })
    return { browser, status: answer.statusCode, text: answer.body }
  }

  test('are mailed, work once, and make a person with a role', async () => {
    const made = await as(owner, 'POST', '/v1/invitations', { email: ' Cora@Example.com', role: 'cashier' })
    expect(made).toMatchObject({
      status: 200,
      body: { email: 'cora@example.com', role: 'cashier', mailed: true, link: null },
    })
    expect(lastMail()).toMatchObject({ to: 'cora@example.com', subject: expect.stringContaining('invited') })
    const link = linkIn(lastMail()?.text)
    expect((await browserOf(server).open(link)).body).toContain('cora@example.com')
    const { browser, status } = await join(link)
    expect(status).toBe(303)
    expect((await as(browser, 'GET', '/v1/me')).body).toMatchObject({ role: 'cashier', program: 'club' })
    expect(await rows(`SELECT "emailVerified" AS proven FROM sign_in."user" WHERE email = 'cora@example.com'`)).toEqual(
      [{ proven: true }],
    )
    expect((await join(link)).status).toBe(404)
    expect((await browserOf(server).open(link)).statusCode).toBe(404)
    expect((await as(owner, 'POST', '/v1/invitations', { email: 'cora@example.com', role: 'owner' })).body.code).toBe(
      'already-on-team',
    )
  })

  test('are kept as hashes, and an address no longer than it is invited', async () => {
    await as(owner, 'POST', '/v1/invitations', { email: 'dora@example.com', role: 'support' })
    const token = linkIn(lastMail()?.text).split('/').at(-1) ?? ''
    const [found] = await rows('SELECT * FROM staff_invitation WHERE email = $1', ['dora@example.com'])
    expect(found.token_hash).toEqual(hash('sha256', token, 'buffer'))
    expect(JSON.stringify(await rows('SELECT * FROM staff_invitation'))).not.toContain(token)
    const { invitations } = (await as(owner, 'GET', '/v1/invitations')).body
    expect(invitations).toMatchObject([{ email: 'dora@example.com', role: 'support', invitedBy: `staff/${ada}` }])
    expect((await as(owner, 'POST', `/v1/invitations/${found.id}/revoke`, {})).body).toMatchObject({ revoked: true })
    expect((await as(owner, 'POST', `/v1/invitations/${found.id}/revoke`, {})).body).toMatchObject({ revoked: false })
    expect((await join(`/invitation/${token}`)).status).toBe(404)
    expect(await rows('SELECT 1 FROM staff_invitation WHERE email IS NOT NULL')).toEqual([])
  })

  test('of one address there is one: invited again, the link before ends', async () => {
    await as(owner, 'POST', '/v1/invitations', { email: 'ella@example.com', role: 'auditor' })
    const first = linkIn(lastMail()?.text)
    await as(owner, 'POST', '/v1/invitations', { email: 'ella@example.com', role: 'marketer' })
    expect((await join(first)).status).toBe(404)
    expect((await join(linkIn(lastMail()?.text))).status).toBe(303)
    expect((await as(owner, 'GET', '/v1/invitations')).body.invitations).toEqual([])
  })

  test('end after seven days', async () => {
    await as(owner, 'POST', '/v1/invitations', { email: 'finn@example.com', role: 'auditor' })
    const link = linkIn(lastMail()?.text)
    clock.now += 7 * 86_400_000
    expect((await join(link)).status).toBe(404)
    expect((await as(owner, 'GET', '/v1/invitations')).body.invitations).toEqual([])
    for (const job of teamJobs(context)) await job.run()
    expect(await rows('SELECT 1 FROM staff_invitation WHERE email IS NOT NULL')).toEqual([])
    expect(await rows(`SELECT 1 FROM staff_invitation WHERE outcome = 'expired'`)).toHaveLength(1)
    clock.now -= 7 * 86_400_000
  })

  test('let nobody in with a short password, no name, or from another site', async () => {
    await as(owner, 'POST', '/v1/invitations', { email: 'gina@example.com', role: 'auditor' })
    const link = linkIn(lastMail()?.text)
    for (const wrong of [{ password: 'short' }, { password: 'x'.repeat(129) }, { name: ' ' }, { name: 'a\u0000b' }]) {
      expect((await join(link, wrong)).status).toBe(400)
    }
    const browser = browserOf(server)
    const sent = await browser.send(link, { name: 'Gina', password }, { 'sec-fetch-site': 'cross-site' })
    expect(sent.statusCode).toBe(403)
    expect(await rows(`SELECT 1 FROM sign_in."user" WHERE email = 'gina@example.com'`)).toEqual([])
    expect((await join(link)).status).toBe(303)
  })

  test('of whoever is known are taken by signing in, by nobody else', async () => {
    const invited = await as(owner, 'POST', '/v1/invitations', { email: 'hugo@example.com', role: 'support' })
    expect(invited.status).toBe(200)
    const link = linkIn(lastMail()?.text)
    await staffOf(server, 'hugo@example.com', { rival: 'auditor' })
    expect((await browserOf(server).open(link)).body).toContain('You have a password here already')
    expect((await join(link)).status).toBe(400)
    const stranger = await signedIn(server, 'both@example.com')
    expect((await stranger.send(link, {})).statusCode).toBe(400)
    const hugo = browserOf(server)
    const shown = await hugo.open(`/sign-in?next=${link}`)
    const next = /name="next" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
    const entered = await hugo.send('/sign-in/password', { email: 'hugo@example.com', password, next })
    expect(entered.headers.location).toBe(link)
    const elsewhere = await browserOf(server).open('/sign-in?next=//evil.example')
    expect(elsewhere.body).toContain('name="next" value="/"')
    expect((await hugo.send(link, {})).statusCode).toBe(303)
    const me = await as(hugo, 'GET', '/v1/me', undefined, { 'laurel-program': 'club' })
    expect(me.body).toMatchObject({ role: 'support' })
  })
})

describe('the team', () => {
  test('is listed in order of joining, page by page, a program’s own only', async () => {
    const { team, next } = (await as(owner, 'GET', '/v1/team')).body
    expect(next).toBe(null)
    expect(
      team
        .slice(0, 2)
        .map(({ person }: { person: string }) => person)
        .sort(),
    ).toEqual([ada, both].sort())
    expect(team[0]).toMatchObject({ secondFactor: false, givenBy: 'test', sessions: expect.any(Number) })
    const first = (await as(owner, 'GET', '/v1/team?limit=1')).body
    const rest = (await as(owner, 'GET', `/v1/team?limit=200&cursor=${first.next}`)).body
    expect([...first.team, ...rest.team]).toEqual(team)
    const rival = await signedIn(server, 'both@example.com')
    const theirs = await as(rival, 'GET', '/v1/team', undefined, { 'laurel-program': 'rival' })
    expect(JSON.stringify(theirs.body)).not.toContain('ada@example.com')
  })

  test('a role counts from the next request on', async () => {
    const iris = await staffOf(server, 'iris@example.com', { club: 'auditor' })
    const browser = await signedIn(server, 'iris@example.com')
    expect((await as(browser, 'GET', '/v1/keys')).status).toBe(403)
    const given = await as(owner, 'POST', `/v1/team/${iris}/role`, { role: 'owner' })
    expect(given.body).toMatchObject({ person: iris, role: 'owner', givenBy: `staff/${ada}` })
    expect((await as(browser, 'GET', '/v1/keys')).status).toBe(200)
    await as(owner, 'POST', `/v1/team/${iris}/role`, { role: 'auditor' })
    expect((await as(browser, 'GET', '/v1/keys')).status).toBe(403)
  })

  test('nobody on another team is known, changed or removed', async () => {
    const stranger = await staffOf(server, 'stranger@example.com', { rival: 'cashier' })
    for (const [method, url, body] of [
      ['POST', `/v1/team/${stranger}/role`, { role: 'auditor' }],
      ['GET', `/v1/team/${stranger}/sessions`, undefined],
      ['DELETE', `/v1/team/${stranger}/sessions`, undefined],
    ] as const) {
      expect(await as(owner, method, url, body)).toMatchObject({ status: 404, body: { code: 'unknown-person' } })
    }
    expect((await as(owner, 'DELETE', `/v1/team/${stranger}`)).body).toEqual({ person: stranger, removed: false })
    expect(await rows('SELECT role FROM staff_role WHERE person = $1', [stranger])).toEqual([{ role: 'cashier' }])
  })

  test('an owner cannot take the last owner away', async () => {
    const rival = await signedIn(server, 'both@example.com')
    const there = { 'laurel-program': 'rival' }
    for (const answer of [
      await as(rival, 'DELETE', `/v1/team/${both}`, undefined, there),
      await as(rival, 'POST', `/v1/team/${both}/role`, { role: 'auditor' }, there),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'last-owner' } })
    }
    const kim = await staffOf(server, 'kim@example.com', { rival: 'owner' })
    const kims = await signedIn(server, 'kim@example.com')
    const [one, other] = await Promise.all([
      as(rival, 'DELETE', `/v1/team/${kim}`, undefined, there),
      as(kims, 'DELETE', `/v1/team/${both}`, undefined, there),
    ])
    expect([one.status, other.status].sort()).not.toEqual([200, 200])
    expect(await rows(`SELECT 1 FROM staff_role WHERE program = 'rival' AND role = 'owner'`)).toHaveLength(1)
  })

  test('whoever is on no team any more is forgotten, and what they did stays', async () => {
    const lea = await staffOf(server, 'lea@example.com', { club: 'manager' })
    const browser = await signedIn(server, 'lea@example.com')
    await as(browser, 'POST', '/v1/members', { id: 'made-by-lea' })
    expect((await as(owner, 'DELETE', `/v1/team/${lea}`)).body).toEqual({ person: lea, removed: true })
    expect((await as(browser, 'GET', '/v1/me')).status).toBe(401)
    for (const table of ['"user"', 'session', 'account']) {
      const text = JSON.stringify(await rows(`SELECT * FROM sign_in.${table}`))
      expect(text).not.toContain('lea@example.com')
      expect(text).not.toContain(lea)
    }
    const { entries } = (await as(owner, 'GET', `/v1/audit?actor=staff/${lea}`)).body
    expect(entries.map(({ act }: { act: string }) => act)).toEqual(['request.made', 'signed-in'])
    expect((await as(owner, 'DELETE', `/v1/team/${lea}`)).body).toEqual({ person: lea, removed: false })
  })
})

describe('sessions', () => {
  test('are listed and ended, one’s own and others’, and an ended one opens nothing', async () => {
    const mia = await staffOf(server, 'mia@example.com', { club: 'cashier' })
    const [here, there] = [await signedIn(server, 'mia@example.com'), await signedIn(server, 'mia@example.com')]
    const own = (await as(here, 'GET', '/v1/me/sessions')).body.sessions
    expect(own.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true])
    expect(JSON.stringify(own)).not.toContain(decodeURIComponent(here.jar.get('laurel_staff') ?? '').split('.')[0])
    const other = own.find(({ current }: { current: boolean }) => !current)
    expect((await as(here, 'DELETE', `/v1/me/sessions/${other.id}`)).body).toEqual({ ended: 1 })
    expect((await as(there, 'GET', '/v1/me')).status).toBe(401)
    expect((await as(here, 'DELETE', `/v1/me/sessions/${other.id}`)).body).toEqual({ ended: 0 })
    expect((await as(owner, 'GET', `/v1/team/${mia}/sessions`)).body.sessions).toHaveLength(1)
    expect((await as(owner, 'DELETE', `/v1/team/${mia}/sessions`)).body).toEqual({ ended: 1 })
    expect((await as(here, 'GET', '/v1/me')).status).toBe(401)
  })

  test('nobody ends somebody else’s as their own', async () => {
    const nora = await staffOf(server, 'nora@example.com', { club: 'cashier' })
    const browser = await signedIn(server, 'nora@example.com')
    const [mine] = (await as(owner, 'GET', `/v1/me/sessions?limit=1`)).body.sessions
    expect((await as(browser, 'DELETE', `/v1/me/sessions/${mine.id}`)).body).toEqual({ ended: 0 })
    expect((await as(owner, 'GET', '/v1/me')).status).toBe(200)
    expect(await rows('SELECT 1 FROM sign_in.session WHERE "userId" = $1', [nora])).toHaveLength(1)
  })
})

describe('the audit log', () => {
  test('says who asked for what before it is done, and where it came to nothing', async () => {
    const olga = await staffOf(server, 'olga@example.com', { club: 'support' })
    const browser = await signedIn(server, 'olga@example.com')
    await server.call('POST', '/v1/events', orderPaid('paid', 'maren', 5_000))
    const adjust = (amount: number, idempotency: string) =>
      as(
        browser,
        'POST',
        '/v1/members/maren/adjustments',
        { asset: 'points', amount, reason: 'goodwill' },
        { 'idempotency-key': idempotency },
      )
    const given = await adjust(5, 'one')
    expect(given.body.decision).toBeDefined()
    expect((await adjust(6, 'one')).status).toBe(409)
    const { entries } = (await as(owner, 'GET', `/v1/audit?actor=staff/${olga}&limit=3`)).body
    expect(
      entries.map(({ act, subject, detail }: { act: string; subject: string; detail: object }) => [
        act,
        subject,
        detail,
      ]),
    ).toEqual([
      ['request.failed', 'adjustPoints/maren', { request: expect.any(String), problem: 'identity-conflict' }],
      ['request.made', 'adjustPoints/maren', { request: expect.any(String) }],
      ['request.made', 'adjustPoints/maren', { request: expect.any(String) }],
    ])
    // The books say it, too.
    expect(
      await rows(`SELECT content::jsonb ->> 'actor' AS actor FROM decision WHERE content LIKE '%points.adjusted%'`),
    ).toEqual([{ actor: `staff/${olga}` }])
  })

  test('a person acts in their own name, and a key in nobody’s of the staff', async () => {
    const pia = await staffOf(server, 'pia@example.com', { club: 'support' })
    const browser = await signedIn(server, 'pia@example.com')
    const body = { asset: 'points', amount: 1, reason: 'goodwill' }
    const forOther = await as(
      browser,
      'POST',
      '/v1/members/maren/adjustments',
      { ...body, actor: 'ada' },
      { 'idempotency-key': 'a' },
    )
    expect(forOther).toMatchObject({ status: 400, body: { errors: [{ path: '/actor' }] } })
    const forged = await server.call(
      'POST',
      '/v1/members/maren/adjustments',
      { ...body, actor: `staff/${pia}` },
      { 'idempotency-key': 'b' },
    )
    expect(forged).toMatchObject({ status: 400, body: { errors: [{ path: '/actor' }] } })
  })

  test('is paged, latest first, of one act or one actor, and holds no address', async () => {
    const all = (await as(owner, 'GET', '/v1/audit?limit=200')).body.entries
    const first = (await as(owner, 'GET', '/v1/audit?limit=5')).body
    const rest = (await as(owner, 'GET', `/v1/audit?limit=200&cursor=${first.next}`)).body
    expect([...first.entries, ...rest.entries]).toEqual(all)
    const times = all.map(({ at }: { at: string }) => at)
    expect(times).toEqual([...times].sort().reverse())
    const made = (await as(owner, 'GET', '/v1/audit?act=invitation.made')).body.entries
    expect(made.length).toBeGreaterThan(3)
    expect(JSON.stringify(all)).not.toMatch(/@example\.com/i)
    const theirs = await server.call('GET', '/v1/audit', undefined, {
      authorization: `Bearer ${await server.keyFor('rival')}`,
    })
    expect(JSON.stringify(theirs.body)).not.toContain(ada)
  })
})

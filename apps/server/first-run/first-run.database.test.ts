import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, type TestServer } from '../server.fixture.ts'
import { browserOf, password, staffOf } from '../team/staff.fixture.ts'
import type { ReadyProgram } from './first-run.ts'

const readyPrograms: readonly ReadyProgram[] = [
  {
    ...{ id: 'club', name: 'Club', sentence: 'A point a pound.', currency: 'GBP', zone: 'Europe/London' },
    documentAs: ({ id, name, currency, zone }) => ({
      document: clubDocument
        .replace('id: club', `id: ${id}`)
        .replace('{ en: Club }', JSON.stringify({ en: name }))
        .replaceAll('GBP', currency)
        .replace('Europe/London', zone),
      toReword: currency === 'GBP' ? [] : ['five pounds off'],
    }),
  },
]

const owner = { name: 'Zoë', email: 'Zoe@Example.com', password }
const wanted = {
  owner,
  program: { from: 'club', name: 'Café Zoë', currency: 'EUR', zone: 'Europe/Berlin' },
  colour: '#FFCC00',
}

async function found(server: TestServer, body: unknown, token = server.firstRunToken, headers = {}) {
  const response = await server.inject({
    ...{ method: 'POST', url: '/v1/first-run', body: JSON.stringify(body), remoteAddress: '127.0.0.1' },
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
  })
  return { status: response.statusCode, body: response.json(), response }
}
const ready = (server: TestServer, token = server.firstRunToken) =>
  server.inject({ method: 'GET', url: '/v1/first-run', headers: { authorization: `Bearer ${token}` } })

async function written({ context }: TestServer): Promise<unknown> {
  const counted = [
    'program',
    'program_version',
    'staff_role',
    'program_brand',
    'audit_log',
    'sign_in."user"',
    'api_key',
  ]
  const counts = counted.map((table) => `(SELECT count(*)::int FROM ${table})`).join(', ')
  const { rows } = await context.database.migrator.query({ text: `SELECT ${counts}`, rowMode: 'array' })
  return rows[0]
}

describe('a shop is opened by whoever holds the token', () => {
  test('wrong inputs are named all at once, and nothing of them is written', async () => {
    const server = await openTestServer({ readyPrograms })
    const before = await written(server)
    const bad = {
      owner: { name: '', email: 'zoe', password: 'short' },
      program: { ...wanted.program, name: 'x'.repeat(61), currency: 'EURO' },
      colour: 'yellow',
    }
    const { status, body } = await found(server, bad)
    expect([status, body.code]).toEqual([400, 'invalid-request'])
    expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      ...['/colour', '/owner/email', '/owner/name', '/owner/password', '/program/currency', '/program/name'],
    ])
    expect(JSON.stringify(body)).not.toContain('short')
    const elsewhere = { ...wanted, program: { ...wanted.program, from: 'clbu', zone: 'Europe/Atlantis' } }
    expect((await found(server, elsewhere)).body.errors).toEqual([
      { path: '/program/from', message: 'must be one of club' },
      { path: '/program/zone', message: 'must be a time zone, such as Europe/Berlin' },
    ])
    expect(await written(server)).toEqual(before)
  })

  test('program, owner and colour are there at once, the owner is signed in, and the token opens nothing more', async () => {
    const server = await openTestServer({ readyPrograms })
    expect((await ready(server)).json()).toEqual({
      programs: [{ id: 'club', name: 'Club', sentence: 'A point a pound.', currency: 'GBP', zone: 'Europe/London' }],
    })
    const { status, body, response } = await found(server, wanted, server.firstRunToken, {
      ...{ host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
    })
    expect([status, body]).toEqual([
      200,
      {
        ...{ program: 'cafe-zoe', name: 'Café Zoë', person: expect.stringMatching(/^per_/), signedIn: true },
        toReword: ['five pounds off'],
      },
    ])
    const [cookie = ''] = [response.headers['set-cookie'] ?? []].flat()
    expect(cookie).toMatch(/^laurel_staff=.*HttpOnly/)
    const ask = async (url: string) =>
      (
        await server.inject({
          ...{ method: 'GET', url },
          headers: { host: 'localhost:3000', cookie: cookie.split(';')[0] ?? '' },
        })
      ).json()
    expect(await ask('/v1/me')).toMatchObject({
      ...{ program: 'cafe-zoe', role: 'owner', person: { name: 'Zoë', email: 'zoe@example.com' } },
    })
    expect(await ask('/v1/settings')).toMatchObject({
      ...{ shop: 'Café Zoë', colours: { colour: '#ffcc00', onColour: '#000000' } },
      ...{ currency: { code: 'EUR' }, zone: 'Europe/Berlin' },
    })
    expect((await ask('/v1/programs')).versions).toMatchObject([{ version: 1, author: `staff/${body.person}` }])
    const { entries } = await ask('/v1/audit')
    expect(entries.map(({ act }: { act: string }) => act)).toEqual(
      expect.arrayContaining(['shop.founded', 'program.published', 'signed-in']),
    )
    expect(JSON.stringify(entries)).not.toMatch(/Zoë|example/)

    const after = await written(server)
    for (const again of [
      await found(server, wanted),
      await found(server, { ...wanted, owner: { ...owner, name: '' } }),
    ]) {
      expect([again.status, again.body.code]).toEqual([409, 'already-begun'])
    }
    expect((await ready(server)).statusCode).toBe(409)
    expect(await written(server)).toEqual(after)
  })

  test('of two who open it at once one does, and the other is told', async () => {
    const server = await openTestServer({ readyPrograms })
    const answers = await Promise.all([
      found(server, wanted),
      found(server, { ...wanted, owner: { ...owner, email: 'ada@example.com' } }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await written(server)).toMatchObject([expect.anything(), 1, 1, 1, expect.anything(), 1, expect.anything()])
  })
})

describe('R10 the first run is closed', () => {
  test('to whoever has no token, another, a key or a session', async () => {
    const server = await openTestServer({ readyPrograms })
    const key = await server.keyFor('club')
    for (const token of ['', 'wrong', key, 'A'.repeat(43), `${server.firstRunToken}x`]) {
      expect((await ready(server, token)).statusCode, token).toBe(401)
      expect((await found(server, wanted, token)).status, token).toBe(401)
    }
    const bare = await server.inject({ method: 'GET', url: '/v1/first-run' })
    expect([bare.statusCode, bare.json().code]).toEqual([401, 'unauthenticated'])
  })

  test('where a program is published or somebody is on a team, and where the server has nothing to begin with', async () => {
    const server = await openTestServer({ readyPrograms })
    await server.publish()
    expect((await ready(server)).json()).toMatchObject({ code: 'already-begun' })
    const staffed = await openTestServer({ readyPrograms })
    await staffOf(staffed, 'ada@example.com', { club: 'owner' })
    expect((await found(staffed, wanted)).body).toMatchObject({ code: 'already-begun' })
    const empty = await openTestServer()
    expect(empty.firstRunToken).toBeNull()
    expect((await ready(empty, '')).statusCode).toBe(401)
  })

  test('and a name without letters of ASCII takes the id of the ready-made program', async () => {
    const server = await openTestServer({ readyPrograms })
    const { body } = await found(server, { ...wanted, program: { ...wanted.program, name: 'مقهى' } })
    expect(body).toMatchObject({ program: 'club', name: 'مقهى' })
    // And whoever was signed up so comes in again with the password.
    const browser = browserOf(server)
    const answer = await browser.send('/sign-in/password', { email: owner.email, password })
    expect(answer.statusCode).toBe(303)
  })
})

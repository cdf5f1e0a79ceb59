import { describe, expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
import { fromOurPage, signedIn, staffOf } from '../team/staff.fixture.ts'
import { keyOf } from './key.ts'

const server = await openTestServer()
const { call, clock } = server
const list = async (query = '', headers = {}) => (await call('GET', `/v1/keys${query}`, undefined, headers)).body
const idsOf = ({ keys }: { keys: readonly { id: string }[] }) => keys.map(({ id }) => id)

async function newKey(...rest: Parameters<typeof server.keyFor> extends [string, ...infer Rest] ? Rest : never) {
  clock.now += 1000
  const key = await server.keyFor('club', ...rest)
  return { key, id: keyOf(key)?.id ?? '', secret: keyOf(key)?.secret ?? '', bearer: { authorization: `Bearer ${key}` } }
}

test('keys are listed with all but their secret, latest first, page by page, a program’s own only', async () => {
  const till = await newKey(['events:write'], '2026-06-01T00:00:00Z')
  const shop = await newKey(['members:read', 'members:write'])
  const answer = await list()
  expect(answer.keys.slice(0, 2)).toEqual([
    {
      ...{ id: shop.id, name: 'test', holder: null, scopes: ['members:read', 'members:write'], createdBy: 'test' },
      ...{ createdAt: '2026-03-14T12:00:02.000Z', expiresAt: null, revokedAt: null, inForce: true },
    },
    {
      ...{ id: till.id, name: 'test', holder: null, scopes: ['events:write'], createdBy: 'test' },
      ...{
        createdAt: '2026-03-14T12:00:01.000Z',
        expiresAt: '2026-06-01T00:00:00.000Z',
        revokedAt: null,
        inForce: true,
      },
    },
  ])
  expect(answer.keys).toHaveLength(3)
  const { rows } = await server.context.database.migrator.query(
    `SELECT encode(secret_hash, 'hex') AS hash FROM api_key`,
  )
  for (const secret of [till.secret, shop.secret, ...rows.map(({ hash }) => hash)]) {
    expect(JSON.stringify(answer)).not.toContain(secret)
  }
  const first = await list('?limit=2')
  expect(idsOf(first)).toEqual([shop.id, till.id])
  expect(await list(`?limit=2&cursor=${first.next}`)).toMatchObject({ keys: [answer.keys[2]], next: null })
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  expect((await list('', rival)).keys).toHaveLength(1)
})

test('a revoked key is refused from now on; revoking it again answers when that was', async () => {
  const key = await newKey()
  expect((await call('GET', '/v1/programs', undefined, key.bearer)).status).toBe(200)
  const revoked = await call('POST', `/v1/keys/${key.id}/revoke`)
  const revokedAt = new Date(clock.now).toISOString()
  expect(revoked).toMatchObject({ status: 200, body: { id: key.id, revokedAt, inForce: false } })
  expect((await call('GET', '/v1/programs', undefined, key.bearer)).status).toBe(401)
  clock.now += 5000
  expect((await call('POST', `/v1/keys/${key.id}/revoke`)).body).toEqual(revoked.body)
  const { rows } = await server.context.database.migrator.query(
    `SELECT act, actor FROM audit_log WHERE subject = $1 ORDER BY at`,
    [key.id],
  )
  expect(rows).toEqual([
    { act: 'key.created', actor: 'test' },
    { act: 'key.revoked', actor: expect.stringMatching(/^key\/[a-z0-9]{12}$/) },
  ])
  expect(idsOf(await list())).not.toContain(key.id)
  expect(idsOf(await list('?ended=true'))).toContain(key.id)
})

test('an expired key is listed among the ended ones', async () => {
  const key = await newKey(['events:write'], new Date(clock.now + 2000).toISOString())
  expect(idsOf(await list())).toContain(key.id)
  clock.now += 2000
  expect(idsOf(await list())).not.toContain(key.id)
  expect((await list('?ended=true')).keys[0]).toMatchObject({ id: key.id, inForce: false, revokedAt: null })
})

test('no key ends one of another program', async () => {
  const key = await newKey()
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  expect(await call('POST', `/v1/keys/${key.id}/revoke`, undefined, rival)).toMatchObject({
    ...{ status: 404, body: { code: 'unknown-key' } },
  })
  expect((await call('GET', '/v1/programs', undefined, key.bearer)).status).toBe(200)
  expect((await call('POST', '/v1/keys/nobody/revoke')).status).toBe(404)
})

describe('a key is made through the interface', () => {
  const make = (body: unknown, headers = {}) => call('POST', '/v1/keys', body, headers)

  test('shown once, with what it may and in whose hands it is', async () => {
    const { status, body } = await make({ name: 'till', scopes: ['members:read', 'members:read', 'vouchers:use'] })
    expect(status).toBe(200)
    const { key, ...listed } = body
    expect(listed).toMatchObject({
      name: 'till',
      scopes: ['members:read', 'vouchers:use'],
      expiresAt: null,
      inForce: true,
    })
    expect((await list()).keys).toContainEqual(listed)
    expect(JSON.stringify(await list())).not.toContain(keyOf(key)?.secret)
    const bearer = { authorization: `Bearer ${key}` }
    expect((await call('GET', '/v1/members', undefined, bearer)).status).toBe(200)
    expect((await call('GET', '/v1/programs', undefined, bearer)).body).toMatchObject({ scope: 'programs:read' })
  })

  test('twice under one name it is one key, also at once; once that is ended, the name is free', async () => {
    const wanted = { name: 'shop', scopes: ['events:write'] }
    const answers = await Promise.all([make(wanted), make(wanted), make(wanted)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
    expect(answers.map(({ body }) => body.code).filter(Boolean)).toEqual(['key-name-taken', 'key-name-taken'])
    const made = answers.find(({ status }) => status === 200)?.body
    await call('POST', `/v1/keys/${made.id}/revoke`)
    expect((await make(wanted)).status).toBe(200)
    const lasting = { ...wanted, name: 'short', expiresAt: new Date(clock.now + 60_000).toISOString() }
    expect((await make(lasting)).status).toBe(200)
    clock.now += 60_000
    expect((await make({ ...lasting, expiresAt: null })).status).toBe(200)
  })

  test('and may nothing that whoever makes it may not', async () => {
    const maker = { authorization: `Bearer ${await server.keyFor('club', ['keys:write', 'members:read'])}` }
    expect((await make({ name: 'more', scopes: ['members:read', 'ledger:export'] }, maker)).body).toMatchObject({
      ...{ code: 'missing-scope', scope: 'ledger:export' },
    })
    expect((await make({ name: 'less', scopes: ['members:read'] }, maker)).status).toBe(200)
  })

  test('made by a person, it is in their hands: it is no second person', async () => {
    const person = await staffOf(server, 'ada@example.com', { club: 'owner' })
    const cookie = (await signedIn(server, 'ada@example.com')).cookie()
    const response = await server.inject({
      ...{ method: 'POST', url: '/v1/keys', body: JSON.stringify({ name: 'hers', scopes: ['programs:write'] }) },
      headers: { cookie, ...fromOurPage, 'content-type': 'application/json' },
    })
    expect(response.json()).toMatchObject({ holder: `staff/${person}`, createdBy: `staff/${person}` })
    const hers = { authorization: `Bearer ${response.json().key}` }
    const scopes = ['programs:write']
    const next = await server.keyFor('club', ['keys:write', 'programs:write'])
    expect((await make({ name: 'nobody’s', scopes }, { authorization: `Bearer ${next}` })).body.holder).toBeNull()
    expect((await make({ name: 'more', scopes }, hers)).body).toMatchObject({ scope: 'keys:write' })
  })

  test('what is wrong is named, and makes no key', async () => {
    const before = (await list('?ended=true&limit=200')).keys.length
    const { body } = await make({ name: '', scopes: ['everything'], expiresAt: 'tomorrow' })
    expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      '/expiresAt',
      '/name',
      '/scopes/0',
    ])
    expect((await make({ name: 'a', scopes: [] })).body.errors).toEqual([
      { path: '/scopes', message: 'must name one scope or more' },
    ])
    expect(
      (await make({ name: 'a', scopes: ['events:write'], expiresAt: '2020-01-01T00:00:00Z' })).body.errors,
    ).toEqual([{ path: '/expiresAt', message: 'is in the past' }])
    expect((await list('?ended=true&limit=200')).keys).toHaveLength(before)
  })
})

import { expect, test } from 'vitest'
import { openTestServer } from '../server.fixture.ts'
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

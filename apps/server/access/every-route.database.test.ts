import { addressOf, type Route, routes, scopes } from '@laurel/contract'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { revokeKey } from './create-key.ts'
import { keyOf } from './key.ts'

const server = await openTestServer()
const pools = '\npools: { family: { of: points, share: 100%, most: 6 members, leaving: keep-in-pool } }\n'
await server.publish(`${clubDocument}${pools}`)
await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
await server.call('POST', '/v1/events', orderPaid('mine', 'maren', 10_000))
await server.call('POST', '/v1/redemptions', { id: 'red', member: 'maren', reward: 'five-off' })
await server.call('POST', '/v1/pools', { id: 'kin', plan: 'family', founder: 'maren' }, { 'idempotency-key': 'kin' })

// What is for members alone, or for whoever opens the shop, is walked through beside their way in.
const keyed = Object.entries<Route>(routes).filter(([, { scope }]) => scopes.some((each) => each === scope))
const metrics = ['metrics', { method: 'GET', address: '/metrics', scope: 'metrics:read' }] as const
const guarded = [...keyed, metrics]

/** The route as somebody would call it who knows what there is. */
const urlOf = (address: string) =>
  addressOf(address, {
    member: 'maren',
    redemption: 'red',
    source: 'web',
    id: 'mine',
    ladder: 'standing',
    version: '1',
    draw: 'spring-trip',
    leaderboard: 'sprint',
    pool: 'kin',
    key: 'abcdefghijkm',
    draft: 'mine',
    backtest: 'a'.repeat(32),
    sandbox: 'mine',
    advance: 'a'.repeat(32),
    correction: 'a'.repeat(32),
    run: 'a'.repeat(32),
    report: 'home',
    till: 'mine',
    cashier: 'mine',
    alarm: 'mine',
  })

let strangers = 0
/** Each wrong key counts against its address, so every request that is meant to be judged comes from another one. */
const anotherAddress = () => `2001:db8:${(++strangers).toString(16)}::1`

async function ask(
  { method, address }: Pick<Route, 'method' | 'address'>,
  authorization?: string,
  remoteAddress = anotherAddress(),
) {
  const response = await server.inject({
    method,
    remoteAddress,
    url: urlOf(address),
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: '{}' } : {}),
  })
  return { status: response.statusCode, body: response.body, headers: response.headers }
}

const written = async () => {
  const { rows } = await server.context.database.migrator.query(
    'SELECT (SELECT count(*) FROM decision)::int AS decisions, (SELECT count(*) FROM program_version)::int AS versions',
  )
  return rows[0]
}

describe('R10 every route refuses', () => {
  const expired = server.keyFor('club', scopes, '2026-03-14T11:59:59Z')
  const wrongSecret = server.keyFor('club').then((key) => `${key.slice(0, -43)}${'A'.repeat(43)}`)
  const revoked = server.keyFor('club').then(async (key) => {
    expect(await revokeKey(server.context, 'test', 'club', keyOf(key)?.id ?? '')).toBe(true)
    return key
  })
  const bad: readonly [string, () => Promise<string | undefined>][] = [
    ['no key', async () => undefined],
    ['no bearer', async () => 'Basic bGF1cmVsOmxhdXJlbA=='],
    ['half a key', async () => 'Bearer lrl_abc'],
    ['an unknown key', async () => `Bearer lrl_abcdefghijkm_${'a'.repeat(43)}`],
    ['a wrong secret', async () => `Bearer ${await wrongSecret}`],
    ['an expired key', async () => `Bearer ${await expired}`],
    ['a revoked key', async () => `Bearer ${await revoked}`],
  ]
  const before = written()

  describe.each(guarded)('%s', (_, spec) => {
    test.each(bad)('to %s', async (_, authorization) => {
      const answer = await ask(spec, await authorization())
      expect(answer.status).toBe(401)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'unauthenticated' })
    })

    test('to a key with every scope but its own', async () => {
      const others = scopes.filter((scope) => scope !== spec.scope)
      const answer = await ask(spec, `Bearer ${await server.keyFor('club', others)}`)
      expect(answer.status).toBe(403)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'missing-scope', scope: spec.scope })
    })

    test('to show anything of one program to a key of another', async () => {
      const answer = await ask(spec, `Bearer ${await server.keyFor('rival')}`)
      expect(answer.status).toBeLessThan(500)
      expect(answer.body.replaceAll('"member":"maren"', '')).not.toMatch(/mine|maren|order-mine/)
    })
  })

  test('and nothing of it was written', async () => {
    expect(await written()).toEqual(await before)
  })
})

test('two programs have their own members, events and redemptions of the same ids', async () => {
  const key = await server.keyFor('rival')
  const rival = { authorization: `Bearer ${key}` }
  expect(await server.call('POST', '/v1/events', orderPaid('mine', 'maren', 700), rival)).toMatchObject({
    body: { status: 'recorded', decision: { balances: [{ active: 7 }] } },
  })
  expect((await server.call('GET', '/v1/members/maren/balance')).body.balances).toMatchObject([
    { active: 50, held: 50 },
  ])
  expect((await server.call('GET', '/v1/decisions', undefined, rival)).body.decisions).toHaveLength(1)
  expect((await server.call('GET', '/v1/programs', undefined, rival)).body.versions).toMatchObject([
    { program: 'rival' },
  ])
})

describe('who asks too often waits', () => {
  afterEach(() => vi.useRealTimers())
  const wrong = `Bearer lrl_abcdefghijkm_${'a'.repeat(43)}`
  const route = metrics[1]

  test('after twenty wrong keys from one address, whoever it says it is, with a right key too', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const right = `Bearer ${await server.keyFor('club')}`
    const [here, neighbour, elsewhere] = ['2001:db8:0:7::1', '2001:db8:0:7::2', '2001:db8:0:8::1']
    for (let tries = 0; tries < 20; tries++) expect((await ask(route, wrong, here)).status).toBe(401)
    const refused = await server.inject({
      ...{ method: 'GET', url: '/v1/programs', remoteAddress: here },
      headers: { authorization: right, 'x-forwarded-for': '10.9.8.7' },
    })
    expect(refused.statusCode).toBe(429)
    expect(refused.json()).toMatchObject({ code: 'too-many-requests' })
    expect(refused.headers).toMatchObject({
      ...{ 'retry-after': '120', 'ratelimit-limit': '20', 'ratelimit-remaining': '0', 'ratelimit-reset': '120' },
    })
    // A subscriber of IPv6 has a whole /64 of addresses.
    expect((await ask(route, right, neighbour)).status).toBe(429)
    expect((await ask(route, right, elsewhere)).status).toBe(200)
    vi.setSystemTime(Date.now() + 120_000)
    expect((await ask(route, right, here)).status).toBe(200)
  })

  test('right keys never count against their address', async () => {
    const right = `Bearer ${await server.keyFor('club')}`
    for (let times = 0; times < 30; times++) expect((await ask(route, right, '192.0.2.1')).status).toBe(200)
  })

  test('a key is served as often in a second as is set, and others are not kept waiting', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const few = await openTestServer({ requestsPerSecondMax: 3 })
    const [mine, other] = [`Bearer ${await few.keyFor('club')}`, `Bearer ${await few.keyFor('club')}`]
    const read = (authorization: string) =>
      few.inject({ method: 'GET', url: '/v1/programs', headers: { authorization } })
    for (let times = 0; times < 3; times++) expect((await read(mine)).statusCode).toBe(200)
    const refused = await read(mine)
    expect(refused.statusCode).toBe(429)
    expect(refused.headers).toMatchObject({ 'retry-after': '1', 'ratelimit-limit': '3', 'ratelimit-remaining': '0' })
    expect((await read(other)).statusCode).toBe(200)
    vi.setSystemTime(Date.now() + 1000)
    expect((await read(mine)).statusCode).toBe(200)
  })
})

test('keys are kept as hashes, and what is done with them is written down', async () => {
  const key = await server.keyFor('club')
  const { id, secret } = keyOf(key) ?? { id: '', secret: '' }
  const { rows } = await server.context.database.migrator.query('SELECT * FROM api_key WHERE id = $1', [id])
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(secret)
  const { rows: audit } = await server.context.database.migrator.query('SELECT act FROM audit_log WHERE subject = $1', [
    id,
  ])
  expect(audit).toEqual([{ act: 'key.created' }])
  expect(await revokeKey(server.context, 'test', 'rival', id)).toBe(false)
})

test('health is told to anybody, and holds nothing secret', async () => {
  for (const url of ['/healthz', '/readyz', '/v1/openapi.json']) {
    expect((await server.inject({ method: 'GET', url })).statusCode).toBe(200)
  }
  const metrics = await server.call('GET', '/v1/programs').then(async () =>
    server.inject({
      method: 'GET',
      url: '/metrics',
      headers: { authorization: `Bearer ${await server.keyFor('club')}` },
    }),
  )
  expect(metrics.body).toContain('laurel_request_seconds_count{route="listVersions",status="200"}')
  expect(metrics.body).toContain('laurel_events_total{status="recorded"} ')
  expect(metrics.body).not.toContain('maren')
})

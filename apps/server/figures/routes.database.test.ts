import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call, clock } = server
const figures = async () => (await call('GET', '/v1/figures')).body

test('members, who joined, and what is outstanding are counted, and counted again after five minutes', async () => {
  for (const [id, joinedAt] of [
    ['ada', '2026-03-14T08:00:00Z'],
    ['ben', '2026-03-08T08:00:00Z'],
    ['cleo', '2026-03-07T08:00:00Z'],
    ['dan', '2025-01-01T08:00:00Z'],
  ]) {
    await call('POST', '/v1/members', { id, joinedAt })
  }
  await call('POST', '/v1/events', [orderPaid('a', 'ada', 20_000), orderPaid('b', 'ben', 500)])
  const first = await figures()
  expect(first).toMatchObject({ members: 4, asOf: '2026-03-14T12:00:00.000Z' })
  expect(first.joined).toHaveLength(26)
  expect(first.joined.slice(-2)).toEqual([
    { from: '2026-03-01', until: '2026-03-07', members: 1 },
    { from: '2026-03-08', until: '2026-03-14', members: 2 },
  ])
  const balances = await Promise.all(
    ['ada', 'ben'].map(async (member) => (await call('GET', `/v1/members/${member}`)).body.balances),
  )
  const points = balances.flat().filter(({ asset }) => asset === 'points')
  const told = first.outstanding.find(({ asset }: { asset: string }) => asset === 'points')
  expect(points.length).toBe(2)
  expect(told).toMatchObject({
    active: points.reduce((sum, { active }) => sum + active, 0),
    members: 2,
  })
  expect(told.active).toBeGreaterThan(0)

  await call('POST', '/v1/members', { id: 'eve' })
  expect(await figures()).toEqual(first)
  clock.now += 300_000
  expect((await figures()).members).toBe(5)
})

test('who is merged into another counts once', async () => {
  await call('POST', '/v1/members/dan/merge', { into: 'ada', reason: 'same person' }, { 'idempotency-key': 'one' })
  clock.now += 300_000
  expect((await figures()).members).toBe(4)
})

test('a program’s figures are its own', async () => {
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  expect(await call('GET', '/v1/figures', undefined, rival)).toMatchObject({
    status: 409,
    body: { code: 'no-program' },
  })
})

test('LED-6 sums over members are exact however large they are', async () => {
  const document = clubDocument
    .replace('id: club', 'id: bank')
    .replace('warn: [P30D]', 'worth: { 100 points: 1.00 GBP }')
  await server.publish(document, 'bank')
  const bank = { authorization: `Bearer ${await server.keyFor('bank')}` }
  const whales =
    "(1, 'bank', 'a', 'points', 1, 9007199254740991, 0, 0), (1, 'bank', 'b', 'points', 0, 9007199254740991, 4, 0)"
  await server.context.database.migrator.query(`INSERT INTO balance VALUES ${whales}`)
  expect((await call('GET', '/v1/figures', undefined, bank)).body.outstanding).toEqual([
    {
      ...{ asset: 'points', pending: 1, active: '18014398509481982', held: 4, inAll: '18014398509481987', debt: 0 },
      ...{ members: 2, worth: '18014398509481987' },
    },
  ])
})

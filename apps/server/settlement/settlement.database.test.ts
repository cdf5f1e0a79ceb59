import { expect, test } from 'vitest'
import { createKey } from '../access/create-key.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call, context, clock } = server
await server.publish(
  `${clubDocument
    .replace('pending: none', 'pending: none\n    worth: { 100 points: 1.00 GBP }')
    .replace('reach: 100 points', 'reach: 100000 points')
    .replace(
      'earn:',
      `earn:
  - { id: cause, on: order.paid, give: 2 points, per: 1.00 GBP, charity: green-city }`,
    )}  at-the-till: { kind: pay-with-points, least: 1 points, step: 1 points, worth: { 100 points: 1.00 GBP } }
partners:
  bakery: { settles: { 100 points: 0.90 GBP }, burn: yes }
  cinema: { settles: { 100 points: 0.80 GBP }, burn: yes }
charities:
  green-city: { impact: { per: 100 points, brings: { en: a tree } } }
places:
  bread: { partner: bakery }
  film: { partner: cinema }
`,
)
const at = (place: string | null, change: object = {}) => {
  const order = { currency: 'GBP', lines: [{ id: '1', sku: 'bread', quantity: 1, total: 10_000 }], place, ...change }
  return { occurredAt: new Date(clock.now).toISOString(), order }
}
const buy = (id: string, member: string, place: string | null, change: object = {}) => {
  const { order, ...when } = at(place, change)
  return call('POST', '/v1/events', orderPaid(id, member, 0, { ...when, order: { id, ...order } }))
}
const refund = (id: string, member: string, order: string, amount: number) => {
  const occurredAt = new Date(clock.now).toISOString()
  return call('POST', '/v1/events', { type: 'refund.made', id, source: 'web', member, order, amount, occurredAt })
}
const settlement = async (month: string) => (await call('GET', `/v1/settlements/${month}`)).body
const sumOf = ({ parties, programOwes }: { parties: { owes: number }[]; programOwes: number }) =>
  parties.reduce((sum, { owes }) => sum + owes, programOwes)

test('PART-1 a month’s settlement sums to zero across all parties, and a closed one never changes', async () => {
  // Earned at the bakery, 100 points; refunded by a quarter. Spent at the cinema, 50.
  await buy('o1', 'ada', 'bread')
  await refund('r1', 'ada', 'o1', 2_500)
  const redemption = { id: 'red-1', member: 'ada', reward: 'at-the-till', points: 50, confirm: true }
  expect((await call('POST', '/v1/redemptions', redemption)).body).toMatchObject({ granted: true })
  const lines = [{ id: '1', sku: 'ticket', quantity: 1, total: 50 }]
  const paid = await buy('o2', 'ada', 'film', { lines, payments: [{ by: 'points', amount: 50, redemption: 'red-1' }] })
  expect(paid.body).toMatchObject({ status: 'recorded' })
  const march = await settlement('2026-03')
  expect(march).toEqual({
    month: '2026-03',
    currency: 'GBP',
    ended: false,
    parties: [
      // 2 points per pound of what is left: 75 pounds.
      { kind: 'charity', id: 'green-city', amounts: [{ asset: 'points', issued: 0, received: 150 }], owes: -150 },
      { kind: 'partner', id: 'bakery', amounts: [{ asset: 'points', issued: 75, received: 0 }], owes: 68 },
      { kind: 'partner', id: 'cinema', amounts: [{ asset: 'points', issued: 0, received: 50 }], owes: -40 },
    ],
    programOwes: 122,
  })
  expect(sumOf(march)).toBe(0)

  clock.now = Date.parse('2026-04-02T12:00:00Z')
  const closed = await settlement('2026-03')
  expect(closed).toEqual({ ...march, ended: true })
  // A refund of March's order, and a late fact of March: both fall in the open month. 22.5 pence are 22, half-even.
  await refund('r2', 'ada', 'o1', 7_500)
  await call('POST', '/v1/events', {
    ...orderPaid('late', 'ada', 0, at('bread')),
    occurredAt: '2026-03-20T10:00:00Z',
    order: { id: 'late', ...at('bread').order },
  })
  expect(await settlement('2026-03')).toEqual(closed)
  const april = await settlement('2026-04')
  expect(april.parties).toContainEqual({
    ...{ kind: 'partner', id: 'bakery', owes: 22 },
    amounts: [{ asset: 'points', issued: 25, received: 0 }],
  })
  expect(sumOf(april)).toBe(0)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('PART-1 what a charity has got is the sum of the orders net of refunds, for everybody and for each member', async () => {
  await buy('o3', 'ben', null)
  await buy('o4', 'ben', null)
  await refund('r4', 'ben', 'o4', 10_000)
  expect((await call('GET', '/v1/members/ben/impact')).body).toEqual({
    member: 'ben',
    charities: [
      {
        charity: 'green-city',
        amounts: [{ asset: 'points', amount: 200 }],
        worth: 200,
        impact: { times: 2, of: { en: 'a tree' } },
      },
    ],
  })
  const all = (await call('GET', '/v1/charities/green-city')).body
  const mine = (await call('GET', '/v1/members/ada/impact')).body.charities[0]
  expect(all.amounts[0].amount).toBe(200 + mine.amounts[0].amount)
  expect(await call('GET', '/v1/charities/nobody')).toMatchObject({ status: 404, body: { code: 'unknown-charity' } })
})

test('PART-1 a partner’s key sees its own settlement, and nothing else', async () => {
  const owned = {
    program: 'club',
    name: 'cinema',
    scopes: ['settlements:read', 'members:read'],
    partner: 'cinema',
  } as const
  const { key } = await createKey(context, 'test', { ...owned, expiresAt: null })
  const authorization = `Bearer ${key}`
  const seen = await call('GET', '/v1/settlements/2026-03', undefined, { authorization })
  expect(seen.body).toMatchObject({ parties: [{ id: 'cinema', owes: -40 }], programOwes: null })
  expect(seen.body.parties).toHaveLength(1)
  for (const address of ['/v1/members/ada', '/v1/charities/green-city', '/v1/decisions']) {
    expect(await call('GET', address, undefined, { authorization })).toMatchObject({ status: 403 })
  }
})

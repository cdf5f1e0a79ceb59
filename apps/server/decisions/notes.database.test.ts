import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const places = `
places:
  soho-1: { name: { en: Soho }, zone: Europe/London }
  lisbon-2: { name: { en: Lisbon }, zone: Europe/Lisbon }
`
await server.publish(clubDocument + places)
const { call } = server

const orderAt = (id: string, place: string | null, parts: object = {}) => {
  const sent = orderPaid(id, 'ada', 10_000)
  return { ...sent, order: { ...sent.order, place, ...parts } }
}
const notesOf = async (event: object) => (await call('POST', '/v1/events', event)).body.decision.notes
const payments = (redemption: string) => [
  { by: 'money', amount: 9500 },
  { by: 'points', amount: 500, redemption },
]
const previewed = async (order: object) =>
  (await call('POST', '/v1/carts/preview', { member: 'ada', order })).body.notes

test('TIME-1 an order or activity at a place that is not declared is told so, with the place that was meant', async () => {
  expect(await notesOf(orderAt('here', 'soho-1'))).toBeUndefined()
  expect(await notesOf(orderAt('nowhere', null))).toBeUndefined()
  const expected = [
    { type: 'undeclared-place', about: 'soho1', remedy: expect.stringContaining('did you mean "soho-1"?') },
  ]
  expect(await notesOf(orderAt('mistyped', 'soho1'))).toEqual(expected)
  expect(await previewed(orderAt('cart', 'soho1').order)).toEqual(expected)
  expect(await previewed(orderAt('cart', 'soho-1').order)).toEqual([])
  const review = { type: 'activity.review', id: 'rev', source: 'web', member: 'ada', facts: { words: 40 } }
  const at = { occurredAt: '2026-03-14T11:00:00Z' }
  expect(await notesOf({ ...review, ...at, place: 'tokyo' })).toEqual([
    { type: 'undeclared-place', about: 'tokyo', remedy: expect.stringContaining('declare "tokyo" under places') },
  ])
})

test('TIME-1 the first answer with its note is given again byte for byte', async () => {
  const event = orderAt('twice', 'soho1')
  const first = (await call('POST', '/v1/events', event)).body.decision
  expect((await call('POST', '/v1/events', event)).body).toEqual({ status: 'repeated', decision: first })
})

test('REF-4 an order that is paid with an unknown redemption is recorded, and told so with the remedy', async () => {
  const order = orderAt('paid-with-nothing', null, { payments: payments('none') })
  const expected = [
    {
      ...{ type: 'unknown-redemption', about: 'none' },
      remedy: expect.stringContaining('reserve and confirm the redemption "none" of this member'),
    },
  ]
  expect(await previewed(order.order)).toEqual(expected)
  expect(await notesOf(order)).toEqual(expected)
})

test('REF-4 no note of a redemption that is held or confirmed, one of a redemption that was cancelled', async () => {
  const redeem = (id: string, how: object = {}) =>
    call('POST', '/v1/redemptions', { id, member: 'ada', reward: 'five-off', ...how })
  for (const [id, confirm] of [
    ['held', false],
    ['burnt', true],
    ['undone', false],
  ] as const) {
    expect((await redeem(id, { confirm })).body).toMatchObject({ granted: true })
  }
  await call('POST', '/v1/redemptions/undone/cancel')
  for (const [id, expected] of [
    ['held', undefined],
    ['burnt', undefined],
    [
      'undone',
      [{ type: 'cancelled-redemption', about: 'undone', remedy: expect.stringContaining('another redemption') }],
    ],
  ] as const) {
    const order = orderAt(`paid-${id}`, null, { payments: payments(id) })
    expect(await previewed(order.order)).toEqual(expected ?? [])
    expect(await notesOf(order)).toEqual(expected)
    // And where the order comes late, which is before the redemption in tidy order.
    const late = { ...orderAt(`late-${id}`, null, { payments: payments(id) }), occurredAt: '2026-03-14T08:00:00Z' }
    expect(await notesOf(late)).toEqual(expected)
  }
})

test('TIME-1 a program that declares no places is sent any', async () => {
  await server.publish(clubDocument.replace('id: club', 'id: plain'), 'plain')
  const headers = { authorization: `Bearer ${await server.keyFor('plain')}` }
  const answered = await call('POST', '/v1/events', orderAt('p', 'anywhere'), headers)
  expect(answered.body).toMatchObject({ status: 'recorded' })
  expect(answered.body.decision.notes).toBeUndefined()
})

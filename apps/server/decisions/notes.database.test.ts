import { expect, onTestFinished, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { paidElsewhere, prepareSession } from './queries.ts'

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
    ['held-late', false],
    ['burnt-late', true],
  ] as const) {
    expect((await redeem(id, { confirm })).body).toMatchObject({ granted: true })
  }
  await call('POST', '/v1/redemptions/undone/cancel')
  for (const [id, late, expected] of [
    ['held', 'held-late', undefined],
    ['burnt', 'burnt-late', undefined],
    [
      ...(['undone', 'undone'] as const),
      [{ type: 'cancelled-redemption', about: 'undone', remedy: expect.stringContaining('another redemption') }],
    ],
  ] as const) {
    const order = orderAt(`paid-${id}`, null, { payments: payments(id) })
    expect(await previewed(order.order)).toEqual(expected ?? [])
    expect(await notesOf(order)).toEqual(expected)
    // And where the order comes late, which is before the redemption in tidy order.
    const early = { ...orderAt(`late-${id}`, null, { payments: payments(late) }), occurredAt: '2026-03-14T08:00:00Z' }
    expect(await notesOf(early)).toEqual(expected)
  }
})

/** As it happens, so that nothing is judged again for it. */
const justNow = <Event extends object>(event: Event) => {
  server.clock.now += 1000
  return { ...event, occurredAt: new Date(server.clock.now).toISOString() }
}

const redeemed = async (id: string, more: object = {}) =>
  expect(
    (await call('POST', '/v1/redemptions', { id, member: 'ada', reward: 'five-off', confirm: true, ...more })).body,
  ).toMatchObject({ granted: true })

test('REF-4 every order but the first is told that its redemption pays another, one by one, in one batch and late', async () => {
  await redeemed('shared')
  const another = [
    { type: 'redemption-pays-another-order', about: 'shared', remedy: expect.stringContaining('pays for one order') },
  ]
  const first = justNow(orderAt('shared-1', null, { payments: payments('shared') }))
  expect(await notesOf(first)).toBeUndefined()
  expect(await previewed(orderAt('shared-cart', null, { payments: payments('shared') }).order)).toEqual(another)
  expect(await notesOf(justNow(orderAt('shared-2', null, { payments: payments('shared') })))).toEqual(another)
  const early = orderAt('shared-3', null, { payments: payments('shared') })
  expect(await notesOf({ ...early, occurredAt: '2026-03-14T07:00:00Z' })).toEqual(another)
  // An edit of one order is not another order, while only that one names it.
  await redeemed('own')
  const own = justNow(orderAt('own-1', null, { payments: payments('own') }))
  expect(await notesOf(own)).toBeUndefined()
  expect(await notesOf(justNow({ ...own, id: 'own-1-edited', type: 'order.edited' }))).toBeUndefined()
  await redeemed('batch')
  const orders = ['batch-1', 'batch-2'].map((id) => justNow(orderAt(id, null, { payments: payments('batch') })))
  const answers = (await call('POST', '/v1/events', orders)).body
  expect(answers.map((answer: { decision: { notes?: object[] } }) => answer.decision.notes)).toEqual([
    undefined,
    [expect.objectContaining({ type: 'redemption-pays-another-order', about: 'batch' })],
  ])
})

test('REF-4 an order is told that its redemption pays another, when that was sent for who was merged into its member', async () => {
  await call('POST', '/v1/events', justNow(orderPaid('earns-ben', 'ben', 1_000_000)))
  await redeemed('bens', { member: 'ben' })
  const bens = justNow({ ...orderAt('bens-1', null, { payments: payments('bens') }), member: 'ben' })
  expect(await notesOf(bens)).toBeUndefined()
  server.clock.now += 1000
  const merge = { into: 'ada', reason: 'same-person' }
  expect((await call('POST', '/v1/members/ben/merge', merge, { 'idempotency-key': 'ben-ada' })).status).toBe(200)
  const outbox = new Outbox(server.context)
  outbox.wake()
  await outbox.settled()
  const another = [expect.objectContaining({ type: 'redemption-pays-another-order', about: 'bens' })]
  for (const member of ['ada', 'ben']) {
    const order = orderAt(`bens-of-${member}`, null, { payments: payments('bens') })
    expect(await notesOf(justNow({ ...order, member }))).toEqual(another)
    expect((await call('POST', '/v1/carts/preview', { member, order: order.order })).body.notes).toEqual(another)
  }
})

test('REF-4 what other orders a redemption pays is found by its name, however long the past', async () => {
  const client = await server.context.database.application.connect()
  onTestFinished(() => client.release(true))
  await client.query(
    `INSERT INTO order_payment SELECT 7, 'club', 'long', 'r-' || n, 'web/o-' || n FROM generate_series(1, 10000) AS n`,
  )
  for (const { text } of prepareSession) await client.query(text)
  for (const order of ['web/another', 'web/o-5000']) {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${paidElsewhere.text}`, [
      [7],
      ['club'],
      ['long'],
      ['r-5000'],
      [order],
    ])
    expect(rowsRead(rows[0]['QUERY PLAN'][0].Plan)).toBe(1)
  }
})

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

const rowsRead = ({ Plans: below = [], ...node }: PlanNode): number =>
  (node['Relation Name'] === undefined ? 0 : node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) +
  below.reduce((sum, plan) => sum + rowsRead(plan), 0)

test('REF-4 an order is told that the points of its redemption have come back from another', async () => {
  await redeemed('returned')
  const first = justNow(orderAt('returned-1', null, { payments: payments('returned') }))
  expect(await notesOf(first)).toBeUndefined()
  const cancelled = { type: 'order.cancelled', id: 'returned-x', source: 'web', member: 'ada', order: first.order.id }
  expect((await call('POST', '/v1/events', justNow(cancelled))).body.status).toBe('recorded')
  expect(await notesOf(justNow(orderAt('returned-2', null, { payments: payments('returned') })))).toEqual([
    { type: 'redemption-returned', about: 'returned', remedy: expect.stringContaining('have come back') },
  ])
})

test('REF-4 a payment that its redemption is not worth is told so', async () => {
  await redeemed('small')
  const paying = (redemption: string, amount: number) => [
    { by: 'money', amount: 10_000 - amount },
    { by: 'points', amount, redemption },
  ]
  expect(await notesOf(orderAt('small-1', null, { payments: paying('small', 1000) }))).toEqual([
    { type: 'worth-differs', about: 'small', remedy: expect.stringContaining('it is worth 500') },
  ])
  const till =
    '  at-the-till: { kind: pay-with-points, worth: { 100 points: 1.00 GBP }, least: 10 points, step: 10 points }\n'
  const paysAtTill = clubDocument.replace('id: club', 'id: till').replace('rewards:\n', `rewards:\n${till}`)
  await server.publish(paysAtTill, 'till')
  const headers = { authorization: `Bearer ${await server.keyFor('till')}` }
  await call('POST', '/v1/events', orderAt('earns', null), headers)
  const asked = { member: 'ada', reward: 'at-the-till', points: 10, confirm: true }
  for (const [id, amount, expected] of [
    ['ten', 1000, [expect.objectContaining({ type: 'worth-differs', about: 'ten' })]],
    ['right', 10, undefined],
  ] as const) {
    expect((await call('POST', '/v1/redemptions', { ...asked, id }, headers)).body).toMatchObject({ granted: true })
    const order = orderAt(`till-${id}`, null, { payments: paying(id, amount) })
    expect((await call('POST', '/v1/events', order, headers)).body.decision.notes).toEqual(expected)
  }
})

test('TIME-1 a program that declares no places is sent any', async () => {
  await server.publish(clubDocument.replace('id: club', 'id: plain'), 'plain')
  const headers = { authorization: `Bearer ${await server.keyFor('plain')}` }
  const answered = await call('POST', '/v1/events', orderAt('p', 'anywhere'), headers)
  expect(answered.body).toMatchObject({ status: 'recorded' })
  expect(answered.body.decision.notes).toBeUndefined()
})

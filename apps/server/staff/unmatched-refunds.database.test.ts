import { expect, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call, activeOf } = server
const at = '2026-03-14T11:00:00Z'

const queue = async () => (await call('GET', '/v1/unmatched-refunds')).body
const accept = (id: string, said: object = {}) =>
  call('POST', `/v1/unmatched-refunds/till/${id}/accept`, { reason: 'receipt-seen', ...said })
const refused = (path: string, message: string) => ({
  ...{ status: 400, body: { errors: [{ path, message: expect.stringContaining(message) }] } },
})
const refund = (id: string, member: string, amount: number, said: object = {}) =>
  call('POST', '/v1/events', {
    ...{ type: 'refund.made', source: 'till', id, member, occurredAt: at, order: null, amount, ...said },
  })
const foreignOrder = (id: string, member: string, total: number) => {
  const sent = orderPaid(id, member, total, { occurredAt: '2026-03-14T10:00:00Z' })
  const money = { currency: 'JPY', rate: { rate: '0.0067', on: '2026-03-13' } }
  return call('POST', '/v1/events', { ...sent, source: 'till', order: { ...sent.order, ...money } })
}

test('AMT-4 EVT-5 what waits is told currency by currency, and never added up', async () => {
  await refund('gbp', 'ada', 500)
  await refund('eur', 'ada', 700, { currency: 'EUR' })
  await refund('eur-too', 'ada', 300, { currency: 'EUR' })
  await refund('whose', 'ada', 900, { order: 'never-came' })
  expect((await queue()).total).toEqual({
    count: 4,
    amounts: [
      { currency: 'EUR', count: 2, amount: 1000 },
      { currency: 'GBP', count: 1, amount: 500 },
      { currency: null, count: 1, amount: 900 },
    ],
  })
})

test('LED-6 however much waits in one currency is told exactly', async () => {
  await Promise.all(['usd', 'usd-too'].map((id) => refund(id, 'uma', 500, { currency: 'USD' })))
  const { migrator } = server.context.database
  await migrator.query("UPDATE unmatched_refund SET amount = 9007199254740991 WHERE currency = 'USD'")
  expect((await queue()).total.amounts).toContainEqual({ currency: 'USD', count: 2, amount: '18014398509481982' })
  await migrator.query("DELETE FROM unmatched_refund WHERE currency = 'USD'")
})

test('AMT-4 a refund in another currency is accepted at a rate that a person states, and counts as that', async () => {
  await call('POST', '/v1/events', orderPaid('fund', 'ben', 10_000))
  await refund('yen', 'ben', 1000, { currency: 'JPY' })
  const rate = { rate: '0.0067', on: '2026-03-14' }
  expect(await accept('yen')).toMatchObject(refused('/rate', 'JPY is not the program’s currency'))
  expect(await accept('yen', { currency: 'EUR', rate })).toMatchObject(refused('/currency', 'which is JPY'))
  expect(await accept('yen', { order: { source: 'web', id: 'order-fund' } })).toMatchObject(
    refused('/order', 'is in GBP'),
  )
  expect((await accept('yen', { rate })).body).toMatchObject({ granted: true, repeated: false })
  expect((await accept('yen', { rate })).body).toMatchObject({ granted: true, repeated: true })
  // 1,000 yen are 6.70 pounds.
  expect(await activeOf('ben')).toBe(94)
})

test('EVT-5 a line that the order does not have is named, and a person says what it is worth', async () => {
  await call('POST', '/v1/events', orderPaid('fund-eve', 'eve', 10_000))
  const of = { source: 'web', amount: undefined, order: 'order-fund-eve', lines: [{ line: '9', quantity: 1 }] }
  await refund('eve-9', 'eve', 0, of)
  const [waiting] = (await queue()).refunds.filter(({ member }: { member: string }) => member === 'eve')
  expect(waiting).toMatchObject({ reason: 'unknown-line', line: '9', amount: null, currency: 'GBP' })
  const answer = (said: object) =>
    call('POST', '/v1/unmatched-refunds/web/eve-9/accept', { reason: 'receipt-seen', ...said })
  expect(await answer({})).toMatchObject(refused('/amount', 'its order has no line 9'))
  expect((await answer({ amount: 3000 })).body).toMatchObject({ granted: true })
  expect(await activeOf('eve')).toBe(70)
})

test('AMT-4 where nobody knows the order, a person says the currency', async () => {
  await call('POST', '/v1/events', orderPaid('fund-cy', 'cy', 10_000))
  await refund('lost', 'cy', 1000, { order: 'lost-order' })
  expect(await accept('lost')).toMatchObject(refused('/currency', 'nobody knows'))
  expect((await accept('lost', { currency: 'GBP' })).body).toMatchObject({ granted: true })
  expect(await activeOf('cy')).toBe(90)
})

test('AMT-4 a refund that names an order says no currency of its own', async () => {
  expect(await refund('two', 'ben', 100, { order: 'order-fund', currency: 'GBP' })).toMatchObject({
    ...{ status: 400, body: { errors: [{ path: '/currency' }] } },
  })
})

test('EVT-5 REF-1 a surplus counts against its own order, in its currency, and never takes more than was earned', async () => {
  await call('POST', '/v1/events', orderPaid('fund-di', 'di', 10_000))
  await foreignOrder('yen-di', 'di', 1000)
  expect(await activeOf('di')).toBe(106)
  await refund('much', 'di', 5000, { order: 'order-yen-di' })
  expect(await activeOf('di')).toBe(100)
  const { refunds } = await queue()
  expect(refunds).toContainEqual(expect.objectContaining({ id: 'much', amount: 4000, currency: 'JPY' }))
  expect(await accept('much', { currency: 'JPY' })).toMatchObject(refused('/currency', 'the order has its own'))
  expect((await accept('much')).body).toMatchObject({ granted: true })
  expect(await activeOf('di')).toBe(100)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
})

test('REF-7 an overdue refund accepted without a word counts against its own order, with all that the order had found', async () => {
  await call('POST', '/v1/events', { ...orderPaid('fund-eve', 'eve', 10_000), source: 'till' })
  const before = server.clock.now
  server.clock.now = Date.parse('2026-11-01T12:00:00Z')
  await refund('old', 'eve', 4000, { order: 'order-fund-eve', occurredAt: '2026-11-01T11:00:00Z' })
  const { body } = await accept('old')
  expect(body.decision.earned).toEqual([{ rule: 'base', asset: 'points', amount: -40 }])
  expect(body.decision.remarks).toContainEqual(
    expect.objectContaining({ type: 'refunded', order: 'till/order-fund-eve' }),
  )
  server.clock.now = before
})

test('REF-7 an overdue edit accepted counts whole, up or down, and nothing else may be said of it', async () => {
  const before = server.clock.now
  const sent = (id: string, total: number) => ({ ...orderPaid(id, 'fay', total), source: 'till' })
  await call('POST', '/v1/events', sent('more', 5000))
  await call('POST', '/v1/events', sent('less', 5000))
  server.clock.now = Date.parse('2026-11-15T12:00:00Z')
  const edit = (id: string, total: number) =>
    call('POST', '/v1/events', {
      ...sent(id, total),
      ...{ type: 'order.edited', id: `edit-${id}`, occurredAt: '2026-11-15T11:00:00Z' },
    })
  await edit('more', 9000)
  await edit('less', 2000)
  expect(await activeOf('fay')).toBe(100)
  expect(await accept('edit-less', { amount: 1000 })).toMatchObject(refused('/amount', 'must be 3000 or left out'))
  expect(await accept('edit-less', { currency: 'GBP' })).toMatchObject(refused('/currency', 'must not be said'))
  expect(await accept('edit-less', { order: { source: 'till', id: 'order-more' } })).toMatchObject(
    refused('/order', 'its own order, till/order-less'),
  )
  expect((await accept('edit-more')).body.decision.earned).toEqual([{ rule: 'base', asset: 'points', amount: 40 }])
  expect((await accept('edit-more')).body).toMatchObject({ granted: true, repeated: true })
  expect((await accept('edit-less', { amount: 3000 })).body.decision.earned).toEqual([
    { rule: 'base', asset: 'points', amount: -30 },
  ])
  expect(await activeOf('fay')).toBe(110)
  const left: { id: string }[] = (await queue()).refunds
  expect(left.filter(({ id }) => id.startsWith('edit-'))).toEqual([])
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
  server.clock.now = before
})

test('MRG-1 EVT-5 what waits under the name of a merged member is answered for the one that remains, once', async () => {
  await call('POST', '/v1/events', orderPaid('fund-ota', 'ota', 10_000))
  await call('POST', '/v1/events', orderPaid('fund-otto', 'otto', 10_000))
  for (const id of ['ota-1', 'ota-2']) await refund(id, 'ota', 1000)
  await refund('ota-3', 'ota', 1000, { order: 'order-to-come' })
  const own = async () =>
    (await queue()).refunds.flatMap(({ id }: { id: string }) => (id.startsWith('ota') ? [id] : []))
  expect(await own()).toEqual(['ota-1', 'ota-2', 'ota-3'])
  server.clock.now += 1_000
  const said = { into: 'otto', reason: 'same-person' }
  const merged = await call('POST', '/v1/members/ota/merge', said, { 'idempotency-key': 'm-ota' })
  expect(merged.status).toBe(200)
  expect((await accept('ota-1')).body).toMatchObject({ member: 'otto', granted: true, repeated: false })
  expect((await accept('ota-1')).body).toMatchObject({ member: 'otto', granted: true, repeated: true })
  const outbox = new Outbox(server.context)
  outbox.wake()
  await outbox.settled()
  expect([await own(), await activeOf('otto')]).toEqual([['ota-2', 'ota-3'], 190])
  const dismissed = await call('POST', '/v1/unmatched-refunds/till/ota-2/dismiss', { reason: 'test' })
  expect(dismissed.status).toBe(200)
  // The order it waited for comes for the one that remains.
  const order = orderPaid('x', 'otto', 2000, { occurredAt: '2026-03-14T10:30:00Z' })
  await call('POST', '/v1/events', { ...order, source: 'till', order: { ...order.order, id: 'order-to-come' } })
  expect([await own(), await activeOf('otto')]).toEqual([[], 200])
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

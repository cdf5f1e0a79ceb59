import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { Outbox } from './outbox.ts'

const server = await openTestServer()
await server.publish(clubDocument.replace('reach: 100 points', 'reach: 100000 points'))
const { call, context } = server
const outbox = new Outbox(context)
const deliver = async () => {
  outbox.wake()
  await outbox.settled()
}
let orders = 0
const buy = async (member: string, points: number, change: object = {}) => {
  orders += 1
  return await call('POST', '/v1/events', orderPaid(`merge-${orders}`, member, points * 100, change))
}
const activeOf = async (member: string) =>
  (await call('GET', `/v1/members/${member}/balance`)).body.balances[0]?.active ?? 0
const merge = (from: string, into: string, key: string) =>
  call('POST', `/v1/members/${from}/merge`, { into, reason: 'same-person' }, { 'idempotency-key': key })
const undo = (into: string, from: string, key: string) =>
  call('POST', `/v1/members/${into}/merge/undo`, { from, reason: 'mistake' }, { 'idempotency-key': key })

test('MRG-1 one member goes into another, and what comes later for the one is recorded for the other', async () => {
  await buy('ben', 60)
  await buy('ada', 50)
  expect(await merge('ben', 'ada', 'm-1')).toMatchObject({ status: 200, body: { into: 'ada', repeated: false } })
  await deliver()
  expect([await activeOf('ben'), await activeOf('ada')]).toEqual([110, 110])
  expect((await merge('ben', 'ada', 'm-1')).body).toMatchObject({ repeated: true })
  await buy('ben', 5, { occurredAt: new Date(context.now()).toISOString() })
  expect(await activeOf('ada')).toBe(115)
  expect((await call('GET', '/v1/members/ben')).body).toMatchObject({ id: 'ada' })
  const refund = {
    type: 'refund.made',
    id: 'merge-back',
    source: 'web',
    member: 'ben',
    order: 'order-merge-1',
    amount: 6_000,
  }
  const back = await call('POST', '/v1/events', { ...refund, occurredAt: new Date(context.now()).toISOString() })
  expect([back.status, await activeOf('ada')]).toEqual([200, 55])
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('MRG-1 a merge is undone until the member earns or spends', async () => {
  await buy('eve', 60)
  await buy('ida', 50)
  await merge('eve', 'ida', 'm-2')
  await deliver()
  expect(await undo('ida', 'eve', 'u-1')).toMatchObject({ status: 200 })
  await deliver()
  expect([await activeOf('eve'), await activeOf('ida')]).toEqual([60, 50])
  await merge('eve', 'ida', 'm-3')
  await deliver()
  await buy('ida', 1, { occurredAt: new Date(context.now() + 60_000).toISOString() })
  expect(await undo('ida', 'eve', 'u-2')).toMatchObject({ status: 422, body: { rejection: 'merge-not-undoable' } })
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { Sender } from './sender.ts'

const server = await openTestServer()
const { call, context, clock } = server

await server.publish(`${clubDocument}offers:
  come-back:
    goal: { spend: { atLeast: 40.00 GBP } }
    window: { length: P14D, end: open }
    give: 200 points
    sendTo: { when: 'member.orders == 0' }
  for-friends:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P14D, end: open }
    give: 50 points
  half:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P14D, end: open }
    give: 50 points
    holdout: 50%
`)

const send = (offer: string, body: object = {}, key?: string) =>
  call('POST', `/v1/offers/${offer}/send`, body, key === undefined ? {} : { 'idempotency-key': key })
const sendAll = async () => {
  const sender = new Sender(context)
  sender.wake()
  await sender.settled()
}
const join = (member: string) => call('POST', '/v1/members', { id: member })
const offersOf = async (member: string) => (await call('GET', `/v1/members/${member}/progress`)).body.offers
const pointsOf = async (member: string) =>
  (await call('GET', `/v1/members/${member}`)).body.balances.find((each: { asset: string }) => each.asset === 'points')
    ?.active ?? 0

for (const member of ['anna', 'bert', 'cleo']) await join(member)
await call('POST', '/v1/events', orderPaid('o1', 'cleo', 100))

test('OFF-1 a list gets an offer in one call, once however often it is asked for, and again under a new key', async () => {
  const started = await send('for-friends', { members: ['bert', 'anna', 'nobody'] })
  expect(started).toMatchObject({ status: 200, body: { status: 'running', of: 3, looked: 0, sent: 0 } })
  await sendAll()
  const { id } = started.body
  const read = () => call('GET', `/v1/offers/for-friends/sendings/${id}`)
  expect((await read()).body).toMatchObject({ status: 'done', looked: 3, sent: 3, already: 0, leftOut: 0 })
  expect((await send('for-friends', { members: ['anna', 'nobody', 'bert'] })).body).toEqual((await read()).body)
  await send('for-friends', { members: ['anna'] })
  await sendAll()
  expect(await offersOf('anna')).toMatchObject([{ offer: 'for-friends', status: 'open', progress: 0 }])
  clock.now += 60_000
  await send('for-friends', { members: ['anna', 'bert'] }, 'second')
  await sendAll()
  expect(await offersOf('anna')).toHaveLength(2)
  const bought = orderPaid('o2', 'anna', 1001, { occurredAt: new Date(clock.now).toISOString() })
  await call('POST', '/v1/events', bought)
  expect(await pointsOf('anna')).toBe(10 + 2 * 50)
})

test('OFF-1 without a list it is sent to whoever its own rule says, and what is sent at once by two is sent once', async () => {
  const { body } = await send('come-back')
  await Promise.all([sendAll(), sendAll()])
  const after = (await call('GET', `/v1/offers/come-back/sendings/${body.id}`)).body
  // Anna and Cleo have bought; Bert and the one who is known by an offer alone have not.
  expect(after).toMatchObject({ status: 'done', of: null, looked: 4, leftOut: 2 })
  expect(after.sent + after.already).toBe(2)
  expect((await offersOf('bert')).map(({ offer }: { offer: string }) => offer)).toContain('come-back')
  expect((await offersOf('cleo')).map(({ offer }: { offer: string }) => offer)).not.toContain('come-back')
})

test('OFF-1 a sending can be cancelled, and what is left of it goes on where it was', async () => {
  const first = (await send('for-friends', { members: ['anna'] }, 'third')).body
  const cancelled = await call('POST', `/v1/offers/for-friends/sendings/${first.id}/cancel`)
  expect(cancelled.body).toMatchObject({ status: 'cancelled', sent: 0 })
  await sendAll()
  expect(await offersOf('anna')).toHaveLength(2)
})

test('OFF-1 a thousand and more are sent page by page', async () => {
  const members = Array.from({ length: 2_500 }, (_, i) => `m${i}`)
  const { body } = await send('for-friends', { members })
  await sendAll()
  const after = (await call('GET', `/v1/offers/for-friends/sendings/${body.id}`)).body
  expect(after).toMatchObject({ status: 'done', looked: 2_500, sent: 2_500 })
})

test('what cannot be sent is said', async () => {
  expect(await send('unknown')).toMatchObject({ status: 404, body: { code: 'unknown-offer' } })
  expect(await send('for-friends')).toMatchObject({ status: 409, body: { code: 'offer-for-nobody' } })
  const nothing = `/v1/offers/for-friends/sendings/${'0'.repeat(32)}`
  expect(await call('GET', nothing)).toMatchObject({ status: 404, body: { code: 'unknown-sending' } })
})

test('EXP-1 half of the members do not get it and see nothing of it, always the same ones', async () => {
  const members = Array.from({ length: 200 }, (_, i) => `h${i}`)
  await send('half', { members })
  await sendAll()
  await send('half', { members }, 'again')
  await sendAll()
  const receipts = await Promise.all(members.map(async (member) => (await offersOf(member)).length))
  expect(receipts.filter((count) => count === 1)).toEqual([])
  const treated = receipts.filter((count) => count === 2).length
  expect(treated).toBeGreaterThan(60)
  expect(treated).toBeLessThan(140)
  // Late by a day: everything is judged anew, and the arm stands.
  const heldOut = members[receipts.indexOf(0)] ?? ''
  await call('POST', '/v1/events', orderPaid('late', heldOut, 5_000))
  expect(await offersOf(heldOut)).toEqual([])
})

test('MRG-1 OFF-1 who was merged is sent an offer as the one that remains, once', async () => {
  for (const member of ['dora', 'dorothea']) await join(member)
  clock.now += 1_000
  const by = { into: 'dorothea', reason: 'same-person' }
  await call('POST', '/v1/members/dora/merge', by, { 'idempotency-key': 'm-1' })
  const { id } = (await send('for-friends', { members: ['dora', 'dorothea'] }, 'merged')).body
  await sendAll()
  const { body } = await call('GET', `/v1/offers/for-friends/sendings/${id}`)
  expect(body).toMatchObject({ status: 'done', looked: 2, sent: 1, already: 0, leftOut: 1 })
  expect(await offersOf('dorothea')).toHaveLength(1)
})

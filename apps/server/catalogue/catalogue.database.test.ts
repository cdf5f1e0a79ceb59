import { expect, test } from 'vitest'
import { Sender } from '../offers/sender.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call, context } = server
await server.publish(`${clubDocument.trimEnd()}
  mug: { kind: product, sku: MUG, price: 20 points, stock: 3 items }
  cinema: { kind: custom, price: 10 points, codes: uploaded }
  evening:
    kind: experience
    price: 10 points
    sessions:
      - { id: may, starts: 2026-05-22T16:00, seats: 1 seats }
      - { id: june, starts: 2026-06-22T16:00, seats: 4 seats }
    waiting: { accept: PT12H }
offers:
  half:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P14D, end: open }
    give: 50 points
    holdout: 50%
challenges:
  spring:
    goal: { orders: { atLeast: 2 times } }
    window: { calendar: month }
    give: 5 points
    holdout: 12.5%
partners:
  bakery: { name: { en: Bakery }, earn: yes, burn: yes, settles: { 100 points: 1.00 GBP } }
charities:
  woods: { name: { en: The woods } }
`)
const members = Array.from({ length: 12 }, (_, index) => `m-${String(index).padStart(2, '0')}`)
await call(
  'POST',
  '/v1/events',
  members.map((member) => orderPaid(`o-${member}`, member, 9000)),
)
const catalogue = async () => (await call('GET', '/v1/catalogue')).body

test('what the program has is told by what its document says', async () => {
  const { rewards, offers, challenges, partners, charities, zone } = await catalogue()
  expect(zone).toBe('Europe/London')
  expect(rewards.map(({ id, kind, of, left, price }: Record<string, unknown>) => [id, kind, of, left, price])).toEqual([
    ['cinema', 'custom', 0, 0, { asset: 'points', least: 10, most: 10 }],
    ['evening', 'experience', null, null, { asset: 'points', least: 10, most: 10 }],
    ['five-off', 'money-off', null, null, { asset: 'points', least: 50, most: 50 }],
    ['mug', 'product', 3, 3, { asset: 'points', least: 20, most: 20 }],
  ])
  expect(rewards[1].sessions).toEqual([
    { id: 'may', starts: '2026-05-22T16:00:00.000', place: null, seats: 1, taken: 0, waiting: 0 },
    { id: 'june', starts: '2026-06-22T16:00:00.000', place: null, seats: 4, taken: 0, waiting: 0 },
  ])
  expect(offers).toMatchObject([
    { id: 'half', kind: 'goal', holdout: 50, byRule: false, budget: null, lastSending: null },
  ])
  expect(challenges).toMatchObject([{ id: 'spring', each: 'month', opens: null, holdout: 12.5 }])
  expect(partners).toMatchObject([{ id: 'bakery', settles: { asset: 'points', amount: 100, minor: 100 } }])
  expect(charities).toMatchObject([{ id: 'woods', name: { en: 'The woods' } }])
})

test('and by what was taken of it: pieces, codes, seats, and who waits in which place', async () => {
  const take = (id: string, member: string, reward: string, more = {}) =>
    call('POST', '/v1/redemptions', { id, member, reward, confirm: true, ...more })
  await call('POST', '/v1/rewards/cinema/codes', { codes: ['CINEMA-0001', 'CINEMA-0002', 'CINEMA-0003'] })
  await take('r1', 'm-00', 'mug')
  await take('r2', 'm-00', 'cinema')
  for (const member of ['m-01', 'm-02', 'm-03', 'm-04']) {
    await take(`s-${member}`, member, 'evening', { session: 'may', wait: true })
  }
  const { rewards } = await catalogue()
  expect(rewards.map(({ id, left, of }: Record<string, unknown>) => [id, left, of])).toEqual([
    ['cinema', 2, 3],
    ['evening', null, null],
    ['five-off', null, null],
    ['mug', 2, 3],
  ])
  expect(rewards[1].sessions[0]).toMatchObject({ taken: 1, waiting: 3 })
  const line = async (query = '') => (await call('GET', `/v1/rewards/evening/sessions/may/waiting${query}`)).body
  const { waiting, next } = await line()
  expect(next).toBeNull()
  expect(waiting.map(({ place, member }: Record<string, unknown>) => [place, member])).toEqual([
    [1, 'm-02'],
    [2, 'm-03'],
    [3, 'm-04'],
  ])
  const first = await line('?limit=2')
  expect((await line(`?limit=2&cursor=${first.next}`)).waiting).toEqual([waiting[2]])
})

test('EXP-1 who is held out is named once they have met it, and the last sending with its counts', async () => {
  const heldOut = async (experiment: string) =>
    (await call('GET', `/v1/held-out?experiment=${encodeURIComponent(experiment)}`)).body
  expect(await heldOut('offer:half')).toEqual({ members: [], next: null })
  await call('POST', '/v1/offers/half/send', { members })
  const sender = new Sender(context)
  sender.wake()
  await sender.settled()
  expect((await catalogue()).offers[0].lastSending).toMatchObject({ status: 'done', looked: 12, of: 12 })
  const { members: out } = await heldOut('offer:half')
  expect(out.length).toBeGreaterThan(0)
  expect(out.length).toBeLessThan(12)
  for (const member of members) {
    const { offers } = (await call('GET', `/v1/members/${member}/progress`)).body
    expect(offers.length === 0).toBe(out.includes(member))
  }
  expect(await heldOut('offer:other')).toEqual({ members: [], next: null })
})

test('of a program that is not there nothing is told, and what another one has is its own', async () => {
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  expect((await call('GET', '/v1/catalogue', undefined, rival)).body).toMatchObject({ code: 'no-program' })
  expect((await call('GET', '/v1/held-out?experiment=offer:half', undefined, rival)).body.members).toEqual([])
  const line = await call('GET', '/v1/rewards/evening/sessions/may/waiting', undefined, rival)
  expect(line.body.waiting).toEqual([])
})

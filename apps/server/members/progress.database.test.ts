import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { decideAgain } from '../statements/verify-decisions.ts'

const server = await openTestServer()
const { call, context } = server

const questDocument = `${clubDocument}  free-coffee: { kind: product, sku: coffee }
cards:
  coffee: { of: points, full: 100 points, give: { reward: free-coffee } }
badges:
  explorer: { name: { en: Explorer } }
challenges:
  three-orders:
    goal: { orders: { atLeast: 3 times } }
    window: { calendar: month }
    milestones: [{ id: second, reach: 2 times, give: { badge: explorer } }]
    give: 5 points
`
await server.publish(questDocument)

const read = async (what: string) => (await call('GET', `/v1/members/maren/${what}`)).body

test('GAME-1 STAMP-1 progress moves with each event, and steps back on a refund', async () => {
  await call('POST', '/v1/events', orderPaid('one', 'maren', 6000))
  expect(await read('progress')).toEqual({
    member: 'maren',
    zone: 'Europe/London',
    closing: null,
    offers: [],
    cards: [{ card: 'coffee', asset: 'points', collected: 60, full: 100, missing: 40, times: 0 }],
    challenges: [
      {
        challenge: 'three-orders',
        from: '2026-03-01T00:00:00.000',
        until: '2026-04-01T00:00:00.000',
        progress: 1,
        target: 3,
        missing: 2,
        met: 0,
        milestones: [{ id: 'second', reach: 2, reached: false }],
        streak: null,
      },
    ],
  })
  expect(await read('badges')).toEqual({ member: 'maren', zone: 'Europe/London', badges: [] })

  await call('POST', '/v1/events', orderPaid('two', 'maren', 5000))
  expect(await read('progress')).toMatchObject({
    cards: [{ collected: 10, missing: 90, times: 1 }],
    challenges: [{ progress: 2, missing: 1, milestones: [{ reached: true }] }],
  })
  expect(await read('badges')).toMatchObject({ badges: [{ badge: 'explorer', period: null }] })

  await call('POST', '/v1/events', {
    type: 'refund.made',
    id: 'back',
    source: 'web',
    member: 'maren',
    occurredAt: '2026-03-14T11:00:00Z',
    order: 'order-two',
    amount: 5000,
  })
  expect(await read('progress')).toMatchObject({
    cards: [{ collected: 60, missing: 40, times: 0 }],
    challenges: [{ progress: 1, missing: 2 }],
  })
})

test('EVT-2 a late order counts as if it had come in time, and the books still say what the history says', async () => {
  const late = orderPaid('late', 'maren', 4000, { occurredAt: '2026-03-14T09:00:00Z' })
  expect(await call('POST', '/v1/events', late)).toMatchObject({ status: 200 })
  // With it the third order came before the refund: what was met stays met.
  expect(await read('progress')).toMatchObject({ challenges: [{ progress: 2, met: 1 }] })
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
  expect(await decideAgain(context, 'club')).toMatchObject({ clean: true, differences: [] })
})

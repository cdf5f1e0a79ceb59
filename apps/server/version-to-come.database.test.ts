import { describe, expect, test } from 'vitest'
import { Sender } from './offers/sender.ts'
import { offerSeats } from './seats/offer-seats.ts'
import { clubDocument, openTestServer, orderPaid } from './server.fixture.ts'

const server = await openTestServer()
const { call, context, clock } = server

const coming = clubDocument
  .replace('inForce: { from: always }', 'inForce: { from: 2026-05-01 }')
  .replace('accept: P30D, then', 'accept: P1D, then')
  .replace('unknownMembers: create', 'unknownMembers: refuse')
  .replace('facts: { words: number }', 'facts: { words: number, stars: number }')
  .replace('earn:\n', '  stars: { kind: spendable, name: { en: stars }, pending: none, expires: never }\n\nearn:\n')
  .trimEnd()

await server.publish(`${clubDocument.replace('round: floor', 'round: floor\n    budget: { most: 1000 points }').trimEnd()}
  evening:
    kind: experience
    price: 10 points
    sessions: [{ id: april, starts: 2026-04-22T16:00, seats: 1 seats }]
    cancel: { before: P2D }
    waiting: { accept: PT12H }
offers:
  fish:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P14D, end: open }
    give: 50 points
leaderboards:
  sprint:
    measure: { earned: points }
    window: { from: 2026-03-01, through: 2026-03-31 }
    top: 10 members
    ranks: [{ rank: 1, give: 5 points }]
`)
// So that the second version is published later than the first.
clock.now += 60_000
await server.publish(`${coming}
  tale: { kind: custom, price: 50 points, codes: uploaded }
transitions: { rewards: { evening: keep } }
`)

const send = (event: object) => call('POST', '/v1/events', event)
const shared = { source: 'web', occurredAt: '2026-03-14T10:00:00Z' }

describe('EVT-3 until a version begins, the one before it rules', () => {
  test('what an order gets of a budget, and what a preview says of it', async () => {
    const { order } = orderPaid('asked', 'ada', 3_000)
    const { body } = await call('POST', '/v1/carts/preview', { member: 'ada', order })
    expect(body).toMatchObject({ version: 1, earned: [{ asset: 'points', amount: 30 }] })
    expect((await send(orderPaid('paid', 'ada', 3_000))).body.decision.earned).toEqual(body.earned)
  })

  test('who may send what, and how late', async () => {
    expect((await send({ ...orderPaid('late', 'new', 100), occurredAt: '2026-03-04T10:00:00Z' })).status).toBe(200)
    const review = { ...shared, type: 'activity.review', member: 'new' }
    expect((await send({ ...review, id: 'r1', facts: { words: 30 } })).status).toBe(200)
    const tooMuch = await send({ ...review, id: 'r2', facts: { words: 30, stars: 5 } })
    expect(tooMuch).toMatchObject({ status: 422, body: { rejection: 'wrong-facts' } })
  })

  test('what staff may give', async () => {
    const given = { asset: 'stars', amount: 5, reason: 'early' }
    const adjusted = await call('POST', '/v1/members/ada/adjustments', given, { 'idempotency-key': 'early' })
    expect(adjusted).toMatchObject({ status: 422, body: { rejection: 'unknown-asset' } })
  })

  test('RED-3 a line moves on', async () => {
    const book = (member: string) =>
      call('POST', '/v1/redemptions', {
        ...{ id: `b-${member}`, member, reward: 'evening', session: 'april', confirm: true, wait: true },
      })
    for (const member of ['ben', 'cleo']) await send(orderPaid(`of-${member}`, member, 5_000))
    expect((await book('ben')).body).toMatchObject({ granted: true })
    expect((await book('cleo')).body).toMatchObject({ granted: false, waiting: 1 })
    await call('POST', '/v1/members/ben/vouchers/b-ben/return', undefined, { 'idempotency-key': 'back' })
    expect(await offerSeats(context)).toBe(1)
  })

  test('OFF-1 an offer is sent, and a leaderboard shown', async () => {
    const { status, body } = await call('POST', '/v1/offers/fish/send', { members: ['ada'] })
    expect(status).toBe(200)
    const sender = new Sender(context)
    sender.wake()
    await sender.settled()
    expect((await call('GET', `/v1/offers/fish/sendings/${body.id}`)).body).toMatchObject({ status: 'done', sent: 1 })
    expect((await call('GET', '/v1/leaderboards/sprint')).status).toBe(200)
  })

  test('codes of a reward are brought before it begins', async () => {
    const uploaded = await call('POST', '/v1/rewards/tale/codes', { codes: ['ONCE-UPON'] })
    expect(uploaded).toMatchObject({ status: 200, body: { added: 1 } })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from './server.fixture.ts'

// What people and programs get wrong: each has a clear answer, and nothing of it is written.
const server = await openTestServer()
await server.publish()
await server.publish(
  clubDocument.replace('id: club', 'id: strict').replace('unknownMembers: create', 'unknownMembers: refuse'),
  'strict',
)
const { call } = server
const strict = { authorization: `Bearer ${await server.keyFor('strict')}` }
await call('POST', '/v1/events', orderPaid('first', 'maren', 5000))

/** How many rows each table holds. */
async function written(): Promise<Record<string, number>> {
  const { migrator } = server.context.database
  const { rows: tables } = await migrator.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  )
  const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`)
  const { rows } = await migrator.query<{ name: string; rows: number }>(counts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]))
}

const orderWith = (order: object) => orderPaid('bad', 'nobody', 100, { order: { id: 'o', currency: 'GBP', ...order } })
const line = { id: '1', sku: 'kettle', quantity: 1, total: 100 }

describe('a wrong input is answered, and nothing is written', () => {
  let before: Record<string, number>
  beforeEach(async () => {
    before = await written()
  })
  afterEach(async () => {
    expect(await written()).toEqual(before)
  })

  test.each<[string, unknown, object]>([
    ['half a JSON', '{"type":', { status: 400, code: 'malformed-body' }],
    ['1,000-deep JSON', '['.repeat(1000) + ']'.repeat(1000), { status: 400, code: 'malformed-body' }],
    ['no body', undefined, { status: 400, code: 'malformed-body' }],
    [
      'a negative quantity, and whatever else is wrong',
      orderWith({ lines: [{ ...line, quantity: -1 }], discount: -5, colour: 'red' }),
      {
        ...{ status: 400, code: 'invalid-request' },
        errors: expect.arrayContaining([
          { path: '/order/lines/0/quantity', message: 'must be 1 or more' },
          { path: '/order/discount', message: 'must be 0 or more' },
          { path: '/order/colour', message: 'is no known field' },
        ]),
      },
    ],
    [
      'a currency without a rate',
      orderWith({ currency: 'USD', lines: [line] }),
      {
        ...{ status: 422, code: 'event-rejected', rejection: 'currency-mismatch' },
        detail: 'USD without a rate to GBP',
      },
    ],
    [
      'an event more than five minutes from the future',
      orderPaid('bad', 'nobody', 100, { occurredAt: '2026-03-14T12:05:01Z' }),
      {
        ...{ status: 422, code: 'event-rejected', rejection: 'from-the-future' },
        detail: 'it happens at 2026-03-14T12:05:01.000Z, more than 5 minutes from now',
      },
    ],
    [
      'an activity that the program does not declare',
      { ...orderPaid('bad', 'nobody', 100), type: 'activity.dance', order: undefined },
      { status: 422, code: 'event-rejected', rejection: 'unknown-activity' },
    ],
    [
      'other content under an identity that is recorded',
      orderPaid('first', 'maren', 5001),
      { status: 409, code: 'identity-conflict', reason: 'other-content' },
    ],
    [
      'a refund of another member’s order',
      { ...orderPaid('bad', 'nobody', 0), type: 'refund.made', order: 'order-first', amount: 100 },
      { status: 422, code: 'event-rejected', rejection: 'order-of-another-member' },
    ],
  ])('%s', async (_, body, expected) => {
    const answer = await call('POST', '/v1/events', body)
    expect(answer.body).toMatchObject({ remedy: expect.stringMatching(/\w+/), ...expected })
    expect(answer.status).toBe(answer.body.status)
    expect((await call('GET', '/v1/members/nobody')).body).toMatchObject({ code: 'unknown-member' })
  })

  test('an order of a member that nobody created, where the program refuses those', async () => {
    expect(await call('POST', '/v1/events', orderPaid('bad', 'nobody', 100), strict)).toMatchObject({
      status: 422,
      body: {
        ...{ code: 'event-rejected', rejection: 'unknown-member' },
        detail: 'the program refuses events of members that nobody has created',
      },
    })
  })

  test.each([
    ['/v1/redemptions', { id: 'r', member: 'nobody', reward: 'five-off' }],
    ['/v1/members/nobody/adjustments', { asset: 'points', amount: 5, reason: 'typo' }],
    ['/v1/members/nobody/tiers/standing/override', { level: 'gold', reason: 'typo' }],
  ])('a request or an act for a member that is not there: POST %s', async (url, body) => {
    const answer = await call('POST', url, body, { 'idempotency-key': 'wrong-1' })
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-member' } })
  })
})

describe('one poisoned event among 64 good ones', () => {
  const sixtyFive = (prefix: string, poison: (event: ReturnType<typeof orderPaid>) => object) =>
    Array.from({ length: 65 }, (_, index) => {
      const event = orderPaid(`${prefix}-${index}`, `${prefix}-${index}`, 1000)
      return index === 40 ? poison(event) : event
    })
  const statusesOf = (answers: readonly { status: string }[]) =>
    Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, all]) => [status, all?.length])
  const ndjson = { 'content-type': 'application/x-ndjson' }

  test.each<[string, (event: ReturnType<typeof orderPaid>) => object, object]>([
    ['that is not understood', (event) => ({ ...event, surprise: 1 }), { status: 'invalid' }],
    [
      'that is refused',
      (event) => ({ ...event, order: { ...event.order, currency: 'USD' } }),
      { status: 'rejected', code: 'currency-mismatch' },
    ],
  ])('%s fails alone, in an array and in a stream', async (_, poison, expected) => {
    const { status } = expected as { status: string }
    const list = (await call('POST', '/v1/events', sixtyFive(`list-${status}`, poison))).body
    expect(list[40]).toMatchObject(expected)
    expect(statusesOf(list)).toEqual(
      expect.arrayContaining([
        ['recorded', 64],
        [status, 1],
      ]),
    )
    const lines = sixtyFive(`stream-${status}`, poison).map((event) => JSON.stringify(event))
    const streamed = await server.inject({
      ...{ method: 'POST', url: '/v1/events', body: lines.join('\n') },
      headers: { ...ndjson, authorization: `Bearer ${await server.keyFor('club')}` },
    })
    const answers = streamed.body
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(answers[40]).toMatchObject(expected)
    expect(answers.filter((answer) => answer.status === 'recorded')).toHaveLength(64)
    expect((await call('GET', `/v1/members/list-${status}-40`)).status).toBe(404)
  })

  test('whose books cannot be written fails alone, says so, and goes in once they are mended', async () => {
    const orders = sixtyFive('books', (event) => event)
    await call('POST', '/v1/events', orders)
    const { migrator } = server.context.database
    // Somebody has tampered with one balance: taking 10 points back would leave it below zero.
    await migrator.query(`UPDATE balance SET active = 1 WHERE member = 'books-40'`)
    const refunds = orders.map((_, index) => ({
      ...{ type: 'refund.made', id: `refund-${index}`, source: 'web', member: `books-${index}` },
      ...{ order: `order-books-${index}`, amount: 1000, occurredAt: '2026-03-14T11:00:00Z' },
    }))
    const answers = (await call('POST', '/v1/events', refunds)).body
    expect(answers[40]).toMatchObject({ status: 'failed', source: 'web', id: 'refund-40', code: 'fault' })
    expect(answers.filter(({ status }: { status: string }) => status === 'recorded')).toHaveLength(64)
    expect((await call('GET', '/v1/members/books-40')).body.decisions).toBe(1)
    await migrator.query(`UPDATE balance SET active = 10 WHERE member = 'books-40'`)
    expect((await call('POST', '/v1/events', refunds[40])).body).toMatchObject({ status: 'recorded' })
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
  })
})

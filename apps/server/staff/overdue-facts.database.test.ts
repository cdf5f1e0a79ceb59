import { describe, expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call } = server
const query = (text: string) => server.context.database.migrator.query(text)

const lastYear = { occurredAt: '2025-10-01T10:00:00Z' }
const sendOverdue = async (id: string, member: string, change: object = {}) => {
  const answer = await call('POST', '/v1/events', orderPaid(id, member, 1000, { ...lastYear, ...change }))
  expect(answer).toMatchObject({
    status: 422,
    body: {
      ...{ code: 'event-rejected', rejection: 'overdue' },
      detail: expect.stringMatching(/; it is kept for a person$/),
      remedy: expect.stringMatching(/^Do not send it again\..*GET \/v1\/overdue-facts/),
    },
  })
  server.clock.now += 1000
}
const list = async (query = '') => (await call('GET', `/v1/overdue-facts${query}`)).body
const idsOf = (facts: readonly { id: string }[]) => facts.map(({ id }) => id)
const answer = (how: 'accept' | 'dismiss', id: string, body: object = { reason: 'till-was-offline' }) =>
  call('POST', `/v1/overdue-facts/web/${id}/${how}`, body)

describe('EVT-4 facts later than the program accepts', () => {
  test('wait in the order in which they came, each once, with all that they say', async () => {
    for (const id of ['a', 'b', 'c']) await sendOverdue(id, 'maren')
    await sendOverdue('a', 'maren')
    const all = await list()
    expect(all).toMatchObject({ total: { count: 3 }, next: null })
    expect(idsOf(all.facts)).toEqual(['a', 'b', 'c'])
    expect(all.facts[0]).toMatchObject({
      ...{ source: 'web', id: 'a', member: 'maren', keptAt: '2026-03-14T12:00:00.000Z' },
      event: { ...orderPaid('a', 'maren', 1000), occurredAt: '2025-10-01T10:00:00.000Z' },
    })
    const first = await list('?limit=2')
    expect(idsOf(first.facts)).toEqual(['a', 'b'])
    expect(idsOf((await list(`?limit=2&cursor=${first.next}`)).facts)).toEqual(['c'])
    expect(await call('GET', '/v1/members/maren')).toMatchObject({ status: 404 })
  })

  test('accepted: recorded at its own moment, once, with the act in the audit log', async () => {
    const accepted = await answer('accept', 'a', { reason: 'till-was-offline', actor: 'staff-7' })
    expect(accepted.body).toMatchObject({
      ...{ member: 'maren', granted: true, repeated: false },
      decision: { at: '2025-10-01T10:00:00.000Z', earned: [{ rule: 'base', amount: 10 }] },
    })
    const again = await answer('accept', 'a')
    expect(again.body).toEqual({ ...accepted.body, repeated: true })
    expect((await call('GET', '/v1/members/maren/balance')).body.balances).toMatchObject([{ active: 10 }])
    expect(idsOf((await list()).facts)).toEqual(['b', 'c'])
    const { rows } = await query(`SELECT actor, act, subject, detail FROM audit_log WHERE act LIKE 'overdue-fact%'`)
    expect(rows).toMatchObject([{ actor: 'staff-7', act: 'overdue-fact.recorded', subject: 'web/a' }])
    expect(rows[0].detail).toMatchObject({ reason: 'till-was-offline' })
    // Its sender finds it recorded now.
    const sent = await call('POST', '/v1/events', orderPaid('a', 'maren', 1000, lastYear))
    expect(sent.body).toMatchObject({ status: 'repeated' })
  })

  test('dismissed: gone from the queue, nothing recorded, and not to be accepted any more', async () => {
    expect((await answer('dismiss', 'b', { reason: 'test-till' })).body).toEqual({ source: 'web', id: 'b' })
    for (const how of ['dismiss', 'accept'] as const) {
      expect(await answer(how, 'b')).toMatchObject({ status: 404, body: { code: 'unknown-overdue-fact' } })
    }
    expect(idsOf((await list()).facts)).toEqual(['c'])
    expect((await call('GET', '/v1/members/maren')).body.decisions).toBe(1)
    const sent = await call('POST', '/v1/events', [orderPaid('b', 'maren', 1000, lastYear)])
    expect(sent.body).toMatchObject([
      { code: 'overdue', detail: expect.stringMatching(/; a person has dismissed it$/) },
    ])
    const { rows } = await query(`SELECT act, subject FROM audit_log WHERE act = 'overdue-fact.dismissed'`)
    expect(rows).toEqual([{ act: 'overdue-fact.dismissed', subject: 'web/b' }])
  })

  test('recorded by an import meanwhile: not to be dismissed, and accepting it takes it off', async () => {
    await call('POST', '/v1/events?history=true', orderPaid('c', 'maren', 1000, lastYear))
    expect(await answer('dismiss', 'c')).toMatchObject({ status: 404, body: { code: 'unknown-overdue-fact' } })
    expect((await answer('accept', 'c')).body).toMatchObject({ granted: true, repeated: true })
    expect(await list()).toMatchObject({ facts: [], total: { count: 0 } })
  })

  test('accepted though its order is another member’s: refused, and it stays in the queue', async () => {
    const refund = { type: 'refund.made', id: 'd', source: 'web', member: 'jonas', order: 'order-a', amount: 100 }
    expect((await call('POST', '/v1/events', { ...refund, ...lastYear })).body).toMatchObject({ rejection: 'overdue' })
    expect(await answer('accept', 'd')).toMatchObject({ status: 422, body: { rejection: 'order-of-another-member' } })
    expect(idsOf((await list()).facts)).toEqual(['d'])
    expect((await answer('dismiss', 'd')).status).toBe(200)
  })

  test('of another program, or unknown, are not found; without a reason nobody answers', async () => {
    await sendOverdue('e', 'maren')
    const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
    expect((await call('GET', '/v1/overdue-facts', undefined, rival)).body.facts).toEqual([])
    const theirs = await call('POST', '/v1/overdue-facts/web/e/dismiss', { reason: 'x' }, rival)
    expect(theirs).toMatchObject({ status: 404, body: { code: 'unknown-overdue-fact' } })
    expect(await answer('accept', 'nowhere')).toMatchObject({ status: 404 })
    expect(await answer('accept', 'e', {})).toMatchObject({ status: 400, body: { errors: [{ path: '/reason' }] } })
    expect(idsOf((await list()).facts)).toEqual(['e'])
  })

  test('and the books are clean', async () => {
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
  })
})

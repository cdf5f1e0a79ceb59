import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish(`${clubDocument}\nleaving: { forfeitAfter: P30D }\n`)
const { call } = server

const once = (key: string) => ({ 'idempotency-key': key })
const minutes = (count: number) => {
  server.clock.now += count * 60_000
}
const buy = (id: string, member: string, total = 10_000) =>
  call('POST', '/v1/events', orderPaid(id, member, total, { occurredAt: new Date(server.clock.now).toISOString() }))
const read = async (member: string) => (await call('GET', `/v1/members/${member}`)).body

describe('END-1 freezing', () => {
  const freeze = (body: object, key: string) => call('POST', '/v1/members/ida/freeze', body, once(key))

  test('stops earning and redeeming until it ends, and says why', async () => {
    await buy('i1', 'ida')
    minutes(1)
    expect(await freeze({ reason: 'chargebacks', actor: 'staff-7' }, 'f1')).toMatchObject({
      status: 200,
      body: { member: 'ida', repeated: false, decision: { type: 'member.frozen' } },
    })
    expect(await read('ida')).toMatchObject({ status: 'frozen', left: null })
    minutes(1)
    expect(await buy('i2', 'ida')).toMatchObject({
      body: {
        status: 'recorded',
        decision: { remarks: [{ type: 'not-earning', because: 'frozen' }], balances: [{ active: 100 }] },
      },
    })
    const reserve = { id: 'red-i', member: 'ida', reward: 'five-off' }
    expect((await call('POST', '/v1/redemptions', reserve)).body).toMatchObject({ refusal: { code: 'frozen' } })
    minutes(1)
    await freeze({ frozen: false, reason: 'cleared' }, 'f2')
    minutes(1)
    expect((await buy('i3', 'ida')).body.decision.balances).toMatchObject([{ active: 200 }])
    expect(await read('ida')).toMatchObject({ status: 'member' })
  })

  test('is answered as before when it is asked again, and refused with other content', async () => {
    minutes(5)
    const first = (await freeze({ reason: 'chargebacks', actor: 'staff-7' }, 'f1')).body
    expect(first).toMatchObject({ repeated: true, decision: { decision: 2 } })
    expect(await freeze({ reason: 'other' }, 'f1')).toMatchObject({ status: 409, body: { code: 'identity-conflict' } })
    expect(await read('ida')).toMatchObject({ status: 'member' })
  })

  test('is a fact of a connector as well, and acts at its own moment however late it comes', async () => {
    minutes(60)
    const at = (ago: number) => new Date(server.clock.now - ago * 60_000).toISOString()
    await call('POST', '/v1/events', orderPaid('k1', 'kim', 10_000, { occurredAt: at(30) }))
    const frozen = { type: 'member.frozen', id: 'k-f', source: 'web', member: 'kim', frozen: true, reason: 'closed' }
    expect(await call('POST', '/v1/events', { ...frozen, occurredAt: at(40) })).toMatchObject({
      body: { status: 'recorded', decision: { late: true, balances: [{ active: 0 }] } },
    })
    expect(
      await call('POST', '/v1/carts/preview', { member: 'kim', order: orderPaid('p', 'kim', 100).order }),
    ).toMatchObject({ body: { earned: [], remarks: [{ type: 'not-earning', because: 'frozen' }] } })
  })
})

describe('END-1 leaving and coming back', () => {
  test('keeps what is there through the grace, and gives it back', async () => {
    minutes(1)
    await buy('l1', 'lena')
    minutes(1)
    expect(await call('POST', '/v1/members/lena/leave', undefined, once('leave-1'))).toMatchObject({ status: 200 })
    minutes(1)
    expect(await call('POST', '/v1/members/lena/leave', undefined, once('leave-1'))).toMatchObject({
      body: { repeated: true },
    })
    expect(await read('lena')).toMatchObject({ status: 'left', left: { forfeitsOn: '2026-04-13' } })
    const adjusted = { asset: 'points', amount: 5, reason: 'goodwill' }
    expect((await call('POST', '/v1/members/lena/adjustments', adjusted, once('a1'))).body).toMatchObject({
      granted: false,
      refusal: { code: 'left' },
    })
    minutes(1)
    await call('POST', '/v1/members/lena/rejoin', undefined, once('rejoin-1'))
    expect(await read('lena')).toMatchObject({ status: 'member', left: null, balances: [{ active: 100 }] })
  })

  test('after the grace what was there is forfeited, and the answer of a later refund says so', async () => {
    minutes(1)
    await buy('m1', 'mo')
    minutes(1)
    const left = { type: 'member.left', id: 'm-l', source: 'web', member: 'mo' }
    await call('POST', '/v1/events', { ...left, occurredAt: new Date(server.clock.now).toISOString() })
    const before = server.clock.now
    server.clock.now += 40 * 86_400_000
    expect(await read('mo')).toMatchObject({ left: { forfeitsOn: null }, balances: [{ active: 0 }] })
    const refund = { type: 'refund.made', id: 'm-r', source: 'web', member: 'mo', order: 'order-m1', amount: 10_000 }
    const answer = await call('POST', '/v1/events', { ...refund, occurredAt: new Date(server.clock.now).toISOString() })
    expect(answer.body.decision).toMatchObject({ earned: [{ amount: -100 }], balances: [{ active: 0, debt: 0 }] })
    server.clock.now = before
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  })

  test('of somebody unknown is a problem', async () => {
    expect(await call('POST', '/v1/members/nobody/leave', undefined, once('n1'))).toMatchObject({
      status: 404,
      body: { code: 'unknown-member' },
    })
  })
})

describe('LED-9 erasing', () => {
  const personal = { name: 'Nora Quill', email: 'nora.quill@example.net', phone: '+31698765432' }
  const erase = (query: string) => call('DELETE', `/v1/members/nora?${query}`)
  const metric = async () => {
    const { body } = await server.inject({
      method: 'GET',
      url: '/metrics',
      headers: { authorization: `Bearer ${await server.keyFor('club')}` },
    })
    return Number(/laurel_events_total\{status="dropped"\} (\d+)/.exec(body)?.[1] ?? 0)
  }

  test('forfeits what is left, deletes what is personal, and answers the same again', async () => {
    minutes(1)
    await call('POST', '/v1/members', { id: 'nora', profile: personal, segments: ['regulars'] })
    minutes(1)
    await buy('n1', 'nora', 30_000)
    minutes(1)
    const erased = await erase('reason=asked&actor=staff-7')
    expect(erased).toMatchObject({
      status: 200,
      body: { member: 'nora', repeated: false, forfeited: [{ asset: 'points', amount: 300 }], writtenOff: [] },
    })
    minutes(1)
    expect((await erase('reason=once-more')).body).toEqual({ ...erased.body, repeated: true })
    expect(await call('GET', '/v1/members/nora')).toMatchObject({ status: 404, body: { code: 'unknown-member' } })
    for (const q of ['nora', 'Nora Q', 'nora.quill@', '+3169876']) {
      expect((await call('GET', `/v1/members?q=${encodeURIComponent(q)}`)).body.members).toEqual([])
    }
  })

  test('is written down without the person', async () => {
    const { rows } = await server.context.database.migrator.query(
      "SELECT actor, subject, detail FROM audit_log WHERE act = 'member.erased'",
    )
    expect(rows).toEqual([{ actor: 'staff-7', subject: 'nora', detail: { reason: 'asked' } }])
    expect(server.log.join('')).not.toMatch(/quill|example\.net|98765432/i)
    expect((await call('GET', '/v1/erased-members')).body).toMatchObject({ members: [{ member: 'nora' }], next: null })
  })

  test('is for good: facts are dropped and counted, and nobody gets the id again', async () => {
    const before = await metric()
    expect(await buy('n2', 'nora')).toMatchObject({
      status: 422,
      body: { code: 'event-rejected', rejection: 'member-erased' },
    })
    // Overdue ones are not kept for a person either.
    const overdue = orderPaid('n3', 'nora', 100, { occurredAt: '2025-01-01T10:00:00Z' })
    expect((await call('POST', '/v1/events', [overdue])).body).toMatchObject([
      { status: 'rejected', code: 'member-erased' },
    ])
    expect((await call('GET', '/v1/overdue-facts')).body.facts).toEqual([])
    expect(await metric()).toBe(before + 2)
    expect(await call('POST', '/v1/members', { id: 'nora', profile: personal })).toMatchObject({
      status: 410,
      body: { code: 'member-erased' },
    })
    const cart = { member: 'nora', order: orderPaid('p', 'nora', 100).order }
    expect(await call('POST', '/v1/carts/preview', cart)).toMatchObject({ body: { rejection: 'member-erased' } })
  })

  test('what was recorded before is answered as before', async () => {
    server.clock.now -= 2 * 60_000
    expect(await buy('n1', 'nora', 30_000)).toMatchObject({ body: { status: 'repeated' } })
    server.clock.now += 2 * 60_000
  })

  test('writes debt off, and the books are clean', async () => {
    minutes(1)
    await buy('o1', 'olaf')
    minutes(1)
    await call('POST', '/v1/redemptions', { id: 'red-o', member: 'olaf', reward: 'five-off' })
    await call('POST', '/v1/redemptions/red-o/confirm')
    minutes(1)
    const cancelled = {
      type: 'order.cancelled',
      id: 'o-c',
      source: 'web',
      member: 'olaf',
      order: 'order-o1',
      by: 'shop',
    }
    await call('POST', '/v1/events', { ...cancelled, occurredAt: new Date(server.clock.now).toISOString() })
    minutes(1)
    expect((await call('DELETE', '/v1/members/olaf?reason=asked')).body).toMatchObject({
      forfeited: [],
      writtenOff: [{ asset: 'points', amount: 50 }],
    })
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
  })

  test('a profile that is written while a member is erased is found', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `pia-${index}`)
    for (const id of ids) await call('POST', '/v1/members', { id })
    minutes(1)
    await Promise.all(
      ids.flatMap((id) => [
        call('DELETE', `/v1/members/${id}?reason=asked`),
        call('POST', '/v1/members', { id, profile: { email: `${id}@example.net` } }),
        call('DELETE', `/v1/members/${id}?reason=asked`),
      ]),
    )
    const { rows } = await server.context.database.migrator.query(
      "SELECT count(*)::int AS found FROM profile WHERE member LIKE 'pia-%'",
    )
    expect(rows).toEqual([{ found: 0 }])
  })

  test('of somebody unknown is a problem, and needs a reason', async () => {
    expect(await call('DELETE', '/v1/members/nobody?reason=asked')).toMatchObject({ status: 404 })
    expect(await call('DELETE', '/v1/members/nora')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'query/reason' }] },
    })
  })
})

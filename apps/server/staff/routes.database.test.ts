import { describe, expect, test } from 'vitest'
import { openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call, memberWith, activeOf } = server

describe('acts of staff', () => {
  const once = { 'idempotency-key': 'act-1' }

  test('give and take, once, with reason and actor', async () => {
    const member = await memberWith(10)
    const url = `/v1/members/${member}/adjustments`
    const body = { asset: 'points', amount: 25, reason: 'goodwill', actor: 'staff-7' }
    expect(await call('POST', url, body)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } })
    expect((await call('POST', url, body, once)).body).toMatchObject({ granted: true, repeated: false })
    expect((await call('POST', url, body, once)).body).toMatchObject({ granted: true, repeated: true })
    expect(await call('POST', url, { ...body, amount: 26 }, once)).toMatchObject({ status: 409 })
    expect(await activeOf(member)).toBe(35)
    const taken = await call('POST', url, { ...body, amount: -36 }, { 'idempotency-key': 'act-2' })
    expect(taken.body).toMatchObject({ granted: false, refusal: { code: 'short', shortBy: 1 } })
    const { rows } = await server.context.database.migrator.query(
      `SELECT content::json ->> 'actor' AS actor, content::json ->> 'reason' AS reason FROM decision WHERE content LIKE '%points.adjusted%' AND member = $1 LIMIT 1`,
      [member],
    )
    expect(rows).toEqual([{ actor: 'staff-7', reason: 'goodwill' }])
    expect(await call('POST', url, { ...body, asset: 'gems' }, { 'idempotency-key': 'act-3' })).toMatchObject({
      status: 422,
      body: { code: 'event-rejected', rejection: 'unknown-asset' },
    })
  })

  test('LOT-6 extend lots', async () => {
    const member = await memberWith(40)
    const body = { asset: 'points', lastDay: '2027-03-14', newLastDay: '2027-06-30', reason: 'closed-shop' }
    const extend = async (key: string, asked: object) =>
      (await call('POST', `/v1/members/${member}/lots/extensions`, asked, { 'idempotency-key': key })).body
    expect(await extend('x1', body)).toMatchObject({ granted: true, amount: 40, repeated: false })
    expect(await extend('x1', body)).toMatchObject({ granted: true, amount: 40, repeated: true })
    expect((await call('GET', `/v1/members/${member}/lots`)).body.lots).toMatchObject([
      { amount: 40, lastDay: '2027-06-30' },
    ])
  })

  test('LOT-6 TIER-8 lets nothing end after the days that the language knows, and all before is as any other day', async () => {
    const member = await memberWith(40)
    const url = `/v1/members/${member}`
    const body = { asset: 'points', lastDay: '2027-03-14', reason: 'for-good' }
    for (const newLastDay of ['2201-01-01', '9999-12-31']) {
      const answer = await call(
        'POST',
        `${url}/lots/extensions`,
        { ...body, newLastDay },
        { 'idempotency-key': newLastDay },
      )
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'invalid-request', errors: [{ path: '/newLastDay' }] },
      })
    }
    const last = await call(
      'POST',
      `${url}/lots/extensions`,
      { ...body, newLastDay: '2200-12-31' },
      { 'idempotency-key': 'z9' },
    )
    expect(last.body).toMatchObject({ granted: true, amount: 40 })
    const adjusted = { asset: 'points', amount: -10, reason: 'typed' }
    expect((await call('POST', `${url}/adjustments`, adjusted, { 'idempotency-key': 'z10' })).body).toMatchObject({
      granted: true,
    })
  })

  test('LOT-6 refuse to make points end sooner, or to extend what is not there', async () => {
    const member = await memberWith(40)
    const refusalOf = async (key: string, lastDay: string, newLastDay: string) => {
      const body = { asset: 'points', lastDay, newLastDay, reason: 'typed' }
      const url = `/v1/members/${member}/lots/extensions`
      const answer = (await call('POST', url, body, { 'idempotency-key': key })).body
      expect(answer).toMatchObject({ granted: false, amount: null })
      return answer.refusal.code
    }
    expect(await refusalOf('y1', '2027-03-14', '2026-03-01')).toBe('not-later')
    expect(await refusalOf('y2', '2027-03-14', '2027-03-14')).toBe('not-later')
    expect(await refusalOf('y3', '2027-03-15', '2027-06-30')).toBe('unknown-lot')
    expect((await call('GET', `/v1/members/${member}/lots`)).body.lots).toMatchObject([
      { amount: 40, lastDay: '2027-03-14' },
    ])
  })

  test('LOT-6 reinstate what lapsed, and answer how much that was', async () => {
    const member = await memberWith(40)
    const before = server.clock.now
    server.clock.now = Date.parse('2027-03-20T12:00:00Z')
    const body = { asset: 'points', lastDay: '2027-03-14', amount: 100, newLastDay: '2027-06-30', reason: 'illness' }
    const reinstate = async (key: string) =>
      (await call('POST', `/v1/members/${member}/lots/reinstatements`, body, { 'idempotency-key': key })).body
    expect(await reinstate('r1')).toMatchObject({ granted: true, amount: 40, repeated: false })
    expect(await reinstate('r1')).toMatchObject({ granted: true, amount: 40, repeated: true })
    expect(await activeOf(member)).toBe(40)
    expect(await reinstate('r2')).toMatchObject({
      granted: false,
      amount: null,
      refusal: { code: 'short', shortBy: 100 },
    })
    body.newLastDay = '2027-03-19'
    expect(await reinstate('r3')).toMatchObject({ granted: false, amount: null, refusal: { code: 'already-over' } })
    server.clock.now = before
  })

  test('LOT-6 EVT-2 what came late and took points that were extended says so, and so does the act', async () => {
    const member = await memberWith(40)
    const url = `/v1/members/${member}`
    const body = { asset: 'points', lastDay: '2027-03-14', newLastDay: '2027-06-30', reason: 'illness' }
    const extended = await call('POST', `${url}/lots/extensions`, body, { 'idempotency-key': 'late-1' })
    expect(extended.body).toMatchObject({ granted: true, amount: 40 })
    const back = { ...orderPaid(`back-${member}`, member, 0), type: 'refund.made', order: `order-fund-${member}` }
    const late = await call('POST', '/v1/events', { ...back, amount: 3_000, occurredAt: '2026-03-14T10:01:00Z' })
    const short = { type: 'less-than-granted', act: 'laurel/extend/late-1', asset: 'points', amount: 30 }
    expect(late.body.decision).toMatchObject({ late: true, remarks: expect.arrayContaining([short]) })
    expect((await call('GET', `${url}/lots`)).body.lots).toMatchObject([{ amount: 10, lastDay: '2027-06-30' }])
    const act = `${url}/events/laurel/${encodeURIComponent('extend/late-1')}/explanation`
    const { now } = (await call('GET', act)).body
    expect(now.effects).toEqual(expect.arrayContaining([short]))
  })

  test('TIER-1 hold a level, and end that', async () => {
    const member = await memberWith(1)
    const url = `/v1/members/${member}/tiers/standing/override`
    const level = async () => (await call('GET', `/v1/members/${member}/tiers`)).body.tiers[0]
    await call('POST', url, { level: 'gold', endsOn: '2026-04-01', reason: 'guest' }, { 'idempotency-key': 't1' })
    expect(await level()).toMatchObject({ level: 'gold', heldBy: 'override' })
    const over = { level: 'green', endsOn: '2026-03-14', reason: 'mistyped' }
    expect((await call('POST', url, over, { 'idempotency-key': 't1-over' })).body).toMatchObject({
      ...{ granted: false, refusal: { code: 'already-over' } },
    })
    expect(await level()).toMatchObject({ level: 'gold', heldBy: 'override' })
    await call('POST', url, { level: null, reason: 'guest-left' }, { 'idempotency-key': 't2' })
    expect(await level()).toMatchObject({ level: 'green', heldBy: 'facts' })
    const ends = { level: null, endsOn: '2026-04-01', reason: 'x' }
    expect(await call('POST', url, ends, { 'idempotency-key': 't2-ends' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ path: '/endsOn' }] } },
    })
    expect(await call('POST', url, { level: 'platinum', reason: 'x' }, { 'idempotency-key': 't3' })).toMatchObject({
      status: 422,
    })
  })
})

describe('EVT-5 the queue of unmatched refunds', () => {
  const refund = (id: string, member: string, amount: number) => ({
    ...{ type: 'refund.made', id, source: 'till', member, order: null, amount, occurredAt: '2026-03-14T11:00:00Z' },
  })
  const list = async (query = '') => (await call('GET', `/v1/unmatched-refunds${query}`)).body

  test('lists, accepts once and dismisses', async () => {
    const member = await memberWith(100)
    for (const [id, amount] of [
      ['q1', 1000],
      ['q2', 500],
      ['q3', 250],
    ] as const) {
      await call('POST', '/v1/events', refund(id, member, amount))
      server.clock.now += 1000
    }
    const all = await list()
    const amounts = (count: number, amount: number) => [{ currency: 'GBP', count, amount }]
    expect(all).toMatchObject({ total: { count: 3, amounts: amounts(3, 1750) }, next: null })
    expect(all.refunds.map((each: { id: string }) => each.id)).toEqual(['q1', 'q2', 'q3'])
    const first = await list('?limit=2')
    expect(first.refunds).toHaveLength(2)
    expect((await list(`?limit=2&cursor=${first.next}`)).refunds).toMatchObject([{ id: 'q3', amount: 250 }])

    const accept = () => call('POST', '/v1/unmatched-refunds/till/q1/accept', { reason: 'same-customer' })
    expect((await accept()).body).toMatchObject({ granted: true, repeated: false })
    expect((await accept()).body).toMatchObject({ granted: true, repeated: true })
    expect(await activeOf(member)).toBe(90)
    expect(await call('POST', '/v1/unmatched-refunds/till/q2/accept', { reason: 'x', amount: 501 })).toMatchObject({
      status: 400,
    })

    expect((await call('POST', '/v1/unmatched-refunds/till/q2/dismiss', { reason: 'test' })).body).toEqual({
      ...{ source: 'till', id: 'q2', amount: 500, currency: 'GBP' },
    })
    expect(await call('POST', '/v1/unmatched-refunds/till/q2/dismiss', { reason: 'test' })).toMatchObject({
      status: 404,
    })
    expect(await call('POST', '/v1/unmatched-refunds/till/q2/accept', { reason: 'test' })).toMatchObject({
      status: 404,
    })
    expect(await call('POST', '/v1/unmatched-refunds/till/none/accept', { reason: 'test' })).toMatchObject({
      status: 404,
    })
    expect(await list()).toMatchObject({ total: { count: 1, amounts: amounts(1, 250) }, refunds: [{ id: 'q3' }] })
    const { rows } = await server.context.database.migrator.query(
      `SELECT act, subject FROM audit_log WHERE act LIKE 'refund%'`,
    )
    expect(rows).toEqual([{ act: 'refund.dismissed', subject: 'till/q2' }])
  })

  const refundOf = (id: string, member: string, order: string, amount: number, occurredAt: string) => ({
    ...{ type: 'refund.made', id, source: 'web', member, order, amount, occurredAt },
  })
  const openOf = async (member: string) =>
    (await list('?limit=200')).refunds.filter((each: { member: string }) => each.member === member)
  const outcomesOf = async (member: string) =>
    (
      await server.context.database.migrator.query(
        'SELECT id, amount::int, reason, outcome FROM unmatched_refund WHERE member = $1 ORDER BY id',
        [member],
      )
    ).rows
  const at = (time: string) => `2026-03-14T${time}:00Z`

  describe('a refund that comes before its order', () => {
    test('stands in the queue until the order takes it', async () => {
      const member = await memberWith(1)
      const early = await call('POST', '/v1/events', refundOf('w1', member, 'order-wo1', 400, at('11:00')))
      expect(early.body.decision).toMatchObject({ waits: true, remarks: [{ type: 'queued', reason: 'order-unknown' }] })
      expect(await openOf(member)).toMatchObject([
        { id: 'w1', order: 'order-wo1', amount: 400, reason: 'order-unknown' },
      ])
      await call('POST', '/v1/events', orderPaid('wo1', member, 1000, { occurredAt: at('11:30') }))
      expect(await openOf(member)).toEqual([])
      expect(await outcomesOf(member)).toEqual([{ id: 'w1', amount: 400, reason: 'order-unknown', outcome: 'matched' }])
      expect(await activeOf(member)).toBe(1 + 6)
      expect(await call('POST', '/v1/unmatched-refunds/web/w1/accept', { reason: 'again' })).toMatchObject({
        ...{ status: 404, body: { code: 'unknown-refund' } },
      })
    })

    test('the same where the order comes late, so that history is judged again', async () => {
      const member = await memberWith(1)
      await call('POST', '/v1/events', refundOf('w2', member, 'order-wo2', 400, at('11:00')))
      expect(await openOf(member)).toHaveLength(1)
      const late = await call('POST', '/v1/events', orderPaid('wo2', member, 1000, { occurredAt: at('10:30') }))
      expect(late.body.decision.late).toBe(true)
      expect(await openOf(member)).toEqual([])
      expect(await activeOf(member)).toBe(1 + 6)
    })

    test('in one batch with its order it never stands there', async () => {
      const member = await memberWith(1)
      const { body } = await call('POST', '/v1/events', [
        refundOf('w3', member, 'order-wo3', 400, at('11:00')),
        orderPaid('wo3', member, 1000, { occurredAt: at('11:30') }),
      ])
      expect(body.map((each: { status: string }) => each.status)).toEqual(['recorded', 'recorded'])
      expect(await outcomesOf(member)).toMatchObject([{ id: 'w3', outcome: 'matched' }])
    })

    test('what the order does not cover stays, as too much', async () => {
      const member = await memberWith(1)
      await call('POST', '/v1/events', refundOf('w4', member, 'order-wo4', 1500, at('11:00')))
      await call('POST', '/v1/events', orderPaid('wo4', member, 1000, { occurredAt: at('11:30') }))
      expect(await openOf(member)).toMatchObject([{ id: 'w4', amount: 500, reason: 'more-than-left' }])
      expect(await activeOf(member)).toBe(1)
    })

    test('is open again where a late refund took the room', async () => {
      const member = await memberWith(1)
      await call('POST', '/v1/events', refundOf('w5', member, 'order-wo5', 400, at('11:00')))
      await call('POST', '/v1/events', orderPaid('wo5', member, 1000, { occurredAt: at('10:30') }))
      expect(await outcomesOf(member)).toMatchObject([{ outcome: 'matched' }])
      await call('POST', '/v1/events', refundOf('w6', member, 'order-wo5', 900, at('10:45')))
      expect(await openOf(member)).toMatchObject([{ id: 'w5', amount: 300, reason: 'more-than-left' }])
    })

    test('accepted by a person, it counts once: its order takes nothing more', async () => {
      const member = await memberWith(20)
      await call('POST', '/v1/events', refundOf('w7', member, 'order-wo7', 400, at('11:00')))
      const accept = { reason: 'receipt-shown', currency: 'GBP' }
      const accepted = await call('POST', '/v1/unmatched-refunds/web/w7/accept', accept)
      expect(accepted.body).toMatchObject({ granted: true })
      expect(await outcomesOf(member)).toMatchObject([{ id: 'w7', outcome: 'accepted' }])
      expect(await activeOf(member)).toBe(20 - 4)
      server.clock.now += 120_000
      const occurredAt = new Date(server.clock.now - 60_000).toISOString()
      await call('POST', '/v1/events', orderPaid('wo7', member, 1000, { occurredAt }))
      expect(await outcomesOf(member)).toMatchObject([{ id: 'w7', outcome: 'accepted' }])
      expect(await activeOf(member)).toBe(20 - 4 + 10)
    })

    test('REF-1 of shipping, too late: accepted, it takes no points of goods', async () => {
      const member = await memberWith(1)
      const bought = orderPaid('shipped', member, 10_000)
      await call('POST', '/v1/events', { ...bought, order: { ...bought.order, shipping: { total: 490 } } })
      const before = server.clock.now
      server.clock.now = Date.parse('2026-11-01T12:00:00Z')
      const late = { type: 'refund.made', source: 'web', id: 'w9', member, order: 'order-shipped' }
      const other = { shipping: 490 }
      await call('POST', '/v1/events', { ...late, other, occurredAt: '2026-11-01T11:00:00Z' })
      expect(await outcomesOf(member)).toMatchObject([{ id: 'w9', amount: 490, reason: 'overdue' }])
      const accept = { reason: 'kindness', order: { source: 'web', id: 'order-shipped' } }
      expect((await call('POST', '/v1/unmatched-refunds/web/w9/accept', accept)).body).toMatchObject({ granted: true })
      expect(await activeOf(member)).toBe(101)
      server.clock.now = before
    })

    test('EVT-8 accepted by a person against another order, and failed: nothing was taken', async () => {
      const member = await memberWith(100)
      const body = { type: 'refund.made', source: 'till', member, occurredAt: '2026-03-14T10:30:00Z' }
      await call('POST', '/v1/events', { ...body, id: 'w8', order: null, amount: 4000 })
      const fund = { source: 'web', id: `order-fund-${member}` }
      const accept = { reason: 'receipt-shown', order: fund }
      const unknown = { ...accept, order: { ...fund, id: 'mistyped' } }
      expect(await call('POST', '/v1/unmatched-refunds/till/w8/accept', unknown)).toMatchObject({
        status: 400,
        body: { errors: [{ path: '/order' }] },
      })
      expect((await call('POST', '/v1/unmatched-refunds/till/w8/accept', accept)).body).toMatchObject({ granted: true })
      expect(await activeOf(member)).toBe(60)
      const failure = { type: 'refund.failed', source: 'till', id: 'w8-failed', member, order: null, refund: 'w8' }
      const failed = await call('POST', '/v1/events', {
        ...failure,
        occurredAt: new Date(server.clock.now + 1000).toISOString(),
      })
      expect(failed.body.decision.earned).toContainEqual({ rule: 'base', asset: 'points', amount: 40 })
      expect(failed.body.decision.late).toBeUndefined()
      expect(await activeOf(member)).toBe(100)
    })

    test('and the books are clean', async () => {
      expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
    })
  })
})

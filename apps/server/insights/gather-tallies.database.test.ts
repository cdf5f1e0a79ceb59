import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { openTestServer, orderPaid } from '../server.fixture.ts'
import { gatherTallies } from './gather-tallies.ts'

const server = await openTestServer()
await server.publish()
const { call, clock, context } = server
const { application } = context.database
const outbox = new Outbox(context)
const deliver = async () => {
  outbox.wake()
  await outbox.settled()
}
const record = async (...events: object[]) => {
  const { body } = await call('POST', '/v1/events', events)
  return body
}
const dayFrom = (text: string) => Date.parse(text) / 86_400_000

/** Everything that is counted, in an order of its own. */
async function tallies() {
  const rowsBy = async (statement: string) => (await application.query(statement)).rows
  return {
    orders: await rowsBy('SELECT * FROM order_tally ORDER BY member, order_key'),
    days: await rowsBy('SELECT * FROM member_day_tally ORDER BY member, day'),
    months: await rowsBy('SELECT * FROM member_month_tally ORDER BY member, asset, month'),
    members: await rowsBy('SELECT * FROM member_tally ORDER BY member'),
    program: await rowsBy('SELECT * FROM program_day_tally ORDER BY day'),
    experiments: await rowsBy('SELECT * FROM experiment_tally ORDER BY member, experiment'),
    assets: await rowsBy('SELECT * FROM program_asset_tally ORDER BY by, day, asset'),
  }
}

async function countAnew(page: number): Promise<void> {
  for (const table of [
    ...['tally_position', 'order_tally', 'member_day_tally', 'member_month_tally', 'member_tally'],
    ...['program_day_tally', 'program_asset_tally', 'experiment_tally'],
  ]) {
    await application.query(`DELETE FROM ${table}`)
  }
  await gatherTallies(context, 'club', { page })
}

const march = dayFrom('2026-03-14')
const at = (day: string) => ({ occurredAt: `${day}T10:00:00Z` })

test('what members bought and kept, when they were seen and what became of their points is counted', async () => {
  // Ada: 200.00 and 5.00 on one day, 50.00 of the first back; ben: 80.00 two days before, all of it back.
  await record(
    orderPaid('a1', 'ada', 20_000, { order: { ...orderPaid('a1', 'ada', 20_000).order, channel: 'web' } }),
    orderPaid('a2', 'ada', 500),
    orderPaid('b1', 'ben', 8_000, at('2026-03-12')),
    {
      type: 'activity.review',
      id: 'r1',
      source: 'web',
      member: 'ben',
      facts: { words: 40 },
      ...at('2026-03-13'),
    },
  )
  const refund = { type: 'refund.made', source: 'web', occurredAt: '2026-03-14T11:00:00Z' }
  await record(
    { ...refund, id: 'back-a1', member: 'ada', order: 'order-a1', amount: 5_000 },
    { ...refund, id: 'back-b1', member: 'ben', order: 'order-b1', amount: 8_000 },
  )
  await call('POST', '/v1/redemptions', { id: 'red', member: 'ada', reward: 'five-off' }, { 'idempotency-key': 'red' })
  await call('POST', '/v1/redemptions/red/confirm')
  expect(await gatherTallies(context, 'club')).toBe(true)
  const { members, days, program, months, orders } = await tallies()
  expect(orders).toMatchObject([
    {
      member: 'ada',
      order_key: 'web/order-a1',
      day: march,
      kept: true,
      spend: 15_000,
      refunded: 5_000,
      channel: 'web',
    },
    { member: 'ada', order_key: 'web/order-a2', day: march, kept: true, spend: 500, refunded: 0, channel: null },
    { member: 'ben', order_key: 'web/order-b1', day: march - 2, kept: false, spend: 0, refunded: 8_000 },
  ])
  expect(members).toMatchObject([
    {
      ...{ member: 'ada', status: 'active', measured: true, orders: 2, refunds: 1, spend: 15_500, refunded: 5_000 },
      ...{
        first_order_on: march,
        last_order_on: march,
        last_seen_on: march,
        channel: 'web',
        levels: { standing: 'gold' },
      },
      points: { points: { gained: 155, burned: 50, lapsed: 0 } },
    },
    {
      ...{
        member: 'ben',
        orders: 0,
        refunds: 1,
        spend: 0,
        refunded: 8_000,
        first_order_on: null,
        last_seen_on: march - 1,
      },
      points: { points: { gained: 50, burned: 0, lapsed: 0 } },
    },
  ])
  expect(days).toMatchObject([
    { member: 'ada', day: march, orders: 2, spend: 15_500, refunded: 5_000, doings: 3 },
    { member: 'ben', day: march - 2, orders: 0, spend: 0, refunded: 8_000, doings: 1 },
    { member: 'ben', day: march - 1, orders: 0, spend: 0, refunded: 0, doings: 1 },
  ])
  expect(program).toMatchObject([
    { day: march - 2, orders: 0, spend: 0, refunded: 8_000, active: 1, buyers: 0, joined: 1 },
    { day: march - 1, orders: 0, active: 1, buyers: 0, joined: 0 },
    { day: march, orders: 2, spend: 15_500, refunded: 5_000, active: 1, buyers: 1, joined: 1 },
  ])
  expect(months).toMatchObject([
    { member: 'ada', asset: 'points', month: 2026 * 12 + 2, gained: 155, burned: 50, lapsed: 0 },
    { member: 'ben', asset: 'points', gained: 50, burned: 0, lapsed: 0 },
  ])
})

test('what comes late changes the day on which it happened', async () => {
  clock.now += 3_600_000
  await record(orderPaid('late', 'ada', 1_000, at('2026-03-10')))
  await gatherTallies(context, 'club')
  const { program, assets } = await tallies()
  expect(program?.[0]).toMatchObject({ day: march - 4, orders: 1, spend: 1_000, active: 1, buyers: 1 })
  const earned = (by: string, day: number) =>
    assets?.filter((row) => JSON.stringify(row).includes(`"${by}"`)).find((row) => (row as { day: number }).day === day)
  expect(earned('effective', march - 4)).toMatchObject({ earned: 10 })
  expect(earned('recorded', march - 4)).toBeUndefined()
})

test('END-1 whoever is marked, and MRG-1 whoever was merged, is counted no longer, and again where that is undone', async () => {
  await record(orderPaid('c1', 'cleo', 3_000), orderPaid('d1', 'dan', 4_000))
  await gatherTallies(context, 'club')
  const before = await tallies()
  const today = async () => (await tallies()).program?.at(-1)
  expect(await today()).toMatchObject({ day: march, orders: 4, spend: 22_500, buyers: 3, joined: 2 })

  clock.now += 1_000
  const mark = (as: string, id: string) => ({
    ...{ type: 'member.changed', source: 'web', id, member: 'cleo', mark: as, segments: null, tags: null },
    occurredAt: new Date(clock.now).toISOString(),
  })
  await record(mark('staff', 'm1'))
  await gatherTallies(context, 'club')
  expect(await today()).toMatchObject({ orders: 3, spend: 19_500, buyers: 2, joined: 1 })
  clock.now += 1_000
  await record(mark('none', 'm2'))

  const merge = (path: string, body: object, key: string) =>
    call('POST', `/v1/members/dan/merge${path}`, { reason: 'same-person', ...body }, { 'idempotency-key': key })
  await merge('', { into: 'ada' }, 'merge-dan')
  await deliver()
  await gatherTallies(context, 'club')
  // Dan's order is ada's: one buyer fewer, and one who joined fewer.
  expect(await today()).toMatchObject({ orders: 4, spend: 22_500, buyers: 2, joined: 1 })
  clock.now += 1_000
  await merge('/undo', {}, 'undo-dan')
  await deliver()
  await gatherTallies(context, 'club')
  const after = await tallies()
  expect(after.program).toEqual(before.program)
  expect(after.orders).toEqual(before.orders)
})

test('counted a second time, nothing changes; counted anew from the first decision, everything is the same', async () => {
  const before = await tallies()
  await gatherTallies(context, 'club')
  expect(await tallies()).toEqual(before)
  for (const page of [1, 7, 1000]) {
    await countAnew(page)
    expect(await tallies()).toEqual(before)
  }
})

test('whatever happens, and however often it is counted meanwhile, counting anew comes to the same', async () => {
  let run = 0
  const member = fc.constantFrom('eva', 'fay', 'gus')
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ what: fc.constant('order'), member, day: fc.nat(12), total: fc.nat(9_000) }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('refund'), member, day: fc.nat(12), total: fc.nat(9_000) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constantFrom('mark', 'none', 'review', 'merge', 'undo', 'leave'),
        member,
        day: fc.nat(12),
        total: fc.nat(9),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constant('count'),
        member,
        day: fc.nat(12),
        total: fc.integer({ min: 1, max: 9 }),
      }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      run += 1
      const orders = new Map<string, string>()
      for (const [index, { what, member: name, day, total }] of steps.entries()) {
        clock.now += 1_000
        const [id, who] = [`${run}-${index}`, `${name}-${run}`]
        const occurredAt = new Date(clock.now - day * 86_400_000).toISOString()
        const body = { reason: 'mistake' }
        const key = { 'idempotency-key': id }
        if (what === 'order') {
          orders.set(`order-${id}`, who)
          await record(orderPaid(id, who, total, { occurredAt }))
        } else if (what === 'refund') {
          const [order, of] = [...orders].at(total % Math.max(1, orders.size)) ?? ['order-none', who]
          const made = { type: 'refund.made', source: 'web', id, member: of, order, amount: total }
          await record({ ...made, occurredAt: new Date(clock.now - Math.min(day, 1) * 1_000).toISOString() })
        } else if (what === 'mark' || what === 'none') {
          const mark = what === 'mark' ? 'test' : 'none'
          await record({
            type: 'member.changed',
            source: 'web',
            id,
            member: who,
            mark,
            segments: null,
            tags: null,
            occurredAt,
          })
        } else if (what === 'review') {
          await record({
            type: 'activity.review',
            id,
            source: 'web',
            member: who,
            facts: { words: 40 },
            occurredAt,
          })
        } else if (what === 'merge') {
          await call('POST', `/v1/members/eva-${run}/merge`, { into: `gus-${run}`, reason: 'same-person' }, key)
          if (total > 4) await deliver()
        } else if (what === 'undo') await call('POST', `/v1/members/eva-${run}/merge/undo`, body, key)
        else if (what === 'leave') await call('POST', `/v1/members/${who}/leave`, undefined, key)
        else {
          // Two servers at once.
          const counting = () => gatherTallies(context, 'club', { page: total, pagesMax: 2 })
          await Promise.all([counting(), counting()])
        }
      }
      await deliver()
      await gatherTallies(context, 'club', { page: 5 })
      const counted = await tallies()
      await countAnew(1000)
      expect(await tallies()).toEqual(counted)
      const { rows } = await application.query(
        `SELECT day, sum(d.orders)::int AS orders, sum(d.spend)::int AS spend,
           (count(*) FILTER (WHERE d.orders > 0 OR d.doings > 0))::int AS active FROM member_day_tally d
         JOIN member_tally t USING (bucket, program, member) WHERE t.measured AND (d.orders > 0 OR d.doings > 0) GROUP BY day ORDER BY day`,
      )
      expect(counted.program?.filter((row) => (row as { active: number }).active > 0)).toMatchObject(rows)
    }),
    { numRuns: 12 },
  )
})

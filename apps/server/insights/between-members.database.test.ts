import { expect, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { gatherTallies } from './gather-tallies.ts'
import { withoutReceived } from './points-by-month.ts'
import { type MemberMonth, sumPoints } from './score-members.ts'
import { sumsIn } from './sums.ts'

const server = await openTestServer()
await server.publish(
  `${clubDocument
    .replace(
      'pending: none',
      'pending: none\n    gifting: { most: 5000 points, each: calendar-month, least: 10 points }',
    )
    .replace('reach: 100 points', 'reach: 100000 points')}
pools:
  family: { of: points, share: 100%, most: 3 members, leaving: take-share }
`,
)
const { call, clock, context } = server
const { application } = context.database
const outbox = new Outbox(context)
const deliver = async () => {
  do {
    outbox.wake()
    await outbox.settled()
  } while (Number((await application.query('SELECT count(*) AS waiting FROM outbox')).rows[0].waiting) > 0)
}
const MONTH = 2026 * 12 + 2

test('POOL-1 GIFT-1 what members send each other is counted with both, and a pool’s wallet is no member', async () => {
  const key = (name: string) => ({ 'idempotency-key': name })
  await call('POST', '/v1/members', { id: 'ada' })
  await call('POST', '/v1/members', { id: 'ben' })
  await call('POST', '/v1/members', { id: 'cleo' })
  const pool = await call('POST', '/v1/pools', { id: 'kin', plan: 'family', founder: 'ada' }, key('found'))
  expect(pool.status).toBeLessThan(300)
  await deliver()
  clock.now += 1_000
  const at = { occurredAt: new Date(clock.now).toISOString() }
  // All of ada's 120 go into the pool; ben has 80 and gives cleo 30.
  await call('POST', '/v1/events', [orderPaid('a', 'ada', 12_000, at), orderPaid('b', 'ben', 8_000, at)])
  await deliver()
  clock.now += 1_000
  await call('POST', '/v1/members/ben/gifts', { to: 'cleo', asset: 'points', amount: 30 }, key('gift'))
  await deliver()
  // The pool burns 50 for ada.
  const redeemed = await call('POST', '/v1/redemptions', { id: 'red', member: 'ada', reward: 'five-off' }, key('red'))
  expect(redeemed.body).toMatchObject({ granted: true })
  await call('POST', '/v1/redemptions/red/confirm')
  await deliver()
  await gatherTallies(context, 'club')

  const { rows } = await application.query<MemberMonth>(
    `SELECT member, asset, month, gained::int AS gained, burned::int AS burned, lapsed::int AS lapsed, sent::int AS sent,
       received::int AS received FROM member_month_tally ORDER BY member`,
  )
  const of = (member: string) => rows.find((row) => row.member === member)
  expect(of('ada')).toMatchObject({ month: MONTH, gained: 120 })
  expect(of('ben')).toMatchObject({ gained: 80, burned: 0, sent: 30, received: 0 })
  expect(of('cleo')).toMatchObject({ gained: 0, burned: 0, sent: 0, received: 30 })
  const sumOf = (name: 'sent' | 'received' | 'burned') => rows.reduce((sum, row) => sum + row[name], 0)
  expect(sumOf('sent')).toBe(sumOf('received'))
  expect(sumOf('burned')).toBe(50)
  // Whoever burned it: 200 were gained in the month, and 50 of them are burned.
  expect(withoutReceived(sumsIn(sumPoints(rows), 'points'))).toEqual({
    [MONTH]: { gained: 200, burned: { [MONTH]: 50 }, lapsed: {} },
  })
  const measured = await application.query('SELECT member FROM member_tally WHERE measured ORDER BY member')
  expect(measured.rows).toEqual([{ member: 'ada' }, { member: 'ben' }, { member: 'cleo' }])
})

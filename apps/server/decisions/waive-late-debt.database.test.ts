import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish(clubDocument.replace('then: person', 'then: person, debt: waive'))
await server.publish(clubDocument.replace('id: club', 'id: strict'), 'strict')
const { call } = server

const balanceOf = async (member: string, headers = {}) =>
  (await call('GET', `/v1/members/${member}/balance`, undefined, headers)).body.balances[0]
const at = (time: string) => `2026-03-14T${time}:00Z`
const earned = (member: string, headers = {}) =>
  call('POST', '/v1/events', orderPaid(`o-${member}`, member, 10_000, { occurredAt: at('08:00') }), headers)
const spend = async (member: string, headers = {}) => {
  for (const part of ['a', 'b']) {
    const body = { id: `${member}-${part}`, member, reward: 'five-off', confirm: true }
    expect((await call('POST', '/v1/redemptions', body, headers)).body).toMatchObject({ granted: true })
  }
}
const refundOf = (member: string, time: string, amount = 10_000) => ({
  ...{ type: 'refund.made', source: 'web', id: `back-${member}`, member, order: `order-o-${member}` },
  ...{ amount, occurredAt: at(time) },
})
const decisionsOf = async (member: string) =>
  (
    await server.context.database.migrator.query(
      `SELECT content::json ->> 'type' AS type, answer::json AS answer FROM decision
       WHERE member = $1 AND content IS NOT NULL ORDER BY seq`,
      [member],
    )
  ).rows

test('REF-3 the program bears what was spent after a refund that came late, in an act of its own', async () => {
  await earned('ada')
  await spend('ada')
  const late = await call('POST', '/v1/events', refundOf('ada', '09:00'))
  expect(late.body.decision).toMatchObject({ late: true, balances: [{ asset: 'points', debt: 100 }] })
  expect(await balanceOf('ada')).toMatchObject({ active: 0, debt: 0 })
  const act = (await decisionsOf('ada')).at(-1)
  expect(act).toMatchObject({
    type: 'debt.waived',
    answer: {
      ...{ source: 'laurel', id: 'late-debt/points/web/back-ada', balances: [{ active: 0, debt: 0 }] },
      remarks: [{ type: 'debt-waived', asset: 'points', amount: 100, because: 'web/back-ada' }],
    },
  })
  // Sent again it changes nothing.
  const count = (await decisionsOf('ada')).length
  expect((await call('POST', '/v1/events', refundOf('ada', '09:00'))).body.status).toBe('repeated')
  expect(await decisionsOf('ada')).toHaveLength(count)
})

test('REF-3 and nothing of what was spent before it, nor where the program does not say so', async () => {
  await earned('ben')
  await spend('ben')
  const before = server.clock.now
  server.clock.now += 3_600_000
  await call('POST', '/v1/events', orderPaid('later', 'ben', 100, { occurredAt: at('12:50') }))
  const late = await call('POST', '/v1/events', refundOf('ben', '12:30'))
  expect(late.body.decision).toMatchObject({ late: true })
  expect(await balanceOf('ben')).toMatchObject({ active: 0, debt: 99 })
  expect((await decisionsOf('ben')).map(({ type }) => type)).not.toContain('debt.waived')
  server.clock.now = before

  const headers = { authorization: `Bearer ${await server.keyFor('strict')}` }
  await earned('cy', headers)
  await spend('cy', headers)
  await call('POST', '/v1/events', refundOf('cy', '09:00'), headers)
  expect(await balanceOf('cy', headers)).toMatchObject({ active: 0, debt: 100 })
})

test('REF-3 undone with the refund; EVT-2 another late fact tells it again; the books are clean', async () => {
  await earned('di')
  await spend('di')
  await call('POST', '/v1/events', refundOf('di', '09:00'))
  const failed = { type: 'refund.failed', source: 'web', id: 'failed', member: 'di', order: 'order-o-di' }
  await call('POST', '/v1/events', orderPaid('early', 'di', 3000, { occurredAt: at('07:00') }))
  // 30 points were there to be spent: so much less was owed, and what was waived is no more than that.
  expect(await balanceOf('di')).toMatchObject({ active: 0, debt: 0 })
  server.clock.now += 1000
  const occurredAt = new Date(server.clock.now).toISOString()
  await call('POST', '/v1/events', { ...failed, refund: 'back-di', occurredAt })
  expect(await balanceOf('di')).toMatchObject({ active: 30, debt: 0 })
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true, disagreements: [] })
})

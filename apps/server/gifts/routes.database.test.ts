import { expect, test } from 'vitest'
import { createRecorder } from '../decisions/recorder.ts'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish(
  clubDocument
    .replace(
      'pending: none',
      'pending: none\n    gifting: { most: 5000 points, each: calendar-month, least: 10 points }',
    )
    .replace('reach: 100 points', 'reach: 100000 points'),
)
const { call, context, memberWith, activeOf } = server
const outbox = new Outbox(context)
const deliver = async (box = outbox) => {
  box.wake()
  await box.settled()
}

const give = (from: string, to: string, amount: number, key: string) =>
  call('POST', `/v1/members/${from}/gifts`, { to, asset: 'points', amount }, { 'idempotency-key': key })
const waiting = async () =>
  Number((await context.database.application.query('SELECT count(*) AS waiting FROM outbox')).rows[0].waiting)

test('GIFT-1 points leave the giver with the answer and reach the receiver by the outbox, once', async () => {
  const [ben, ada] = [await memberWith(100), await memberWith(1)]
  const given = await give(ben, ada, 60, 'g-1')
  expect(given.body).toEqual({
    ...{ member: ben, to: ada, asset: 'points', amount: 60, granted: true, refusal: null, repeated: false },
  })
  expect([await activeOf(ben), await activeOf(ada), await waiting()]).toEqual([40, 1, 1])
  const authorization = `Bearer ${await server.keyFor('club')}`
  const measured = async () => (await server.inject({ url: '/metrics', headers: { authorization } })).body
  expect(await measured()).toContain('laurel_outbox_waiting 1')
  await deliver()
  expect(await measured()).toContain('laurel_outbox_waiting 0')
  expect([await activeOf(ben), await activeOf(ada), await waiting()]).toEqual([40, 61, 0])
  expect((await give(ben, ada, 60, 'g-1')).body).toMatchObject({ granted: true, repeated: true })
  await deliver()
  expect([await activeOf(ben), await activeOf(ada), await waiting()]).toEqual([40, 61, 0])
  const verified = await call('POST', '/v1/ledger/verify')
  expect(verified.body).toMatchObject({ clean: true })
})

test('vector 5: of twenty gifts of 100 at once from a balance of 100 exactly one succeeds', async () => {
  const [ben, ada] = [await memberWith(100), await memberWith(1)]
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => give(ben, ada, 100, `twenty-${i}`)))
  expect(answers.filter(({ body }) => body.granted)).toHaveLength(1)
  expect(answers.filter(({ body }) => body.refusal?.code === 'short')).toHaveLength(19)
  await deliver()
  expect([await activeOf(ben), await activeOf(ada)]).toEqual([0, 101])
})

test('GIFT-1 two servers that deliver the same gifts at once deliver each once', async () => {
  const [ben, ada] = [await memberWith(500), await memberWith(1)]
  for (let i = 0; i < 10; i++) await give(ben, ada, 50, `two-${i}`)
  const second = createRecorder(context)
  const other = new Outbox({ ...context, recorder: second })
  await Promise.all([deliver(), deliver(other)])
  await Promise.all([other.close(), second.close()])
  expect([await activeOf(ben), await activeOf(ada), await waiting()]).toEqual([0, 501, 0])
})

test('GIFT-1 what was delivered and not yet forgotten when a server died counts once', async () => {
  const [ben, ada] = [await memberWith(100), await memberWith(1)]
  await give(ben, ada, 70, 'crash')
  const { rows } = await context.database.application.query('SELECT * FROM outbox WHERE member = $1', [ben])
  await deliver()
  const again = rows.map((row) => [row.bucket, row.program, row.member, row.id, row.receiver, row.event])
  for (const row of again) {
    await context.database.application.query(
      `INSERT INTO outbox (bucket, program, member, id, receiver, event, recorded_at, due_at, tries)
       VALUES ($1, $2, $3, $4, $5, $6, '2026-01-01', '2026-01-01', 0)`,
      row,
    )
  }
  await deliver()
  expect([await activeOf(ben), await activeOf(ada), await waiting()]).toEqual([30, 71, 0])
})

test('GIFT-1 what nobody is there to receive comes back', async () => {
  const [ben, ada] = [await memberWith(100), await memberWith(1)]
  await give(ben, ada, 70, 'gone')
  expect(await call('DELETE', `/v1/members/${ada}?reason=asked`)).toMatchObject({ status: 200 })
  await deliver()
  expect([await activeOf(ben), await waiting()]).toEqual([100, 0])
})

test('GIFT-1 END-1 a gift to who has left is not taken, and one on its way comes back', async () => {
  const [ben, ada, cem] = [await memberWith(100), await memberWith(1), await memberWith(1)]
  const leave = (member: string) => {
    const at = { occurredAt: new Date(server.clock.now).toISOString(), source: 'shop', id: `leaves-${member}` }
    return call('POST', '/v1/events', { type: 'member.left', member, ...at })
  }
  expect((await give(ben, cem, 30, 'l-1')).body).toMatchObject({ granted: true })
  await leave(ada)
  await leave(cem)
  expect(await give(ben, ada, 50, 'l-2')).toMatchObject({ status: 409, body: { code: 'receiver-has-left' } })
  expect((await give(ben, cem, 30, 'l-1')).body).toMatchObject({ granted: true, repeated: true })
  await deliver()
  expect([await activeOf(ben), await waiting()]).toEqual([100, 0])
})

test('GIFT-1 a gift to nobody, or to oneself, moves nothing', async () => {
  const ben = await memberWith(100)
  expect(await give(ben, 'nobody-here', 50, 'n-1')).toMatchObject({ status: 404, body: { code: 'unknown-member' } })
  expect(await give(ben, ben, 50, 'n-2')).toMatchObject({ status: 409, body: { code: 'gift-to-oneself' } })
  expect(await give(ben, await memberWith(1), 0, 'n-3')).toMatchObject({ status: 400 })
  expect(await activeOf(ben)).toBe(100)
})

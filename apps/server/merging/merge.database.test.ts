import { parseEvent } from '@laurel/contract'
import { expect, test } from 'vitest'
import { createRecorder } from '../decisions/recorder.ts'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'

const server = await openTestServer()
await server.publish(clubDocument.replace('reach: 100 points', 'reach: 100000 points'))
const { call, context, activeOf } = server
const outbox = new Outbox(context)
const deliver = async () => {
  outbox.wake()
  await outbox.settled()
}
let orders = 0
/** At ten o'clock, which is before every merge, or at another moment. */
const buy = async (member: string, points: number, at: number | null = null) => {
  orders += 1
  server.clock.now += 1_000
  const change = at === null ? {} : { occurredAt: new Date(at).toISOString() }
  const { status, body } = await call('POST', '/v1/events', orderPaid(`merge-${orders}`, member, points * 100, change))
  return { status, body, order: `order-merge-${orders}` }
}
const refund = async (member: string, order: string, points: number) => {
  const id = `back-${order}`
  const made = { type: 'refund.made', source: 'web', id, member, order, amount: points * 100 }
  return await call('POST', '/v1/events', { ...made, occurredAt: new Date(context.now('club')).toISOString() })
}
const eventOf = (id: string, member: string, at: number) => {
  const parsed = parseEvent(orderPaid(id, member, 100, { occurredAt: new Date(at).toISOString() }))
  if (!parsed.ok) throw new Error('the test sends what nobody accepts')
  return parsed.event
}
const merge = (from: string, into: string, key: string) => {
  server.clock.now += 1_000
  return call('POST', `/v1/members/${from}/merge`, { into, reason: 'same-person' }, { 'idempotency-key': key })
}
const undo = (from: string, key: string) =>
  call('POST', `/v1/members/${from}/merge/undo`, { reason: 'mistake' }, { 'idempotency-key': key })
const headOf = async (member: string) => {
  const { rows } = await context.database.application.query('SELECT hash FROM member WHERE id = $1', [member])
  return rows[0].hash.toString('hex')
}

test('MRG-1 one member goes into another, and what comes later for the one is recorded for the other', async () => {
  const { order } = await buy('ben', 60)
  await buy('ada', 50)
  const head = await headOf('ada')
  expect((await merge('ben', 'ada', 'm-1')).body).toEqual({ member: 'ben', into: 'ada', repeated: false })
  const { rows } = await context.database.application.query(
    `SELECT content::json ->> 'head' AS head, content::json ->> 'to' AS into FROM decision WHERE member = 'ben' ORDER BY seq DESC LIMIT 1`,
  )
  expect(rows).toEqual([{ head, into: 'ada' }])
  // Before anybody has delivered anything: whoever comes for the one brings the merge along.
  expect((await buy('ben', 5, context.now('club'))).body).toMatchObject({
    status: 'recorded',
    decision: { member: 'ada' },
  })
  expect([await activeOf('ben'), await activeOf('ada')]).toEqual([115, 115])
  await deliver()
  expect((await merge('ben', 'ada', 'm-1')).body).toMatchObject({ repeated: true })
  expect((await refund('ben', order, 60)).status).toBe(200)
  expect(await activeOf('ada')).toBe(55)
  await expectSoundClub(server)
})

test('MRG-1 whatever is asked of the one is answered for the other, which says so', async () => {
  await call('POST', '/v1/members', { id: 'old-tom', profile: { name: 'Tom Old', email: 'tom@old.example' } })
  await call('POST', '/v1/members', { id: 'tom', profile: { name: 'Tom New' } })
  const { order } = await buy('old-tom', 60)
  await merge('old-tom', 'tom', 'm-t')
  await deliver()
  expect((await call('GET', '/v1/members/old-tom')).body).toMatchObject({ id: 'tom', profile: { name: 'Tom New' } })
  for (const what of ['balance', 'statement', 'lots', 'tiers', 'progress', 'badges', 'vouchers', 'entitlements']) {
    const { body } = await call('GET', `/v1/members/old-tom/${what}`)
    expect([what, body.member]).toEqual([what, 'tom'])
  }
  const found = async (q: string) =>
    (await call('GET', `/v1/members?q=${encodeURIComponent(q)}`)).body.members.map(({ id }: { id: string }) => id)
  expect([await found('tom@old'), await found('old-tom'), await found('Tom')]).toEqual([['tom'], ['tom'], ['tom']])
  const cart = { order: orderPaid('cart', 'old-tom', 500).order }
  const [preview, same] = [
    (await call('POST', '/v1/carts/preview', { member: 'old-tom', ...cart })).body,
    (await call('POST', '/v1/carts/preview', { member: 'tom', ...cart })).body,
  ]
  expect(preview).toMatchObject({ member: 'tom', balances: [{ active: 65 }] })
  expect(preview).toEqual(same)
  const given = { asset: 'points', amount: 10, reason: 'goodwill' }
  const act = await call('POST', '/v1/members/old-tom/adjustments', given, { 'idempotency-key': 'tom-1' })
  expect(act.body).toMatchObject({ member: 'tom', granted: true })
  // Sent again, under the one name or the other, it is the same event.
  const { body } = await call('GET', `/v1/members/tom/events/web/merge-${orders}/explanation`)
  expect(body.member ?? body.code).toBe('old-tom')
  expect(order).toContain('merge')
  await expectSoundClub(server)
})

test('MRG-1 EVT-2 a fact that is older than the merge is told in the past of the one, then of the other', async () => {
  const start = context.now('club')
  await buy('eli', 30, start + 10)
  await buy('leo', 20, start + 20)
  await merge('eli', 'leo', 'm-e')
  await deliver()
  const late = await buy('eli', 7, start + 5)
  expect(late.body).toMatchObject({ status: 'recorded', decision: { member: 'leo', late: true } })
  expect(late.body.decision.earned).toEqual([expect.objectContaining({ amount: 7 })])
  expect(await activeOf('leo')).toBe(57)
  expect((await refund('eli', late.order, 7)).status).toBe(200)
  expect(await activeOf('leo')).toBe(50)
  await expectSoundClub(server)
})

test('MRG-1 a merge is undone until the member earns or spends', async () => {
  await buy('eve', 60)
  await buy('ida', 50)
  await merge('eve', 'ida', 'm-2')
  await deliver()
  expect((await undo('eve', 'u-1')).body).toEqual({ member: 'eve', into: 'ida', repeated: false })
  await deliver()
  expect([await activeOf('eve'), await activeOf('ida')]).toEqual([60, 50])
  expect((await undo('eve', 'u-1')).body).toMatchObject({ repeated: true })
  expect((await undo('eve', 'u-1b')).body).toMatchObject({ code: 'merge-not-undoable' })
  // Another one from now on, and merged again.
  expect((await buy('eve', 1, context.now('club'))).body).toMatchObject({ decision: { member: 'eve' } })
  expect((await merge('eve', 'ida', 'm-3')).body).toMatchObject({ repeated: false })
  await deliver()
  expect(await activeOf('ida')).toBe(111)
  await buy('ida', 1, context.now('club'))
  expect(await undo('eve', 'u-2')).toMatchObject({ status: 409, body: { code: 'merge-not-undoable' } })
  await expectSoundClub(server)
})

test('MRG-1 a merge that makes no sense is refused with a reason of its own', async () => {
  await buy('uma', 10)
  await buy('una', 10)
  await buy('ulf', 10)
  expect((await merge('uma', 'uma', 'w-1')).body).toMatchObject({ status: 409, code: 'merge-with-oneself' })
  expect((await merge('uma', 'nobody', 'w-2')).body).toMatchObject({ status: 404, code: 'unknown-member' })
  expect((await merge('nobody', 'uma', 'w-3')).body).toMatchObject({ status: 404, code: 'unknown-member' })
  const freeze = (frozen: boolean) =>
    call('POST', '/v1/members/una/freeze', { frozen, reason: 'looked-at' }, { 'idempotency-key': `w-${frozen}` })
  expect((await freeze(true)).status).toBe(200)
  expect((await merge('una', 'uma', 'w-4')).body).toMatchObject({ status: 409, code: 'member-away' })
  expect((await merge('uma', 'una', 'w-5')).body).toMatchObject({ status: 409, code: 'member-away' })
  expect((await freeze(false)).status).toBe(200)
  expect((await merge('una', 'uma', 'w-6')).status).toBe(200)
  await deliver()
  expect((await merge('uma', 'una', 'w-7')).body).toMatchObject({ code: 'merge-with-oneself' })
  expect((await merge('una', 'ulf', 'w-8')).body).toMatchObject({ code: 'merged-already', into: 'uma' })
  // Into one that has gone is into whoever remains; and on from there.
  expect((await merge('ulf', 'una', 'w-9')).body).toMatchObject({ member: 'ulf', into: 'uma' })
  await deliver()
  await buy('uwe', 10)
  expect((await merge('uma', 'uwe', 'w-10')).body).toMatchObject({ into: 'uwe' })
  await deliver()
  expect((await buy('una', 3, context.now('club'))).body).toMatchObject({ decision: { member: 'uwe' } })
  expect([await activeOf('una'), await activeOf('ulf'), await activeOf('uwe')]).toEqual([43, 43, 43])
  expect(await call('DELETE', '/v1/members/ulf?reason=asked')).toMatchObject({ status: 200, body: { member: 'uwe' } })
  await buy('una-again', 1)
  expect((await merge('una-again', 'una', 'w-11')).body).toMatchObject({ code: 'unknown-member' })
  await expectSoundClub(server)
})

test('MRG-1 a voucher goes along, with the code that was revealed, and is used once', async () => {
  await buy('vic', 60)
  const redeemed = { id: 'vic-off', member: 'vic', reward: 'five-off', confirm: true }
  expect((await call('POST', '/v1/redemptions', redeemed)).body).toMatchObject({ granted: true })
  const revealed = (await call('POST', '/v1/members/vic/vouchers/vic-off/code')).body.code
  await buy('vera', 10)
  await merge('vic', 'vera', 'm-v')
  await deliver()
  expect((await call('POST', '/v1/vouchers/look-up', { code: revealed })).body).toMatchObject({
    ...{ member: 'vera', voucher: { id: 'vic-off', status: 'open' } },
  })
  expect((await call('POST', '/v1/members/vera/vouchers/vic-off/code')).body).toMatchObject({ code: revealed })
  const use = (key: string) => call('POST', '/v1/vouchers/use', { code: revealed }, { 'idempotency-key': key })
  expect((await use('v-1')).body).toMatchObject({ member: 'vera', granted: true })
  expect((await use('v-2')).body).toMatchObject({ granted: false })
  expect((await call('GET', '/v1/redemptions/vic-off')).body).toMatchObject({ member: 'vera', status: 'confirmed' })
  expect(await undo('vic', 'v-3')).toMatchObject({ status: 409, body: { code: 'merge-not-undoable' } })
  await expectSoundClub(server)
})

test('MRG-1 two that went into each other answer as they stand, until one of the merges is undone', async () => {
  await Promise.all([buy('cora', 10), buy('dora', 20)])
  const heads = { cora: await headOf('cora'), dora: await headOf('dora') }
  const goes = (member: 'cora' | 'dora', to: 'cora' | 'dora') => {
    const by = { source: 'laurel', id: `merge/${member}`, actor: 'staff-1', reason: 'same-person' }
    return context.recorder.record({
      program: 'club',
      member,
      event: { type: 'member.merged', ...by, to, head: heads[to] },
    })
  }
  const answers = [await goes('cora', 'dora'), await goes('dora', 'cora')]
  expect(answers.map(({ status }) => status)).toEqual(['recorded', 'recorded'])
  const seen = async () => (await call('GET', '/v1/members/cora')).body.id
  const previewed = async () =>
    (await call('POST', '/v1/carts/preview', { member: 'cora', order: orderPaid('cart', 'cora', 500).order })).body
      .member
  expect([await seen(), await previewed()]).toEqual(['cora', 'cora'])
  await deliver()
  expect([await seen(), await previewed()]).toEqual(['dora', 'dora'])
  // The other one was put off while nobody could say who remains.
  server.clock.now += 2_000
  await deliver()
  expect(await activeOf('cora')).toBe(30)
  await expectSoundClub(server)
})

test('MRG-1 two servers merge while both members buy, and two members go into each other', async () => {
  const second = createRecorder(context)
  const other = { ...context, recorder: second }
  const both = [context, other]
  await Promise.all([buy('kai', 10), buy('kim', 10)])
  const paid = (n: number) => ({
    program: 'club',
    member: n % 3 === 0 ? 'kai' : 'kim',
    event: eventOf(`at-once-${n}`, n % 3 === 0 ? 'kai' : 'kim', context.now('club') - (n % 5)),
  })
  const answers = await Promise.all([
    merge('kai', 'kim', 'k-1'),
    merge('kim', 'kai', 'k-2'),
    ...Array.from({ length: 60 }, (_, n) => (both[n % 2] ?? context).recorder.record(paid(n))),
  ])
  expect(answers.slice(2).map((answer) => ('status' in answer ? answer.status : null))).toEqual(
    Array.from({ length: 60 }, () => 'recorded'),
  )
  const outboxes = both.map((each) => new Outbox(each))
  // A merge that met the other one on its way was put off, and comes with the second look.
  for (const waited of [0, 2_000]) {
    server.clock.now += waited
    for (const box of outboxes) box.wake()
    await Promise.all(outboxes.map((box) => box.settled()))
  }
  await Promise.all(outboxes.map((box) => box.close()))
  await second.close()
  const sum = new Set([await activeOf('kai'), await activeOf('kim')])
  // Merged one way: both ids answer the same; or each of the merges found nobody and both are themselves.
  expect([...sum].reduce((total, each) => total + each, 0)).toBe(80)
  await expectSoundClub(server)
})

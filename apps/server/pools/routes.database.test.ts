import { verifyBooks } from '@laurel/ledger'
import { describe, expect, test } from 'vitest'
import { ask } from '../decisions/ask.ts'
import { createRecorder } from '../decisions/recorder.ts'
import { Outbox } from '../outbox/outbox.ts'
import { reserveRedemption } from '../rewards/redeem.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { exportBooks } from '../statements/export-books.ts'
import { decideAgain } from '../statements/verify-decisions.ts'

const pools = `
pools:
  family: { of: points, share: 100%, most: 3 members, leaving: take-share }
  club: { of: points, share: 50%, burn: founder, most: 20 members, leaving: keep-in-pool }
`
const server = await openTestServer()
const pooling = `${clubDocument.replace('reach: 100 points', 'reach: 100000 points')}${pools}`
await server.publish(pooling)
const { call, context, activeOf } = server
const outbox = new Outbox(context)
/** What one delivery sends on is found by looking again. */
const deliver = async (box = outbox) => {
  for (let isWaiting = true; isWaiting; isWaiting = (await waiting()) > 0) {
    box.wake()
    await box.settled()
  }
}
const waiting = async () =>
  Number((await context.database.application.query('SELECT count(*) AS waiting FROM outbox')).rows[0].waiting)

/** Each thing happens a second after the one before. */
const later = () => {
  server.clock.now += 1_000
  return new Date(server.clock.now).toISOString()
}
let orders = 0
async function buy(member: string, points: number): Promise<string> {
  orders += 1
  const id = `pools-${orders}`
  await call('POST', '/v1/events', orderPaid(id, member, points * 100, { occurredAt: later() }))
  await deliver()
  return id
}
let keys = 0
const post = (url: string, body: object, key = `pools-key-${++keys}`) => {
  later()
  return call('POST', url, body, { 'idempotency-key': key })
}
let members = 0
async function newMember(): Promise<string> {
  members += 1
  const id = `pooled-${members}`
  await call('POST', '/v1/members', { id })
  return id
}
const found = (id: string, founder: string, plan = 'family') => post('/v1/pools', { id, plan, founder })
const join = (pool: string, member: string) => post(`/v1/pools/${pool}/members`, { member })
const poolOf = async (pool: string) => (await call('GET', `/v1/pools/${pool}`)).body
const transit = async (): Promise<number> => {
  const { rows } = await context.database.application.query(
    `SELECT coalesce(sum(CASE WHEN to_account = 'transit' THEN amount ELSE -amount END), 0)::int AS sum
     FROM transfer WHERE 'transit' IN (from_account, to_account)`,
  )
  return rows[0].sum
}
const redeem = (member: string, more: object = {}) =>
  post('/v1/redemptions', { member, reward: 'five-off', confirm: true, ...more })
const isClean = async () => (await call('POST', '/v1/ledger/verify')).body

async function family(id: string, size = 2): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: size }, newMember))
  expect((await found(id, people[0] ?? '')).body).toMatchObject({ granted: true, pool: id })
  for (const member of people.slice(1)) expect((await join(id, member)).body).toMatchObject({ granted: true })
  return people
}

test('POOL-1 a family fills one purse, one of them spends from it, and the pool says who did what', async () => {
  const [ada = '', ben = ''] = await family('home')
  await buy(ada, 40)
  await buy(ben, 30)
  expect([await activeOf(ada), await activeOf(ben)]).toEqual([0, 0])
  const redeemed = await redeem(ben, { id: 'home-1' })
  expect(redeemed.body).toMatchObject({ granted: true, member: ben, asset: 'points', amount: 50 })
  expect((await call('GET', `/v1/members/${ben}/vouchers`)).body.vouchers).toHaveLength(1)
  expect((await call('GET', '/v1/redemptions/home-1')).body).toMatchObject({ status: 'confirmed', pool: 'home' })
  await deliver()
  expect(await poolOf('home')).toMatchObject({
    ...{ active: 20, founder: ada, closed: null },
    people: [
      { member: ada, put: 40, took: 0, along: 20, until: null },
      { member: ben, put: 30, took: 50, along: 0, until: null },
    ],
  })
  expect((await call('GET', `/v1/members/${ben}`)).body).toMatchObject({ pool: 'home' })
  const { body } = await call('GET', '/v1/pools/home/statement')
  expect(body.lines.map(({ amount }: { amount: number }) => amount)).toEqual([-50, 30, 40])
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 a request that is repeated is answered as at first, whatever there is by now', async () => {
  const [ada = ''] = await family('again')
  await buy(ada, 60)
  const first = await post('/v1/redemptions', { id: 'again-1', member: ada, reward: 'five-off' }, 'again-key')
  await buy(ada, 60)
  const second = await post('/v1/redemptions', { id: 'again-1', member: ada, reward: 'five-off' }, 'again-key')
  expect(first.body).toMatchObject({ granted: true, repeated: false })
  expect(second.body).toEqual({ ...first.body, repeated: true })
  const other = await post('/v1/redemptions', { id: 'again-1', member: ada, reward: 'five-off', lasts: 'PT1H' }, 'k')
  expect(other).toMatchObject({ status: 409, body: { code: 'identity-conflict' } })
  await deliver()
  expect(await poolOf('again')).toMatchObject({ active: 70 })
})

test('POOL-1 of two members who spend the last points at once on two servers exactly one succeeds', async () => {
  const [ada = '', ben = ''] = await family('race')
  await buy(ada, 50)
  const second = createRecorder(context)
  const other = { ...context, recorder: second }
  const asks = [ada, ben].flatMap((member) =>
    Array.from({ length: 5 }, (_, index) => ({ member, index, where: index % 2 === 0 ? context : other })),
  )
  const answers = await Promise.all(
    asks.map(({ member, index, where }) =>
      reserveRedemption(
        where,
        'club',
        {
          ...{ id: `race-${member}-${index}`, member, reward: 'five-off', points: null, payable: null },
          ...{ session: null, wait: false, from: null, confirm: true },
        },
        undefined,
      ),
    ),
  )
  expect(answers.filter(({ granted }) => granted)).toHaveLength(1)
  expect(new Set(answers.flatMap(({ refusal }) => refusal?.code ?? []))).toEqual(new Set(['short']))
  const outboxes = [outbox, new Outbox(other)]
  await Promise.all(outboxes.map((box) => deliver(box)))
  await outboxes[1]?.close()
  await second.close()
  expect(await poolOf('race')).toMatchObject({ active: 0 })
  expect([await activeOf(ada), await activeOf(ben)]).toEqual([0, 0])
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 what a cancelled redemption held goes back to the pool and to whose it was', async () => {
  const [ada = '', ben = ''] = await family('held')
  await buy(ada, 40)
  await buy(ben, 30)
  await redeem(ben, { id: 'held-1', confirm: false })
  expect(await poolOf('held')).toMatchObject({ active: 20 })
  expect((await call('POST', '/v1/redemptions/held-1/cancel')).body).toMatchObject({ granted: true })
  await deliver()
  expect(await poolOf('held')).toMatchObject({
    active: 70,
    people: [
      { member: ada, took: 0, along: 40 },
      { member: ben, took: 0, along: 30 },
    ],
  })
  expect(await activeOf(ben)).toBe(0)
})

test('POOL-1 points that left for a redemption whose name somebody else took meanwhile come back', async () => {
  const [ada = ''] = await family('taken')
  await buy(ada, 60)
  const reservation = {
    redemption: 'taken-1',
    reward: 'five-off',
    points: null,
    payable: null,
    session: null,
    lastsMs: null,
  }
  const asks = { type: 'spend', member: ada, asset: 'points', amount: 50, reservation } as const
  const spend = { type: 'pool.asked', source: 'laurel', id: 'pool/spend/taken-1', pool: 'taken', asks } as const
  const dan = await newMember()
  await buy(dan, 60)
  await ask(context, 'club', 'pool:taken', spend)
  expect((await redeem(dan, { id: 'taken-1', confirm: false })).body).toMatchObject({ granted: true })
  await deliver()
  expect([(await poolOf('taken')).active, await activeOf(dan)]).toEqual([60, 10])
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 a refund claims back from the pool; what the pool has spent is the member’s to pay', async () => {
  const [ada = '', ben = ''] = await family('refund')
  const order = await buy(ada, 50)
  await redeem(ben)
  const refunded = await call('POST', '/v1/events', {
    ...{ type: 'refund.made', source: 'web', id: `back-${order}`, member: ada, occurredAt: later() },
    ...{ order: `order-${order}`, amount: 5_000, by: 'member' },
  })
  expect(refunded.body).toMatchObject({ status: 'recorded' })
  await deliver()
  expect(await poolOf('refund')).toMatchObject({ active: 0, people: [{ claimed: 50, short: 50 }, { claimed: 0 }] })
  expect((await call('GET', `/v1/members/${ada}/balance`)).body.balances).toMatchObject([{ active: 0, debt: 50 }])
  await buy(ada, 70)
  expect(await poolOf('refund')).toMatchObject({ active: 20, people: [{ put: 70 }, { put: 0 }] })
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 an order and a refund that come late are the pool’s too', async () => {
  const [ada = '', ben = ''] = await family('late')
  const between = later()
  const order = await buy(ada, 40)
  await call('POST', '/v1/events', orderPaid('pools-late', ada, 3_000, { occurredAt: between }))
  await deliver()
  expect(await poolOf('late')).toMatchObject({ active: 70, people: [{ put: 70 }, { put: 0 }] })
  const beforeSpending = later()
  await redeem(ben)
  await buy(ada, 5)
  const refund = { type: 'refund.made', source: 'web', id: 'pools-late-back', member: ada, occurredAt: beforeSpending }
  const refunded = { ...refund, order: `order-${order}`, amount: 4_000, by: 'member' }
  expect((await call('POST', '/v1/events', refunded)).body).toMatchObject({ status: 'recorded' })
  await deliver()
  expect(await poolOf('late')).toMatchObject({ active: 0, people: [{ put: 75, claimed: 40, short: 15 }, { took: 50 }] })
  expect((await call('GET', `/v1/members/${ada}/balance`)).body.balances).toMatchObject([{ active: 0, debt: 15 }])
  expect(await isClean()).toMatchObject({ clean: true })
  expect(await decideAgain(context, 'club')).toMatchObject({ clean: true, differences: [] })
})

test('POOL-1 who leaves takes their share along, and who closes a pool shares it out', async () => {
  const [ada = '', ben = '', cem = ''] = await family('ends', 3)
  await buy(ada, 40)
  await buy(ben, 30)
  await buy(cem, 10)
  const left = await post(`/v1/pools/ends/members/${ben}/leave`, {})
  expect(left.body).toMatchObject({ granted: true, member: ben })
  await deliver()
  expect([await activeOf(ben), (await poolOf('ends')).active]).toEqual([30, 50])
  expect((await post(`/v1/pools/ends/members/${ben}/leave`, {})).body.refusal).toMatchObject({ code: 'not-in-pool' })
  expect((await post('/v1/pools/ends/close', {})).body).toMatchObject({ granted: true })
  await deliver()
  expect([await activeOf(ada), await activeOf(cem), (await poolOf('ends')).active]).toEqual([40, 10, 0])
  expect((await join('ends', ben)).body.refusal).toMatchObject({ code: 'pool-closed' })
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 limits and rights: how many, one at a time, and who may spend', async () => {
  const [ada = '', ben = ''] = await family('full', 3)
  const [dan, eve] = [await newMember(), await newMember()]
  expect((await join('full', dan)).body.refusal).toMatchObject({ code: 'pool-full' })
  expect((await join('full', ben)).body.refusal).toMatchObject({ code: 'already-in-pool' })
  expect((await found('other', dan, 'club')).body).toMatchObject({ granted: true })
  expect((await join('other', ada)).body.refusal).toMatchObject({ code: 'already-in-pool' })
  await deliver()
  expect((await poolOf('other')).people).toMatchObject([{ until: null }, { member: ada, put: 0 }])
  expect((await poolOf('other')).people[1].until).not.toBeNull()
  expect((await found('other', eve, 'club')).body.refusal).toMatchObject({ code: 'pool-exists' })
  expect((await join('other', eve)).body).toMatchObject({ granted: true })
  await buy(dan, 60)
  await buy(eve, 60)
  expect([await activeOf(dan), await activeOf(eve), (await poolOf('other')).active]).toEqual([30, 30, 60])
  expect((await redeem(eve, { from: 'pool' })).body.refusal).toMatchObject({ code: 'not-for-member' })
  expect((await redeem(eve)).body.refusal).toMatchObject({ code: 'short', shortBy: 20 })
  expect((await redeem(dan)).body).toMatchObject({ granted: true, amount: 50 })
  expect((await poolOf('other')).active).toBe(10)
})

test('POOL-1 who is forgotten has left the pool, and what they put in stays there', async () => {
  const [ada = '', ben = ''] = await family('gone')
  await buy(ben, 30)
  expect(await call('DELETE', `/v1/members/${ben}?reason=asked`)).toMatchObject({ status: 200 })
  await deliver()
  expect(await poolOf('gone')).toMatchObject({ active: 30, people: [{ until: null }, { along: 0 }] })
  expect((await join('gone', ben)).body).toMatchObject({ code: 'unknown-member' })
  await deliver()
  expect((await poolOf('gone')).founder).toBe(ada)
  expect(await isClean()).toMatchObject({ clean: true })
})

test('POOL-1 MRG-1 who is in a pool is not merged, and what they had from it goes back there from whom they are now', async () => {
  const [ada = '', ben = ''] = await family('merge')
  const cem = await newMember()
  await buy(ben, 50)
  await redeem(ben, { id: 'merge-1' })
  await deliver()
  const merge = (key: string) => post(`/v1/members/${ben}/merge`, { into: cem, reason: 'same-person' }, key)
  expect(await merge('merge-early')).toMatchObject({ status: 409, body: { code: 'member-in-pool' } })
  await post(`/v1/pools/merge/members/${ben}/leave`, {})
  await deliver()
  expect(await merge('merge-late')).toMatchObject({ status: 200 })
  await deliver()
  const [voucher] = (await call('GET', `/v1/members/${cem}/vouchers`)).body.vouchers
  expect((await post(`/v1/members/${cem}/vouchers/${voucher.id}/return`, {})).body).toMatchObject({ granted: true })
  await deliver()
  expect(await poolOf('merge')).toMatchObject({ active: 50, founder: ada, people: [{ took: 0 }, { took: 0 }] })
  expect([await activeOf(cem), await waiting()]).toEqual([0, 0])
  expect(await isClean()).toMatchObject({ clean: true })
})

describe('POOL-1 MRG-1 what refunds of a merged member claim comes out of the pool', () => {
  /** Half of 60 went to a pool that has been left, half into another member; `early` is before all that. */
  async function mergedMember(pool: string) {
    const [ada, ben, cem] = [await newMember(), await newMember(), await newMember()]
    await found(pool, ada, 'club')
    await join(pool, ben)
    const order = await buy(ben, 60)
    const early = later()
    await post(`/v1/pools/${pool}/members/${ben}/leave`, {})
    await deliver()
    expect(await post(`/v1/members/${ben}/merge`, { into: cem, reason: 'same-person' })).toMatchObject({ status: 200 })
    await deliver()
    expect([await activeOf(cem), (await poolOf(pool)).active]).toEqual([30, 30])
    const back = async (id: string, amount: number, occurredAt: string) => {
      const refund = { type: 'refund.made', source: 'web', id: `${pool}-${id}`, member: ben, order: `order-${order}` }
      const { body } = await call('POST', '/v1/events', { ...refund, occurredAt, amount: amount * 100, by: 'member' })
      expect(body).toMatchObject({ status: 'recorded' })
      await deliver()
    }
    return { ben, cem, early, back }
  }

  test('also where it is older than the merge', async () => {
    const { cem, early, back } = await mergedMember('claims')
    await back('late', 40, early)
    expect([await activeOf(cem), (await poolOf('claims')).active, await transit()]).toEqual([0, 20, 0])
    await back('new', 15, later())
    expect([await activeOf(cem), (await poolOf('claims')).active, await transit()]).toEqual([0, 5, 0])
    expect((await poolOf('claims')).people).toMatchObject([{ claimed: 0 }, { put: 30, claimed: 25, short: 0 }])
    expect(await isClean()).toMatchObject({ clean: true })
  })

  test('and in their own name again when the merge was undone', async () => {
    const { ben, cem, early, back } = await mergedMember('unmerged')
    expect(await post(`/v1/members/${ben}/merge/undo`, { reason: 'mistake' })).toMatchObject({ status: 200 })
    await deliver()
    expect([await activeOf(cem), await activeOf(ben), await transit()]).toEqual([0, 30, 0])
    await back('late', 40, early)
    expect([await activeOf(cem), await activeOf(ben), await transit()]).toEqual([0, 0, 0])
    expect(await poolOf('unmerged')).toMatchObject({ active: 20, people: [{}, { member: ben, claimed: 10 }] })
    expect(await isClean()).toMatchObject({ clean: true })
  })
})

test('POOL-1 LED-6 the books are the same away from the database, and points keep their ends on the way', async () => {
  const [ada = ''] = await family('books')
  await buy(ada, 40)
  expect((await poolOf('books')).lots).toEqual([{ amount: 40, lapsesAfter: '2027-03-14' }])
  const records: unknown[] = []
  for await (const text of exportBooks(context, 'club')) {
    for (const line of text.split('\n')) if (line !== '') records.push(JSON.parse(line))
  }
  expect(verifyBooks(records)).toMatchObject({ disagreements: [] })
})

test('POOL-1 wrong requests say what is wrong, and a pool is no member', async () => {
  const ada = await newMember()
  const wrong: readonly [Promise<{ status: number; body: { code: string } }>, number, string][] = [
    [found('p', ada, 'nothing'), 404, 'unknown-pool-plan'],
    [found('p', 'nobody'), 404, 'unknown-member'],
    [join('nowhere', ada), 404, 'unknown-pool'],
    [post(`/v1/pools/nowhere/members/${ada}/leave`, {}), 404, 'unknown-pool'],
    [post('/v1/pools/nowhere/close', {}), 404, 'unknown-pool'],
    [call('GET', '/v1/pools/nowhere'), 404, 'unknown-pool'],
    [call('GET', '/v1/pools/nowhere/statement'), 404, 'unknown-pool'],
    [call('GET', '/v1/members/pool:home'), 400, 'invalid-request'],
    [call('POST', '/v1/members', { id: 'pool:mine' }), 400, 'invalid-request'],
    [call('POST', '/v1/pools', { plan: 'family', founder: ada }), 400, 'idempotency-key-missing'],
    [redeem(ada, { from: 'nobody' }), 400, 'invalid-request'],
    [redeem(ada, { from: 'pool' }), 409, 'no-pool-to-pay'],
  ]
  for (const [asked, status, code] of wrong) expect(await asked).toMatchObject({ status, body: { code } })
  const listed = await call('GET', '/v1/members?limit=100')
  expect(listed.body.members.filter(({ id }: { id: string }) => id.startsWith('pool:'))).toEqual([])
})

test('POOL-1 where the program has no pools any more, what is there is still spent, and can be shared out', async () => {
  const [ada = '', ben = ''] = await family('old')
  await buy(ada, 90)
  later()
  await server.publish(pooling.replace(pools, '\ntransitions: { pools: { family: keep, club: keep } }\n'))
  const cem = await newMember()
  expect((await join('old', cem)).body.refusal).toMatchObject({ code: 'unknown-pool' })
  expect((await redeem(ben)).body).toMatchObject({ granted: true })
  await buy(ada, 5)
  expect([await activeOf(ada), (await poolOf('old')).active]).toEqual([5, 40])
  expect((await post('/v1/pools/old/close', {})).body).toMatchObject({ granted: true })
  await deliver()
  expect([await activeOf(ada), (await poolOf('old')).active]).toEqual([45, 0])
  expect(await isClean()).toMatchObject({ clean: true })
})

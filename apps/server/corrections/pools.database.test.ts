import { expect, test, vi } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram, giving, wrong } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server

const club = clubDocument.replace('reach: 100 points', 'reach: 100000 points').concat(`
pools:
  family: { of: points, share: 100%, most: 3 members, leaving: take-share }
`)

const shortfalls = { debt: 'shortfall: debt, limit: none', waive: 'shortfall: waive' }

/** A purse with so much of the 120 points that ann has earned at twice the rate, the right one published since. */
async function purseOf(id: string, shortfall: keyof typeof shortfalls, share = '100%') {
  const right = club
    .replace('shortfall: debt, limit: none', shortfalls[shortfall])
    .replace('share: 100%', `share: ${share}`)
  const program = await correctingProgram(
    server,
    id,
    right.replace('give: 1 points\n    per', 'give: 2 points\n    per'),
  )
  const { call, send, order, publish } = program
  const later = () => {
    clock.now += 1_000
    return new Date(clock.now).toISOString()
  }
  const outbox = new Outbox(context)
  const deliver = async () => {
    for (let isWaiting = true; isWaiting; ) {
      later()
      outbox.wake()
      await outbox.settled()
      const { rows } = await context.database.application.query('SELECT count(*)::int AS waiting FROM outbox')
      isWaiting = rows[0].waiting > 0
    }
  }
  const ask = async (url: string, body: object) => {
    const { body: answer } = await call('POST', url, body, { 'idempotency-key': later() })
    await deliver()
    return answer
  }
  const buy = async (name: string, total: number) => {
    await send({ ...order(name, 'ann', total), occurredAt: later() })
    await deliver()
  }
  const purse = async () => (await call('GET', 'pools/home')).body.active
  await call('POST', 'members', { id: 'ann' })
  expect(await ask('pools', { id: 'home', plan: 'family', founder: 'ann' })).toMatchObject({ granted: true })
  await buy('1', 6_000)
  expect(await purse()).toBe(share === '100%' ? 120 : 60)
  await publish(giving(1, right.replace('id: club', `id: ${id}`)))
  return { ...program, later, deliver, ask, buy, purse }
}

test.each(['waive', 'debt'] as const)(
  'COR-3 POOL-1 what was put into a pool by the wrong rate goes back out of it, and nobody owes it or bears it: %s',
  async (shortfall) => {
    const program = await purseOf(`purse-${shortfall}`, shortfall)
    const { start, work, call, read, members, pointsOf, purse, deliver, send, buy, later } = program
    const { id } = (await start(wrong)).body
    await work()
    const pooled = { members: 1, amount: 60 }
    const nobody = { members: 0, amount: 0 }
    const points = { asset: 'points', up: nobody, down: nobody, debt: nobody, borne: nobody, pooled }
    expect((await read(id)).summary).toMatchObject({ members: 1, assets: [points] })
    await call('POST', `corrections/${id}/approve`)
    await work()
    await deliver()
    expect((await read(id)).summary).toMatchObject({ members: 1, assets: [points] })
    expect(await members(id)).toMatchObject([
      { member: 'ann', changes: [{ change: 0, debt: 0, borne: 0, pooled: 60 }], outcome: 'posted' },
    ])
    expect([await pointsOf('ann'), await purse()]).toEqual([0, 60])
    await program.expectSound()
    // A full refund claims the rest, and what is earned next is shared as ever.
    const back = { type: 'refund.made', id: 'r1', source: 'web', order: 'order-1', amount: 6_000 }
    await send({ ...back, member: 'ann', occurredAt: later() })
    await deliver()
    expect([await pointsOf('ann'), await purse()]).toEqual([0, 0])
    await buy('2', 1_000)
    expect([await pointsOf('ann'), await purse()]).toEqual([0, 10])
    await program.expectSound()
  },
)

test('COR-3 POOL-1 out of a pool goes back what was not its share, so that both have what is right', async () => {
  const program = await purseOf('purse-half', 'waive', '50%')
  const { correct, pointsOf, purse, deliver, members } = program
  expect([await pointsOf('ann'), await purse()]).toEqual([60, 60])
  const done = await correct(wrong)
  await deliver()
  expect(await members(done.id)).toMatchObject([{ changes: [{ change: -30, debt: 0, borne: 0, pooled: 30 }] }])
  expect([await pointsOf('ann'), await purse()]).toEqual([30, 30])
  await program.expectSound()
})

test.each([
  ['debt', -40],
  ['waive', 0],
] as const)(
  'COR-3 REF-3 what the pool has spent by then is for the member by the policy: %s',
  async (shortfall, left) => {
    const program = await purseOf(`spent-${shortfall}`, shortfall)
    const { ask, deliver, correct, pointsOf, purse } = program
    const asked = { member: 'ann', reward: 'five-off', confirm: true }
    for (const id of ['a', 'b']) expect(await ask('redemptions', { ...asked, id })).toMatchObject({ granted: true })
    expect(await purse()).toBe(20)
    expect(await correct(wrong)).toMatchObject({ status: 'done', summary: { assets: [{ pooled: { amount: 60 } }] } })
    await deliver()
    expect([await pointsOf('ann'), await purse()]).toEqual([left, 0])
    await program.expectSound()
  },
)

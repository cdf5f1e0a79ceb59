import { parseEvent } from '@laurel/contract'
import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { decideAgain } from '../statements/verify-decisions.ts'
import { createRecorder } from './recorder.ts'

const server = await openTestServer()
const { call, context } = server
const document = (edge: string) =>
  clubDocument
    .replace('round: floor', `round: floor\n    budget: { most: 1000 points, edge: ${edge} }`)
    .replace('reach: 100 points', 'reach: 100000 points')
    .replace('price: 50 points }', 'price: 50 points, stock: 3 items }')

const keys: Record<string, { readonly authorization: string }> = {}
for (const edge of ['trim', 'refuse']) {
  await server.publish(document(edge).replace('id: club', `id: budget-${edge}`), `budget-${edge}`)
  keys[edge] = { authorization: `Bearer ${await server.keyFor(`budget-${edge}`)}` }
}
const activeOf = async (edge: string, member: string): Promise<number> =>
  (await call('GET', `/v1/members/${member}/balance`, undefined, keys[edge])).body.balances[0]?.active ?? 0
const sumOf = async (edge: string, members: readonly string[]) =>
  (await Promise.all(members.map((member) => activeOf(edge, member)))).reduce((sum, active) => sum + active, 0)
const pay = (edge: string, id: string, member: string, total: number) =>
  call('POST', '/v1/events', orderPaid(id, member, total), keys[edge])
const usedOf = async (edge: string, room: string) =>
  Number(
    (
      await context.database.application.query('SELECT used FROM room WHERE program = $1 AND room = $2', [
        `budget-${edge}`,
        room,
      ])
    ).rows[0]?.used ?? 0,
  )
const fifty = Array.from({ length: 50 }, (_, i) => `m-${i}`)

test.each([
  ['trim', 1000, 34],
  ['refuse', 990, 33],
] as const)(
  'vector 13: of fifty parallel earns of 30 from a budget of 1,000 `%s` lets %i through, to %i members',
  async (edge, given, through) => {
    await Promise.all(fifty.map((member) => pay(edge, `o-${member}`, member, 3000)))
    const balances = await Promise.all(fifty.map((member) => activeOf(edge, member)))
    expect(balances.reduce((sum, active) => sum + active, 0)).toBe(given)
    expect(balances.filter((active) => active > 0)).toHaveLength(through)
    expect(await usedOf(edge, 'budget:base/ever')).toBe(given)
    // A later earn of what is left still fits.
    await pay(edge, 'later', 'late-comer', 1000)
    expect(await activeOf(edge, 'late-comer')).toBe(1000 - given)
  },
)

test('EARN-5 a refund gives room back, for later orders only', async () => {
  const edge = 'trim'
  const [first] = await Promise.all(
    fifty.map(async (member) => ((await activeOf(edge, member)) === 30 ? member : null)),
  ).then((found) => found.filter((member) => member !== null))
  const refund = { type: 'refund.made', source: 'web', id: 'back', member: first, occurredAt: '2026-03-14T11:00:00Z' }
  await call('POST', '/v1/events', { ...refund, order: `order-o-${first}`, amount: 3000 }, keys[edge])
  expect(await usedOf(edge, 'budget:base/ever')).toBe(970)
  await pay(edge, 'after', 'after-refund', 10_000)
  expect(await activeOf(edge, 'after-refund')).toBe(30)
  const zeros = fifty.filter((member) => member !== first)
  expect(await sumOf(edge, zeros)).toBe(970)
})

test('EARN-5 a late order asks for room as any other, and the books and the decisions verify', async () => {
  const edge = 'refuse'
  const late = { occurredAt: '2026-03-10T10:00:00Z' }
  const event = { ...orderPaid('late-order', 'm-49', 1000), ...late }
  await call('POST', '/v1/events', event, keys[edge])
  const before = await usedOf(edge, 'budget:base/ever')
  expect(before).toBe(1000)
  const verified = await call('POST', '/v1/ledger/verify', undefined, keys[edge])
  expect(verified.body).toMatchObject({ clean: true })
})

test('EARN-5 two servers at once never overrun a budget', async () => {
  await server.publish(document('trim').replace('id: club', 'id: budget-two'), 'budget-two')
  keys['two'] = { authorization: `Bearer ${await server.keyFor('budget-two')}` }
  const second = createRecorder(context)
  const elsewhere = (i: number) => {
    const parsed = parseEvent(orderPaid(`two-${i}`, `t-${i}`, 3000))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return second.record({ program: 'budget-two', member: `t-${i}`, event: parsed.event })
  }
  const earn = (i: number) => (i % 2 === 0 ? pay('two', `two-${i}`, `t-${i}`, 3000) : elsewhere(i))
  await Promise.all(Array.from({ length: 80 }, (_, i) => earn(i)))
  await second.close()
  expect(await usedOf('two', 'budget:base/ever')).toBe(1000)
  expect(
    await sumOf(
      'two',
      Array.from({ length: 80 }, (_, i) => `t-${i}`),
    ),
  ).toBe(1000)
})

test('RED-3 three pieces go to three of ten, and one comes back when a reservation ends', async () => {
  const edge = 'two'
  const members = Array.from({ length: 10 }, (_, i) => `t-${i}`)
  for (const member of members) {
    const body = { asset: 'points', amount: 100, reason: 'test' }
    await call('POST', `/v1/members/${member}/adjustments`, body, {
      ...keys[edge],
      'idempotency-key': `fund-${member}`,
    })
  }
  const reserve = (member: string, id: string) =>
    call('POST', '/v1/redemptions', { id, member, reward: 'five-off' }, keys[edge])
  const answers = await Promise.all(members.map((member, i) => reserve(member, `piece-${i}`)))
  expect(answers.filter(({ body }) => body.granted)).toHaveLength(3)
  expect(answers.filter(({ body }) => body.refusal?.code === 'sold-out')).toHaveLength(7)
  const held = answers.find(({ body }) => body.granted)?.body.id
  await call('POST', `/v1/redemptions/${held}/cancel`, undefined, keys[edge])
  expect(await usedOf(edge, 'stock/five-off')).toBe(2)
  expect((await reserve('t-9', 'piece-again')).body).toMatchObject({ granted: true })
})

test('EARN-5 the budgets of an offer and of a challenge hold on two servers at once, and refunds give room back', async () => {
  const games = clubDocument.replace('reach: 100 points', 'reach: 100000 points').replace('id: club', 'id: budget-game')
  await server.publish(
    `${games}offers:
  duo:
    goal: { spend: { atLeast: 50.00 GBP } }
    window: { length: P14D, end: open }
    give: 200 points
    budget: { most: 1000 points }
challenges:
  big-day:
    goal: { spend: { atLeast: 50.00 GBP } }
    window: { calendar: day }
    give: 7 points
    repeat: each-window
    afterRefund: revoke
    budget: { most: 10 times }
`,
    'budget-game',
  )
  keys['game'] = { authorization: `Bearer ${await server.keyFor('budget-game')}` }
  const members = Array.from({ length: 30 }, (_, i) => `g-${i}`)
  const send = (member: string) => {
    const at = { occurredAt: '2026-03-14T09:00:00Z', source: 'shop', id: `duo-${member}` }
    return call('POST', '/v1/events', { type: 'offer.sent', offer: 'duo', member, ...at }, keys['game'])
  }
  await Promise.all(members.map(send))
  const second = createRecorder(context)
  const elsewhere = (member: string) => {
    const parsed = parseEvent(orderPaid(`big-${member}`, member, 5000))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return second.record({ program: 'budget-game', member, event: parsed.event })
  }
  await Promise.all(
    members.map((member, i) => (i % 2 === 0 ? pay('game', `big-${member}`, member, 5000) : elsewhere(member))),
  )
  await second.close()
  // 50 points for each order, 200 for five of them and 7 for ten.
  const balances = await Promise.all(members.map((member) => activeOf('game', member)))
  expect(balances.reduce((sum, active) => sum + active - 50, 0)).toBe(5 * 200 + 10 * 7)
  expect(balances.filter((active) => active >= 250)).toHaveLength(5)
  expect(balances.filter((active) => (active - 50) % 200 === 7)).toHaveLength(10)
  expect(await usedOf('game', 'budget:offer:duo/ever')).toBe(1000)
  expect(await usedOf('game', 'budget:challenge:big-day/ever')).toBe(10)

  const winner = members.find((_, i) => balances[i] === 257) ?? members.find((_, i) => balances[i] === 250)
  const refund = { type: 'refund.made', source: 'web', id: 'undo', member: winner, occurredAt: '2026-03-14T11:00:00Z' }
  await call('POST', '/v1/events', { ...refund, order: `order-big-${winner}`, amount: 5000 }, keys['game'])
  expect(await activeOf('game', winner ?? '')).toBe(0)
  expect(await usedOf('game', 'budget:offer:duo/ever')).toBe(800)

  // Who got nothing gets nothing for having waited; whoever comes afterwards does.
  const empty = members.find((_, i) => balances[i] === 50) ?? ''
  await pay('game', 'once-more', empty, 100)
  expect(await activeOf('game', empty)).toBe(51)
  await send('late-comer')
  await pay('game', 'big-late-comer', 'late-comer', 5000)
  expect(await activeOf('game', 'late-comer')).toBeGreaterThanOrEqual(250)
  expect(await usedOf('game', 'budget:offer:duo/ever')).toBe(1000)

  // A late order that completes the offer before the one that did leaves everything with who has it.
  const kept = members.find((member, i) => (balances[i] ?? 0) >= 250 && member !== winner) ?? ''
  const before = await activeOf('game', kept)
  const late = { ...orderPaid(`late-${kept}`, kept, 5000), occurredAt: '2026-03-14T09:30:00Z' }
  expect((await call('POST', '/v1/events', late, keys['game'])).body).toMatchObject({ decision: { late: true } })
  expect(await activeOf('game', kept)).toBe(before + 50)
  expect(await usedOf('game', 'budget:offer:duo/ever')).toBe(1000)
  expect((await call('POST', '/v1/ledger/verify', undefined, keys['game'])).body).toMatchObject({ clean: true })
  expect(await decideAgain(context, 'budget-game')).toMatchObject({ clean: true })
})

test('EARN-5 an event that cannot be written down takes nothing of what its neighbours share', async () => {
  const own = 'budget-spoilt'
  await server.publish(document('trim').replace('id: club', `id: ${own}`), own)
  const parsedOf = (id: string, member: string) => {
    const parsed = parseEvent(orderPaid(id, member, 3000))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return { program: own, member, event: parsed.event }
  }
  const usedNow = async () =>
    (await context.database.application.query('SELECT used::int FROM room WHERE program = $1', [own])).rows
  const first = createRecorder(context)
  await first.recordMany([parsedOf('s-1', 'spoilt'), parsedOf('s-2', 'sound')])
  await first.close()
  expect(await usedNow()).toEqual([{ used: 60 }])
  // Somebody has tampered with the state: what is earned now would leave the balance below zero.
  await context.database.application.query(
    `UPDATE member SET state = replace(state, '"active":30', '"active":-100') WHERE program = $1 AND id = 'spoilt'`,
    [own],
  )
  const second = createRecorder(context, { lanes: 1 })
  const answers = await second.recordMany([parsedOf('s-3', 'spoilt'), parsedOf('s-4', 'sound')])
  await second.close()
  expect(answers.map(({ status }) => status)).toEqual(['failed', 'recorded'])
  expect(await usedNow()).toEqual([{ used: 90 }])
})

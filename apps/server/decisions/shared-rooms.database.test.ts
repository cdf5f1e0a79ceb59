import { parseEvent } from '@laurel/contract'
import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
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

import { parseEvent } from '@laurel/contract'
import { expect, test } from 'vitest'
import { closeDraws } from '../draws/close-draws.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'
import { decideAgain } from '../statements/verify-decisions.ts'
import { letTimePass } from './let-time-pass.ts'
import { createRecorder } from './recorder.ts'

const server = await openTestServer()
const { call, context, clock } = server
await server.publish(
  `${clubDocument
    .replace('assets:', 'assets:\n  tickets: { kind: tickets, expires: never }')
    .replace('earn:', 'earn:\n  - { id: ticket, on: order.paid, give: 1 tickets, per: 500.00 GBP }')
    .replace(
      '  - id: review',
      `  - { id: gift, on: order.paid, when: '"gift" in order.tags', give: { reward: mug } }\n  - id: review`,
    )
    .replace(
      'reach: 100 points',
      'reach: 100000 points',
    )}  mug: { kind: product, sku: MUG, stock: 3 items, price: 100 points }
  trip: { kind: custom, stock: 1 items }
draws:
  spring: { of: tickets, window: { from: 2026-03-01, through: 2026-03-20 }, winners: 3 winners, give: { reward: trip } }
`,
)

const usedOf = async (room: string): Promise<number> => {
  const found = await context.database.application.query('SELECT used FROM room WHERE room = $1', [room])
  return Number(found.rows[0]?.used ?? 0)
}
const vouchersOf = async (member: string): Promise<string[]> =>
  (await call('GET', `/v1/members/${member}/vouchers`)).body.vouchers.map(({ reward }: { reward: string }) => reward)
const gift = (id: string, member: string, at = '2026-03-14T10:00:00Z') => {
  const order = orderPaid(id, member, 5000)
  return { ...order, occurredAt: at, order: { ...order.order, tags: ['gift'] } }
}
const members = Array.from({ length: 20 }, (_, i) => `n-${i}`)
const holders = async () => {
  const held = await Promise.all(members.map(async (member) => ({ member, has: await vouchersOf(member) })))
  return held.filter(({ has }) => has.includes('mug')).map(({ member }) => member)
}

test('EARN-5 RED-3 twenty orders on two servers are given the three there are, and the rest is told so', async () => {
  const second = createRecorder(context)
  const elsewhere = async (member: string) => {
    const parsed = parseEvent(gift(`g-${member}`, member))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    const answer = await second.record({ program: 'club', member, event: parsed.event })
    return answer.status === 'recorded' ? JSON.parse(answer.text) : answer
  }
  const answers = await Promise.all(
    members.map(async (member, i) =>
      i % 2 === 0 ? (await call('POST', '/v1/events', gift(`g-${member}`, member))).body.decision : elsewhere(member),
    ),
  )
  await second.close()
  expect(await holders()).toHaveLength(3)
  expect(await usedOf('stock/mug')).toBe(3)
  const told = answers.filter(({ remarks = [] }) => remarks.some(({ type }: { type: string }) => type === 'sold-out'))
  expect(told).toHaveLength(17)
  // None is left to be bought either.
  const bought = await call('POST', '/v1/redemptions', { id: 'buy', member: 'n-0', reward: 'mug', confirm: true })
  expect(bought.body).toMatchObject({ refusal: { code: expect.stringMatching(/short|sold-out/) } })
})

test('EARN-5 whoever got none finds it in the notices and in the explanation', async () => {
  const got = await holders()
  const without = members.find((member) => !got.includes(member)) ?? ''
  const { notices } = (await call('GET', `/v1/members/${without}/notices`)).body
  expect(notices).toMatchObject([{ kind: 'award-sold-out', reward: 'mug', award: `rule/gift/web/order-g-${without}` }])
  const why = await call('GET', `/v1/members/${without}/events/web/g-${without}/explanation`)
  expect(JSON.stringify(why.body)).toContain('"sold-out"')
})

test('EARN-5 EVT-2 a late order takes nothing from whoever has one, and a refund frees what it takes back', async () => {
  const before = await holders()
  const [first = ''] = before
  const late = members.find((member) => !before.includes(member)) ?? ''
  const answer = await call('POST', '/v1/events', gift('late', late, '2026-03-13T10:00:00Z'))
  expect(answer.body.decision).toMatchObject({ late: true, remarks: [{ type: 'sold-out', reward: 'mug' }] })
  expect(await holders()).toEqual(before)
  const refund = { type: 'refund.made', source: 'web', id: 'back', member: first, occurredAt: '2026-03-14T11:00:00Z' }
  await call('POST', '/v1/events', { ...refund, order: `order-g-${first}`, amount: 5000 })
  expect([await usedOf('stock/mug'), (await holders()).length]).toEqual([2, 2])
  // The one that is free goes to what comes next, be it late, and not to who was told that there was none.
  const next = await call('POST', '/v1/events', gift('late-2', late, '2026-03-13T09:00:00Z'))
  expect(next.body.decision).toMatchObject({ late: true, vouchers: [{ reward: 'mug', status: 'open' }] })
  expect(await usedOf('stock/mug')).toBe(3)
})

test('EARN-5 GAME-2 of three winners one gets the only prize', async () => {
  await closeDraws(context)
  for (const member of ['w-1', 'w-2', 'w-3']) await call('POST', '/v1/events', orderPaid(`t-${member}`, member, 50_000))
  clock.now = Date.parse('2026-03-21T00:01:00Z')
  await closeDraws(context)
  const won = await Promise.all(['w-1', 'w-2', 'w-3'].map(vouchersOf))
  expect(won.flat()).toEqual(['trip'])
  expect(await usedOf('stock/trip')).toBe(1)
})

test('EARN-5 TIME-4 what time awards takes of it, too, and a reader promises no more than is left', async () => {
  await server.publish(
    `${clubDocument.replace('id: club', 'id: yearly').replace('rise: at-once', 'rise: period-end').replace('reach: 100 points }', 'reach: 100 points, entry: { reward: pin } }')}  pin: { kind: product, sku: PIN, stock: 2 items }
`,
    'yearly',
  )
  const headers = { authorization: `Bearer ${await server.keyFor('yearly')}` }
  const five = Array.from({ length: 5 }, (_, i) => `y-${i}`)
  clock.now = Date.parse('2026-03-21T12:00:00Z')
  for (const member of five) await call('POST', '/v1/events', orderPaid(`y-${member}`, member, 10_000), headers)
  clock.now = Date.parse('2027-01-02T12:00:00Z')
  const soon = { occurredAt: '2027-01-02T10:00:00Z' }
  const pins = async () =>
    (
      await Promise.all(
        five.map(async (member) => (await call('GET', `/v1/members/${member}/vouchers`, undefined, headers)).body),
      )
    ).flatMap(({ vouchers }) => vouchers)
  // Whoever comes first; what others read of themselves meanwhile is what they will have.
  for (const member of five.slice(0, 2))
    await call('POST', '/v1/events', orderPaid(`z-${member}`, member, 1, soon), headers)
  expect(await pins()).toHaveLength(2)
  await letTimePass(context)
  expect(await pins()).toHaveLength(2)
  expect(await usedOf('stock/pin')).toBe(2)
  expect(await decideAgain(context, 'yearly')).toMatchObject({ clean: true })
})

test('RED-3 uploaded codes are for as many as were uploaded, bought or awarded, on two servers', async () => {
  const coded = `${clubDocument
    .replace('id: club', 'id: coded')
    .replace(
      '  - id: review',
      `  - { id: gift, on: order.paid, when: '"gift" in order.tags', give: { reward: pass } }\n  - id: review`,
    )}  pass: { kind: custom, price: 50 points, codes: uploaded }
`
  clock.now = Date.parse('2026-03-14T12:00:00Z')
  await server.publish(coded, 'coded')
  const headers = { authorization: `Bearer ${await server.keyFor('coded')}` }
  const upload = (codes: readonly string[]) => call('POST', '/v1/rewards/pass/codes', { codes }, headers)
  const codes = Array.from({ length: 9 }, (_, i) => `CODE-${i}`)
  expect((await upload(codes)).body).toMatchObject({ added: 9 })
  const forty = Array.from({ length: 40 }, (_, i) => `c-${i}`)
  await Promise.all(
    forty.map((member) => call('POST', '/v1/events', orderPaid(`c-${member}`, member, 10_000), headers)),
  )
  const second = createRecorder(context)
  const buy = (member: string) =>
    call('POST', '/v1/redemptions', { id: `buy-${member}`, member, reward: 'pass', confirm: true }, headers)
  const elsewhere = (member: string) => {
    const parsed = parseEvent(gift(`given-${member}`, member))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return second.record({ program: 'coded', member, event: parsed.event })
  }
  await Promise.all(forty.map((member, i) => (i % 2 === 0 ? buy(member) : elsewhere(member))))
  await second.close()
  const held = await Promise.all(
    forty.map(async (member) => {
      const { vouchers } = (await call('GET', `/v1/members/${member}/vouchers`, undefined, headers)).body
      return vouchers.map(({ id }: { id: string }) => `/v1/members/${member}/vouchers/${encodeURIComponent(id)}/code`)
    }),
  )
  expect(held.flat()).toHaveLength(9)
  const shown = await Promise.all(held.flat().map((address) => call('POST', address, undefined, headers)))
  expect(shown.map(({ body }) => body.code).sort()).toEqual(codes)
  // Whoever has one may ask again: under the id of before they would hear the answer of before.
  const again = { id: 'once-more', member: 'c-0', reward: 'pass', confirm: true }
  expect((await call('POST', '/v1/redemptions', again, headers)).body).toMatchObject({ refusal: { code: 'sold-out' } })
  // One more makes room for one more.
  await upload(['CODE-9'])
  const more = await call(
    'POST',
    '/v1/redemptions',
    { id: 'more', member: 'c-1', reward: 'pass', confirm: true },
    headers,
  )
  expect(more.body).toMatchObject({ granted: true })
  expect((await call('GET', '/v1/rewards/pass/codes', undefined, headers)).body).toMatchObject({ free: 1, left: 0 })
  expect(await decideAgain(context, 'coded')).toMatchObject({ clean: true })
})

test('EARN-5 a budget is there for codes that are uploaded later, on two servers and for late facts', async () => {
  const started = `${clubDocument.replace('id: club', 'id: started')}  start: { kind: custom, codes: uploaded }
challenges:
  first: { goal: { orders: { atLeast: 1 times } }, window: { calendar: year }, give: { reward: start }, budget: { most: 3 times, edge: refuse } }
`
  clock.now = Date.parse('2026-03-15T12:00:00Z')
  await server.publish(started, 'started')
  const headers = { authorization: `Bearer ${await server.keyFor('started')}` }
  const second = createRecorder(context)
  const elsewhere = async (member: string) => {
    const parsed = parseEvent(orderPaid(`b-${member}`, member, 1000))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    const answer = await second.record({ program: 'started', member, event: parsed.event })
    return answer.status === 'recorded' ? JSON.parse(answer.text) : answer
  }
  const here = async (member: string, at?: object) =>
    (await call('POST', '/v1/events', orderPaid(`b-${member}`, member, 1000, at), headers)).body.decision
  const all = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, i) => `b-${from + i}`).map((member, i) =>
        i % 2 === 0 ? here(member) : elsewhere(member),
      ),
    )
  const typesOf = (answers: readonly { remarks?: { type: string }[] }[]) =>
    answers.map(({ remarks = [] }) => remarks.map(({ type }) => type).filter((type) => type !== 'challenge-reached'))
  const before = { occurredAt: '2026-03-13T10:00:00Z' }
  expect(typesOf(await all(0, 8))).toEqual(Array(8).fill(['sold-out']))
  // A late one asks for the same two rooms.
  const noPoints = {
    type: 'activity.review',
    source: 'web',
    id: 'r',
    member: 'late-1',
    occurredAt: '2026-03-14T10:00:00Z',
    facts: { words: 5 },
  }
  for (const member of ['late-1', 'late-2'])
    await call('POST', '/v1/events', { ...noPoints, id: `r-${member}`, member }, headers)
  const isLate = await here('late-1', before)
  expect([isLate.late, typesOf([isLate])]).toEqual([true, [['sold-out']]])
  expect(await usedOf('budget:challenge:first/ever')).toBe(0)
  await call('POST', '/v1/rewards/start/codes', { codes: Array.from({ length: 5 }, (_, i) => `START-${i}`) }, headers)
  expect(await here('late-2', before)).toMatchObject({ late: true, vouchers: [{ reward: 'start' }] })
  const given = typesOf(await all(8, 18))
  expect(given.filter(([first]) => first === undefined)).toHaveLength(2)
  expect(given.filter(([first]) => first === 'capped')).toHaveLength(8)
  await second.close()
  expect([await usedOf('budget:challenge:first/ever'), await usedOf('codes/start')]).toEqual([3, 3])
  expect(await decideAgain(context, 'started')).toMatchObject({ clean: true, differences: [] })
})

test('STAMP-1 EARN-5 a full card whose reward is sold out keeps its stamps and gives it once there is one again', async () => {
  const bakery = `${clubDocument
    .replace('id: club', 'id: bakery')
    .replace('assets:', 'assets:\n  stamps: { kind: stamps, expires: never }')
    .replace(
      'earn:',
      'earn:\n  - { id: stamp, on: order.paid, give: 1 stamps, per: 10.00 GBP }',
    )}  loaf: { kind: product, sku: LOAF, stock: 1 items }
cards:
  five: { of: stamps, full: 5 stamps, give: { reward: loaf } }
`
  clock.now = Date.parse('2026-03-14T12:00:00Z')
  await server.publish(bakery, 'bakery')
  const headers = { authorization: `Bearer ${await server.keyFor('bakery')}` }
  const post = async (event: object) => (await call('POST', '/v1/events', event, headers)).body.decision
  const waits = { type: 'card-waiting', card: 'five', because: 'sold-out' }
  const stampsOf = ({ balances }: { balances: { asset: string; active: number }[] }) =>
    balances.find(({ asset }) => asset === 'stamps')?.active
  // As two come at once, one of them gets the loaf.
  const two = await Promise.all(['s-1', 's-2'].map((member) => post(orderPaid(member, member, 5000))))
  const told = two.find(({ remarks = [] }) => remarks.length > 0)
  const [ada, ben] = told === two[1] ? ['s-1', 's-2'] : ['s-2', 's-1']
  expect([told.remarks, told.vouchers, stampsOf(told)]).toEqual([[waits], undefined, 5])
  expect((await post(orderPaid('s-3', ben, 100))).vouchers).toBeUndefined()
  // What a late fact makes full finds nothing either, and takes nothing.
  const late = await post({ ...orderPaid('s-4', ben, 5000), occurredAt: '2026-03-13T10:00:00Z' })
  expect(late).toMatchObject({ late: true, remarks: [waits] })
  expect(stampsOf(late)).toBe(10)
  const back = { type: 'refund.made', source: 'web', id: 'bread', member: ada, occurredAt: '2026-03-14T11:00:00Z' }
  await post({ ...back, order: `order-${ada}`, amount: 5000 })
  clock.now = Date.parse('2026-03-15T12:00:00Z')
  const next = await post({ ...orderPaid('s-5', ben, 100), occurredAt: '2026-03-15T11:00:00Z' })
  expect([next.vouchers, stampsOf(next)]).toMatchObject([[{ reward: 'loaf', status: 'open' }], 5])
  // A late fact after that finds the same: nothing that was told is told otherwise.
  await post({ ...orderPaid('s-6', ben, 100), occurredAt: '2026-03-14T09:00:00Z' })
  const { vouchers } = (await call('GET', `/v1/members/${ben}/vouchers`, undefined, headers)).body
  expect(vouchers).toMatchObject([{ reward: 'loaf', status: 'open' }])
  expect(await decideAgain(context, 'bakery')).toMatchObject({ clean: true, differences: [] })
})

test('LED-6 the books and the decisions verify', async () => {
  await expectSoundClub(server)
})

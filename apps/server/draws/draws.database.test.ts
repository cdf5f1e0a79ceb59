import { drawDisagreements, drawRecordOf, seedHashOf } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { closeDraws } from './close-draws.ts'

const server = await openTestServer()
const { call, context, clock } = server

const raffleDocument = `${clubDocument.replace(
  'assets:',
  `assets:
  tickets: { kind: tickets, expires: never }`,
)}  weekend-trip: { kind: custom }
draws:
  spring-trip: { of: tickets, window: { from: 2026-03-01, through: 2026-03-20 }, winners: 2 winners, give: [{ reward: weekend-trip }, 7 points] }
`.replace(
  'earn:',
  `earn:
  - { id: ticket, on: order.paid, give: 1 tickets, per: 10.00 GBP }`,
)

test('before it is promised there is no draw', async () => {
  await server.publish(raffleDocument)
  expect(await call('GET', '/v1/draws/spring-trip')).toMatchObject({ status: 404, body: { code: 'unknown-draw' } })
})

test('GAME-2 the hash of the seed is published before, seed and entries after, and everybody can draw again', async () => {
  await closeDraws(context)
  const promised = (await call('GET', '/v1/draws/spring-trip')).body
  expect(promised).toMatchObject({ asset: 'tickets', winners: 2, closedAt: null, closes: '2026-03-21T00:00:00.000' })
  for (const [member, total] of Object.entries({ anna: 5000, bert: 2000, cleo: 9000, dirk: 500 })) {
    await call('POST', '/v1/events', orderPaid(`order-of-${member}`, member, total))
  }
  expect((await call('GET', '/v1/draws/spring-trip/record')).body).toMatchObject({ code: 'draw-not-over' })
  expect((await call('GET', '/v1/members/anna/draws/spring-trip')).body).toMatchObject({ tickets: null, place: null })

  clock.now = Date.parse('2026-03-21T00:01:00Z')
  // A ticket from after the closing moment is no entry.
  const late = { occurredAt: '2026-03-21T00:00:30Z' }
  await call('POST', '/v1/events', orderPaid('too-late', 'dirk', 90_000, late))
  await Promise.all([closeDraws(context), closeDraws(context)])
  const { body } = await call('GET', '/v1/draws/spring-trip/record')
  const record = drawRecordOf(body)
  if (typeof record === 'string') throw new Error(record)
  expect(drawDisagreements(record)).toEqual([])
  expect(seedHashOf(record.seed)).toBe(promised.seedHash)
  expect(record.entries.map(({ tickets }) => tickets).sort((a, b) => a - b)).toEqual([2, 5, 9])
  expect(record.drawn).toHaveLength(2)
  expect(JSON.stringify(record)).not.toMatch(/anna|bert|cleo|dirk/)

  const places = await Promise.all(
    ['anna', 'bert', 'cleo', 'dirk'].map(async (member) => {
      const { tickets, place } = (await call('GET', `/v1/members/${member}/draws/spring-trip`)).body
      const { balances } = (await call('GET', `/v1/members/${member}`)).body
      const points = balances.find((each: { asset: string }) => each.asset === 'points')?.active
      return { member, tickets, place, points }
    }),
  )
  expect(places.map(({ tickets }) => tickets)).toEqual([5, 2, 9, 0])
  expect(
    places
      .map(({ place }) => place)
      .filter((place) => place !== null)
      .sort(),
  ).toEqual([1, 2])
  const earned = { anna: 50, bert: 20, cleo: 90, dirk: 905 }
  for (const { member, place, points } of places) {
    const own = earned[member as keyof typeof earned]
    expect([member, points]).toEqual([member, place === null ? own : own + 7])
  }
})

test('GAME-2 asking again draws nothing anew and gives nothing twice', async () => {
  const before = (await call('GET', '/v1/draws/spring-trip/record')).body
  const decisions = async () =>
    (await context.database.migrator.query('SELECT count(*)::int AS n FROM decision')).rows[0].n
  const stood = await decisions()
  await closeDraws(context)
  // As after a crash between the last award and writing it down.
  await context.database.migrator.query('UPDATE draw_run SET settled_at = NULL')
  await closeDraws(context)
  expect((await call('GET', '/v1/draws/spring-trip/record')).body).toEqual(before)
  expect(await decisions()).toBe(stood)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('GAME-2 a version that opens it again after that has another draw, with a seed of its own; more time alone has not', async () => {
  const first = (await call('GET', '/v1/draws/spring-trip')).body
  const longer = raffleDocument.replace('through: 2026-03-20', 'through: 2026-06-30')
  await server.publish(longer)
  await closeDraws(context)
  expect((await call('GET', '/v1/draws/spring-trip')).body).toEqual(first)

  const again = longer
    .replace('from: 2026-03-01', 'from: 2026-03-22')
    .replace('through: 2026-06-30', 'through: 2026-03-31')
  await server.publish(again.replace('7 points]', '9 points]').replace('2 winners', '1 winners'))
  // The firm's own people take no part.
  for (const member of ['anna', 'bert', 'dirk']) {
    const marked = { type: 'member.changed', source: 'shop', id: `firm-${member}`, member, mark: 'staff' }
    await call('POST', '/v1/events', { ...marked, occurredAt: '2026-03-21T00:00:50Z' })
  }
  await closeDraws(context)
  const second = (await call('GET', '/v1/draws/spring-trip')).body
  expect(second).toMatchObject({ round: 2, opens: '2026-03-22T00:00:00.000', closedAt: null })
  expect(second.seedHash).not.toBe(first.seedHash)
  expect((await call('GET', '/v1/draws/spring-trip?round=1')).body).toEqual(first)
  expect((await call('GET', '/v1/draws/spring-trip?round=3')).body).toMatchObject({ code: 'unknown-draw' })
  const before = (await call('GET', '/v1/draws/spring-trip/record')).body

  const points = async () =>
    (await call('GET', '/v1/members/cleo')).body.balances.find(({ asset }: { asset: string }) => asset === 'points')
      .active
  const had = await points()
  clock.now = Date.parse('2026-04-01T00:01:00Z')
  await Promise.all([closeDraws(context), closeDraws(context)])
  await closeDraws(context)
  const { body } = await call('GET', '/v1/draws/spring-trip/record')
  expect(body.seedHash).toBe(second.seedHash)
  expect(body.entries.map(({ tickets }: { tickets: number }) => tickets)).toEqual([9])
  expect((await call('GET', '/v1/members/cleo/draws/spring-trip')).body).toMatchObject({ round: 2, place: 1 })
  expect(await points()).toBe(had + 9)
  const won = (await call('GET', '/v1/members/cleo/vouchers')).body.vouchers
  expect(won.map(({ reward }: { reward: string }) => reward)).toContain('weekend-trip')
  expect((await call('GET', '/v1/draws/spring-trip/record?round=1')).body).toEqual(before)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('GAME-2 one that is called off is told as it was promised, and nobody draws', async () => {
  const held = raffleDocument.replace('id: club', 'id: dropped').replace('through: 2026-03-20', 'through: 2026-04-20')
  const without = held.slice(0, held.indexOf('draws:')).replace('inForce: { from: always }', '')
  await server.publish(held, 'dropped')
  const authorization = `Bearer ${await server.keyFor('dropped')}`
  const read = async (path: string) => (await call('GET', path, undefined, { authorization })).body
  await closeDraws(context)
  const promised = await read('/v1/draws/spring-trip')
  expect(promised).toMatchObject({ closedAt: null, calledOff: false })
  clock.now += 60_000
  const refused = await call('POST', '/v1/programs', without, { authorization, 'content-type': 'text/yaml' })
  expect(refused).toMatchObject({ status: 422, body: { code: 'program-not-accepted' } })
  await server.publish(`${without}transitions: { draws: { spring-trip: called-off } }\n`, 'dropped')
  clock.now = Date.parse('2026-04-21T00:01:00Z')
  await closeDraws(context)
  expect(await read('/v1/draws/spring-trip')).toEqual({ ...promised, calledOff: true })
  expect(await read('/v1/draws/spring-trip/record')).toMatchObject({ code: 'draw-not-over' })
  expect(await read('/v1/draws/autumn-trip')).toMatchObject({ code: 'unknown-draw' })
})

test('GAME-2 TIME-1 where the clock is set back a draw closes at the first instant that shows its moment', async () => {
  const night = raffleDocument
    .replace('id: club', 'id: night')
    .replace('{ from: 2026-03-01, through: 2026-03-20 }', '{ from: 2026-10-01, through: 2026-10-25T01:30 }')
  clock.now = Date.parse('2026-10-24T12:00:00Z')
  await server.publish(night, 'night')
  const authorization = `Bearer ${await server.keyFor('night')}`
  const send = async (event: object) =>
    expect((await call('POST', '/v1/events', event, { authorization })).status).toBe(200)
  const buys = (member: string, total: number, occurredAt: string) =>
    send(orderPaid(`night-${member}`, member, total, { occurredAt }))
  const isOver = async () =>
    (await call('GET', '/v1/draws/spring-trip', undefined, { authorization })).body.closedAt !== null

  clock.now = Date.parse('2026-10-25T00:29:59Z')
  await closeDraws(context)
  expect(await isOver()).toBe(false)
  // London shows 01:00 to 02:00 twice, and this is 01:25 for the second time.
  clock.now = Date.parse('2026-10-25T01:25:00Z')
  await buys('anna', 5000, '2026-10-25T00:20:00Z')
  await buys('bert', 2000, '2026-10-25T01:20:00Z')
  await buys('cleo', 9000, '2026-10-25T00:10:00Z')
  const back = { type: 'refund.made', source: 'shop', id: 'night-back', member: 'cleo', order: 'order-night-cleo' }
  await send({ ...back, source: 'web', amount: 9000, by: 'shop', occurredAt: '2026-10-25T01:10:00Z' })
  await buys('dirk', 700, '2026-10-25T00:40:00Z')
  await closeDraws(context)
  expect(await isOver()).toBe(true)
  const { body } = await call('GET', '/v1/draws/spring-trip/record', undefined, { authorization })
  expect(body.entries.map(({ tickets }: { tickets: number }) => tickets).sort()).toEqual([5, 9])
})

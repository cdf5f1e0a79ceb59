import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const { call, publish } = await openTestServer()
await publish()

const lively = `${clubDocument
  .replace('pending: none', 'pending: none\n    gifting: { most: 5000 points, each: calendar-month, least: 10 points }')
  .replace('reach: 100 points', 'reach: 100000 points')
  .replace('assets:', 'assets:\n  tickets: { kind: tickets, expires: never }')
  .replace('earn:', 'earn:\n  - { id: ticket, on: order.paid, give: 1 tickets, per: 10.00 GBP }')
  .replace('tiers:', '  - { id: treat, on: member.birthday, give: 30 points }\n\ntiers:')
  .trimEnd()}
  evening:
    kind: experience
    price: 10 points
    sessions: [{ id: june, starts: 2026-06-22T16:00, seats: 1 seats }]
    cancel: { before: P2D }
    waiting: { accept: PT12H }
draws:
  trip: { of: tickets, window: { from: 2026-03-01, through: 2026-04-30 }, winners: 1 winners, give: [7 points] }
leaderboards:
  sprint:
    measure: { earned: points }
    window: { from: 2026-04-01, through: 2026-04-30 }
    top: 10 members
    ranks: [{ rank: 1, give: 500 points }]
`
await call('POST', '/v1/sandboxes', { id: 'lively', document: lively, startsAt: '2026-03-14T12:00:00Z' })
const { key } = (await call('POST', '/v1/sandboxes/lively/key')).body
let sent = 0
const there: typeof call = (method, url, body) =>
  call(method, url, body, { authorization: `Bearer ${key}`, 'idempotency-key': `sent-${++sent}` })
const advanceTo = async (to: string) => {
  expect((await there('POST', '/v1/sandbox/advances', { to })).body).toMatchObject({ status: 'done', clock: to })
}
/** What moved for a member, with the hour of the program's clock at which it counts. */
const movesOf = async (member: string): Promise<string[]> => {
  const { lines } = (await there('GET', `/v1/members/${member}/statement?limit=100`)).body
  return lines
    .map(
      ({ rule, from, to, amount, effective }: Record<string, string>) =>
        `${effective?.slice(0, 16)} ${rule} ${from} ${to} ${amount}`,
    )
    .toReversed()
}

test('SBX-3 at each stop everything is done that jobs do for other programs, on its own day', async () => {
  await there('POST', '/v1/members', { id: 'ann', profile: { name: 'Ann', birthday: '05-09' } })
  await there('POST', '/v1/members', { id: 'bob', profile: { name: 'Bob' } })
  await there('POST', '/v1/events', orderPaid('one', 'bob', 3_000))
  await advanceTo('2026-04-10T09:00:00.000Z')
  await there('POST', '/v1/events', orderPaid('two', 'ann', 2_000, { occurredAt: '2026-04-10T09:00:00Z' }))
  expect((await there('POST', '/v1/members/bob/gifts', { to: 'ann', asset: 'points', amount: 10 })).body).toMatchObject(
    {
      granted: true,
    },
  )
  await advanceTo('2026-05-20T00:00:00.000Z')

  // The draw closed and the board ended as May began, by the clock of London.
  expect((await there('GET', '/v1/draws/trip')).body).toMatchObject({ closedAt: '2026-04-30T23:00:00.000Z' })
  const { winners } = JSON.parse(JSON.stringify((await there('GET', '/v1/draws/trip/record')).body))
  expect(winners).toBe(1)
  const moves = await movesOf('ann')
  expect(moves.filter((move) => / 500$/.test(move))).toEqual([expect.stringMatching(/^2026-05-01T00:00 /)])
  expect(moves.filter((move) => / treat .* 30$/.test(move))).toEqual([expect.stringMatching(/^2026-05-09T00:00 /)])
  // The gift arrived on its day, and keeps the end of its lot: Bob's, a month before Ann's own.
  expect(moves.filter((move) => / transit active 10$/.test(move))).toEqual([
    expect.stringMatching(/^2026-04-10T10:00 /),
  ])
  const won = [...moves, ...(await movesOf('bob'))].filter((move) => / 7$/.test(move))
  expect(won).toEqual([expect.stringMatching(/^2026-05-01T00:00 /)])
  expect((await there('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('SBX-3 a seat that nobody takes goes on in line after the hours of each, within one advance', async () => {
  for (const member of ['cat', 'dan', 'eve']) {
    await there(
      'POST',
      '/v1/events',
      orderPaid(`seat-${member}`, member, 5_000, { occurredAt: '2026-05-20T00:00:00Z' }),
    )
    await there('POST', '/v1/redemptions', {
      ...{ id: `red-${member}`, member, reward: 'evening', session: 'june', confirm: true, wait: true },
    })
  }
  const seats = async (member: string) => (await there('GET', `/v1/members/${member}`)).body.seats
  expect(await seats('cat')).toMatchObject({ booked: [{ session: 'june' }] })
  expect(await seats('eve')).toMatchObject({ waiting: [{ session: 'june' }] })
  const back = await there('POST', '/v1/members/cat/vouchers/red-cat/return')
  expect(back.body).toMatchObject({ granted: true })
  await advanceTo('2026-05-20T01:00:00.000Z')
  expect(await seats('dan')).toMatchObject({ kept: [{ session: 'june' }] })
  await advanceTo('2026-05-20T13:00:00.000Z')
  expect(await seats('dan')).toMatchObject({ kept: [], booked: [] })
  expect(await seats('eve')).toMatchObject({ kept: [{ session: 'june' }] })
})

test('SBX-3 TRN-6 an evening that a version calls off is given back when that version begins, within one advance', async () => {
  const off = lively
    .replace(
      '{ id: june, starts: 2026-06-22T16:00, seats: 1 seats }',
      '{ id: july, starts: 2026-07-22T16:00, seats: 1 seats }',
    )
    .replace('id: club', 'id: lively')
    .replace('inForce: { from: always }', 'inForce: { from: 2026-05-25 }')
  const booked = { id: 'red-late', member: 'ann', reward: 'evening', session: 'june', confirm: true }
  // Eve's seat is free again once her hours are over.
  await advanceTo('2026-05-21T02:00:00.000Z')
  expect((await there('POST', '/v1/redemptions', booked)).body).toMatchObject({ granted: true })
  const published = await call(
    'POST',
    '/v1/programs',
    `${off}transitions: { sessions: { evening/june: called-off } }\n`,
    {
      ...{ authorization: `Bearer ${key}`, 'content-type': 'text/yaml' },
    },
  )
  expect(published).toMatchObject({ status: 200, body: { version: 2 } })
  const booking = async () => (await there('GET', '/v1/members/ann')).body.seats.booked
  expect(await booking()).toMatchObject([{ session: 'june' }])
  await advanceTo('2026-05-24T22:00:00.000Z')
  expect(await booking()).toMatchObject([{ session: 'june' }])
  await advanceTo('2026-05-26T00:00:00.000Z')
  expect(await booking()).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { createRecorder } from '../decisions/recorder.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { decideAgain } from '../statements/verify-decisions.ts'
import { offerSeats } from './offer-seats.ts'

const server = await openTestServer()
const { call, context, clock, activeOf } = server
const sessions = (list: string) => `${clubDocument.replace('reach: 100 points', 'reach: 100000 points').trimEnd()}
  evening:
    kind: experience
    price: 10 points
    sessions: [${list}]
    cancel: { before: P2D }
    waiting: { accept: PT12H }
`
const june = '{ id: june, starts: 2026-06-22T16:00, seats: 1 seats }'
const july = '{ id: july, starts: 2026-07-22T16:00, seats: 1 seats }'
const august = '{ id: august, starts: 2026-08-22T16:00, seats: 1 seats }'
await server.publish(sessions([june, july, august].join(', ')))
const publish = (list: string, answers = '') =>
  call('POST', '/v1/programs', `${sessions(list)}${answers}`, { 'content-type': 'text/yaml' })
const later = () => (clock.now += 60_000)

const members = ['ada', 'ben', 'cem', 'dan']
for (const member of members) await call('POST', '/v1/events', orderPaid(`of-${member}`, member, 5000))
const ask = (member: string, session: string, id = `${member}-${session}`) =>
  call('POST', '/v1/redemptions', { id, member, reward: 'evening', session, confirm: true, wait: true })
const seatsOf = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.seats
const noticesOf = async (member: string) => (await call('GET', `/v1/members/${member}/notices`)).body.notices
const returned = (member: string, redemption: string) =>
  call('POST', `/v1/members/${member}/vouchers/${redemption}/return`, undefined, {
    'idempotency-key': `b-${redemption}`,
  })
const losses = (answer: Awaited<ReturnType<typeof publish>>) =>
  answer.body.findings
    .filter(({ severity }: { severity: string }) => severity === 'error')
    .map(({ code, path, concerns }: { code: string; path: string; concerns: unknown }) => [code, path, concerns])

for (const session of ['june', 'july', 'august']) await ask('ada', session)
for (const session of ['june', 'july']) {
  for (const member of ['ben', 'cem']) await ask(member, session)
}
later()

describe('TRN-6 an evening that is given up, moved or made smaller', () => {
  test('is not published without saying what becomes of its seats, and says how many are booked', async () => {
    const one = { members: 1, amount: 1, isAtLeast: false }
    const moved = june.replace('06-22', '09-22')
    const refused = await publish([moved, august].join(', '))
    expect(refused.status).toBe(422)
    expect(losses(refused)).toEqual([
      ['transition-missing', 'rewards.evening.sessions.june', one],
      ['transition-missing', 'rewards.evening.sessions.july', one],
    ])
    expect(refused.body.findings[0].instead).toBe(
      'Add `transitions: { sessions: { evening/june: keep } }`, or `called-off` in place of `keep`',
    )
  })

  test('gives seats back with their price and closes the line, both told, also where two servers see to it at once', async () => {
    // A seat in July is kept for whoever moved up.
    await returned('ada', 'ada-july')
    expect(await offerSeats(context)).toBe(1)
    expect(await seatsOf('ben')).toMatchObject({ kept: [{ session: 'july' }], waiting: [{ session: 'june' }] })
    const off = 'transitions: { sessions: { evening/june: called-off, evening/july: keep } }\n'
    later()
    expect(await publish(august, off)).toMatchObject({ status: 200 })
    later()
    const second = createRecorder(context)
    await Promise.all([offerSeats(context), offerSeats({ ...context, recorder: second })])
    await second.close()
    expect(await activeOf('ada')).toBe(40)
    expect((await seatsOf('ada')).booked).toMatchObject([{ session: 'august' }])
    expect(await noticesOf('ada')).toMatchObject([
      { kind: 'session-called-off', session: 'june', back: { asset: 'points', amount: 10 } },
    ])
    // July is given up as well: nobody can have a seat there that is not booked.
    expect(await seatsOf('ben')).toEqual({ booked: [], kept: [], waiting: [] })
    expect(await seatsOf('cem')).toEqual({ booked: [], kept: [], waiting: [] })
    expect((await noticesOf('ben')).map(({ kind, session }: Record<string, string>) => [kind, session])).toEqual([
      ['session-called-off', 'july'],
      ['session-called-off', 'june'],
    ])
    const { rows } = await context.database.application.query(
      `SELECT room, used FROM room WHERE room LIKE 'seats/%' ORDER BY room`,
    )
    expect(rows.map(({ room, used }) => [room, Number(used)])).toEqual([
      ['seats/evening/august', 1],
      ['seats/evening/july', 0],
      ['seats/evening/june', 0],
    ])
    expect(await offerSeats(context)).toBe(0)
  })

  test('ends a line that is left behind, whatever the clock said when somebody asked', async () => {
    const { application } = context.database
    await application.query(
      `INSERT INTO seat_wait (bucket, program, room, redemption, member, reward, session, asked_at)
       VALUES (0, 'club', 'seats/evening/june', 'ahead', 'dan', 'evening', 'june', $1)`,
      [new Date(clock.now + 86_400_000).toISOString()],
    )
    expect(await offerSeats(context)).toBe(0)
    expect([(await seatsOf('dan')).waiting, (await noticesOf('dan'))[0]]).toMatchObject([
      [],
      { session: 'june', back: null },
    ])
  })

  test('keeps its line where it is moved and kept, and begins anew where it is called off by being moved', async () => {
    await ask('ben', 'august')
    const september = august.replace('08-22', '09-22')
    later()
    expect(await publish(september, 'transitions: { sessions: { evening/august: keep } }\n')).toMatchObject({
      status: 200,
    })
    later()
    await offerSeats(context)
    expect((await seatsOf('ben')).waiting).toMatchObject([{ session: 'august', place: 1 }])
    expect((await noticesOf('ada')).map(({ kind }: { kind: string }) => kind)).toContain('session-moved')
    // The day before the old date is too late no more.
    clock.now = Date.parse('2026-08-21T16:00:00Z')
    const october = august.replace('08-22', '10-22')
    expect(await publish(october, 'transitions: { sessions: { evening/august: called-off } }\n')).toMatchObject({
      status: 200,
    })
    later()
    expect((await ask('cem', 'august')).body).toMatchObject({ granted: false, waiting: 1 })
    await offerSeats(context)
    expect([(await seatsOf('ada')).booked, (await seatsOf('ben')).waiting]).toEqual([[], []])
    // Who asked for the new date waits on, and the seat is kept for whoever is next.
    expect((await seatsOf('cem')).kept).toMatchObject([{ session: 'august' }])
    expect((await ask('cem', 'august', 'cem-takes')).body).toMatchObject({ granted: true })
    expect(await activeOf('ada')).toBe(50)
  })
})

test('TRN-6 staff gives the price of a booked seat back, and the answer says how much', async () => {
  clock.now = Date.parse('2026-10-22T10:00:00Z')
  expect((await returned('cem', 'cem-takes')).body).toMatchObject({ refusal: { code: 'too-late-to-cancel' } })
  const revoked = await call(
    'POST',
    '/v1/members/cem/vouchers/cem-takes/revoke',
    { reason: 'ill', priceBack: true },
    { 'idempotency-key': 'ill' },
  )
  expect(revoked.body).toMatchObject({ granted: true, amount: 10 })
  expect(await activeOf('cem')).toBe(50)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  expect(await decideAgain(context, 'club')).toMatchObject({ clean: true })
})

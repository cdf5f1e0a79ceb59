import { expect, test } from 'vitest'
import { createRecorder, type Recorder } from '../decisions/recorder.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { judgeLine, offerSeats } from './offer-seats.ts'

const server = await openTestServer()
const { call, context, clock, activeOf } = server
await server.publish(`${clubDocument.replace('reach: 100 points', 'reach: 100000 points').trimEnd()}
  evening:
    kind: experience
    price: 10 points
    sessions:
      - { id: may, starts: 2026-05-22T16:00, seats: 10 seats }
      - { id: june, starts: 2026-06-22T16:00, seats: 1 seats }
      - { id: august, starts: 2026-08-22T16:00, seats: 1 seats }
      - { id: july, starts: 2026-07-22T16:00, seats: 1 seats }
      - { id: autumn, starts: 2026-10-22T16:00, seats: 1 seats }
      - { id: winter, starts: 2026-12-22T16:00, seats: 1 seats }
      - { id: spring, starts: 2026-12-23T16:00, seats: 1 seats }
      - { id: dawn, starts: 2026-05-30T06:00, seats: 1 seats }
      - { id: dusk, starts: 2026-06-01T18:00, seats: 1 seats }
      - { id: dusk-abroad, starts: 2026-06-01T18:00, place: fifth-avenue, seats: 1 seats }
    cancel: { before: P2D }
    waiting: { accept: PT12H }
places:
  fifth-avenue: { zone: America/New_York }
`)
const members = Array.from({ length: 50 }, (_, i) => `s-${String(i).padStart(2, '0')}`)
await Promise.all(members.map((member) => call('POST', '/v1/events', orderPaid(`seat-${member}`, member, 5000))))

let asked = 0
const book = (member: string, session = 'may') =>
  call('POST', '/v1/redemptions', { id: `b-${++asked}`, member, reward: 'evening', session, confirm: true, wait: true })
const giveBack = (member: string, redemption: string) =>
  call('POST', `/v1/members/${member}/vouchers/${redemption}/return`, undefined, {
    'idempotency-key': `back-${redemption}`,
  })

test('vector 20: of fifty parallel claims on ten seats ten are booked and forty wait in order; a cancellation moves the first one up', async () => {
  const answers = (await Promise.all(members.map((member) => book(member)))).map(({ body }) => body)
  const booked = answers.filter(({ granted }) => granted)
  // Asked again, each answers its place as the line stands now.
  const refused = answers.filter(({ granted }) => !granted)
  const again = ({ id, member }: { id: string; member: string }) =>
    call('POST', '/v1/redemptions', { id, member, reward: 'evening', session: 'may', confirm: true, wait: true })
  const waiting = (await Promise.all(refused.map(again))).map(({ body }) => body)
  expect([booked.length, waiting.length]).toEqual([10, 40])
  expect(waiting.map(({ waiting: place }) => place).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, i) => i + 1),
  )
  // Waiting holds no points.
  const first = waiting.find(({ waiting: place }) => place === 1)
  const second = waiting.find(({ waiting: place }) => place === 2)
  expect(await activeOf(first.member)).toBe(50)
  expect(await offerSeats(context)).toBe(0)

  expect((await giveBack(booked[0].member, booked[0].id)).body).toMatchObject({ granted: true })
  expect(await offerSeats(context)).toBe(1)
  // The seat is kept: whoever is not first gets none, and the first one takes and pays it.
  expect((await book(second.member)).body).toMatchObject({
    granted: false,
    refusal: { code: 'already-waiting' },
    waiting: 1,
  })
  expect((await book(first.member)).body).toMatchObject({ granted: true })
  expect(await activeOf(first.member)).toBe(40)

  // Who does not accept in time lets the next one move up.
  await giveBack(booked[1].member, booked[1].id)
  expect(await offerSeats(context)).toBe(1)
  // As its decision says: of what happens to a member in one millisecond each may be stamped one later than what was before it.
  const { keptUntil } = (await call('GET', `/v1/redemptions/${second.id}`)).body
  clock.now = Date.parse(keptUntil) - 1
  expect(await offerSeats(context)).toBe(0)
  clock.now += 1
  await context.recorder.passTime([{ program: 'club', member: second.member }])
  expect(await offerSeats(context)).toBe(1)
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  // Who comes too late for a seat is told so, and where to wait; who never was offered one, that there is none.
  const claim = (member: string) =>
    call('POST', '/v1/redemptions', { id: `late-${member}`, member, reward: 'evening', session: 'may', confirm: true })
  const late = (await claim(second.member)).body
  expect(late).toMatchObject({ granted: false, refusal: { code: 'expired' }, waiting: null })
  expect(late.remedy).toContain('"wait"')
  expect((await call('GET', `/v1/redemptions/late-${second.member}`)).body).toMatchObject({
    status: 'refused',
    refusal: { code: 'expired' },
  })
  const last = waiting.find(({ waiting: place }) => place === 40)
  expect((await claim(last.member)).body).toMatchObject({ refusal: { code: 'sold-out' } })
  expect((await book(second.member)).body).toMatchObject({ refusal: { code: 'sold-out' }, waiting: expect.any(Number) })
  // A seat that is booked is no reservation any more, and the answer says what gives it back.
  const { member, id } = booked[2]
  const cancelled = (await call('POST', `/v1/redemptions/${id}/cancel`)).body
  expect(cancelled).toMatchObject({ granted: false, refusal: { code: 'already-confirmed' } })
  expect(cancelled.remedy).toContain(`POST /v1/members/${member}/vouchers/${id}/return`)
  expect((await giveBack(member, id)).body).toMatchObject({ granted: true })
  await offerSeats(context)
})

test('RED-3 two servers that look at one line at once keep one seat for one member', async () => {
  const [holder, ...others] = members.slice(0, 4)
  const taken = (await book(holder ?? '', 'june')).body
  for (const member of others) expect((await book(member, 'june')).body).toMatchObject({ granted: false })
  await giveBack(taken.member, taken.id)
  const second = createRecorder(context)
  const kept = await Promise.all([offerSeats(context), offerSeats({ ...context, recorder: second })])
  await second.close()
  expect(kept[0] + kept[1]).toBe(1)
  const { rows } = await context.database.application.query(`SELECT used FROM room WHERE room = 'seats/evening/june'`)
  expect(Number(rows[0].used)).toBe(1)
})

test('RED-3 a session that has no line refuses, and says so', async () => {
  const body = { id: 'no-wait', member: 's-20', reward: 'evening', session: 'june', confirm: true }
  expect((await call('POST', '/v1/redemptions', body)).body).toMatchObject({
    ...{ granted: false, refusal: { code: 'sold-out' }, waiting: null },
  })
})

test('RED-3 a member sees what is booked, kept and waited for, is told of the seat that is kept, and can leave the line', async () => {
  for (const member of ['l-0', 'l-1', 'l-2', 'l-3']) {
    const late = { occurredAt: new Date(clock.now - 60_000).toISOString() }
    await call('POST', '/v1/events', orderPaid(`seat-${member}`, member, 5000, late))
  }
  await call('POST', '/v1/redemptions', {
    id: 'own',
    member: 'l-0',
    reward: 'evening',
    session: 'august',
    confirm: true,
  })
  for (const member of ['l-1', 'l-2', 'l-3'])
    await call('POST', '/v1/redemptions', {
      id: `q-${member}`,
      member,
      reward: 'evening',
      session: 'august',
      wait: true,
    })
  const seatsOf = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.seats
  const august = { reward: 'evening', session: 'august' }
  expect(await seatsOf('l-0')).toMatchObject({ booked: [{ redemption: 'own', ...august, confirmed: true }] })
  expect((await seatsOf('l-3')).waiting).toEqual([{ redemption: 'q-l-3', ...august, place: 3 }])
  expect((await call('GET', '/v1/redemptions/q-l-3')).body).toMatchObject({
    status: 'refused',
    waiting: 3,
    session: 'august',
  })

  // Left once or twice is the same, and whoever is behind moves up.
  for (const _ of [1, 2]) {
    expect((await call('POST', '/v1/redemptions/q-l-2/leave-line')).body).toMatchObject({
      waiting: null,
      keptUntil: null,
    })
  }
  expect([(await seatsOf('l-2')).waiting, (await seatsOf('l-3')).waiting[0].place]).toEqual([[], 2])

  await giveBack('l-0', 'own')
  await offerSeats(context)
  expect((await call('GET', '/v1/redemptions/q-l-1')).body).toMatchObject({
    waiting: null,
    keptUntil: expect.stringContaining('2026-03-15T12:00:00'),
  })
  const { kept, waiting } = await seatsOf('l-1')
  expect([kept, waiting]).toEqual([[{ ...august, until: expect.stringContaining('2026-') }], []])
  const { notices } = (await call('GET', '/v1/members/l-1/notices')).body
  expect(notices).toMatchObject([{ kind: 'seat-kept', ...august, until: kept[0].until }])
  // To another program's key there is no such line.
  await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  expect((await call('POST', '/v1/redemptions/q-l-3/leave-line', undefined, rival)).status).toBe(404)
  expect((await seatsOf('l-3')).waiting).toHaveLength(1)
})

test('RED-3 a member has one place in a line: who asks again is told where they stand, and under which redemption', async () => {
  const first = (await book('s-10', 'july')).body
  expect(first).toMatchObject({ granted: true, waiting: null, waitingAs: null })
  await book('s-11', 'july')
  const own = (await book('s-12', 'july')).body
  expect(own).toMatchObject({ refusal: { code: 'sold-out' }, waiting: 2, waitingAs: own.id })
  const again = await Promise.all(Array.from({ length: 5 }, () => book('s-12', 'july')))
  for (const { body } of again) {
    expect(body).toMatchObject({ refusal: { code: 'already-waiting' }, waiting: 2, waitingAs: own.id })
  }
  const { waiting } = (await call('GET', '/v1/members/s-12')).body.seats
  expect(waiting.filter(({ session }: { session: string }) => session === 'july')).toMatchObject([{ place: 2 }])
  // Once the one place is left, none of the others takes it, however often they are sent again.
  await call('POST', `/v1/redemptions/${own.id}/leave-line`)
  const late = { id: again[0]?.body.id, member: 's-12', reward: 'evening', session: 'july', confirm: true, wait: true }
  expect((await call('POST', '/v1/redemptions', late)).body).toMatchObject({
    waiting: null,
    refusal: { code: 'sold-out' },
  })
  expect((await book('s-12', 'july')).body).toMatchObject({ waiting: 2, refusal: { code: 'sold-out' } })
})

test('RED-3 a line is judged when somebody asks: what was kept in vain goes on, and nobody is faster than who waits', async () => {
  const holder = (await book('s-20', 'autumn')).body
  const [second, third] = [(await book('s-21', 'autumn')).body, (await book('s-22', 'autumn')).body]
  expect([second.waiting, third.waiting]).toEqual([1, 2])
  await giveBack('s-20', holder.id)
  // No job has looked: it is kept for the first all the same.
  expect((await book('s-23', 'autumn')).body).toMatchObject({ granted: false, waiting: 2 })
  const keptFor = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.seats.kept
  expect(await keptFor('s-21')).toMatchObject([{ session: 'autumn' }])
  // Ten days later nobody has looked either. The time of the next one counts from when they are told.
  clock.now += 10 * 86_400_000
  expect((await book('s-24', 'autumn')).body).toMatchObject({ granted: false, waiting: 2 })
  expect(await keptFor('s-21')).toEqual([])
  const [kept] = await keptFor('s-22')
  expect(Date.parse(`${kept.until}Z`)).toBe(clock.now + 12 * 3_600_000)
  expect((await book('s-22', 'autumn')).body).toMatchObject({ granted: true })
})

test('RED-3 a seat is kept until the instant that its decision says, though the clock goes on meanwhile', async () => {
  const holder = (await book('s-30', 'winter')).body
  const next = (await book('s-31', 'winter')).body
  // Whatever moves in the lines of other sessions has moved.
  await offerSeats(context)
  await giveBack('s-30', holder.id)
  let readings = 0
  const goingOn = { ...context, now: (program: string) => context.now(program) + 1_000 * ++readings }
  expect(await offerSeats(goingOn)).toBe(1)
  const { rows } = await context.database.application.query('SELECT kept_until FROM seat_wait WHERE redemption = $1', [
    next.id,
  ])
  const { keptUntil } = (await call('GET', `/v1/redemptions/${next.id}`)).body
  expect(new Date(rows[0].kept_until).toISOString()).toBe(keptUntil)
})

test('RED-3 a free seat is found behind more lines that cannot move than are looked at in one go', async () => {
  const taken = (await book('s-40', 'dawn')).body
  expect((await book('s-41', 'dawn')).body).toMatchObject({ granted: false, waiting: 1 })
  // Whatever moves in the lines of other sessions has moved.
  await offerSeats(context)
  await giveBack('s-40', taken.id)
  // Their rooms come before, and no version gives them a seat.
  await context.database.application.query(
    `INSERT INTO seat_wait (bucket, program, room, redemption, member, reward, session, asked_at)
     SELECT 0, 'club', 'seats/absent/' || n, 'absent-' || n, 's-40', 'evening', 'may', now() FROM generate_series(1, 1001) AS n`,
  )
  expect(await offerSeats(context)).toBe(1)
})

test('RED-3 for whom no seat can be kept by a fault of ours stays first, and a line waits for one alone no longer than a while', async () => {
  const placeOf = async (id: string) => (await call('GET', `/v1/redemptions/${id}`)).body.waiting
  const taken = (await book('s-32', 'spring')).body
  const [first, second] = [(await book('s-33', 'spring')).body, (await book('s-34', 'spring')).body]
  await giveBack('s-32', taken.id)
  const failed = { status: 'failed', code: 'took-too-long', reference: 'log' } as const
  const record: Recorder['record'] = (sent) =>
    sent.member === 's-33' ? Promise.resolve(failed) : context.recorder.record(sent)
  const failing = { ...context, recorder: { ...context.recorder, record } }
  expect(await offerSeats(failing)).toBe(0)
  expect([await placeOf(first.id), await placeOf(second.id)]).toEqual([1, 2])
  // Nobody has the seat before them by asking.
  await expect(judgeLine(failing, 'club', 'evening', 'spring')).rejects.toMatchObject({ code: 'took-too-long' })

  // The fault was of a moment: the seat is kept for the first.
  expect(await offerSeats(context)).toBe(1)
  expect((await call('GET', `/v1/redemptions/${first.id}`)).body.keptUntil).not.toBeNull()
  const booked = (await book('s-33', 'spring')).body
  expect(booked).toMatchObject({ granted: true })

  // The fault stays, and with theirs alone: the next in line has it.
  const again = (await book('s-33', 'spring')).body
  expect(again).toMatchObject({ granted: false })
  await call('POST', `/v1/redemptions/${second.id}/leave-line`)
  const behind = (await book('s-35', 'spring')).body
  await giveBack('s-33', booked.id)
  expect(await offerSeats(failing)).toBe(0)
  clock.now += 15 * 60_000 - 1
  expect([await offerSeats(failing), await placeOf(again.id), await placeOf(behind.id)]).toEqual([0, 1, 2])
  clock.now += 1
  expect([await offerSeats(failing), await placeOf(again.id)]).toEqual([1, null])
  expect((await call('GET', `/v1/redemptions/${behind.id}`)).body.keptUntil).not.toBeNull()
})

test('RED-3 a line is closed when its session begins by the clock of its place', async () => {
  const waitingOf = async (member: string) => (await call('GET', `/v1/members/${member}`)).body.seats.waiting
  const sessionsOf = { dusk: ['s-42', 's-43', 's-44'], 'dusk-abroad': ['s-45', 's-46'] }
  const waited = new Map<string, string>()
  for (const [session, [holder = '', ...others]] of Object.entries(sessionsOf)) {
    expect((await book(holder, session)).body).toMatchObject({ granted: true })
    for (const member of others) waited.set(member, (await book(member, session)).body.id)
  }
  clock.now = Date.parse('2026-06-01T16:59:59.999Z')
  await offerSeats(context)
  expect([await waitingOf('s-43'), await waitingOf('s-44'), await waitingOf('s-46')]).toMatchObject([
    [{ session: 'dusk', place: 1 }],
    [{ session: 'dusk', place: 2 }],
    [{ session: 'dusk-abroad', place: 1 }],
  ])
  clock.now += 1
  await offerSeats(context)
  expect([await waitingOf('s-43'), await waitingOf('s-44'), await waitingOf('s-46')]).toMatchObject([
    [],
    [],
    [{ session: 'dusk-abroad', place: 1 }],
  ])
  expect((await call('GET', `/v1/redemptions/${waited.get('s-43')}`)).body).toMatchObject({
    waiting: null,
    keptUntil: null,
  })
  clock.now = Date.parse('2026-06-01T22:00:00Z')
  await offerSeats(context)
  expect(await waitingOf('s-46')).toEqual([])
})

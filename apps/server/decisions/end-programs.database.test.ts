import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'
import { endPrograms } from './end-programs.ts'
import { letTimePass } from './let-time-pass.ts'

const server = await openTestServer()
const { call, context, clock } = server
const worth = clubDocument.replace('pending: none', 'pending: none\n    worth: { 100 points: 1.00 GBP }')
const ending = `${worth}charities:
  garden: { impact: { per: 1.00 GBP, brings: { en: a bulb } } }
closing: { notice: 2026-03-15, lastEarn: 2026-03-20, lastBurn: 2026-03-31, left: { charity: garden } }
`
await server.publish(worth)
const read = async (member: string) => (await call('GET', `/v1/members/${member}`)).body
const sendAt = (instant: string, event: object) => {
  clock.now = Date.parse(instant)
  return call('POST', '/v1/events', { ...event, occurredAt: instant })
}

test('END-4 a program that is ended by a later version ends for who never comes again as well', async () => {
  for (const member of ['ada', 'ben', 'cem'])
    await call('POST', '/v1/events', orderPaid(`of-${member}`, member, 10_000))
  await server.publish(ending)
  expect((await read('ada')).closing).toBeNull()

  clock.now = Date.parse('2026-03-15T00:00:00Z')
  const closing = {
    earnsUntil: '2026-03-21T00:00:00.000',
    burnsUntil: '2026-04-01T00:00:00.000',
    left: { charity: 'garden' },
  }
  expect(await read('ada')).toMatchObject({ closing: { ...closing, isOver: false }, bars: [] })
  expect((await call('GET', '/v1/members/ada/progress')).body).toMatchObject({ closing })
  expect((await call('GET', '/v1/members/ada/notices')).body.notices).toMatchObject([
    { kind: 'program-closes', earnsUntil: closing.earnsUntil },
  ])

  const late = await sendAt('2026-03-21T00:00:00Z', orderPaid('too-late', 'ben', 5_000))
  expect(late.body.decision.remarks).toEqual([{ type: 'not-earning', because: 'closed' }])
  expect((await read('ben')).bars).toMatchObject([{ deed: 'earn', because: 'closed' }])

  // Midnight in London, whose clocks went forward on the 29th.
  clock.now = Date.parse('2026-03-31T22:59:59.999Z')
  expect(await endPrograms(context)).toBe(0)
  const spent = { id: 'red-1', member: 'cem', reward: 'five-off', confirm: true }
  expect((await call('POST', '/v1/redemptions', spent)).body).toMatchObject({ granted: true })
  clock.now = Date.parse('2026-03-31T23:00:00Z')
  expect((await call('POST', '/v1/redemptions', { ...spent, id: 'red-2' })).body).toMatchObject({
    granted: false,
    refusal: { code: 'closed' },
  })
  // Ben and Cem were seen since the end was published; nobody has seen Ada, and her timers know nothing of it.
  await letTimePass(context)
  expect(await endPrograms(context)).toBe(1)
  expect(await endPrograms(context)).toBe(0)
  for (const member of ['ada', 'ben', 'cem']) {
    expect((await read(member)).balances).toMatchObject([{ asset: 'points', pending: 0, active: 0, held: 0, debt: 0 }])
  }
  const garden = { amounts: [{ asset: 'points', amount: 250 }], worth: 250, impact: { times: 2 } }
  expect((await call('GET', '/v1/charities/garden')).body).toMatchObject(garden)
})

test('END-4 a refund afterwards takes from where the points went, also one that comes late, and the books verify', async () => {
  const refund = { type: 'refund.made', source: 'web', member: 'ada', order: 'order-of-ada', amount: 4_000 }
  await sendAt('2026-04-02T10:00:00Z', { ...refund, id: 'back' })
  expect((await call('GET', '/v1/charities/garden')).body).toMatchObject({ amounts: [{ amount: 210 }] })
  // An order from before the last earn, reported after the end: earned, and gone with the rest at its due moment.
  clock.now = Date.parse('2026-04-03T10:00:00Z')
  const old = orderPaid('old', 'ada', 3_000, { occurredAt: '2026-03-20T12:00:00Z' })
  expect((await call('POST', '/v1/events', old)).body).toMatchObject({ status: 'recorded', decision: { late: true } })
  expect((await read('ada')).balances).toMatchObject([{ active: 0 }])
  expect((await call('GET', '/v1/charities/garden')).body).toMatchObject({ amounts: [{ amount: 240 }] })
  await expectSoundClub(server)
})

test('END-2 END-3 footing is told with a member, read with it, and mends what it bars', async () => {
  const asking = ending.replace(
    /closing:.*\n/,
    'terms: { current: 2026-04, neededFor: [redeem] }\nminimumAge: { least: 18 years, neededFor: [redeem] }\n',
  )
  await server.publish(asking)
  expect((await call('POST', '/v1/members', { id: 'dua', terms: '2026-04', ageAtLeast: 17 })).body).toMatchObject({
    terms: ['2026-04'],
    ageAtLeast: 17,
    mark: null,
    bars: [{ deed: 'redeem', because: 'too-young', remedy: expect.stringContaining('ageAtLeast: 18') }],
  })
  const told = { type: 'member.changed', source: 'shop', member: 'dua', ageAtLeast: 18, mark: 'staff' }
  expect((await sendAt('2026-04-03T11:00:00Z', { ...told, id: 'grown' })).body).toMatchObject({ status: 'recorded' })
  expect(await read('dua')).toMatchObject({ mark: 'staff', bars: [{ deed: 'earn', because: 'staff-or-test' }] })
  expect(await sendAt('2026-04-03T11:00:00Z', { ...told, id: 'grown', mark: 'test' })).toMatchObject({ status: 409 })
  const born = await sendAt('2026-04-03T11:00:00Z', { ...told, id: 'born', ageAtLeast: 1990 })
  expect(born.body).toMatchObject({ code: 'invalid-request', errors: [{ path: '/ageAtLeast' }] })
})

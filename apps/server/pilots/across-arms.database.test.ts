import { backtestReport } from '@laurel/contract'
import { expect, test } from 'vitest'
import { Backtester } from '../backtests/backtester.ts'
import { beginVersions } from '../decisions/begin-versions.ts'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { expectSoundClub } from '../statements/sound-club.fixture.ts'

// Members in and out of a pilot meet: they become one, give to each other, and are lived again.
const server = await openTestServer()
const { call, clock, context, activeOf } = server
const plain = clubDocument
  .replace('inForce: { from: always }', '')
  .replace('warn: [P30D]', 'warn: [P30D]\n    gifting: { least: 1 points, most: 1000 points, each: calendar-month }')
/** Of everything that members hold one more, and all of it easier. */
const richer = plain
  .replace('give: 1 points', 'give: 3 points')
  .replace(
    '{ id: gold, reach: 100 points }',
    '{ id: silver, reach: 20 points }\n      - { id: gold, reach: 60 points }',
  )
  .replace('rewards:\n', 'rewards:\n  tea: { kind: custom, price: 10 points }\n')
  .concat(`
cards:
  tea-card: { of: points, full: 500 points, give: { reward: tea }, repeat: yes }
challenges:
  regular:
    name: { en: A regular }
    goal: { orders: { atLeast: 3 times } }
    window: { calendar: month }
    give: 50 points
    repeat: each-window
memberships:
  plus: { name: { en: Plus }, fee: 10.00 GBP, every: P1Y, grace: P7D, cancel: period-end, entry: 40 points }
`)
const outbox = new Outbox(context)
const deliver = async () => {
  outbox.wake()
  await outbox.settled()
}
let serial = 0

async function sends(event: object) {
  clock.now += 1_000
  const { body } = await call('POST', '/v1/events', event)
  expect(body).toMatchObject({ status: 'recorded' })
  return body.decision
}
const buys = (member: string, total = 1_000, at = clock.now) =>
  sends(orderPaid(`a-${serial++}`, member, total, { occurredAt: new Date(at).toISOString() }))
const joinsPlus = (member: string) =>
  sends({
    ...{ type: 'membership.started', id: `plus-${member}`, source: 'web', member, plan: 'plus', fee: 1_000 },
    occurredAt: new Date(clock.now).toISOString(),
  })
const merge = async (from: string, into: string) => {
  clock.now += 1_000
  const key = { 'idempotency-key': `${from}-${into}` }
  expect((await call('POST', `/v1/members/${from}/merge`, { into, reason: 'same' }, key)).status).toBe(200)
  await deliver()
}
const membersOf = async (arm: string): Promise<string[]> =>
  (await call('GET', `/v1/pilots/2/members?arm=${arm}&limit=1000`)).body.members.map(
    ({ member }: { member: string }) => member,
  )
const expectSound = async () => {
  await beginVersions(context, new Set())
  await expectSoundClub(server)
}

await server.publish(plain)
for (let index = 0; index < 30; index++) await buys(`n${index}`)
await call('POST', '/v1/drafts/richer', { revision: 0, document: richer })
const begun = await call('POST', '/v1/drafts/richer/pilot', { revision: 1, share: 40 })
const [a = '', b = '', c = '', d = ''] = await membersOf('pilot')
const [w = '', x = '', y = '', z = ''] = await membersOf('holdout')

test('PIL-1 MRG-1 members of two arms become one, either way, also with a fact from before', async () => {
  expect(begun.status).toBe(200)
  const start = clock.now
  for (const member of [a, b, w, x]) {
    await buys(member, 3_000)
    await buys(member, 3_000)
  }
  await joinsPlus(a)
  await joinsPlus(b)
  await call('POST', '/v1/redemptions', { id: 'tea-a', member: a, reward: 'tea', confirm: true })
  await merge(a, w)
  await merge(x, b)
  await expectSound()
  // The one who remains says by which version the next is judged.
  expect([(await buys(a)).version, (await buys(x)).version]).toEqual([1, 2])
  // What is older than the merge is told in the past of the one, by what ruled there.
  expect(await buys(a, 2_000, start + 500)).toMatchObject({ member: w, late: true, version: 2 })
  expect(await buys(x, 2_000, start + 500)).toMatchObject({ member: b, late: true, version: 1 })
  // Also where the one who remained goes on into another.
  await merge(w, d)
  expect(await buys(a, 2_000, start + 600)).toMatchObject({ member: d, late: true, version: 2 })
  expect(await buys(w, 2_000, start + 700)).toMatchObject({ member: d, late: true, version: 1 })
  expect((await buys(a)).version).toBe(2)
  await expectSound()
})

test('PIL-4 members give to each other across arms', async () => {
  const [before, hers] = [await activeOf(c), await activeOf(y)]
  const give = (from: string, to: string, amount: number) =>
    call('POST', `/v1/members/${from}/gifts`, { to, asset: 'points', amount }, { 'idempotency-key': `${from}-${to}` })
  expect((await give(c, y, 4)).body).toMatchObject({ granted: true })
  expect((await give(y, c, 3)).body).toMatchObject({ granted: true })
  await deliver()
  expect([await activeOf(c), await activeOf(y)]).toEqual([before - 1, hers + 1])
  await expectSound()
})

test('PIL-1 LED-6 what ran, lived again, comes to the ledger transfer by transfer, with a pilot in it', {
  timeout: 60_000,
}, async () => {
  await buys(d)
  await buys(z)
  const started = await call('POST', '/v1/backtests', { drafts: [{ draft: 'richer' }] }, { 'idempotency-key': 'one' })
  const backtester = new Backtester(context)
  backtester.wake()
  await backtester.settled()
  await backtester.close()
  const { body } = await call('GET', `/v1/backtests/${started.body.id}/report`)
  const report = backtestReport.parse(body)
  expect(report.reproduction).toMatchObject({ differing: 0, differences: [] })
  expect(report.reproduction?.transfers).toBeGreaterThan(40)
})

test('PIL-5 stopped, those who became one fall back as those who remain do', async () => {
  clock.now += 60_000
  expect((await call('POST', '/v1/pilots/2/stop', { after: 2 })).body).toMatchObject({ status: 'stopped' })
  clock.now += 60_000
  expect([(await buys(a)).version, (await buys(z)).version]).toEqual([3, 1])
  await expectSound()
})

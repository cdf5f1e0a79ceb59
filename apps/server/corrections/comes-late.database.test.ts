import { expect, test, vi } from 'vitest'
import { soundMember } from '../decisions/sound-member.fixture.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram, wrong } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server

/** Gold earns two points for each pound, and is reached with so many. */
const reaching = (points: number, window = '{ calendar: year }') =>
  clubDocument
    .replace('tiers:', '  - id: gold-rate\n    for: { tier: [gold] }\n    multiply: { rule: base, by: 2 }\n\ntiers:')
    .replace('reach: 100 points', `reach: ${points} points`)
    .replace('window: { calendar: year }', `window: ${window}`)
const right = (id: string, document: string) =>
  document.replace('inForce: { from: always }\n', '').replace('id: club', `id: ${id}`)

const standings = async ({ call, pointsOf }: Awaited<ReturnType<typeof correctingProgram>>, ...members: string[]) =>
  await Promise.all(
    members.map(async (member) => [
      (await call('GET', `members/${member}/tiers`)).body.tiers[0].level,
      await pointsOf(member),
    ]),
  )

test('COR-2 EVT-2 what comes late gives the levels and points of what came before the correction, in whatever order', async () => {
  const id = 'comes-late'
  clock.now = Date.parse('2026-01-21T12:00:00Z')
  const program = await correctingProgram(server, id, reaching(5_000, '{ calendar: month }'))
  const { send, order, publish, correct } = program
  const bought = (member: string) => [
    order(`1-${member}`, member, 12_000, '02-10'),
    order(`2-${member}`, member, 5_000, '02-20'),
  ]
  await send(order('early', 'cid', 1_000, '01-20'), order('early-dan', 'dan', 1_000, '01-20'))
  // What time has done to cid since the date is written down, and of dan there is nothing.
  clock.now = Date.parse('2026-02-05T12:00:00Z')
  await context.recorder.passTime([{ program: id, member: 'cid' }])
  clock.now = Date.parse('2026-03-14T12:00:00Z')
  await send(...bought('ann'))
  await publish(right(id, reaching(100, '{ calendar: month }').replace('fall: { to: earned }', 'fall: { to: never }')))
  expect(await correct(wrong)).toMatchObject({ status: 'done' })
  clock.now += 60_000
  // A newcomer; one whose first comes last; one to whom nothing has happened since.
  await send(...bought('ben'))
  for (const event of bought('cid').toReversed()) await send(event)
  for (const event of bought('dan')) await send(event)
  expect(await standings(program, 'ann', 'ben', 'cid', 'dan')).toEqual([
    ['gold', 120 + 100],
    ['gold', 120 + 100],
    ['gold', 10 + 120 + 100],
    ['gold', 10 + 120 + 100],
  ])
  for (const member of ['ann', 'ben', 'cid', 'dan']) await soundMember(context, member, id)
  await program.expectSound()
  clock.now += 1_000
  expect(await correct({ ...wrong, version: 3 })).toMatchObject({ status: 'nothing' })
})

test('COR-2 with nobody concerned the version is published with the date all the same, for whatever comes late', async () => {
  const id = 'nobody-yet'
  const program = await correctingProgram(server, id, reaching(5_000))
  const { start, work, read, call, send, order, publish, correct } = program
  await publish(right(id, reaching(100)))
  const { id: correction } = (await start(wrong)).body
  await work()
  expect(await read(correction)).toMatchObject({ status: 'shown', publishes: true, summary: { members: 0 } })
  await call('POST', `corrections/${correction}/approve`)
  await work()
  expect(await read(correction)).toMatchObject({ status: 'done', members: { posted: 0, all: 0 } })
  clock.now += 60_000
  await send(order('1', 'ann', 12_000, '02-10'), order('2', 'ann', 5_000, '02-20'))
  expect(await standings(program, 'ann')).toEqual([['gold', 220]])
  await soundMember(context, 'ann', id)
  await program.expectSound()
  expect(await correct({ ...wrong, version: 3 })).toMatchObject({ status: 'nothing' })
})

import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { takeResults } from './take-results.ts'

const server = await openTestServer()
const { call, context, clock } = server

const sprintDocument = `${clubDocument}leaderboards:
  sprint:
    measure: { earned: points }
    window: { calendar: month }
    ties: share
    top: 3 members
    ranks: [{ rank: 1, give: 500 points }, { rank: 2-3, give: 100 points }]
`
await server.publish(sprintDocument)

const buy = (id: string, member: string, total: number) => call('POST', '/v1/events', orderPaid(id, member, total))
const standing = async (window = '') => (await call('GET', `/v1/leaderboards/sprint${window}`)).body
const pointsOf = async (member: string) => {
  const { balances } = (await call('GET', `/v1/members/${member}`)).body
  return balances.find((each: { asset: string }) => each.asset === 'points').active
}

test('GAME-1 a leaderboard shows who leads, by name only those who want it, and a refund steps back', async () => {
  await buy('a', 'anna', 9000)
  await buy('b', 'bert', 5000)
  await buy('c', 'cleo', 5000)
  await buy('d', 'dirk', 1000)
  expect(await standing()).toEqual({
    leaderboard: 'sprint',
    window: '2026-03-01',
    takenAt: null,
    ended: false,
    ranks: [],
  })
  expect(await call('POST', '/v1/members/bert/leaderboard-choice', { shown: true })).toMatchObject({
    body: { member: 'bert', shown: true },
  })
  await takeResults(context)
  expect((await standing()).ranks).toEqual([
    { rank: 1, member: null, score: 90 },
    { rank: 2, member: 'bert', score: 50 },
    { rank: 2, member: null, score: 50 },
  ])

  const refund = { type: 'refund.made', id: 'back', source: 'web', member: 'anna', order: 'order-a', amount: 7000 }
  await call('POST', '/v1/events', { ...refund, occurredAt: '2026-03-14T11:00:00Z' })
  await takeResults(context)
  expect((await standing()).ranks.map(({ rank, score }: { rank: number; score: number }) => [rank, score])).toEqual([
    [1, 50],
    [1, 50],
    [3, 20],
  ])
})

test('GAME-1 the result is taken once when the window has ended, whoever takes it, and its ranks are awarded once', async () => {
  clock.now = Date.parse('2026-04-01T00:03:00Z')
  await Promise.all([takeResults(context), takeResults(context)])
  const result = await standing('?window=2026-03-01')
  expect(result).toMatchObject({ ended: true, ranks: [{ rank: 1 }, { rank: 1, score: 50 }, { rank: 3, score: 20 }] })
  const now = async () => await Promise.all(['anna', 'bert', 'cleo', 'dirk'].map(pointsOf))
  expect(await now()).toEqual([120, 550, 550, 10])

  // What is refunded later changes no result; as after a crash, everything is done once more.
  const late = { type: 'refund.made', id: 'late', source: 'web', member: 'bert', order: 'order-b', amount: 5000 }
  await call('POST', '/v1/events', { ...late, occurredAt: '2026-04-01T00:02:00Z' })
  await context.database.migrator.query('UPDATE leaderboard_result SET settled_at = NULL')
  await takeResults(context)
  expect(await standing('?window=2026-03-01')).toEqual(result)
  expect(await now()).toEqual([120, 500, 550, 10])
  expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
})

test('a leaderboard that the program does not have is unknown', async () => {
  expect(await call('GET', '/v1/leaderboards/none')).toMatchObject({
    status: 404,
    body: { code: 'unknown-leaderboard' },
  })
})

import { bucketOf, bucketRootOf, programRootOf } from '@laurel/ledger'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { checkMembers } from './check-members.ts'
import { closeDays } from './close-days.ts'
import { letTimePass } from './let-time-pass.ts'
import { decisionOf, noon, openRecording, order, publish, refund, sent, simpleProgram } from './recording.fixture.ts'

const database = await freshDatabase()
const error = vi.fn()
const { context, clock } = openRecording(database, undefined, { info: vi.fn(), warn: vi.fn(), error })
const { recorder } = context
const day = 86_400_000

beforeAll(async () => {
  await publish(
    context,
    'pending',
    simpleProgram('pending').replace('expires: { life: P12M }', 'pending: P14D\n    expires: { life: P12M }'),
  )
})
afterAll(async () => {
  await recorder.close()
})

async function pointsOf(member: string) {
  const { rows } = await database.migrator.query(
    "SELECT pending, active FROM balance WHERE member = $1 AND asset = 'points'",
    [member],
  )
  return rows[0]
}

test('TIME-4: the clock lets time pass for whoever has something due, and stores nothing where nothing is', async () => {
  await recorder.recordMany(['a', 'b'].map((member) => sent('pending', order(member, member, 10_000))))
  expect(await letTimePass(context)).toBe(0)
  expect(await pointsOf('a')).toEqual({ pending: 100, active: 0 })
  clock.now = noon + 13 * day
  expect(await letTimePass(context)).toBe(0)
  // 00:00 of 29 June in London is 23:00 of the day before in UTC.
  clock.now = Date.parse('2026-06-28T23:00:00Z')
  expect(await letTimePass(context)).toBe(2)
  expect(await pointsOf('a')).toEqual({ pending: 0, active: 100 })
  expect(await letTimePass(context)).toBe(0)
  const { rows } = await database.migrator.query('SELECT content, answer FROM decision WHERE seq = 2')
  expect(rows).toEqual([
    { content: null, answer: null },
    { content: null, answer: null },
  ])
})

test('TIME-4: what a wake-up did makes a later fact late only where it lies before what fired', async () => {
  const answer = await recorder.record(sent('pending', order('a', 'a2', 5_000, '2026-06-28T22:30:00Z')))
  expect(answer).toMatchObject({ status: 'recorded' })
  expect(await pointsOf('a')).toEqual({ pending: 50, active: 100 })
})

test('LED-7: days are closed once, by roots over the heads as they were at midnight', async () => {
  const { rows: heads } = await database.migrator.query(
    "SELECT member, seq, encode(hash, 'hex') AS hash FROM decision WHERE seq = 1 ORDER BY member",
  )
  expect(await closeDays(context)).toBe(13)
  expect(await closeDays(context)).toBe(0)
  const { rows } = await database.migrator.query('SELECT day, root, members FROM program_root ORDER BY day')
  expect(rows.map((row) => row.day).slice(0, 2)).toEqual(['2026-06-15', '2026-06-16'])
  const buckets = heads.map((head) => ({ bucket: bucketOf('pending', head.member), root: bucketRootOf([head]) }))
  // The day before the points became active; the clock has gone on since.
  const last = rows.at(-1)
  const cutAt = Date.parse('2026-06-27T23:00:00Z')
  expect(last.day).toBe('2026-06-27')
  expect(last.root.toString('hex')).toBe(programRootOf({ program: 'pending', day: '2026-06-27', cutAt }, buckets))
  clock.now += day
  expect(await closeDays(context)).toBe(1)
})

test('TIER-8: a state that is not what the events come to is found', async () => {
  const bucket = bucketOf('pending', 'a')
  expect(await checkMembers(context, bucket)).toBe(0)
  const {
    rows: [{ state }],
  } = await database.migrator.query("SELECT state FROM member WHERE id = 'a'")
  expect(state).toContain('"level":"plain"')
  await database.migrator.query("UPDATE member SET state = $1 WHERE id = 'a'", [
    state.replace('"level":"plain"', '"level":"gold"'),
  ])
  error.mockClear()
  expect(await checkMembers(context, bucket)).toBe(1)
  expect(error.mock.calls).toEqual([
    [{ program: 'pending', member: 'a', decisions: 3 }, 'a member’s state is not what its events come to'],
  ])
  await database.migrator.query("UPDATE member SET state = '{' WHERE id = 'a'")
  expect(await checkMembers(context, bucket)).toBe(1)
  expect(error.mock.lastCall).toMatchObject([{ program: 'pending', member: 'a' }, 'a member could not be judged anew'])
  await database.migrator.query("UPDATE member SET state = $1 WHERE id = 'a'", [state])
  expect(await checkMembers(context, bucket)).toBe(0)
})

test('TIME-4: for whom time cannot pass is named in the log, and keeps nobody else waiting', async () => {
  await recorder.recordMany(['ill', 'well'].map((member) => sent('pending', order(member, member, 10_000))))
  await database.migrator.query("UPDATE balance SET pending = 10 WHERE member = 'ill' AND asset = 'points'")
  clock.now += 15 * day
  error.mockClear()
  await letTimePass(context)
  expect(await pointsOf('well')).toEqual({ pending: 0, active: 100 })
  expect(error.mock.calls).toMatchObject([[{ program: 'pending', member: 'ill' }, expect.any(String)]])
  await database.migrator.query("UPDATE balance SET pending = 100 WHERE member = 'ill' AND asset = 'points'")
  expect(await letTimePass(context)).toBe(1)
})

test('LED-5: points whose lapse a late refund undid lapse again when a late order fills their lot, under an id of its own', async () => {
  await publish(context, 'short', simpleProgram('short').replace('life: P12M', 'life: P3D'))
  const start = clock.now
  const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString()
  await recorder.record(sent('short', order('c', 'c1', 1_000, at(0))))
  clock.now = start + 5 * day
  expect(await letTimePass(context)).toBe(1)
  await recorder.record(sent('short', refund('c', 'c1', 'back', 1_000, at(1))))
  await recorder.record(sent('short', order('c', 'c2', 700, at(2))))
  expect(await letTimePass(context)).toBe(0)
  const { rows } = await database.migrator.query(
    "SELECT from_account, amount, revision FROM transfer WHERE member = 'c' AND rule = 'expire' ORDER BY number",
  )
  expect(rows.map(({ from_account, amount, revision }) => [from_account, Number(amount), revision])).toEqual([
    ['active', 10, 0],
    ['expired', 10, 1],
    ['active', 7, 2],
  ])
})

test('jobs are started with tables of their own, run by the clock, and stop when they are told to', async () => {
  let ran = 0
  const jobs = await startJobs(context, [
    {
      name: 'count',
      match: '* * * * *',
      inSandboxes: 'never',
      run: async () => {
        ran += 1
      },
    },
  ])
  await database.migrator.query("SELECT laurel_jobs.add_job('count')")
  await expect.poll(() => ran, { timeout: 15_000 }).toBeGreaterThan(0)
  await jobs.close()
  const { rows } = await database.migrator.query(
    "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%job%'",
  )
  expect(rows).toEqual([{ n: 0 }])
})

test('TIME-4 EVT-2: a stream of the past is not made late by the clock while it is told, and catches up afterwards', async () => {
  await letTimePass(context)
  const before = (days: number) => new Date(clock.now - days * day).toISOString()
  await recorder.record(sent('pending', order('told', 'told-1', 10_000, before(20)), true))
  clock.now += 59_000
  expect(await letTimePass(context)).toBe(0)
  const next = await recorder.record(sent('pending', order('told', 'told-2', 5_000, before(19)), true))
  expect(decisionOf(next).late).not.toBe(true)
  clock.now += 60_000
  expect(await letTimePass(context)).toBe(1)
  expect(await pointsOf('told')).toEqual({ pending: 0, active: 150 })
})

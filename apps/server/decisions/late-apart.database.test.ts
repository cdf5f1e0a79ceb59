import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { makePool } from '../db/connect.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { activeOf, decisionOf, openRecording, order, publish, reserve, sent } from './recording.fixture.ts'
import { soundMember } from './sound-member.fixture.ts'
import type { Answer } from './submission.ts'

const database = await freshDatabase()
const { context } = openRecording(database)
const other = openRecording(database).context

beforeAll(async () => {
  for (const program of ['simple', 'slow']) await publish(context, program)
})
afterAll(async () => {
  await context.recorder.close()
  await other.recorder.close()
})

type UpTo = typeof context.timelines.upTo

/** A recorder of one lane that does something each time it has read what a batch needs. */
function recorderThat(does: (program: string, times: number) => Promise<unknown>, more: object = {}): Recorder {
  let times = 0
  const upTo: UpTo = async (program, versions) => {
    times += 1
    await does(program, times)
    return context.timelines.upTo(program, versions)
  }
  return createRecorder({ ...context, timelines: { ...context.timelines, upTo }, ...more }, { lanes: 1 })
}

/** The late fact goes to the head of its lane first, and is read for from then on. */
const whenLateIsRead = 2

const simple = (...event: Parameters<typeof order>) => sent('simple', order(...event))

test('EVT-6: while a late fact is told nobody else of its lane waits, and its own member does', async () => {
  const events: string[] = []
  const noting = (name: string) => (answer: Answer) => {
    events.push(name)
    return answer
  }
  let own: readonly Promise<Answer>[] = []
  const recorder = recorderThat(async (_, times) => {
    if (times !== whenLateIsRead) return
    own = [
      recorder.record(simple('busy', 'b3', 5_000, 10)).then(noting('the next order')),
      recorder
        .record({ program: 'simple', member: 'busy', event: reserve('r-busy', 'sixty') })
        .then(noting('the request')),
    ]
    // Were the lane held by the late fact, this would never be answered.
    events.push(activeOf(await recorder.record(simple('another', 'a1', 7_000))) === 70 ? 'another' : 'wrong')
  })
  await context.recorder.record(simple('busy', 'b1', 5_000, 60))
  const first = recorder.record(simple('busy', 'b0', 3_000, 90)).then(noting('the late fact'))
  expect(decisionOf(await first)).toMatchObject({ late: true })
  const [next, request] = await Promise.all(own)
  expect(events).toEqual(['another', 'the late fact', 'the next order', 'the request'])
  expect([activeOf(next), decisionOf(request).refusal]).toEqual([130, undefined])
  await recorder.close()
  await soundMember(context, 'busy', 'simple')
})

test('EVT-2: what comes late while a late fact is told is told together, once', async () => {
  const late = Array.from({ length: 40 }, (_, index) => simple('stream', `s${index}`, 1_000, 500 - index))
  let rest: Promise<Answer[]> = Promise.resolve([])
  const recorder = recorderThat(async (_, times) => {
    if (times === whenLateIsRead) rest = recorder.recordMany(late.slice(1))
  })
  await context.recorder.record(simple('stream', 'head', 1_000, 60))
  const [first] = late
  if (first) await recorder.record(first)
  expect((await rest).every(({ status }) => status === 'recorded')).toBe(true)
  await recorder.close()
  const { rows } = await database.migrator.query(
    "SELECT count(*)::int AS tellings FROM decision WHERE member = 'stream' AND because IS NOT NULL",
  )
  expect(rows[0].tellings).toBe(2)
  expect((await soundMember(context, 'stream', 'simple')).assets[0]?.active).toBe(410)
})

test('EVT-6: where another server goes on with the member meanwhile, it is told anew', async () => {
  const recorder = recorderThat(async (_, times) => {
    if (times === whenLateIsRead) await other.recorder.record(simple('met', 'm2', 5_000, 30))
  })
  await context.recorder.record(simple('met', 'm1', 5_000, 60))
  expect(activeOf(await recorder.record(simple('met', 'm0', 3_000, 90)))).toBe(130)
  await recorder.close()
  await soundMember(context, 'met', 'simple')
})

test('EVT-6: late facts of one member on two servers at once lose nothing', async () => {
  await context.recorder.record(simple('both', 'l-head', 1_000, 10))
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      (index % 2 === 0 ? context : other).recorder.record(simple('both', `l${index}`, 1_000, 100 + index)),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 'recorded'))
  expect((await soundMember(context, 'both', 'simple')).assets[0]?.active).toBe(130)
})

test('a transaction that PostgreSQL ends because we say nothing fails the event at fault alone, under a code of its own', async () => {
  const name = 'laurel-impatient'
  const application = makePool(context.log, {
    ...database.connection,
    ...{ application_name: name, max: 2, idle_in_transaction_session_timeout: 300 },
  })
  const sessionsOf = async () => {
    const { rows } = await database.migrator.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = $1 AND state LIKE 'idle in transaction%'",
      [name],
    )
    return rows[0].n
  }
  const log = vi.fn()
  const recorder = recorderThat(
    async (program) => {
      if (program === 'slow') await expect.poll(sessionsOf, { timeout: 4_000 }).toBe(0)
    },
    { database: { ...database, application }, log: { ...context.log, error: log } },
  )
  const answers = await recorder.recordMany([
    simple('quick-1', 'q1', 1_000),
    sent('slow', order('slow-1', 's1', 1_000)),
    simple('quick-2', 'q2', 1_000),
  ])
  expect(answers).toMatchObject([
    { status: 'recorded' },
    { status: 'failed', code: 'took-too-long' },
    { status: 'recorded' },
  ])
  expect(log.mock.calls.map(([{ error }]) => error)).toEqual([
    expect.stringContaining('longer than the database waits'),
  ])
  await recorder.close()
  await application.end()
})

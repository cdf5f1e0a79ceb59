import { bucketOf } from '@laurel/ledger'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { readPastOf, readRows, totalsIn } from './read-past.ts'
import { createRecorder, RecorderClosed } from './recorder.ts'
import {
  activeOf,
  decisionOf,
  openRecording,
  order,
  publish,
  refund,
  reserve,
  sent,
  simpleProgram,
} from './recording.fixture.ts'
import type { Answer } from './submission.ts'

const database = await freshDatabase()
const { context } = openRecording(database)
const other = openRecording(database).context
const { recorder } = context

beforeAll(async () => {
  await publish(context, 'simple')
})
afterAll(async () => {
  await recorder.close()
  await other.recorder.close()
})

const countOf = (answers: readonly Answer[], status: Answer['status']) =>
  answers.filter((answer) => answer.status === status).length

async function numberOf(query: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database.migrator.query(query, values)
  return Number(rows[0].n)
}

test('LED-3: one event whose balance cannot be written fails alone among 64', async () => {
  const members = Array.from({ length: 64 }, (_, index) => `poison-${index}`)
  await recorder.recordMany(members.map((member) => sent('simple', order(member, `${member}-a`, 10_000, 60))))
  // Somebody has tampered with one balance: taking back 100 points would leave it below zero.
  await database.migrator.query("UPDATE balance SET active = 10 WHERE member = 'poison-17' AND asset = 'points'")
  const answers = await recorder.recordMany(
    members.map((member) => sent('simple', refund(member, `${member}-a`, `${member}-r`, 10_000, 30))),
  )
  expect(countOf(answers, 'recorded')).toBe(63)
  expect(answers[17]).toMatchObject({ status: 'failed' })
  expect(await numberOf("SELECT count(*) AS n FROM decision WHERE member = 'poison-17'")).toBe(1)
  expect(await numberOf("SELECT count(*) AS n FROM decision WHERE member LIKE 'poison-%'")).toBe(127)
  // Once it is mended, the same event goes in.
  await database.migrator.query("UPDATE balance SET active = 100 WHERE member = 'poison-17' AND asset = 'points'")
  expect(
    activeOf(await recorder.record(sent('simple', refund('poison-17', 'poison-17-a', 'poison-17-r', 10_000, 30)))),
  ).toBe(0)
})

test('LED-3: an event that the database cannot hold fails alone among its member’s own', async () => {
  const bad = order('nul', 'nul\u0000', 10_000, 20)
  const answers = await recorder.recordMany([
    sent('simple', order('nul', 'n1', 10_000, 30)),
    sent('simple', { ...bad, id: 'paid-\u0000' }),
    sent('simple', order('nul', 'n2', 10_000, 10)),
  ])
  expect(answers.map(({ status }) => status)).toEqual(['recorded', 'failed', 'recorded'])
  expect(activeOf(answers[2])).toBe(200)
})

test('EVT-2: a late fact that the ledger contradicts is a fault of ours, found once, and its neighbour stands', async () => {
  const members = ['crooked', 'straight']
  await recorder.recordMany(members.map((member) => sent('simple', order(member, `${member}-a`, 10_000, 60))))
  // Somebody has tampered with the ledger: no correction of it comes out at what the history says.
  await database.migrator.query("UPDATE transfer SET amount = 40 WHERE member = 'crooked' AND asset = 'points'")
  let gathered = 0
  const upTo: typeof context.timelines.upTo = (program, versions) => {
    gathered += 1
    return context.timelines.upTo(program, versions)
  }
  const log = vi.fn()
  const counting = { ...context, timelines: { ...context.timelines, upTo }, log: { ...context.log, error: log } }
  const own = createRecorder(counting, { lanes: 1 })
  const answers = await own.recordMany(
    members.map((member) => sent('simple', order(member, `${member}-late`, 5_000, 120))),
  )
  await own.close()
  expect(answers.map(({ status }) => status)).toEqual(['failed', 'recorded'])
  expect(log.mock.calls.map(([{ error }]) => error)).toEqual([expect.stringContaining('invariant: what is posted')])
  // At the head, late together, each of the two alone, and the neighbour's once more to be written.
  expect(gathered).toBe(5)
})

test('EVT-6: two servers on one database and the same members lose no update, and no caller sees a race', async () => {
  const members = Array.from({ length: 8 }, (_, index) => `both-${index}`)
  await recorder.recordMany(members.map((member) => sent('simple', order(member, `${member}-0`, 1_000, 300))))
  const one = members.flatMap((member) =>
    Array.from({ length: 25 }, (_, index) => sent('simple', order(member, `${member}-a${index}`, 1_000, 200 - index))),
  )
  const two = members.flatMap((member) =>
    Array.from({ length: 25 }, (_, index) => sent('simple', order(member, `${member}-b${index}`, 1_000, 100 - index))),
  )
  const answers = await Promise.all([
    ...one.map((submission) => recorder.record(submission)),
    ...two.map((submission) => other.recorder.record(submission)),
    // Every tenth comes twice, by both.
    ...one.filter((_, index) => index % 10 === 0).map((submission) => other.recorder.record(submission)),
  ])
  expect(countOf(answers, 'recorded')).toBe(400)
  expect(countOf(answers, 'repeated')).toBe(20)
  const { rows } = await database.migrator.query(
    "SELECT active FROM balance WHERE member LIKE 'both-%' AND asset = 'points'",
  )
  expect(rows.map(({ active }) => active)).toEqual(members.map(() => 510))
  expect(await numberOf("SELECT count(*) AS n FROM decision WHERE member LIKE 'both-%'")).toBe(408)
})

test.each([
  ['at the head', 1],
  ['late', 500],
])('EVT-6: whoever loses every race to another server holds the member, and is recorded: %s', async (road, age) => {
  const member = `starved-${road}`
  await recorder.recordMany([sent('simple', order(member, `${member}-0`, 1_000, 100))])
  let meetings = 0
  const isWaiting = async () =>
    (await numberOf("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) > 0
  const faster: Promise<unknown>[] = []
  // Between our reading and our writing the other server is quicker, each time, unless it has to wait.
  const upTo: typeof context.timelines.upTo = async (program, versions) => {
    const found = await context.timelines.upTo(program, versions)
    meetings += 1
    let isThere = false
    const theirs = other.recorder
      .record(sent('simple', order(member, `${member}-${meetings}`, 1_000, 50 - meetings)))
      .finally(() => {
        isThere = true
      })
    faster.push(theirs)
    while (!isThere && !(await isWaiting())) await new Promise((resolve) => setImmediate(resolve))
    return found
  }
  const own = createRecorder({ ...context, timelines: { ...context.timelines, upTo } }, { lanes: 1 })
  const answer = await own.record(sent('simple', order(member, `${member}-own`, 1_000, age)))
  await own.close()
  expect(answer.status).toBe('recorded')
  expect(meetings).toBeLessThan(12)
  const theirs = await Promise.all(faster)
  expect(await numberOf(`SELECT count(*) AS n FROM decision WHERE member = '${member}'`)).toBe(2 + theirs.length)
})

test('EVT-2: what another server posts between two readings of a past is not held against the history before it', async () => {
  const member = 'read-twice'
  await recorder.recordMany([sent('simple', order(member, 'before', 1_000, 50))])
  const client = await database.application.connect()
  const past = (await context.timelines.of('simple')) ?? expect.fail('there is a program')
  const entry = (await readPastOf(client, past, { bucket: bucketOf('simple', member), program: 'simple', member }))
    ?.entry
  await other.recorder.record(sent('simple', order(member, 'between', 1_000, 40)))
  const { totals } = await readRows(client, entry ?? expect.fail('there is a member'))
  client.release()
  expect(new Set(totalsIn(totals).map(({ cause }) => cause))).toEqual(new Set(['shop/paid-before']))
})

test('EVT-6 R3: a thousand parallel burns of one balance on two servers take exactly what it covers', async () => {
  await recorder.record(sent('simple', order('burner', 'burn-order', 13_700, 60)))
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      (index % 2 === 0 ? recorder : other.recorder).record({
        program: 'simple',
        member: 'burner',
        event: reserve(`burn-${index}`, 'single'),
      }),
    ),
  )
  const granted = answers.filter((answer) => decisionOf(answer).refusal === undefined)
  expect(granted).toHaveLength(137)
  const refused = answers.map(decisionOf).filter(({ refusal }) => refusal !== undefined)
  for (const { refusal } of refused) expect(refusal).toEqual({ code: 'short', shortBy: 1 })
  const key = [bucketOf('simple', 'burner'), 'simple', 'burner']
  const { rows } = await database.migrator.query(
    "SELECT active, held, debt FROM balance WHERE bucket = $1 AND program = $2 AND member = $3 AND asset = 'points'",
    key,
  )
  expect(rows).toEqual([{ active: 0, held: 137, debt: 0 }])
})

test('EVT-6: a server that has an old state of a member in memory loses the race and judges again', async () => {
  await recorder.record(sent('simple', order('stale', 'stale-1', 10_000, 60)))
  // Each server now knows 100 points; each burn by the one leaves the other with a balance that is not there any more.
  for (let turn = 0; turn < 6; turn++) {
    const server = turn % 2 === 0 ? other.recorder : recorder
    const event = reserve(`stale-${turn}`, 'sixty', 60_000)
    const answer = decisionOf(await server.record({ program: 'simple', member: 'stale', event }))
    expect(answer.refusal).toEqual(turn === 0 ? undefined : { code: 'short', shortBy: 20 })
  }
})

test('a connection that is lost in the middle of a batch leaves nothing behind, and the event can be sent again', async () => {
  const lock = await database.migrator.connect()
  const event = sent('simple', order('lost', 'lost-1', 10_000, 10))
  await lock.query('BEGIN')
  await lock.query('LOCK TABLE transfer IN EXCLUSIVE MODE')
  const answer = recorder.record(event).then(
    () => 'answered',
    (error) => error.code,
  )
  // The batch has written its member and its decision by the time it waits for the ledger.
  await expect
    .poll(() =>
      numberOf(
        "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY transfer%'",
      ),
    )
    .toBe(1)
  await database.migrator.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY transfer%'",
  )
  expect(await answer).toBe('database-unavailable')
  await lock.query('ROLLBACK')
  lock.release()
  for (const table of ['decision', 'balance', 'transfer', 'identity']) {
    expect([table, await numberOf(`SELECT count(*) AS n FROM ${table} WHERE member = 'lost'`)]).toEqual([table, 0])
  }
  expect(activeOf(await recorder.record(event))).toBe(100)
})

test('connections that are lost at rest are replaced before anybody notices', async () => {
  const { context: resting } = openRecording(database)
  const orders = Array.from({ length: 8 }, (_, index) =>
    sent('simple', order(`rest-${index}`, `rest-${index}-1`, 100, 60)),
  )
  await resting.recorder.recordMany(orders)
  const idle = "application_name = 'laurel' AND state = 'idle' AND pid <> pg_backend_pid()"
  const { rows } = await database.migrator.query(
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND ${idle}`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  const pids = rows.map(({ pid }) => pid)
  await expect.poll(() => numberOf('SELECT count(*) AS n FROM pg_stat_activity WHERE pid = ANY ($1)', pids)).toBe(0)
  const answers = await resting.recorder.recordMany(
    Array.from({ length: 8 }, (_, index) => sent('simple', order(`rest-${index}`, `rest-${index}-2`, 100, 30))),
  )
  expect(countOf(answers, 'recorded')).toBe(8)
  await resting.recorder.close()
})

test('a closed recorder takes nothing more and answers what it took', async () => {
  const { context: closing } = openRecording(database)
  const taken = closing.recorder.record(sent('simple', order('closing', 'closing-1', 10_000)))
  const closed = closing.recorder.close()
  expect(activeOf(await taken)).toBe(100)
  await closed
  await expect(closing.recorder.record(sent('simple', order('closing', 'closing-2', 100)))).rejects.toThrow(
    RecorderClosed,
  )
})

test('EVT-3: a version published on one server is decided by on the other from its next batch on', async () => {
  await other.recorder.record(sent('simple', order('versions', 'v1', 10_000, 1)))
  const double = 'earn:\n  - { id: twice, on: order.paid, give: 1 points, per: 1.00 GBP, round: floor }'
  await publish(context, 'simple', simpleProgram('simple').replace('earn:', double))
  const decision = decisionOf(await other.recorder.record(sent('simple', order('versions', 'v2', 10_000))))
  expect(decision.version).toBe(2)
  expect(decision.balances[0]?.active).toBe(300)
})

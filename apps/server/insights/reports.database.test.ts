import { DAY_MS } from '@laurel/engine'
import { expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { Reckoner } from './reckoner.ts'
import { startNightlyRun } from './start-run.ts'

const server = await openTestServer()
const document = `${clubDocument.replace('pending: none', 'pending: none\n    worth: { 100 points: 1.00 GBP }')}
offers:
  spring:
    goal: { order: { moreThan: 10.00 GBP } }
    window: { length: P30D, end: open }
    give: 20 points
    holdout: 50%
`
await server.publish(document)
const { call, clock, context } = server
const { application } = context.database
const reckoner = new Reckoner(context)

/** Runs everything up to now, in the threads that a server has. */
async function runNow(
  key: string,
): Promise<{ readonly id: string; readonly status: string; readonly failure: string | null }> {
  const { body } = await call('POST', '/v1/insights/runs', {}, { 'idempotency-key': key })
  reckoner.wake()
  await reckoner.settled()
  return (await call('GET', `/v1/insights/runs/${body.id}`)).body
}
const report = async (name: string, query = '') => (await call('GET', `/v1/insights/${name}${query}`)).body
const figure = (from: { figures: { id: string }[] }, id: string) => from.figures.find((each) => each.id === id)
const rowsIn = (from: { tables: { id: string; rows: unknown[][] }[] }, id: string) =>
  from.tables.find((each) => each.id === id)?.rows ?? []

test('INS-1 before anything was read a report says so, and with too little to say it from why', async () => {
  expect(await report('home')).toMatchObject({
    ...{ asOf: null, figures: [], question: 'How does the program do?', currency: 'GBP', exponent: 2 },
    reading: expect.stringContaining('Nothing was read yet'),
  })
  expect(await runNow('empty')).toMatchObject({ status: 'done', failure: null })
  const value = await report('lifetime-value')
  expect(figure(value, 'mean-value')).toMatchObject({
    ...{ value: null, untold: { reason: 'no-members', sentence: 'There is no member with a purchase.' } },
  })
  expect((await report('rfm')).tables[0]).toMatchObject({ rows: [], untold: { reason: 'nobody-bought' } })
  expect((await report('experiments')).tables[0].untold.sentence).toContain('Nobody was ever held out')
})

/** Sixty members: the first joins two hundred days ago; every third comes back each week, the others once or never. */
async function fillClub(): Promise<void> {
  const today = clock.now
  const events: object[] = []
  for (let member = 0; member < 60; member++) {
    const joined = 200 - 2 * member
    const every = member % 3 === 0 ? 7 : member % 3 === 1 ? 45 : 400
    for (let day = joined, order = 0; day >= 0 && order < 12; day -= every, order++) {
      const total = 1_000 + 100 * (member % 7) + 10 * order
      const occurredAt = new Date(today - day * DAY_MS - 3_600_000).toISOString()
      events.push(orderPaid(`m${member}-${order}`, `member-${String(member).padStart(2, '0')}`, total, { occurredAt }))
    }
  }
  events.sort((a, b) => (String(Reflect.get(a, 'occurredAt')) < String(Reflect.get(b, 'occurredAt')) ? -1 : 1))
  for (let from = 0; from < events.length; from += 200) {
    await call('POST', '/v1/events?history=true', events.slice(from, from + 200))
  }
}

test('a run scores each member, and the reports count by hand what they say', async () => {
  await fillClub()
  expect(await runNow('first')).toMatchObject({ status: 'done', failure: null })
  const { rows } = await application.query<{
    member: string
    days: number
    spend: number
    first: number
    last: number
  }>(
    `SELECT member, count(*)::int AS days, sum(spend)::int AS spend, min(day) AS first, max(day) AS last
     FROM member_day_tally WHERE orders > 0 GROUP BY member ORDER BY member`,
  )
  expect(rows).toHaveLength(60)

  const scores = (await call('GET', '/v1/insights/scores?limit=1000')).body
  expect(scores.members.map(({ member }: { member: string }) => member)).toEqual(rows.map(({ member }) => member))
  const first = scores.members[0]
  expect(first).toMatchObject({ member: 'member-00', asOf: '2026-03-14', segment: expect.any(String) })
  for (const { alive, next90, next365, lifetimeValue } of scores.members) {
    expect(alive).toBeGreaterThanOrEqual(0)
    expect(alive).toBeLessThanOrEqual(1)
    expect(next365).toBeGreaterThan(next90)
    expect(lifetimeValue).toBeGreaterThan(0)
  }

  const retention = await report('retention')
  const again = rows.filter(({ days }) => days > 1).length
  expect(figure(retention, 'repeat-rate')).toMatchObject({ value: again / 60 })
  expect(figure(retention, 'purchases-per-member')).toMatchObject({
    value: rows.reduce((sum, { days }) => sum + days, 0) / 60,
  })
  expect(rowsIn(retention, 'cohorts').length).toBeGreaterThan(3)

  const rfm = await report('rfm')
  const total = rows.reduce((sum, { spend }) => sum + spend, 0)
  const summed = (table: string, column: number) =>
    rowsIn(rfm, table).reduce((sum, row) => sum + Number(row[column]), 0)
  expect([summed('segments', 1), summed('segments', 2), summed('map', 2), summed('map', 3)]).toEqual([
    60,
    total,
    60,
    total,
  ])

  const home = await report('home')
  const today = Math.floor(clock.now / DAY_MS)
  const active = await application.query(
    'SELECT count(DISTINCT member)::int AS members FROM member_day_tally WHERE day > $1',
    [today - 28],
  )
  expect(figure(home, 'active')).toMatchObject({ value: active.rows[0].members })
  const { outstanding } = (await call('GET', '/v1/figures')).body
  expect(figure(home, 'outstanding')).toMatchObject({ value: outstanding[0].active })
  expect(figure(home, 'outstanding-worth')).toMatchObject({ value: outstanding[0].worth })

  const value = await report('lifetime-value')
  const mean = scores.members.reduce((sum: number, each: { lifetimeValue: number }) => sum + each.lifetimeValue, 0) / 60
  expect(figure(value, 'mean-value')).toMatchObject({ value: expect.closeTo(mean, 6), untold: null })
  expect(rowsIn(value, 'trust')[0]?.[0]).toBe('all')
})

test('FIN-1 FIN-2 the movement closes with what members have, debits are credits, and what is closed stays', async () => {
  const liability = await report('liability')
  const { outstanding } = (await call('GET', '/v1/figures')).body
  expect(rowsIn(liability, 'points').at(-1)?.at(-1)).toBe(outstanding[0].active)
  const journals = rowsIn(liability, 'journals')
  expect(journals.length).toBeGreaterThan(5)
  const sumOf = (column: number) => journals.reduce((sum, row) => sum + Number(row[column]), 0)
  expect(sumOf(5)).toBe(sumOf(6))
  const money = rowsIn(liability, 'money')
  expect(figure(liability, 'liability')).toMatchObject({ value: money.at(-1)?.at(-1) })
  // Each month opens where the one before closed, and closes with its terms.
  for (const [index, row] of money.entries()) {
    const [opening = 0, deferred = 0, refunded = 0, reversed = 0, burned = 0, revised = 0, closing = 0] = row
      .slice(2)
      .map(Number)
    expect(opening).toBe(index === 0 ? 0 : money[index - 1]?.at(-1))
    expect(opening + deferred - refunded + reversed - burned + revised).toBe(closing)
  }
  const closedBefore = await application.query('SELECT * FROM liability_close ORDER BY month')
  const late = new Date(clock.now - 60 * DAY_MS).toISOString()
  await call('POST', '/v1/events?history=true', [orderPaid('late', 'member-01', 90_000, { occurredAt: late })])
  await runNow('again')
  expect((await application.query('SELECT * FROM liability_close ORDER BY month')).rows).toEqual(closedBefore.rows)
})

test('EXP-2 an experiment is told with its arms, or why it cannot be', async () => {
  for (let member = 0; member < 60; member++) {
    const id = `member-${String(member).padStart(2, '0')}`
    const event = { type: 'offer.sent', source: 'web', id: `spring-${id}`, member: id, offer: 'spring' }
    await call('POST', '/v1/events', [{ ...event, occurredAt: new Date(clock.now).toISOString() }])
  }
  await runNow('spring')
  const { rows } = await application.query(
    'SELECT held_out, count(*)::int AS members FROM experiment_tally GROUP BY held_out ORDER BY held_out',
  )
  const [row] = rowsIn(await report('experiments'), 'experiments')
  expect(row?.slice(0, 4)).toEqual(['offer:spring', '2026-03-14', rows[0].members, rows[1].members])
  expect(rows[0].members + rows[1].members).toBe(60)
  // Fewer than thirty on one side, or nobody has bought since: either is said in words.
  expect(row?.[4]).toMatch(/^(too-few|all-alike)$/)
  const profit = await report('profit-and-loss', '?margin=0.4')
  expect(figure(profit, 'net')).toMatchObject({ value: null, untold: { reason: 'not-all-measured' } })
  expect(figure(await report('profit-and-loss'), 'net')).toMatchObject({ untold: { reason: 'no-margin' } })
})

test('PIL-2 a pilot is read as an experiment of those who were in it at first, as long as it ran', async () => {
  const { body } = await call('POST', '/v1/drafts/dearer', {
    ...{ revision: 0, note: 'dearer', basedOn: 1 },
    document: document.replace('give: 1 points', 'give: 3 points').replace('inForce: { from: always }', ''),
  })
  expect(body).toMatchObject({ revision: 1 })
  const begun = await call('POST', '/v1/drafts/dearer/pilot', { revision: 1, share: 40, holdout: 40 })
  expect(begun.status).toBe(200)
  const { pilot } = begun.body
  clock.now += DAY_MS
  for (let member = 0; member < 60; member += 2) {
    const id = `member-${String(member).padStart(2, '0')}`
    await call('POST', '/v1/events', [orderPaid(`p-${id}`, id, 700, { occurredAt: new Date(clock.now).toISOString() })])
  }
  clock.now += DAY_MS
  await call('POST', `/v1/pilots/${pilot}/stop`, { reason: 'enough', after: pilot })
  clock.now += 7 * DAY_MS
  await runNow('pilot')
  const armsOf = async (arm: string) =>
    (await call('GET', `/v1/pilots/${pilot}/members?arm=${arm}&limit=200`)).body.members.length
  const row = rowsIn(await report('experiments'), 'experiments').find(([name]) => name === `pilot:${pilot}`)
  expect(row?.slice(0, 4)).toEqual([`pilot:${pilot}`, '2026-03-14', await armsOf('pilot'), await armsOf('holdout')])
  // Of sixty members 24 or so are on each side.
  expect(row?.[4]).toBe('too-few')
})

test('a run that another server has left goes on, and comes to what one run comes to', async () => {
  const whole = (await call('GET', '/v1/insights/scores?limit=1000')).body
  await application.query('DELETE FROM member_score')
  const { body } = await call('POST', '/v1/insights/runs', {}, { 'idempotency-key': 'left' })
  const first = new Reckoner(context)
  first.wake()
  const partsDone = async () => (await call('GET', `/v1/insights/runs/${body.id}`)).body.parts.done
  while ((await partsDone()) === 0) await new Promise((resolve) => setImmediate(resolve))
  await first.close()
  const done = await partsDone()
  const second = new Reckoner(context)
  await second.open()
  await second.settled()
  const run = (await call('GET', `/v1/insights/runs/${body.id}`)).body
  expect(run).toMatchObject({ status: 'done', parts: { done: run.parts.all } })
  expect(done).toBeLessThanOrEqual(run.parts.all)
  expect((await call('GET', '/v1/insights/scores?limit=1000')).body).toEqual(whole)
})

test('each night begins one run, up to the day that is over', async () => {
  const nights = async () =>
    (await application.query("SELECT as_of FROM insight_run WHERE started_by = 'laurel' ORDER BY as_of")).rows
  const before = (await nights()).length
  await startNightlyRun(context, 'club')
  // Today was read already.
  expect(await nights()).toHaveLength(before)
  clock.now += 2 * DAY_MS
  await startNightlyRun(context, 'club')
  await startNightlyRun(context, 'club')
  expect((await nights()).slice(before)).toEqual([{ as_of: Math.floor(clock.now / DAY_MS) - 1 }])
  reckoner.wake()
  await reckoner.settled()
  await startNightlyRun(context, 'club')
  expect((await nights()).slice(before)).toHaveLength(1)
})

test('a table is answered as CSV to whoever asks for it, and one that is not there is named', async () => {
  const key = `Bearer ${await server.keyFor('club')}`
  const csv = (url: string) =>
    server.inject({ method: 'GET', url, headers: { authorization: key, accept: 'text/csv' } })
  const segments = await csv('/v1/insights/rfm')
  expect(segments.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(segments.body.split('\r\n').slice(0, 2)).toEqual([
    'segment,members,spend',
    expect.stringMatching(/^champions,\d+,\d+$/),
  ])
  expect((await csv('/v1/insights/rfm?table=map')).body).toMatch(
    /^recency,frequency,members,spend,segment\r\n5,1,\d+,\d+,new\r\n/,
  )
  // What cannot be told is said in a table, too.
  expect((await csv('/v1/insights/breakage')).body).toMatch(/^untold\r\n/)
  expect((await csv('/v1/insights/scores?limit=2')).body.trim().split('\r\n')).toHaveLength(3)
  expect(await call('GET', '/v1/insights/rfm?table=none')).toMatchObject({ status: 200 })
  expect(JSON.parse((await csv('/v1/insights/rfm?table=none')).body)).toMatchObject({
    ...{ code: 'unknown-table', tables: ['segments', 'map'] },
  })
})

test('LED-9 of who is erased nothing is expected any more, and what was bought stays counted', async () => {
  const scored = async () =>
    (await call('GET', '/v1/insights/scores?limit=1000')).body.members.some(
      ({ member }: { member: string }) => member === 'member-59',
    )
  expect(await scored()).toBe(true)
  const erased = await call('DELETE', '/v1/members/member-59?reason=asked')
  expect(erased.status).toBe(200)
  expect(await scored()).toBe(false)
  const days = async () => (await application.query('SELECT sum(orders)::int AS orders FROM program_day_tally')).rows
  const before = await days()
  await runNow('erased')
  expect(await scored()).toBe(false)
  expect(await days()).toEqual(before)
})

test('another program sees nothing of it', async () => {
  const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
  await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
  const theirs = async (url: string) => (await call('GET', url, undefined, rival)).body
  expect(await theirs('/v1/insights')).toMatchObject({ asOf: null, run: null })
  expect(await theirs('/v1/insights/rfm')).toMatchObject({ asOf: null, tables: [] })
  expect(await theirs('/v1/insights/scores')).toEqual({ members: [], next: null })
})

test('one run at a time, the same key is the same run, and a cancelled one leaves the reports as they are', async () => {
  const start = (key: string) => call('POST', '/v1/insights/runs', { until: '2026-03-01' }, { 'idempotency-key': key })
  const latest = async () => (await call('GET', '/v1/insights')).body.run
  expect(await latest()).toMatchObject({ status: 'done' })
  clock.now += 1_000
  const { body } = await start('one')
  expect(await latest()).toEqual(body)
  expect(body).toMatchObject({ status: 'running', asOf: '2026-03-01', parts: { done: 0, all: 0 } })
  expect((await start('one')).body.id).toBe(body.id)
  expect(await start('two')).toMatchObject({ status: 409, body: { code: 'insights-running', run: body.id } })
  expect((await call('POST', `/v1/insights/runs/${body.id}/cancel`)).body).toMatchObject({ status: 'cancelled' })
  expect(await latest()).toMatchObject({ id: body.id, status: 'cancelled' })
  reckoner.wake()
  await reckoner.settled()
  expect(await report('home')).not.toMatchObject({ asOf: '2026-03-01' })
})

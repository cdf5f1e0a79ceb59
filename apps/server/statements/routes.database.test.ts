import { BooksCheck } from '@laurel/ledger'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call } = server

const at = (occurredAt: string) => ({ occurredAt })
await call('POST', '/v1/events', orderPaid('s1', 'maren', 5000, at('2026-03-01T10:00:00Z')))
await call('POST', '/v1/events', orderPaid('s2', 'maren', 3000, at('2026-03-05T10:00:00Z')))
server.clock.now += 3_600_000
const refund = { type: 'refund.made', id: 'r1', source: 'web', member: 'maren', order: 'order-s1', amount: 2000 }
await call('POST', '/v1/events', { ...refund, occurredAt: '2026-03-10T10:00:00Z' })
server.clock.now += 3_600_000
// Late: a purchase of before the refund.
await call('POST', '/v1/events', orderPaid('s3', 'maren', 1000, at('2026-03-03T10:00:00Z')))

const activeAt = async (query: string) => {
  const { status, body } = await call('GET', `/v1/members/maren/balance${query}`)
  expect(status).toBe(200)
  return body.balances[0]?.active ?? 0
}

describe('LED-8 a balance', () => {
  test.each([
    ['', 70],
    ['?at=2026-03-01T09:59:59.999Z', 0],
    ['?at=2026-03-01T10:00:00Z', 50],
    ['?at=2026-03-04T00:00:00Z', 60],
    ['?at=2026-03-06T00:00:00Z', 90],
    ['?at=2026-03-10T10:00:00Z', 70],
    // As known before the late purchase, and before the refund.
    ['?at=2026-03-06T00:00:00Z&knownAt=2026-03-14T13:30:00Z', 80],
    ['?knownAt=2026-03-14T12:30:00Z', 80],
    ['?knownAt=2026-03-14T11:00:00Z', 0],
  ])('%s is %i', async (query, active) => {
    expect(await activeAt(query.replace('+', '%2B'))).toBe(active)
  })

  test('of the future is not known', async () => {
    const answer = await call('GET', '/v1/members/maren/balance?at=2030-01-01T00:00:00Z&knownAt=2030-01-01T00:00:00Z')
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'query/at' }, { path: 'query/knownAt' }] } })
  })

  test('of a past instant counts what lapsed by then, also where nobody has written it down', async () => {
    const before = server.clock.now
    server.clock.now = Date.parse('2028-01-01T00:00:00Z')
    expect(await activeAt('')).toBe(0)
    expect(await activeAt('?at=2027-03-01T23:59:59Z')).toBe(70)
    expect(await activeAt('?at=2027-03-06T00:00:00Z')).toBe(0)
    server.clock.now = before
  })
})

describe('LED-8 where the clock is set back, a balance goes by the instant, not by the reading', () => {
  test.each([
    ['Europe/London', 'thames', '2026-10-25T01:00:00Z', 60],
    ['Europe/Berlin', 'spree', '2026-10-25T01:00:00Z', 60],
    ['America/New_York', 'hudson', '2026-11-01T06:00:00Z', 60],
    ['Australia/Lord_Howe', 'lagoon', '2026-04-04T15:00:00Z', 30],
  ])('%s', async (zone, program, back, twiceMinutes) => {
    const before = server.clock.now
    const minutes = (count: number) => new Date(Date.parse(back) + count * 60_000).toISOString()
    // Late enough for all zones: what happened is told in the end, and nothing is from the future.
    server.clock.now = Date.parse(back) + 86_400_000
    const document = clubDocument.replace('id: club', `id: ${program}`).replace('Europe/London', zone)
    await server.publish(document, program)
    const authorization = `Bearer ${await server.keyFor(program)}`
    const send = async (event: object) =>
      expect((await call('POST', '/v1/events', event, { authorization })).status).toBe(200)
    const active = async (count: number) => {
      const { body } = await call('GET', `/v1/members/maren/balance?at=${minutes(count)}`, undefined, { authorization })
      return body.balances[0]?.active ?? 0
    }
    // Sold ten minutes before the clock is set back, given back ten minutes after: by the clock, before it was sold.
    await send(orderPaid('s1', 'maren', 5000, at(minutes(-10))))
    await send({ ...refund, occurredAt: minutes(10), amount: 5000 })
    // The other way round by the clock, too, and it comes late: the first reading of a moment of which the second was told.
    await send(orderPaid('s2', 'maren', 700, at(minutes(twiceMinutes - 5))))
    await send(orderPaid('s3', 'maren', 300, at(minutes(-5))))
    // A refund that came before its order counts when the order does.
    await send({ ...refund, id: 'r4', order: 'order-s4', amount: 2000, occurredAt: minutes(-7) })
    await send(orderPaid('s4', 'maren', 2000, at(minutes(15))))
    expect(await Promise.all([-11, -10, -6, -5, 0, 9, 10, 14, 15, twiceMinutes - 5].map(active))).toEqual([
      ...[0, 50, 50, 53, 53, 53, 3, 3, 3, 10],
    ])
    const { body } = await call('GET', '/v1/members/maren/statement', undefined, { authorization })
    const lines: { cause: string; effective: string; at: string }[] = body.lines
    const lineOf = (cause: string) => lines.find((line) => line.cause === cause)
    for (const [cause, minute] of [
      ['web/s1', -10],
      [`web/${refund.id}`, 10],
      ['web/s2', twiceMinutes - 5],
      ['web/s3', -5],
      ['web/s4', 15],
    ] as const) {
      expect([cause, lineOf(cause)?.at]).toEqual([cause, minutes(minute)])
    }
    // One reading of the clock, and two instants.
    expect(lineOf('web/s2')?.effective).toBe(lineOf('web/s3')?.effective)
    server.clock.now = before
  })
})

describe('a statement', () => {
  test('lists every movement, latest first, with the balance after it', async () => {
    const { body } = await call('GET', '/v1/members/maren/statement')
    const numbers = body.lines.map((line: { number: number }) => line.number)
    expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => b - a))
    expect(body.lines.at(-1)).toMatchObject({
      ...{ number: 1, asset: 'points', amount: 50, moved: 50, from: 'issued', to: 'active', rule: 'base' },
      ...{ cause: 'web/s1', effective: '2026-03-01T10:00:00.000', after: { active: 50, debt: 0 } },
    })
    expect(body.lines.reduce((sum: number, line: { amount: number }) => sum + line.amount, 0)).toBe(70)
    expect(body.lines[0].after.active).toBe(70)
    expect(body.next).toBe(null)
  })

  test('is read page by page', async () => {
    const whole = (await call('GET', '/v1/members/maren/statement')).body.lines
    const lines: unknown[] = []
    let cursor: string | null = null
    do {
      const { body } = await call(
        'GET',
        `/v1/members/maren/statement?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`,
      )
      expect(body.lines).toHaveLength(1)
      lines.push(...body.lines)
      cursor = body.next
    } while (cursor !== null)
    expect(lines).toEqual(whole)
  })
})

describe('the books', () => {
  test('LED-6 are clean, through a late fact and its corrections', async () => {
    const { body } = await call('POST', '/v1/ledger/verify')
    expect(body).toMatchObject({ clean: true, disagreements: [], checked: { members: 1, decisions: 4 } })
  })

  test('LED-6 a changed transfer is found', async () => {
    const { migrator } = server.context.database
    await migrator.query(`UPDATE transfer SET amount = amount + 1 WHERE number = 1`)
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({
      clean: false,
      disagreements: [{ member: 'maren' }],
    })
    await migrator.query(`UPDATE transfer SET amount = amount - 1 WHERE number = 1`)
    expect((await call('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  })

  test('are handed out as lines, of the key’s own program alone, one export at a time', async () => {
    await server.publish(clubDocument.replace('id: club', 'id: rival'), 'rival')
    const exportFor = async (program: string) =>
      await server.inject({
        ...{ method: 'GET', url: '/v1/ledger/export' },
        headers: { authorization: `Bearer ${await server.keyFor(program, ['ledger:export'])}` },
      })
    const whole = await exportFor('club')
    expect(whole.headers['content-type']).toContain('application/x-ndjson')
    const check = new BooksCheck()
    for (const line of whole.body.trimEnd().split('\n')) check.read(JSON.parse(line))
    expect(check.finish()).toMatchObject({ clean: true, checked: { members: 1 } })
    expect((await exportFor('rival')).body).not.toContain('maren')
    // One that waits for somebody is under way for as long as the test needs.
    const { migrator } = server.context.database
    const holder = await migrator.connect()
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
    const first = exportFor('club')
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while ((await migrator.query(waiting)).rowCount === 0) await new Promise(setImmediate)
    expect(await exportFor('club')).toMatchObject({ statusCode: 429 })
    await holder.query('COMMIT')
    holder.release()
    expect(await first).toMatchObject({ statusCode: 200 })
    expect((await exportFor('club')).body.length).toBe(whole.body.length)
  })

  test('have no root before a day was closed', async () => {
    expect((await call('GET', '/v1/ledger/roots')).body).toEqual({ roots: [], next: null })
  })
})

describe('the feed', () => {
  type Seen = { member: string; seq: number }
  /** Reads on until nothing more comes. */
  async function readFrom(start: string, limit: number) {
    const seen: Seen[] = []
    for (let after = start; ; ) {
      const { body } = await call('GET', `/v1/decisions?limit=${limit}${after === '' ? '' : `&after=${after}`}`)
      expect(body.decisions.length).toBeLessThanOrEqual(limit)
      seen.push(...body.decisions)
      if (body.decisions.length === 0) return { seen, after }
      after = body.next
    }
  }

  test('gives every decision once, in pages, and goes on where it ended', async () => {
    const { seen, after } = await readFrom('', 3)
    expect(seen.map(({ member, seq }) => `${member} ${seq}`)).toEqual(['maren 1', 'maren 2', 'maren 3', 'maren 4'])
    await call('POST', '/v1/events', orderPaid('s9', 'late-reader', 1000))
    const more = await readFrom(after, 100)
    expect(more.seen).toMatchObject([{ member: 'late-reader', seq: 1, event: { source: 'web', id: 's9' } }])
  })

  test('skips nothing while a transaction is still open', async () => {
    const { after: start } = await readFrom('', 1000)
    const open = await server.context.database.migrator.connect()
    try {
      await open.query('BEGIN')
      await open.query('SELECT pg_current_xact_id()')
      await call('POST', '/v1/events', orderPaid('s10', 'overtaker', 1000))
      expect((await call('GET', `/v1/decisions?after=${start}`)).body).toEqual({
        zone: 'Europe/London',
        decisions: [],
        roots: [],
        next: start,
      })
    } finally {
      await open.query('COMMIT')
      open.release()
    }
    expect((await readFrom(start, 100)).seen).toMatchObject([{ member: 'overtaker' }])
  })

  test('does not wait for what goes on in another database of the server', async () => {
    const { after: start } = await readFrom('', 1000)
    const elsewhere = new URL(inject('templateUrl'))
    elsewhere.pathname = '/postgres'
    const other = new pg.Client({ connectionString: elsewhere.toString() })
    await other.connect()
    try {
      await other.query('BEGIN')
      await other.query('SELECT pg_current_xact_id(), pg_sleep(0.01)')
      await call('POST', '/v1/events', orderPaid('s12', 'neighbour', 1000))
      expect((await readFrom(start, 100)).seen).toMatchObject([{ member: 'neighbour' }])
    } finally {
      await other.end()
    }
  })

  test('does not wait for what ends in another database while the feed is read', async () => {
    const elsewhere = new URL(inject('templateUrl'))
    elsewhere.pathname = '/postgres'
    const others = Array.from({ length: 20 }, () => new pg.Client({ connectionString: elsewhere.toString() }))
    await Promise.all(others.map((other) => other.connect()))
    let goesOn = true
    const busy = others.map(async (other) => {
      while (goesOn) await other.query('SELECT pg_current_xact_id(), pg_sleep(0.01)')
      await other.end()
    })
    let { after } = await readFrom('', 1000)
    const missed: string[] = []
    for (let count = 0; count < 60; count++) {
      await call('POST', '/v1/events', orderPaid(`b${count}`, 'busy-street', 100))
      const { seen, after: next } = await readFrom(after, 100)
      if (seen.length !== 1) missed.push(`b${count}`)
      after = next
    }
    goesOn = false
    await Promise.all(busy)
    expect(missed).toEqual([])
  })

  test('TIME-1 the feed and the statement tell instants with their offset, and the program’s clock without one', async () => {
    const { after } = await readFrom('', 1000)
    server.clock.now = Date.parse('2026-04-02T12:00:00Z')
    const occurredAt = '2026-04-01T10:00:00+02:00'
    await call('POST', '/v1/events', orderPaid('s11', 'summer', 1000, { occurredAt }))
    const { seen } = await readFrom(after, 100)
    // London has set its clocks forward on 29 March.
    expect(seen.at(-1)).toMatchObject({
      ...{ recordedAt: '2026-04-02T12:00:00.000Z', event: { id: 's11', occurredAt: '2026-04-01T08:00:00.000Z' } },
      effects: expect.arrayContaining([
        expect.objectContaining({ type: 'move', effective: '2026-04-01T09:00:00.000' }),
      ]),
    })
    expect((await call('GET', '/v1/members/summer/statement')).body).toMatchObject({
      zone: 'Europe/London',
      lines: [{ effective: '2026-04-01T09:00:00.000', recordedAt: '2026-04-02T12:00:00.000Z' }],
    })
    const { body } = await call('GET', '/v1/members/summer/events/web/s11/explanation')
    expect(body).toMatchObject({ answer: { at: '2026-04-01T08:00:00.000Z' } })
    expect(body.effects).toContainEqual(expect.objectContaining({ type: 'move', effective: '2026-04-01T09:00:00.000' }))
  })

  test.each(['after=x', 'after=-1', 'after=9999999999999999999', 'limit=1001'])('refuses %s', async (query) => {
    expect(await call('GET', `/v1/decisions?${query}`)).toMatchObject({ status: 400 })
  })
})

import { describe, expect, test } from 'vitest'
import { Outbox } from '../outbox/outbox.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { Advancer } from './advancer.ts'

const server = await openTestServer()
const { call, context, clock } = server
await server.publish()

/** Each day is a stop of it. */
const byDays = `${clubDocument}leaderboards:
  sprint: { measure: { earned: points }, window: { calendar: month }, top: 3 members, ranks: [{ rank: 1, give: 1 points }] }
`

type Call = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => ReturnType<typeof call>

/** A sandbox and whoever has its key. */
async function sandbox(id: string, change: object = {}): Promise<Call> {
  const created = await call('POST', '/v1/sandboxes', { id, ...change })
  expect(created).toMatchObject({ status: 200, body: { id, of: 'club', repeated: false } })
  const { key } = (await call('POST', `/v1/sandboxes/${id}/key`)).body
  return (method, url, body, headers) => call(method, url, body, { authorization: `Bearer ${key}`, ...headers })
}
const advance = (inside: Call, body: object, key: string) =>
  inside('POST', '/v1/sandbox/advances', body, { 'idempotency-key': key })
const clockOf = async (inside: Call) => (await inside('GET', '/v1/sandbox')).body.clock
const activeOf = async (inside: Call, member: string) =>
  (await inside('GET', `/v1/members/${member}`)).body.balances[0].active

describe('SBX-1 a sandbox has a clock of its own', () => {
  test('that stands still until it is advanced, whatever the wall clock shows', async () => {
    const inside = await sandbox('still', { startsAt: '2026-01-01T00:00:00Z' })
    expect(await clockOf(inside)).toBe('2026-01-01T00:00:00.000Z')
    clock.now += 86_400_000
    expect(await clockOf(inside)).toBe('2026-01-01T00:00:00.000Z')
    clock.now -= 86_400_000
  })

  test('by which an event is of the future, or of the past', async () => {
    const inside = await sandbox('times', { startsAt: '2026-02-01T12:00:00Z' })
    const send = (id: string, occurredAt: string) =>
      inside('POST', '/v1/events', orderPaid(id, 'tim', 1000, { occurredAt }))
    // The wall clock shows 14 March.
    expect((await send('ahead', '2026-02-01T12:06:00Z')).body).toMatchObject({ code: 'event-rejected' })
    expect((await send('now', '2026-02-01T12:00:00Z')).body).toMatchObject({ status: 'recorded' })
    expect((await advance(inside, { to: '2026-02-01T12:10:00Z' }, 'ten-minutes')).body).toMatchObject({
      status: 'done',
    })
    expect((await send('ahead', '2026-02-01T12:06:00Z')).body).toMatchObject({ status: 'recorded' })
    expect((await send('old', '2025-12-01T12:00:00Z')).body).toMatchObject({ code: 'event-rejected' })
    expect((await inside('GET', '/v1/members/tim/balance')).body).toMatchObject({ at: '2026-02-01T12:10:00.000Z' })
  })

  test('and begins with a version of its program or a document, which has its id in nothing else changed', async () => {
    const inside = await sandbox('like-live')
    expect((await inside('GET', '/v1/programs/1')).body.document).toBe(
      clubDocument.replace('id: club', 'id: like-live'),
    )
    const changed = clubDocument.replace('1 points', '7 points')
    const other = await sandbox('otherwise', { document: changed })
    await other('POST', '/v1/events', orderPaid('one', 'olga', 1000))
    expect(await activeOf(other, 'olga')).toBe(70)
  })
})

describe('SBX-3 G13 a year passes in one call', () => {
  test('and what becomes due happens at its own moment', async () => {
    const inside = await sandbox('year')
    await inside('POST', '/v1/events', orderPaid('spring', 'yuri', 12_000))
    expect((await inside('GET', '/v1/members/yuri')).body.tiers).toMatchObject([{ level: 'gold' }])
    const done = await advance(inside, { days: 366 }, 'a-year')
    expect(done).toMatchObject({ status: 200, body: { status: 'done', from: '2026-03-14T12:00:00.000Z' } })
    expect(done.body.to).toBe('2027-03-15T12:00:00.000Z')
    expect(done.body.clock).toBe(done.body.to)
    expect(done.body.fired).toBeGreaterThan(0)
    expect(await activeOf(inside, 'yuri')).toBe(0)
    expect((await inside('GET', '/v1/members/yuri')).body.tiers).toMatchObject([{ level: 'green' }])
    const { lines } = (await inside('GET', '/v1/members/yuri/statement')).body
    // The last day of twelve months is over when the day after it begins, not when the advance was asked for.
    expect(lines.map(({ to, effective }: { to: string; effective: string }) => [to, effective])).toEqual(
      expect.arrayContaining([['expired', '2027-03-15T00:00:00.000']]),
    )
    expect((await inside('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  })

  test('sent twice it passes once', async () => {
    const inside = await sandbox('twice')
    const [first, second] = [
      await advance(inside, { days: 30 }, 'a-month'),
      await advance(inside, { days: 30 }, 'a-month'),
    ]
    expect(second.body).toEqual(first.body)
    expect(await clockOf(inside)).toBe('2026-04-13T11:00:00.000Z')
  })

  test('TIME-3 to one moment and then to another is the same as to the other', async () => {
    const [once, often] = [await sandbox('at-once'), await sandbox('in-steps')]
    for (const inside of [once, often]) {
      await inside('POST', '/v1/events', orderPaid('spring', 'una', 12_000))
      await inside('POST', '/v1/redemptions', { id: 'red', member: 'una', reward: 'five-off' })
    }
    await advance(once, { to: '2027-04-01T00:00:00Z' }, 'all')
    for (const to of ['2026-03-14T12:15:00Z', '2026-12-31T23:59:59Z', '2027-03-15T00:00:00Z', '2027-04-01T00:00:00Z']) {
      expect((await advance(often, { to }, to)).body.status).toBe('done')
    }
    const told = async (inside: Call) =>
      (await inside('GET', '/v1/members/una/statement')).body.lines.map(
        ({ from, to, amount, effective, balance }: Record<string, unknown>) => ({
          from,
          to,
          amount,
          effective,
          balance,
        }),
      )
    expect(await told(often)).toEqual(await told(once))
  })
})

describe('SBX-3 an advance that cannot be', () => {
  test('is refused with what the clock shows, and nothing is written', async () => {
    const inside = await sandbox('wrong', { startsAt: '2026-03-14T12:00:00Z' })
    const refused: readonly [object, object][] = [
      [{ to: '2026-03-14T11:59:59Z' }, { code: 'advance-backwards', clock: '2026-03-14T12:00:00.000Z' }],
      [{ to: '2026-03-14T12:00:00Z' }, { code: 'advance-backwards' }],
      [{ to: '2126-03-14T12:00:00Z' }, { code: 'advance-too-far', latest: expect.stringMatching(/^2036-03/) }],
      [{ days: 0 }, { code: 'invalid-request' }],
      [{ days: 3661 }, { code: 'invalid-request' }],
      [{ days: 1.5 }, { code: 'invalid-request' }],
      [{}, { code: 'invalid-request' }],
      [{ days: 1, to: '2027-01-01T00:00:00Z' }, { code: 'invalid-request' }],
    ]
    for (const [n, [body, problem]] of refused.entries()) {
      expect((await advance(inside, body, `wrong-${n}`)).body, JSON.stringify(body)).toMatchObject(problem)
    }
    expect((await inside('POST', '/v1/sandbox/advances', { days: 1 })).body.code).toBe('idempotency-key-missing')
    expect((await inside('GET', '/v1/sandbox/advances')).body.advances).toEqual([])
    expect(await clockOf(inside)).toBe('2026-03-14T12:00:00.000Z')
  })

  test('also where clocks begin and end', async () => {
    const late = await sandbox('late', { startsAt: '2999-12-31T12:00:00Z' })
    const latest = '3000-01-01T00:00:00.000Z'
    expect((await advance(late, { days: 3 }, 'beyond')).body).toMatchObject({ code: 'advance-too-far', latest })
    expect((await advance(late, { to: '9999-12-31T23:59:59Z' }, 'far-beyond')).body.code).toBe('invalid-request')
    expect((await advance(late, { to: latest }, 'to-the-end')).body).toMatchObject({ status: 'done', clock: latest })
    expect((await advance(late, { days: 1 }, 'after-it')).body).toMatchObject({ code: 'advance-too-far', latest })
    const early = await sandbox('early', { startsAt: '1900-01-01T00:00:00Z' })
    expect((await advance(early, { days: 3660 }, 'ten-years')).body).toMatchObject({ status: 'done' })
    expect(await clockOf(early)).toBe('1910-01-09T00:00:00.000Z')
    expect((await call('POST', '/v1/sandboxes', { id: 'no', startsAt: '3000-01-02T00:00:00Z' })).body.code).toBe(
      'invalid-request',
    )
  })

  test('in a program that is no sandbox', async () => {
    for (const [method, url] of [
      ['GET', '/v1/sandbox'],
      ['GET', '/v1/sandbox/advances'],
      ['GET', `/v1/sandbox/advances/${'a'.repeat(32)}`],
      ['POST', `/v1/sandbox/advances/${'a'.repeat(32)}/cancel`],
    ] as const) {
      expect((await call(method, url)).body, url).toMatchObject({ status: 409, code: 'no-sandbox' })
    }
    expect((await advance(call, { days: 1 }, 'live')).body).toMatchObject({ status: 409, code: 'no-sandbox' })
  })
})

describe('SBX-3 two advances, a cancelled one, and one whose server died', () => {
  const outbox = new Outbox(context)
  /** How many stops it makes before the next one waits for `goOn`. */
  const slowly = (stops: number) => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const { promise: may, resolve: goOn } = Promise.withResolvers<void>()
    let deliveries = 0
    const advancer = new Advancer(context, async (program) => {
      deliveries += 1
      if (deliveries > stops) {
        reach()
        await may
      }
      await outbox.deliverIn(program)
    })
    return { advancer, reached, goOn }
  }
  /** Written down as by a server that works at nothing. */
  const begin = async (inside: Call, days: number, key: string) => {
    const { startAdvance } = await import('./start-advance.ts')
    const { id } = (await inside('GET', '/v1/sandbox')).body
    const actor = {
      name: 'key/test',
      person: null,
      member: null,
      program: id,
      scopes: new Set<never>(),
      partner: null,
      holder: null,
    }
    return await startAdvance(context, actor, { days }, key)
  }

  test('one at a time', async () => {
    const inside = await sandbox('busy', { document: byDays })
    const running = await begin(inside, 300, 'first')
    const { advancer, reached, goOn } = slowly(20)
    advancer.wake()
    await reached
    expect((await advance(inside, { days: 1 }, 'second')).body).toMatchObject({
      ...{ status: 409, code: 'advance-running', advance: running },
    })
    expect((await inside('GET', '/v1/sandbox')).body).toMatchObject({ advancing: running })
    goOn()
    await advancer.close()
    // The server goes on with what another has let go.
    expect((await advance(inside, { days: 300 }, 'first')).body).toMatchObject({ id: running, status: 'done' })
    expect((await advance(inside, { days: 1 }, 'second')).body).toMatchObject({ status: 'done' })
  })

  test('cancelled it stays where it is, and the clock goes on from there', async () => {
    const inside = await sandbox('given-up', { document: byDays })
    await inside('POST', '/v1/events', orderPaid('spring', 'gus', 12_000))
    const id = await begin(inside, 300, 'first')
    const { advancer, reached, goOn } = slowly(60)
    advancer.wake()
    await reached
    const cancelled = await inside('POST', `/v1/sandbox/advances/${id}/cancel`)
    expect(cancelled.body).toMatchObject({ id, status: 'cancelled' })
    const stopped = await clockOf(inside)
    expect(stopped > '2026-03-15' && stopped < '2026-12-31').toBe(true)
    goOn()
    await advancer.close()
    expect(await clockOf(inside)).toBe(stopped)
    expect((await inside('POST', `/v1/sandbox/advances/${id}/cancel`)).body).toEqual(cancelled.body)
    expect((await advance(inside, { to: '2027-05-01T00:00:00Z' }, 'rest')).body).toMatchObject({
      ...{ status: 'done', from: stopped },
    })
    expect(await activeOf(inside, 'gus')).toBe(0)
  })

  test('what a dead server held goes on after a minute, from where the clock is', async () => {
    const inside = await sandbox('orphan', { document: byDays })
    await inside('POST', '/v1/events', orderPaid('spring', 'oda', 12_000))
    const id = await begin(inside, 400, 'first')
    const dead = slowly(60)
    dead.advancer.wake()
    await dead.reached
    const stopped = await clockOf(inside)
    // It holds the advance and says nothing any more.
    expect((await advance(inside, { days: 400 }, 'first')).body).toMatchObject({ id, status: 'running' })
    clock.now += 61_000
    expect((await advance(inside, { days: 400 }, 'first')).body).toMatchObject({ id, status: 'done' })
    clock.now -= 61_000
    expect((await clockOf(inside)) > stopped).toBe(true)
    // Should it come back after all, it finds that it has lost.
    dead.goOn()
    await dead.advancer.close()
    expect((await inside('GET', `/v1/sandbox/advances/${id}`)).body).toMatchObject({ status: 'done' })
    expect(await activeOf(inside, 'oda')).toBe(0)
    expect((await inside('POST', '/v1/ledger/verify')).body).toMatchObject({ clean: true })
  })
})

describe('a sandbox is made by its program', () => {
  test('once: the same request again is the same sandbox, another one finds the id taken', async () => {
    const body = { id: 'again', startsAt: '2026-01-01T00:00:00Z' }
    expect((await call('POST', '/v1/sandboxes', body)).body).toMatchObject({ repeated: false })
    expect((await call('POST', '/v1/sandboxes', body)).body).toMatchObject({ repeated: true })
    const document = clubDocument.replace('1 points', '2 points')
    for (const other of [{ ...body, startsAt: '2026-01-02T00:00:00Z' }, { id: 'again', document }, { id: 'club' }]) {
      expect((await call('POST', '/v1/sandboxes', other)).body).toMatchObject({ status: 409, code: 'sandbox-id-taken' })
    }
  })

  test('of what is there and compiles, and nothing is left of one that is refused', async () => {
    const refused: readonly [object, object][] = [
      [{ id: 'no', version: 9 }, { code: 'unknown-version' }],
      [{ id: 'no', document: 'laurel: 1' }, { code: 'program-not-accepted' }],
      [{ id: 'no', document: clubDocument, version: 1 }, { code: 'invalid-request' }],
      [{ id: 'No Id' }, { code: 'invalid-request' }],
    ]
    for (const [body, problem] of refused) {
      expect((await call('POST', '/v1/sandboxes', body)).body, JSON.stringify(body)).toMatchObject(problem)
    }
    const inside = await sandbox('childless')
    expect((await inside('POST', '/v1/sandboxes', { id: 'grandchild' })).body.code).toBe('sandbox-of-sandbox')
    const { rows } = await context.database.migrator.query(`SELECT id FROM program WHERE id IN ('no', 'grandchild')`)
    expect(rows).toEqual([])
  })

  test('stands in its list, page by page, and in nobody else’s', async () => {
    const ids: string[] = []
    let cursor: string | null = ''
    do {
      const { body: page }: Awaited<ReturnType<typeof call>> = await call(
        'GET',
        `/v1/sandboxes?limit=3${cursor && `&cursor=${cursor}`}`,
      )
      ids.push(...page.sandboxes.map(({ id }: { id: string }) => id))
      cursor = page.next
    } while (cursor !== null)
    expect(ids.length).toBeGreaterThan(6)
    expect(ids).toEqual([...new Set(ids)].sort())
    const rival = { authorization: `Bearer ${await server.keyFor('rival')}` }
    expect((await call('GET', '/v1/sandboxes', undefined, rival)).body).toEqual({ sandboxes: [], next: null })
    expect((await call('POST', '/v1/sandboxes/again/key', undefined, rival)).body.code).toBe('unknown-sandbox')
  })

  test('what was done is written down, by whom, in the program and in the sandbox', async () => {
    const inside = await sandbox('noted')
    await advance(inside, { days: 1 }, 'a-day')
    const { rows } = await context.database.migrator.query(
      `SELECT program, act FROM audit_log WHERE subject = 'sandbox/noted' OR program = 'noted' ORDER BY at, act`,
    )
    expect(rows).toEqual(
      expect.arrayContaining([
        { program: 'club', act: 'sandbox.created' },
        { program: 'club', act: 'sandbox.key-issued' },
        { program: 'noted', act: 'program.published' },
        { program: 'noted', act: 'key.created' },
        { program: 'noted', act: 'advance.started' },
      ]),
    )
  })
})

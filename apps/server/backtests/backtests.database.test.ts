import { backtestReport, backtest as backtestSchema, scopes } from '@laurel/contract'
import { backtest, compileProgram, draftOf, reportOf } from '@laurel/engine'
import { describe, expect, test, vi } from 'vitest'
import { createKey } from '../access/create-key.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { Backtester } from './backtester.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server
const giving = (points: number, text: string) => text.replace('give: 1 points', `give: ${points} points`)

let keys = 0
/** A program of its own with a little history. */
async function programOf(id: string) {
  const document = clubDocument.replace('id: club', `id: ${id}`)
  await server.publish(document, id)
  const wanted = { program: id, name: 'test', scopes, expiresAt: null, holder: 'ada' }
  const headers = { authorization: `Bearer ${(await createKey(context, 'test', wanted)).key}` }
  const call = (method: 'GET' | 'POST', url: string, body?: unknown, more = {}) =>
    server.call(method, `/v1/${url}`, body, { ...headers, ...more })
  const start = (body: object, key = `key-${keys++}`) => call('POST', 'backtests', body, { 'idempotency-key': key })
  const order = (name: string, member: string, total: number, day = '03-14') =>
    orderPaid(name, member, total, { occurredAt: `2026-${day}T10:00:00Z` })
  const send = (...orders: readonly object[]) => call('POST', 'events?history=true', orders)
  const work = async () => {
    const backtester = new Backtester(context)
    backtester.wake()
    await backtester.settled()
    await backtester.close()
  }
  return { document, call, start, order, send, work }
}

const residue = async (program: string) => {
  const { rows } = await context.database.migrator.query('SELECT part FROM backtest_part WHERE program = $1', [program])
  return rows
}

describe('a backtest of what is stored', () => {
  test('says what drafts would have made of it, and that what ran comes to the ledger transfer by transfer', async () => {
    const { document, call, start, order, send, work } = await programOf('alpha')
    await send(order('1', 'ann', 20_000, '01-05'), order('2', 'ben', 500), order('3', 'ann', 700))
    await call('POST', 'events', {
      ...{ type: 'refund.made', id: 'back', source: 'web', member: 'ann', occurredAt: '2026-03-14T11:00:00Z' },
      ...{ order: 'order-1', lines: [{ line: '1', quantity: 1 }] },
    })
    await call('POST', 'redemptions', { id: 'red', member: 'ben', reward: 'five-off' })
    await call('POST', 'drafts/spring', { revision: 0, document: giving(2, document) })

    const started = await start({
      drafts: [{ draft: 'spring' }, { name: 'three.yaml', document: giving(3, document) }],
    })
    expect(started.status).toBe(200)
    expect(backtestSchema.parse(started.body)).toMatchObject({
      ...{ status: 'running', versions: 1, assumption: 'as-asked', startedBy: expect.stringMatching(/^key\//) },
      drafts: [
        { name: 'spring', revision: 1 },
        { name: 'three.yaml', revision: null },
      ],
    })
    const { id } = started.body
    expect(await call('GET', `backtests/${id}/report`)).toMatchObject({
      status: 409,
      body: { code: 'backtest-not-done' },
    })
    await work()
    const ended = (await call('GET', `backtests/${id}`)).body
    expect(ended).toMatchObject({ status: 'done', failure: null })
    expect(ended.parts.done).toBe(ended.parts.all)
    const report = backtestReport.parse((await call('GET', `backtests/${id}/report`)).body)
    expect(report).toMatchObject({ events: 5, rejected: 0, gaps: ['2026-02'] })
    expect(report.reproduction).toMatchObject({ differing: 0, differences: [] })
    expect(report.reproduction?.transfers).toBeGreaterThan(3)
    const { balances } = (await call('GET', 'members/ann/balance')).body
    expect(report.candidates.map(({ report: own }) => own.assets[0]?.earned.amount)).toEqual([5 + 7, 10 + 14, 15 + 21])
    expect(balances[0].active).toBe(7)
    expect(report.candidates[2]?.report.against).toMatchObject([{ gained: 2, lost: 0, same: 0, up: 10 + 14 }])
    expect(await residue('alpha')).toEqual([])

    const { rows } = await context.database.migrator.query(
      "SELECT act, subject FROM audit_log WHERE program = 'alpha' AND act LIKE 'backtest.%'",
    )
    expect(rows).toEqual([{ act: 'backtest.started', subject: `backtest/${id}` }])
  })

  test('a sample lived again on another machine comes to what the server finds', async () => {
    const { document, call, start, order, send, work } = await programOf('sampled')
    await send(
      order('1', 'ann', 20_000, '01-05'),
      order('2', 'ben', 500),
      order('3', 'ann', 700),
      order('4', 'cem', 900),
    )
    await call('POST', 'redemptions', { id: 'red-sampled', member: 'ann', reward: 'five-off' })
    const changed = giving(3, document)
    const sample = (await call('GET', 'backtest-sample')).body
    expect(sample).toMatchObject({ orders: 4 })
    const compiled = [document, changed].map((text) => compileProgram(text, { version: 1, hash: '' }).program)
    const [before, after] = compiled
    if (before == null || after == null) throw new Error('both compile')
    const setting = { upTo: { type: 'time.passed', stamp: sample.until }, assumption: 'as-asked' } as const
    const [, lived] = backtest([draftOf(before), draftOf(after)], sample.recordings, setting)
    const { id } = (await start({ drafts: [{ name: 'changed', document: changed }] })).body
    await work()
    const { candidates } = (await call('GET', `backtests/${id}/report`)).body
    expect(lived && reportOf(after, lived, 10)).toEqual(candidates[1].report)

    const { recordings } = (await call('GET', 'backtest-sample?members=2')).body
    expect(recordings).toHaveLength(2)
    expect((await call('GET', 'backtest-sample?members=201')).status).toBe(400)
  })

  test('names what the ledger says otherwise', async () => {
    const { start, call, order, send, work } = await programOf('bent')
    await send(order('1', 'ann', 20_000))
    await context.database.migrator.query("UPDATE transfer SET amount = 150 WHERE program = 'bent' AND amount = 200")
    const { id } = (await start({})).body
    await work()
    const { reproduction } = (await call('GET', `backtests/${id}/report`)).body
    expect(reproduction).toMatchObject({
      differing: 1,
      differences: [{ member: 'ann', cause: 'web/1', rule: 'base', from: 'issued', to: 'active', amount: 50 }],
    })
  })

  test('under one key is one, and one at a time', async () => {
    const { document, start, work } = await programOf('single')
    const first = await start({ drafts: [] }, 'one')
    expect((await start({ drafts: [] }, 'one')).body).toEqual(first.body)
    const second = await start({ drafts: [{ name: 'a', document }] }, 'two')
    expect(second).toMatchObject({ status: 409, body: { code: 'backtest-running', backtest: first.body.id } })
    await work()
    expect((await start({ drafts: [{ name: 'a', document }] }, 'two')).status).toBe(200)
    await work()
  })

  test('of nobody is a report, too', async () => {
    const { start, call, work } = await programOf('empty')
    const { id } = (await start({})).body
    await work()
    expect((await call('GET', `backtests/${id}/report`)).body).toMatchObject({
      events: 0,
      candidates: [{ report: { members: 0 } }],
    })
  })

  test('is refused before it begins where a draft is not there, does not compile, or is of another program or currency', async () => {
    const { document, start, call } = await programOf('strict')
    const refused = async (drafts: readonly object[]) => (await start({ drafts })).body
    expect(await refused([{ draft: 'nowhere' }])).toMatchObject({ code: 'unknown-draft' })
    expect(await refused([{ name: 'x', document: 'just words' }])).toMatchObject({ code: 'program-not-accepted' })
    expect(await refused([{ name: 'x', document: clubDocument }])).toMatchObject({ code: 'other-program' })
    const euros = document.replaceAll('GBP', 'EUR')
    expect(await refused([{ name: 'x', document: euros }])).toMatchObject({
      ...{ code: 'program-not-accepted', status: 422 },
      findings: expect.arrayContaining([expect.objectContaining({ path: 'currency', code: 'version-rewrites' })]),
    })
    expect(await refused(Array.from({ length: 5 }, () => ({ draft: 'a' })))).toMatchObject({ code: 'invalid-request' })
    expect((await call('GET', 'backtests')).body.backtests).toEqual([])
  })

  test('that is cancelled leaves nothing, whoever works at it, and stays cancelled', async () => {
    const { start, call, order, send, work } = await programOf('given-up')
    await send(...Array.from({ length: 40 }, (_, index) => order(`${index}`, `m${index}`, 1_000)))
    const { id } = (await start({})).body
    const backtester = new Backtester(context)
    backtester.wake()
    const cancelled = await call('POST', `backtests/${id}/cancel`, {})
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    await backtester.close()
    expect(await residue('given-up')).toEqual([])
    expect((await call('POST', `backtests/${id}/cancel`, {})).body).toEqual(cancelled.body)
    await work()
    expect(await call('GET', `backtests/${id}/report`)).toMatchObject({ status: 409 })
    expect((await start({})).status).toBe(200)
    await work()
  })

  test('goes on from what is done after the server that worked at it is gone, and comes to the same', async () => {
    const { start, call, order, send, work } = await programOf('killed')
    await send(...Array.from({ length: 12 }, (_, index) => order(`${index}`, `m${index}`, 1_000 * (index + 1))))
    const whole = (await start({})).body.id
    await work()
    const { id } = (await start({})).body
    // As a server leaves it that is killed: held, with some of the parts.
    await context.database.migrator.query(
      "UPDATE backtest SET held_by = 'gone', held_until = $1 WHERE program = 'killed' AND id = $2",
      [new Date(clock.now + 60_000).toISOString(), id],
    )
    await work()
    expect((await call('GET', `backtests/${id}`)).body).toMatchObject({ status: 'running', parts: { done: 0 } })
    clock.now += 61_000
    const slow = new Backtester(context)
    slow.wake()
    await vi.waitUntil(async () => (await call('GET', `backtests/${id}`)).body.parts.done > 0, {
      timeout: 20_000,
      interval: 5,
    })
    await slow.close()
    const half = (await call('GET', `backtests/${id}`)).body
    expect((await residue('killed')).length).toBe(half.status === 'done' ? 0 : half.parts.done)
    await work()
    expect((await call('GET', `backtests/${id}`)).body).toMatchObject({
      status: 'done',
      parts: { done: half.parts.all },
    })
    const [one, other] = await Promise.all(
      [whole, id].map(async (each) => backtestReport.parse((await call('GET', `backtests/${each}/report`)).body)),
    )
    expect(other?.candidates[0]?.report).toEqual(one?.candidates[0]?.report)
  })

  test('over members whom no worker survives has failed, and says so', async () => {
    const { start, call, order, send, work } = await programOf('deadly')
    await send(order('1', 'ann', 20_000))
    await context.database.migrator.query("UPDATE decision SET effects = 'no JSON' WHERE program = 'deadly'")
    const { id } = (await start({})).body
    await work()
    expect((await call('GET', `backtests/${id}`)).body).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('died twice over the same members'),
    })
    expect(await residue('deadly')).toEqual([])
  })

  test('is nobody else’s: neither its name, nor its drafts, nor its report', async () => {
    const mine = await programOf('mine')
    const rival = await programOf('rival')
    await mine.call('POST', 'drafts/spring', { revision: 0, document: mine.document })
    const { id } = (await mine.start({}, 'shared-key')).body
    await mine.work()
    expect(await rival.call('GET', `backtests/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'unknown-backtest' },
    })
    expect(await rival.call('GET', `backtests/${id}/report`)).toMatchObject({ status: 404 })
    expect(await rival.call('POST', `backtests/${id}/cancel`, {})).toMatchObject({ status: 404 })
    expect(await rival.start({ drafts: [{ draft: 'spring' }] })).toMatchObject({ body: { code: 'unknown-draft' } })
    expect((await rival.call('GET', 'backtests')).body.backtests).toEqual([])
    expect((await rival.start({}, 'shared-key')).body.id).not.toBe(id)
    await rival.work()
  })

  test('stands in a list, the latest first, page by page', async () => {
    const { start, call, work } = await programOf('listed')
    const ids: string[] = []
    for (let time = 0; time < 3; time++) {
      ids.unshift((await start({})).body.id)
      await work()
      clock.now += 1_000
    }
    const first = (await call('GET', 'backtests?limit=2')).body
    const second = (await call('GET', `backtests?limit=2&cursor=${first.next}`)).body
    expect([...first.backtests, ...second.backtests].map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(second.next).toBeNull()
  })
})

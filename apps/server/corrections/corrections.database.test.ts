import { correction as correctionSchema } from '@laurel/contract'
import { describe, expect, test, vi } from 'vitest'
import { soundMember } from '../decisions/sound-member.fixture.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram, giving, wrong } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server
const fromFebruary = clubDocument.replace('from: always', 'from: 2026-02-01')

describe('COR-2 a correction', () => {
  test('shows what it would post and writes nothing, then posts just that, once approved', async () => {
    const program = await correctingProgram(server, 'alpha')
    const { call, start, work, send, order, pointsOf, document } = program
    await send(order('1', 'ann', 3_000, '01-20'), order('2', 'ann', 2_000, '02-20'), order('3', 'ben', 500, '03-01'))
    await program.publish(giving(3, document))

    const started = await start(wrong)
    expect(started.status).toBe(200)
    expect(correctionSchema.parse(started.body)).toMatchObject({
      ...{ status: 'looking', version: 2, postsAs: 3, publishes: true, needsApproval: false, summary: null },
      from: '2026-02-01T00:00:00.000Z',
    })
    await work()
    const { id } = started.body
    const shown = await program.read(id)
    expect(shown).toMatchObject({
      ...{ status: 'shown', members: { posted: 0, all: 2 } },
      summary: {
        ...{ members: 2, facts: 2, unknown: 0, transfers: 2 },
        assets: [
          {
            ...{ asset: 'points', scale: 0, up: { members: 2, amount: 50 }, down: { members: 0, amount: 0 } },
            biggest: [
              { member: 'ann', change: 40, debt: 0, borne: 0, pooled: 0 },
              { member: 'ben', change: 10, debt: 0, borne: 0, pooled: 0 },
            ],
          },
        ],
      },
    })
    expect(await program.members(id)).toEqual(
      expect.arrayContaining([
        {
          ...{ member: 'ann', facts: 1, outcome: null, decision: null },
          changes: [{ asset: 'points', change: 40, debt: 0, borne: 0, pooled: 0 }],
          ...{ levels: [], lots: [], vouchers: [] },
        },
      ]),
    )
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([50, 5])
    expect((await call('GET', 'programs')).body.versions).toHaveLength(2)

    const approved = await call('POST', `corrections/${id}/approve`)
    expect(approved.body).toMatchObject({ status: 'posting', approvedBy: expect.stringMatching(/^key\//) })
    await work()
    expect(await program.read(id)).toMatchObject({ status: 'done', failure: null, members: { posted: 2, all: 2 } })
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([90, 15])
    expect((await program.members(id)).map(({ outcome }: { outcome: string }) => outcome)).toEqual(['posted', 'posted'])

    // The version reaches back now, for whatever comes late.
    const { versions } = (await call('GET', 'programs')).body
    expect(versions[2]).toMatchObject({ version: 3, restores: 2, inForceFrom: '2026-02-01T00:00:00.000Z' })
    await send(order('4', 'ben', 100, '02-10'), order('5', 'ben', 100, '01-10'))
    expect(await pointsOf('ben')).toBe(15 + 3 + 1)
  })

  test('names version and reason in the books, which agree with everything afterwards', async () => {
    const { call, send, order, document, publish, correct, pointsOf } = await correctingProgram(server, 'beta')
    await send(order('1', 'ann', 2_000, '02-20'), order('2', 'ann', 3_000, '03-01'))
    await publish(giving(2, document))
    const done = await correct(wrong)
    expect(done).toMatchObject({ status: 'done' })
    const act = `laurel/correct/${done.id}/ann`

    const { rows } = await context.database.migrator.query(
      `SELECT cause, because, version, amount::int FROM transfer
       WHERE program = 'beta' AND because IS NOT NULL ORDER BY number`,
    )
    expect(rows).toEqual([
      { cause: 'web/1', because: act, version: 3, amount: 20 },
      { cause: 'web/2', because: act, version: 3, amount: 30 },
    ])
    const name = encodeURIComponent(`correct/${done.id}/ann`)
    const said = (await call('GET', `members/ann/events/laurel/${name}/explanation`)).body
    expect(said.event).toMatchObject({ type: 'version.corrected', reason: 'wrong-rate', version: 3 })
    // Both readings (EVT-7).
    const both = (await call('GET', 'members/ann/events/web/1/explanation')).body
    const given = (reading: { effects: { type: string; amount?: number; version?: number }[] }) =>
      reading.effects.filter(({ type }) => type === 'move').map(({ amount, version }) => [amount, version])
    expect([given(both), given(both.now)]).toEqual([[[20, 1]], [[40, 3]]])

    await soundMember(context, 'ann', 'beta')
    expect((await call('POST', 'ledger/verify')).body).toMatchObject({ clean: true })
    // What is refunded later is judged as the order is now (REF-1).
    await call('POST', 'events', {
      ...{ type: 'refund.made', id: 'back', source: 'web', member: 'ann', occurredAt: '2026-03-14T11:00:00Z' },
      ...{ order: 'order-1', lines: [{ line: '1', quantity: 1 }] },
    })
    expect(await pointsOf('ann')).toBe(60)
    await soundMember(context, 'ann', 'beta')
  })

  test('counts the lines that it posts, and not those of time itself, though nobody has woken anybody since', async () => {
    const waiting = clubDocument.replace('pending: none', 'pending: { until: order.delivered, longest: P14D }')
    const { start, work, call, send, order, document, publish, read } = await correctingProgram(
      ...([server, 'waiting', waiting] as const),
    )
    await send(order('1', 'ann', 2_000, '02-20'), order('2', 'ben', 3_000, '03-12'))
    await publish(giving(2, document))
    const { id } = (await start(wrong)).body
    await work()
    const shown = (await read(id)).summary
    await call('POST', `corrections/${id}/approve`)
    await work()
    const done = (await read(id)).summary
    expect([shown.members, shown.transfers]).toEqual([2, 3])
    expect([done.members, done.transfers]).toEqual([2, 3])
  })

  test('is the same however often it is asked for, and has nothing to correct the second time', async () => {
    const { call, start, work, send, order, document, publish, correct, read } = await correctingProgram(
      server,
      'gamma',
    )
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    const { id } = (await start(wrong, 'once')).body
    expect((await start(wrong, 'once')).body.id).toBe(id)
    await work()
    expect((await start(wrong, 'once')).body).toMatchObject({ id, status: 'shown' })
    for (const _ of [1, 2]) expect((await call('POST', `corrections/${id}/approve`)).status).toBe(200)
    await work()
    expect((await call('POST', `corrections/${id}/approve`)).body).toMatchObject({ id, status: 'done' })
    expect((await start(wrong, 'once')).body).toMatchObject({ id, status: 'done' })
    expect((await call('GET', 'programs')).body.versions).toHaveLength(3)
    clock.now += 1_000
    const again = (await start({ ...wrong, version: 3 })).body
    expect(again).toMatchObject({ publishes: false })
    await work()
    expect(await read(again.id)).toMatchObject({ status: 'nothing', summary: { members: 0, facts: 0, transfers: 0 } })
    expect((await call('POST', `corrections/${again.id}/approve`)).body).toMatchObject({
      ...{ code: 'correction-status', status: 409, state: 'nothing' },
    })
    expect((await call('GET', 'corrections')).body.corrections.map((each: { id: string }) => each.id)).toEqual([
      again.id,
      id,
    ])
    expect(await correct({ ...wrong, version: 3 })).toMatchObject({ status: 'nothing' })
  })
})

describe('COR-3 what was spent in good faith', () => {
  const spend = async (program: Awaited<ReturnType<typeof correctingProgram>>) => {
    const { call, send, order } = program
    await send(order('1', 'ann', 6_000, '02-20'), order('2', 'ben', 6_000, '02-20'))
    expect((await call('POST', 'redemptions', { id: 'red', member: 'ann', reward: 'five-off' })).status).toBe(200)
    expect((await call('POST', 'redemptions/red/confirm', { member: 'ann' })).status).toBe(200)
  }
  const less = (document: string) => document.replace('per: 1.00 GBP', 'per: 3.00 GBP')

  test('is owed where the program lets members owe', async () => {
    const program = await correctingProgram(server, 'delta')
    await spend(program)
    await program.publish(less(program.document))
    const done = await program.correct(wrong)
    expect(done.summary).toMatchObject({
      assets: [{ up: { members: 0 }, down: { members: 2, amount: 80 }, debt: { members: 1, amount: 30 } }],
    })
    expect(await program.pointsOf('ann')).toBe(20 - 50)
    await soundMember(context, 'ann', 'delta')
  })

  test.each([
    ['shortfall: waive', 0],
    ['shortfall: debt, limit: 10 points', -10],
  ])('is borne by the program as it says of any shortfall: %s', async (policy, left) => {
    const program = await correctingProgram(server, `delta-${-left}`)
    await spend(program)
    await program.publish(less(program.document).replace('shortfall: debt, limit: none', policy))
    const done = await program.correct(wrong)
    expect(done.summary.assets[0]).toMatchObject({ borne: { members: 1, amount: 30 + left } })
    expect(await program.pointsOf('ann')).toBe(left)
    expect(await program.pointsOf('ben')).toBe(20)
    await soundMember(context, 'ann', `delta-${-left}`)
    expect((await program.call('POST', 'ledger/verify')).body).toMatchObject({ clean: true })
  })
})

describe('a correction that cannot be', () => {
  test.each([
    ['a version that is not published', { version: 9 }, 404, 'unknown-version'],
    ['a date before the program', { from: '2026-01-01' }, 409, 'correction-too-early'],
    ['a date to come', { from: '2026-03-15' }, 409, 'correction-too-late'],
    ['a version that later ones stand behind', {}, 409, 'version-overtaken'],
    ['a version that is to begin', { version: 4 }, 409, 'version-not-begun'],
    ['no date', { from: '1 February' }, 400, 'invalid-request'],
    ['no reason', { reason: '' }, 400, 'invalid-request'],
  ])('%s', async (what, change, status, code) => {
    const id = `wrong-${what.replaceAll(' ', '-').toLowerCase()}`
    const { call, start, document, publish } = await correctingProgram(server, id, fromFebruary)
    await publish(giving(2, document).replace('from: 2026-02-01', 'from: 2026-03-01'))
    await publish(giving(3, document).replace('from: 2026-02-01', 'from: 2026-03-10'))
    await publish(giving(4, document).replace('from: 2026-02-01', 'from: 2026-04-01'))
    const { body } = await start({ version: 2, from: '2026-02-10', reason: 'wrong', ...change })
    expect(body).toMatchObject({ status, code })
    expect((await call('GET', 'corrections')).body.corrections).toEqual([])
  })

  test('a date older than any fact, where the program was always in force', async () => {
    const { start } = await correctingProgram(server, 'wrong-ancient')
    for (const from of ['0001-01-01', '1899-12-31']) {
      expect((await start({ version: 1, from, reason: 'wrong' })).body).toMatchObject({
        ...{ status: 409, code: 'correction-too-early', from: '1900-01-01T00:00:00.000Z' },
      })
    }
    expect((await start({ version: 1, from: '1900-01-02', reason: 'wrong' })).status).toBe(200)
  })

  test('COR-1 runs beside a version that is to begin: that begins all the same, and judges what happens then', async () => {
    const program = await correctingProgram(server, 'beside')
    const { call, start, work, send, order, document, publish, pointsOf } = program
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    await publish(giving(5, document).replace('refunds:', 'inForce: { from: 2026-03-20 }\nrefunds:'))
    const { id } = (await start(wrong)).body
    await work()
    expect(await program.read(id)).toMatchObject({ status: 'shown', postsAs: 4, summary: { members: 1 } })
    expect((await call('POST', `corrections/${id}/approve`)).status).toBe(200)
    await work()
    expect(await program.read(id)).toMatchObject({ status: 'done', members: { posted: 1 } })
    expect(await pointsOf('ann')).toBe(40)
    const { versions } = (await call('GET', 'programs')).body
    expect(versions.slice(3)).toMatchObject([
      { version: 4, restores: 2, withdraws: null, inForceFrom: '2026-02-01T00:00:00.000Z' },
      { version: 5, restores: 3, withdraws: null, inForceFrom: '2026-03-20T00:00:00.000Z' },
    ])
    const before = clock.now
    clock.now = Date.parse('2026-03-21T12:00:00Z')
    await send(order('2', 'ann', 100, '03-19'), order('3', 'ann', 100, '03-21'), order('4', 'ben', 100, '03-21'))
    expect([await pointsOf('ann'), await pointsOf('ben')]).toEqual([40 + 2 + 5, 5])
    await program.expectSound()
    clock.now = before
  })

  test('COR-4 is shown anew where a version has begun since', async () => {
    const { call, start, work, send, order, document, publish } = await correctingProgram(server, 'begun')
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    await publish(giving(5, document).replace('refunds:', 'inForce: { from: 2026-03-20 }\nrefunds:'))
    const { id } = (await start(wrong)).body
    await work()
    const before = clock.now
    clock.now = Date.parse('2026-03-21T12:00:00Z')
    expect((await call('POST', `corrections/${id}/approve`)).body).toMatchObject({ code: 'correction-overtaken' })
    expect((await call('GET', 'programs')).body.versions).toHaveLength(3)
    clock.now = before
  })

  test('can be undone: an older version judges again once it is rolled back to', async () => {
    const { call, send, order, document, publish, correct, pointsOf } = await correctingProgram(server, 'undone')
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    expect(await correct(wrong)).toMatchObject({ status: 'done', postsAs: 3 })
    clock.now += 1_000
    expect(await correct({ ...wrong, version: 1 })).toMatchObject({ status: 'nothing' })
    expect((await call('POST', 'programs/1/roll-back', { after: 3, note: 'back' })).status).toBe(200)
    clock.now += 1_000
    expect(await correct({ ...wrong, version: 4 })).toMatchObject({ status: 'done' })
    expect(await pointsOf('ann')).toBe(20)
    await soundMember(context, 'ann', 'undone')
  })

  test('two at once: the second is told of the first', async () => {
    const { call, start, work, send, order, document, publish } = await correctingProgram(server, 'two')
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    const { id } = (await start(wrong)).body
    for (const _ of ['looking', 'shown']) {
      expect((await start(wrong)).body).toMatchObject({ status: 409, code: 'correction-open', correction: id })
      await work()
    }
    expect((await call('POST', `corrections/${id}/cancel`)).body).toMatchObject({ status: 'cancelled' })
    expect((await call('GET', `corrections/${id}/members`)).body.members).toEqual([])
    expect((await call('POST', `corrections/${id}/approve`)).body).toMatchObject({ code: 'correction-status' })
    expect((await start(wrong)).status).toBe(200)
  })

  test('another program sees nothing of it', async () => {
    const { start } = await correctingProgram(server, 'mine')
    const { call } = await correctingProgram(server, 'theirs')
    const { id } = (await start({ ...wrong, version: 1 })).body
    for (const url of [`corrections/${id}`, `corrections/${id}/members`]) {
      expect((await call('GET', url)).body).toMatchObject({ code: 'unknown-correction' })
    }
    for (const step of ['approve', 'cancel']) {
      expect((await call('POST', `corrections/${id}/${step}`)).body).toMatchObject({ code: 'unknown-correction' })
    }
    expect((await call('GET', 'corrections')).body.corrections).toEqual([])
  })
})

import { describe, expect, test, vi } from 'vitest'
import { soundMember } from '../decisions/sound-member.fixture.ts'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock, context } = server

/** Gold gives a voucher, and two points for each pound. */
const gilded = clubDocument
  .replace('reach: 100 points }', 'reach: 100 points, entry: { reward: mug } }')
  .replace('rewards:', 'rewards:\n  mug: { kind: product, sku: mug }')
  .replace('tiers:', '  - id: gold-rate\n    for: { tier: [gold] }\n    multiply: { rule: base, by: 2 }\n\ntiers:')
const reaching = (points: number, more = '') =>
  gilded.replace('reach: 100 points', `reach: ${points} points`).concat(more)
const now = (text: string, id: string) =>
  text.replace('inForce: { from: always }\n', '').replace('id: club', `id: ${id}`)
const asked = { version: 2, from: '2026-02-01', reason: 'typed-wrong' }
const keeping = (day: string) => `\ntransitions:\n  tiers: { standing/gold: { through: ${day} } }\n`

const readsOf = ({ call }: Awaited<ReturnType<typeof correctingProgram>>) => ({
  levelOf: async (member: string) => (await call('GET', `members/${member}/tiers`)).body.tiers[0].level,
  vouchersOf: async (member: string) =>
    (await call('GET', `members/${member}/vouchers`)).body.vouchers.map(
      ({ reward, status }: { reward: string; status: string }) => `${reward} ${status}`,
    ),
})

describe('COR-1 a wrong threshold', () => {
  test('of which too much was asked makes gold from the day on which enough was there, and purchases since earn at gold', async () => {
    const program = await correctingProgram(server, 'asked-too-much', reaching(5_000))
    const { start, work, call, send, order, publish, pointsOf, read, members } = program
    const { levelOf, vouchersOf } = readsOf(program)
    await send(order('1', 'ann', 12_000, '02-10'), order('2', 'ann', 5_000, '02-20'), order('3', 'ben', 2_000, '02-20'))
    expect([await levelOf('ann'), await pointsOf('ann')]).toEqual(['green', 170])
    await publish(now(reaching(100), 'asked-too-much'))

    const { id } = (await start(asked)).body
    await work()
    const mug = { reward: 'mug', given: 1, revoked: 0 }
    const rise = { ladder: 'standing', from: 'green', to: 'gold', kept: false }
    expect((await read(id)).summary).toMatchObject({
      ...{ members: 2, levels: [{ ...rise, members: 1 }], vouchers: [mug] },
      assets: [{ asset: 'points', up: { members: 1, amount: 50 } }],
    })
    expect((await members(id)).find(({ member }: { member: string }) => member === 'ann')).toMatchObject({
      ...{ levels: [rise], vouchers: [{ reward: 'mug', becomes: 'given' }] },
    })
    expect(await levelOf('ann')).toBe('green')
    await call('POST', `corrections/${id}/approve`)
    await work()
    expect(await read(id)).toMatchObject({
      status: 'done',
      summary: { levels: [{ ...rise, members: 1 }], vouchers: [mug] },
    })
    expect([await levelOf('ann'), await pointsOf('ann'), await vouchersOf('ann')]).toEqual(['gold', 220, ['mug open']])
    expect([await levelOf('ben'), await pointsOf('ben')]).toEqual(['green', 20])
    // What comes late, and what comes now, is judged at that level, too.
    await send(order('4', 'ann', 1_000, '02-15'), order('5', 'ann', 1_000))
    expect(await pointsOf('ann')).toBe(260)
    for (const member of ['ann', 'ben']) await soundMember(context, member, 'asked-too-much')
    await program.expectSound()
    clock.now += 1_000
    expect(await program.correct({ ...asked, version: 3 })).toMatchObject({ status: 'nothing' })
  })

  test('of which too little was asked takes what it gave, but for what was announced and what the version promises', async () => {
    const id = 'asked-too-little'
    const program = await correctingProgram(server, id, reaching(10))
    const { call, send, order, publish, correct, pointsOf, members } = program
    const { levelOf, vouchersOf } = readsOf(program)
    await send(order('1', 'ann', 2_000, '02-10'), order('2', 'ann', 1_000, '02-20'), order('3', 'ben', 900, '02-20'))
    expect([await levelOf('ann'), await pointsOf('ann')]).toEqual(['gold', 40])
    await publish(now(reaching(100, keeping('2026-03-31')), id))
    const done = await correct(asked)
    const kept = { ladder: 'standing', from: 'gold', to: 'gold', kept: true }
    expect(done).toMatchObject({ status: 'done', summary: { levels: [{ ...kept, members: 1 }], vouchers: [] } })
    expect((await members(done.id)).find(({ member }: { member: string }) => member === 'ann')).toMatchObject({
      changes: [{ asset: 'points', change: -10 }],
      levels: [kept],
    })
    expect([await levelOf('ann'), await pointsOf('ann'), await vouchersOf('ann')]).toEqual(['gold', 30, ['mug open']])
    clock.now = Date.parse('2026-03-15T12:00:00Z')
    await send(order('4', 'ann', 1_000, '03-15'))
    expect(await pointsOf('ann')).toBe(50)
    await soundMember(context, 'ann', id)
    await program.expectSound()
    // The promise is over with its day.
    clock.now = Date.parse('2026-04-02T12:00:00Z')
    await call('POST', 'events', [order('5', 'ann', 1_000, '04-02')])
    expect([await levelOf('ann'), await pointsOf('ann')]).toEqual(['green', 60])
    await soundMember(context, 'ann', id)
    clock.now = Date.parse('2026-03-14T12:30:00Z')
  })

  test('keeps a level that the version promises under another name, and says nothing of a promise that is over', async () => {
    for (const [day, level] of [
      ['2026-03-31', 'plus'],
      ['2026-03-14', 'green'],
    ] as const) {
      const id = `renamed-${level}`
      const program = await correctingProgram(server, id, reaching(10))
      const { send, order, publish, start, work, read, call, members } = program
      const { levelOf } = readsOf(program)
      await send(order('1', 'ann', 2_000, '02-10'))
      expect(await levelOf('ann')).toBe('gold')
      const plus = reaching(100).replaceAll('gold', 'plus')
      await publish(now(`${plus}\ntransitions:\n  tiers: { standing/gold: { to: plus, through: ${day} } }\n`, id))
      clock.now = Date.parse('2026-03-15T12:00:00Z')
      expect(await levelOf('ann')).toBe(level)
      const { id: correction } = (await start(asked)).body
      await work()
      const levels = level === 'plus' ? [{ ladder: 'standing', from: 'plus', to: 'plus', kept: true }] : []
      expect((await read(correction)).summary.levels).toMatchObject(levels)
      await call('POST', `corrections/${correction}/approve`)
      await work()
      expect((await read(correction)).summary.levels).toHaveLength(levels.length)
      expect(await members(correction)).toMatchObject([{ member: 'ann', levels }])
      expect(await levelOf('ann')).toBe(level)
      await soundMember(context, 'ann', id)
      await program.expectSound()
      clock.now = Date.parse('2026-04-02T12:00:00Z')
      expect(await levelOf('ann')).toBe('green')
      clock.now = Date.parse('2026-03-14T12:30:00Z')
    }
  })

  test('TRN-1 leaves nobody on a level by a promise of before whom the wrong rate alone has lifted', async () => {
    const id = 'repeated-promise'
    const program = await correctingProgram(server, id, reaching(10))
    const { send, order, publish, correct } = program
    const { levelOf } = readsOf(program)
    await send(order('1', 'ann', 2_000, '02-10'))
    const twelve = (text: string) => text.replace('give: 1 points\n    per', 'give: 12 points\n    per')
    const forGood = reaching(100, '\ntransitions:\n  tiers: { standing/gold: keep }\n')
    await publish(now(twelve(forGood), id))
    clock.now += 60_000
    const occurredAt = new Date(clock.now).toISOString()
    await send({ ...order('2', 'ben', 1_000), occurredAt }, { ...order('3', 'cid', 11_000), occurredAt })
    expect([await levelOf('ann'), await levelOf('ben'), await levelOf('cid')]).toEqual(['gold', 'gold', 'gold'])
    clock.now += 60_000
    await publish(now(forGood, id))
    expect(await correct({ ...asked, version: 3, reason: 'wrong-rate' })).toMatchObject({
      ...{ status: 'done', summary: { members: 3 } },
    })
    expect([await levelOf('ann'), await levelOf('ben'), await levelOf('cid')]).toEqual(['gold', 'green', 'gold'])
    for (const member of ['ann', 'ben', 'cid']) await soundMember(context, member, id)
    await program.expectSound()
  })

  test('corrects also whoever has no fact of that time, where time alone has judged by it', async () => {
    const id = 'time-alone'
    const rolling = (length: string, more = '') =>
      reaching(100, more).replace('window: { calendar: year }', `window: { rolling: ${length} }`)
    clock.now = Date.parse('2026-01-21T12:00:00Z')
    const program = await correctingProgram(server, id, rolling('P60D'))
    const { send, order, publish, correct, members } = program
    const { levelOf } = readsOf(program)
    await send(order('1', 'ann', 12_000, '01-20'), order('2', 'ben', 5_000, '01-20'))
    clock.now = Date.parse('2026-02-01T12:00:00Z')
    await publish(now(rolling('P30D', keeping('2026-02-02')), id))
    clock.now = Date.parse('2026-03-14T12:00:00Z')
    await context.recorder.passTime(['ann', 'ben'].map((member) => ({ program: id, member })))
    expect(await levelOf('ann')).toBe('green')
    await publish(now(rolling('P60D'), id))
    const done = await correct({ ...asked, version: 3 })
    const rise = { ladder: 'standing', from: 'green', to: 'gold', kept: false }
    expect(done).toMatchObject({ status: 'done', summary: { members: 2, facts: 0, levels: [{ ...rise, members: 1 }] } })
    // What ben has bought counts for a while longer.
    const found = Map.groupBy(await members(done.id), ({ member }: { member: string }) => member)
    expect(found.get('ann')).toMatchObject([{ facts: 0, changes: [], levels: [rise] }])
    expect(found.get('ben')).toMatchObject([{ facts: 0, changes: [], levels: [] }])
    expect(await levelOf('ann')).toBe('gold')
    await soundMember(context, 'ann', id)
    await program.expectSound()
    clock.now += 1_000
    expect(await correct({ ...asked, version: 4 })).toMatchObject({ status: 'nothing' })
  })
})

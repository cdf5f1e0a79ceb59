import { describe, expect, test, vi } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram, giving, wrong } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { context } = server

describe('COR-4 who approves', () => {
  test('is a second person where the program demands one', async () => {
    const demand = `${clubDocument}\npublishing: { approval: second-person }\n`
    const program = await correctingProgram(server, 'second', demand)
    const { call, callerOf, start, work, send, order, pointsOf } = program
    await send(order('1', 'ann', 1_000, '02-10'))
    await call('POST', 'drafts/fix', { revision: 0, document: giving(2, program.document) })
    await call('POST', 'drafts/fix/submit', { revision: 1 })
    const [bob, nobody] = [await callerOf('bob'), await callerOf(null)]
    await bob('POST', 'drafts/fix/review', { revision: 1, verdict: 'approve' })
    expect((await call('POST', 'drafts/fix/publish', { revision: 1 })).status).toBe(200)
    const { id } = (await start(wrong)).body
    expect((await start(wrong, 'by-nobody', nobody)).body).toMatchObject({ code: 'correction-open' })
    await work()
    for (const [who, detail] of [
      [call, 'Whoever approves has asked for the correction.'],
      [await callerOf('ada'), 'Whoever approves has asked for the correction.'],
      [nobody, 'Nobody has said who holds the key of whoever approves.'],
    ] as const) {
      const refused = await who('POST', `corrections/${id}/approve`)
      expect(refused.body).toMatchObject({ code: 'second-person-needed', detail })
    }
    expect((await bob('POST', `corrections/${id}/approve`)).body).toMatchObject({ status: 'posting' })
    await work()
    expect(await pointsOf('ann')).toBe(20)
    const { versions } = (await call('GET', 'programs')).body
    expect(versions[2]).toMatchObject({ version: 3, restores: 2, approvedBy: expect.stringMatching(/^key\//) })
    const { rows } = await context.database.migrator.query(
      "SELECT act FROM audit_log WHERE program = 'second' AND subject = $1 ORDER BY id",
      [`correction/${id}`],
    )
    expect(rows.map(({ act }) => act)).toEqual(['correction.started', 'correction.approved'])
  })
})

describe('COR-4 what is approved', () => {
  test('what was shown before another publication is not approved', async () => {
    const { call, start, work, send, order, document, publish, pointsOf } = await correctingProgram(server, 'overtaken')
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    const { id } = (await start(wrong)).body
    await work()
    await publish(giving(3, document))
    expect((await call('POST', `corrections/${id}/approve`)).body).toMatchObject({
      ...{ code: 'correction-overtaken', versions: 2, latest: 3 },
    })
    expect(await pointsOf('ann')).toBe(20)
  })

  test('what is published before anybody looks has no part in what is shown, which is not approved either', async () => {
    const { start, work, read, send, order, document, publish, call } = await correctingProgram(
      server,
      'before-the-look',
    )
    await send(order('1', 'ann', 2_000, '02-20'))
    await publish(giving(2, document))
    const { id } = (await start(wrong)).body
    await publish(giving(7, document))
    await work()
    // Two a pound, as asked, instead of one; not seven.
    expect((await read(id)).summary.assets).toMatchObject([{ up: { members: 1, amount: 20 } }])
    expect((await call('POST', `corrections/${id}/approve`)).body).toMatchObject({ code: 'correction-overtaken' })
  })
})

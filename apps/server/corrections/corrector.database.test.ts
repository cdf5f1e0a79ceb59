import { describe, expect, test, vi } from 'vitest'
import { DatabaseFailure } from '../db/database-failure.ts'
import type { Recorder } from '../decisions/recorder.ts'
import { openTestServer } from '../server.fixture.ts'
import { correctingProgram, giving, wrong } from './correcting.fixture.ts'
import { Corrector } from './corrector.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { context } = server

describe('COR-4 posting', () => {
  const members = 50
  const many = async (id: string) => {
    const program = await correctingProgram(server, id)
    const { call, start, work, send, order, document } = program
    await send(...Array.from({ length: members }, (_, index) => order(`${index}`, `m${index}`, 1_000, '02-10')))
    await program.publish(giving(2, document))
    const correction = (await start(wrong)).body.id
    await work()
    await call('POST', `corrections/${correction}/approve`)
    return { ...program, correction }
  }
  /** Posts through a recorder to which something happens with the fifth member. */
  const workWith = async (onFifth: (goOn: () => ReturnType<Recorder['record']>) => ReturnType<Recorder['record']>) => {
    let count = 0
    const record: Recorder['record'] = async (submission) => {
      count += 1
      const goOn = () => context.recorder.record(submission)
      return count === 5 ? await onFifth(goOn) : await goOn()
    }
    const corrector = new Corrector({ ...context, recorder: { ...context.recorder, record } })
    corrector.wake()
    await corrector.settled()
    await corrector.close()
  }

  test('ends between members when it is cancelled, keeps what is posted, and another goes on from there', async () => {
    const program = await many('cancelled')
    const { call, correction, read, correct } = program
    await workWith(async (goOn) => {
      await call('POST', `corrections/${correction}/cancel`)
      return await goOn()
    })
    const ended = await read(correction)
    expect(ended).toMatchObject({ status: 'cancelled', approvedAt: expect.any(String) })
    expect(ended.members.posted).toBeGreaterThan(0)
    expect(ended.members.posted).toBeLessThan(members)
    await program.expectSound()
    const rest = await correct({ ...wrong, version: 3 })
    expect(rest).toMatchObject({ status: 'done', members: { posted: members - ended.members.posted } })
    for (let index = 0; index < members; index++) expect(await program.pointsOf(`m${index}`)).toBe(20)
    await program.expectSound()
  })

  test('goes on after a crash, and posts to nobody twice', async () => {
    const program = await many('crashed')
    const { correction, read } = program
    await workWith(async (goOn) => {
      await goOn()
      throw new DatabaseFailure('database-unavailable', 'it is gone')
    })
    expect(await read(correction)).toMatchObject({ status: 'posting', members: { posted: 0 } })
    // Two servers at once.
    await Promise.all([program.work(), program.work()])
    expect(await read(correction)).toMatchObject({ status: 'done', members: { posted: members, all: members } })
    for (const { outcome, decision } of await program.members(correction)) {
      expect([outcome, decision]).toEqual(['posted', 2])
    }
    await program.expectSound()
  })

  test('that is cancelled while it looks leaves nothing of it, whoever looks', async () => {
    const program = await correctingProgram(server, 'given-up')
    const { call, start, work, send, order, document, read } = program
    await send(order('1', 'ann', 1_000, '02-10'))
    await program.publish(giving(2, document))
    const { id } = (await start(wrong)).body
    const cancelled = await call('POST', `corrections/${id}/cancel`)
    expect(cancelled.body).toMatchObject({ status: 'cancelled', summary: null, approvedAt: null })
    await work()
    expect(await read(id)).toMatchObject({ status: 'cancelled', summary: null, parts: { done: 0 } })
    expect(await program.members(id)).toEqual([])
  })

  test('over a member whom nobody can tell again has failed before anything is posted, and says so', async () => {
    const program = await correctingProgram(server, 'broken')
    const { start, work, send, order, document, read } = program
    await send(order('1', 'ann', 1_000, '02-10'), order('2', 'ben', 1_000, '02-10'))
    await program.publish(giving(2, document))
    await context.database.migrator.query(
      "UPDATE decision SET effects = '[]' WHERE program = 'broken' AND member = 'ben'",
    )
    const { id } = (await start(wrong)).body
    await work()
    expect(await read(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('died'), summary: null })
    expect(await program.members(id)).toEqual([])
    expect((await start(wrong)).status).toBe(200)
  })

  test('names whoever could not be corrected, and corrects the others', async () => {
    const program = await many('faulty')
    await workWith(async () => ({ status: 'failed', code: 'fault', reference: 'r-1' }))
    const ended = await program.read(program.correction)
    expect(ended).toMatchObject({ status: 'failed', members: { posted: members } })
    expect(ended.failure).toMatch(/^1 of them could not be corrected, the first is m\d+$/)
    await program.expectSound()
  })
})

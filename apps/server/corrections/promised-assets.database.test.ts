import { describe, expect, test, vi } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'
import { correctingProgram } from './correcting.fixture.ts'

vi.setConfig({ testTimeout: 60_000 }) // threads load the engine anew

const server = await openTestServer()
const { clock } = server

const starred = clubDocument
  .replace('assets:\n', 'assets:\n  stars: { kind: spendable, name: { en: stars }, pending: none, expires: never }\n')
  .replace('earn:\n', 'earn:\n  - { id: star, on: order.paid, give: 1 stars, per: order }\n')

/** Without stars, by what is said of those that there are, and with so many points a pound. */
const starless = (id: string, answer: string, points: number): string => `${clubDocument
  .replace('id: club', `id: ${id}`)
  .replace('inForce: { from: always }\n', '')
  .replace('give: 1 points\n    per', `give: ${points} points\n    per`)}
transitions: { assets: { stars: ${answer} } }
`
const converted = '{ give: 5 points, per: 1 stars }'
const tooEarly = { version: 3, from: '2026-02-01', reason: 'wrong-rate' }

async function starredProgram(id: string) {
  clock.now = Date.parse('2026-03-14T12:00:00Z')
  const program = await correctingProgram(server, id, starred)
  const has = async () => {
    const { balances } = (await program.call('GET', 'members/ann/balance')).body
    const there: readonly { readonly asset: string; readonly active: number }[] = balances
    return Object.fromEntries(there.flatMap(({ asset, active }) => (active > 0 ? [[asset, active]] : [])))
  }
  return { ...program, has }
}

describe('COR-4 TRN-2 TRN-3 what an asset became when it was given up', () => {
  test.each([
    ['converted', converted, { points: 10 + 10 + 5 }, { points: 10 + 20 + 5 }],
    ['kept', 'keep', { points: 10 + 10, stars: 1 }, { points: 10 + 20, stars: 1 }],
  ])('is taken from nobody: %s', async (id, answer, before, after) => {
    const { send, order, publish, correct, members, has, expectSound } = await starredProgram(id)
    await send(order('1', 'ann', 1_000, '02-10'))
    await publish(starless(id, answer, 1))
    const givenUpAt = new Date(clock.now).toISOString()
    clock.now = Date.parse('2026-03-16T12:00:00Z')
    await send(order('2', 'ann', 1_000, '03-15'))
    await publish(starless(id, answer, 2))
    clock.now += 60_000
    expect(await has()).toEqual(before)
    const refused = await correct(tooEarly)
    expect(refused).toMatchObject({ status: 'failed', summary: null, members: { posted: 0 } })
    expect(refused.failure).toContain('from 1 member what version 2 promised for "stars"')
    expect(refused.failure).toContain(`Correct from ${givenUpAt} on`)
    expect(await members(refused.id)).toEqual([])
    expect(await has()).toEqual(before)
    const done = await correct({ ...tooEarly, from: givenUpAt })
    expect(done).toMatchObject({ status: 'done', failure: null, summary: { members: 1 } })
    expect(await has()).toEqual(after)
    await expectSound()
  })

  test('nor where the fact that gave it comes between the look and the approval', async () => {
    const { call, send, order, publish, start, work, read, has, expectSound } = await starredProgram('between')
    await publish(starless('between', converted, 1))
    clock.now = Date.parse('2026-03-16T12:00:00Z')
    await publish(starless('between', converted, 2))
    clock.now += 60_000
    const { id } = (await start(tooEarly)).body
    await work()
    expect(await read(id)).toMatchObject({ status: 'shown', summary: { members: 0 } })
    clock.now += 60_000
    await send(order('1', 'ann', 1_000, '02-10'))
    expect(await has()).toEqual({ points: 10 + 5 })
    expect((await call('POST', `corrections/${id}/approve`)).status).toBe(200)
    await work()
    expect(await read(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('the first is ann') })
    expect(await has()).toEqual({ points: 10 + 5 })
    await expectSound()
  })
})

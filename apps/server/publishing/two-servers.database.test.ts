import { scopes } from '@laurel/contract'
import { afterAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { decisionOf, noon, openRecording, order, publish, sent, simpleProgram } from '../decisions/recording.fixture.ts'
import { rollBack, withdrawVersion } from './restore-version.ts'

const database = await freshDatabase()
const [here, there] = [openRecording(database), openRecording(database)]
const servers = [here, there] as const
afterAll(() => Promise.all(servers.map(({ context }) => context.recorder.close())))

const setClocks = (at: number) => {
  for (const { clock } of servers) clock.now = at
}
const minute = 60_000
/** 14:00 in London is an hour after noon in UTC. */
const documentOf = (program: string, points: number, from: string) =>
  simpleProgram(program).replace('from: always', `from: ${from}`).replace('give: 1 points', `give: ${points} points`)

/** Orders of many members, sent by both servers at once in small requests; which version judged each, by when it was paid. */
async function judged(program: string, wave: string, occurred: readonly number[], meanwhile?: () => Promise<unknown>) {
  const answers = occurred.map(async (at, index) => {
    const { context } = index % 2 === 0 ? here : there
    const event = order(`${wave}-${index}`, `${wave}-${index}`, 1000, new Date(at).toISOString())
    const { version, balances } = decisionOf(await context.recorder.record(sent(program, event)))
    return { at, version, points: balances.find(({ asset }) => asset === 'points')?.active }
  })
  const [found] = await Promise.all([Promise.all(answers), meanwhile?.()])
  return found
}

/** Every minute of an hour before and an hour after a moment, and the milliseconds around it. */
const around = (at: number) => [
  ...Array.from({ length: 120 }, (_, index) => at + (index - 60) * minute),
  ...[at - 1, at, at + 1],
]

describe('EVT-3 every order is judged by the version in force when it was paid, on two servers at once', () => {
  test('at the instant of a publication that was set to it', async () => {
    setClocks(noon)
    const moment = noon + 60 * minute
    await publish(here.context, 'dated', documentOf('dated', 1, 'always'))
    await judged('dated', 'warm', [noon - minute, noon - 2 * minute])
    await publish(here.context, 'dated', documentOf('dated', 3, '2026-06-15T14:00'))
    setClocks(moment + 60 * minute)
    const found = await judged('dated', 'load', around(moment))
    expect(found).toHaveLength(123)
    for (const { at, version, points } of found) {
      expect([at - moment, version, points]).toEqual([at - moment, at < moment ? 1 : 2, at < moment ? 10 : 30])
    }
  })

  test('while a version is published among them: never one that had not begun, and only it from then on', async () => {
    setClocks(noon)
    await publish(here.context, 'sudden', documentOf('sudden', 1, 'always'))
    const past = around(noon).filter((at) => at < noon)
    const next = documentOf('sudden', 3, 'always').replace('inForce: { from: always }', '')
    const before = await judged('sudden', 'during', past, () => publish(there.context, 'sudden', next))
    expect(new Set(before.map(({ version }) => version))).toEqual(new Set([1]))
    setClocks(noon + 60 * minute)
    const after = await judged('sudden', 'after', around(noon))
    for (const { at, version } of after) expect([at - noon, version]).toEqual([at - noon, at < noon ? 1 : 2])
  })

  test('what is withdrawn on one server never begins on the other, and what else was set still does', async () => {
    setClocks(noon)
    await publish(here.context, 'taken', documentOf('taken', 1, 'always'))
    await publish(here.context, 'taken', documentOf('taken', 3, '2026-06-15T14:00'))
    await publish(here.context, 'taken', documentOf('taken', 5, '2026-06-15T15:00'))
    await judged('taken', 'warm', [noon - minute, noon - 2 * minute])
    setClocks(noon + minute)
    const asked = { version: 2, after: 3, note: 'too early' }
    const { versions } = await withdrawVersion(here.context, 'test', 'taken', asked)
    expect(versions).toMatchObject([
      { version: 4, restores: 1, withdraws: 2, inForceFrom: '2026-06-15T12:01:00.000Z' },
      { version: 5, restores: 3, withdraws: 2, inForceFrom: '2026-06-15T14:00:00.000Z' },
    ])
    setClocks(noon + 200 * minute)
    const moment = noon + 120 * minute
    for (const { at, points } of await judged('taken', 'load', around(moment))) {
      expect([at - moment, points]).toEqual([at - moment, at < moment ? 10 : 50])
    }
  })

  test('an older document that counts again changes nothing that was decided', async () => {
    setClocks(noon)
    await publish(here.context, 'back', documentOf('back', 1, 'always'))
    setClocks(noon + minute)
    await publish(here.context, 'back', documentOf('back', 3, 'always').replace('inForce: { from: always }', ''))
    setClocks(noon + 10 * minute)
    const early = await judged('back', 'early', [noon + 5 * minute, noon + 6 * minute])
    expect(early.map(({ points }) => points)).toEqual([30, 30])
    const actor = {
      name: 'key/key',
      person: null,
      member: null,
      program: 'back',
      scopes: new Set(scopes),
      partner: null,
      holder: 'ada',
    }
    const restored = await rollBack(there.context, actor, { version: 1, after: 2, note: 'wrong' })
    // Its document says always; it counts from now.
    expect(restored).toMatchObject({ versions: [{ version: 3, restores: 1, inForceFrom: '2026-06-15T12:10:00.000Z' }] })
    setClocks(noon + 30 * minute)
    const late = await judged('back', 'late', [
      noon + 9 * minute,
      noon + 10 * minute,
      noon + 11 * minute,
      noon - minute,
    ])
    expect(late.map(({ version, points }) => [version, points])).toEqual([
      [2, 30],
      [3, 10],
      [3, 10],
      [1, 10],
    ])
    const { rows } = await database.migrator.query("SELECT count(*)::int AS n FROM decision WHERE program = 'back'")
    expect(rows[0].n).toBe(6)
  })
})

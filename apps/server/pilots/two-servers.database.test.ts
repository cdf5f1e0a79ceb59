import { scopes } from '@laurel/contract'
import { afterAll, expect, test } from 'vitest'
import { freshDatabase } from '../../../test/database/fresh-database.ts'
import { decisionOf, noon, openRecording, order, publish, sent, simpleProgram } from '../decisions/recording.fixture.ts'
import type { Actor } from '../http/bind.ts'
import { saveDraft } from '../publishing/save-draft.ts'
import { beginPilot } from './begin-pilot.ts'
import { stopPilot, widenPilot } from './move-pilot.ts'
import { listPilotMembers } from './read-pilots.ts'

const database = await freshDatabase()
const [here, there] = [openRecording(database), openRecording(database)]
afterAll(() => Promise.all([here, there].map(({ context }) => context.recorder.close())))

const actor: Actor = {
  name: 'key/key',
  person: null,
  member: null,
  program: 'tried',
  scopes: new Set(scopes),
  partner: null,
  holder: 'ada',
}
const documentOf = (points: number) =>
  simpleProgram('tried').replace('inForce: { from: always }', '').replace('give: 1 points', `give: ${points} points`)
const minute = 60_000
let clock = noon
const later = () => {
  clock += minute
  here.clock.now = clock
  there.clock.now = clock
}
const members = Array.from({ length: 60 }, (_, index) => `m${index}`)

/** One order of each member, sent by both servers at once in small requests; by which version each was judged. */
async function judged(wave: string, at = clock, meanwhile: () => Promise<unknown> = async () => undefined) {
  const answers = members.map(async (member, index) => {
    const { context } = index % 2 === 0 ? here : there
    const event = order(member, `${wave}-${member}`, 1_000, new Date(at).toISOString())
    const { version, balances } = decisionOf(await context.recorder.record(sent('tried', event)))
    return { member, version, points: balances.find(({ asset }) => asset === 'points')?.active }
  })
  const [found] = await Promise.all([Promise.all(answers), meanwhile()])
  return found
}
const inPilot = async () => {
  const { members: listed } = await listPilotMembers(there.context, 'tried', 2, { arm: 'pilot', limit: 1_000 })
  return new Set(listed.map(({ member }) => member))
}

test('PIL-1 EVT-3 every order is judged by the version of its member’s arm when it was paid, on two servers at once', async () => {
  await publish(here.context, 'tried', documentOf(1))
  later()
  await judged('warm')
  await saveDraft(here.context, actor, { draft: 'three', revision: 0, document: documentOf(3), note: '' })
  later()
  const asked = { draft: 'three', revision: 1, comment: '', share: 30 }
  const during = await judged('begun', clock - 1, () => beginPilot(there.context, actor, asked))
  expect(new Set(during.map(({ version }) => version))).toEqual(new Set([1]))
  later()
  const tenth = await inPilot()
  expect(tenth.size).toBeGreaterThan(5)
  for (const { member, version } of await judged('after'))
    expect([member, version]).toEqual([member, tenth.has(member) ? 2 : 1])

  later()
  const widened = { pilot: 2, after: 2, note: '', share: 70 }
  await judged('widened', clock - 1, () => widenPilot(here.context, actor, widened))
  later()
  const more = await inPilot()
  for (const { member, version } of await judged('more'))
    expect([member, version]).toEqual([member, more.has(member) ? 3 : 1])

  later()
  const during3 = await judged('stopped', clock - 1, () =>
    stopPilot(there.context, actor, { pilot: 2, after: 3, note: '' }),
  )
  for (const { member, version } of during3) expect([member, version]).toEqual([member, more.has(member) ? 3 : 1])
  later()
  for (const { member, version, points } of await judged('end')) {
    expect([member, version]).toEqual([member, more.has(member) ? 4 : 1])
    // Seven orders of ten points, and of thirty while the member was in it.
    const inIt = tenth.has(member) ? 4 : more.has(member) ? 2 : 0
    expect([member, points]).toEqual([member, 70 + 20 * inIt])
  }
})

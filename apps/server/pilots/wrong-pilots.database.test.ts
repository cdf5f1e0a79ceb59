import { beforeEach, describe, expect, test } from 'vitest'
import { createKey } from '../access/create-key.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
const { call, clock, context } = server
const plain = clubDocument.replace('inForce: { from: always }', '')
const dearer = plain.replace('give: 1 points', 'give: 3 points')
const yaml = { 'content-type': 'text/yaml' }
let serial = 0

await server.publish()

async function keyOf(program: string, holder: string) {
  const scopes = ['programs:read', 'programs:write', 'members:read'] as const
  const { key } = await createKey(context, 'test', { program, name: 'key', scopes, expiresAt: null, holder })
  return { authorization: `Bearer ${key}` }
}
const versions = async (headers = {}) => (await call('GET', '/v1/programs', undefined, headers)).body.versions
const latest = async (headers = {}): Promise<number> => (await versions(headers)).length

async function saved(document: string, headers = {}) {
  const draft = `draft-${serial++}`
  await call('POST', `/v1/drafts/${draft}`, { revision: 0, document, note: '' }, headers)
  return draft
}
const begin = async (document: string, body: object = { share: 10 }, headers = {}) => {
  const draft = await saved(document, headers)
  return await call('POST', `/v1/drafts/${draft}/pilot`, { revision: 1, ...body }, headers)
}
const code = ({ status, body }: Awaited<ReturnType<typeof call>>) => [status, body.code]

/** Whatever it was asked, nothing is written. */
async function writesNothing(ask: () => Promise<unknown>) {
  const count = await latest()
  await ask()
  expect(await latest()).toBe(count)
}
beforeEach(() => {
  clock.now += 60_000
})

describe('PIL-3 a pilot that cannot begin', () => {
  test.each([
    ['a share of nobody', { share: 0 }, '/share'],
    ['of more than all', { share: 101 }, '/share'],
    ['of all, which is publishing', { share: 100 }, '/share'],
    ['of half a percent', { share: 0.5 }, '/share'],
    ['no share', {}, '/share'],
    ['a holdout that the share leaves no room for', { share: 60, holdout: 41 }, '/holdout'],
  ])('%s', async (_what, body, field) => {
    await writesNothing(async () => {
      const { status, body: problem } = await begin(dearer, body)
      expect([status, problem.code]).toEqual([400, 'invalid-request'])
      expect(problem.errors).toMatchObject([{ path: field }])
    })
  })

  test('a draft that does not compile, says what is in force already, or was changed meanwhile', async () => {
    await writesNothing(async () => {
      expect(code(await begin('laurel: 1'))).toEqual([422, 'program-not-accepted'])
      expect(code(await begin(clubDocument))).toEqual([409, 'same-document'])
      expect(code(await begin(dearer, { share: 10, revision: 2 }))).toEqual([409, 'draft-changed'])
      expect(code(await call('POST', '/v1/drafts/none/pilot', { revision: 1, share: 10 }))).toEqual([
        404,
        'unknown-draft',
      ])
    })
  })

  test('PIL-4 a draft that changes what members share, each change with its place', async () => {
    const document = dearer
      .replace(
        'tiers:',
        'leaderboards:\n  sprint: { name: { en: Sprint }, measure: { earned: points }, window: { calendar: month }, ties: share, top: 10 members, ranks: [{ rank: 1, give: 5 points }] }\ntiers:',
      )
      .replace('assets:\n', 'assets:\n  gems: { kind: spendable, name: { en: gems }, pending: none, expires: never }\n')
    await writesNothing(async () => {
      const { status, body } = await begin(document)
      const shared = body.findings.filter((finding: { code: string }) => finding.code === 'pilot-shared')
      expect(status).toBe(422)
      expect(shared).toMatchObject([
        { path: 'assets.gems', line: expect.any(Number), severity: 'error' },
        { path: 'leaderboards', line: expect.any(Number), severity: 'error' },
      ])
    })
  })

  test('PIL-4 a draft that moves an evening which members of all arms have booked', async () => {
    const evening = (starts: string) =>
      plain
        .replace('id: club', 'id: evenings')
        .replace(
          'rewards:\n',
          `rewards:\n  tasting: { kind: experience, name: { en: A tasting }, price: 5 points, sessions: [{ id: may, starts: ${starts}, seats: 8 seats }] }\n`,
        )
    await server.publish(evening('2026-05-02T18:00'), 'evenings')
    const moved = `${evening('2026-05-09T18:00')}transitions: { sessions: { tasting/may: keep } }\n`
    const { status, body } = await begin(moved, { share: 10 }, await keyOf('evenings', 'eve'))
    const shared = body.findings.filter((finding: { code: string }) => finding.code === 'pilot-shared')
    expect([status, shared]).toMatchObject([422, [{ path: 'rewards.tasting.sessions', line: expect.any(Number) }]])
  })

  test('while a version for all is still to begin', async () => {
    const set = dearer.replace('late:', 'inForce: { from: 2090-01-01 }\nlate:')
    const waiting = await call('POST', '/v1/programs', set, yaml)
    const { status, body } = await begin(plain.replace('give: 1 points', 'give: 4 points'))
    expect([status, body.code, body.version]).toEqual([409, 'version-waiting', waiting.body.version])
    await call('POST', `/v1/programs/${waiting.body.version}/withdraw`, { after: waiting.body.version, note: '' })
  })

  test('a step after half a version is told so in words', async () => {
    const { status, body } = await call('POST', '/v1/pilots/2/stop', { after: 1.5 })
    expect([status, body.errors]).toEqual([400, [{ path: '/after', message: 'must be a whole number' }]])
  })

  test('where nothing is published', async () => {
    const empty = await keyOf('empty', 'eve')
    expect(code(await begin(dearer.replace('id: club', 'id: empty'), { share: 10 }, empty))).toEqual([
      409,
      'no-program',
    ])
  })
})

describe('PIL-3 while one runs', () => {
  test('nothing is published for all, no other begins, and only what can be widened is', async () => {
    const { body } = await begin(dearer, { share: 20, holdout: 30 })
    const pilot: number = body.pilot
    await writesNothing(async () => {
      const other = plain.replace('give: 1 points', 'give: 5 points')
      const published = await call('POST', '/v1/programs', other, yaml)
      expect([published.status, published.body.code, published.body.pilot]).toEqual([409, 'pilot-running', pilot])
      const draft = await saved(other)
      expect(code(await call('POST', `/v1/drafts/${draft}/publish`, { revision: 1 }))).toEqual([409, 'pilot-running'])
      expect(code(await begin(other))).toEqual([409, 'pilot-running'])
      expect(code(await call('POST', '/v1/programs/2/roll-back', { after: pilot }))).toEqual([409, 'pilot-running'])
      const widen = (share: number, after = pilot) => call('POST', `/v1/pilots/${pilot}/widen`, { after, share })
      expect((await widen(20)).body).toMatchObject({ code: 'pilot-share', share: 20, most: 70 })
      expect((await widen(10)).body).toMatchObject({ code: 'pilot-share' })
      expect((await widen(71)).body).toMatchObject({ code: 'pilot-share' })
      expect(code(await widen(101))).toEqual([400, 'invalid-request'])
      expect((await widen(30, pilot - 1)).body).toMatchObject({ code: 'versions-moved-on', latest: pilot })
      expect(code(await call('POST', `/v1/pilots/${pilot - 1}/stop`, { after: pilot }))).toEqual([404, 'unknown-pilot'])
    })
  })

  test('the draft that runs, begun with other members in mind, is not what was done', async () => {
    const [{ pilot }] = (await call('GET', '/v1/pilots')).body.pilots
    const drafts: { id: string; version: number | null }[] = (await call('GET', '/v1/drafts')).body.drafts
    const draft = drafts.find(({ version }) => version === pilot)?.id
    const again = (body: object) => call('POST', `/v1/drafts/${draft}/pilot`, { revision: 1, ...body })
    await writesNothing(async () => {
      expect((await again({ share: 20, holdout: 30 })).body).toMatchObject({ pilot, repeated: true })
      for (const body of [{ share: 5, holdout: 30 }, { share: 20, holdout: 5 }, { share: 20 }]) {
        expect((await again(body)).body).toMatchObject({ status: 409, code: 'pilot-running', pilot })
      }
    })
  })

  test('two steps at once: one is taken, and whoever is overtaken is told', async () => {
    const after = await latest()
    const [pilot] = (await call('GET', '/v1/pilots')).body.pilots
    const steps = [30, 40, 50].map((share) => call('POST', `/v1/pilots/${pilot.pilot}/widen`, { after, share }))
    const answers = (await Promise.all(steps)).map(({ status, body }) => [status, body.code])
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1)
    expect(answers.filter(([, problem]) => problem === 'versions-moved-on')).toHaveLength(2)
    expect(await latest()).toBe(after + 1)
  })

  test('over, it is neither widened nor stopped again', async () => {
    const after = await latest()
    const [{ pilot }] = (await call('GET', '/v1/pilots')).body.pilots
    expect((await call('POST', `/v1/pilots/${pilot}/stop`, { after })).body).toMatchObject({ status: 'stopped' })
    await writesNothing(async () => {
      const moved = { after: after + 1 }
      expect((await call('POST', `/v1/pilots/${pilot}/stop`, moved)).body).toMatchObject({ code: 'pilot-over' })
      expect((await call('POST', `/v1/pilots/${pilot}/widen`, { ...moved, share: 90 })).body).toMatchObject({
        ...{ code: 'pilot-over', status: 409, ended: 'stopped' },
      })
      const drafts: { id: string; version: number | null }[] = (await call('GET', '/v1/drafts')).body.drafts
      const draft = drafts.find(({ version }) => version === pilot)?.id
      const begun = await call('POST', `/v1/drafts/${draft}/pilot`, { revision: 1, share: 5 })
      expect(begun.body).toMatchObject({ code: 'draft-status', state: 'published' })
    })
  })
})

describe('PIL-2 who may do what', () => {
  test('a pilot is its program’s alone, and only keys that may publish move it', async () => {
    const [{ pilot }] = (await call('GET', '/v1/pilots')).body.pilots
    const stranger = await keyOf('other', 'eve')
    expect((await call('GET', '/v1/pilots', undefined, stranger)).body).toEqual({ pilots: [] })
    for (const address of [`/v1/pilots/${pilot}`, `/v1/pilots/${pilot}/members`]) {
      expect(code(await call('GET', address, undefined, stranger))).toEqual([404, 'unknown-pilot'])
    }
    const move = { after: await latest(), share: 90 }
    expect(code(await call('POST', `/v1/pilots/${pilot}/widen`, move, stranger))).toEqual([404, 'unknown-pilot'])
  })

  test('where the program demands a second person, so do a pilot and each widening; stopping does not wait for one', async () => {
    const strict = plain
      .replace('id: club', 'id: strict')
      .replace('late:', 'publishing: { approval: second-person }\nlate:')
    await server.publish(strict, 'strict')
    const [writer, reviewer] = [await keyOf('strict', 'ada'), await keyOf('strict', 'ben')]
    const draft = await saved(strict.replace('give: 1 points', 'give: 3 points'), writer)
    const asked = { revision: 1, share: 10 }
    const start = () => call('POST', `/v1/drafts/${draft}/pilot`, asked, writer)
    expect(code(await start())).toEqual([409, 'approval-missing'])
    await call('POST', `/v1/drafts/${draft}/submit`, { revision: 1 }, writer)
    await call('POST', `/v1/drafts/${draft}/review`, { verdict: 'approve', revision: 1 }, reviewer)
    expect((await start()).body).toMatchObject({ pilot: 2, steps: [{ approvedBy: expect.stringContaining('key/') }] })
    const widen = (headers: object) => call('POST', '/v1/pilots/2/widen', { after: 2, share: 40 }, { ...headers })
    expect(code(await widen(writer))).toEqual([409, 'second-person-needed'])
    expect((await widen(reviewer)).body).toMatchObject({ share: 40, steps: [{}, { approvedBy: expect.any(String) }] })
    expect((await call('POST', '/v1/pilots/2/stop', { after: 3 }, writer)).body).toMatchObject({ status: 'stopped' })
    // Nor is it for everybody by way of a roll back: neither what began it nor what widened it was for all.
    const rollBack = (version: number, after: number, headers: object) =>
      call('POST', `/v1/programs/${version}/roll-back`, { after }, { ...headers })
    for (const version of [2, 3]) {
      expect(code(await rollBack(version, 4, writer))).toEqual([409, 'second-person-needed'])
    }
    expect((await rollBack(2, 4, reviewer)).body.versions).toMatchObject([
      { version: 5, restores: 2, pilot: null, approvedBy: expect.stringContaining('key/') },
    ])
    // What was for all was consented to.
    expect((await rollBack(1, 5, writer)).body.versions).toMatchObject([{ version: 6, approvedBy: null }])
    expect((await rollBack(2, 6, writer)).body.versions).toMatchObject([{ version: 7, approvedBy: null }])
  })

  test('each step is in the log of who did what', async () => {
    const { rows } = await context.database.application.query(
      `SELECT act, count(*)::int AS times FROM audit_log WHERE program = 'strict' AND act LIKE 'pilot.%' GROUP BY act ORDER BY act`,
    )
    expect(rows).toEqual(['pilot.begun', 'pilot.stopped', 'pilot.widened'].map((act) => ({ act, times: 1 })))
  })

  test('staff and test members are in no arm, nor is who was merged', async () => {
    for (const member of ['ann', 'bea', 'cat'])
      await call('POST', '/v1/events', orderPaid(`of-${member}`, member, 1_000))
    const at = new Date(clock.now).toISOString()
    const marks = { type: 'member.changed', source: 'crm', id: 'mark', member: 'bea', occurredAt: at, mark: 'staff' }
    expect((await call('POST', '/v1/events', marks)).body).toMatchObject({ status: 'recorded' })
    expect(
      (await call('POST', '/v1/members/cat/merge', { into: 'ann', reason: 'same' }, { 'idempotency-key': 'one' }))
        .status,
    ).toBe(200)
    const [{ pilot }] = (await call('GET', '/v1/pilots')).body.pilots
    const { body } = await call('GET', `/v1/pilots/${pilot}/members`)
    expect(body.members.map(({ member }: { member: string }) => member)).toEqual(['ann'])
  })
})

import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer } from '../server.fixture.ts'

const server = await openTestServer()
const { clock } = server
const plain = clubDocument.replace('inForce: { from: always }', '')
const documentOf = (id: string, points: number, words = '') =>
  plain.replace('id: club', `id: ${id}`).replace('give: 1 points', `give: ${points} points`) + words
const setFor = (document: string, from: string) => document.replace('refunds:', `inForce: { from: ${from} }\nrefunds:`)

/** A program with these documents published, a minute apart. */
async function programOf(id: string, ...documents: readonly string[]) {
  for (const document of documents) {
    await server.publish(document, id)
    clock.now += 60_000
  }
  const headers = { authorization: `Bearer ${await server.keyFor(id)}` }
  const call = (method: 'GET' | 'POST', url: string, body?: unknown) => server.call(method, url, body, headers)
  const restore = (version: number, how: 'roll-back' | 'withdraw', after: number) =>
    call('POST', `/v1/programs/${version}/${how}`, { after, note: 'why' })
  const versions = async (): Promise<number> => (await call('GET', '/v1/programs')).body.versions.length
  return { call, restore, versions }
}

describe('rolling back', () => {
  test('is a version of its own, and done once however often it is asked for', async () => {
    const { call, restore, versions } = await programOf('again', documentOf('again', 1), documentOf('again', 2))
    const first = await restore(1, 'roll-back', 2)
    expect(first.body).toMatchObject({ repeated: false, versions: [{ version: 3, restores: 1, note: 'why' }] })
    const [one, three] = [(await call('GET', '/v1/programs/1')).body, (await call('GET', '/v1/programs/3')).body]
    expect([three.document, three.hash]).toEqual([one.document, one.hash])
    expect((await restore(1, 'roll-back', 2)).body).toMatchObject({ repeated: true, versions: [{ version: 3 }] })
    expect(await versions()).toBe(3)
  })

  test('is refused, and nothing is written, where it says nothing new, knows no version, or the world has moved on', async () => {
    const { restore, versions } = await programOf('still', documentOf('still', 1), documentOf('still', 2))
    expect(await restore(2, 'roll-back', 2)).toMatchObject({ status: 409, body: { code: 'same-document' } })
    expect(await restore(9, 'roll-back', 2)).toMatchObject({ status: 404, body: { code: 'unknown-version' } })
    expect(await restore(1, 'roll-back', 1)).toMatchObject({
      status: 409,
      body: { code: 'versions-moved-on', latest: 2 },
    })
    expect(await versions()).toBe(2)
  })

  test('TRN-1 is refused where members hold an asset that the older document does not know', async () => {
    const more = documentOf('more', 1).replace(
      'assets:\n',
      'assets:\n  stars: { kind: spendable, name: { en: stars }, expires: never }\n',
    )
    const { restore, versions } = await programOf('more', documentOf('more', 1), more)
    const refused = await restore(1, 'roll-back', 2)
    expect(refused).toMatchObject({ status: 422, body: { code: 'program-not-accepted' } })
    expect(refused.body.findings[0]).toMatchObject({
      ...{ code: 'transition-missing', path: 'assets.stars', concerns: { members: 0 } },
    })
    expect(await versions()).toBe(2)
  })

  test('does not lift the demand for a second person', async () => {
    const demanding = documentOf('eyes', 2, '\npublishing: { approval: second-person }\n')
    const { restore, versions } = await programOf('eyes', documentOf('eyes', 1), demanding)
    expect(await restore(1, 'roll-back', 2)).toMatchObject({ status: 409, body: { code: 'approval-missing' } })
    expect(await versions()).toBe(2)
  })
})

describe('withdrawing', () => {
  test('leaves what else is to begin, which rolling back stops: either says which never will', async () => {
    const id = 'both'
    const [april, may] = ['2026-04-01', '2026-05-01'].map((from, n) => setFor(documentOf(id, 3 + n), from))
    const { restore } = await programOf(id, documentOf(id, 1), documentOf(id, 2), april ?? '', may ?? '')
    expect((await restore(3, 'withdraw', 4)).body).toMatchObject({
      ...{ repeated: false, neverBegin: [3] },
      versions: [
        { version: 5, restores: 2 },
        { version: 6, restores: 4, inForceFrom: '2026-04-30T23:00:00.000Z' },
      ],
    })
    const stopped = { neverBegin: [6], versions: [{ version: 7, restores: 1, withdraws: null }] }
    expect((await restore(1, 'roll-back', 6)).body).toMatchObject({ repeated: false, ...stopped })
    expect((await restore(1, 'roll-back', 6)).body).toMatchObject({ repeated: true, ...stopped })
  })

  test('keeps a version from beginning, once, and is refused for one that has begun or was withdrawn', async () => {
    const id = 'held'
    const { restore, versions } = await programOf(id, documentOf(id, 1), setFor(documentOf(id, 2), '2026-05-01'))
    expect(await restore(1, 'withdraw', 2)).toMatchObject({ status: 409, body: { code: 'version-not-waiting' } })
    expect((await restore(2, 'withdraw', 2)).body).toMatchObject({
      repeated: false,
      versions: [{ version: 3, restores: 1, withdraws: 2 }],
    })
    expect((await restore(2, 'withdraw', 2)).body).toMatchObject({ repeated: true, versions: [{ version: 3 }] })
    expect(await restore(2, 'withdraw', 3)).toMatchObject({ status: 409, body: { code: 'version-not-waiting' } })
    expect(await versions()).toBe(3)
  })

  test('does not lift the demand for a second person before it has begun', async () => {
    const demanding = documentOf('soon', 2, '\npublishing: { approval: second-person }\n')
    const { restore, versions } = await programOf('soon', documentOf('soon', 1), setFor(demanding, '2026-05-01'))
    expect(await restore(2, 'withdraw', 2)).toMatchObject({ status: 409, body: { code: 'approval-missing' } })
    expect(await versions()).toBe(2)
  })

  test('is refused of the only version that there would be', async () => {
    const { restore } = await programOf('only', setFor(documentOf('only', 1), '2026-05-01'))
    expect(await restore(1, 'withdraw', 1)).toMatchObject({ status: 409, body: { code: 'version-not-waiting' } })
  })
})

describe('history', () => {
  test('EVT-3 says which version judges a day, as known on another', async () => {
    clock.now = Date.parse('2026-03-14T12:00:00Z')
    const id = 'past'
    const { call } = await programOf(id, setFor(documentOf(id, 1), '2026-03-01'))
    clock.now = Date.parse('2026-03-20T12:00:00Z')
    await server.publish(setFor(documentOf(id, 2), '2026-03-10T06:00'), id)
    clock.now = Date.parse('2026-03-21T12:00:00Z')
    const reigns = async (query: string) => {
      const { body } = await call('GET', `/v1/program-history?${query}`)
      return body.reigns.map(({ version, fromAt, untilAt }: Record<string, unknown>) => [version, fromAt, untilAt])
    }
    const [start, six, end] = ['2026-03-10T00:00:00.000Z', '2026-03-10T06:00:00.000Z', '2026-03-11T00:00:00.000Z']
    expect(await reigns('on=2026-03-10&known=2026-03-19')).toEqual([[1, start, end]])
    expect(await reigns('on=2026-03-10&known=2026-03-20')).toEqual([
      [1, start, six],
      [2, six, end],
    ])
    expect(await reigns('on=2026-03-10')).toEqual(await reigns('on=2026-03-10&known=2026-03-20'))
    expect(await reigns('on=2026-02-28')).toEqual([[null, '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z']])
    // The day on which London's clock is set forward has 23 hours.
    expect(await reigns('on=2026-03-29')).toEqual([[2, '2026-03-29T00:00:00.000Z', '2026-03-29T23:00:00.000Z']])
    expect(await call('GET', '/v1/program-history?on=2026-02-30')).toMatchObject({ status: 400 })
  })

  test('of a program without a version there is none', async () => {
    const headers = { authorization: `Bearer ${await server.keyFor('nothing')}` }
    const answer = await server.call('GET', '/v1/program-history?on=2026-03-10', undefined, headers)
    expect(answer).toMatchObject({ status: 409, body: { code: 'no-program' } })
  })
})

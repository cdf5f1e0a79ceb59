import { describe, expect, test } from 'vitest'
import { countOf, transaction } from '../db/transaction.ts'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'
import { countVersion, insertVersion } from './queries.ts'

const server = await openTestServer()
const { call } = server
const yaml = { 'content-type': 'application/yaml' }
const publish = (document: string, query = '') => call('POST', `/v1/programs${query}`, document, yaml)

describe('publishing', () => {
  test('a document becomes version 1, and stays it when sent again', async () => {
    const first = await publish(clubDocument, '?note=opening')
    expect(first).toMatchObject({
      status: 200,
      body: { program: 'club', version: 1, inForceFrom: 'always', note: 'opening', repeated: false },
    })
    const respelt = clubDocument.replace('P12M', 'P1Y').replace('# ', '#')
    expect(await publish(respelt)).toMatchObject({ body: { version: 1, repeated: true, hash: first.body.hash } })
    expect((await call('GET', '/v1/programs')).body.versions).toHaveLength(1)
  })

  test('the next version decides what comes after it', async () => {
    await call('POST', '/v1/events', orderPaid('v1', 'maren', 1000))
    server.clock.now += 60_000
    const second = await publish(
      clubDocument.replace('give: 1 points', 'give: 2 points').replace('inForce: { from: always }', ''),
    )
    expect(second.body).toMatchObject({ version: 2, inForceFrom: '2026-03-14T12:01:00.000Z' })
    server.clock.now += 60_000
    const answer = await call(
      'POST',
      '/v1/events',
      orderPaid('v2', 'maren', 1000, { occurredAt: '2026-03-14T12:01:30Z' }),
    )
    expect(answer.body.decision).toMatchObject({ version: 2, earned: [{ amount: 20 }] })
    const before = await call(
      'POST',
      '/v1/events',
      orderPaid('v3', 'maren', 1000, { occurredAt: '2026-03-14T12:00:59Z' }),
    )
    expect(before.body.decision).toMatchObject({ version: 1, earned: [{ amount: 10 }] })
  })

  test('a document with errors is refused with every finding in its place', async () => {
    const answer = await publish(
      clubDocument.replace('round: floor', 'round: flour').replace('zone: Europe/London', ''),
    )
    expect(answer).toMatchObject({ status: 422, body: { code: 'program-not-accepted' } })
    expect(answer.body.findings.length).toBeGreaterThanOrEqual(2)
    expect(answer.body.findings[0]).toMatchObject({ line: expect.any(Number), message: expect.any(String) })
    expect((await publish('')).status).toBe(422)
    expect((await publish('just words')).status).toBe(422)
  })

  test.each([
    ['the zone', clubDocument.replace('Europe/London', 'Europe/Paris')],
    ['the currency', clubDocument.replaceAll('GBP', 'EUR')],
    ['the decimals of an asset', clubDocument.replace('kind: spendable', 'kind: spendable\n    smallest: 0.1 points')],
    ['the kind of an asset', clubDocument.replace('kind: spendable', 'kind: stamps')],
  ])('TIME-1 a version may not change %s', async (_, document) => {
    const answer = await publish(document)
    expect(answer.status).toBe(422)
    expect(answer.body.findings[0]).toMatchObject({ code: 'version-rewrites', severity: 'error' })
    const { line, path, instead } = answer.body.findings[0]
    expect(document.split('\n')[line - 1]).toContain(path === 'assets.points' ? 'points' : path)
    expect(instead).not.toBe('')
  })

  describe('EVT-3 what the versions before make of a new one is said with it', () => {
    const document = clubDocument.replace('id: club', 'id: dated')
    const begin = (from: string, give = 1) =>
      document.replace('from: always', `from: ${from}`).replace('give: 1 points', `give: ${give} points`)
    const remarksOf = async (text: string) => {
      const headers = { ...yaml, authorization: `Bearer ${await server.keyFor('dated')}` }
      const { body } = await call('POST', '/v1/programs', text, headers)
      return body.findings.filter(({ code }: { code: string }) => code.startsWith('version-'))
    }

    test('a first version may begin in the past', async () => {
      expect(await remarksOf(begin('2026-01-01'))).toEqual([])
    })

    test('a later one that begins in the past re-decides nothing', async () => {
      const [remark, ...others] = await remarksOf(begin('2026-02-01', 2))
      expect(others).toEqual([])
      expect(remark).toMatchObject({ code: 'version-since-past', severity: 'note', path: 'inForce.from' })
      expect(remark.message).toContain('since 2026-02-01T00:00: what is decided stays as it is')
      expect(begin('2026-02-01', 2).split('\n')[remark.line - 1]).toContain('inForce')
    })

    test('one that begins before a version to come takes its place', async () => {
      expect(await remarksOf(begin('2026-09-01', 3))).toEqual([])
      expect(await remarksOf(begin('2026-06-01', 4))).toMatchObject([
        {
          code: 'version-displaces',
          severity: 'warning',
          message: expect.stringContaining('version 3, which was to begin at'),
        },
      ])
      expect(await remarksOf(begin('2026-12-01', 5))).toEqual([])
    })

    test('an earlier document once more is a new version, and says which it was', async () => {
      const found = await remarksOf(begin('2026-01-01'))
      expect(found.map(({ code }: { code: string }) => code)).toEqual([
        ...['version-again', 'version-since-past', 'version-displaces', 'version-displaces', 'version-displaces'],
      ])
      expect(found[0].message).toBe('it is the document of version 1 once more')
    })
  })

  test('a document of another program is refused', async () => {
    const answer = await publish(clubDocument.replace('id: club', 'id: other'))
    expect(answer).toMatchObject({ status: 403, body: { code: 'other-program', program: 'other' } })
  })

  test('JSON is read by the same parser, and published', async () => {
    const document = (await call('GET', '/v1/programs/1')).body.document
    expect(document).toBe(clubDocument)
    const json = JSON.stringify({ laurel: '1', id: 'club' })
    expect((await call('POST', '/v1/programs', json)).body).toMatchObject({ code: 'program-not-accepted' })
  })
})

test('versions are read, and unknown ones are not found', async () => {
  expect((await call('GET', '/v1/programs')).body.versions.map((each: { version: number }) => each.version)).toEqual([
    1, 2,
  ])
  expect(await call('GET', '/v1/programs/99')).toMatchObject({ status: 404, body: { code: 'unknown-version' } })
  expect(await call('GET', '/v1/programs/x')).toMatchObject({ status: 400 })
})

test('whoever serves members is told what things are called, and no rule', async () => {
  const cashier = { authorization: `Bearer ${await server.keyFor('club', ['members:read'])}` }
  expect((await call('GET', '/v1/programs', undefined, cashier)).status).toBe(403)
  const { status, body } = await call('GET', '/v1/vocabulary', undefined, cashier)
  expect(status).toBe(200)
  expect(body).toMatchObject({ program: 'club', currency: { code: 'GBP', exponent: 2 }, sandbox: false })
  expect(body.assets).toContainEqual({
    ...{ id: 'points', name: { en: 'points' }, kind: 'spendable', scale: 0, counted: { en: {} } },
  })
  expect(body.ladders[0].levels.map(({ id }: { id: string }) => id)).toContain('gold')
  expect(JSON.stringify(body)).not.toContain('give')
})

test('RED-8 a version that was published before a check came decides on', async () => {
  const mug = 'once-given: { kind: product, sku: MUG, during: { from: 2030-01-01 } }'
  const refused = clubDocument
    .replace(/^rewards:$/m, `rewards:\n  ${mug}`)
    .replace(/^earn:$/m, 'earn:\n  - { id: welcome, on: member.joined, give: { reward: once-given } }')
  const { findings } = (await publish(refused)).body
  expect(findings).toContainEqual(expect.objectContaining({ code: 'limit-not-of-awards', severity: 'error' }))
  const at = new Date(server.clock.now).toISOString()
  await transaction(server.context.database.application, async (tx) => {
    const row = ['club', 3, refused, '0'.repeat(64), at, at, 'staff', '', null, null, null, null, null, null] as const
    await countOf(tx, insertVersion(...row))
    await countOf(tx, countVersion('club', 3))
  })
  server.clock.now += 600_000
  const occurredAt = new Date(server.clock.now - 1000).toISOString()
  const answer = await call('POST', '/v1/events', orderPaid('v9', 'maren', 1000, { occurredAt }))
  expect(answer.body.decision).toMatchObject({ version: 3 })
})

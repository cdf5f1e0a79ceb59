import { describe, expect, test } from 'vitest'
import { clubDocument, openTestServer, orderPaid } from '../server.fixture.ts'

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
    ['an asset', clubDocument.replaceAll('points', 'stars')],
  ])('TIME-1 a version may not change %s', async (_, document) => {
    const answer = await publish(document)
    expect(answer.status).toBe(422)
    expect(answer.body.findings[0]).toMatchObject({ code: 'version-rewrites', severity: 'error' })
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

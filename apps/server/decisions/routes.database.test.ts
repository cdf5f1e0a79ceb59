import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { DatabaseFailure } from '../db/database-failure.ts'
import { openTestServer, orderPaid } from '../server.fixture.ts'

const server = await openTestServer()
await server.publish()
const { call } = server
const authorization = `Bearer ${await server.keyFor('club')}`

describe('POST /v1/events with one event', () => {
  test('EVT-1 records it, repeats the first answer byte for byte, refuses other content', async () => {
    const first = await call('POST', '/v1/events', orderPaid('e1', 'm1', 4250))
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'recorded', decision: { member: 'm1', earned: [{ rule: 'base', asset: 'points', amount: 42 }] } },
    })
    await call('POST', '/v1/events', orderPaid('e2', 'm1', 1000))
    const again = await call('POST', '/v1/events', orderPaid('e1', 'm1', 4250))
    expect(again).toEqual({ status: 200, body: { ...first.body, status: 'repeated' } })

    const changed = await call('POST', '/v1/events', orderPaid('e1', 'm1', 4251))
    expect(changed).toMatchObject({ status: 409, body: { code: 'identity-conflict', reason: 'other-content' } })
    expect(changed.body.sentHash).not.toBe(changed.body.storedHash)
    const elsewhere = await call('POST', '/v1/events', orderPaid('e1', 'm2', 4250))
    expect(elsewhere).toMatchObject({ status: 409, body: { code: 'identity-conflict', reason: 'other-member' } })
    // Of the content alone: it is the member that differs.
    expect(elsewhere.body.sentHash).toBe(elsewhere.body.storedHash)
  })

  test('an event a little ahead of our clock is taken', async () => {
    const answer = await call(
      'POST',
      '/v1/events',
      orderPaid('ahead', 'm3', 100, { occurredAt: '2026-03-14T12:05:00Z' }),
    )
    expect(answer.status).toBe(200)
  })

  test('other bodies are refused by their kind and size', async () => {
    const text = await call('POST', '/v1/events', 'x', { 'content-type': 'text/plain' })
    expect(text).toMatchObject({ status: 415, body: { code: 'unknown-content-type' } })
    const large = await call('POST', '/v1/events', JSON.stringify('x'.repeat(1024 * 1024)))
    expect(large).toMatchObject({ status: 413, body: { code: 'body-too-large' } })
  })

  test.each(['application/json', 'application/x-ndjson'])('a compressed body is refused as one: %s', async (type) => {
    const sent = (encoding: string, body: Buffer) =>
      server.inject({
        ...{ method: 'POST', url: '/v1/events', body },
        headers: { authorization, 'content-type': type, 'content-encoding': encoding },
      })
    const plain = Buffer.from(JSON.stringify(orderPaid(`packed-${type}`, 'm1', 4250)))
    const refused = await sent('gzip', gzipSync(plain))
    expect(refused.json()).toMatchObject({ status: 415, code: 'compressed-body' })
    expect(refused.headers['accept-encoding']).toBe('identity')
    expect((await sent('identity', plain)).json()).toMatchObject({ status: 'recorded' })
  })

  test('the import of a history needs its own scope', async () => {
    const key = await server.keyFor('club', ['events:write'])
    const old = orderPaid('old', 'm4', 100, { occurredAt: '2025-01-01T00:00:00Z' })
    const bearer = { authorization: `Bearer ${key}` }
    expect(await call('POST', '/v1/events?history=true', old, bearer)).toMatchObject({
      status: 403,
      body: { code: 'missing-scope', scope: 'events:history' },
    })
    expect(await call('POST', '/v1/events', old)).toMatchObject({ status: 422, body: { rejection: 'overdue' } })
    expect(await call('POST', '/v1/events?history=yes', old)).toMatchObject({ status: 400 })
    expect(await call('POST', '/v1/events?history=true', old)).toMatchObject({
      status: 200,
      body: { status: 'recorded' },
    })
  })
})

describe('POST /v1/events with many', () => {
  test('answers each on its own, in their order', async () => {
    const events = [
      orderPaid('a1', 'many', 1000),
      { ...orderPaid('a2', 'many', 1000), surprise: true },
      orderPaid('a1', 'many', 1000),
      orderPaid('a1', 'many', 9999),
      orderPaid('a3', 'many', 1000, { occurredAt: '2027-01-01T00:00:00Z' }),
      orderPaid('a4', 'many', 500),
    ]
    const { status, body } = await call('POST', '/v1/events', events)
    expect(status).toBe(200)
    expect(body.map((each: { status: string }) => each.status)).toEqual([
      'recorded',
      'invalid',
      'repeated',
      'conflict',
      'rejected',
      'recorded',
    ])
    expect(body[1].errors).toEqual([{ path: '/surprise', message: 'is no known field' }])
    const { body: balance } = await call('GET', '/v1/members/many/balance')
    expect(balance.balances).toMatchObject([{ asset: 'points', active: 15 }])
  })

  test('one poisoned event among 64 good ones harms none', async () => {
    const events: unknown[] = Array.from({ length: 64 }, (_, index) =>
      orderPaid(`p${index}`, `poison-${index % 8}`, 1000),
    )
    events.splice(31, 0, { type: 'order.paid', id: { $gt: '' } })
    const { body } = await call('POST', '/v1/events', events)
    const statuses = body.map((each: { status: string }) => each.status)
    expect(statuses.filter((status: string) => status === 'recorded')).toHaveLength(64)
    expect(statuses[31]).toBe('invalid')
  })

  test('takes 1,000 and not one more', async () => {
    const events = Array.from({ length: 1001 }, (_, index) => ({ index }))
    expect(await call('POST', '/v1/events', events)).toMatchObject({ status: 400, body: { code: 'invalid-request' } })
    expect((await call('POST', '/v1/events', events.slice(1))).body).toHaveLength(1000)
  })
})

describe('POST /v1/events as NDJSON', () => {
  const ndjson = { 'content-type': 'application/x-ndjson' }
  const send = async (body: string | Buffer) => {
    const key = await server.keyFor('club', ['events:write'])
    const response = await server.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { ...ndjson, authorization: `Bearer ${key}` },
      body,
    })
    expect(response.headers['content-type']).toContain('application/x-ndjson')
    return response.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }

  test('answers line by line, in order', async () => {
    const lines = Array.from({ length: 200 }, (_, index) =>
      JSON.stringify(orderPaid(`n${index}`, `line-${index % 7}`, 1000)),
    )
    lines.splice(100, 0, '{"type":', '["no event"]')
    const answers = await send(lines.join('\n'))
    expect(answers).toHaveLength(202)
    expect(answers.map((answer) => answer.decision?.id ?? answer.status)).toEqual([
      ...Array.from({ length: 100 }, (_, index) => `n${index}`),
      'invalid',
      'invalid',
      ...Array.from({ length: 100 }, (_, index) => `n${index + 100}`),
    ])
  })

  test('a line above 256 kB, and one that is no UTF-8, are answered each by itself, and those around them recorded', async () => {
    const orders = ['u1', 'u2', 'u3'].map((id) => JSON.stringify(orderPaid(id, 'unbroken', 1000)))
    const [first = '', second = '', third = ''] = orders
    const bytes = Buffer.concat([
      ...[
        Buffer.from(`${first}\n`),
        Buffer.from([0xff]),
        Buffer.from(`\n${second}\n"${'x'.repeat(300_000)}"\n${third}`),
      ],
    ])
    const answers = await send(bytes)
    expect(answers.map((answer) => [answer.status, answer.line])).toEqual([
      ['recorded', undefined],
      ['invalid', 2],
      ['recorded', undefined],
      ['invalid', 4],
      ['recorded', undefined],
    ])
    expect((await call('GET', '/v1/members/unbroken/balance')).body.balances).toMatchObject([{ active: 30 }])
  })

  test('lines that are not served are logged, once for all of them and without a name in it', async () => {
    const lost = () => Promise.reject(new DatabaseFailure('database-unavailable', 'The database cannot be reached'))
    const record = vi.spyOn(server.context.recorder, 'record').mockImplementationOnce(lost).mockImplementationOnce(lost)
    const before = server.log.length
    const answers = await send(['w1', 'w2', 'w3'].map((id) => JSON.stringify(orderPaid(id, 'kettle', 1000))).join('\n'))
    record.mockRestore()
    expect(answers.map(({ status, code }) => [status, code])).toEqual([
      ['failed', 'database-unavailable'],
      ['failed', 'database-unavailable'],
      ['recorded', undefined],
    ])
    // The stream closes after its last answer.
    await expect.poll(() => server.log.length).toBe(before + 1)
    expect(server.log.slice(before).map((line) => JSON.parse(line))).toMatchObject([
      { failed: { 'database-unavailable': 2 }, msg: 'lines of a stream were not served' },
    ])
  })

  test('EVT-1 a key that is said twice is refused with its path, in a stream and alone, and nothing is recorded', async () => {
    const doubled = JSON.stringify(orderPaid('d1', 'doubled', 1000)).replace(
      '"total":1000',
      '"total":1000,"total":9000',
    )
    const errors = [{ path: '/order/lines/0/total', message: 'is said more than once' }]
    expect(await send(doubled)).toEqual([{ status: 'invalid', line: 1, errors }])
    const alone = await server.inject({
      ...{ method: 'POST', url: '/v1/events', body: doubled },
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await server.keyFor('club', ['events:write'])}`,
      },
    })
    expect({ status: alone.statusCode, body: alone.json() }).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors },
    })
    expect((await call('GET', '/v1/members/doubled')).status).toBe(404)
  })
})

test('the log names no member, no body and no key', () => {
  const text = server.log.join('')
  expect(text).not.toMatch(/nobody|lrl_|kettle/)
})

import { expect, test } from 'vitest'
import { createClient, RequestProblem } from './client.ts'
import { bodyOf, Problem } from './problem.ts'

interface Seen {
  url: string
  method: string
  headers: Headers
  body: string | undefined
}

function clientAnswering(
  status: number,
  body: string,
  headers: Record<string, string> = {},
  url = 'http://laurel.test',
) {
  const seen: Seen[] = []
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    seen.push({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: (await request.text()) || undefined,
    })
    return new Response(body, { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } })
  }
  return { seen, client: createClient({ url, key: 'lrl_id_secret', fetch: send }) }
}

test('sends path, query, key and identity', async () => {
  const { seen, client } = clientAnswering(200, '{"member":"m1","lines":[],"next":null}')
  const answer = await client.call('readStatement', { path: { member: 'm/1' }, query: { limit: '5' } })
  expect(answer).toEqual({ member: 'm1', lines: [], next: null })
  expect(seen[0]).toMatchObject({ method: 'GET', url: 'http://laurel.test/v1/members/m%2F1/statement?limit=5' })
  expect(seen[0]?.headers.get('authorization')).toBe('Bearer lrl_id_secret')
})

test.each(['http://laurel.test/loyalty', 'http://laurel.test/loyalty/', 'http://laurel.test/loyalty/v1'])(
  'finds a Laurel under a path: %s',
  async (url) => {
    const { seen, client } = clientAnswering(200, '{}', {}, url)
    await client.call('listVersions', {})
    expect(seen[0]?.url).toBe('http://laurel.test/loyalty/v1/programs')
  },
)

test('sends bodies as JSON, documents as they are', async () => {
  const { seen, client } = clientAnswering(200, '{}')
  const body = { asset: 'points', amount: -5, reason: 'mistake' }
  await client.call('adjustPoints', { path: { member: 'm' }, body, idempotencyKey: 'k' })
  await client.call('publishProgram', { body: 'laurel: 1' })
  expect(
    seen.map((each) => [each.body, each.headers.get('content-type'), each.headers.get('idempotency-key')]),
  ).toEqual([
    [JSON.stringify(body), 'application/json', 'k'],
    ['laurel: 1', 'application/yaml', null],
  ])
})

test('throws what the server says, with its code', async () => {
  const body = bodyOf(new Problem('too-many-requests'), 'r')
  const { client } = clientAnswering(429, JSON.stringify(body), { 'retry-after': '3' })
  const thrown = await client.call('listVersions', {}).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(RequestProblem)
  expect(thrown).toMatchObject({ body: { code: 'too-many-requests' }, retryAfterSeconds: 3 })
})

test('hands on an answer of lines as it comes, characters that are cut whole, and throws a problem as ever', async () => {
  const bytes = new TextEncoder().encode('{"a":"ö"}\n{}\n')
  const cut = new ReadableStream({
    start(stream) {
      for (const byte of bytes) stream.enqueue(Uint8Array.of(byte))
      stream.close()
    },
  })
  const client = createClient({
    url: 'http://laurel.test',
    key: 'k',
    fetch: async () => new Response(cut, { headers: { 'content-type': 'application/x-ndjson' } }),
  })
  expect((await Array.fromAsync(client.lines('exportLedger', {}))).join('')).toBe('{"a":"ö"}\n{}\n')
  const refused = clientAnswering(403, JSON.stringify(bodyOf(new Problem('missing-scope'), 'r'))).client
  await expect(Array.fromAsync(refused.lines('exportLedger', {}))).rejects.toThrow(RequestProblem)
})

test('throws also what a proxy says in its own words', async () => {
  const { client } = clientAnswering(502, '<html>Bad gateway</html>')
  const thrown = await client.call('listVersions', {}).catch((error: unknown) => error)
  expect(thrown).toMatchObject({ body: { code: 'fault', status: 502 }, retryAfterSeconds: null })
})

test('takes no page for an answer, whoever says 200', async () => {
  const { client } = clientAnswering(200, '<html>Welcome</html>', { 'content-type': 'text/html' })
  const message = { message: expect.stringContaining('no Laurel') }
  await expect(client.call('verifyLedger', {})).rejects.toMatchObject(message)
  await expect(Array.fromAsync(client.lines('exportLedger', {}))).rejects.toMatchObject(message)
})

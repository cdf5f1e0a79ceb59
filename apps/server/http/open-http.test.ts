import { connect } from 'node:net'
import { Problem } from '@laurel/contract'
import { afterAll, describe, expect, test } from 'vitest'
import { DatabaseFailure } from '../db/database-failure.ts'
import { refuseWhenShut } from './health.ts'
import type { LogLevel } from './log.ts'
import { openHttp } from './open-http.ts'

const lines: string[] = []
const open = (logLevel: LogLevel = 'warn') =>
  openHttp({ logLevel, trustProxy: false, logStream: { write: (line) => lines.push(line) } })

test('a server that is being stopped sends everybody elsewhere', async () => {
  const server = open()
  let isOpen = true
  refuseWhenShut(server, () => isOpen)
  server.get('/', async () => 'here')
  expect((await server.inject('/')).statusCode).toBe(200)
  isOpen = false
  const answer = await server.inject('/')
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe('2')
  expect(answer.json()).toMatchObject({ code: 'stopping' })
})

test.each([
  ['a lost database', new DatabaseFailure('database-unavailable', 'gone'), 503, 'database-unavailable', '2'],
  ['a full disk', new DatabaseFailure('database-full', 'full'), 503, 'database-unavailable', '2'],
  ['a problem', new Problem('unknown-member'), 404, 'unknown-member', undefined],
  ['a mistake of ours', new TypeError('x is not a function'), 500, 'fault', undefined],
])('%s becomes its answer', async (_, error, status, code, retryAfter) => {
  const server = open()
  server.get('/', async () => {
    throw error
  })
  const answer = await server.inject('/')
  expect(answer.statusCode).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer.headers['retry-after']).toBe(retryAfter)
  expect(answer.json()).toMatchObject({ code, status })
  // Whatever went wrong with us is for the log, not for the caller.
  expect(answer.body).not.toContain('is not a function')
})

test('a fault is logged with its request, without what the database repeats of the values', async () => {
  const server = open()
  const ofDatabase = Object.assign(new Error('duplicate key: maren@example.net'), {
    ...{
      severity: 'ERROR',
      code: '23505',
      table: 'profile',
      detail: 'Key (email)=(maren@example.net) already exists.',
    },
  })
  server.get('/members/:member', async () => {
    throw ofDatabase
  })
  lines.length = 0
  const answer = await server.inject('/members/maren?q=secret')
  const [line = ''] = lines
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    reqId: answer.headers['x-request-id'],
    err: { code: '23505', table: 'profile' },
  })
  expect(line).not.toMatch(/maren|secret/)
})

test('a request that is refused is one line with its id, route, code and time, and nothing that was sent', async () => {
  const server = open('info')
  server.get('/members/:member', async () => {
    throw new Problem('unknown-member')
  })
  server.get('/well', async () => 'well')
  lines.length = 0
  await server.inject('/well')
  const answer = await server.inject({ url: '/members/maren?q=secret', headers: { authorization: 'Bearer lrl_x' } })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    ...{ level: 30, code: 'unknown-member', status: 404, ms: expect.any(Number) },
    req: { id: answer.headers['x-request-id'], method: 'GET', route: '/members/:member' },
  })
  expect(lines[0]).not.toMatch(/maren|secret|lrl_/)
})

test('an unknown address and a wrong method are told apart', async () => {
  const server = open()
  expect((await server.inject('/v1/nothing')).json()).toMatchObject({ status: 404, code: 'unknown-route' })
  const wrong = await server.inject({ method: 'PUT', url: '/v1/members/maren' })
  expect(wrong.json()).toMatchObject({ status: 405, code: 'wrong-method' })
  expect(wrong.headers.allow).toBe('GET, DELETE')
})

describe('over a socket, where Fastify and Node would answer in their own words', () => {
  const server = open()
  server.get('/members/:member', async () => 'here')
  afterAll(() => server.close())

  /** Everything that is answered to these bytes, until the connection ends. */
  async function answerTo(bytes: string): Promise<{ status: number; headers: string; body: string }> {
    if (!server.server.listening) await server.listen({ port: 0, host: '127.0.0.1' })
    const address = server.server.address()
    const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
    // Both sides end at once: a reset after the answer is no news.
    socket.on('error', () => undefined).end(bytes)
    const text =
      (await socket
        .setEncoding('latin1')
        .reduce<string>((all, chunk) => all + chunk, '')
        .catch(() => '')) ?? ''
    const [head = '', body = ''] = text.split('\r\n\r\n')
    return { status: Number(head.split(' ')[1]), headers: head.toLowerCase(), body }
  }
  const get = (address: string, ...headers: string[]) =>
    `GET ${address} HTTP/1.1\r\n${[...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`

  test.each([
    ['bytes that are no HTTP', 'EHLO laurel\r\n\r\n', 400, 'malformed-request'],
    ['a method that nobody knows', 'BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'malformed-request'],
    ['no Host', get('/members/maren'), 400, 'malformed-request'],
    ['a percent sign that begins no escape', get('/members/%zz', 'Host: x'), 400, 'malformed-request'],
    ['half a character', get('/members/%c3', 'Host: x'), 400, 'malformed-request'],
    ['an id longer than any', get(`/members/${'m'.repeat(3000)}`, 'Host: x'), 404, 'unknown-route'],
    ['headers without end', get('/members/maren', 'Host: x', `X: ${'x'.repeat(20_000)}`), 431, 'headers-too-large'],
    ['an address without end', get(`/members/${'m'.repeat(20_000)}`, 'Host: x'), 431, 'headers-too-large'],
    [
      'two lengths',
      get('/members/maren', 'Host: x', 'Content-Length: 1', 'Content-Length: 2'),
      400,
      'malformed-request',
    ],
    [
      'a method without a route',
      'PROPFIND /members/maren HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      404,
      'unknown-route',
    ],
  ])('%s is a problem like any other', async (_, bytes, status, code) => {
    const answer = await answerTo(bytes)
    expect(answer).toMatchObject({ status, headers: expect.stringContaining('content-type: application/problem+json') })
    expect(JSON.parse(answer.body)).toMatchObject({
      status,
      code,
      instance: expect.stringMatching(/^urn:laurel:request:/),
    })
    expect(answer.headers).toContain('x-request-id: ')
    expect(answer.body).not.toMatch(/maren|statusCode/)
  })

  test('an expectation that nobody knows is passed over', async () => {
    expect(await answerTo(get('/members/maren', 'Host: x', 'Expect: miracles'))).toMatchObject({
      status: 200,
      body: 'here',
    })
  })
})

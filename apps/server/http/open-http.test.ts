import { Problem } from '@laurel/contract'
import { expect, test } from 'vitest'
import { DatabaseFailure } from '../db/database-failure.ts'
import { refuseWhenShut } from './health.ts'
import { openHttp } from './open-http.ts'

const lines: string[] = []
const open = () => openHttp({ logLevel: 'warn', trustProxy: false, logStream: { write: (line) => lines.push(line) } })

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

test('an unknown address and a wrong method are told apart', async () => {
  const server = open()
  expect((await server.inject('/v1/nothing')).json()).toMatchObject({ status: 404, code: 'unknown-route' })
  const wrong = await server.inject({ method: 'PUT', url: '/v1/members/maren' })
  expect(wrong.json()).toMatchObject({ status: 405, code: 'wrong-method' })
  expect(wrong.headers.allow).toBe('GET, DELETE')
})

import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { registerProblems } from './answer-problems.ts'
import { answerSlowly } from './answer-slowly.ts'

/** A server whose one route answers with what it is given. */
function serverOf(answer: () => Promise<unknown>) {
  const server = Fastify({ logger: false })
  server.decorateRequest('actor', null, [])
  registerProblems(server)
  server.get('/', (_request, reply) => answerSlowly(reply, answer(), 10))
  return server
}

test('an answer that is there at once is just that', async () => {
  const { body, headers } = await serverOf(async () => ({ clean: true })).inject('/')
  expect(body).toBe('{"clean":true}')
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
})

test('while an answer is being made something is heard, and it is read as if nothing had been', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const server = serverOf(() => promise)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const { body } = await fetch(address)
  let heard = ''
  if (body !== null) {
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      heard += chunk
      if (heard.length >= 3) resolve({ clean: true })
    }
  }
  await server.close()
  expect(heard).toMatch(/^\n{3,}\{/)
  expect(JSON.parse(heard)).toEqual({ clean: true })
})

test('what fails before anything is heard is answered as any failure', async () => {
  const { statusCode, headers } = await serverOf(() => Promise.reject(new Error('no'))).inject('/')
  expect(statusCode).toBe(500)
  expect(headers['content-type']).toContain('application/problem+json')
})

test('what fails later cuts the connection: half an answer is none', async () => {
  const { promise, reject } = Promise.withResolvers<unknown>()
  const server = serverOf(() => promise)
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  const answer = await fetch(address)
  reject(new Error('no'))
  await expect(answer.text()).rejects.toThrow()
  await server.close()
})

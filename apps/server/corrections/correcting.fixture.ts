import { scopes } from '@laurel/contract'
import { createKey } from '../access/create-key.ts'
import { clubDocument, orderPaid, type TestServer } from '../server.fixture.ts'
import { Corrector } from './corrector.ts'

/** The club where each pound gives so many points, from its publication on where it counted always. */
export const giving = (points: number, text: string): string =>
  text.replace('give: 1 points\n    per', `give: ${points} points\n    per`).replace('inForce: { from: always }\n', '')

let keys = 0

/** A program of its own on a server, and who works at its corrections. */
export async function correctingProgram(server: TestServer, id: string, of = clubDocument) {
  const { context } = server
  const document = of.replace('id: club', `id: ${id}`)
  await server.publish(document, id)
  const callerOf = async (holder: string | null) => {
    const wanted = { program: id, name: 'test', scopes, expiresAt: null, ...(holder === null ? {} : { holder }) }
    const headers = { authorization: `Bearer ${(await createKey(context, 'test', wanted)).key}` }
    return (method: 'GET' | 'POST', url: string, body?: unknown, more = {}) =>
      server.call(method, `/v1/${url}`, body, { ...headers, ...more })
  }
  const call = await callerOf('ada')
  const start = (body: object, key = `key-${keys++}`, by = call) =>
    by('POST', 'corrections', body, { 'idempotency-key': key })
  const work = async () => {
    const corrector = new Corrector(context)
    corrector.wake()
    await corrector.settled()
    await corrector.close()
  }
  return {
    document,
    call,
    callerOf,
    start,
    work,
    publish: (text: string) => server.publish(text, id),
    order: (name: string, member: string, total: number, day = '03-14') =>
      orderPaid(name, member, total, { occurredAt: `2026-${day}T10:00:00Z` }),
    send: (...events: readonly object[]) => call('POST', 'events?history=true', events),
    read: async (correction: string) => (await call('GET', `corrections/${correction}`)).body,
    members: async (correction: string) => (await call('GET', `corrections/${correction}/members`)).body.members,
    pointsOf: async (member: string) => {
      const { body } = await call('GET', `members/${member}/balance`)
      const { pending, active, held, debt } = body.balances[0]
      return pending + active + held - debt
    },
    /** Looks, and approves. */
    correct: async (body: object) => {
      const { id: correction } = (await start(body)).body
      await work()
      await call('POST', `corrections/${correction}/approve`)
      await work()
      return (await call('GET', `corrections/${correction}`)).body
    },
  }
}

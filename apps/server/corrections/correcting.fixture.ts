import { scopes } from '@laurel/contract'
import { expect } from 'vitest'
import { createKey } from '../access/create-key.ts'
import { clubDocument, orderPaid, type TestServer } from '../server.fixture.ts'
import { foldAnew } from '../statements/fold-anew.ts'
import { decideAgain } from '../statements/verify-decisions.ts'
import { Corrector } from './corrector.ts'

/** What is asked for unless a test says otherwise: the second version is to have judged from February on. */
export const wrong = { version: 2, from: '2026-02-01', reason: 'wrong-rate' }

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
    /** Both layers (LED-6), the books by themselves and every stored event decided again, and the states that are kept of them. */
    expectSound: async () => {
      expect((await call('POST', 'ledger/verify')).body).toMatchObject({ clean: true })
      expect(await decideAgain(context, id)).toMatchObject({ clean: true, differences: [] })
      expect(await foldAnew(context, id, { write: false })).toMatchObject({ clean: true, differences: [] })
    },
  }
}

import type { TestServer } from '../server.fixture.ts'
import { type Browser, browserOf } from '../team/staff.fixture.ts'

/** A till that is enrolled in a browser of its own, at which somebody has shown their PIN. */
export interface TestTill extends Browser {
  readonly id: string
  /** Answers status and body of what the till asks. */
  ask(route: string, body: object, key?: string): Promise<{ status: number; body: Answered }>
}

// biome-ignore lint/suspicious/noExplicitAny: an answer as it came, which each test says more about
type Answered = any

let made = 0

export async function enrolled(server: TestServer, headers = {}, program = 'club'): Promise<TestTill> {
  made += 1
  const added = await server.call('POST', '/v1/tills', { name: `till ${made}`, place: null }, headers)
  const browser = browserOf(server)
  const answer = await browser.post('/v1/till/enrol', { program, code: added.body.code })
  if (answer.statusCode !== 200) throw new Error(`no till was enrolled: ${answer.body}`)
  let keys = 0
  return {
    ...browser,
    id: added.body.id,
    ask: async (route, body, key = `key-${++keys}`) => {
      const headers = { 'sec-fetch-site': 'same-origin', 'idempotency-key': key }
      const response = await browser.post(`/v1/till/${route}`, body, headers)
      return { status: response.statusCode, body: response.json() }
    },
  }
}

export async function atWork(server: TestServer, headers = {}, program = 'club'): Promise<TestTill> {
  const till = await enrolled(server, headers, program)
  const { id } = (await server.call('POST', '/v1/cashiers', { name: `Cashier ${made}`, pin: '4711' }, headers)).body
  const begun = await till.ask('shift', { cashier: id, pin: '4711' })
  if (begun.status !== 200) throw new Error(`nobody began: ${JSON.stringify(begun.body)}`)
  return till
}

import type { RoleName } from '@laurel/contract'
import type { LightMyRequestResponse } from 'fastify'
import { countOf, transaction } from '../db/transaction.ts'
import type { TestServer } from '../server.fixture.ts'
import { addPerson } from '../sign-in/people.ts'
import { insertRole } from './queries.ts'

export const fromOurPage = { 'sec-fetch-site': 'same-origin' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** What a browser keeps of an answer, added to what it had. */
function keepCookies(jar: Map<string, string>, { headers }: LightMyRequestResponse): void {
  for (const cookie of [headers['set-cookie'] ?? []].flat()) {
    const [pair = ''] = cookie.split(';')
    const [name = '', ...value] = pair.split('=')
    if (/Max-Age=0(;|$)/.test(cookie)) jar.delete(name)
    else jar.set(name, value.join('='))
  }
}

/** Somebody at a browser of their own. */
export interface Browser {
  readonly jar: Map<string, string>
  readonly cookie: () => string
  open(url: string): Promise<LightMyRequestResponse>
  send(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** As a script of a page does, in JSON. */
  post(url: string, body: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

let browsers = 0

/** Each from another address, so that the limits on one are not met by all. */
export function browserOf(server: TestServer): Browser {
  const jar = new Map<string, string>()
  browsers += 1
  const remoteAddress = `2001:db8:b:${browsers.toString(16)}::1`
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const open: Browser['open'] = async (url) => {
    const response = await server.inject({ method: 'GET', url, remoteAddress, headers: { cookie: cookie() } })
    keepCookies(jar, response)
    return response
  }
  const send: Browser['send'] = async (url, fields, headers = fromOurPage) => {
    const response = await server.inject({
      ...{ method: 'POST', url, remoteAddress, headers: { cookie: cookie(), ...form, ...headers } },
      body: new URLSearchParams(fields).toString(),
    })
    keepCookies(jar, response)
    return response
  }
  const post: Browser['post'] = async (url, body, headers = fromOurPage) => {
    const response = await server.inject({
      ...{ method: 'POST', url, remoteAddress, body: JSON.stringify(body) },
      headers: { cookie: cookie(), 'content-type': 'application/json', ...headers },
    })
    keepCookies(jar, response)
    return response
  }
  return { jar, cookie, open, send, post }
}

export const password = 'a long enough password'

/** Somebody on the team of these programs, who can sign in. Answers their id. */
export async function staffOf(
  server: TestServer,
  email: string,
  roles: Readonly<Record<string, RoleName>>,
): Promise<string> {
  const { context } = server
  const passwordHash = await server.signIn.hashOf(password)
  return await transaction(context.database.application, async (tx) => {
    const person = await addPerson(tx, context, { email, name: `Name of ${email}`, passwordHash, isProven: true })
    if (person === undefined) throw new Error(`${email} is known already`)
    for (const [program, role] of Object.entries(roles)) {
      await countOf(tx, insertRole(program, person, role, new Date(context.wallNow()).toISOString(), 'test'))
    }
    return person
  })
}

/** A browser in which this person has signed in. */
export async function signedIn(server: TestServer, email: string): Promise<Browser> {
  const browser = browserOf(server)
  const answer = await browser.send('/sign-in/password', { email, password })
  if (answer.statusCode !== 303) throw new Error(`${email} was not let in: ${answer.statusCode} ${answer.body}`)
  return browser
}

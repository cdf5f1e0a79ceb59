import type { FastifyRequest } from 'fastify'
import pg from 'pg'
import type { Context } from '../context.ts'
import { makePool } from '../db/connect.ts'
import type { Company } from '../settings.ts'
import { addressHeader, authPath, isOwnName, sessionCookieName } from './addresses.ts'
import type { Auth } from './better-auth.ts'

export interface SignInOptions {
  /** As people reach Laurel; undefined: each as they do, as far as that is this machine or an address. */
  readonly url: string | undefined
  /** Of cookies and codes; not in the database. */
  readonly secret: string
  readonly company: Company | null
  /** Writes down what somebody did with their own sign-in. */
  readonly note: (person: string, act: string, detail?: object) => Promise<void>
  /** Sends a link to whoever forgot the password. */
  readonly onForgotten: (origin: string, email: string, token: string) => Promise<void>
}

/** Whoever a request's cookie proves. */
export interface SignedIn {
  readonly person: string
  readonly name: string
  readonly email: string
  readonly session: string
  readonly expiresAt: string
}

/** The way in for people, by password, code, passkey or their company's sign-in. */
export interface SignIn {
  readonly company: Company | null
  /** Under which address this request came; null: under a name that nobody has said is ours. */
  originOf(request: FastifyRequest): string | null
  /** Null: nobody is signed in. Read from the database each time: an ended session ends here and now. */
  signedIn(request: FastifyRequest): Promise<SignedIn | null>
  /** Asks Better Auth, with its limits and its cookies, in the name of the request; the caller knows that one of our pages sent it. */
  ask(request: FastifyRequest, path: string, body?: object): Promise<Response>
  /** What a browser's own script or the company's sign-in sends to Better Auth itself. */
  forward(request: FastifyRequest): Promise<Response>
  /** As Better Auth will compare it: scrypt. */
  hashOf(password: string): Promise<string>
  close(): Promise<void>
}

/** Signing in is seldom: a few connections of its own are enough. */
const connectionsMax = 4
/** Addresses under which one server is reached at once, where none is said; the bound is against made-up ports. */
const originsMax = 16

export function createSignIn(context: Context, options: SignInOptions): SignIn {
  const pool = makePool(context.log, { ...context.database.connection, types: pg.types, max: connectionsMax })
  const byOrigin = new Map<string, Promise<Auth>>()
  const fixed = options.url === undefined ? null : new URL(options.url).origin

  const make = async (origin: string): Promise<Auth> => {
    // Loaded when somebody signs in first: a command or a server that only tills speak to never needs it.
    const { createAuth } = await import('./better-auth.ts')
    const { secret, company, note } = options
    return createAuth({
      ...{ pool, secret, origin, company, note, log: context.log },
      newPersonId: () => context.newId('per'),
      onForgotten: (email, token) => options.onForgotten(origin, email, token),
    })
  }
  const authAt = (origin: string): Promise<Auth> => {
    const known = byOrigin.get(origin)
    if (known !== undefined) return known
    if (byOrigin.size >= originsMax) byOrigin.delete(byOrigin.keys().next().value ?? '')
    const made = make(origin)
    byOrigin.set(origin, made)
    return made
  }

  const originOf = (request: FastifyRequest): string | null => {
    if (fixed !== null) return fixed
    if (!isOwnName(request.hostname)) return null
    return `${request.protocol === 'https' ? 'https' : 'http'}://${request.host}`
  }
  const requireAuth = async (request: FastifyRequest) => {
    const origin = originOf(request)
    if (origin === null) throw new Error('invariant: the address was looked at before')
    return { origin, auth: await authAt(origin) }
  }
  const headersOf = ({ headers, ip }: FastifyRequest): Headers => {
    const passed = new Headers({ [addressHeader]: ip })
    for (const name of ['cookie', 'user-agent', 'accept', 'origin'] as const) {
      const value = headers[name]
      if (value !== undefined) passed.set(name, value)
    }
    return passed
  }

  return {
    company: options.company,
    originOf,
    signedIn: async (request) => {
      const origin = originOf(request)
      if (origin === null || request.headers.cookie?.includes(`${sessionCookieName(origin)}=`) !== true) return null
      const auth = await authAt(origin)
      const found = await auth.api.getSession({ headers: headersOf(request) })
      if (found === null) return null
      const { user, session } = found
      const { id: person, name, email } = user
      return { person, name, email, session: session.id, expiresAt: session.expiresAt.toISOString() }
    },
    ask: async (request, path, body) => {
      const { origin, auth } = await requireAuth(request)
      const headers = headersOf(request)
      headers.set('origin', origin)
      if (body === undefined) return await auth.handler(new Request(`${origin}${authPath}${path}`, { headers }))
      headers.set('content-type', 'application/json')
      const sent = { method: 'POST', headers, body: JSON.stringify(body) }
      return await auth.handler(new Request(`${origin}${authPath}${path}`, sent))
    },
    forward: async (request) => {
      const { origin, auth } = await requireAuth(request)
      const headers = headersOf(request)
      if (request.method === 'GET') return await auth.handler(new Request(`${origin}${request.url}`, { headers }))
      headers.set('content-type', 'application/json')
      const sent = { method: 'POST', headers, body: String(request.body ?? '') }
      return await auth.handler(new Request(`${origin}${request.url}`, sent))
    },
    hashOf: async (password) => {
      const auth = await authAt(fixed ?? 'http://localhost')
      return await (await auth.$context).password.hash(password)
    },
    close: async () => {
      await pool.end()
    },
  }
}

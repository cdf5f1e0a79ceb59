import type { FastifyRequest } from 'fastify'
import pg from 'pg'
import type { Context } from '../context.ts'
import { makePool } from '../db/connect.ts'
import { connectionsMax } from '../db/connections.ts'
import type { Company } from '../settings.ts'
import { authPath, sessionCookieName } from './addresses.ts'
import { type AuthByOrigin, createAuthByOrigin, hasCookie, headersOf } from './auth-by-origin.ts'
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
export interface SignIn extends Pick<AuthByOrigin<Auth>, 'originOf' | 'ask' | 'forward'> {
  readonly company: Company | null
  /** Null: nobody is signed in. Read from the database each time: an ended session ends here and now. */
  signedIn(request: FastifyRequest): Promise<SignedIn | null>
  /** As Better Auth will compare it: scrypt. */
  hashOf(password: string): Promise<string>
  close(): Promise<void>
}

export function createSignIn(context: Context, options: SignInOptions): SignIn {
  const pool = makePool(context.log, { ...context.database.connection, types: pg.types, max: connectionsMax.signIn })
  const { url, company } = options
  const auth = createAuthByOrigin(url, authPath, async (origin) => {
    // Loaded when somebody signs in first: a command or a server that only tills speak to never needs it.
    const { createAuth } = await import('./better-auth.ts')
    const { secret, note } = options
    return createAuth({
      ...{ pool, secret, origin, company, note, log: context.log },
      newPersonId: () => context.newId('per'),
      onForgotten: (email, token) => options.onForgotten(origin, email, token),
    })
  })
  return {
    company,
    originOf: auth.originOf,
    ask: auth.ask,
    forward: auth.forward,
    signedIn: async (request) => {
      const origin = auth.originOf(request)
      if (origin === null || !hasCookie(request, sessionCookieName(origin))) return null
      const { api } = await auth.at(origin)
      const found = await api.getSession({ headers: headersOf(request) })
      if (found === null) return null
      const { user, session } = found
      const { id: person, name, email } = user
      return { person, name, email, session: session.id, expiresAt: session.expiresAt.toISOString() }
    },
    hashOf: async (password) => {
      const { $context } = await auth.at(url ?? 'http://localhost')
      return await (await $context).password.hash(password)
    },
    close: async () => {
      await pool.end()
    },
  }
}

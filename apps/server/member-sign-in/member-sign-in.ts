import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import type { Language } from '@laurel/engine'
import type { FastifyRequest } from 'fastify'
import pg from 'pg'
import { makePool } from '../db/connect.ts'
import { connectionsMax } from '../db/connections.ts'
import { rowOf, rowsOf } from '../db/transaction.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Texter } from '../mail/texter.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { memberAuthPath, memberCookieName } from '../sign-in/addresses.ts'
import { type AuthByOrigin, createAuthByOrigin, hasCookie, headersOf } from '../sign-in/auth-by-origin.ts'
import { codeMessage } from './code-message.ts'
import type { MemberAuth } from './member-auth.ts'
import { countCode, membersByEmail, membersByPhone } from './queries.ts'

/** Whoever a member's cookie proves. */
export interface MemberSignedIn {
  readonly program: string
  readonly member: string
  readonly session: string
  /** Epoch milliseconds. */
  readonly startedAt: number
}

/** The way in for members: a code to the address or number that the shop knows, or a passkey. */
export interface MemberSignIn extends Pick<AuthByOrigin<MemberAuth>, 'originOf' | 'ask' | 'forward'> {
  signedIn(request: FastifyRequest): Promise<MemberSignedIn | null>
  /** Sends a code, where it is known whose address or number this is; the answer is the same where it is not. */
  sendCode(request: FastifyRequest, program: string, contact: string, language: Language): Promise<Response>
  /** Signs in with that code. */
  enterCode(request: FastifyRequest, program: string, contact: string, code: string): Promise<Response>
  close(): Promise<void>
}

export interface MemberSignInOptions {
  readonly url: string | undefined
  readonly secret: string
  readonly mailer: Mailer
  readonly texter: Texter
}

/**
 * Codes for one contact in a day, from wherever they are asked for. With five tries each, whoever guesses for one member all day
 * comes through once in twenty-seven years.
 */
const codesPerDayMax = 20
export const codesDayMs = 86_400_000

/** In the form of an address of mail, as Better Auth wants it: of which member it is nobody can tell from it. */
const keyOfMember = (program: string, member: string): string =>
  `${hash('sha256', `${program}\0${member}`, 'hex').slice(0, 40)}@member.invalid`

export function createMemberSignIn(context: ProgramContext, options: MemberSignInOptions): MemberSignIn {
  const pool = makePool(context.log, {
    ...context.database.connection,
    types: pg.types,
    max: connectionsMax.memberSignIn,
  })
  const { url, secret, mailer, texter } = options
  /** To whom the code goes that is being asked for: Better Auth knows no more of them than a hash. */
  const receiver = new AsyncLocalStorage<(code: string) => Promise<boolean>>()
  const auth = createAuthByOrigin(url, memberAuthPath, async (origin) => {
    const { createMemberAuth } = await import('./member-auth.ts')
    const send = async (code: string) => {
      await receiver.getStore()?.(code)
    }
    return createMemberAuth({ pool, secret, origin, log: context.log, send })
  })

  /** Whose contact it is, if it is one member's alone: a code must not let one of a household in as another. */
  const memberAt = async (program: string, contact: string) => {
    const { application } = context.database
    const email = contact.trim().toLowerCase()
    const phone = contact.replaceAll(/[^\d+]/g, '')
    const found = email.includes('@')
      ? await rowsOf(application, membersByEmail(program, email))
      : phone === ''
        ? []
        : await rowsOf(application, membersByPhone(program, phone))
    const [only, ...others] = found
    return only === undefined || others.length > 0 ? null : { ...only, isEmail: email.includes('@') }
  }

  return {
    originOf: auth.originOf,
    ask: auth.ask,
    forward: auth.forward,
    signedIn: async (request) => {
      const origin = auth.originOf(request)
      if (origin === null || !hasCookie(request, memberCookieName(origin))) return null
      const { api } = await auth.at(origin)
      const found = await api.getSession({ headers: headersOf(request) })
      if (found === null) return null
      const { user, session } = found
      return { program: user.program, member: user.member, session: session.id, startedAt: session.createdAt.getTime() }
    },
    sendCode: async (request, program, contact, language) => {
      const found = await memberAt(program, contact)
      // Asked for all the same, so that limits and times tell nothing; it is sent to nobody.
      const key = keyOfMember(program, found?.member ?? `\0${contact}`)
      const now = context.wallNow()
      const [at, dayAgo] = [new Date(now).toISOString(), new Date(now - codesDayMs).toISOString()]
      const asks = await rowOf(context.database.application, countCode(key, at, dayAgo))
      if ((asks?.count ?? 0) > codesPerDayMax) return new Response(null, { status: 429 })
      const receive = async (code: string) => found !== null && (await sendTo(found, program, code, language))
      const asked = { email: key, type: 'sign-in' }
      return await receiver.run(receive, () => auth.ask(request, '/email-otp/send-verification-otp', asked))
    },
    enterCode: async (request, program, contact, code) => {
      const found = await memberAt(program, contact)
      const key = keyOfMember(program, found?.member ?? `\0${contact}`)
      const member = found?.member ?? ''
      const answer = await auth.ask(request, '/sign-in/email-otp', { email: key, otp: code, name: '', program, member })
      // A code that was sent to nobody, and guessed.
      return found === null && answer.ok ? new Response(null, { status: 401 }) : answer
    },
    close: async () => {
      await pool.end()
    },
  }

  async function sendTo(
    { email, phone, isEmail }: { email: string | null; phone: string | null; isEmail: boolean },
    program: string,
    code: string,
    language: Language,
  ): Promise<boolean> {
    const timeline = await context.timelines.of(program)
    const names = timeline?.latest.name ?? {}
    const { subject, text } = codeMessage(language, code, names[language] ?? names['en'] ?? program)
    if (isEmail && email !== null) return await mailer.send({ to: email, subject, text })
    if (!isEmail && phone !== null) return await texter.send({ to: phone, text })
    return false
  }
}

import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import helmet from '@fastify/helmet'
import { Problem, problems, type Scope, type StatementLine } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authentication } from '../access/authenticate.ts'
import type { KeyVerifier } from '../access/verify-key.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { problemOf } from '../http/answer-problems.ts'
import type { Actor } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import { readText } from '../http/read-body.ts'
import type { Mailer } from '../mail/mailer.ts'
import { lotsOf } from '../members/describe-member.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
import { memberAnswerOf, readProfile } from '../members/read-member.ts'
import { readSeats } from '../members/read-seats.ts'
import { searchMembers } from '../members/search-members.ts'
import { canHavePasskeys } from '../sign-in/addresses.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { readStatement } from '../statements/read-statement.ts'
import type { PersonOfRequest } from '../team/person-of-request.ts'
import { bindAccountPages } from './account-routes.ts'
import { explanationOf } from './explanation.ts'
import { allowScript, formOf, nextIn, textsOf } from './forms.ts'
import { memberPage } from './member-page.ts'
import { searchPage } from './search-page.ts'
import { endedCookie, keyOfSession, sessionCookie } from './session.ts'
import { problemPage, signInPage } from './sign-in-page.ts'
import { bindSignInPages } from './sign-in-pages.ts'

const linesOnPage = 20
const membersOnPage = 50

/** Who comes to the pages, and how. */
export interface Visitors {
  readonly verifier: KeyVerifier
  readonly authentication: Authentication
  readonly personOf: PersonOfRequest
  readonly signIn: SignIn
  readonly mailer: Mailer
}

/** The pages: plain HTML, nothing from elsewhere, and no script but the one that asks a browser for a passkey. */
export async function bindPages(
  server: FastifyInstance,
  context: RecordingContext,
  { verifier, authentication, personOf, signIn, mailer }: Visitors,
): Promise<void> {
  const files = await Promise.all(
    ['./style.css', './passkey.mjs'].map(
      async (name) => [name, await readFile(new URL(name, import.meta.url), 'utf8')] as const,
    ),
  )
  const sendWayIn = (request: FastifyRequest, reply: FastifyReply, reason: string | null, withScript: boolean) => {
    const origin = signIn.originOf(request)
    const passkeys = withScript && origin !== null && canHavePasskeys(origin)
    const company = signIn.company?.name ?? null
    if (passkeys) allowScript(reply)
    return sendPage(reply, signInPage(reason, { company, passkeys, next: nextIn(request), people: origin !== null }))
  }
  const sendSignIn = (request: FastifyRequest, reply: FastifyReply, reason: string | null) =>
    sendWayIn(request, reply, reason, true)
  const keyOf = (request: FastifyRequest) => keyOfSession(context, verifier, request)
  await server.register(async (pages) => {
    await pages.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'none'"],
          'style-src': ["'self'"],
          'form-action': ["'self'"],
          'base-uri': ["'none'"],
          'frame-ancestors': ["'none'"],
        },
      },
      // Whoever serves plain HTTP on a laptop must not be locked out of it; a proxy that speaks TLS says so itself.
      strictTransportSecurity: false,
    })
    pages.addContentTypeParser('application/x-www-form-urlencoded', (request: FastifyRequest, payload: Readable) =>
      readText(request, payload),
    )
    pages.setErrorHandler((error, request, reply) =>
      answerError(error, request, reply, (reason) => sendWayIn(request, reply, reason, false)),
    )

    for (const [name, text] of files) {
      const type = name.endsWith('.mjs') ? 'text/javascript' : 'text/css'
      pages.get(name.slice(1), (_, reply) =>
        reply.header('cache-control', 'public, max-age=3600').type(`${type}; charset=utf-8`).send(text),
      )
    }
    const page = (address: string, show: (actor: Actor, request: FastifyRequest) => Promise<string>) =>
      pages.get(address, async (request, reply) => {
        const actor = (await personOf(request)) ?? (await keyOf(request))
        return actor === undefined ? sendSignIn(request, reply, null) : sendPage(reply, await show(actor, request))
      })
    page('/', async ({ program, scopes }, request) => {
      require(scopes, 'members:read')
      const { q = '', cursor } = textsOf(request.query)
      return searchPage(q, await searchMembers(context, program, { q, cursor, limit: membersOnPage }))
    })
    page('/members/:member', ({ program, scopes }, request) => {
      require(scopes, 'members:read')
      const { member = '' } = textsOf(request.params)
      return showMember(context, program, member, textsOf(request.query))
    })

    // Whoever reads pages is answered with one; a program, and all below /v1, with what a program reads.
    pages.get('/*', async (request, reply) => {
      const isRead = request.headers.accept?.includes('text/html') === true && !request.url.startsWith('/v1')
      if (!isRead) return reply.callNotFound()
      return sendPage(reply.code(404), problemPage('There is nothing at this address.', 'Begin at the first page.'))
    })

    pages.post('/sign-in', async (request, reply) => {
      if (!isFromOurPage(request)) return sendSignIn(request, reply.code(403), 'Enter the key on this page.')
      const typed = formOf(request).get('key') ?? ''
      const key = await authentication.ofText(request, typed.trim())
      if (!key.scopes.has('members:read')) throw new Problem('missing-scope')
      return await reply.header('set-cookie', sessionCookie(context, key, isSecure(request))).redirect('/', 303)
    })
    pages.post('/sign-out', async (request, reply) => {
      reply.header('set-cookie', endedCookie(isSecure(request)))
      const isStaff = isFromOurPage(request) && (await signIn.signedIn(request)) !== null
      if (isStaff) passCookies(reply, await signIn.ask(request, '/sign-out', {}))
      return reply.redirect('/', 303)
    })
    bindSignInPages(pages, { context, signIn, mailer, sendPage, sendSignIn })
    // Where members came in before there was a portal: such links stand on receipts.
    pages.get('/club/:program', async (request, reply) => {
      const { program = '' } = textsOf(request.params)
      return await reply.redirect(`/portal/${encodeURIComponent(program)}`, 308)
    })
    bindAccountPages(pages, { context, signIn, keyOf, sendPage, sendSignIn })
  })
}

function require(scopes: Actor['scopes'], scope: Scope): void {
  if (!scopes.has(scope)) throw new Problem('missing-scope', { extensions: { scope } })
}

const isSecure = (request: FastifyRequest): boolean => request.protocol === 'https'

const sendPage = (reply: FastifyReply, page: string): FastifyReply => reply.type('text/html; charset=utf-8').send(page)

async function showMember(
  context: RecordingContext,
  program: string,
  asked: string,
  { cursor, why }: Record<string, string | undefined>,
): Promise<string> {
  const gathered = await gatherMember(context, program, asked)
  const { id } = gathered
  const [profile, statement, seats] = await Promise.all([
    readProfile(context, gathered.bucket, program, id),
    readStatement(context, program, id, { cursor, limit: linesOnPage }),
    readSeats(context, program, gathered),
  ])
  const chosen = statement.lines.find((line) => String(line.number) === why)
  return memberPage({
    member: memberAnswerOf(id, gathered, profile, seats),
    timeline: gathered.timeline,
    lots: lotsOf(gathered).lots,
    lines: statement.lines,
    next: statement.next,
    cursor: cursor ?? null,
    why: chosen === undefined ? null : await whyOf(context, program, gathered, chosen),
  })
}

const whyOf = async (context: RecordingContext, program: string, gathered: GatheredMember, line: StatementLine) => ({
  number: line.number,
  answer: await explanationOf(context, program, gathered, line),
})

function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  sendSignIn: (reason: string) => FastifyReply,
): FastifyReply {
  const problem = problemOf(error)
  const { title, status } = problems[problem.code]
  if (status >= 500) request.log.error({ err: error }, 'a page could not be shown')
  reply.code(status)
  switch (problem.code) {
    case 'unauthenticated':
      return sendSignIn('This key is not known, or no longer in force.')
    case 'missing-scope':
      return sendSignIn('That may not be read with this key or role: it takes the scope members:read.')
    case 'too-many-requests':
      return sendSignIn('Too many keys or passwords were tried. Wait a quarter of an hour.')
    case 'program-unnamed':
      // Whoever works in several programs says first in which.
      return reply.code(303).header('location', '/account').send()
    default:
      return sendPage(reply, problemPage(`${title}.`, problem.remedy))
  }
}

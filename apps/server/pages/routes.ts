import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import helmet from '@fastify/helmet'
import { problems } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RecordingContext } from '../decisions/recorder.ts'
import { problemOf } from '../http/answer-problems.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import { readText } from '../http/read-body.ts'
import type { Mailer } from '../mail/mailer.ts'
import { canHavePasskeys } from '../sign-in/addresses.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { allowScript, nextIn, textsOf } from './forms.ts'
import { bindOwnForms } from './own-forms.ts'
import { problemPage, signInPage } from './sign-in-page.ts'
import { bindSignInPages } from './sign-in-pages.ts'

/** Who comes to the pages, and how. */
export interface Visitors {
  readonly signIn: SignIn
  readonly mailer: Mailer
}

/**
 * The pages before the console, which is for whoever is signed in: how people come in and go. Plain HTML, nothing from elsewhere, and no
 * script but the one that asks a browser for a passkey.
 */
export async function bindPages(
  server: FastifyInstance,
  context: RecordingContext,
  { signIn, mailer }: Visitors,
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
    pages.get('/', (_, reply) => reply.redirect('/console', 303))
    // Whoever reads pages is answered with one; a program, and all below /v1, with what a program reads.
    pages.get('/*', async (request, reply) => {
      const isRead = request.headers.accept?.includes('text/html') === true && !request.url.startsWith('/v1')
      if (!isRead) return reply.callNotFound()
      const isConsole = /^\/console(\/|$)/.test(request.url)
      return sendPage(reply.code(404), isConsole ? noConsolePage() : nothingPage())
    })

    pages.post('/sign-out', async (request, reply) => {
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
    bindOwnForms(pages, context, signIn)
  })
}

const sendPage = (reply: FastifyReply, page: string): FastifyReply => reply.type('text/html; charset=utf-8').send(page)

const nothingPage = () => problemPage('There is nothing at this address.', 'Begin at the first page.')
const noConsolePage = () =>
  problemPage(
    'The console is not here.',
    'It could not be built when Laurel was started; what was said then tells why. The interface answers at /v1.',
  )

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
      return sendSignIn('Your session is over.')
    case 'too-many-requests':
      return sendSignIn('Too many passwords were tried. Wait a quarter of an hour.')
    default:
      return sendPage(reply, problemPage(`${title}.`, problem.remedy))
  }
}

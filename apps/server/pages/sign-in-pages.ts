import { emailAddress, Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { Mailer } from '../mail/mailer.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { acceptAsNewcomer, acceptAsPerson, readInvitation } from '../team/accept-invitation.ts'
import { cookieOfProgram } from '../team/person-of-request.ts'
import { formOf, nextIn, textsOf } from './forms.ts'
import { invitationPage, noInvitationPage } from './invitation-page.ts'
import { outboxPage } from './outbox-page.ts'
import { codePage, forgottenPage, newPasswordPage, onwardsPage } from './sign-in-page.ts'

export interface StaffPages {
  readonly context: Context
  readonly signIn: SignIn
  readonly mailer: Mailer
  readonly sendPage: (reply: FastifyReply, page: string) => FastifyReply
  /** The way in once more, with what is to be said. */
  readonly sendSignIn: (request: FastifyRequest, reply: FastifyReply, reason: string | null) => FastifyReply
}

/**
 * Wrong passwords for one address of mail, from wherever they come: Better Auth counts by where they come from. Many enough that a
 * stranger who wants somebody to be locked out has work to do, and few enough that twelve characters hold.
 */
const wrongPasswords = { max: 30, timeWindow: 900_000 }

/** The pages on which people come in: password, second step, a company's sign-in, a forgotten password, an invitation. */
export function bindSignInPages(pages: FastifyInstance, parts: StaffPages): void {
  const { context, signIn, mailer, sendPage, sendSignIn } = parts
  const ofEmail = pages.createRateLimit({
    ...wrongPasswords,
    keyGenerator: (request) => `password/${formOf(request).get('email')?.trim().toLowerCase()}`,
  })
  /** A form that one of our own pages sent, under an address of ours. */
  const post = (address: string, serve: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    pages.post(address, async (request, reply) => {
      if (!isFromOurPage(request)) throw new Problem('cross-site')
      if (signIn.originOf(request) === null) return sendSignIn(request, reply.code(403), null)
      return await serve(request, reply)
    })

  pages.get('/sign-in', (request, reply) => {
    const failed = textsOf(request.query)['error'] !== undefined
    return sendSignIn(
      request,
      reply,
      failed ? 'Your company’s sign-in does not know you here, or was called off.' : null,
    )
  })
  post('/sign-in/password', async (request, reply) => {
    const limit = await ofEmail(request, { increment: false })
    const isTooOften = !limit.isAllowed && limit.remaining < 1
    if (isTooOften) throw new Problem('too-many-requests', { retryAfterSeconds: limit.ttlInSeconds })
    const form = formOf(request)
    const [email, password] = [form.get('email')?.trim() ?? '', form.get('password') ?? '']
    const answer = await signIn.ask(request, '/sign-in/email', { email, password })
    if (answer.status === 429) return sendSignIn(request, reply.code(429), tooOften)
    if (!answer.ok) {
      await ofEmail(request)
      return sendSignIn(request, reply.code(401), 'The address or the password is wrong.')
    }
    passCookies(reply, answer)
    const { twoFactorRedirect = false } = (await answer.json()) as { twoFactorRedirect?: boolean }
    const next = nextIn(request)
    return reply.redirect(twoFactorRedirect ? `/sign-in/code?${new URLSearchParams({ next })}` : next, 303)
  })
  pages.get('/sign-in/code', (request, reply) => sendPage(reply, codePage(null, nextIn(request))))
  post('/sign-in/code', async (request, reply) => {
    const code = (formOf(request).get('code') ?? '').replaceAll(/\s/g, '')
    const path = /^\d{6}$/.test(code) ? '/two-factor/verify-totp' : '/two-factor/verify-backup-code'
    const answer = await signIn.ask(request, path, { code })
    passCookies(reply, answer)
    if (answer.ok) return reply.redirect(nextIn(request), 303)
    const reason =
      answer.status === 429 ? tooOften : 'The code is wrong, or too old. After five wrong ones begin again.'
    return sendPage(reply.code(answer.status === 429 ? 429 : 401), codePage(reason, nextIn(request)))
  })
  post('/sign-in/company', async (request, reply) => {
    const asked = { provider: 'company', callbackURL: nextIn(request), errorCallbackURL: '/sign-in' }
    return await onwards(reply, signIn, await signIn.ask(request, '/sign-in/social', asked), '/sign-in?error=company')
  })

  pages.get('/sign-in/forgotten', (_, reply) => sendPage(reply, forgottenPage(false)))
  post('/sign-in/forgotten', async (request, reply) => {
    const email = formOf(request).get('email')?.trim() ?? ''
    const answer = await signIn.ask(request, '/request-password-reset', { email })
    if (answer.status === 429) throw new Problem('too-many-requests', { retryAfterSeconds: 60 })
    return sendPage(reply, forgottenPage(true))
  })
  pages.get('/sign-in/new-password/:token', (request, reply) =>
    sendPage(reply, newPasswordPage(textsOf(request.params)['token'] ?? '', null)),
  )
  post('/sign-in/new-password/:token', async (request, reply) => {
    const { token = '' } = textsOf(request.params)
    const newPassword = formOf(request).get('password') ?? ''
    const answer = await signIn.ask(request, '/reset-password', { token, newPassword })
    if (answer.ok) return sendSignIn(request, reply, 'The new password is kept. Sign in with it.')
    const reason =
      'It was not kept: the link is older than an hour or was used, or the password is not of 12 to 128 characters.'
    return sendPage(reply.code(400), newPasswordPage(token, reason))
  })

  pages.get('/invitation/:token', async (request, reply) => {
    const { token = '' } = textsOf(request.params)
    const invitation = await readInvitation(context, token)
    if (invitation === undefined) return sendPage(reply.code(404), noInvitationPage())
    const who = await signIn.signedIn(request)
    return sendPage(reply, invitationPage(token, invitation, who?.email ?? null, null))
  })
  post('/invitation/:token', async (request, reply) => {
    const { token = '' } = textsOf(request.params)
    const invitation = await readInvitation(context, token)
    if (invitation === undefined) return sendPage(reply.code(404), noInvitationPage())
    const who = await signIn.signedIn(request)
    const again = (reason: string) =>
      sendPage(reply.code(400), invitationPage(token, invitation, who?.email ?? null, reason))

    if (who !== null) {
      const accepted = await acceptAsPerson(context, token, who.person)
      if (typeof accepted === 'object') {
        return reply.header('set-cookie', cookieOfProgram(invitation.program, request)).redirect('/', 303)
      }
      return again('This invitation is for another address: sign out first.')
    }
    const form = formOf(request)
    const [name, password] = [form.get('name')?.trim() ?? '', form.get('password') ?? '']
    const typed = emailAddress.safeParse(invitation.email ?? form.get('email') ?? '')
    if (!typed.success) return again('That is no e-mail address.')
    if (!namePattern.test(name)) return again('Say what you are called, in up to 100 characters.')
    if (password.length < 12 || password.length > 128) return again('A password has 12 to 128 characters.')
    const newcomer = { email: typed.data, name, passwordHash: await signIn.hashOf(password) }
    const accepted = await acceptAsNewcomer(context, token, newcomer)
    if (accepted === 'gone') return sendPage(reply.code(404), noInvitationPage())
    if (typeof accepted === 'string') return again('Somebody with this address is known here: sign in first.')
    const answer = await signIn.ask(request, '/sign-in/email', { email: accepted.email, password })
    passCookies(reply, answer)
    return reply.redirect('/', 303)
  })

  pages.get('/outbox', (request, reply) => {
    // What stands in it lets somebody in: only whoever sits at this machine sees it.
    if (mailer.box === null || !isThisMachine(request.socket.remoteAddress ?? '')) return reply.callNotFound()
    return sendPage(reply, outboxPage(mailer.box))
  })
}

const tooOften = 'Too often. Wait a minute.'

/** To the company's own page, as Better Auth says; to `otherwise` where it says none. */
export async function onwards(
  reply: FastifyReply,
  { company }: SignIn,
  answer: Response,
  otherwise: string,
): Promise<FastifyReply> {
  passCookies(reply, answer)
  const { url } = answer.ok ? ((await answer.json()) as { url?: string }) : {}
  if (url === undefined) return reply.redirect(otherwise, 303)
  return reply.type('text/html; charset=utf-8').send(onwardsPage(company?.name ?? '', url))
}

/** A name is written into mails and pages: no control characters. */
const namePattern = /^[^\p{Cc}\p{Cs}]{1,100}$/u

const isThisMachine = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')

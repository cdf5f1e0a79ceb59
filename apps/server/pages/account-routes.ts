import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import { canHavePasskeys } from '../sign-in/addresses.ts'
import { deletePasskey, passkeysOfPerson, waysOfPerson } from '../sign-in/queries.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignedIn, SignIn } from '../sign-in/sign-in.ts'
import { programCookie } from '../team/person-of-request.ts'
import { roleInProgram, rolesOfPerson } from '../team/queries.ts'
import { readMe } from '../team/read-me.ts'
import { endSessions, listSessions, noteOfPerson } from '../team/sessions.ts'
import { type Account, accountPage, keyPage, setUpPage } from './account-page.ts'
import { allowScript, formOf, safeNext, textsOf } from './forms.ts'
import { onwards, tooOften } from './sign-in-pages.ts'

export interface AccountPages {
  readonly context: Context
  readonly signIn: SignIn
  /** Who is signed in with a key on these pages; undefined: nobody. */
  readonly keyOf: (request: FastifyRequest) => Promise<Actor | undefined>
  readonly sendPage: (reply: FastifyReply, page: string) => FastifyReply
  readonly sendSignIn: (request: FastifyRequest, reply: FastifyReply, reason: string | null) => FastifyReply
}

/** How many sessions one page shows: nobody has more places to sit at. */
const sessionsShown = 50

/** One's own account: programs, password, second step, passkeys, sessions. */
export function bindAccountPages(pages: FastifyInstance, parts: AccountPages): void {
  const { context, signIn, keyOf, sendPage, sendSignIn } = parts

  const show = async (request: FastifyRequest, reply: FastifyReply, who: SignedIn, said: Account['said']) => {
    const account = await accountOf(context, signIn, request, who, said)
    if (account.canHavePasskeys) allowScript(reply)
    return sendPage(reply, accountPage(account))
  }

  pages.get('/account', async (request, reply) => {
    const who = await signIn.signedIn(request)
    if (who !== null) return await show(request, reply, who, saidOf(textsOf(request.query)['done']))
    const key = await keyOf(request)
    if (key === undefined) return sendSignIn(request, reply, null)
    return sendPage(reply, keyPage(await readMe(context, key)))
  })
  /** A form of this page, by whoever is signed in. */
  const post = (
    address: string,
    serve: (request: FastifyRequest, reply: FastifyReply, who: SignedIn) => Promise<unknown>,
  ) =>
    pages.post(address, async (request, reply) => {
      if (!isFromOurPage(request)) throw new Problem('cross-site')
      const who = await signIn.signedIn(request)
      if (who === null) return sendSignIn(request, reply.code(401), 'Your session is over.')
      return await serve(request, reply, who)
    })
  const refused = (request: FastifyRequest, reply: FastifyReply, who: SignedIn, answer: Response, text: string) => {
    const isOften = answer.status === 429
    return show(request, reply.code(isOften ? 429 : 400), who, { text: isOften ? tooOften : text, isBad: true })
  }

  post('/account/program', async (request, reply, { person }) => {
    const form = formOf(request)
    const wanted = form.get('program') ?? ''
    // Of a sandbox whoever is on the team of the program that made it.
    const role = await rowOf(context.database.application, roleInProgram(person, wanted))
    if (role === undefined) throw new Problem('not-on-team')
    const secure = request.protocol === 'https' ? '; Secure' : ''
    const cookie = `${programCookie}=${wanted}; Path=/; HttpOnly; SameSite=Lax${secure}`
    return await reply.header('set-cookie', cookie).redirect(safeNext(form.get('next')), 303)
  })
  post('/account/password', async (request, reply, who) => {
    const form = formOf(request)
    const asked = { currentPassword: form.get('current') ?? '', newPassword: form.get('password') ?? '' }
    const answer = await signIn.ask(request, '/change-password', { ...asked, revokeOtherSessions: true })
    if (!answer.ok) {
      return await refused(
        request,
        reply,
        who,
        answer,
        'That is not your password, or the new one has not 12 to 128 characters.',
      )
    }
    passCookies(reply, answer)
    await noteOfPerson(context, who.person, 'password.changed')
    return await reply.redirect('/account?done=password', 303)
  })
  post('/account/second-step', async (request, reply, who) => {
    const password = formOf(request).get('password') ?? ''
    const answer = await signIn.ask(request, '/two-factor/enable', { password })
    if (!answer.ok)
      return await refused(request, reply, who, answer, 'That is not your password, or the second step is on.')
    const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] }
    return sendPage(reply, setUpPage(totpURI, backupCodes, null))
  })
  post('/account/second-step/confirm', async (request, reply, who) => {
    const code = (formOf(request).get('code') ?? '').replaceAll(/\s/g, '')
    const answer = await signIn.ask(request, '/two-factor/verify-totp', { code })
    if (!answer.ok)
      return await refused(request, reply, who, answer, 'The code was wrong: set the second step up once more.')
    passCookies(reply, answer)
    await noteOfPerson(context, who.person, 'second-step.on')
    return await reply.redirect('/account?done=second-step', 303)
  })
  post('/account/second-step/off', async (request, reply, who) => {
    const password = formOf(request).get('password') ?? ''
    const answer = await signIn.ask(request, '/two-factor/disable', { password })
    if (!answer.ok) return await refused(request, reply, who, answer, 'That is not your password.')
    passCookies(reply, answer)
    await noteOfPerson(context, who.person, 'second-step.off')
    return await reply.redirect('/account?done=second-step-off', 303)
  })
  post('/account/passkeys/:passkey/remove', async (request, reply, { person }) => {
    const { passkey = '' } = textsOf(request.params)
    const removed = await countOf(context.database.application, deletePasskey(person, passkey))
    if (removed > 0) await noteOfPerson(context, person, 'passkey.removed')
    return await reply.redirect('/account?done=passkey-removed', 303)
  })
  post('/account/sessions/:session/end', async (request, reply, { person }) => {
    const { session = '' } = textsOf(request.params)
    const [first] = await rowsOf(context.database.application, rolesOfPerson(person))
    await endSessions(context, `staff/${person}`, first?.program ?? '', person, session)
    return await reply.redirect('/account?done=session', 303)
  })
  post('/account/company', async (request, reply) => {
    const asked = {
      provider: 'company',
      callbackURL: '/account?done=company',
      errorCallbackURL: '/account?done=no-company',
    }
    return await onwards(reply, signIn, await signIn.ask(request, '/link-social', asked), '/account?done=no-company')
  })
}

async function accountOf(
  context: Context,
  signIn: SignIn,
  request: FastifyRequest,
  who: SignedIn,
  said: Account['said'],
): Promise<Account> {
  const { person, name, email, session } = who
  const { application } = context.database
  const [ways, passkeys, programs, { sessions }] = await Promise.all([
    rowOf(application, waysOfPerson(person)),
    rowsOf(application, passkeysOfPerson(person)),
    rowsOf(application, rolesOfPerson(person)),
    listSessions(context, person, session, { limit: sessionsShown }),
  ])
  const chosen = new RegExp(`(?:^|;\\s*)${programCookie}=([a-z0-9-]+)`).exec(request.headers.cookie ?? '')?.[1]
  const program =
    programs.find((each) => each.program === chosen)?.program ?? (programs.length === 1 ? programs[0]?.program : '')
  const origin = signIn.originOf(request)
  return {
    me: {
      name: `staff/${person}`,
      person: { id: person, name, email },
      program: program ?? '',
      role: null,
      scopes: [],
      programs,
    },
    ways: ways ?? { password: false, company: false, second_factor: false },
    passkeys,
    sessions,
    company: signIn.company?.name ?? null,
    canHavePasskeys: origin !== null && canHavePasskeys(origin),
    said,
  }
}

const done: Readonly<Record<string, string>> = {
  password: 'The new password is kept, and you are signed out everywhere else.',
  'second-step': 'The second step is on.',
  'second-step-off': 'The second step is off: your password alone lets in.',
  passkey: 'The passkey is kept.',
  'passkey-removed': 'The passkey is removed.',
  session: 'The session is ended.',
  company: 'From now on you can sign in with your company.',
}

function saidOf(what: string | undefined): Account['said'] {
  if (what === undefined) return null
  const text = done[what]
  return text === undefined ? { text: 'It was not done, or called off.', isBad: true } : { text, isBad: false }
}

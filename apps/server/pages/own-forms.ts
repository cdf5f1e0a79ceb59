import { Problem } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { rowOf } from '../db/transaction.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { cookieOfProgram } from '../team/person-of-request.ts'
import { roleInProgram } from '../team/queries.ts'
import { formOf, safeNext } from './forms.ts'
import { onwards } from './sign-in-pages.ts'

const account = '/console/account'

/** Forms of the console that are answered by another page: in which program one works, and the company's own sign-in. */
export function bindOwnForms(pages: FastifyInstance, context: Context, signIn: SignIn): void {
  pages.post('/account/program', async (request, reply) => {
    if (!isFromOurPage(request)) throw new Problem('cross-site')
    const who = await signIn.signedIn(request)
    if (who === null) throw new Problem('unauthenticated')
    const form = formOf(request)
    const wanted = form.get('program') ?? ''
    // Of a sandbox whoever is on the team of the program that made it.
    const role = await rowOf(context.database.application, roleInProgram(who.person, wanted))
    if (role === undefined) throw new Problem('not-on-team')
    return await reply.header('set-cookie', cookieOfProgram(wanted, request)).redirect(safeNext(form.get('next')), 303)
  })
  pages.post('/account/company', async (request, reply) => {
    if (!isFromOurPage(request)) throw new Problem('cross-site')
    if ((await signIn.signedIn(request)) === null) throw new Problem('unauthenticated')
    const refused = `${account}?company=refused`
    const asked = { provider: 'company', callbackURL: account, errorCallbackURL: refused }
    return await onwards(reply, signIn, await signIn.ask(request, '/link-social', asked), refused)
  })
}

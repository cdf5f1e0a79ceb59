import { Problem } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import { countOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor, Bind } from '../http/bind.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import { readMember } from '../members/read-member.ts'
import { memberAuthPath } from '../sign-in/addresses.ts'
import { sendOn } from '../sign-in/routes.ts'
import type { MemberSignIn } from './member-sign-in.ts'
import { endMemberSession, sessionsOfMember } from './queries.ts'

export function bindSelf(context: RecordingContext, bind: Bind, signIn: MemberSignIn): void {
  const { application } = context.database
  bind('readSelf', ({ actor }) => readMember(context, actor.program, memberIn(actor)))
  bind('listSelfSessions', async ({ actor, query: { limit, cursor }, request }) => {
    const [at = null, id = null] = placeInTime(cursor, 2)
    const now = new Date(context.wallNow()).toISOString()
    const wanted = sessionsOfMember(actor.program, memberIn(actor), now, at, id, limit + 1)
    const { page, next } = pageOf(await rowsOf(application, wanted), limit, (row) => [row.started_at, row.id])
    const current = (await signIn.signedIn(request))?.session
    return {
      sessions: page.map(({ id, started_at, expires_at }) => ({
        ...{ id, startedAt: started_at, expiresAt: expires_at, current: id === current },
      })),
      next,
    }
  })
  bind('endSelfSession', async ({ actor, path }) => ({
    ended: await countOf(application, endMemberSession(actor.program, memberIn(actor), path.session)),
  }))
}

function memberIn({ member }: Actor): string {
  if (member === null) throw new Error('invariant: only members come here')
  return member
}

/** What a browser's own script sends to Better Auth for members; all else goes through the pages. */
const forwarded = [
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
] as const

export function bindMemberSignIn(server: FastifyInstance, signIn: MemberSignIn): void {
  for (const [method, path] of forwarded) {
    server.route({
      method,
      url: `${memberAuthPath}${path}`,
      config: { route: `member-auth${path}` },
      handler: async (request, reply) => {
        if (signIn.originOf(request) === null) throw new Problem('unknown-route')
        if (method === 'POST' && !isFromOurPage(request)) throw new Problem('cross-site')
        return await sendOn(reply, await signIn.forward(request))
      },
    })
  }
}

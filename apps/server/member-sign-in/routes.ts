import { Problem } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import { isFromOurPage } from '../http/from-our-page.ts'
import { memberAuthPath } from '../sign-in/addresses.ts'
import { sendOn } from '../sign-in/routes.ts'
import type { MemberSignIn } from './member-sign-in.ts'

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

import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { isFromOurPage } from '../http/from-our-page.ts'
import { authPath } from './addresses.ts'
import type { SignIn } from './sign-in.ts'

/**
 * What reaches Better Auth as it comes. Everything else goes through our pages and routes, and what is not named here (signing up,
 * changing an address, deleting oneself) has no way in.
 */
const forwarded = [
  ['GET', '/passkey/generate-authenticate-options'],
  ['POST', '/passkey/verify-authentication'],
  ['GET', '/passkey/generate-register-options'],
  ['POST', '/passkey/verify-registration'],
  ['GET', '/callback/company'],
] as const

export function bindSignIn(server: FastifyInstance, signIn: SignIn): void {
  for (const [method, path] of forwarded) {
    server.route({
      method,
      url: `${authPath}${path}`,
      config: { route: `auth${path}` },
      handler: async (request, reply) => {
        if (signIn.originOf(request) === null) throw new Problem('unknown-route')
        if (method === 'POST' && !isFromOurPage(request)) throw new Problem('cross-site')
        return await sendOn(reply, await signIn.forward(request))
      },
    })
  }
}

/** The answer of Better Auth, with its cookies, as ours. */
export async function sendOn(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  passCookies(reply, response)
  const location = response.headers.get('location')
  if (location !== null) reply.header('location', location)
  reply.code(response.status)
  return reply.type(response.headers.get('content-type') ?? 'application/json').send(await response.text())
}

export function passCookies(reply: FastifyReply, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
}

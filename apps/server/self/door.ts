import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RecordingContext } from '../decisions/recorder.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { MemberSignIn } from '../member-sign-in/member-sign-in.ts'
import { passCookies } from '../sign-in/routes.ts'

/**
 * Codes for one contact: each costs the shop a message, and a stranger could ring somebody's phone with them. It is kept in memory,
 * per server: it spares purses and nerves, and the tries at a code are counted elsewhere.
 */
const codesAsked = { max: 5, timeWindow: 900_000 }
const waitSeconds = codesAsked.timeWindow / 1000

interface Asking {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly program: string
}
type Language = Parameters<MemberSignIn['sendCode']>[3]

/** The way in for members, before anybody is signed in. */
export function createDoor(server: FastifyInstance, context: RecordingContext, signIn: MemberSignIn) {
  const ofContact = server.createRateLimit({
    ...codesAsked,
    keyGenerator: (request) => `code/${request.url}/${contactOf.get(request)?.toLowerCase() ?? ''}`,
  })
  /** Whom a request is about: the limit is asked about a request. */
  const contactOf = new WeakMap<FastifyRequest, string>()
  const requireDoor = async (request: FastifyRequest, program: string): Promise<void> => {
    const timeline = await context.timelines.of(program)
    if (timeline === null || signIn.originOf(request) === null) throw new Problem('unknown-door')
  }
  /** Nobody is signed in whom a key of theirs could speak for, so it is the browser that says whose page this is. */
  const ours = async ({ request, program }: Asking): Promise<void> => {
    if (!isFromOurPage(request)) throw new Problem('cross-site')
    await requireDoor(request, program)
  }
  return {
    read: async ({ request, program }: Asking): Promise<{ program: string; signedIn: boolean }> => {
      await requireDoor(request, program)
      return { program, signedIn: (await signIn.signedIn(request))?.program === program }
    },
    sendCode: async (asking: Asking, contact: string, language: Language): Promise<void> => {
      await ours(asking)
      contactOf.set(asking.request, contact)
      const limit = await ofContact(asking.request)
      const isTooOften = !limit.isAllowed && limit.isExceeded
      const answer = isTooOften ? null : await signIn.sendCode(asking.request, asking.program, contact, language)
      if (answer === null || answer.status === 429)
        throw new Problem('too-many-requests', { retryAfterSeconds: waitSeconds })
    },
    enterCode: async (asking: Asking, contact: string, code: string): Promise<void> => {
      await ours(asking)
      const { request, reply, program } = asking
      const answer = await signIn.enterCode(request, program, contact, code)
      if (answer.status === 429) throw new Problem('too-many-requests', { retryAfterSeconds: 60 })
      if (!answer.ok) throw new Problem('wrong-code')
      passCookies(reply, answer)
    },
  }
}

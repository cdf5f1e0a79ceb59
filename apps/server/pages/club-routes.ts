import { Problem } from '@laurel/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import { isFromOurPage } from '../http/from-our-page.ts'
import type { MemberSignedIn, MemberSignIn } from '../member-sign-in/member-sign-in.ts'
import { endMemberSession, passkeysOfMember, sessionsOfMember } from '../member-sign-in/queries.ts'
import { readMember } from '../members/read-member.ts'
import { canHavePasskeys } from '../sign-in/addresses.ts'
import { passCookies } from '../sign-in/routes.ts'
import { type Card, type Club, clubCardPage, clubCodePage, clubSignInPage } from './club-page.ts'
import { allowScript, formOf, textsOf } from './forms.ts'

export interface ClubPages {
  readonly context: RecordingContext
  readonly memberSignIn: MemberSignIn
  readonly sendPage: (reply: FastifyReply, page: string) => FastifyReply
}

/**
 * Codes for one contact: each costs the shop a message, and a stranger could ring somebody's phone with them. It is kept in memory,
 * per server: it spares purses and nerves, and the tries at a code are counted elsewhere.
 */
const codesAsked = { max: 5, timeWindow: 900_000 }
const sessionsShown = 20

/** The pages of members: the way in by a code or a passkey, and what they have. */
export function bindClubPages(pages: FastifyInstance, { context, memberSignIn, sendPage }: ClubPages): void {
  const { application } = context.database
  const ofContact = pages.createRateLimit({
    ...codesAsked,
    keyGenerator: (request) => `code/${request.url}/${contactIn(request).toLowerCase()}`,
  })
  const clubOf = async (request: FastifyRequest): Promise<Club & Pick<Card, 'timeline'>> => {
    const { program = '' } = textsOf(request.params)
    const origin = memberSignIn.originOf(request)
    const timeline = /^[a-z0-9-]{1,100}$/.test(program) ? await context.timelines.of(program) : null
    if (timeline === null || origin === null) throw new Problem('unknown-route')
    const { name } = timeline.latest
    return {
      program,
      timeline: timeline.timeline,
      name: name['en'] ?? Object.values(name)[0] ?? program,
      canHavePasskeys: canHavePasskeys(origin),
    }
  }
  const sendWayIn = (reply: FastifyReply, club: Club, reason: string | null) => {
    if (club.canHavePasskeys) allowScript(reply)
    return sendPage(reply, clubSignInPage(club, reason))
  }
  /** Whoever is signed in as a member of this program. */
  const memberHere = async (request: FastifyRequest, { program }: Club): Promise<MemberSignedIn | null> => {
    const found = await memberSignIn.signedIn(request)
    return found?.program === program ? found : null
  }
  const post = (
    address: string,
    serve: (request: FastifyRequest, reply: FastifyReply, club: Club) => Promise<unknown>,
  ) =>
    pages.post(address, async (request, reply) => {
      if (!isFromOurPage(request)) throw new Problem('cross-site')
      return await serve(request, reply, await clubOf(request))
    })

  pages.get('/club/:program', async (request, reply) => {
    const club = await clubOf(request)
    const found = await memberHere(request, club)
    if (found === null) return sendWayIn(reply, club, null)
    const { program, member, session } = found
    const now = new Date(context.wallNow()).toISOString()
    const [answer, passkeys, sessions] = await Promise.all([
      readMember(context, program, await remainingOf(context, program, member)),
      rowsOf(application, passkeysOfMember(program, member)),
      rowsOf(application, sessionsOfMember(program, member, now, null, null, sessionsShown)),
    ])
    if (club.canHavePasskeys) allowScript(reply)
    const shown = sessions.map(({ id, started_at, expires_at }) => ({
      ...{ id, startedAt: started_at, expiresAt: expires_at, current: id === session },
    }))
    return sendPage(reply, clubCardPage(club, { member: answer, timeline: club.timeline, passkeys, sessions: shown }))
  })
  post('/club/:program/code', async (request, reply, club) => {
    const contact = contactIn(request)
    const limit = await ofContact(request)
    const isTooOften = !limit.isAllowed && limit.isExceeded
    const answer = isTooOften ? null : await memberSignIn.sendCode(request, club.program, contact)
    if (answer === null || answer.status === 429) return sendWayIn(reply.code(429), club, 'Too often. Wait a while.')
    return sendPage(reply, clubCodePage(club, contact, null))
  })
  post('/club/:program/enter', async (request, reply, club) => {
    const [contact, code] = [contactIn(request), (formOf(request).get('code') ?? '').replaceAll(/\s/g, '')]
    const answer = await memberSignIn.enterCode(request, club.program, contact, code)
    if (answer.ok) {
      passCookies(reply, answer)
      return await reply.redirect(`/club/${club.program}`, 303)
    }
    const status = answer.status === 429 ? 429 : 401
    const reason = 'The code is wrong or too old. After five wrong ones begin again.'
    return sendPage(
      reply.code(status),
      clubCodePage(club, contact, status === 429 ? 'Too often. Wait a while.' : reason),
    )
  })
  post('/club/:program/sessions/:session/end', async (request, reply, club) => {
    const found = await memberHere(request, club)
    const { session = '' } = textsOf(request.params)
    if (found !== null) await countOf(application, endMemberSession(found.program, found.member, session))
    return await reply.redirect(`/club/${club.program}`, 303)
  })
  post('/club/:program/sign-out', async (request, reply, club) => {
    passCookies(reply, await memberSignIn.ask(request, '/sign-out', {}))
    return await reply.redirect(`/club/${club.program}`, 303)
  })
}

const contactIn = (request: FastifyRequest): string => (formOf(request).get('contact') ?? '').trim().slice(0, 254)

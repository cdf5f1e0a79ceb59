import type { FastifyInstance } from 'fastify'
import { countOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor, Bind } from '../http/bind.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import type { MemberSignIn } from '../member-sign-in/member-sign-in.ts'
import { endMemberSession, sessionsOfMember } from '../member-sign-in/queries.ts'
import { passCookies } from '../sign-in/routes.ts'
import { listVouchers } from '../vouchers/list-vouchers.ts'
import { revealCode } from '../vouchers/reveal-code.ts'
import type { Vault } from '../vouchers/vault.ts'
import { createDoor } from './door.ts'
import { explainLine } from './explain-line.ts'
import { listOwnRewards } from './list-own-rewards.ts'
import { readOwnCard } from './read-own-card.ts'
import { readOwnStatement } from './read-own-statement.ts'
import { redeemOwn } from './redeem-own.ts'
import { readOwnVocabulary } from './told.ts'

export interface SelfParts {
  readonly signIn: MemberSignIn
  readonly vault: Vault
}

/** What members ask for themselves. */
export function bindSelf(server: FastifyInstance, context: RecordingContext, bind: Bind, parts: SelfParts): void {
  const { signIn, vault } = parts
  const door = createDoor(server, context, signIn)
  bind('readDoor', ({ path, request, reply }) => door.read({ request, reply, program: path.program }))
  bind('sendOwnCode', async ({ path, body: { contact, language }, request, reply }) => {
    await door.sendCode({ request, reply, program: path.program }, contact, language)
    return { sent: true }
  })
  bind('enterOwnCode', async ({ path, body: { contact, code }, request, reply }) => {
    await door.enterCode({ request, reply, program: path.program }, contact, code)
    return { program: path.program }
  })

  bind('readSelf', ({ actor }) => readOwnCard(context, actor.program, memberIn(actor)))
  bind('readSelfVocabulary', ({ actor }) => readOwnVocabulary(context, actor.program, memberIn(actor)))
  bind('readSelfStatement', ({ actor, query }) => readOwnStatement(context, actor.program, memberIn(actor), query))
  bind('explainSelf', ({ actor, path, query }) =>
    explainLine(context, actor.program, memberIn(actor), path.number, query.language),
  )
  bind('listSelfRewards', ({ actor, query }) => listOwnRewards(context, actor.program, memberIn(actor), query.language))
  bind('redeemSelf', ({ actor, body, idempotencyKey }) =>
    redeemOwn(context, actor.program, memberIn(actor), body, idempotencyKey),
  )
  bind('listSelfVouchers', async ({ actor, query }) => {
    const { zone, vouchers, next } = await listVouchers(context, actor.program, memberIn(actor), {
      ...query,
      status: 'open',
    })
    const own = vouchers.map(({ id, reward, kind, status, issued, lastDay, left, lastFour }) => ({
      ...{ id, reward, kind, status, issued, lastDay, left, lastFour },
    }))
    return { zone, vouchers: own, next }
  })
  bind('revealSelfCode', async ({ actor, path: { voucher } }) => ({
    voucher,
    code: await revealCode(context, vault, actor.program, memberIn(actor), voucher),
  }))
  bindSessions(context, bind, signIn)
}

function bindSessions(context: RecordingContext, bind: Bind, signIn: MemberSignIn): void {
  const { application } = context.database
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
  bind('signOutSelf', async ({ request, reply }) => {
    passCookies(reply, await signIn.ask(request, '/sign-out', {}))
    return { signedOut: true }
  })
  bind('endSelfSession', async ({ actor, path }) => ({
    ended: await countOf(application, endMemberSession(actor.program, memberIn(actor), path.session)),
  }))
}

function memberIn({ member }: Actor): string {
  if (member === null) throw new Error('invariant: only members come here')
  return member
}

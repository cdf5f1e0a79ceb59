import { Readable } from 'node:stream'
import { Problem } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import type { FastifyInstance } from 'fastify'
import { countOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor, Bind, BindRaw } from '../http/bind.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import { chooseToBeSeen } from '../leaderboards/read-leaderboard.ts'
import { eraseMember } from '../leaving/erase-member.ts'
import type { ErasedFile } from '../leaving/erased-file.ts'
import type { MemberSignIn } from '../member-sign-in/member-sign-in.ts'
import { endMemberSession, sessionsOfMember } from '../member-sign-in/queries.ts'
import { changeProfile } from '../members/change-profile.ts'
import { readProfile } from '../members/read-member.ts'
import { readReferral } from '../referrals/read-referrals.ts'
import { makeReferralCode } from '../referrals/referral-code.ts'
import { leaveLine, readRedemption } from '../rewards/read-redemption.ts'
import { readImpact } from '../settlement/read-impact.ts'
import { passCookies } from '../sign-in/routes.ts'
import { askAbout } from '../vouchers/ask-about-voucher.ts'
import { listVouchers } from '../vouchers/list-vouchers.ts'
import { revealCode } from '../vouchers/reveal-code.ts'
import type { Vault } from '../vouchers/vault.ts'
import { makeCardCode, takeCode } from './card-code.ts'
import { createDoor } from './door.ts'
import { explainLine } from './explain-line.ts'
import { exportOwn } from './export-own.ts'
import { listOwnRewards } from './list-own-rewards.ts'
import { readOwnCard } from './read-own-card.ts'
import { readOwnStatement } from './read-own-statement.ts'
import { redeemOwn } from './redeem-own.ts'
import { readOwnVocabulary } from './told.ts'

interface Binder {
  readonly bind: Bind
  readonly bindRaw: BindRaw
}

export interface SelfParts {
  readonly signIn: MemberSignIn
  readonly erasedFile: ErasedFile | null
  readonly vault: Vault
}

/** What members ask for themselves. */
export function bindSelf(
  server: FastifyInstance,
  context: RecordingContext,
  { bind, bindRaw }: Binder,
  parts: SelfParts,
): void {
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
  bindVouchers(context, bind)
  bindCard(context, bind, vault)
  bindOneself(context, bind, bindRaw, parts)
  bindSessions(context, bind, signIn)
}

function bindVouchers(context: RecordingContext, bind: Bind): void {
  const ask = async (actor: Actor, voucher: string, type: 'voucher.give' | 'voucher.return') => {
    const named = { member: memberIn(actor), voucher }
    const { granted, amount, refusal } = await askAbout(context, actor.program, named, { type }, undefined)
    return { granted, amount, refusal }
  }
  bind('giveSelfVoucher', ({ actor, path }) => ask(actor, path.voucher, 'voucher.give'))
  bind('returnSelfVoucher', ({ actor, path }) => ask(actor, path.voucher, 'voucher.return'))
  bind('leaveSelfLine', async ({ actor, path: { redemption } }) => {
    // Somebody else's is none that there is.
    const { member } = await readRedemption(context, actor.program, redemption)
    if (member !== memberIn(actor)) throw new Problem('unknown-redemption')
    await leaveLine(context, actor.program, redemption)
    return { left: true }
  })
}

function bindCard(context: RecordingContext, bind: Bind, vault: Vault): void {
  bind('makeSelfCode', async ({ actor }) => makeCardCode(context, vault, actor.program, memberIn(actor)))
  bind('scanCard', async ({ actor, body, idempotencyKey }) => {
    const member = await takeCode(context, vault, actor, body.code, idempotencyKey)
    const { name } = await readProfile(context, bucketOf(actor.program, member), actor.program, member)
    return { member, name }
  })
}

/** Younger, whoever asks has just shown that they have the address or the device. */
const freshMs = 900_000

function bindOneself(
  context: RecordingContext,
  bind: Bind,
  bindRaw: BindRaw,
  { signIn, vault, erasedFile }: SelfParts,
): void {
  bind('changeSelf', async ({ actor, body: { seen, ...change } }) => {
    const [{ program }, member] = [actor, memberIn(actor)]
    if (seen !== undefined) await chooseToBeSeen(context, program, member, seen)
    const profile = await changeProfile(context, program, member, change)
    return { name: profile.name, birthday: profile.birthday }
  })
  bind('readSelfFriends', async ({ actor }) => {
    const [{ program }, member] = [actor, memberIn(actor)]
    const { code } = await makeReferralCode(context, vault, program, member)
    const { clicks, friends } = await readReferral(context, program, member)
    return { code, clicks, friends: friends.map(({ outcome, on }) => ({ outcome, on })) }
  })
  bind('readSelfImpact', async ({ actor }) => {
    const { charities } = await readImpact(context, actor.program, memberIn(actor))
    return { charities }
  })
  bindRaw('exportSelf', async ({ actor, reply }) => {
    const lines = Readable.from(exportOwn(context, actor.program, memberIn(actor)), { objectMode: false })
    return reply
      .headers({ 'content-disposition': 'attachment; filename="my-data.ndjson"' })
      .type('application/x-ndjson; charset=utf-8')
      .send(lines)
  })
  bind('eraseSelf', async ({ actor, request }) => {
    const session = await signIn.signedIn(request)
    if (session === null || session.startedAt < context.wallNow() - freshMs) throw new Problem('sign-in-again')
    const { erasedAt } = await eraseMember(context, erasedFile, actor, memberIn(actor), {
      reason: 'asked by the member',
    })
    return { erasedAt }
  })
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

import { type OwnWays, Problem, type SecondStepBegun } from '@laurel/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { encode } from 'uqr'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { canHavePasskeys } from '../sign-in/addresses.ts'
import { deletePasskey, passkeysOfPerson, waysOfPerson } from '../sign-in/queries.ts'
import { passCookies } from '../sign-in/routes.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { noteOfPerson } from './sessions.ts'

/** Whoever asks about their own sign-in, with what Better Auth needs of the request and may say to the browser. */
export interface OwnRequest {
  readonly actor: Actor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** How somebody can sign in. */
export async function readOwnWays(context: Context, signIn: SignIn, { actor, request }: OwnRequest): Promise<OwnWays> {
  const { person } = actor
  const origin = signIn.originOf(request)
  const company = signIn.company?.name ?? null
  const { application } = context.database
  const ways = person === null ? undefined : await rowOf(application, waysOfPerson(person))
  const passkeys = person === null ? [] : await rowsOf(application, passkeysOfPerson(person))
  return {
    password: ways?.password ?? false,
    company: company === null ? null : { name: company, linked: ways?.company ?? false },
    secondStep: ways?.second_factor ?? false,
    canHavePasskeys: origin !== null && canHavePasskeys(origin),
    passkeys: passkeys.map(({ id, name, created_at }) => ({ id, name, createdAt: created_at })),
  }
}

export async function changeOwnPassword(
  context: Context,
  signIn: SignIn,
  own: OwnRequest,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<{ done: true }> {
  const asked = { currentPassword: current, newPassword: password, revokeOtherSessions: true }
  await askOwn(signIn, own, '/change-password', asked)
  return await noted(context, own, 'password.changed')
}

/** The secret for the app and the codes for the day it is lost; nothing is asked for before a code has confirmed it. */
export async function beginSecondStep(signIn: SignIn, own: OwnRequest, password: string): Promise<SecondStepBegun> {
  const answer = await askOwn(signIn, own, '/two-factor/enable', { password })
  const { totpURI: uri, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] }
  const squares = encode(uri, { border: 2 }).data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))
  return { secret: new URL(uri).searchParams.get('secret') ?? '', uri, squares, backupCodes }
}

export async function confirmSecondStep(context: Context, signIn: SignIn, own: OwnRequest, code: string) {
  await askOwn(signIn, own, '/two-factor/verify-totp', { code: code.replaceAll(/\s/g, '') })
  return await noted(context, own, 'second-step.on')
}

export async function endSecondStep(context: Context, signIn: SignIn, own: OwnRequest, password: string) {
  await askOwn(signIn, own, '/two-factor/disable', { password })
  return await noted(context, own, 'second-step.off')
}

export async function removeOwnPasskey(context: Context, { person }: Actor, passkey: string) {
  if (person === null) return { removed: false }
  const removed = (await countOf(context.database.application, deletePasskey(person, passkey))) > 0
  if (removed) await noteOfPerson(context, person, 'passkey.removed')
  return { removed }
}

/** Asks Better Auth in the name of the browser. Throws a Problem where it says no. */
async function askOwn(signIn: SignIn, own: OwnRequest, path: string, body: object): Promise<Response> {
  const { actor, request, reply } = own
  if (actor.person === null || signIn.originOf(request) === null) throw new Problem('wrong-proof')
  const answer = await signIn.ask(request, path, body)
  if (answer.status === 429) throw new Problem('too-many-requests', { retryAfterSeconds: 60 })
  if (!answer.ok) throw new Problem('wrong-proof')
  passCookies(reply, answer)
  return answer
}

async function noted(context: Context, { actor }: OwnRequest, act: string): Promise<{ done: true }> {
  if (actor.person !== null) await noteOfPerson(context, actor.person, act)
  return { done: true }
}

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { KeyVerifier, VerifiedKey } from '../access/verify-key.ts'
import type { Context } from '../context.ts'

/** A working day: whoever comes back tomorrow enters the key again. */
const sessionMs = 12 * 3_600_000
const cookieName = 'laurel_session'

/**
 * A session is `<key id>.<end>.<signature>`, signed with the hash of the key's secret: every server of the database can check
 * it, nothing is stored, and it ends with the key.
 */
export function sessionCookie(context: Context, key: VerifiedKey, secure: boolean): string {
  const endsAt = context.wallNow() + sessionMs
  const value = `${key.keyId}.${endsAt}.${signatureOf(key, endsAt)}`
  return cookie(value, sessionMs / 1000, secure)
}

export const endedCookie = (secure: boolean): string => cookie('', 0, secure)

const cookie = (value: string, seconds: number, secure: boolean): string =>
  `${cookieName}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`

/** Whose session the request carries; undefined without one that is in force. */
export async function keyOfSession(
  context: Context,
  verifier: KeyVerifier,
  request: FastifyRequest,
): Promise<VerifiedKey | undefined> {
  const [, id, end, signature] = sessionPattern.exec(request.headers.cookie ?? '') ?? []
  if (id === undefined || end === undefined || signature === undefined) return undefined
  const endsAt = Number(end)
  if (!Number.isSafeInteger(endsAt) || endsAt <= context.wallNow()) return undefined
  const key = await verifier.find(id)
  if (key === undefined || !isEqual(signature, signatureOf(key, endsAt))) return undefined
  return key.scopes.has('members:read') ? key : undefined
}

const sessionPattern = new RegExp(`(?:^|;\\s*)${cookieName}=([a-z0-9]{12})\\.(\\d{1,16})\\.([A-Za-z0-9_-]{43})(?:;|$)`)

const signatureOf = (key: VerifiedKey, endsAt: number): string =>
  createHmac('sha256', key.secretHash).update(`laurel session\n${key.keyId}\n${endsAt}`).digest('base64url')

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { emailOTP } from 'better-auth/plugins/email-otp'
import { PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { DatabaseLog } from '../db/database-failure.ts'
import { addressHeader, cookiePrefix, memberAuthPath, memberCookieName } from '../sign-in/addresses.ts'
import { logTo, requireVerified } from '../sign-in/better-auth.ts'

export interface MemberAuthParts {
  readonly pool: pg.Pool
  readonly secret: string
  readonly origin: string
  readonly log: DatabaseLog
  /** Sends a code to whoever is asking for one. */
  readonly send: (code: string) => Promise<void>
}

const hour = 3600
/** A phone in one's own pocket: a month, and then a code again. */
const sessionSeconds = 30 * 24 * hour
const freshSeconds = hour / 4
const codeSeconds = hour / 12
/** A million codes and so many tries for each: one guess in two hundred thousand. */
const triesMax = 5

export type MemberAuth = ReturnType<typeof createMemberAuth>

/** Better Auth for members: codes and passkeys, no passwords, and nothing kept that is personal. */
export function createMemberAuth({ pool, secret, origin, log, send }: MemberAuthParts) {
  const isSecure = origin.startsWith('https:')
  return betterAuth({
    appName: 'Laurel',
    baseURL: origin,
    basePath: memberAuthPath,
    trustedOrigins: [origin],
    secret,
    database: {
      ...{ dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'member_sign_in', transaction: true },
    },
    telemetry: { enabled: false },
    logger: { level: 'warn', disableColors: true, log: (level, message) => logTo(log, level, message) },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: freshSeconds },
    user: {
      additionalFields: {
        program: { type: 'string', required: true },
        member: { type: 'string', required: true },
      },
    },
    // Where a member was is nobody's business once the request is answered.
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: { ...session, ipAddress: '', userAgent: '' } }) } },
    },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: {
        // A shop's members share its network; each of them has limits of their own.
        '/email-otp/send-verification-otp': { window: 60, max: 20 },
        '/sign-in/email-otp': { window: 60, max: 30 },
      },
    },
    advanced: {
      useSecureCookies: false,
      cookiePrefix: `${cookiePrefix(origin)}_m`,
      cookies: { session_token: { name: memberCookieName(origin) } },
      defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      backgroundTasks: { handler: (promise) => void promise.catch(() => logTo(log, 'error', 'a code was not sent')) },
    },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: codeSeconds,
        allowedAttempts: triesMax,
        storeOTP: 'hashed',
        sendVerificationOTP: async ({ otp }) => await send(otp),
      }),
      passkey({
        ...{ rpName: 'Laurel', rpID: new URL(origin).hostname, origin },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification }) => {
            requireVerified(verification.registrationInfo?.userVerified)
          },
        },
        authentication: {
          afterVerification: async ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
        },
      }),
    ],
  })
}

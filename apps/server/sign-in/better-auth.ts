import { passkey } from '@better-auth/passkey'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { DatabaseLog } from '../db/database-failure.ts'
import type { Company } from '../settings.ts'
import { addressHeader, authPath, cookiePrefix, sessionCookieName } from './addresses.ts'

type Note = (person: string, act: string, detail?: object) => Promise<void>

export interface AuthParts {
  /** With PostgreSQL's types as the driver reads them: Better Auth compares dates, ours are texts. */
  readonly pool: pg.Pool
  readonly secret: string
  /** As people reach it: `https://loyalty.example.com`. Passkeys belong to its host. */
  readonly origin: string
  readonly company: Company | null
  readonly log: DatabaseLog
  readonly newPersonId: () => string
  /** Writes down what somebody did with their own sign-in. */
  readonly note: Note
  readonly onForgotten: (email: string, token: string) => Promise<void>
}

const hour = 3600
/** A working day: whoever comes back tomorrow signs in again. It is not prolonged, so that a stolen one ends, too. */
const sessionSeconds = 12 * hour
/** What lets somebody in for good (a new passkey) needs a session no older than this: a screen left open is not enough. */
const freshSeconds = hour / 4
const resetSeconds = hour
/** Of NIST SP 800-63B: long is what counts, and scrypt takes no longer for long ones; the upper end bounds one request's cost. */
export const passwordLength = { least: 12, most: 128 }

export type Auth = ReturnType<typeof createAuth>

/** Better Auth, bound to one address. Nobody can sign up: people are made by invitation (`newPerson`). */
export function createAuth(parts: AuthParts) {
  const { pool, secret, origin, company, newPersonId, note } = parts
  const isSecure = origin.startsWith('https:')
  return betterAuth({
    appName: 'Laurel',
    baseURL: origin,
    basePath: authPath,
    trustedOrigins: [origin],
    secret,
    database: { dialect: new PostgresDialect({ pool }), type: 'postgres', schemaName: 'sign_in', transaction: true },
    telemetry: { enabled: false },
    logger: { level: 'warn', disableColors: true, log: (level, message) => logTo(parts.log, level, message) },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: freshSeconds },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.least,
      maxPasswordLength: passwordLength.most,
      resetPasswordTokenExpiresIn: resetSeconds,
      // Whoever has the old one is out.
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => await note(user.id, 'password.changed', { way: 'mail' }),
      sendResetPassword: async ({ user, token }) => await parts.onForgotten(user.email, token),
    },
    verification: { storeIdentifier: 'hashed' },
    // Passwords are written by us, so this is the company's.
    databaseHooks: { account: { create: { after: async ({ userId }) => await note(userId, 'company.linked') } } },
    account: {
      encryptOAuthTokens: true,
      storeStateStrategy: 'database',
      // Only an address that both sides have proven: what a company lets its people type is no proof.
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      // By address, which a shop's people share: a dozen come within the minute in which it opens. A guesser gets as far as
      // 28,800 a day, over all accounts; each account has a limit of its own.
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/two-factor/*': { window: 60, max: 30 },
      },
    },
    advanced: {
      // The prefix is in the names themselves, for Better Auth knows `__Secure-` only.
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(origin),
      cookies: { session_token: { name: sessionCookieName(origin) } },
      // Lax, not strict: whoever comes from a mail or from the company's sign-in is signed in at once. What writes is kept from
      // other sites by where it comes from (`isFromOurPage`).
      defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: ({ model }) => (model === 'user' ? newPersonId() : crypto.randomUUID()) },
      // Sending a mail takes longer than not to: whoever asks must not learn from that whether somebody has this address.
      backgroundTasks: {
        handler: (promise) => void promise.catch(() => logTo(parts.log, 'error', 'a mail was not sent')),
      },
    },
    plugins: [
      // Ten wrong codes lock the second factor for a quarter of an hour.
      twoFactor({
        issuer: 'Laurel',
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: hour / 4 },
      }),
      passkey({
        rpName: 'Laurel',
        rpID: new URL(origin).hostname,
        origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification, user }) => {
            requireVerified(verification.registrationInfo?.userVerified)
            await note(user.id, 'passkey.added')
          },
        },
        authentication: {
          afterVerification: async ({ verification }) => requireVerified(verification.authenticationInfo.userVerified),
        },
      }),
      ...(company === null ? [] : [companySignIn(company)]),
      // Last: before it, the second factor may have taken back the session that a password had begun.
      signedIn(note),
    ],
  })
}

/** A passkey is two factors where the device asked who holds it; the library would take one that did not. */
export function requireVerified(userVerified: boolean | undefined): void {
  if (userVerified === true) return
  throw new APIError('UNAUTHORIZED', { message: 'The device has not asked who holds it.', code: 'NOT_VERIFIED' })
}

const companySignIn = ({ name, url, clientId, clientSecret }: Company) =>
  genericOAuth({
    config: [
      {
        ...{ providerId: 'company', name, clientId, clientSecret, scopes: ['openid', 'email', 'profile'], pkce: true },
        discoveryUrl: `${url.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        // Whom the company knows is not on our staff for that.
        disableSignUp: true,
        disableImplicitSignUp: true,
      },
    ],
  })

const waysByPath: Readonly<Record<string, string>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'password and code',
  '/two-factor/verify-backup-code': 'password and backup code',
  '/passkey/verify-authentication': 'passkey',
  '/callback/:id': 'company',
}

const signedIn = (note: Note): BetterAuthPlugin => ({
  id: 'laurel-signed-in',
  hooks: {
    after: [
      {
        matcher: ({ path }) => path !== undefined && path in waysByPath,
        handler: createAuthMiddleware(async (ctx) => {
          const { newSession, session } = ctx.context
          // Who had a session before confirms a second factor here, and is not signing in.
          if (newSession === null || session !== null) return
          await note(newSession.user.id, 'signed-in', { way: waysByPath[ctx.path] ?? ctx.path })
        }),
      },
    ],
  },
})

/** Of what it says nobody is named: its messages may hold an address. */
export function logTo(log: DatabaseLog, level: string, message: string): void {
  const said = message.replaceAll(/\S+@\S+/g, '…').slice(0, 300)
  if (level === 'error') log.error({ signIn: said }, 'signing in met an error')
  else log.warn({ signIn: said }, 'signing in was refused')
}

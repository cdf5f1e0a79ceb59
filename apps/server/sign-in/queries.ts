import { sql } from '../db/transaction.ts'

export interface PersonRow {
  readonly id: string
  readonly name: string
  readonly email: string
}

export const personById = sql<PersonRow>('person-by-id', 'SELECT id, name, email FROM sign_in."user" WHERE id = $1')

/** Who joins a team and who is forgotten for leaving the last one wait for each other. */
export const lockPerson = sql<PersonRow>(
  'lock-person',
  'SELECT id, name, email FROM sign_in."user" WHERE id = $1 FOR UPDATE',
)

export const personByEmail = sql<PersonRow>(
  'person-by-email',
  'SELECT id, name, email FROM sign_in."user" WHERE email = $1',
)

export const insertPerson = sql(
  'insert-person',
  `INSERT INTO sign_in."user" (id, email, name, "emailVerified", "twoFactorEnabled", "createdAt", "updatedAt")
   VALUES ($1, $2, $3, $4, false, $5, $5)`,
)

export const insertPassword = sql(
  'insert-password',
  `INSERT INTO sign_in.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
   VALUES ($1, $2, 'credential', $2, $3, $4, $4)`,
)

export const updatePassword = sql(
  'update-password',
  `UPDATE sign_in.account SET password = $2, "updatedAt" = $3 WHERE "userId" = $1 AND "providerId" = 'credential'`,
)

export interface SessionRow {
  readonly id: string
  readonly person: string
  readonly started_at: string
  readonly expires_at: string
  readonly address: string | null
  readonly browser: string | null
}

/** Those that are over and were not swept yet are none. */
export const sessionsOfPerson = sql<SessionRow>(
  'sessions-of-person',
  `SELECT id, "userId" AS person, "createdAt" AS started_at, "expiresAt" AS expires_at, "ipAddress" AS address,
     "userAgent" AS browser
   FROM sign_in.session WHERE "userId" = $1 AND "expiresAt" > $2
     AND ($3::timestamptz IS NULL OR ("createdAt", id) < ($3, $4))
   ORDER BY "createdAt" DESC, id DESC LIMIT $5`,
)

export const endSession = sql('end-session', 'DELETE FROM sign_in.session WHERE "userId" = $1 AND id = $2')

export const endSessionsOfPerson = sql('end-sessions-of-person', 'DELETE FROM sign_in.session WHERE "userId" = $1')

/** With their password, codes, passkeys and sessions. */
export const deletePerson = sql('delete-person', 'DELETE FROM sign_in."user" WHERE id = $1')

export const forgetSecondFactor = sql(
  'forget-second-factor',
  'UPDATE sign_in."user" SET "twoFactorEnabled" = false WHERE id = $1',
)
export const deleteSecondFactor = sql('delete-second-factor', 'DELETE FROM sign_in."twoFactor" WHERE "userId" = $1')
export const deleteCompanyAccounts = sql(
  'delete-company-accounts',
  `DELETE FROM sign_in.account WHERE "userId" = $1 AND "providerId" <> 'credential'`,
)
export const deletePasskeys = sql('delete-passkeys', 'DELETE FROM sign_in.passkey WHERE "userId" = $1')

export const deletePasskey = sql('delete-passkey', 'DELETE FROM sign_in.passkey WHERE "userId" = $1 AND id = $2')

/** How somebody can sign in. */
export interface WaysRow {
  readonly password: boolean
  readonly company: boolean
  readonly second_factor: boolean
}

export const waysOfPerson = sql<WaysRow>(
  'ways-of-person',
  `SELECT coalesce(bool_or(a."providerId" = 'credential' AND a.password IS NOT NULL), false) AS password,
     coalesce(bool_or(a."providerId" = 'company'), false) AS company, coalesce(u."twoFactorEnabled", false) AS second_factor
   FROM sign_in."user" u LEFT JOIN sign_in.account a ON a."userId" = u.id WHERE u.id = $1 GROUP BY u.id`,
)

export interface PasskeyRow {
  readonly id: string
  readonly name: string | null
  readonly created_at: string | null
}

export const passkeysOfPerson = sql<PasskeyRow>(
  'passkeys-of-person',
  'SELECT id, name, "createdAt" AS created_at FROM sign_in.passkey WHERE "userId" = $1 ORDER BY "createdAt", id',
)

// Nothing of what is over is kept: an address of the internet is personal data, too.
export const sweepSessions = sql('sweep-sessions', 'DELETE FROM sign_in.session WHERE "expiresAt" < $1')
export const sweepVerifications = sql('sweep-verifications', 'DELETE FROM sign_in.verification WHERE "expiresAt" < $1')
export const sweepRates = sql('sweep-rates', 'DELETE FROM sign_in."rateLimit" WHERE "lastRequest" < $1')

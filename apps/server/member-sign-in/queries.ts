import { sql } from '../db/transaction.ts'

export interface ContactRow {
  readonly member: string
  readonly email: string | null
  readonly phone: string | null
}

/** Two are enough to know that it is not one person's alone; whoever is erased has no profile. */
const contact = 'SELECT member, email, phone FROM profile WHERE program = $1 AND'
export const membersByEmail = sql<ContactRow>('members-by-email', `${contact} lower(email) = $2 LIMIT 2`)
export const membersByPhone = sql<ContactRow>('members-by-phone', `${contact} phone = $2 LIMIT 2`)

/** How many it are with this one, since the first of the day that is running. */
export const countCode = sql<{ count: number }>(
  'count-code',
  `INSERT INTO member_sign_in.codes_asked AS asked (key, since, count) VALUES ($1, $2, 1)
   ON CONFLICT (key) DO UPDATE SET
     count = CASE WHEN asked.since <= $3 THEN 1 ELSE asked.count + 1 END,
     since = CASE WHEN asked.since <= $3 THEN $2 ELSE asked.since END
   RETURNING count`,
)
export const sweepCodesAsked = sql('sweep-codes-asked', 'DELETE FROM member_sign_in.codes_asked WHERE since <= $1')

export const endMemberSession = sql(
  'end-member-session',
  `DELETE FROM member_sign_in.session s USING member_sign_in."user" u
   WHERE u.id = s."userId" AND u.program = $1 AND u.member = $2 AND s.id = $3`,
)

export interface MemberSessionRow {
  readonly id: string
  readonly started_at: string
  readonly expires_at: string
}

export const sessionsOfMember = sql<MemberSessionRow>(
  'sessions-of-member',
  `SELECT s.id, s."createdAt" AS started_at, s."expiresAt" AS expires_at
   FROM member_sign_in.session s JOIN member_sign_in."user" u ON u.id = s."userId"
   WHERE u.program = $1 AND u.member = $2 AND s."expiresAt" > $3
     AND ($4::timestamptz IS NULL OR (s."createdAt", s.id) < ($4, $5))
   ORDER BY s."createdAt" DESC, s.id DESC LIMIT $6`,
)

export const sweepMemberSessions = sql(
  'sweep-member-sessions',
  'DELETE FROM member_sign_in.session WHERE "expiresAt" < $1',
)
export const sweepMemberCodes = sql(
  'sweep-member-codes',
  'DELETE FROM member_sign_in.verification WHERE "expiresAt" < $1',
)
export const sweepMemberRates = sql(
  'sweep-member-rates',
  'DELETE FROM member_sign_in."rateLimit" WHERE "lastRequest" < $1',
)

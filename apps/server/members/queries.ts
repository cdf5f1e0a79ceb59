import { WALLETS } from '@laurel/engine'
import { sql } from '../db/transaction.ts'

export interface MemberRow {
  readonly state: string
  readonly seq: number
}

export const memberById = sql<MemberRow>(
  'member-by-id',
  'SELECT state, seq FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
)

export interface ProfileRow {
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
}

export interface KeptProfileRow extends ProfileRow {
  readonly birthday_from: number | null
  readonly birthday_before: string | null
}

export const profileOfMember = sql<KeptProfileRow>(
  'profile-of-member',
  'SELECT name, email, phone, birthday, birthday_from, birthday_before FROM profile WHERE bucket = $1 AND program = $2 AND member = $3',
)

/** Who is erased, or about to be (LED-9). */
export const erasureOfMember = sql<{ erased_at: string }>(
  'erasure-of-member',
  'SELECT erased_at FROM erasure WHERE bucket = $1 AND program = $2 AND member = $3',
)

export const deleteProfile = sql(
  'delete-profile',
  'DELETE FROM profile WHERE bucket = $1 AND program = $2 AND member = $3',
)

export const insertProfile = sql(
  'insert-profile',
  `INSERT INTO profile (bucket, program, member, name, email, phone, birthday, birthday_from, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT DO NOTHING`,
)

export const updateProfile = sql(
  'update-profile',
  `UPDATE profile SET name = $4, email = $5, phone = $6, birthday = $7, birthday_from = $8, birthday_before = $9, updated_at = $10
   WHERE bucket = $1 AND program = $2 AND member = $3`,
)

export const lockProfile = sql<KeptProfileRow>(
  'lock-profile',
  `SELECT name, email, phone, birthday, birthday_from, birthday_before FROM profile
   WHERE bucket = $1 AND program = $2 AND member = $3 FOR UPDATE`,
)

export interface FoundRow extends ProfileRow {
  readonly id: string
}

// A pool's wallet has a chain like a member's and is none (POOL-1).
const page = `SELECT found.id, profile.name, profile.email, profile.phone, profile.birthday
  FROM (SELECT bucket, id FROM member WHERE program = $1 AND ($2::text IS NULL OR id > $2) AND id NOT LIKE '${WALLETS}%' FILTER
          AND goes_on_as IS NULL
          AND NOT EXISTS (SELECT FROM erasure e WHERE e.bucket = member.bucket AND e.program = $1 AND e.member = member.id)
        ORDER BY id LIMIT $3) found
  LEFT JOIN profile ON profile.bucket = found.bucket AND profile.program = $1 AND profile.member = found.id
  ORDER BY found.id`

/** All members in order of their ids. */
export const membersAfter = sql<FoundRow>('members-after', page.replace('FILTER', ''))

/** Each branch reads an index of its own; a pattern with OR over two tables would read everything. */
export const membersMatching = sql<FoundRow>(
  'members-matching',
  page.replace(
    'FILTER',
    `AND id IN (
      WITH RECURSIVE meant AS (
        SELECT * FROM (
          SELECT $4::text AS id
          UNION SELECT member FROM profile WHERE program = $1 AND lower(name) LIKE $5
          UNION SELECT member FROM profile WHERE program = $1 AND lower(substring(name FROM '[^ ]+\\Z')) LIKE $5
          UNION SELECT member FROM profile WHERE program = $1 AND lower(email) LIKE $5
          UNION SELECT member FROM profile WHERE program = $1 AND phone LIKE $6) named
        UNION SELECT m.goes_on_as FROM meant
          JOIN member m ON m.program = $1 AND m.id = meant.id AND m.goes_on_as IS NOT NULL)
      SELECT id FROM meant)`,
  ),
)

/** The lines in which a member stands, under whatever ids. */
export const linesOfMember = sql<{ redemption: string; reward: string; session: string; place: string }>(
  'lines-of-member',
  `SELECT w.redemption, w.reward, w.session,
     (SELECT count(*) FROM seat_wait f WHERE f.bucket = w.bucket AND f.program = w.program AND f.room = w.room
        AND f.offered_at IS NULL AND f.number <= w.number) AS place
   FROM seat_wait w WHERE w.program = $1 AND w.member = ANY($2::text[]) AND w.offered_at IS NULL
   ORDER BY w.number LIMIT $3`,
)

import { sql } from '../db/transaction.ts'

export interface BirthdayRow {
  readonly birthday: string | null
  readonly birthday_from: number | null
  readonly birthday_before: string | null
}

export const birthdayOfMember = sql<BirthdayRow>(
  'birthday-of-member',
  'SELECT birthday, birthday_from, birthday_before FROM profile WHERE bucket = $1 AND program = $2 AND member = $3',
)

/** Whose birthday counts as one of these days in this year. Who was merged has the birthday of the one that remains (MRG-1). */
export const bornOn = sql<{ member: string }>(
  'born-on',
  `SELECT member FROM (
     SELECT member FROM profile WHERE program = $1 AND birthday = ANY ($2) AND birthday_from <= $3
     UNION ALL
     SELECT member FROM profile WHERE program = $1 AND birthday_before = ANY ($2) AND birthday_from > $3) born
   WHERE member > $4
     AND NOT EXISTS (SELECT FROM member m WHERE m.program = $1 AND m.id = born.member AND m.goes_on_as IS NOT NULL)
   ORDER BY member LIMIT $5`,
)

export const joinedOn = sql<{ member: string }>(
  'joined-on',
  `SELECT id AS member FROM member WHERE program = $1 AND joined_on = ANY ($2) AND id > $3 AND goes_on_as IS NULL
   ORDER BY id LIMIT $4`,
)

export const keptThrough = sql<{ day: string }>(
  'occasions-kept-through',
  'SELECT kept_through::text AS day FROM program_occasions WHERE program = $1',
)

export const noteKeptThrough = sql(
  'note-occasions-kept-through',
  `INSERT INTO program_occasions (program, kept_through) VALUES ($1, $2)
   ON CONFLICT (program) DO UPDATE SET kept_through = excluded.kept_through`,
)

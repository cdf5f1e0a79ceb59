import type { RoleName } from '@laurel/contract'
import { sql } from '../db/transaction.ts'

/** A sandbox has the staff of its program; its clock comes along. */
export const roleInProgram = sql<{ role: RoleName; clock: string | null }>(
  'role-in-program',
  `SELECT r.role, p.clock FROM staff_role r LEFT JOIN program p ON p.id = $2
   WHERE r.person = $1 AND r.program = coalesce(p.sandbox_of, $2)`,
)

export const rolesOfPerson = sql<{ program: string; role: RoleName }>(
  'roles-of-person',
  'SELECT program, role FROM staff_role WHERE person = $1 ORDER BY program',
)

export interface TeamRow {
  readonly person: string
  readonly name: string
  readonly email: string
  readonly role: RoleName
  readonly given_at: string
  readonly given_by: string
  readonly second_factor: boolean
  readonly sessions: number
}

const team = `SELECT r.person, u.name, u.email, r.role, r.given_at, r.given_by, coalesce(u."twoFactorEnabled", false) AS second_factor,
    (SELECT count(*)::int FROM sign_in.session s WHERE s."userId" = r.person AND s."expiresAt" > $2) AS sessions
  FROM staff_role r JOIN sign_in."user" u ON u.id = r.person WHERE r.program = $1`

export const teamOfProgram = sql<TeamRow>(
  'team-of-program',
  `${team} AND ($3::timestamptz IS NULL OR (r.given_at, r.person) > ($3, $4)) ORDER BY r.given_at, r.person LIMIT $5`,
)

export const memberOfTeam = sql<TeamRow>('member-of-team', `${team} AND r.person = $3`)

/** Locked in one order, so that of two owners who remove each other one stays. */
export const lockOwners = sql<{ person: string }>(
  'lock-owners',
  `SELECT person FROM staff_role WHERE program = $1 AND role = 'owner' ORDER BY person FOR UPDATE`,
)

export const personOnTeam = sql<{ person: string }>(
  'person-on-team',
  `SELECT r.person FROM staff_role r JOIN sign_in."user" u ON u.id = r.person WHERE r.program = $1 AND u.email = $2`,
)

export const insertRole = sql(
  'insert-role',
  `INSERT INTO staff_role (program, person, role, given_at, given_by) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (program, person) DO UPDATE SET role = excluded.role, given_at = excluded.given_at, given_by = excluded.given_by`,
)

/** Whoever joined earlier stays before: the list is by joining. */
export const updateRole = sql(
  'update-role',
  'UPDATE staff_role SET role = $3, given_by = $4 WHERE program = $1 AND person = $2',
)

export const deleteRole = sql('delete-role', 'DELETE FROM staff_role WHERE program = $1 AND person = $2')

/** Programs that have a version and nobody on the team. */
export const programsWithoutStaff = sql<{ id: string }>(
  'programs-without-staff',
  `SELECT id FROM program WHERE versions > 0 AND clock IS NULL
     AND NOT EXISTS (SELECT FROM staff_role WHERE program = program.id) ORDER BY id LIMIT $1`,
)

// ---- invitations -------------------------------------------------------------------------------------------------------

export interface InvitationRow {
  readonly id: string
  readonly program: string
  readonly email: string | null
  readonly role: RoleName
  readonly invited_at: string
  readonly invited_by: string
  readonly expires_at: string
  readonly mailed: boolean
}

const invitations =
  'SELECT id, program, email, role, invited_at, invited_by, expires_at, mailed FROM staff_invitation WHERE ended_at IS NULL AND'

export const openInvitations = sql<InvitationRow>(
  'open-invitations',
  `${invitations} program = $1 AND expires_at > $2
     AND ($3::timestamptz IS NULL OR (invited_at, id) > ($3, $4)) ORDER BY invited_at, id LIMIT $5`,
)

export const invitationByToken = sql<InvitationRow>(
  'invitation-by-token',
  `${invitations} token_hash = $1 AND expires_at > $2`,
)

export const lockInvitation = sql<InvitationRow>(
  'lock-invitation',
  `${invitations} token_hash = $1 AND expires_at > $2 FOR UPDATE`,
)

export const countInvitations = sql<{ count: number }>(
  'count-invitations',
  'SELECT count(*)::int AS count FROM staff_invitation WHERE program = $1 AND ended_at IS NULL AND expires_at > $2',
)

export const insertInvitation = sql(
  'insert-invitation',
  `INSERT INTO staff_invitation (id, program, email, role, token_hash, invited_at, invited_by, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
)

export const markMailed = sql(
  'mark-mailed',
  'UPDATE staff_invitation SET mailed = true WHERE id = $1 AND ended_at IS NULL',
)

/** With it the address goes. */
export const endInvitation = sql(
  'end-invitation',
  `UPDATE staff_invitation SET ended_at = $3, outcome = $4, email = NULL
   WHERE program = $1 AND id = $2 AND ended_at IS NULL`,
)

export const replaceInvitation = sql(
  'replace-invitation',
  `UPDATE staff_invitation SET ended_at = $3, outcome = 'replaced', email = NULL
   WHERE program = $1 AND coalesce(email, '') = $2 AND ended_at IS NULL`,
)

export const expireInvitations = sql(
  'expire-invitations',
  `UPDATE staff_invitation SET ended_at = $1, outcome = 'expired', email = NULL
   WHERE ended_at IS NULL AND expires_at <= $1`,
)

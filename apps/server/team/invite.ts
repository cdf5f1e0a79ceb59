import { type Invitation, type InvitationMade, Problem, type RoleName } from '@laurel/contract'
import { hashOfSecret, newSecret } from '../access/key.ts'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import type { Mailer } from '../mail/mailer.ts'
import {
  countInvitations,
  endInvitation,
  type InvitationRow,
  insertInvitation,
  markMailed,
  openInvitations,
  personOnTeam,
  programsWithoutStaff,
  replaceInvitation,
} from './queries.ts'

export interface ToInvite {
  readonly program: string
  /** Lower case. */
  readonly email: string
  readonly role: RoleName
}

/** Who comes back from a week off finds it; what lies about longer is a way in for whoever finds it. */
const invitationMs = 7 * 86_400_000
/** A team is a few hundred at most; each is a mail in our name. */
const openMax = 200

/** Under which the pages have an invitation. */
const invitationAddress = (origin: string, token: string): string => `${origin}/invitation/${token}`

/** Invites an address. The one before ends: after any number of calls one link works. */
export async function invite(
  context: Context,
  mailer: Mailer,
  by: string,
  { program, email, role }: ToInvite,
  origin: string,
): Promise<InvitationMade> {
  const { token, made } = await transaction(context.database.application, async (tx) => {
    if ((await rowOf(tx, personOnTeam(program, email))) !== undefined) throw new Problem('already-on-team')
    const now = new Date(context.wallNow()).toISOString()
    const open = await rowOf(tx, countInvitations(program, now))
    if ((open?.count ?? 0) >= openMax) throw new Problem('too-many-invitations', { extensions: { most: openMax } })
    return await addInvitation(tx, context, by, { program, email, role })
  })
  const link = invitationAddress(origin, token)
  const mailed = await mailer.send({
    to: email,
    subject: 'You are invited to Laurel',
    text:
      `You are invited to the team of the loyalty program ${program}, as ${role}.\n\n${link}\n\n` +
      'The link works once, for seven days. If you know nothing of it, do nothing.\n',
  })
  if (mailed) await countOf(context.database.application, markMailed(made.id))
  return { ...made, mailed, link: mailed ? null : link }
}

export interface FirstOwner {
  readonly program: string
  readonly link: string
}

/** More programs than this are nobody's first day. */
const firstOwnersMax = 20

/** For each program that has nobody on its team a link that makes whoever holds it the first owner; the links before end. */
export async function inviteFirstOwners(context: Context, by: string, origin: string): Promise<FirstOwner[]> {
  return await transaction(context.database.application, async (tx) => {
    const links: FirstOwner[] = []
    for (const { id: program } of await rowsOf(tx, programsWithoutStaff(firstOwnersMax))) {
      const { token } = await addInvitation(tx, context, by, { program, email: null, role: 'owner' })
      links.push({ program, link: invitationAddress(origin, token) })
    }
    return links
  })
}

async function addInvitation(
  tx: Transaction,
  context: Context,
  by: string,
  { program, email, role }: Omit<ToInvite, 'email'> & { readonly email: string | null },
): Promise<{ readonly token: string; readonly made: Invitation }> {
  const id = context.newId('inv')
  const token = newSecret()
  const invitedAt = new Date(context.wallNow()).toISOString()
  const expiresAt = new Date(context.wallNow() + invitationMs).toISOString()
  await countOf(tx, replaceInvitation(program, email ?? '', invitedAt))
  await countOf(tx, insertInvitation(id, program, email, role, hashOfSecret(token), invitedAt, by, expiresAt))
  await writeAudit(tx, context, { program, actor: by, act: 'invitation.made', subject: id, detail: { role } })
  return { token, made: { id, email, role, invitedAt, invitedBy: by, expiresAt } }
}

export async function revokeInvitation(context: Context, by: string, program: string, id: string) {
  const at = new Date(context.wallNow()).toISOString()
  return await transaction(context.database.application, async (tx) => {
    const revoked = (await countOf(tx, endInvitation(program, id, at, 'revoked'))) > 0
    if (revoked)
      await writeAudit(tx, context, { program, actor: by, act: 'invitation.revoked', subject: id, detail: {} })
    return { id, revoked }
  })
}

export async function listInvitations(context: Context, program: string, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const now = new Date(context.wallNow()).toISOString()
  const rows = await rowsOf(context.database.application, openInvitations(program, now, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.invited_at, row.id])
  return { invitations: page.map(invitationOf), next }
}

const invitationOf = ({ id, email, role, invited_at, invited_by, expires_at }: InvitationRow): Invitation => ({
  ...{ id, email, role, invitedAt: invited_at, invitedBy: invited_by, expiresAt: expires_at },
})

import type { RoleName } from '@laurel/contract'
import { hashOfSecret } from '../access/key.ts'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { addPerson } from '../sign-in/people.ts'
import { lockPerson, personByEmail } from '../sign-in/queries.ts'
import {
  endInvitation,
  type InvitationRow,
  insertRole,
  invitationByToken,
  lockInvitation,
  lockOwners,
} from './queries.ts'

/** What the holder of a link is told. */
export interface OpenInvitation {
  readonly program: string
  readonly role: RoleName
  /** Null: whoever holds the link says which address is theirs. */
  readonly email: string | null
  /** Whether the address has somebody already, who signs in instead of choosing a password. */
  readonly isKnown: boolean
}

/** Undefined: used, taken back, over, or never there; which of them is nobody's business. */
export async function readInvitation(context: Context, token: string): Promise<OpenInvitation | undefined> {
  const { application } = context.database
  const row = await rowOf(application, invitationByToken(hashOfSecret(token), nowOf(context)))
  if (row === undefined) return undefined
  const { program, role, email } = row
  const known = email === null ? undefined : await rowOf(application, personByEmail(email))
  return { program, role, email, isKnown: known !== undefined }
}

/** `known`: the address has somebody, who must sign in. `gone`: the link works no more. */
export type Accepted = { readonly person: string; readonly email: string } | 'gone' | 'known' | 'not-yours'

export interface Newcomer {
  /** Counts where the invitation is for nobody in particular. */
  readonly email: string
  readonly name: string
  readonly passwordHash: string
}

/** Makes whoever holds the link a person and puts them on the team, in one step: neither is there without the other. */
export async function acceptAsNewcomer(context: Context, token: string, newcomer: Newcomer): Promise<Accepted> {
  return await withInvitation(context, token, async (tx, row) => {
    const email = row.email ?? newcomer.email
    const person = await addPerson(tx, context, { ...newcomer, email, isProven: row.email !== null && row.mailed })
    if (person === undefined) return 'known'
    await join(tx, context, row, person)
    return { person, email }
  })
}

/** Whoever is signed in takes the invitation that was sent to their own address. */
export async function acceptAsPerson(context: Context, token: string, person: string): Promise<Accepted> {
  return await withInvitation(context, token, async (tx, row) => {
    const known = await rowOf(tx, lockPerson(person))
    if (known === undefined || (row.email !== null && row.email !== known.email)) return 'not-yours'
    await join(tx, context, row, person)
    return { person, email: known.email }
  })
}

async function withInvitation(
  context: Context,
  token: string,
  use: (tx: Transaction, row: InvitationRow) => Promise<Accepted>,
): Promise<Accepted> {
  return await transaction(context.database.application, async (tx) => {
    const row = await rowOf(tx, lockInvitation(hashOfSecret(token), nowOf(context)))
    if (row === undefined) return 'gone'
    // A link for whoever comes first is worth nothing once somebody has come, by whatever way.
    if (row.email === null && (await rowsOf(tx, lockOwners(row.program))).length > 0) return 'gone'
    return await use(tx, row)
  })
}

async function join(
  tx: Transaction,
  context: Context,
  { id, program, role, invited_by }: InvitationRow,
  person: string,
) {
  const at = nowOf(context)
  await countOf(tx, insertRole(program, person, role, at, invited_by))
  await countOf(tx, endInvitation(program, id, at, 'accepted'))
  const actor = `staff/${person}`
  await writeAudit(tx, context, { program, actor, act: 'invitation.accepted', subject: id, detail: { role } })
}

const nowOf = (context: Context): string => new Date(context.wallNow()).toISOString()

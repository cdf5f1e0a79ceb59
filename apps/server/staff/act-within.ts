import { type ActAnswer, type OwnId, ownIdentity, Problem, type WaitingAct } from '@laurel/contract'
import { actingAs } from '../access/acting-as.ts'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { requireMember } from '../members/require-member.ts'
import { act, answerOf, type ByStaff, type Deed } from './act.ts'
import {
  type ActRow,
  actByIdentity,
  adjustedAlone,
  answerAct,
  insertAct,
  limitOfRole,
  lockAct,
  lockRole,
  waitingActs,
} from './second-person-queries.ts'

/** What has an amount, and so a limit. */
type Limited = Extract<Deed, { type: 'points.adjusted' | 'lots.reinstated' }>

/** Any 24 hours rather than a calendar's day: at midnight nobody may twice as much. */
const dayMs = 86_400_000

/**
 * An act that gives or takes an amount. A person does it alone as far as their role may in a day; what is beyond waits for a second
 * one. Many small ones count together: a limit on each would be none.
 */
export async function actWithin(
  context: RecordingContext,
  actor: Actor,
  named: string,
  id: OwnId,
  by: ByStaff,
  deed: Limited,
): Promise<ActAnswer> {
  const { person } = actor
  if (person === null) return await act(context, actor, named, id, by, deed)
  actingAs(actor, by.actor)
  const member = await requireMember(context, actor.program, named)
  const wanted = { act: id, person, member, deed: JSON.stringify(deed), reason: by.reason }
  const row = await transaction(context.database.application, (tx) => admit(tx, context, actor, wanted, deed))
  switch (row.status) {
    case 'alone':
    case 'approved':
      return await act(context, actor, member, id, by, deed)
    case 'waiting':
      throw new Problem('second-person-first', { extensions: { act: row.id } })
    case 'rejected':
      throw new Problem('act-rejected', { extensions: { act: row.id } })
  }
}

type Wanted = Pick<ActRow, 'act' | 'person' | 'member' | 'deed' | 'reason'>

/** Asked again it stands as it stood: whoever has done it alone is not made to wait for it afterwards. */
async function admit(
  tx: Transaction,
  context: RecordingContext,
  { program, name }: Actor,
  wanted: Wanted,
  { asset, amount }: Limited,
): Promise<Pick<ActRow, 'id' | 'status'>> {
  const role = await rowOf(tx, lockRole(program, wanted.person))
  if (role === undefined) throw new Problem('not-on-team')
  const known = await rowOf(tx, actByIdentity(program, wanted.act))
  if (known !== undefined) return requireSame(known, wanted)
  const now = context.wallNow()
  const [limit, used] = [
    await rowOf(tx, limitOfRole(program, role.role, asset)),
    await rowOf(tx, adjustedAlone(program, wanted.person, asset, new Date(now - dayMs).toISOString())),
  ]
  const size = Math.abs(amount)
  const isAlone = limit === undefined || (used?.amount ?? 0) + size <= limit.most_per_day
  const id = context.newId('act')
  const status = isAlone ? 'alone' : 'waiting'
  const { act: identity, person, member, deed, reason } = wanted
  const at = new Date(now).toISOString()
  const row = [program, id, identity, person, member, deed, reason, asset, size, at, status] as const
  if ((await countOf(tx, insertAct(...row))) === 0) throw new Problem('identity-conflict')
  if (!isAlone)
    await writeAudit(tx, context, { program, actor: name, act: 'act.waits', subject: id, detail: { asset, amount } })
  return { id, status }
}

function requireSame(known: ActRow, wanted: Wanted): ActRow {
  const isSame = (['person', 'member', 'deed', 'reason'] as const).every((part) => known[part] === wanted[part])
  if (!isSame) throw new Problem('identity-conflict')
  return known
}

export async function listWaitingActs(context: RecordingContext, program: string, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, waitingActs(program, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.asked_at, row.id])
  return { acts: page.map(waitingOf), next }
}

function waitingOf({ id, member, deed, asset, reason, person, asked_at }: ActRow): WaitingAct {
  const { type, amount } = deedIn(deed)
  const kind = type === 'points.adjusted' ? 'adjustment' : 'reinstatement'
  return { id, member, kind, asset, amount, reason, askedBy: `staff/${person}`, askedAt: asked_at }
}

// Written by `admit`, from what the route's schema had let through.
const deedIn = (text: string): Limited => JSON.parse(text)

/** A second person lets it be done: first that is kept, then it is done, so that after a crash whoever asks again finishes it. */
export async function approveAct(context: RecordingContext, actor: Actor, id: string): Promise<ActAnswer> {
  const { program, name } = actor
  const row = await transaction(context.database.application, async (tx) => {
    const found = await rowOf(tx, lockAct(program, id))
    if (found === undefined) throw new Problem('unknown-act')
    if (found.status === 'rejected') throw new Problem('act-rejected')
    requireSecond(actor, found)
    if (found.status === 'approved') return found
    await countOf(tx, answerAct(program, id, 'approved', new Date(context.wallNow()).toISOString(), name))
    const detail = { askedBy: `staff/${found.person}` }
    await writeAudit(tx, context, { program, actor: name, act: 'act.approved', subject: id, detail })
    return found
  })
  // Whoever it is about may have gone on as another member since.
  const member = await requireMember(context, program, row.member)
  const by = { ...ownIdentity(row.act as OwnId), actor: `staff/${row.person}`, reason: row.reason }
  return answerOf(member, await ask(context, program, member, { ...deedIn(row.deed), ...by }))
}

function requireSecond({ holder }: Actor, { person }: ActRow): void {
  const refuse = (detail: string) => new Problem('second-person-needed', { detail })
  if (holder === null) throw refuse('Nobody has said who holds the key of whoever approves.')
  if (holder === `staff/${person}`) throw refuse('Whoever approves has asked for it.')
}

export async function rejectAct(context: RecordingContext, { program, name }: Actor, id: string) {
  return await transaction(context.database.application, async (tx) => {
    if ((await rowOf(tx, lockAct(program, id))) === undefined) throw new Problem('unknown-act')
    const at = new Date(context.wallNow()).toISOString()
    const rejected = (await countOf(tx, answerAct(program, id, 'rejected', at, name))) > 0
    if (rejected) await writeAudit(tx, context, { program, actor: name, act: 'act.rejected', subject: id, detail: {} })
    return { id, rejected }
  })
}

import { type ActAnswer, type OverdueFact, Problem } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { actingAs } from '../access/acting-as.ts'
import { writeAudit } from '../access/write-audit.ts'
import { rowOf, rowsOf, transaction } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import { ownerOfIdentity } from '../decisions/first-answer.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { sentEventOf } from '../decisions/sent-event.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { answerOf, type ByStaff } from './act.ts'
import {
  answerOverdueFact,
  type OverdueFactRow,
  openOverdueFacts,
  openOverdueFactsTotal,
  overdueFactByName,
} from './queries.ts'
import type { QueuedName } from './unmatched-refunds.ts'

/** Facts that came later than the program accepts (EVT-4), oldest arrival first. */
export async function listOverdueFacts(context: RecordingContext, program: string, { limit, cursor }: Page) {
  const [at = null, source = null, id = null] = placeInTime(cursor, 3)
  const { application } = context.database
  const rows = await rowsOf(application, openOverdueFacts(program, at, source, id, limit + 1))
  const total = (await rowOf(application, openOverdueFactsTotal(program))) ?? { count: 0 }
  const { page, next } = pageOf(rows, limit, (row) => [row.recorded_at, row.source, row.id])
  return { facts: page.map(factOf), total, next }
}

const factOf = ({ member, source, id, content, recorded_at }: OverdueFactRow): OverdueFact => ({
  source,
  id,
  member,
  keptAt: recorded_at,
  event: { ...sentEventOf(content, member) },
})

/**
 * A person lets an overdue fact in: it is recorded as history, and judged at its own moment (EVT-2). Should the server end between
 * the recording and the note that it was answered, accepting again finds it recorded, and takes the note.
 */
export async function acceptOverdueFact(
  context: RecordingContext,
  actor: Actor,
  name: QueuedName,
  by: ByStaff,
): Promise<ActAnswer> {
  const { program } = actor
  const fact = await findFact(context, program, name)
  if (fact.outcome === 'dismissed') throw new Problem('unknown-overdue-fact')
  const { member, content } = fact
  const asked = await ask(context, program, member, sentEventOf(content, member), true)
  await answer(context, actor, fact, by, 'recorded')
  return answerOf(member, asked)
}

/** A person decides that an overdue fact shall not be recorded. */
export async function dismissOverdueFact(
  context: RecordingContext,
  actor: Actor,
  name: QueuedName,
  by: ByStaff,
): Promise<QueuedName> {
  const { program } = actor
  const fact = await findFact(context, program, name)
  const identity = identityOf(program, 'event', `${fact.source}/${fact.id}`)
  const owner = await rowOf(context.database.application, ownerOfIdentity(identity.bucket, identity.name))
  if (owner?.member === fact.member) {
    throw new Problem('unknown-overdue-fact', {
      detail:
        'It is recorded already, by a person who accepted it or by an import; accepting it takes it off the queue.',
    })
  }
  if (!(await answer(context, actor, fact, by, 'dismissed'))) throw new Problem('unknown-overdue-fact')
  return { source: fact.source, id: fact.id }
}

async function findFact(
  context: RecordingContext,
  program: string,
  { source, id }: QueuedName,
): Promise<OverdueFactRow> {
  const found = await rowOf(context.database.application, overdueFactByName(program, source, id))
  if (found === undefined) throw new Problem('unknown-overdue-fact')
  return found
}

/** Notes the answer with who gave it and why; false where there is one already. */
async function answer(
  context: RecordingContext,
  actor: Actor,
  { member, source, id }: OverdueFactRow,
  { reason, actor: person }: ByStaff,
  outcome: 'recorded' | 'dismissed',
): Promise<boolean> {
  const { program } = actor
  return await transaction(context.database.application, async (tx) => {
    const at = new Date(context.now(program)).toISOString()
    const row = await rowOf(tx, answerOverdueFact(bucketOf(program, member), program, member, source, id, outcome, at))
    if (row === undefined) return false
    await writeAudit(tx, context, {
      program,
      actor: actingAs(actor, person),
      act: `overdue-fact.${outcome}`,
      subject: `${source}/${id}`,
      detail: { reason },
    })
    return true
  })
}

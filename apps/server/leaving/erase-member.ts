import { type Erased, type OwnId, ownIdentity, ownSource } from '@laurel/contract'
import type { Member } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { actingAs } from '../access/acting-as.ts'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { memberStateOf } from '../decisions/history.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'
import { headOfMember } from '../merging/queries.ts'
import type { ByStaff } from '../staff/act.ts'
import type { ErasedFile } from './erased-file.ts'
import {
  deletionsByValue,
  deletionsOfMember,
  type ErasureRow,
  erasureByMember,
  finishErasureOf,
  goingOnAs,
  goneBy,
  insertErasure,
} from './queries.ts'

/** A member of a program who is to be forgotten, and who wants it. */
export interface ToErase {
  readonly program: string
  readonly member: string
  /** Opaque id of staff or key. */
  readonly actor: string
  readonly reason: string
  /** ISO 8601 */
  readonly erasedAt: string
}

/**
 * Forgets a member for good (LED-9): what is personal is deleted, what is left is forfeited in one last decision, and the books
 * stay. It is begun, done and ended in three steps that each may be done again: whatever stops the server in between, a job or
 * the next start ends what is begun.
 */
export async function eraseMember(
  context: RecordingContext,
  file: ErasedFile | null,
  actor: Actor,
  asked: string,
  { reason, actor: person }: ByStaff,
): Promise<Erased> {
  const { program } = actor
  const member = await requireMember(context, program, asked)
  const erasedAt = new Date(context.now(program)).toISOString()
  const { erasure, isNew } = await beginErasure(context, {
    program,
    member,
    actor: actingAs(actor, person),
    reason,
    erasedAt,
  })
  if (erasure.finished_at === null) await finishErasure(context, file, erasure)
  const place = [bucketOf(program, member), program, member] as const
  const gone = await rowsOf(context.database.application, goneBy(...place, `${ownSource}/${eventIdOf(member)}`))
  return {
    member,
    erasedAt: erasure.erased_at,
    repeated: !isNew,
    forfeited: gone.flatMap(({ asset, forfeited: amount }) => (amount > 0 ? [{ asset, amount }] : [])),
    writtenOff: gone.flatMap(({ asset, written_off: amount }) => (amount > 0 ? [{ asset, amount }] : [])),
  }
}

/** Writes down that the member is erased, with who wants it, and deletes what is personal. Begun before: the first time stands. */
export async function beginErasure(
  context: RecordingContext,
  { program, member, actor, reason, erasedAt }: ToErase,
): Promise<{ readonly erasure: ErasureRow; readonly isNew: boolean }> {
  const bucket = bucketOf(program, member)
  return await transaction(context.database.application, async (tx) => {
    const written = await countOf(tx, insertErasure(bucket, program, member, erasedAt, actor, reason))
    if (written > 0) {
      await deletePersonal(tx, program, member)
      await writeAudit(tx, context, { program, actor, act: 'member.erased', subject: member, detail: { reason } })
    }
    const erasure = await rowOf(tx, erasureByMember(bucket, program, member))
    if (erasure === undefined) throw new Error('an erasure that was just written is not there')
    return { erasure, isNew: written > 0 }
  })
}

/** The last decision of the member's chain, then once more what somebody may have written meanwhile. */
export async function finishErasure(
  context: RecordingContext,
  file: ErasedFile | null,
  { program, member, actor, reason, erased_at }: ErasureRow,
): Promise<void> {
  const remains = await remainingOf(context, program, member)
  const event = { type: 'member.erased' as const, ...ownIdentity(eventIdOf(remains)), actor, reason }
  const state = await stateOf(context.database.application, program, remains)
  if (!state?.left?.erased) requireRecorded(await context.recorder.record({ program, member: remains, event }))
  // Before it is ended: where the list cannot be written, a job tries again. A backup may be from before a merge, and then those
  // who went into this member are there by themselves (MRG-1).
  const all = await namesOf(context.database.application, program, member)
  await file?.append([...all].map((id) => ({ program, member: id, erasedAt: erased_at })))
  const bucket = bucketOf(program, member)
  await transaction(context.database.application, async (tx) => {
    await deletePersonal(tx, program, member)
    // By the wall clock: what is swept out of the files is what was ended before the sweep.
    await countOf(tx, finishErasureOf(bucket, program, member, new Date(context.wallNow()).toISOString()))
  })
}

async function stateOf(client: Parameters<typeof rowOf>[0], program: string, member: string): Promise<Member | null> {
  const row = await rowOf(client, headOfMember(bucketOf(program, member), program, member))
  return row === undefined ? null : memberStateOf({ program, id: member }, row.state)
}

const eventIdOf = (member: string): OwnId => `erase/${member}`

/** Also of who goes on as the member, who has not heard of it yet. */
async function namesOf(client: Parameters<typeof rowOf>[0], program: string, member: string): Promise<Set<string>> {
  const { aliases = [] } = (await stateOf(client, program, member)) ?? {}
  const merged = await rowsOf(client, goingOnAs(program, member))
  return new Set([member, ...aliases, ...merged.map(({ id }) => id)])
}

async function deletePersonal(tx: Transaction, program: string, member: string): Promise<void> {
  for (const id of await namesOf(tx, program, member)) {
    for (const deletion of deletionsOfMember) await countOf(tx, deletion(bucketOf(program, id), program, id))
    for (const deletion of deletionsByValue) await countOf(tx, deletion(program, id))
  }
}

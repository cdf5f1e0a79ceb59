import { type CorrectionAnswer, Problem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { rulingRow } from '../programs/pilots.ts'
import type { VersionRow } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { lockVersions, needsApproval, writeVersion } from '../publishing/add-version.ts'
import { again, waitingAt } from '../publishing/restore-version.ts'
import { requireOther } from '../publishing/review-draft.ts'
import { approveRow, type CorrectionRow, holderOfKey, lockCorrection } from './queries.ts'
import { readCorrection } from './read-corrections.ts'

/**
 * Lets a correction be posted as it was shown. Where the version does not reach back so far, it is published once more with the
 * date: what comes late from now on is judged as what is corrected (EVT-3). What is still to begin is published after it, since
 * the last one published counts.
 */
export async function approveCorrection(context: ProgramContext, actor: Actor, id: string): Promise<CorrectionAnswer> {
  const { program } = actor
  const versions = await transaction(context.database.application, async (tx) => {
    const known = await lockVersions(tx, context, program)
    const row = await rowOf(tx, lockCorrection(program, id))
    if (row === undefined) throw new Problem('unknown-correction')
    // Approved before.
    if (row.status === 'posting' || row.status === 'done') return known.length
    if (row.status !== 'shown') throw new Problem('correction-status', { extensions: { state: row.status } })
    if (known.length !== row.versions) {
      throw new Problem('correction-overtaken', { extensions: { versions: row.versions, latest: known.length } })
    }
    if (needsApproval(known)) {
      const asked = await rowOf(tx, holderOfKey(program, row.started_by))
      const named = { key: 'the key that asked for the correction', act: 'asked for the correction' }
      requireOther(actor, [asked?.holder ?? null], named)
    }
    const by = actor.name
    const now = context.now(program)
    const at = new Date(now).toISOString()
    if (row.posts_as > known.length) {
      // One that was to begin has begun since.
      if (rulingRow(known, now)?.version !== row.version) {
        throw new Problem('correction-overtaken', { extensions: { versions: row.versions, latest: known.length } })
      }
      await publishWithDate(tx, context, known, row, by, at)
    }
    await countOf(tx, approveRow(program, id, at, by))
    const detail = { postsAs: row.posts_as }
    await writeAudit(tx, context, {
      program,
      actor: by,
      act: 'correction.approved',
      subject: `correction/${id}`,
      detail,
    })
    return row.posts_as
  })
  await context.timelines.upTo(program, versions)
  return await readCorrection(context, program, id)
}

async function publishWithDate(
  tx: Transaction,
  context: ProgramContext,
  versions: readonly VersionRow[],
  { program, version, from_at, reason }: CorrectionRow,
  author: string,
  at: string,
): Promise<void> {
  const judging = versions.find((row) => row.version === version)
  if (judging === undefined) throw new Error('invariant: a correction names a version that is published')
  const waiting = waitingAt(versions, Date.parse(at))
  const rows = [
    again(judging, new Date(from_at).toISOString(), null),
    ...waiting.map((each) => again(each, each.in_force_from, null)),
  ]
  const publication = { published_at: at, author, note: reason, approved_by: needsApproval(versions) ? author : null }
  for (const [index, row] of rows.entries()) {
    const number = versions.length + 1 + index
    const whole: VersionRow = { ...row, ...publication, version: number, pilot: null, share: null, holdout: null }
    await writeVersion(tx, context, program, whole, 'program.corrected')
  }
}

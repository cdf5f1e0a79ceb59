import { type PilotBegun, Problem } from '@laurel/contract'
import { countOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { rulingRow, runningPilot } from '../programs/pilots.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import {
  addVersion,
  lockVersions,
  notAccepted,
  type ReadyVersion,
  refuseDuringPilot,
} from '../publishing/add-version.ts'
import { programOfVersion } from '../publishing/compare-versions.ts'
import { lockedDraft, type ReadDraft, requireStatus, writeStep } from '../publishing/draft-step.ts'
import { publicationOf, versionOf } from '../publishing/publish-draft.ts'
import { type DraftRow, moveDraft } from '../publishing/queries.ts'
import { waitingAt } from '../publishing/restore-version.ts'
import { requirePublishable } from '../publishing/review-draft.ts'
import { changesOfShared } from './changes-of-shared.ts'
import { readPilot } from './read-pilots.ts'

export interface DraftOnTrial extends ReadDraft {
  /** Percent of members. */
  readonly share: number
  /** Absent: as many as are in the pilot, as far as there are. */
  readonly holdout?: number | undefined
}

/** Publishes a draft to a share of the members; the same sent twice, it answers which pilot that was (PIL-3). */
export async function beginPilot(context: ProgramContext, actor: Actor, asked: DraftOnTrial): Promise<PilotBegun> {
  const { program } = actor
  const { share, holdout = Math.min(share, 100 - share) } = asked
  const { row, repeated, findings } = await transaction(context.database.application, async (tx) => {
    const draft = await lockedDraft(tx, program, asked)
    if (draft.version !== null)
      return { row: await begunBy(tx, program, draft, { share, holdout }), repeated: true, findings: [] }
    requireStatus(draft, ['open', 'submitted', 'approved'])
    const versions = await lockVersions(tx, context, program)
    const ruling = requireRuling(versions, context.now(program))
    const next = await requirePublishable(tx, context, program, draft, versions)
    refuseChangesOfShared(ruling, next)
    const publication = await publicationOf(tx, program, draft, { share, holdout })
    const row = await addVersion(tx, context, program, versions, next, publication)
    await countOf(tx, moveDraft(program, draft.id, 'published', row.version))
    await writeStep(tx, context, actor, 'published', asked)
    return { row, repeated: false, findings: [...next.remarks, ...next.ready.findings] }
  })
  await context.timelines.upTo(program, row.version)
  const pilot = await readPilot(context, program, row.version)
  return { ...pilot, repeated, findings: findings.map((finding) => ({ ...finding })) }
}

async function begunBy(
  tx: Transaction,
  program: string,
  { version, status }: DraftRow,
  asked: { readonly share: number; readonly holdout: number },
): Promise<VersionRow> {
  const row = await versionOf(tx, program, version ?? 0)
  const { share, holdout } = row
  if (row.pilot !== null && share === asked.share && holdout === asked.holdout) return row
  // To other members it was never published: as a second one beside it, or after it.
  const running = runningPilot(await rowsOf(tx, versionsOfProgram(program)))
  if (row.pilot !== null && running?.begun.version === row.version) {
    const detail = `It began with ${share} percent of members, and ${holdout} percent held out.`
    throw new Problem('pilot-running', { detail, extensions: { pilot: row.version } })
  }
  throw new Problem('draft-status', { extensions: { state: status } })
}

/** By what the others are judged, and what its members fall back to: what is still to begin would come between (PIL-3). */
function requireRuling(versions: readonly VersionRow[], now: number): VersionRow {
  refuseDuringPilot(versions)
  const [waiting] = waitingAt(versions, now)
  if (waiting !== undefined) throw new Problem('version-waiting', { extensions: { version: waiting.version } })
  const ruling = rulingRow(versions, now)
  if (ruling === undefined) throw new Problem('no-program')
  return ruling
}

/** Members give to each other and become one, whatever their arms: what that is about is the same for all (PIL-4). */
function refuseChangesOfShared(ruling: VersionRow, { ready }: ReadyVersion): void {
  const { document } = ruling
  const changes = changesOfShared({ document, program: programOfVersion(ruling) }, ready)
  if (changes.length > 0) throw notAccepted([...changes, ...ready.findings])
}

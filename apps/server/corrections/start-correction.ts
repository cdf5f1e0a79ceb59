import { type CorrectionAnswer, Problem } from '@laurel/contract'
import { localText } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import { idOfKey } from '../decisions/identity.ts'
import type { Actor } from '../http/bind.ts'
import { isForAll, rulingRow, runningPilot } from '../programs/pilots.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import { type ProgramContext, startIn } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import { programOfVersion } from '../publishing/compare-versions.ts'
import { correctionById, insertCorrection, openCorrection } from './queries.ts'
import { readCorrection } from './read-corrections.ts'

/** No fact is older than the year 1900, whenever the program begins. */
const firstAt = Date.UTC(1900, 0, 1)

export interface CorrectionToStart {
  readonly version: number
  /** A day of the program's calendar, or an instant. */
  readonly from: string
  readonly reason: string
}

/** Writes down what is asked; whoever works at corrections finds it. The same key again is the same correction. */
export async function startCorrection(
  context: ProgramContext,
  actor: Actor,
  { version, from, reason }: CorrectionToStart,
  idempotencyKey: string,
): Promise<CorrectionAnswer> {
  const { program } = actor
  const id = idOfKey('correction', program, idempotencyKey)
  await transaction(context.database.application, async (tx) => {
    // Asked before; meanwhile what was in order then may be in order no more.
    if ((await rowOf(tx, correctionById(program, id))) !== undefined) return
    const versions = await rowsOf(tx, versionsOfProgram(program))
    const now = context.now(program)
    const { fromAt, postsAs } = requireSense(versions, version, from, now)
    const instants = [fromAt, now, context.wallNow()].map((instant) => new Date(instant).toISOString())
    const [fromText = '', at = '', askedAt = ''] = instants
    const asked = [version, fromText, reason, versions.length, postsAs] as const
    const by = actor.name
    if ((await countOf(tx, insertCorrection(program, id, ...asked, at, by, askedAt))) === 0) {
      const open = await rowOf(tx, openCorrection(program))
      if (open !== undefined && open.id !== id) {
        throw new Problem('correction-open', { extensions: { correction: open.id } })
      }
      return
    }
    const detail = { version, from: fromText, reason, postsAs }
    const subject = `correction/${id}`
    await writeAudit(tx, context, { program, actor: by, act: 'correction.started', subject, detail })
  })
  return await readCorrection(context, program, id)
}

/** From when on, and by which version it is posted: by this one where it reaches back so far, else by the next. */
function requireSense(
  versions: readonly VersionRow[],
  version: number,
  from: string,
  now: number,
): { readonly fromAt: number; readonly postsAs: number } {
  const latest = versions.findLast(isForAll)
  if (latest === undefined) throw new Problem('no-program')
  const judging = versions.find((row) => row.version === version)
  if (judging === undefined) throw new Problem('unknown-version')
  if (!isForAll(judging)) throw new Problem('version-on-trial')
  const { zone, late } = programOfVersion(latest)
  const fromAt = from.includes('T') ? Date.parse(from) : instantOf(zone, Date.parse(from))
  if (fromAt >= now) throw new Problem('correction-too-late')
  refuseBefore(fromAt, firstAt, 'Nothing is recorded of an earlier time.')
  refuseBefore(fromAt, Math.min(...versions.map((row) => startIn(row.in_force_from))), 'The program begins then.')
  const { historyFrom } = late
  if (historyFrom !== null) {
    const detail = `The past is open from ${localText(historyFrom)} on (late.historyFrom).`
    refuseBefore(fromAt, instantOf(zone, historyFrom), detail)
  }
  if (startIn(judging.in_force_from) > now) throw new Problem('version-not-begun')
  if (startIn(judging.in_force_from) <= fromAt) return { fromAt, postsAs: version }
  // Published again it would stand before all that has begun since. What is still to begin is published after it.
  const ruling = rulingRow(versions, now)
  if (judging !== ruling) throw new Problem('version-overtaken', { extensions: { latest: ruling?.version ?? version } })
  const pilot = runningPilot(versions)
  if (pilot !== undefined) throw new Problem('pilot-running', { extensions: { pilot: pilot.begun.version } })
  return { fromAt, postsAs: versions.length + 1 }
}

function refuseBefore(fromAt: number, first: number, detail: string): void {
  if (fromAt >= first) return
  throw new Problem('correction-too-early', { detail, extensions: { from: new Date(first).toISOString() } })
}

import { type PilotMoved, Problem } from '@laurel/contract'
import { type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type PilotAct, type PilotOfProgram, pilotsIn, rulingRow } from '../programs/pilots.ts'
import type { VersionRow } from '../programs/queries.ts'
import { type ProgramContext, startIn, WHOLE } from '../programs/timeline.ts'
import { lockVersions, needsApproval, writeVersion } from '../publishing/add-version.ts'
import { again, type RestoredRow } from '../publishing/restore-version.ts'
import { consentToTrial } from '../publishing/review-draft.ts'
import { fallBack } from './fall-back.ts'
import { readPilot } from './read-pilots.ts'

/** A pilot, and the latest version as whoever asks knows it: sent twice, a step is taken once. */
export interface PilotToMove {
  readonly pilot: number
  readonly after: number
  readonly note: string
}

/** What is published to take a step, and to whom. */
interface Step extends RestoredRow {
  readonly act: Exclude<PilotAct, 'begun'>
  readonly share: number
  readonly approvedBy: string | null
}

/** Lets more members in, or all: then what was on trial is the version for all (PIL-2). */
export async function widenPilot(
  context: ProgramContext,
  actor: Actor,
  asked: PilotToMove & { readonly share: number },
): Promise<PilotMoved> {
  const { share } = asked
  const act = share === WHOLE ? 'for-all' : 'widened'
  const isAsked = (step: PilotOfProgram['steps'][number]) => step.act === act && step.share === share
  return await move(context, actor, asked, isAsked, async (tx, pilot, versions, nowText) => {
    const most = WHOLE - pilot.holdout
    if (share <= pilot.share || (share > most && share < WHOLE)) {
      throw new Problem('pilot-share', { extensions: { share: pilot.share, most } })
    }
    const { begun } = pilot
    const approvedBy = needsApproval(versions) ? await consentToTrial(tx, actor, begun.version) : null
    // One that is still to begin does so at its own moment.
    const from = startIn(begun.in_force_from) > Date.parse(nowText) ? begun.in_force_from : nowText
    return { ...again(begun, from, null), act, share, approvedBy }
  })
}

/** Whoever was in it is judged by the version for all from now on, and keeps what was earned (PIL-5). */
export async function stopPilot(context: ProgramContext, actor: Actor, asked: PilotToMove): Promise<PilotMoved> {
  const isAsked = (step: PilotOfProgram['steps'][number]) => step.act === 'stopped'
  return await move(context, actor, asked, isAsked, async (_tx, pilot, versions, nowText) => {
    const ruling = rulingRow(versions, Date.parse(nowText))
    if (ruling === undefined) throw new Error('invariant: a pilot begins beside a version in force')
    return { ...fallBack(versions, pilot, ruling, nowText), act: 'stopped', share: pilot.share, approvedBy: null }
  })
}

async function move(
  context: ProgramContext,
  actor: Actor,
  { pilot: begun, after, note }: PilotToMove,
  isAsked: (step: PilotOfProgram['steps'][number]) => boolean,
  stepOf: (tx: Transaction, pilot: PilotOfProgram, versions: readonly VersionRow[], nowText: string) => Promise<Step>,
): Promise<PilotMoved> {
  const { program } = actor
  const { version, repeated } = await transaction(context.database.application, async (tx) => {
    const versions = await lockVersions(tx, context, program)
    const latest = versions.length
    const pilot = pilotsIn(versions).find((each) => each.begun.version === begun)
    if (pilot === undefined) throw new Problem('unknown-pilot')
    const last = pilot.steps.at(-1)
    if (last !== undefined && last.version === after + 1 && latest === last.version && isAsked(last)) {
      return { version: latest, repeated: true }
    }
    if (pilot.status !== 'running') throw new Problem('pilot-over', { extensions: { ended: pilot.status } })
    if (latest !== after) throw new Problem('versions-moved-on', { extensions: { latest } })
    const nowText = new Date(context.now(program)).toISOString()
    const { act, share, approvedBy, ...restored } = await stepOf(tx, pilot, versions, nowText)
    const row: VersionRow = {
      ...restored,
      ...{ version: latest + 1, published_at: nowText, author: actor.name, note, approved_by: approvedBy },
      ...{ pilot: begun, share, holdout: pilot.holdout },
    }
    await writeVersion(tx, context, program, row, `pilot.${act}`)
    return { version: row.version, repeated: false }
  })
  await context.timelines.upTo(program, version)
  return { ...(await readPilot(context, program, begun)), repeated }
}

import { hash } from 'node:crypto'
import {
  addToDay,
  canonicalProgram,
  dayOf,
  dayText,
  linesOf,
  type Program,
  type Stranding,
  type Timeline,
} from '@laurel/engine'
import type { PilotOfProgram } from '../programs/pilots.ts'
import type { VersionRow } from '../programs/queries.ts'
import { localOf } from '../programs/zone.ts'
import { strandedIn } from '../publishing/check-transitions.ts'
import { programOfVersion } from '../publishing/compare-versions.ts'
import { again, type RestoredRow } from '../publishing/restore-version.ts'

/** Of a level that the version for all does not give them they keep as long as remedies propose: time enough to be told and to act. */
const LEVELS_KEPT = { months: 6, days: 0, ms: 0 }

/**
 * What members of a pilot fall back to: the document in force, and where the pilot gave them what that one does not know, or asks
 * more for, with a transition by which they keep it (TRN-1, PIL-5). Whoever stops a pilot that goes wrong has no time to write one.
 */
export function fallBack(
  versions: readonly VersionRow[],
  pilot: PilotOfProgram,
  ruling: VersionRow,
  nowText: string,
): RestoredRow {
  const program = programOfVersion(ruling)
  const now = Date.parse(nowText)
  const { document } = ruling
  const stranded = strandedIn(versions, { document, program, fromAt: now, publishedAt: now }, ofPilot(pilot))
  const kept = stranded.flatMap(({ stranding }) => stranding ?? [])
  if (kept.length === 0) return again(ruling, nowText, null)
  const through = dayText(addToDay(dayOf(localOf(program.zone, now)), LEVELS_KEPT))
  const before = programOfVersion(pilot.begun)
  const text = keeping(document, kept, (stranding) =>
    stranding.section === 'levels' ? levelKept(stranding, before, program, through) : 'keep',
  )
  const canonical = canonicalProgram(text)
  if (canonical === null) throw new Error('invariant: a document with transitions is a document')
  return {
    ...{ document: text, hash: hash('sha256', canonical), in_force_from: nowText, restores: null, withdraws: null },
  }
}

/** Nobody else falls back. */
const ofPilot =
  ({ begun }: PilotOfProgram) =>
  (timeline: Timeline): readonly Timeline[] =>
    linesOf(timeline).filter((line) =>
      line.some(({ pilot, fromAt }) => pilot?.begun === begun.version && Number.isFinite(fromAt)),
    )

/** The document as it lies there, in its canonical spelling, and what is kept. It counts from when it is published. */
function keeping(document: string, kept: readonly Stranding[], answerFor: (stranding: Stranding) => unknown): string {
  const { inForce: _inForce, ...written } = JSON.parse(canonicalProgram(document) ?? '{}')
  const transitions: Record<string, Record<string, unknown>> = { ...written.transitions }
  for (const stranding of kept) {
    const section = stranding.section === 'levels' ? 'tiers' : stranding.section
    transitions[section] = { ...transitions[section], [stranding.id]: answerFor(stranding) }
  }
  return JSON.stringify({ ...written, transitions }, null, 2)
}

/** The same level for a while, or where there is none of that name the next one below that is there. */
function levelKept({ id }: Stranding, before: Program, after: Program, through: string) {
  const [ladder, level] = id.split('/')
  const idsIn = ({ ladders }: Program) =>
    ladders.find((each) => each.id === ladder)?.levels.map((each) => each.id) ?? []
  const [were, are] = [idsIn(before), idsIn(after)]
  if (are.includes(level ?? '')) return { through }
  const below = were.slice(0, were.indexOf(level ?? '')).findLast((each) => are.includes(each))
  return { to: below ?? are[0], through }
}

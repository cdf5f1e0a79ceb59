import type { VersionRow } from './queries.ts'
import { startIn, WHOLE } from './timeline.ts'

/** A version on trial, as its publications tell it. */
export interface PilotOfProgram {
  /** The version that began it. */
  readonly begun: VersionRow
  readonly status: 'running' | 'stopped' | 'for-all'
  /** Percent of members: who are in it, or were last, and who stay out of it. */
  readonly share: number
  readonly holdout: number
  /** The publications that it consists of, oldest first. */
  readonly steps: readonly (VersionRow & { readonly act: PilotAct })[]
}

export type PilotAct = 'begun' | 'widened' | 'stopped' | 'for-all'

export const isForAll = ({ pilot, share }: VersionRow): boolean => pilot === null || share === WHOLE

/** Every pilot of a program, oldest first: none begins before the last one is over (PIL-3). */
export function pilotsIn(versions: readonly VersionRow[]): PilotOfProgram[] {
  return versions.flatMap((begun): PilotOfProgram[] => {
    const { holdout } = begun
    if (begun.pilot !== begun.version || holdout === null) return []
    const steps = versions.flatMap((row) =>
      row.pilot === begun.version ? [{ ...row, act: actOf(row, begun.version) }] : [],
    )
    const shares = steps.flatMap(({ act, share }) => (act === 'for-all' ? [] : (share ?? [])))
    const last = steps.at(-1)?.act
    const status = last === 'stopped' || last === 'for-all' ? last : 'running'
    return [{ begun, status, share: shares.at(-1) ?? 0, holdout, steps }]
  })
}

/** What stops it publishes something else than what is on trial. */
function actOf({ version, restores, share }: VersionRow, begun: number): PilotAct {
  if (version === begun) return 'begun'
  if (restores !== begun) return 'stopped'
  return share === WHOLE ? 'for-all' : 'widened'
}

export const runningPilot = (versions: readonly VersionRow[]): PilotOfProgram | undefined =>
  pilotsIn(versions).find(({ status }) => status === 'running')

/** The version that is in force for all; undefined: none has begun. */
export const rulingRow = (versions: readonly VersionRow[], now: number): VersionRow | undefined =>
  versions.findLast((row) => isForAll(row) && startIn(row.in_force_from) <= now)

import { compileAccepted, type Finding, localText, type Program, positionIn } from '@laurel/engine'
import { startIn } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'

/** A version as it lies in the database, as far as the next one is compared with it. */
export interface EarlierVersion {
  readonly version: number
  readonly document: string
  readonly hash: string
  /** Null: always. */
  readonly in_force_from: string | null
}

export interface NextVersion {
  readonly document: string
  readonly hash: string
  readonly program: Program
  /** Instants; the start may be minus infinity. */
  readonly fromAt: number
  readonly publishedAt: number
}

/** A finding that only the versions before make. */
export type VersionFinding = Omit<Finding, 'code'> & {
  readonly code:
    | 'version-rewrites'
    | 'version-again'
    | 'version-since-past'
    | 'version-displaces'
    | 'transition-missing'
    | 'transition-unneeded'
    | 'pilot-shared'
  /** How many members it concerns, and with how much (smallest units, or vouchers); `isAtLeast`: there may be more. */
  readonly concerns?: { readonly members: number; readonly amount: number | null; readonly isAtLeast: boolean }
}

/** The program of a version that is published. */
export function programOfVersion({ document, version, hash }: EarlierVersion): Program {
  const { program } = compileAccepted(document, { version, hash })
  // It compiled when it was published; documents of older releases are upgraded by the compiler.
  if (program === null) throw new Error(`version ${version} no longer compiles`)
  return program
}

/** What members hold was written down in the zone, the currency, the scales and the kinds of earlier versions (TIME-1). */
export function rewritingsOf(last: Program, { document, program: next }: NextVersion): VersionFinding[] {
  const found: VersionFinding[] = []
  const change = (path: string, message: string, instead: string) =>
    found.push({ code: 'version-rewrites', severity: 'error', path, ...positionIn(document, path), message, instead })
  if (last.zone !== next.zone) change('zone', 'a version may not change the zone', `Write zone: ${last.zone}`)
  if (last.currency.code !== next.currency.code) {
    change('currency', 'a version may not change the currency', `Write currency: ${last.currency.code}`)
  }
  for (const asset of last.assets) {
    const kept = next.assets.find((candidate) => candidate.id === asset.id)
    const path = `assets.${asset.id}`
    if (kept === undefined) continue
    if (kept.scale !== asset.scale)
      change(path, 'a version may not change the decimals of an asset', `Keep ${asset.scale} decimals`)
    else if (kept.kind !== asset.kind)
      change(path, 'a version may not change what an asset is', `Write kind: ${asset.kind}`)
  }
  for (const { id, asset } of last.pools.values()) {
    const kept = next.pools.get(id)
    if (kept === undefined || kept.asset === asset) continue
    change(
      `pools.${id}.of`,
      'a version may not change what a pool holds',
      `Write of: ${asset}, or give the pool another id`,
    )
  }
  return found
}

/** What whoever publishes may not expect of the versions that are there already (EVT-3). */
export function remarksOn(earlier: readonly EarlierVersion[], next: NextVersion): VersionFinding[] {
  if (earlier.length === 0) return []
  const { document, program, fromAt, publishedAt } = next
  const found: VersionFinding[] = []
  const say = (code: VersionFinding['code'], severity: Finding['severity'], message: string, instead: string) =>
    found.push({ code, severity, path: 'inForce.from', ...positionIn(document, 'inForce.from'), message, instead })
  const shown = (at: number) => localText(localOf(program.zone, at)).slice(0, 16)

  const same = earlier.findLast(({ hash }) => hash === next.hash)
  if (same !== undefined) say('version-again', 'note', `it is the document of version ${same.version} once more`, '')
  if (fromAt < publishedAt) {
    const since = fromAt === Number.NEGATIVE_INFINITY ? 'always' : `since ${shown(fromAt)}`
    const message = `it counts ${since}: what is decided stays as it is, but what arrives late is judged by it`
    say('version-since-past', 'note', message, 'Leave inForce out, and it counts from its publication')
  }
  for (const { version, in_force_from } of earlier) {
    const begins = startIn(in_force_from)
    if (begins <= publishedAt || begins < fromAt) continue
    const message = `version ${version}, which was to begin at ${shown(begins)}, never will: of two that have begun, the one published last counts`
    say('version-displaces', 'warning', message, `Publish the document of version ${version} again after this one`)
  }
  return found
}

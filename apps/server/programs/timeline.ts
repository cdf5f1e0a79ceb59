import {
  beginningForNobody,
  type LocalTime,
  latestOf,
  linesOf,
  type Offer,
  type Program,
  type Timeline,
  type TimelineEntry,
  versionAt,
} from '@laurel/engine'
import type { Context } from '../context.ts'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { programIds, type VersionRow, versionsOfProgram, versionsPublished } from './queries.ts'
import { instantOf, localOf } from './zone.ts'

/** Turns a stored document into the form that the engine runs: `compileAccepted` of the engine. */
export type Compile = (
  text: string,
  published: { readonly version: number; readonly hash: string },
) => { readonly program: Program | null }

/** All published versions of one program, compiled. */
export interface ProgramTimeline {
  readonly timeline: Timeline
  /** The last published of those for all, which need not have begun: for what no version may change, such as zone and currency. */
  readonly latest: Program
  readonly versions: number
}

/**
 * The program that rules an instant, by what is published `now` (EVT-3): its policies say what arrives then, what it declares
 * is what there is. Before any has begun it is the last published of those for all.
 */
export const rulingAt = (
  { timeline, latest }: Pick<ProgramTimeline, 'timeline' | 'latest'>,
  at: number,
  now = at,
): Program => versionAt(timeline, at, now)?.program ?? latest

/** Whatever rules somebody at an instant: first the program for all, then those on trial. */
export const rulingSomebody = ({ timeline, latest }: ProgramTimeline, at: number, now = at): readonly Program[] =>
  linesOf(timeline).map((line) => rulingAt({ timeline: line, latest }, at, now))

/** An offer that there is now, for all or for those in a pilot. */
export const offeredBy = (found: ProgramTimeline, offer: string, now: number): Offer | undefined =>
  rulingSomebody(found, now).flatMap(({ offers }) => offers.get(offer) ?? [])[0]

/** A context whose programs are at hand. */
export interface ProgramContext extends Context {
  readonly timelines: Timelines
}

export interface Timelines {
  /** The program as this server last read it; null: no version is published. */
  of(program: string): Promise<ProgramTimeline | null>
  /** The same, read anew unless it has this many versions: the number comes from the database. */
  upTo(program: string, versions: number): Promise<ProgramTimeline | null>
  /** Ids of all programs with a version. */
  ids(): Promise<string[]>
}

/** Readers ask for the number of versions this seldom; a preview may be so much behind another server's publication. */
const readersTrustForMs = 2_000

/**
 * Compiled programs, kept for ever: a published version never changes, so all that can be stale is how many there are. The
 * recorder reads that number with each batch, so what one server publishes, all decide by from their next batch on.
 */
export function createTimelines(
  context: { readonly database: Pick<Context['database'], 'application'> } & Pick<Context, 'noteClock'>,
  compile: Compile,
): Timelines {
  const byProgram = new Map<string, Promise<ProgramTimeline | null>>()
  const checkedAt = new Map<string, number>()

  const read = (program: string): Promise<ProgramTimeline | null> => {
    const reading = rowsOf(context.database.application, versionsOfProgram(program)).then((rows) =>
      timelineOf(rows, compile),
    )
    byProgram.set(program, reading)
    // A failure, and a program that is not there yet, are asked for again.
    const forget = () => {
      if (byProgram.get(program) === reading) byProgram.delete(program)
    }
    reading.then((found) => {
      if (found === null) forget()
    }, forget)
    return reading
  }
  const upTo = async (program: string, versions: number) => {
    const known = await (byProgram.get(program) ?? read(program))
    return known !== null && known.versions >= versions ? known : await read(program)
  }

  return {
    upTo,
    async of(program) {
      const last = checkedAt.get(program)
      const known = byProgram.get(program)
      const now = performance.now()
      if (known !== undefined && last !== undefined && now - last < readersTrustForMs) return await known
      checkedAt.set(program, now)
      const published = await rowOf(context.database.application, versionsPublished(program))
      if (published?.clock != null) {
        context.noteClock(program, Date.parse(published.clock))
        // Each look at a sandbox is a look at its clock.
        checkedAt.delete(program)
      }
      return await upTo(program, published?.versions ?? 0)
    },
    async ids() {
      return (await rowsOf(context.database.application, programIds())).map((row) => row.id)
    },
  }
}

export function timelineOf(rows: readonly VersionRow[], compile: Compile): ProgramTimeline | null {
  const timeline = rows.map((row) => entryOf(row, compile))
  const latest = latestOf(timeline)
  return latest === undefined ? null : { timeline, latest, versions: timeline.length }
}

function entryOf(row: VersionRow, compile: Compile): TimelineEntry {
  const { document, version, hash, published_at, in_force_from, restores, pilot, share } = row
  const { program } = compile(document, { version, hash })
  // It compiled when it was published; documents of older releases are upgraded by the compiler.
  if (program === null) throw new Error(`version ${version} with hash ${hash} no longer compiles`)
  const publishedAt = Date.parse(published_at)
  // The document of one that is there again says when it counted the first time; the row, when it counts now.
  const begins =
    restores === null ? entryIn(program, publishedAt) : entryAgain(program, startIn(in_force_from), publishedAt)
  if (pilot === null || share === null || share === WHOLE) return begins
  const { fromAt, fromLocal } = begins
  const whom = { begun: pilot, share: { numerator: share, denominator: WHOLE }, fromAt, fromLocal }
  const isOnTrial = version === pilot || restores === pilot
  const onTrial = isOnTrial ? whom : ({ ...whom, fallsBack: true } as const)
  return { ...beginningForNobody(begins), pilot: onTrial }
}

/** Shares of members are stored as percentages. */
export const WHOLE = 100

/** The start of a version as it is stored: null is always. */
export const startIn = (inForceFrom: string | null): number =>
  inForceFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(inForceFrom)

/**
 * A version that is there again, with a start of its own, whatever its document says: from its publication on, or later. Where that
 * is over, it is there to correct (COR-2).
 */
export const entryAgain = (program: Program, fromAt: number, publishedAt: number): TimelineEntry => ({
  ...entryIn(program, publishedAt),
  fromAt,
  fromLocal: Number.isFinite(fromAt) ? localOf(program.zone, fromAt) : fromAt,
  ...(fromAt < publishedAt ? { corrects: true as const } : null),
})

/** Versions that will begin: those that no later one with an earlier start stands before. While a pilot runs there is none (PIL-3). */
export const waitingIn = <Version extends Pick<TimelineEntry, 'fromAt'>>(
  versions: readonly Version[],
  now: number,
): Version[] =>
  versions.filter(
    ({ fromAt }, index) =>
      // What is on trial begins for nobody else.
      Number.isFinite(fromAt) && fromAt > now && !versions.slice(index + 1).some((later) => later.fromAt <= fromAt),
  )

/** Of a program that has never been any other: as if it had been published before everything. */
export const onlyVersion = (program: Program): ProgramTimeline => ({
  timeline: [entryIn(program, 0)],
  latest: program,
  versions: 1,
})

/** When a version rules (EVT-3): a first one that does not say is in force always, a later one from its publication on. */
export function entryIn(program: Program, publishedAt: number): TimelineEntry {
  const publishedLocal = localOf(program.zone, publishedAt)
  const from = startOf(program, publishedLocal)
  return {
    program,
    fromAt: from === Number.NEGATIVE_INFINITY ? from : instantOf(program.zone, from),
    fromLocal: from,
    publishedAt,
    publishedLocal,
  }
}

function startOf(program: Program, publishedLocal: LocalTime): LocalTime {
  if (program.inForceFrom === 'always') return Number.NEGATIVE_INFINITY
  if (program.inForceFrom !== null) return program.inForceFrom
  return program.version === 1 ? Number.NEGATIVE_INFINITY : publishedLocal
}

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BacktestReport } from '@laurel/contract'
import { type Assumption, ENGINE_REVISION, mergeBacktested, type Program, reportOf } from '@laurel/engine'
import { monthsWithout, type PartResult } from '@laurel/server'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText, unreadable } from '../files.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { openProgress } from '../terminal/progress.ts'
import { decideFiles } from './decide-files.ts'
import { PARTS } from './parts.ts'
import { rejectionsMax, type Spooled } from './spool-history.ts'
import { spoolInThread } from './spool-thread.ts'

/** A history in a file, and how it is to be lived again. */
export interface FileBacktest {
  readonly events: string
  readonly mapping?: string
  readonly ran?: string
  readonly assume: Assumption
  /** Instant; absent: the last event. */
  readonly until?: number
  readonly few: number
  readonly workers: number
  readonly resume?: string
}

/** Lives a history in a file again under each program; the first is what the others are compared with. Nothing is left behind. */
export async function backtestFile(
  drafts: readonly string[],
  options: FileBacktest,
  interrupted: AbortSignal,
): Promise<BacktestReport> {
  const candidates = candidatesIn(options.ran === undefined ? drafts : [options.ran, ...drafts])
  const [first] = candidates
  if (first === undefined) throw new Error('invariant: there is a program')
  const { folder, kept } = workIn(options, candidates)
  try {
    const { spooled, now } = kept ?? (await beginIn(folder, options, first.program, interrupted))
    if (interrupted.aborted) throw wasInterrupted()
    const until = options.until ?? lastInstant(spooled, now)
    const progress = openProgress('deciding', PARTS, 'parts')
    const parts = await decideFiles({
      folder,
      order: { documents: candidates.map(({ text }) => text), assumption: options.assume, until, now },
      workers: options.workers,
      interrupted,
      onPart: progress.reach,
    })
    progress.finish()
    const total = summed(parts)
    if (total.events === total.rejected + total.leftOut) throw nothingUsable(options.events, total)
    const { code, exponent } = first.program.currency
    return {
      events: total.events,
      repeated: total.repeated,
      rejected: total.rejected + spooled.rejected,
      rejections: [...spooled.rejections, ...total.rejections].slice(0, rejectionsMax),
      leftOut: total.leftOut,
      refundsAlone: { ...total.refundsAlone, first: [...total.refundsAlone.first] },
      gaps: monthsWithout(upTo(spooled.ordersByMonth, until)),
      assumption: options.assume,
      until: new Date(until).toISOString(),
      fewPercent: options.few,
      currency: { code, exponent },
      reproduction: null,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      candidates: candidates.flatMap(({ name, program: of }, index) => {
        const backtested = total.backtested[index]
        return backtested ? [{ name, program: of.id, report: reportOf(of, backtested, options.few) }] : []
      }),
    }
  } finally {
    if (options.resume === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** All of them must be in order, of one currency and by one clock: else what they come to cannot be compared. */
function candidatesIn(given: readonly string[]) {
  const candidates = given.map((name) => {
    const file = programFileOf(name)
    return { name, program: readProgramFile(file), text: readText(file) }
  })
  const [first] = candidates
  for (const { name, program } of candidates) {
    if (first === undefined) break
    for (const [what, own, its] of [
      ['currency', program.currency.code, first.program.currency.code],
      ['zone', program.zone, first.program.zone],
    ] as const) {
      if (own === its) continue
      throw new CommandFailure(exitCodes.usage, `its ${what} is ${own}, that of ${first.name} is ${its}`, {
        place: name,
        remedy: `compare programs of one ${what}`,
      })
    }
  }
  return candidates
}

/** A history that is divided, and when that was: what is from the future stays so when the work goes on. */
interface Begun {
  readonly spooled: Spooled
  readonly now: number
}

/**
 * Who wrote what lies in a folder that is kept: results of two engines never add up, and results of another form cannot be read.
 * `form` grows by one with each change of what lies there.
 */
const writer = { engine: ENGINE_REVISION, form: 2 } as const

/** Where the work is done: in a folder of its own that goes with it, or in one that was asked for and stays. */
function workIn(options: FileBacktest, candidates: ReturnType<typeof candidatesIn>) {
  const { resume, events, mapping, assume, until } = options
  if (resume === undefined) return { folder: mkdtempSync(path.join(tmpdir(), 'laurel-backtest-')), kept: null }
  makeFolder(resume)
  const { size, mtimeMs } = statOf(events)
  const asked = JSON.stringify({
    ...writer,
    ...{ events: path.resolve(events), size, mtimeMs, mapping: mapping && readText(mapping), assume, until },
    documents: candidates.map(({ text }) => text),
  })
  const named = path.join(resume, 'asked.json')
  if (!existsSync(named)) {
    if (readdirSync(resume).length > 0) throw notOurs(resume, 'there is something else in it')
    writeFileSync(named, asked)
  } else {
    const kept = readFileSync(named, 'utf8')
    if (!isOfWriter(kept)) {
      throw notOurs(resume, 'it was begun by another version of Laurel, whose results do not go with those of this one')
    }
    if (kept !== asked) throw notOurs(resume, 'it holds the work of another command')
  }
  const begun = path.join(resume, 'begun.json')
  const kept = existsSync(begun) ? (JSON.parse(readFileSync(begun, 'utf8')) as Begun) : null
  return { folder: resume, kept }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const isFile = existsSync(folder)
    const why = isFile ? 'it is no folder' : `cannot be made: ${error instanceof Error ? error.message : error}`
    const remedy = isFile ? 'name a folder that is empty, or not there yet' : 'check the path'
    throw new CommandFailure(exitCodes.usage, why, { place: `--resume ${folder}`, remedy, cause: error })
  }
}

function isOfWriter(asked: string): boolean {
  try {
    const { engine, form } = JSON.parse(asked)
    return engine === writer.engine && form === writer.form
  } catch {
    return false // killed while it was written
  }
}

const notOurs = (folder: string, why: string) =>
  new CommandFailure(exitCodes.usage, why, { place: folder, remedy: 'name another folder, or remove this one' })

function statOf(file: string) {
  try {
    return statSync(file)
  } catch (error) {
    throw unreadable(error, file)
  }
}

async function beginIn(
  folder: string,
  { events, mapping }: FileBacktest,
  { id: program, currency: { code } }: Program,
  interrupted: AbortSignal,
): Promise<Begun> {
  const task = { events, mapping, folder, own: { code, program } }
  const begun = { spooled: await spoolInThread(task, interrupted), now: Date.now() }
  // Only now: half a spool is written anew.
  writeFileSync(path.join(folder, 'begun.json'), JSON.stringify(begun))
  return begun
}

const lastInstant = ({ last }: Spooled, now: number): number => (last === null ? now : Math.min(Date.parse(last), now))

const summed = (parts: readonly PartResult[]): PartResult =>
  parts.reduce((a, b) => ({
    backtested: mergeBacktested(a.backtested, b.backtested),
    events: a.events + b.events,
    repeated: a.repeated + b.repeated,
    rejected: a.rejected + b.rejected,
    rejections: [...a.rejections, ...b.rejections].slice(0, rejectionsMax),
    leftOut: a.leftOut + b.leftOut,
    refundsAlone: {
      count: a.refundsAlone.count + b.refundsAlone.count,
      first: [...a.refundsAlone.first, ...b.refundsAlone.first].slice(0, rejectionsMax),
    },
  }))

function upTo(ordersByMonth: Spooled['ordersByMonth'], until: number): Spooled['ordersByMonth'] {
  const last = new Date(until).toISOString().slice(0, 7)
  return Object.fromEntries(Object.entries(ordersByMonth).filter(([month]) => month <= last))
}

const nothingUsable = (file: string, { events, rejections, leftOut }: PartResult) =>
  new CommandFailure(
    exitCodes.usage,
    events === 0
      ? 'there is no event in it'
      : events === leftOut
        ? 'all of its events are after --until'
        : `none of its events can be used: ${rejections[0] ?? ''}`,
    {
      place: file,
      remedy:
        events > 0 && events === leftOut
          ? 'name a later end, or leave out --until'
          : 'check that the file and the program that ran belong together',
    },
  )

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import type { BacktestReport } from '@laurel/contract'
import { ASSUMPTIONS, type Assumption, LANGUAGES, type Language, mergeSimulated, reportOf } from '@laurel/engine'
import { monthsWithout, type PartResult } from '@laurel/server'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { backtestText } from '../backtest/backtest-text.ts'
import { decideFiles } from '../backtest/decide-files.ts'
import { PARTS } from '../backtest/parts.ts'
import { rejectionsMax, type Spooled } from '../backtest/spool-history.ts'
import { spoolInThread } from '../backtest/spool-thread.ts'
import { checkDestinations, writeReport } from '../backtest/write-report.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText, unreadable } from '../files.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { listenForInterruption, wasInterrupted } from '../terminal/interruption.ts'
import { openProgress } from '../terminal/progress.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface BacktestOptions extends CommonOptions {
  readonly events: string
  readonly mapping?: string
  readonly ran?: string
  readonly assume: Assumption
  readonly until?: string
  readonly few: number
  readonly workers: number
  readonly resume?: string
  readonly csv?: string
  readonly report?: string
  readonly language: Language
}

export function addBacktest(program: Command) {
  program
    .command('backtest')
    .summary('see what a draft would have cost')
    .description(
      'Lives a history again under one or several drafts and says what each comes to: points and their worth, tiers, what is out of ' +
        'reach, and who gains and loses against the program that ran. Nothing is stored.',
    )
    .argument('<drafts...>', 'program documents, or their folders')
    .requiredOption('--events <file>', 'NDJSON as POST /v1/events takes it, or with --mapping a CSV; also .gz')
    .option('--mapping <file>', 'how the columns of the CSV become orders and refunds')
    .option('--ran <program>', 'the program that ran, to compare with; the first draft where nothing is said')
    .addOption(
      new Option(
        '--assume <what>',
        'what members do with their points: ask for what they asked for, nothing, or take the cheapest at once',
      )
        .choices([...ASSUMPTIONS])
        .default('as-asked'),
    )
    .option('--until <instant>', 'let time pass up to here; the last event where nothing is said')
    .option('--few <percent>', 'what fewer members reach or come near to is out of reach', countIn(0, 100), 10)
    .option('--workers <number>', 'how many threads', countIn(1, 64), availableParallelism())
    .option('--resume <folder>', 'keep what is done there, and go on from it when the same command is given again')
    .option('--csv <folder>', 'write each table of the report to a CSV in this folder')
    .option('--report <place>', 'write a page: a file that ends in .html, or a folder that gets the charts as PNG, too')
    .addOption(new Option('--language <language>', 'of the page').choices([...LANGUAGES]).default('en'))
    .option(...jsonOption)
    .action((drafts: readonly string[], options: BacktestOptions) =>
      run('backtest', options, async (terminal) => {
        const interrupted = listenForInterruption()
        const candidates = candidatesIn(options.ran === undefined ? drafts : [options.ran, ...drafts])
        checkDestinations(options)
        const { folder, kept } = workIn(options, candidates)
        try {
          const { spooled, now } = kept ?? (await beginIn(folder, options, interrupted))
          if (interrupted.aborted) throw wasInterrupted()
          const until = options.until === undefined ? lastInstant(spooled, now) : instantIn(options.until)
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
          if (total.events === total.rejected) throw nothingUsable(options.events, total)
          const [first] = candidates
          if (first === undefined) throw new Error('invariant: there is a program')
          const { code, exponent } = first.program.currency
          const report: BacktestReport = {
            events: total.events,
            repeated: total.repeated,
            rejected: total.rejected + spooled.rejected,
            rejections: [...spooled.rejections, ...total.rejections].slice(0, rejectionsMax),
            gaps: monthsWithout(spooled.ordersByMonth),
            assumption: options.assume,
            until: new Date(until).toISOString(),
            fewPercent: options.few,
            currency: { code, exponent },
            reproduction: null,
            peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
            candidates: candidates.flatMap(({ name, program: of }, index) => {
              const simulated = total.simulated[index]
              return simulated ? [{ name, program: of.id, report: reportOf(of, simulated, options.few) }] : []
            }),
          }
          const written = await writeReport(report, options, terminal.note)
          terminal.result(report, () =>
            [backtestText(report), ...(written.length === 0 ? [] : ['', `written: ${written.join(', ')}`])].join('\n'),
          )
          return report.rejected > 0 || report.gaps.length > 0 ? exitCodes.findings : exitCodes.ok
        } finally {
          if (options.resume === undefined) rmSync(folder, { recursive: true, force: true })
        }
      }),
    )
}

const countIn = (least: number, most: number) => (text: string) => {
  const count = Number(text)
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw new InvalidArgumentError(`a whole number from ${least} to ${most}.`)
}

/** As many as a chart tells apart. */
const candidatesMax = 5

/** All of them must be in order, of one currency and by one clock: else what they come to cannot be compared. */
function candidatesIn(given: readonly string[]) {
  if (given.length > candidatesMax) {
    throw new CommandFailure(exitCodes.usage, `${given.length} programs are too many to be told apart`, {
      remedy: `compare at most ${candidatesMax} at a time`,
    })
  }
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

/** Where the work is done: in a folder of its own that goes with it, or in one that was asked for and stays. */
function workIn(options: BacktestOptions, candidates: ReturnType<typeof candidatesIn>) {
  const { resume, events, mapping, assume, until } = options
  if (resume === undefined) return { folder: mkdtempSync(path.join(tmpdir(), 'laurel-backtest-')), kept: null }
  mkdirSync(resume, { recursive: true })
  const { size, mtimeMs } = statOf(events)
  const asked = JSON.stringify({
    ...{ events: path.resolve(events), size, mtimeMs, mapping: mapping && readText(mapping), assume, until },
    documents: candidates.map(({ text }) => text),
  })
  const named = path.join(resume, 'asked.json')
  if (!existsSync(named)) {
    if (readdirSync(resume).length > 0) throw notOurs(resume, 'there is something else in it')
    writeFileSync(named, asked)
  } else if (readFileSync(named, 'utf8') !== asked) throw notOurs(resume, 'it holds the work of another command')
  const begun = path.join(resume, 'begun.json')
  const kept = existsSync(begun) ? (JSON.parse(readFileSync(begun, 'utf8')) as Begun) : null
  return { folder: resume, kept }
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

async function beginIn(folder: string, { events, mapping }: BacktestOptions, interrupted: AbortSignal): Promise<Begun> {
  const begun = { spooled: await spoolInThread({ events, mapping, folder }, interrupted), now: Date.now() }
  // Only now: half a spool is written anew.
  writeFileSync(path.join(folder, 'begun.json'), JSON.stringify(begun))
  return begun
}

const lastInstant = ({ last }: Spooled, now: number): number => (last === null ? now : Math.min(Date.parse(last), now))

function instantIn(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    throw new CommandFailure(exitCodes.usage, `"${text}" is no instant`, {
      place: '--until',
      remedy: 'write it with its offset, as 2026-03-14T09:26:53Z',
    })
  }
}

const summed = (parts: readonly PartResult[]): PartResult =>
  parts.reduce((a, b) => ({
    simulated: mergeSimulated(a.simulated, b.simulated),
    events: a.events + b.events,
    repeated: a.repeated + b.repeated,
    rejected: a.rejected + b.rejected,
    rejections: [...a.rejections, ...b.rejections].slice(0, rejectionsMax),
  }))

const nothingUsable = (file: string, { events, rejections }: PartResult) =>
  new CommandFailure(
    exitCodes.usage,
    events === 0 ? 'there is no event in it' : `none of its events can be used: ${rejections[0] ?? ''}`,
    { place: file, remedy: 'check that the file and the program belong together' },
  )

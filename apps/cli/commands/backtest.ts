import { availableParallelism } from 'node:os'
import type { BacktestReport } from '@laurel/contract'
import { ASSUMPTIONS, type Assumption, LANGUAGES, type Language } from '@laurel/engine'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { backtestFile } from '../backtest/backtest-file.ts'
import { backtestStored } from '../backtest/backtest-stored.ts'
import { backtestText } from '../backtest/backtest-text.ts'
import { checkDestinations, writeReport } from '../backtest/write-report.ts'
import { CommandFailure, type ExitCode, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { jsonOption, run } from './run.ts'

interface BacktestOptions extends LaurelOptions {
  readonly events?: string
  readonly mapping?: string
  readonly ran?: string
  readonly check?: true
  readonly assume: Assumption
  readonly until?: number
  readonly few: number
  readonly workers?: number
  readonly resume?: string
  readonly csv?: string
  readonly report?: string
  readonly language: Language
}

export function addBacktest(program: Command) {
  withLaurelOptions(program.command('backtest'))
    .summary('see what a draft would have cost')
    .description(
      'Lives a history again under one or several drafts and says what each comes to: points and their worth, tiers, what is out of ' +
        'reach, and who gains and loses against the program that ran. The history is what a Laurel has stored, or with --events a file.',
    )
    .argument('[drafts...]', 'program documents or their folders; of what is stored also ids of drafts')
    .option('--check', 'see whether what ran, lived again, comes to the stored ledger transfer by transfer')
    .option('--events <file>', 'NDJSON as POST /v1/events takes it, or with --mapping a CSV; also .gz')
    .option('--mapping <file>', 'how the columns of the CSV become orders and refunds')
    .option(
      '--ran <program>',
      'of a file: the program that ran, to compare with; the first draft where nothing is said',
    )
    .addOption(
      new Option(
        '--assume <what>',
        'what members do with their points: ask for what they asked for, nothing, or take the cheapest at once',
      )
        .choices([...ASSUMPTIONS])
        .default('as-asked'),
    )
    .option(
      '--until <instant>',
      'let time pass up to here; now, or the last event of a file, where nothing is said',
      instantIn,
    )
    .option('--few <percent>', 'what fewer members reach or come near to is out of reach', countIn(0, 100), 10)
    .option('--workers <number>', 'of a file: how many threads', countIn(1, 64))
    .option(
      '--resume <folder>',
      'of a file: keep what is done there, and go on from it when the same command is given again',
    )
    .option('--csv <folder>', 'write each table of the report to a CSV in this folder')
    .option('--report <place>', 'write a page: a file that ends in .html, or a folder that gets the charts as PNG, too')
    .addOption(new Option('--language <language>', 'of the page').choices([...LANGUAGES]).default('en'))
    .option(...jsonOption)
    .action((drafts: readonly string[], options: BacktestOptions) =>
      run('backtest', options, async (terminal) => {
        const interrupted = listenForInterruption()
        requireSense(drafts, options)
        checkDestinations(options)
        const { events } = options
        const report =
          events === undefined
            ? await backtestStored(drafts, options, interrupted)
            : await backtestFile(
                drafts,
                { workers: workersOf(availableParallelism()), ...options, events },
                interrupted,
              )
        const written = await writeReport(report, options, terminal.note)
        terminal.result(report, () =>
          [backtestText(report), ...(written.length === 0 ? [] : ['', `written: ${written.join(', ')}`])].join('\n'),
        )
        return exitOf(report, options)
      }),
    )
}

/** Each holds some 80 MB: four stay below half a gigabyte, on whatever machine. */
const workersOf = (cores: number): number => Math.min(4, cores)

/** What was asked for decides what a finding is. */
function exitOf({ rejected, gaps, reproduction }: BacktestReport, { check }: BacktestOptions): ExitCode {
  const differs = (reproduction?.differing ?? 0) > 0
  const isDoubtful = check === true ? false : rejected > 0 || gaps.length > 0
  return differs || isDoubtful ? exitCodes.findings : exitCodes.ok
}

/** As many as a chart tells apart. */
const candidatesMax = 5

/** Options of the one history say nothing of the other. */
function requireSense(drafts: readonly string[], options: BacktestOptions): void {
  const { events, check, ran } = options
  const fail = (message: string, place: string, remedy: string) => {
    throw new CommandFailure(exitCodes.usage, message, { place, remedy })
  }
  const stranger = (['mapping', 'ran', 'workers', 'resume'] as const).find((name) => options[name] !== undefined)
  if (events === undefined && stranger !== undefined) {
    fail('only a history in a file has it', `--${stranger}`, 'name the file with --events, or leave it out')
  }
  if (events !== undefined && check === true) fail('a file holds no ledger', '--check', 'leave out --events')
  if (drafts.length === 0 && check !== true) fail('no draft is named', 'drafts', 'name one, or say --check')
  const candidates = drafts.length + (events === undefined || ran !== undefined ? 1 : 0)
  if (candidates > candidatesMax) {
    const most = candidatesMax - candidates + drafts.length
    fail(`${drafts.length} drafts are too many to be told apart`, 'drafts', `compare at most ${most} at a time`)
  }
}

const countIn = (least: number, most: number) => (text: string) => {
  const count = Number(text)
  if (Number.isInteger(count) && count >= least && count <= most) return count
  throw new InvalidArgumentError(`a whole number from ${least} to ${most}.`)
}

/** Without an offset it would go by the clock of this machine. */
function instantIn(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    throw new InvalidArgumentError('an instant has its offset, as 2026-03-14T09:26:53Z.')
  }
}

import type { Client, CorrectionAnswer } from '@laurel/contract'
import { type Command, InvalidArgumentError } from 'commander'
import { correctionLine, correctionText } from '../correct/correction-text.ts'
import { allCorrections, withTable } from '../correct/read-corrections.ts'
import { approveCorrection, lookAtCorrection } from '../correct/work-at-correction.ts'
import { CommandFailure, type ExitCode, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { jsonOption, run, versionIn } from './run.ts'

interface ShowOptions extends LaurelOptions {
  readonly csv?: string
}

interface StartOptions extends ShowOptions {
  readonly from?: string
  readonly version?: number
  readonly reason?: string
  readonly approve?: true
}

/** From a past date on another version should have judged: shown, approved, posted. */
export function addCorrect(program: Command) {
  const csv = ['--csv <file>', 'write what changes, member by member'] as const
  const correct = withLaurelOptions(program.command('correct'))
    .summary('judge the past by another version')
    .description(
      'A wrong rule was published. Shows what it takes to let the right version judge from a date on, member by member and in all; ' +
        'nothing is posted before "laurel correct approve".',
    )
    .enablePositionalOptions()
    .option('--from <date>', 'from when on: a day of the program, as 2026-03-01, or an instant with its offset', dateIn)
    .option('--version <number>', 'the version that should have judged', versionIn)
    .option('--reason <text>', 'why, as the books of every member say it for ever; no personal data')
    .option('--approve', 'approve it at once, where the program demands no second person')
    .option(...csv)
    .option(...jsonOption)
    .action((options: StartOptions) =>
      run('correct', options, (terminal) =>
        withCorrections(options, async (client, interrupted) => {
          const body = requireAll(options)
          const found = await withTable(client, options.csv, async () => {
            const shown = await lookAtCorrection(client, body, interrupted)
            const isApproved = options.approve === true && shown.status === 'shown'
            return isApproved ? await approveCorrection(client, shown.id, interrupted) : shown
          })
          return answer(terminal, found)
        }),
      ),
    )
  const each = (words: string, summary: string) =>
    withLaurelOptions(correct.command(words))
      .summary(summary)
      .option(...jsonOption)
  each('list', 'show every correction, latest first').action((options: LaurelOptions) =>
    run('correct list', options, (terminal) =>
      withCorrections(options, async (client) => {
        const corrections = await allCorrections(client)
        terminal.result({ corrections }, () => corrections.map(correctionLine).join('\n') || 'no corrections')
        return exitCodes.ok
      }),
    ),
  )
  each('show <id>', 'show what one would post, or how far it has come')
    .option(...csv)
    .action((id: string, options: ShowOptions) =>
      run('correct show', options, (terminal) =>
        withCorrections(options, async (client) => {
          const read = () => client.call('readCorrection', { path: { correction: id } })
          return answer(terminal, await withTable(client, options.csv, read))
        }),
      ),
    )
  each('approve <id>', 'post it as it was shown; as a second person where the program demands one').action(
    (id: string, options: LaurelOptions) =>
      run('correct approve', options, (terminal) =>
        withCorrections(options, async (client, interrupted) =>
          answer(terminal, await approveCorrection(client, id, interrupted)),
        ),
      ),
  )
  each('cancel <id>', 'give one up; what is posted stays').action((id: string, options: LaurelOptions) =>
    run('correct cancel', options, (terminal) =>
      withCorrections(options, async (client) => {
        const ended = await client.call('cancelCorrection', { path: { correction: id } })
        terminal.result(ended, () => correctionText(ended))
        return exitCodes.ok
      }),
    ),
  )
}

/** Whoever stops the command while something is worked at cancels it, and is told how far it had come. */
async function withCorrections(
  options: LaurelOptions,
  use: (client: Client, interrupted: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interrupted = listenForInterruption()
  const { withLaurel } = await import('../open-laurel.ts')
  const scopes = ['programs:read', 'programs:write', 'ledger:read'] as const
  const way = { endsItself: true } as const
  return await withLaurel(options, scopes, 'laurel correct', ({ client }) => use(client, interrupted), way)
}

function requireAll({ from, version, reason }: StartOptions) {
  if (from !== undefined && version !== undefined && reason !== undefined) return { from, version, reason }
  const place = from === undefined ? '--from' : version === undefined ? '--version' : '--reason'
  throw new CommandFailure(exitCodes.usage, 'it is not said what to correct', {
    place,
    remedy: 'npx laurel correct --from 2026-03-01 --version 5 --reason wrong-rate',
  })
}

function answer(terminal: Terminal, correction: CorrectionAnswer): ExitCode {
  terminal.result(correction, () => correctionText(correction))
  switch (correction.status) {
    case 'looking':
    case 'shown':
    case 'posting':
    case 'done':
      return exitCodes.ok
    case 'nothing':
    case 'cancelled':
    case 'failed':
      return exitCodes.findings
  }
}

function dateIn(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  try {
    if (isDay) Temporal.PlainDate.from(text)
    else Temporal.Instant.from(text)
    return text
  } catch {
    throw new InvalidArgumentError(
      'a day is written as 2026-03-01, an instant with its offset, as 2026-03-01T09:00:00Z.',
    )
  }
}

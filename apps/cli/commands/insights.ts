import { type ReportAnswer, type ReportName, reportNames } from '@laurel/contract'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { reportCsv, reportText, summaryText } from '../insights/report-text.ts'
import { runInsights } from '../insights/run-insights.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { jsonOption, run } from './run.ts'

interface InsightOptions extends LaurelOptions {
  readonly until?: string
  readonly margin?: string
  readonly csv?: true
  readonly table?: string
}

export function addInsights(program: Command) {
  withLaurelOptions(program.command('insights'))
    .summary('say what the records tell')
    .description(
      'Without a report: reads everything now, as a server does each night, and says what there is to be said. With one: prints it as ' +
        'the last reading has left it, with its tables.',
    )
    .addArgument(new Argument('[report]', 'which one').choices(reportNames))
    .option('--until <day>', 'of a reading: the last day to look at, as 2026-03-14; today where nothing is said', dayIn)
    .option('--margin <share>', 'for profit-and-loss: what remains of what is spent, as 0.4', shareIn)
    .option('--csv', 'print a table of the report as CSV')
    .option('--table <id>', 'which table; the first where nothing is said')
    .option(...jsonOption)
    .action((report: ReportName | undefined, options: InsightOptions) =>
      run('insights', options, async (terminal) => {
        requireSense(report, options)
        const interrupted = listenForInterruption()
        const { withLaurel } = await import('../open-laurel.ts')
        const { until, margin, csv, table } = options
        const query = margin === undefined ? {} : { margin }
        if (report !== undefined) {
          const found = await withLaurel(options, ['insights:read'], 'laurel insights', ({ client }) =>
            client.call('readReport', { path: { report }, query }),
          )
          if (csv === true) terminal.say(reportCsv(found, table).trimEnd())
          else terminal.result(found, () => reportText(found))
          return exitCodes.ok
        }
        const scopes = ['insights:read', 'insights:run'] as const
        const { read, reports } = await withLaurel(
          options,
          scopes,
          'laurel insights',
          async ({ client }) => {
            const read = await runInsights(client, until, interrupted, terminal.note)
            const reports: ReportAnswer[] = []
            for (const name of reportNames)
              reports.push(await client.call('readReport', { path: { report: name }, query }))
            return { read, reports }
          },
          { endsItself: true },
        )
        terminal.result({ run: read, reports }, () =>
          [
            ...reports.map((each) => `${summaryText(each)}\n`),
            `as of ${read.asOf}; each with its tables: npx laurel insights ${reportNames.join('|')}`,
          ].join('\n'),
        )
        return exitCodes.ok
      }),
    )
}

/** Options of a reading say nothing of a report, and the other way round. */
function requireSense(
  report: ReportName | undefined,
  { until, csv, table, json }: InsightOptions & { json?: true },
): void {
  const fail = (message: string, place: string, remedy: string) => {
    throw new CommandFailure(exitCodes.usage, message, { place, remedy })
  }
  if (report !== undefined && until !== undefined) {
    fail('a report says what the last reading has left', '--until', 'leave out the report to read anew')
  }
  if (report === undefined && csv === true) fail('no report is named', '--csv', 'name one')
  if (csv !== true && table !== undefined) fail('only a CSV is of one table', '--table', 'say --csv, too')
  if (csv === true && json === true)
    fail('one document is asked for twice', '--csv and --json', 'leave one of them out')
}

function dayIn(text: string): string {
  try {
    return Temporal.PlainDate.from(text).toString()
  } catch {
    throw new InvalidArgumentError('a day is written as 2026-03-14.')
  }
}

function shareIn(text: string): string {
  const share = Number(text)
  if (text !== '' && share >= 0 && share <= 1) return String(share)
  throw new InvalidArgumentError('a share lies between 0 and 1, as 0.4.')
}

import { BooksCheck, type BooksReport } from '@laurel/ledger'
import { type Command, Option } from 'commander'
import { exitCodes } from '../exit.ts'
import { readFileLines } from '../files.ts'
import { databaseOption, dataOption, type LaurelOptions } from '../laurel-options.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface VerifyOptions extends LaurelOptions {
  readonly export?: string
}

export function addVerify(program: Command) {
  program
    .command('verify')
    .summary('recompute the books and compare')
    .description('Recomputes every balance, lot, chain and root from the stored effects and names what disagrees.')
    .addOption(new Option('--export <file>', 'the books in this file (NDJSON, also .gz) instead of the database'))
    .option('--program-id <id>', 'which program, where the database holds several')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: VerifyOptions) =>
      run('verify', options, async (terminal) => {
        const report = options.export === undefined ? await verifyDatabase(options) : await verifyExport(options.export)
        return sayReport(terminal, report)
      }),
    )
}

async function verifyDatabase(options: VerifyOptions): Promise<BooksReport> {
  const { verifyLedger } = await import('@laurel/server')
  const { onlyProgram, withServer } = await import('../open-laurel.ts')
  return await withServer(
    options,
    async (server) => await verifyLedger(server.context, options.programId ?? (await onlyProgram(server))),
  )
}

async function verifyExport(file: string): Promise<BooksReport> {
  const check = new BooksCheck()
  for await (const line of readFileLines(file)) check.read(parsed(line))
  return check.finish()
}

/** What is no JSON is handed on as text: the check calls it malformed and names its line. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line
  }
}

function sayReport(terminal: Terminal, report: BooksReport) {
  terminal.result(report, () => {
    const { members, decisions, transfers } = report.checked
    const checked = `${countOf(members, 'member')}, ${countOf(decisions, 'decision')}, ${countOf(transfers, 'transfer')}`
    if (report.clean) return `${terminal.paint('green', 'clean')}: ${checked}`
    const faults = report.faults.map(
      ({ member, entry, code, message }) => `  ${member ?? 'the books'}: ${entry}: ${message} [${code}]`,
    )
    return [`${terminal.paint('red', 'not clean')}: ${checked}`, ...faults].join('\n')
  })
  return report.clean ? exitCodes.ok : exitCodes.findings
}

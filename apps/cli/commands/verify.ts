import { BooksCheck, type BooksReport, type PublishedRoot, publishedRootOf } from '@laurel/ledger'
import type { DecisionsAgain } from '@laurel/server'
import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readFileLines } from '../files.ts'
import { databaseOption, dataOption, type LaurelOptions } from '../laurel-options.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface VerifyOptions extends LaurelOptions {
  readonly export?: string
  readonly decisions?: true
  readonly roots?: string
}

export function addVerify(program: Command) {
  program
    .command('verify')
    .summary('recompute the books and compare')
    .description('Recomputes every balance, lot, chain and root from the stored effects and names what disagrees.')
    .addOption(new Option('--export <file>', 'the books in this file (NDJSON, also .gz) instead of the database'))
    .option('--roots <file>', 'also compare with the roots that were published to this file (NDJSON)')
    .option('--decisions', 'also decide every stored event again (database only)')
    .option('--program-id <id>', 'which program, where the database holds several')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: VerifyOptions) =>
      run('verify', options, async (terminal) => {
        const published = options.roots === undefined ? [] : await readRoots(options.roots)
        if (options.export === undefined) return say(terminal, await verifyDatabase(options, published))
        if (options.decisions !== true) {
          return say(terminal, { books: await verifyExport(options.export, published), again: null })
        }
        throw new CommandFailure(exitCodes.usage, 'an export holds no program to decide by', {
          place: '--decisions',
          remedy: 'leave out --export: the database has what it needs',
        })
      }),
    )
}

interface Verified {
  readonly books: BooksReport
  /** Null: it was not asked for. */
  readonly again: DecisionsAgain | null
}

async function verifyDatabase(options: VerifyOptions, published: readonly PublishedRoot[]): Promise<Verified> {
  const { decideAgain, verifyLedger } = await import('@laurel/server')
  const { programIn, withServer } = await import('../open-laurel.ts')
  return await withServer(options, async (server) => {
    const program = await programIn(server, options.programId)
    return {
      books: await verifyLedger(server.context, program, published),
      again: options.decisions === true ? await decideAgain(server.context, program) : null,
    }
  })
}

/** Roots as they left the house; a line that is none makes the whole file doubtful. */
async function readRoots(file: string): Promise<PublishedRoot[]> {
  const roots: PublishedRoot[] = []
  let number = 0
  for await (const line of readFileLines(file)) {
    number += 1
    const root = publishedRootOf(parsed(line))
    if (typeof root === 'string') {
      throw new CommandFailure(exitCodes.usage, `no published root: ${root}`, {
        place: `${file}:${number}`,
        remedy: 'mend the line, or leave it out if a crash has cut it off',
      })
    }
    roots.push(root)
  }
  return roots
}

async function verifyExport(file: string, published: readonly PublishedRoot[]): Promise<BooksReport> {
  const check = new BooksCheck(published)
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

function say(terminal: Terminal, { books, again }: Verified) {
  const clean = books.clean && again?.clean !== false
  terminal.result({ ...books, clean, ...(again === null ? {} : { decisions: again }) }, () => {
    const { members, decisions, transfers } = books.checked
    const checked = `${countOf(members, 'member')}, ${countOf(decisions, 'decision')}, ${countOf(transfers, 'transfer')}`
    const disagreements = books.disagreements.map(
      ({ member, entry, code, message }) => `  ${member ?? 'the books'}: ${entry}: ${message} [${code}]`,
    )
    return [`${verdict(terminal, books.clean)}: ${checked}`, ...disagreements, ...againText(terminal, again)].join('\n')
  })
  return clean ? exitCodes.ok : exitCodes.findings
}

const verdict = (terminal: Terminal, clean: boolean): string =>
  clean ? terminal.paint('green', 'clean') : terminal.paint('red', 'not clean')

function againText(terminal: Terminal, again: DecisionsAgain | null): string[] {
  if (again === null) return []
  const differences = again.differences.map(({ member, cause, rule, move, explainedBy }) => {
    const why = explainedBy === null ? '' : ` (since revision ${explainedBy.revision}: ${explainedBy.what})`
    return `  ${member}: ${cause}: ${rule} would move ${move.amount} ${move.asset} from ${move.from} to ${move.to}${why}`
  })
  return [
    `${verdict(terminal, again.clean)}: ${countOf(again.checked.decisions, 'decision')} decided again`,
    ...differences,
  ]
}

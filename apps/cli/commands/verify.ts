import { Problem, parseJson } from '@laurel/contract'
import { BooksCheck, type BooksReport, type PublishedRoot, publishedRootOf } from '@laurel/ledger'
import type { DecisionsAgain, Server } from '@laurel/server'
import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { linesOf, notUtf8, readFileLines } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface VerifyOptions extends LaurelOptions {
  readonly export?: string
  readonly decisions?: true
  readonly roots?: string
}

export function addVerify(program: Command) {
  withLaurelOptions(program.command('verify'))
    .summary('recompute the books and compare')
    .description('Recomputes every balance, lot, chain and root from the stored effects and names what disagrees.')
    .addOption(new Option('--export <file>', 'the books in this file (NDJSON, also .gz) instead of the database'))
    .option('--roots <file>', 'also compare with the roots that were published to this file (NDJSON)')
    .option('--decisions', 'also decide every stored event again (database only)')
    .option(...jsonOption)
    .action((options: VerifyOptions) =>
      run('verify', options, async (terminal) => {
        const published = options.roots === undefined ? [] : await readRoots(options.roots)
        if (options.export === undefined && options.url !== undefined) {
          return say(terminal, { books: await verifyRunning(options.url, options, published), again: null })
        }
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

/** Of another release, which may find what we do not know. */
interface Report extends Omit<BooksReport, 'disagreements'> {
  readonly disagreements: readonly (Omit<BooksReport['disagreements'][number], 'code'> & { readonly code: string })[]
}

interface Verified {
  readonly books: Report
  /** Null: it was not asked for. */
  readonly again: DecisionsAgain | null
}

/** It verifies by itself; what it cannot know, the roots that left the house, is compared here, with its books. */
async function verifyRunning(
  url: string,
  options: VerifyOptions,
  published: readonly PublishedRoot[],
): Promise<Report> {
  if (options.decisions === true) {
    throw new CommandFailure(exitCodes.usage, 'one that runs does not decide everything again', {
      place: '--decisions',
      remedy: 'stop it with Ctrl-C and leave out --url, or take a copy of its database',
    })
  }
  const { useRunning } = await import('../open-laurel.ts')
  return await useRunning(url, options, async ({ client }) => {
    if (published.length === 0) return await client.call('verifyLedger', {})
    const check = new BooksCheck(published)
    for await (const line of linesOf(client.lines('exportLedger', {}))) readInto(check, line)
    return check.finish()
  })
}

async function verifyDatabase(options: VerifyOptions, published: readonly PublishedRoot[]): Promise<Verified> {
  const { decideAgain, verifyLedger } = await import('@laurel/server')
  const { programIn, withServer } = await import('../open-laurel.ts')
  const use = async (server: Server): Promise<Verified> => {
    const program = await programIn(server, options.programId)
    return {
      books: await verifyLedger(server.context, program, published),
      again: options.decisions === true ? await decideAgain(server.context, program) : null,
    }
  }
  return await withServer(options, use, { takesUrl: options.decisions !== true, onlyReads: true })
}

/** Roots as they left the house; a line that is none makes the whole file doubtful. */
async function readRoots(file: string): Promise<PublishedRoot[]> {
  const roots: PublishedRoot[] = []
  let number = 0
  for await (const line of readFileLines(file)) {
    number += 1
    const parsed = parsedLine(line)
    const root = 'wrong' in parsed ? parsed.wrong : publishedRootOf(parsed.value)
    if (typeof root === 'string') {
      throw new CommandFailure(exitCodes.usage, `no published root: ${root}`, {
        place: `${file}:${number}`,
        remedy: 'mend the line, or leave it out if a crash has cut it off',
      })
    }
    roots.push(root)
  }
  if (roots.length > 0) return roots
  throw new CommandFailure(exitCodes.usage, 'it holds no root to compare with', {
    place: file,
    remedy: 'bring the file back from where it was kept; leave out --roots to verify the books by themselves',
  })
}

async function verifyExport(file: string, published: readonly PublishedRoot[]): Promise<BooksReport> {
  const check = new BooksCheck(published)
  for await (const line of readFileLines(file)) readInto(check, line)
  return check.finish()
}

function readInto(check: BooksCheck, line: string | null): void {
  const parsed = parsedLine(line)
  if ('wrong' in parsed) check.refuse(parsed.wrong)
  else check.read(parsed.value)
}

/** As a request is read: a record that says a key twice says two things. */
function parsedLine(line: string | null): { readonly value: unknown } | { readonly wrong: string } {
  if (line === null) return { wrong: notUtf8 }
  try {
    return { value: parseJson(line) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const errors = error.details.errors?.map(({ path, message }) => `${path} ${message}`)
    return { wrong: errors?.join(', ') ?? error.message }
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

import { existsSync } from 'node:fs'
import type { AdvanceAnswer, Client, SandboxAnswer } from '@laurel/contract'
import { type Command, InvalidArgumentError } from 'commander'
import { advanceSandbox } from '../advance-sandbox.ts'
import { allPages } from '../all-pages.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { listenForInterruption } from '../terminal/interruption.ts'
import { countOf } from '../terminal/terminal.ts'
import { jsonOption, run, versionIn } from './run.ts'

interface CreateOptions extends LaurelOptions {
  readonly as?: string
  readonly version?: number
  readonly starts?: string
}
interface AdvanceOptions extends LaurelOptions {
  readonly days?: number
  readonly to?: string
}

/** A program with a clock of its own. */
export function addSandbox(program: Command) {
  const sandbox = program
    .command('sandbox')
    .summary('try a program by a clock of its own')
    .description(
      'A sandbox is a program whose clock stands still until it is advanced: a year passes in one call. Nothing of it reaches the ' +
        'program that it is made of.',
    )
  const each = (words: string, summary: string) =>
    withLaurelOptions(sandbox.command(words))
      .summary(summary)
      .option(...jsonOption)

  each('create <program>', 'begin one, and show its key, once')
    .description(
      'Begins a sandbox with a document or its folder, or with a version of a program that is published, by its id.',
    )
    .option('--as <id>', 'id of the sandbox; that of the program and "-sandbox" where nothing is said')
    .option('--version <number>', 'of a program that is published: which version; the latest', versionIn)
    .option('--starts <instant>', 'what its clock shows at first; now', instantIn)
    .action((given: string, options: CreateOptions) =>
      run('sandbox create', options, async (terminal) => {
        const { of, document } = begunWith(given, options)
        const id = options.as ?? `${of}-sandbox`
        const { version, starts: startsAt } = options
        const said = { document, version, startsAt }
        const body = { id, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) }
        const way = document === undefined ? {} : ({ folder: 'new' } as const)
        const created = await withProgram(
          options,
          of,
          async (client) => {
            if (document === undefined) await requireProgramOfKey(client, of)
            const { repeated, ...there } = await client.call('createSandbox', { body })
            const path = { sandbox: there.id }
            return { ...there, repeated, key: repeated ? null : (await client.call('issueSandboxKey', { path })).key }
          },
          way,
        )
        terminal.result(created, () => created.key ?? lineOf(created))
        if (terminal.json) return exitCodes.ok
        terminal.note(
          created.repeated
            ? `It is there already; "npx laurel sandbox key ${id}" makes another key.`
            : `Keep it: it is not shown again. It opens ${id}, where it is ${created.clock}.`,
        )
        return exitCodes.ok
      }),
    )
  each('list', 'show the sandboxes of a program').action((options: LaurelOptions) =>
    run('sandbox list', options, async (terminal) => {
      const found = await withProgram(options, undefined, allSandboxes)
      terminal.result({ sandboxes: found }, () => found.map(lineOf).join('\n') || 'no sandboxes')
      return exitCodes.ok
    }),
  )
  each('key <sandbox>', 'make another key of a sandbox; the one before ends').action(
    (sandbox: string, options: LaurelOptions) =>
      run('sandbox key', options, async (terminal) => {
        const path = { sandbox }
        const issued = await withProgram(options, undefined, (client) => client.call('issueSandboxKey', { path }))
        terminal.result(issued, () => issued.key)
        if (!terminal.json) terminal.note('Keep it: it is not shown again, and the one before has ended.')
        return exitCodes.ok
      }),
  )
  each('show [sandbox]', 'say what time it is there').action((sandbox: string | undefined, options: LaurelOptions) =>
    run('sandbox show', options, async (terminal) => {
      const inside = insideOf(sandbox, options)
      const found = await withProgram(options, inside, (client) => sandboxOfKey(client, inside))
      terminal.result(found, () => lineOf(found))
      return exitCodes.ok
    }),
  )
  each('advance [sandbox]', 'let time pass')
    .description(
      'Lets time pass in a sandbox; what becomes due meanwhile happens at its own moment. Ctrl-C stops where it is.',
    )
    .option('--days <number>', 'so many days of the program’s zone', daysIn)
    .option('--to <instant>', 'up to here', instantIn)
    .action((sandbox: string | undefined, options: AdvanceOptions) =>
      run('sandbox advance', options, async (terminal) => {
        const interrupted = listenForInterruption()
        const { days, to } = options
        const isOneOfBoth = (days === undefined) !== (to === undefined)
        if (!isOneOfBoth) {
          throw new CommandFailure(exitCodes.usage, 'it is not said how far', {
            place: '--days',
            remedy: 'say --days 365, or --to 2027-03-14T00:00:00Z; not both',
          })
        }
        const body = days === undefined ? { to: to ?? '' } : { days }
        const inside = insideOf(sandbox, options)
        const work = async (client: Client) => {
          await sandboxOfKey(client, inside)
          return await advanceSandbox(client, body, interrupted)
        }
        const advance = await withProgram(options, inside, work, { endsItself: true })
        terminal.result(advance, () => advancedLine(advance))
        return exitCodes.ok
      }),
    )
}

/** What a sandbox begins with: a document, or whatever the program of this id has published. */
function begunWith(given: string, { version, programId }: CreateOptions) {
  if (!existsSync(given) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(given)) {
    return { of: programId ?? given, document: undefined }
  }
  const file = programFileOf(given)
  const { id } = readProgramFile(file)
  if (version === undefined) return { of: programId ?? id, document: readText(file) }
  throw new CommandFailure(exitCodes.usage, 'a document has no versions', {
    place: '--version',
    remedy: `leave it out, or name the program instead of its file: npx laurel sandbox create ${id} --version ${version}`,
  })
}

/** A key makes sandboxes of its own program, whatever they are called. */
async function requireProgramOfKey(client: Client, named: string): Promise<void> {
  const { versions } = await client.call('listVersions', {})
  const of = versions.at(-1)?.program
  if (of === undefined || of === named) return
  throw new CommandFailure(exitCodes.usage, `the key is of ${of} and not of ${named}; nothing is made`, {
    place: '--key',
    remedy: `use a key of ${named}, or make one of ${of}: npx laurel sandbox create ${of} --as ${named}-sandbox`,
  })
}

/** On a database of one's own the sandbox is named; a key is of one alone. */
function insideOf(sandbox: string | undefined, { url, programId }: LaurelOptions): string | undefined {
  const named = sandbox ?? programId
  if (named !== undefined || url !== undefined) return named
  throw new CommandFailure(exitCodes.usage, 'no sandbox is named', {
    place: 'sandbox',
    remedy: 'npx laurel sandbox list shows which there are',
  })
}

/** A key opens one sandbox, whichever is named: no time passes where it is not meant to. */
async function sandboxOfKey(client: Client, named: string | undefined): Promise<SandboxAnswer> {
  const found = await client.call('readSandbox', {})
  if (named === undefined || named === found.id) return found
  throw new CommandFailure(exitCodes.usage, `the key is of ${found.id} and not of ${named}; no time has passed`, {
    place: '--key',
    remedy: `name ${found.id}, or use a key of ${named}: npx laurel sandbox key ${named}`,
  })
}

async function withProgram<Result>(
  options: LaurelOptions,
  program: string | undefined,
  use: (client: Client) => Promise<Result>,
  way: { readonly folder?: 'new'; readonly endsItself?: true } = {},
): Promise<Result> {
  const { withLaurel } = await import('../open-laurel.ts')
  const named = program === undefined ? options : { ...options, programId: program }
  const scopes = ['programs:read', 'programs:write'] as const
  return await withLaurel(named, scopes, 'laurel sandbox', ({ client }) => use(client), way)
}

const allSandboxes = (client: Client): Promise<SandboxAnswer[]> =>
  allPages(async (from) => {
    const { sandboxes, next } = await client.call('listSandboxes', { query: { limit: '200', ...from } })
    return { entries: sandboxes, next }
  })

const lineOf = ({ id, of, clock, versions, advancing }: SandboxAnswer): string =>
  `${id}  of ${of}  ${clock}  ${countOf(versions, 'version')}${advancing === null ? '' : '  time is passing'}`

const advancedLine = ({ from, to, fired }: AdvanceAnswer): string =>
  `it is ${to} there, and was ${from}; time did something to members ${fired === 1 ? 'once' : `${fired} times`}`

function daysIn(text: string): number {
  const days = Number(text)
  if (/^\d{1,4}$/.test(text) && days >= 1) return days
  throw new InvalidArgumentError('a whole number of days from 1 to 3660, some ten years; no clock goes back.')
}

/** Without an offset it would go by the clock of this machine. */
function instantIn(text: string): string {
  try {
    return Temporal.Instant.from(text).toString()
  } catch {
    throw new InvalidArgumentError('an instant has its offset, as 2026-03-14T09:26:53Z.')
  }
}

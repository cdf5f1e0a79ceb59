import { createWording } from '@laurel/contract'
import { LANGUAGES, type Language, type ProgramDifference, programDifferences } from '@laurel/engine'
import { type Command, Option } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run, versionIn } from './run.ts'

interface DiffOptions extends LaurelOptions {
  readonly language: Language
  readonly version?: number
}

export function addDiff(program: Command) {
  withLaurelOptions(program.command('diff'))
    .summary('say what changes between two programs')
    .description(
      'Says in plain sentences what changes from one program document to another, or from a published version to a draft. ' +
        'Ends with 0 where they say the same, with 1 where they do not.',
    )
    .argument('<program>', 'program document or its folder; with --version, the draft')
    .argument('[after]', 'the document that takes its place')
    .option('--version <number>', 'compare a published version with the draft', versionIn)
    .addOption(new Option('--language <language>', 'in which language').choices([...LANGUAGES]).default('en'))
    .option(...jsonOption)
    .action((given: string, other: string | undefined, options: DiffOptions) =>
      run('diff', options, async (terminal) => {
        const { before, after } = await sidesOf(given, other, options)
        const differences = programDifferences(before.text, after.text, createWording(options.language))
        if (differences === null) {
          throw new CommandFailure(exitCodes.findings, 'does not compile any more', {
            place: before.name,
            remedy: `publish ${after.name} anew instead`,
          })
        }
        const { language } = options
        terminal.result({ language, before: before.name, after: after.name, differences }, () =>
          differencesText(terminal, differences),
        )
        return differences.length === 0 ? exitCodes.ok : exitCodes.findings
      }),
    )
}

interface Side {
  readonly name: string
  readonly text: string
}

async function sidesOf(given: string, other: string | undefined, options: DiffOptions) {
  const { version } = options
  if ((other === undefined) === (version === undefined)) {
    const message = version === undefined ? 'there is nothing to compare it with' : 'there are three to compare'
    throw new CommandFailure(exitCodes.usage, message, { remedy: 'name two documents, or one and --version 3' })
  }
  const own = inOrder(given)
  if (other !== undefined) return { before: own, after: inOrder(other) }
  return { before: await publishedSide(own, version ?? 0, options), after: own }
}

/** A file whose program compiles. */
function inOrder(given: string): Side & { readonly id: string } {
  const file = programFileOf(given)
  const { id } = readProgramFile(file)
  return { name: file, text: readText(file), id }
}

async function publishedSide(draft: { readonly id: string }, version: number, options: DiffOptions): Promise<Side> {
  const { withLaurel } = await import('../open-laurel.ts')
  const published = await withLaurel(
    { ...options, programId: options.programId ?? draft.id },
    ['programs:read'],
    'laurel diff',
    ({ client }) => client.call('readVersion', { path: { version: String(version) } }),
  )
  return { name: `version ${version}`, text: published.document }
}

function differencesText(terminal: Terminal, differences: readonly ProgramDifference[]): string {
  if (differences.length === 0) return 'both say the same'
  const marks = {
    added: ['green', '+'],
    removed: ['red', '-'],
    changed: ['yellow', '~'],
    renamed: ['cyan', '='],
    moved: ['cyan', '>'],
  } as const satisfies Record<ProgramDifference['kind'], readonly [string, string]>
  return [
    ...differences.flatMap(({ path, kind, text, changes }) => {
      const [style, mark] = marks[kind]
      // Sentences leave out what members need not know: whoever publishes sees every value.
      const values =
        kind === 'changed' ? changes.map((change) => terminal.paint('dim', `    ${changeText(change)}`)) : []
      return [terminal.paint(style, `${mark} ${path}`), `    ${text}`, ...values]
    }),
    '',
    countOf(differences.length, 'difference'),
  ].join('\n')
}

const changeText = ({ path, before, after }: ProgramDifference['changes'][number]): string =>
  `${path}: ${valueText(before)} → ${valueText(after)}`

const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '(nothing)' : JSON.stringify(value)

import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { originOf, renamed } from '../promoted-program.ts'
import { jsonOption, run } from './run.ts'

interface PublishOptions extends LaurelOptions {
  readonly note?: string
  readonly as?: string
}

export function addPublish(program: Command) {
  withLaurelOptions(program.command('publish'))
    .summary('publish a program as its next version')
    .description('Publishes a program document. The same document again changes nothing.')
    .argument('<program>', 'program document, YAML or JSON, or its folder')
    .option('--as <id>', 'give the document to this program: its id becomes this one')
    .option('--note <text>', 'why, for whoever reads the versions later')
    .option(...jsonOption)
    .action((given: string, options: PublishOptions) =>
      run('publish', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const file = programFileOf(given)
        const { id, text, note } = toPublish(file, options)
        const query = note === undefined ? {} : { note }
        const published = await withLaurel(
          { ...options, programId: id },
          ['programs:write'],
          'laurel publish',
          async ({ client }) => await client.call('publishProgram', { query, body: text }),
          { folder: 'new' },
        )
        const { version, repeated } = published
        // What `laurel check` says is not said again.
        const remarks = published.findings.flatMap(({ code, message, instead }) =>
          String(code).startsWith('version-') ? [`  ${message}${instead === '' ? '' : `\n    ${instead}`}`] : [],
        )
        terminal.result(published, () =>
          repeated
            ? `${id}: version ${version} is this very document; nothing was published`
            : [`${id}: version ${version} is published`, ...remarks].join('\n'),
        )
        return exitCodes.ok
      }),
    )
}

/** The document, and the program that it is for. A promoted one must be what was promoted, and its version's note says whence. */
function toPublish(file: string, { as, note, programId }: PublishOptions) {
  const { id } = readProgramFile(file)
  const text = readText(file)
  const origin = originOf(file, text)
  const whence =
    origin === null ? undefined : `from ${origin.program}, version ${origin.version}, ${origin.hash.slice(0, 12)}`
  const wanted = as ?? programId ?? id
  if (as === undefined && wanted !== id) {
    throw new CommandFailure(exitCodes.usage, `the document is of ${id}, not of ${wanted}`, {
      place: file,
      remedy: `npx laurel publish ${file} --as ${wanted} gives it to ${wanted}`,
    })
  }
  return { id: wanted, text: wanted === id ? text : renamed(file, text, wanted), note: note ?? whence }
}

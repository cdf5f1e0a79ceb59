import type { Command } from 'commander'
import { exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { jsonOption, run } from './run.ts'

interface PublishOptions extends LaurelOptions {
  readonly note?: string
}

export function addPublish(program: Command) {
  withLaurelOptions(program.command('publish'))
    .summary('publish a program as its next version')
    .description('Publishes a program document. The same document again changes nothing.')
    .argument('<program>', 'program document, YAML or JSON, or its folder')
    .option('--note <text>', 'why, for whoever reads the versions later')
    .option(...jsonOption)
    .action((given: string, options: PublishOptions) =>
      run('publish', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const file = programFileOf(given)
        const { id } = readProgramFile(file)
        const query = options.note === undefined ? {} : { note: options.note }
        const published = await withLaurel(
          { ...options, programId: id },
          ['programs:write'],
          'laurel publish',
          async ({ client }) => await client.call('publishProgram', { query, body: readText(file) }),
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

import { writeFileSync } from 'node:fs'
import type { Client } from '@laurel/contract'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { promotedText } from '../promoted-program.ts'
import { jsonOption, run, versionIn } from './run.ts'

interface PromoteOptions extends LaurelOptions {
  readonly version?: number
  readonly to: string
}

export function addPromote(program: Command) {
  withLaurelOptions(program.command('promote'))
    .summary('write a version for another program')
    .description(
      'Writes a version with its origin and its hash above it. "laurel publish FILE --as ID" gives it to another program, ' +
        'from a test to a live one.',
    )
    .requiredOption('--to <file>', 'where to')
    .option('--version <number>', 'which version; the latest for all members where nothing is said', versionIn)
    .option(...jsonOption)
    .action((options: PromoteOptions) =>
      run('promote', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const found = await withLaurel(options, ['programs:read'], 'laurel promote', async ({ client }) => {
          const version = options.version ?? (await latestForAll(client))
          return await client.call('readVersion', { path: { version: String(version) } })
        })
        write(options.to, promotedText(found, found.document))
        const { program: id, version, hash } = found
        terminal.result(
          { program: id, version, hash, file: options.to },
          () => `${id}: version ${version} is in ${options.to}`,
        )
        return exitCodes.ok
      }),
    )
}

/** What is on trial, and what those who tried it have fallen back to, is for this program's members. */
const latestForAll = async (client: Client): Promise<number> =>
  (await client.call('listVersions', {})).versions.findLast(({ pilot, share }) => pilot === null || share === 100)
    ?.version ?? 1

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!['EEXIST', 'ENOENT', 'EACCES', 'EISDIR', 'ENOSPC'].includes(code)) throw error
    throw new CommandFailure(exitCodes.usage, `cannot be written (${code})`, {
      place: file,
      remedy: code === 'EEXIST' ? 'name a file that is not there yet' : 'check the path',
    })
  }
}

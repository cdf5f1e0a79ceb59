import type { Client, VersionAnswer } from '@laurel/contract'
import type { Command } from 'commander'
import { jsonOption, run, versionIn } from './commands/run.ts'
import { exitCodes } from './exit.ts'
import { type LaurelOptions, withLaurelOptions } from './laurel-options.ts'

export interface RestoreOptions extends LaurelOptions {
  readonly note?: string
  readonly after?: number
}

/** What rolling back and withdrawing have in common: a version that is published again. */
export const addRestoring = (program: Command, name: string, summary: string): Command =>
  withLaurelOptions(program.command(name))
    .summary(summary)
    .argument('<version>', 'which one, as 3', versionIn)
    .option('--note <text>', 'why, for whoever reads the versions later')
    .option(
      '--after <number>',
      'only if this is still the latest version; the latest there is where nothing is said',
      versionIn,
    )
    .option(...jsonOption)

const routeOf = { rollback: 'rollBack', withdraw: 'withdrawVersion' } as const

export async function restore(name: keyof typeof routeOf, version: number, options: RestoreOptions): Promise<void> {
  await run(name, options, async (terminal) => {
    const { withLaurel } = await import('./open-laurel.ts')
    const scopes = ['programs:read', 'programs:write'] as const
    const restored = await withLaurel(options, scopes, `laurel ${name}`, async ({ client }) => {
      const after = options.after ?? (await latestOf(client))
      const body = { after, note: options.note ?? '' }
      return await client.call(routeOf[name], { path: { version: String(version) }, body })
    })
    terminal.result(restored, () =>
      restored.repeated
        ? 'this was done before; nothing was published'
        : [...restored.versions.map(lineOf), ...restored.neverBegin.map(stoppedText)].join('\n'),
    )
    return exitCodes.ok
  })
}

const latestOf = async (client: Client): Promise<number> =>
  Math.max(1, (await client.call('listVersions', {})).versions.length)

const stoppedText = (version: number): string => `version ${version}, which was to begin, never will`

const lineOf = ({ program, version, restores, inForceFrom }: VersionAnswer): string =>
  `${program}: version ${version} is the document of version ${restores} again, in force from ${inForceFrom}`

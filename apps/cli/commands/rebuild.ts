import type { FoldedAnew } from '@laurel/server'
import type { Command } from 'commander'
import { exitCodes } from '../exit.ts'
import { databaseOption, dataOption, type LaurelOptions } from '../laurel-options.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface RebuildOptions extends LaurelOptions {
  readonly write?: true
}

export function addRebuild(program: Command) {
  program
    .command('rebuild')
    .summary('fold every member anew from its decisions')
    .description(
      'Folds states and balances anew from the stored effects and names what is otherwise. Nothing is changed without --write; ' +
        'decisions and transfers never are. With a PostgreSQL of your own, stop the other servers before --write.',
    )
    .option('--write', 'put what was folded in place of what differs')
    .option('--program-id <id>', 'which program, where the database holds several')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: RebuildOptions) =>
      run('rebuild', options, async (terminal) => {
        const { foldAnew } = await import('@laurel/server')
        const { programIn, withServer } = await import('../open-laurel.ts')
        const folded = await withServer(options, async (server) => {
          const id = await programIn(server, options.programId)
          return await foldAnew(server.context, id, { write: options.write === true })
        })
        terminal.result(folded, () => foldedText(terminal, folded))
        return folded.clean ? exitCodes.ok : exitCodes.findings
      }),
    )
}

function foldedText(terminal: Terminal, { clean, checked, differences, differencesLeftOut }: FoldedAnew): string {
  const verdict = clean ? terminal.paint('green', 'equal') : terminal.paint('red', 'not equal')
  const lines = differences.map(
    ({ member, what, detail, mended }) => `  ${member}: ${what}: ${detail}${mended ? ' (written anew)' : ''}`,
  )
  return [
    `${verdict}: ${countOf(checked.members, 'member')} folded from ${countOf(checked.decisions, 'decision')}`,
    ...lines,
    ...(differencesLeftOut === 0 ? [] : [`  and ${differencesLeftOut} more`]),
    ...(differences.some(({ mended }) => !mended) ? [adviceOf(differences)] : []),
  ].join('\n')
}

const adviceOf = (differences: FoldedAnew['differences']): string =>
  differences.some(({ what }) => what === 'decisions' || what === 'transfers')
    ? 'The evidence itself disagrees: npx laurel verify names it; restore a backup from before.'
    : 'The decisions are whole: npx laurel rebuild --write puts what they come to in place.'

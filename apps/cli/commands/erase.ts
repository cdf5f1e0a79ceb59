import type { Client } from '@laurel/contract'
import type { Command } from 'commander'
import { allPages } from '../all-pages.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { jsonOption, run } from './run.ts'

interface EraseOptions extends LaurelOptions {
  readonly reason?: string
  readonly actor?: string
  readonly list?: true
}

export function addErase(program: Command) {
  withLaurelOptions(program.command('erase [member]'))
    .summary('forget a member for good')
    .description(
      'Deletes what is personal, forfeits what is left and closes the member’s books, which verify as before. There is no way ' +
        'back. With --list: who is erased, a line each, as erased.ndjson in the data folder tells a restored backup.',
    )
    .option('--reason <code>', 'reason code or id of a note; no personal data')
    .option('--actor <id>', 'opaque id of whoever decides; the key where nothing is said')
    .option('--list', 'list who is erased instead')
    .option(...jsonOption)
    .action((member: string | undefined, options: EraseOptions) =>
      run('erase', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const { list, reason, actor } = options
        if (list === true) {
          const erased = await withLaurel(options, ['members:erase'], 'laurel erase', ({ client }) => readAll(client))
          terminal.result(erased, () => erased.map((line) => JSON.stringify(line)).join('\n'))
          return exitCodes.ok
        }
        if (member === undefined) throw missing('MEMBER', 'say whom to forget, or --list')
        if (reason === undefined) throw missing('--reason', 'say why: it is written down')
        const query = { reason, ...(actor === undefined ? {} : { actor }) }
        const answer = await withLaurel(options, ['members:erase'], 'laurel erase', ({ client }) =>
          client.call('eraseMember', { path: { member }, query }),
        )
        const forfeited = answer.forfeited.map(({ asset, amount }) => `${amount} ${asset}`).join(', ') || 'nothing'
        const when = answer.repeated ? `was erased at ${answer.erasedAt}` : 'erased'
        terminal.result(answer, () => `${member} ${when}: forfeited ${forfeited}`)
        return exitCodes.ok
      }),
    )
}

const missing = (place: string, remedy: string) =>
  new CommandFailure(exitCodes.usage, `${place} is missing`, { place, remedy })

const readAll = (client: Client) =>
  allPages(async (from) => {
    const { members, next } = await client.call('listErased', { query: { limit: '1000', ...from } })
    return { entries: members.map(({ program, member, erasedAt }) => ({ program, member, erasedAt })), next }
  })

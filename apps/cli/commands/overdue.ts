import type { OverdueFact } from '@laurel/contract'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { countOf } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface AnswerOptions extends LaurelOptions {
  readonly reason: string
  readonly actor?: string
}

interface ListOptions extends LaurelOptions {
  readonly cursor?: string
}

export function addOverdue(program: Command) {
  const overdue = program
    .command('overdue')
    .summary('answer facts that came too late')
    .description('Facts later than the program accepts are kept for a person to look at.')
  withLaurelOptions(overdue.command('list'))
    .summary('show what waits, oldest first')
    .option('--cursor <cursor>', 'where the page before ended')
    .option(...jsonOption)
    .action((options: ListOptions) =>
      run('overdue list', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const { cursor } = options
        const query = { limit: '200', ...(cursor === undefined ? {} : { cursor }) }
        const page = await withLaurel(options, ['members:read'], 'laurel overdue', ({ client }) =>
          client.call('listOverdueFacts', { query }),
        )
        terminal.result(page, () =>
          [`${countOf(page.total.count, 'overdue fact')}`, ...page.facts.map(lineOf)].join('\n'),
        )
        if (page.next !== null) terminal.note(`There are more: laurel overdue list --cursor ${page.next}`)
        return exitCodes.ok
      }),
    )
  answering(overdue, 'accept', 'record one after all, at its own moment').action(
    (name: string, options: AnswerOptions) =>
      run('overdue accept', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const call = callOf(name, options)
        const answer = await withLaurel(options, ['adjustments:write'], 'laurel overdue', ({ client }) =>
          client.call('acceptOverdueFact', call),
        )
        const { member, repeated, decision } = answer
        const earned = (decision.earned ?? []).map(({ asset, amount }) => `${amount} ${asset}`).join(', ') || 'nothing'
        terminal.result(
          answer,
          () => `${name} of ${member} ${repeated ? 'was recorded before' : 'recorded'}: ${earned}`,
        )
        return exitCodes.ok
      }),
  )
  answering(overdue, 'dismiss', 'take one off without recording it').action((name: string, options: AnswerOptions) =>
    run('overdue dismiss', options, async (terminal) => {
      const { withLaurel } = await import('../open-laurel.ts')
      const call = callOf(name, options)
      const answer = await withLaurel(options, ['adjustments:write'], 'laurel overdue', ({ client }) =>
        client.call('dismissOverdueFact', call),
      )
      terminal.result(answer, () => `${name} dismissed`)
      return exitCodes.ok
    }),
  )
}

const answering = (overdue: Command, name: string, summary: string): Command =>
  withLaurelOptions(overdue.command(`${name} <fact>`))
    .summary(summary)
    .description(`To ${summary}. FACT is SOURCE/ID, as "laurel overdue list" shows it.`)
    .requiredOption('--reason <code>', 'reason code or id of a note; no personal data')
    .option('--actor <id>', 'opaque id of whoever decides; the key where nothing is said')
    .option(...jsonOption)

function callOf(name: string, { reason, actor }: AnswerOptions) {
  const slash = name.indexOf('/')
  if (slash < 1 || slash === name.length - 1) {
    throw new CommandFailure(exitCodes.usage, `"${name}" names no fact`, { place: 'FACT', remedy: 'write SOURCE/ID' })
  }
  const path = { source: name.slice(0, slash), id: name.slice(slash + 1) }
  return { path, body: { reason, ...(actor === undefined ? {} : { actor }) } }
}

const lineOf = ({ source, id, member, event }: OverdueFact): string =>
  `  ${event.occurredAt}  ${event.type}  ${source}/${id}  of ${member}`

import type { SettlementAnswer } from '@laurel/contract'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { plainMoney } from '../terminal/money-text.ts'
import { jsonOption, run } from './run.ts'

interface SettleOptions extends LaurelOptions {
  readonly csv?: true
}

export function addSettle(program: Command) {
  withLaurelOptions(program.command('settle <month>'))
    .summary('say who owes whom among partners')
    .description(
      'What the program, its partners and its charities owe each other for MONTH (2026-03). It sums to zero.',
    )
    .option('--csv', 'as a table for a spreadsheet')
    .option(...jsonOption)
    .action((month: string, options: SettleOptions) =>
      run('settle', options, async (terminal) => {
        if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) {
          throw new CommandFailure(exitCodes.usage, `"${month}" is no month`, {
            place: 'MONTH',
            remedy: 'write 2026-03',
          })
        }
        const { withLaurel } = await import('../open-laurel.ts')
        const settlement = await withLaurel(options, ['settlements:read'], 'laurel settle', ({ client }) =>
          client.call('readSettlement', { path: { month } }),
        )
        terminal.result(settlement, () => (options.csv ? csvOf(settlement) : textOf(settlement)))
        if (!settlement.ended) terminal.note('The month is not over: this is how it stands now.')
        return exitCodes.ok
      }),
    )
}

/** A line for each party and asset, money on the first of a party's, and the program at last: the column sums to zero. */
function csvOf({ currency, parties, programOwes }: SettlementAnswer): string {
  const lines = parties.flatMap(({ kind, id, amounts, owes }) =>
    amounts.map(({ asset, issued, received }, index) =>
      [kind, id, asset, issued, received, index === 0 ? plainMoney(owes, currency) : '', currency].join(','),
    ),
  )
  const own = programOwes === null ? [] : [`program,,,,,${plainMoney(programOwes, currency)},${currency}`]
  return ['kind,party,asset,issued,received,owes,currency', ...lines, ...own].join('\n')
}

function textOf({ month, currency, parties, programOwes }: SettlementAnswer): string {
  const lines = parties.map(({ kind, id, amounts, owes }) => {
    const moved = amounts.map(({ asset, issued, received }) => `${issued} ${asset} issued, ${received} received`)
    return `  ${kind} ${id}: ${moved.join('; ')}; owes ${plainMoney(owes, currency)} ${currency}`
  })
  const own = programOwes === null ? [] : [`  the program owes ${plainMoney(programOwes, currency)} ${currency}`]
  return [month, ...(lines.length === 0 ? ['  nothing'] : lines), ...own].join('\n')
}

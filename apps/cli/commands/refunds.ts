import type { Client } from '@laurel/contract'
import type { Command } from 'commander'
import { type Accepted, acceptRefunds, readQueue } from '../accept-refunds.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { minorText, moneyText } from '../terminal/money-text.ts'
import { openProgress } from '../terminal/progress.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface AcceptOptions extends LaurelOptions {
  readonly all?: true
  readonly reason: string
  readonly actor?: string
  readonly currency?: string
}

export function addRefunds(program: Command) {
  const refunds = program
    .command('refunds')
    .summary('answer refunds that match no order')
    .description('Refunds that name no order, or more than was left of it, wait for a person.')
  withLaurelOptions(refunds.command('accept'))
    .summary('count every waiting refund by its amount')
    .description(
      'Takes back, for every waiting refund, what its amount would have earned. An act of staff, kept for ever. One that cannot ' +
        'be accepted is listed with the reason and goes on waiting; the others are accepted, and the command ends with 1.',
    )
    .option('--all', 'the whole queue; there is no other choice yet, and it must be said')
    .requiredOption('--reason <code>', 'reason code or id of a note; no personal data')
    .option('--currency <code>', 'of refunds whose order nobody knows, and with it its currency')
    .option('--actor <id>', 'opaque id of whoever decides; the key where nothing is said')
    .option(...jsonOption)
    .action((options: AcceptOptions) =>
      run('refunds accept', options, async (terminal) => {
        if (options.all !== true) {
          throw new CommandFailure(exitCodes.usage, 'nothing was said about which refunds', {
            place: '--all',
            remedy: 'add --all to accept every refund that waits',
          })
        }
        const { withLaurel } = await import('../open-laurel.ts')
        const accepted = await withLaurel(
          options,
          ['members:read', 'adjustments:write'],
          'laurel refunds',
          async ({ client }) => await acceptAll(client, options, terminal),
        )
        terminal.result(accepted, () => acceptedText(accepted))
        return accepted.refused.length > 0 ? exitCodes.findings : exitCodes.ok
      }),
    )
}

async function acceptAll(client: Client, options: AcceptOptions, terminal: Terminal): Promise<Accepted> {
  const waiting = await readQueue(client)
  const progress = openProgress('accepting', waiting.length, 'refunds')
  const accepted: Accepted = { accepted: 0, minor: {}, takenBack: {}, refused: [] }
  try {
    await acceptRefunds(client, waiting, options, accepted, progress.reach)
  } catch (error) {
    terminal.note(`${acceptedText(accepted)}\nstopped; the same command goes on from here`)
    throw error
  } finally {
    progress.finish()
  }
  return accepted
}

function acceptedText({ accepted, minor, takenBack, refused }: Accepted): string {
  const points = Object.entries(takenBack).map(([asset, amount]) => `${minorText(amount, 0)} ${asset}`)
  return [
    `${countOf(accepted, 'refund')} of ${moneyText(minor)} accepted, ${points.join(', ') || 'nothing'} taken back`,
    ...refused.map(({ refund, reason }) => `  not ${refund}: ${reason}`),
  ].join('\n')
}

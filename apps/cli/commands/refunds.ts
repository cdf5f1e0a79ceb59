import { type ActAnswer, type Client, type QueuedRefund, RequestProblem } from '@laurel/contract'
import type { Command } from 'commander'
import { allPages } from '../all-pages.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { addMoney, type MoneyByCurrency, minorText, moneyText } from '../terminal/money-text.ts'
import { openProgress } from '../terminal/progress.ts'
import { countOf } from '../terminal/terminal.ts'
import { jsonOption, run } from './run.ts'

interface AcceptOptions extends LaurelOptions {
  readonly all?: true
  readonly reason: string
  readonly actor?: string
  readonly currency?: string
}

interface Accepted {
  readonly accepted: number
  /** By currency. */
  readonly minor: MoneyByCurrency
  /** Points taken back, by asset. */
  readonly takenBack: Readonly<Record<string, number>>
  readonly refused: readonly { readonly refund: string; readonly member: string; readonly reason: string }[]
}

export function addRefunds(program: Command) {
  const refunds = program
    .command('refunds')
    .summary('answer refunds that match no order')
    .description('Refunds that name no order, or more than was left of it, wait for a person.')
  withLaurelOptions(refunds.command('accept'))
    .summary('count every waiting refund by its amount')
    .description(
      'Takes back, for every waiting refund, what its amount would have earned. An act of staff, kept for ever.',
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
          async ({ client }) => await acceptAll(client, options),
        )
        terminal.result(accepted, () => acceptedText(accepted))
        return accepted.refused.length > 0 ? exitCodes.findings : exitCodes.ok
      }),
    )
}

/** Acts of one member follow one another anyway; more at once only wait in the server. */
const inFlight = 8

async function acceptAll(client: Client, options: AcceptOptions): Promise<Accepted> {
  const waiting = await readQueue(client)
  const progress = openProgress('accepting', waiting.length, 'refunds')
  const takenBack: Record<string, number> = {}
  const refused: { refund: string; member: string; reason: string }[] = []
  const minor: MoneyByCurrency = {}
  let [next, accepted] = [0, 0]
  const keepAccepting = async () => {
    for (let refund = waiting[next++]; refund !== undefined; refund = waiting[next++]) {
      const { source, id, member } = refund
      const answer = await acceptOne(client, refund, options)
      if (typeof answer === 'string') refused.push({ refund: `${source}/${id}`, member, reason: answer })
      else {
        accepted++
        addMoney(minor, refund.currency ?? options.currency ?? null, refund.amount ?? 0)
        for (const { asset, amount: points } of answer.decision.earned ?? []) {
          takenBack[asset] = (takenBack[asset] ?? 0) - points
        }
      }
      progress.reach(accepted + refused.length)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, keepAccepting))
  progress.finish()
  return { accepted, minor, takenBack, refused }
}

/** Or why not: one that wants a word of a person, as its currency or its rate, leaves the others be. */
async function acceptOne(
  client: Client,
  { source, id, order, currency }: QueuedRefund,
  options: AcceptOptions,
): Promise<ActAnswer | string> {
  const said = currency === null && order !== null ? options.currency : undefined
  const body = {
    reason: options.reason,
    ...(options.actor === undefined ? {} : { actor: options.actor }),
    ...(said === undefined ? {} : { currency: said }),
  }
  try {
    const answer = await client.call('acceptRefund', { path: { source, id }, body })
    return answer.granted ? answer : (answer.refusal?.code ?? 'refused')
  } catch (problem) {
    if (!(problem instanceof RequestProblem) || problem.body.code !== 'invalid-request') throw problem
    return (problem.body.errors ?? []).map(({ path, message }) => `${path} ${message}`).join('; ')
  }
}

const readQueue = (client: Client): Promise<QueuedRefund[]> =>
  allPages(async (from) => {
    const { refunds, next } = await client.call('listUnmatchedRefunds', { query: { limit: '200', ...from } })
    return { entries: refunds, next }
  })

function acceptedText({ accepted, minor, takenBack, refused }: Accepted): string {
  const points = Object.entries(takenBack).map(([asset, amount]) => `${minorText(amount, 0)} ${asset}`)
  return [
    `${countOf(accepted, 'refund')} of ${moneyText(minor)} accepted, ${points.join(', ') || 'nothing'} taken back`,
    ...refused.map(({ refund, reason }) => `  not ${refund}: ${reason}`),
  ].join('\n')
}

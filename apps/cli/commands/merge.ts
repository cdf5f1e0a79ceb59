import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { jsonOption, run } from './run.ts'

interface MergeOptions extends LaurelOptions {
  readonly into?: string
  readonly undo?: true
  readonly reason?: string
  readonly actor?: string
}

export function addMerge(program: Command) {
  withLaurelOptions(program.command('merge <member>'))
    .summary('let a member go on as another')
    .description(
      'Two members are one person: points, orders, levels and vouchers of MEMBER go into the other, who answers for it from then ' +
        'on. With --undo: both are again what they would be, until the other has earned or spent.',
    )
    .option('--into <member>', 'who remains')
    .option('--undo', 'let MEMBER go its own way again')
    .option('--reason <code>', 'reason code or id of a note; no personal data')
    .option('--actor <id>', 'opaque id of whoever decides; the key where nothing is said')
    .option(...jsonOption)
    .action((member: string, { into, undo, reason, actor, ...options }: MergeOptions & { readonly json?: true }) =>
      run('merge', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        if (reason === undefined) throw missing('--reason', 'say why: it is written down')
        if (into === undefined && undo !== true) throw missing('--into', 'say who remains, or --undo')
        if (into !== undefined && undo === true)
          throw wrong('--into is one too many', '--into', 'leave it out, or --undo')
        const by = { reason, ...(actor === undefined ? {} : { actor }) }
        const call = { path: { member }, idempotencyKey: randomUUID() }
        const answer = await withLaurel(options, ['adjustments:write'], 'laurel merge', ({ client }) =>
          into === undefined
            ? client.call('undoMerge', { ...call, body: by })
            : client.call('mergeMember', { ...call, body: { into, ...by } }),
        )
        const was = answer.repeated ? 'went' : 'goes'
        terminal.result(answer, () =>
          undo === true
            ? `${member} is itself again, apart from ${answer.into}`
            : `${member} ${was} on as ${answer.into}`,
        )
        return exitCodes.ok
      }),
    )
}

const wrong = (what: string, place: string, remedy: string) =>
  new CommandFailure(exitCodes.usage, what, { place, remedy })
const missing = (place: string, remedy: string) => wrong(`${place} is missing`, place, remedy)

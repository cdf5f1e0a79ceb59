import { type Scope, scopes } from '@laurel/contract'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { nearestWord } from '../import/nearest.ts'
import { databaseOption, dataOption, type LaurelOptions } from '../laurel-options.ts'
import { jsonOption, run } from './run.ts'

interface KeyOptions extends LaurelOptions {
  readonly scopes: string
  readonly name: string
  readonly expires?: string
}

export function addKey(program: Command) {
  const key = program.command('key').summary('make keys').description('Keys let programs and people in.')
  key
    .command('create')
    .summary('make a key and show it, once')
    .description(`Makes a key for one program. What it may do: ${scopes.join(', ')}.`)
    .requiredOption('--name <name>', 'what it is for; no name of a person')
    .option('--scopes <list>', 'what it may do, with commas between, or all', 'all')
    .option('--expires <day>', 'first day on which it no longer works, as 2027-01-31')
    .option('--program-id <id>', 'which program, where the database holds several; it need not be published yet')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: KeyOptions) =>
      run('key create', options, async (terminal) => {
        const { createKey } = await import('@laurel/server')
        const { onlyProgram, withServer } = await import('../open-laurel.ts')
        const wanted = scopesIn(options.scopes)
        const expiresAt = options.expires === undefined ? null : dayIn(options.expires)
        const {
          id,
          key,
          program: bound,
        } = await withServer(options, async (server) => {
          const bound = options.programId ?? (await onlyProgram(server))
          const made = await createKey(server.context, 'laurel', {
            program: bound,
            name: options.name,
            scopes: wanted,
            expiresAt,
          })
          return { ...made, program: bound }
        })
        terminal.result({ id, key, program: bound, scopes: wanted, expiresAt }, () => key)
        if (!terminal.json) terminal.note('Keep it: it is not shown again, and Laurel keeps only its hash.')
        return exitCodes.ok
      }),
    )
}

function scopesIn(list: string): readonly Scope[] {
  if (list === 'all') return scopes
  return list.split(',').map((written) => {
    const found = scopes.find((scope) => scope === written.trim())
    if (found !== undefined) return found
    const near = nearestWord(written, scopes)
    const remedy = near === null ? `one of ${scopes.join(', ')}` : `did you mean ${near}?`
    throw new CommandFailure(exitCodes.usage, `"${written}" is no scope`, { place: '--scopes', remedy })
  })
}

function dayIn(text: string): string {
  try {
    return Temporal.PlainDate.from(text).toZonedDateTime('UTC').toInstant().toString()
  } catch {
    throw new CommandFailure(exitCodes.usage, `"${text}" is no day`, { place: '--expires', remedy: 'write 2027-01-31' })
  }
}

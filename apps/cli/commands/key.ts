import { type ApiKey, label, type Scope, scopes } from '@laurel/contract'
import { nearestWord } from '@laurel/engine'
import { type Command, InvalidArgumentError } from 'commander'
import { allPages } from '../all-pages.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { databaseOption, dataOption, type LaurelOptions, withLaurelOptions } from '../laurel-options.ts'
import { jsonOption, run } from './run.ts'

interface KeyOptions extends LaurelOptions {
  readonly scopes: string
  readonly name: string
  readonly expires?: string
  readonly partner?: string
  readonly holder?: string
}

interface ListOptions extends LaurelOptions {
  readonly ended?: true
}

/** The name of the key that these commands come in with; its own line would only be in the way. */
const purpose = 'laurel key'

export function addKey(program: Command) {
  const key = program.command('key').summary('make, list and end keys').description('Keys let programs and people in.')
  key
    .command('create')
    .summary('make a key and show it, once')
    .description(`Makes a key for one program. What it may do: ${scopes.join(', ')}.`)
    .requiredOption('--name <name>', 'what it is for; no name of a person', nameIn)
    .option('--scopes <list>', 'what it may do, with commas between, or all', 'all')
    .option('--partner <id>', "whose key it is: it sees that partner's settlement and nothing else")
    .option('--holder <id>', 'whose hands it is in: two keys of one holder are one person', holderIn)
    .option('--expires <day>', 'first day on which it no longer works, as 2027-01-31')
    .option('--program-id <id>', 'which program, where the database holds several; it need not be published yet')
    .option(...dataOption)
    .option(...databaseOption)
    .option(...jsonOption)
    .action((options: KeyOptions) =>
      run('key create', options, async (terminal) => {
        const { createKey } = await import('@laurel/server')
        const { programIn, withServer } = await import('../open-laurel.ts')
        const wanted: readonly Scope[] = options.partner === undefined ? scopesIn(options.scopes) : ['settlements:read']
        const expiresAt = options.expires === undefined ? null : dayIn(options.expires)
        const {
          id,
          key,
          program: bound,
        } = await withServer(
          options,
          async (server) => {
            const bound = options.programId ?? (await programIn(server))
            const made = await createKey(server.context, 'laurel', {
              program: bound,
              name: options.name,
              scopes: wanted,
              expiresAt,
              ...(options.partner === undefined ? {} : { partner: options.partner }),
              ...(options.holder === undefined ? {} : { holder: options.holder }),
            })
            return { ...made, program: bound }
          },
          options.programId === undefined ? {} : { folder: 'new' },
        )
        terminal.result({ id, key, program: bound, scopes: wanted, expiresAt }, () => key)
        if (!terminal.json) {
          const all =
            wanted.length === scopes.length ? ' It may do everything; --scopes makes one that may do less.' : ''
          terminal.note(`Keep it: it is not shown again, and Laurel keeps only its hash.${all}`)
        }
        return exitCodes.ok
      }),
    )
  withLaurelOptions(key.command('list'))
    .summary('show the keys of the program, latest first')
    .option('--ended', 'those that are expired or revoked, too')
    .option(...jsonOption)
    .action((options: ListOptions) =>
      run('key list', options, async (terminal) => {
        const keys = await readKeys(options)
        terminal.result({ keys }, () => keys.map(lineOf).join('\n') || 'no keys')
        return exitCodes.ok
      }),
    )
  withLaurelOptions(key.command('revoke <id>'))
    .summary('end a key, for good')
    .description('Ends a key. ID is what "laurel key list" shows, the part between the first two "_" of the key.')
    .option(...jsonOption)
    .action((id: string, options: LaurelOptions) =>
      run('key revoke', options, async (terminal) => {
        const { withLaurel } = await import('../open-laurel.ts')
        const revoked = await withLaurel(options, ['keys:write'], purpose, ({ client }) =>
          client.call('revokeKey', { path: { key: id } }),
        )
        terminal.result(revoked, () => `${id} (${revoked.name}) is revoked since ${revoked.revokedAt}`)
        return exitCodes.ok
      }),
    )
}

async function readKeys(options: ListOptions): Promise<ApiKey[]> {
  const { withLaurel } = await import('../open-laurel.ts')
  const ended = String(options.ended === true) as 'true' | 'false'
  return await withLaurel(options, ['keys:write'], purpose, async ({ client }) => {
    const all = await allPages(async (from) => {
      const { keys, next } = await client.call('listKeys', { query: { ended, limit: '200', ...from } })
      return { entries: keys, next }
    })
    return all.filter(({ name }) => name !== purpose)
  })
}

function lineOf({ id, name, scopes, expiresAt, revokedAt }: ApiKey): string {
  const end = revokedAt !== null ? `revoked ${revokedAt}` : expiresAt !== null ? `ends ${expiresAt}` : 'in force'
  return `${id}  ${name}  ${end}  ${scopes.join(',')}`
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

function nameIn(text: string): string {
  const { success, error } = label.safeParse(text.trim())
  if (!success)
    throw new InvalidArgumentError(`a key is told from others by its name, which ${error.issues[0]?.message}.`)
  return text.trim()
}

// One spelling for one person: nobody becomes two by a capital or a blank.
function holderIn(text: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(text))
    throw new InvalidArgumentError('a holder is named by small letters, digits and "-".')
  return text
}

function dayIn(text: string): string {
  try {
    return Temporal.PlainDate.from(text).toZonedDateTime('UTC').toInstant().toString()
  } catch {
    throw new CommandFailure(exitCodes.usage, `"${text}" is no day`, { place: '--expires', remedy: 'write 2027-01-31' })
  }
}

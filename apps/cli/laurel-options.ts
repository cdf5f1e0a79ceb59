import { blockedPortWords, isBlockedPort } from '@laurel/contract'
import { type Command, InvalidArgumentError } from 'commander'
import type { CommonOptions } from './commands/run.ts'

/** Which Laurel a command works with: one that runs elsewhere, or the database itself. */
export interface LaurelOptions extends CommonOptions {
  readonly url?: string
  readonly key?: string
  readonly data?: string
  readonly databaseUrl?: string
  readonly programId?: string
}

export const dataOption = ['--data <folder>', 'folder of the embedded PostgreSQL (LAUREL_DATA; .laurel)'] as const
export const databaseOption = ['--database-url <url>', 'a PostgreSQL of your own (DATABASE_URL)'] as const

export const withLaurelOptions = (command: Command): Command =>
  command
    .option('--url <url>', 'a Laurel that runs, as http://127.0.0.1:3000; needs --key', addressIn)
    .option('--key <key>', 'key for --url (LAUREL_KEY)')
    .option(...dataOption)
    .option(...databaseOption)
    .option('--program-id <id>', 'which program, where the database holds several')

// What is no address is not an address where nobody answers: trying again does not mend it.
function addressIn(text: string): string {
  const address = URL.parse(text)
  if (!/^https?:$/.test(address?.protocol ?? '')) {
    throw new InvalidArgumentError('an address begins with http:// or https://, as http://127.0.0.1:3000.')
  }
  if (isBlockedPort(Number(address?.port))) throw new InvalidArgumentError(`${address?.port} ${blockedPortWords}.`)
  return text
}

export interface SettingOptions extends Pick<LaurelOptions, 'data' | 'databaseUrl'> {
  readonly port?: string
  readonly host?: string
  readonly log?: string
  readonly secretFile?: string
  readonly trustProxy?: true
  readonly keyRequests?: string
  readonly roots?: string
  readonly publicUrl?: string
  readonly mail?: string
  readonly texts?: string
}

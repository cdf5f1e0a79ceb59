import { draftId } from '@laurel/contract'
import { InvalidArgumentError } from 'commander'
import type { ExitCode } from '../exit.ts'
import { createTerminal, reportFailure, type Terminal } from '../terminal/terminal.ts'

export interface CommonOptions {
  readonly json?: true
}
export const jsonOption = ['--json', 'answer with one JSON document'] as const

/** Runs a command to its end and sets with which number the process ends; nothing a command throws goes further. */
export async function run(name: string, options: CommonOptions, act: (terminal: Terminal) => Promise<ExitCode>) {
  const terminal = createTerminal(options.json === true)
  try {
    process.exitCode = await act(terminal)
  } catch (error) {
    process.exitCode = reportFailure(terminal, name, error)
  }
}

/** The id of a draft. `publish` takes a file, so somebody will name one here too. */
export function draftIn(text: string): string {
  if (draftId.safeParse(text).success) return text
  throw new InvalidArgumentError(
    `a draft is named by up to 64 small letters, digits and "-"; what a file says becomes one by "npx laurel draft save NAME FILE".`,
  )
}

export function versionIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a version is a number from 1.')
  return Number(text)
}

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

export function versionIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a version is a number from 1.')
  return Number(text)
}

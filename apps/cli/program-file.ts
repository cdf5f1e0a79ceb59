import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { compileProgram, type Finding, type Program } from '@laurel/engine'
import { CommandFailure, exitCodes } from './exit.ts'
import { readText } from './files.ts'
import type { Terminal } from './terminal/terminal.ts'

export interface CheckedProgram {
  readonly text: string
  /** Null where the document has an error. */
  readonly program: Program | null
  readonly findings: readonly Finding[]
}

/** A ready-made program is a folder; its document and its scenarios stand beside each other. */
export function locateProgram(given: string): { readonly program: string; readonly scenarios: string } {
  const folder = existsSync(given) && statSync(given).isDirectory() ? given : path.dirname(given)
  const program = folder === given ? path.join(given, 'program.yaml') : given
  return { program, scenarios: path.join(folder, 'scenarios.md') }
}

/** Reads a program document and compiles it as the version that it would become if it were the first. */
export function checkProgramFile(file: string): CheckedProgram {
  const text = readText(file)
  return { text, ...compileProgram(text, { version: 1, hash: '' }) }
}

/** The program of a file that must be in order. */
export function readProgramFile(file: string): Program {
  const { program, findings } = checkProgramFile(file)
  if (program !== null) return program
  const errors = findings.filter((finding) => finding.severity === 'error')
  const [first] = errors
  const more = errors.length > 1 ? `, and ${errors.length - 1} more errors` : ''
  throw new CommandFailure(
    exitCodes.usage,
    `the program cannot be used: ${first?.message ?? 'it does not compile'}${more}`,
    {
      place: first === undefined ? file : placeOf(file, first),
      remedy: `laurel check ${file}`,
    },
  )
}

const placeOf = (file: string, { line, column }: Pick<Finding, 'line' | 'column'>): string =>
  `${file}:${line}:${column}`

/** What is wrong and where, the line itself, and what would be right. */
export function findingText(
  { paint }: Pick<Terminal, 'paint'>,
  file: string,
  finding: Finding,
  shown: readonly string[],
): string {
  const styles = { error: 'red', warning: 'yellow', note: 'cyan' } as const
  const severity = paint(styles[finding.severity], finding.severity)
  const path = finding.path === '' ? '' : `${finding.path}: `
  const lines = shown.map((line) => `\n    ${line}`).join('')
  const instead = finding.instead === '' ? '' : `\n    ${finding.instead}`
  return `${placeOf(file, finding)}  ${severity}  ${path}${finding.message}  [${finding.code}]${lines}${instead}`
}

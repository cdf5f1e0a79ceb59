import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { compileProgram, type Finding, nearestWord, type Program } from '@laurel/engine'
import { instantOf, localOf } from '@laurel/server'
import { CommandFailure, exitCodes } from './exit.ts'
import { readText } from './files.ts'
import type { Terminal } from './terminal/terminal.ts'

export interface CheckedProgram {
  readonly text: string
  /** Null where the document has an error. */
  readonly program: Program | null
  readonly findings: readonly Finding[]
}

/** A program is a document, or a folder with one in it. Throws, with what was probably meant, where there is neither. */
export function programFileOf(given: string): string {
  if (!existsSync(given)) {
    const beside = path.dirname(given)
    const isFolder = existsSync(beside) && statSync(beside).isDirectory()
    const near = isFolder ? nearestWord(path.basename(given), readdirSync(beside)) : null
    throw new CommandFailure(exitCodes.usage, 'there is no such file or folder', {
      place: given,
      remedy: near === null ? 'check the path' : `did you mean ${path.join(beside, near)}?`,
    })
  }
  if (!statSync(given).isDirectory()) return given
  const file = path.join(given, 'program.yaml')
  if (existsSync(file)) return file
  const inside = readdirSync(given).filter((name) => existsSync(path.join(given, name, 'program.yaml')))
  throw new CommandFailure(exitCodes.usage, 'there is no program.yaml in this folder', {
    place: given,
    remedy:
      inside[0] === undefined
        ? 'begin one: npx laurel new my-club --from punch-card'
        : `name one of the programs in it, such as ${path.join(given, inside[0])}`,
  })
}

/** What stands beside a program's document. */
export const scenariosBeside = (file: string): string => path.join(path.dirname(file), 'scenarios.md')

/** Reads a program document and compiles it as the version that it would become if it were the first. */
export function checkProgramFile(file: string): CheckedProgram {
  const text = readText(file)
  return { text, ...compileProgram(text, { version: 1, hash: '' }, { instantOf, localOf }) }
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
      remedy: `npx laurel check ${file}`,
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

import { styleText } from 'node:util'
import { CommandFailure, type ExitCode, exitCodes } from '../exit.ts'

type Style = Parameters<typeof styleText>[0]

/**
 * Where a command speaks. Results go to stdout, everything else to stderr, so that `laurel … --json | jq` always works: with
 * `--json` there is exactly one document on stdout, also when the command fails.
 */
export interface Terminal {
  readonly json: boolean
  /** The result of the command: one document, or the text for people. Called once. */
  result(document: unknown, text: () => string): void
  /** News while the command runs. */
  note(text: string): void
  /** A line that people read while the command goes on, on stdout; silent with `--json`. */
  say(text: string): void
  paint(style: Style, text: string): string
}

export function createTerminal(json: boolean): Terminal {
  return {
    json,
    result: (document, text) => {
      process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${text()}\n`)
    },
    note: (text) => {
      process.stderr.write(`${text}\n`)
    },
    say: (text) => {
      if (!json) process.stdout.write(`${text}\n`)
    },
    // Colour on a terminal only, and never against NO_COLOR.
    paint: (style, text) => styleText(style, text, { stream: json ? process.stderr : process.stdout }),
  }
}

/** Says why a command ended, and with which number the process ends. */
export function reportFailure(terminal: Terminal, command: string, error: unknown): ExitCode {
  const failure = error instanceof CommandFailure ? error : null
  const exit = failure?.exit ?? exitCodes.fault
  const message = error instanceof Error ? error.message : String(error)
  const place = failure?.place ?? null
  const remedy = failure?.remedy ?? null
  const given = failure?.given ?? null
  const told = { exit, message, place, remedy, ...(given === null ? null : { given }) }
  if (terminal.json) process.stdout.write(`${JSON.stringify({ error: told })}\n`)
  const red = (text: string) => styleText('red', text, { stream: process.stderr })
  const lines = [
    `${red(`${`laurel ${command}`.trimEnd()}:`)} ${message}`,
    ...(place === null ? [] : [`  where: ${place}`]),
    ...(remedy === null ? [] : [`  remedy: ${remedy}`]),
    ...Object.entries(given ?? {}).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
  ]
  if (failure === null) {
    lines.push('  This is a fault of Laurel, not yours. Please report it with the lines below.')
    if (error instanceof Error && error.stack !== undefined) lines.push(error.stack)
  }
  process.stderr.write(`${lines.join('\n')}\n`)
  return exit
}

export const countText = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 member`, `4,372 members`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`

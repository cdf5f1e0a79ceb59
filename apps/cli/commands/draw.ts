import { drawDisagreements, drawRecordOf } from '@laurel/ledger'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { countOf } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

export function addDraw(program: Command) {
  program
    .command('draw')
    .summary('run a published draw again')
    .description('Draws, and whether they were fair. docs/explain/draws.md says how winners are drawn.')
    .command('verify')
    .summary('run a published draw again, offline')
    .description('Compares the seed with its promise and the entries with their hash, and draws the winners again.')
    .argument('<file>', 'what GET /v1/draws/{draw}/record answered (JSON)')
    .option(...jsonOption)
    .action((file: string, options: CommonOptions) =>
      run('draw verify', options, async (terminal) => {
        const record = drawRecordOf(parsed(readText(file)))
        if (typeof record === 'string') {
          throw new CommandFailure(exitCodes.usage, `no record of a draw: ${record}`, {
            place: file,
            remedy: 'save what GET /v1/draws/{draw}/record answers once the draw is over',
          })
        }
        const disagreements = drawDisagreements(record)
        const clean = disagreements.length === 0
        terminal.result(
          { draw: record.draw, clean, entries: record.entries.length, drawn: record.drawn, disagreements },
          () =>
            [
              `${clean ? terminal.paint('green', 'fair') : terminal.paint('red', 'not as published')}: ${record.draw}, ${countOf(record.entries.length, 'entrant')}, ${countOf(record.drawn.length, 'winner')}`,
              ...disagreements.map((each) => `  ${each}`),
            ].join('\n'),
        )
        return clean ? exitCodes.ok : exitCodes.findings
      }),
    )
}

/** What is no JSON is no record either, and is said to be none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

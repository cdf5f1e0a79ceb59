import type { Difference, Mistake } from '@laurel/engine'
import type { Command } from 'commander'
import { excerpt } from '../excerpt.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import type { PlayedFile, PlayedScenario } from '../scenarios/play-file.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface TestOptions extends CommonOptions {
  readonly only?: string
}

export function addTest(program: Command) {
  program
    .command('test')
    .summary("play a program's scenarios")
    .description('Plays the scenarios.md beside a program and says, cell by cell, what is otherwise.')
    .argument('<program>', 'program document, or its folder')
    .option('--only <text>', 'scenarios whose title has this text in it')
    .option(...jsonOption)
    .action((given: string, options: TestOptions) =>
      run('test', options, async (terminal) => {
        const { playFile } = await import('../scenarios/play-file.ts')
        const wanted = options.only?.toLowerCase() ?? ''
        const played = await playFile(given, (title) => title.toLowerCase().includes(wanted))
        const isEmpty = played.scenarios.length === 0 && played.mistakes.length === 0
        if (isEmpty && options.only === undefined) {
          throw new CommandFailure(exitCodes.usage, 'there are no scenarios in it', {
            place: played.file,
            remedy: 'write one: docs/scenarios.md says how',
          })
        }
        if (isEmpty) {
          throw new CommandFailure(exitCodes.usage, `no scenario has "${options.only}" in its title`, {
            place: played.file,
            remedy: 'titles are the lines that begin with ##; a part of one is enough',
          })
        }
        const failed = played.scenarios.filter(({ differences }) => differences.length > 0)
        const { text: _text, ...told } = played
        terminal.result({ ...told, passed: played.scenarios.length - failed.length, failed: failed.length }, () =>
          playedText(terminal, played),
        )
        if (played.mistakes.length > 0) return exitCodes.usage
        return failed.length > 0 ? exitCodes.findings : exitCodes.ok
      }),
    )
}

function playedText(terminal: Terminal, { file, text, mistakes, scenarios }: PlayedFile): string {
  const failed = scenarios.filter(({ differences }) => differences.length > 0).length
  const sum = `${countOf(scenarios.length, 'scenario')} played, ${failed} otherwise`
  return [
    ...mistakes.map((mistake) => mistakeText(terminal, file, mistake, excerpt(text, mistake))),
    ...scenarios.map((scenario) => scenarioText(terminal, file, scenario)),
    `${file}: ${sum}${mistakes.length === 0 ? '' : `, ${countOf(mistakes.length, 'mistake')}`}`,
  ].join('\n')
}

function mistakeText(
  terminal: Terminal,
  file: string,
  { line, column, message, instead }: Mistake,
  shown: readonly string[],
): string {
  const said = `${file}:${line}:${column}  ${terminal.paint('red', 'mistake')}  ${message}`
  return [said, ...[...shown, ...(instead === '' ? [] : [instead])].map((each) => `    ${each}`)].join('\n')
}

function scenarioText(terminal: Terminal, file: string, { title, differences }: PlayedScenario): string {
  if (differences.length === 0) return `${terminal.paint('green', 'as said')}    ${title}`
  return [
    `${terminal.paint('red', 'otherwise')}  ${title}`,
    ...differences.map((difference) => differenceText(terminal, file, difference)),
  ].join('\n')
}

function differenceText(
  terminal: Terminal,
  file: string,
  { line, column, what, expected, actual }: Difference,
): string {
  return [
    `  ${file}:${line}:${column}  ${what}`,
    `    expected  ${terminal.paint('yellow', expected)}`,
    `    actual    ${terminal.paint('cyan', actual)}`,
  ].join('\n')
}

import type { Finding } from '@laurel/engine'
import type { Command } from 'commander'
import { excerpt } from '../excerpt.ts'
import { exitCodes } from '../exit.ts'
import { checkProgramFile, findingText, programFileOf } from '../program-file.ts'
import { countOf } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

export function addCheck(program: Command) {
  program
    .command('check')
    .summary('say what is wrong with a program')
    .description('Reads a program document and says everything that is wrong with it, or that its silences mean.')
    .argument('<program>', 'program document, YAML or JSON, or its folder')
    .option('--strict', 'warnings count as errors')
    .option(...jsonOption)
    .action((given: string, options: CommonOptions & { strict?: true }) =>
      run('check', options, async (terminal) => {
        const file = programFileOf(given)
        const checked = checkProgramFile(file)
        const count = (severity: string) => checked.findings.filter((finding) => finding.severity === severity).length
        const [errors, warnings, notes] = [count('error'), count('warning'), count('note')]
        const failed = checked.program === null || (options.strict === true && warnings > 0)
        terminal.result({ program: file, accepted: checked.program !== null, findings: checked.findings }, () =>
          [
            ...checked.findings.map((finding) => findingText(terminal, file, finding, linesOf(checked.text, finding))),
            `${file}: ${failed ? 'not accepted' : 'in order'}, ${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}, ${countOf(notes, 'note')}`,
          ].join('\n'),
        )
        return failed ? exitCodes.findings : exitCodes.ok
      }),
    )
}

/** Of what the document as a whole leaves unsaid, there is no line to show. */
const linesOf = (text: string, finding: Finding): string[] =>
  finding.line === 1 && finding.column === 1 ? [] : excerpt(text, finding)

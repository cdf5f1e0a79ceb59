import { writeFileSync } from 'node:fs'
import { formatProgram } from '@laurel/engine'
import type { Command } from 'commander'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { programFileOf } from '../program-file.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface FormatOptions extends CommonOptions {
  readonly check?: true
}

export function addFormat(program: Command) {
  program
    .command('fmt')
    .summary('lay a program out')
    .description("Writes a program in the language's own layout: comments and order stay, and so does what it means.")
    .argument('<program>', 'program document, YAML, or its folder')
    .option('--check', 'write nothing; end with 1 where something would change')
    .option(...jsonOption)
    .action((given: string, options: FormatOptions) =>
      run('fmt', options, async (terminal) => {
        const file = programFileOf(given)
        const text = readText(file)
        const laidOut = formatProgram(text)
        if (laidOut === null) {
          throw new CommandFailure(exitCodes.usage, 'this is no program document that could be laid out', {
            place: file,
            remedy: `npx laurel check ${file}`,
          })
        }
        const changes = laidOut !== text
        if (changes && options.check !== true) writeFileSync(file, laidOut)
        terminal.result({ program: file, changed: changes && options.check !== true, inLayout: !changes }, () =>
          changes ? `${file}: ${options.check === true ? 'would change' : 'laid out'}` : `${file}: as it should be`,
        )
        return changes && options.check === true ? exitCodes.findings : exitCodes.ok
      }),
    )
}

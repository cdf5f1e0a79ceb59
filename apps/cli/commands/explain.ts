import { createWording } from '@laurel/contract'
import { type Explanation, explainProgram, explainToMembers, LANGUAGES, type Language } from '@laurel/engine'
import { type Command, Option } from 'commander'
import { exitCodes } from '../exit.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface ExplainOptions extends CommonOptions {
  readonly language: Language
  readonly members?: true
}

export function addExplain(program: Command) {
  program
    .command('explain')
    .summary('say a program in plain sentences')
    .description('Says what a program does, in the sentences that members read.')
    .argument('<program>', 'program document, or its folder')
    .addOption(new Option('--language <language>', 'in which language').choices([...LANGUAGES]).default('en'))
    .option('--members', 'only what members are told')
    .option(...jsonOption)
    .action((given: string, options: ExplainOptions) =>
      run('explain', options, async (terminal) => {
        const compiled = readProgramFile(programFileOf(given))
        const explain = options.members === true ? explainToMembers : explainProgram
        const shown = explain(compiled, createWording(options.language))
        terminal.result({ language: options.language, ...shown }, () => explanationText(terminal, shown))
        return exitCodes.ok
      }),
    )
}

/** A name stands above its sentences; without one they are a paragraph. What is not for members is set apart. */
function explanationText(terminal: Terminal, { title, sections }: Explanation): string {
  const said = sections.flatMap((section) => [
    '',
    terminal.paint('bold', section.title),
    ...section.parts.flatMap(({ name, sentences }) => {
      const text = sentences
        .map((each) => (each.for === 'business' ? terminal.paint('dim', `[${each.text}]`) : each.text))
        .join(' ')
      return [name === null ? `- ${text}` : `- ${terminal.paint('cyan', name)}${text === '' ? '' : `: ${text}`}`]
    }),
  ])
  return [terminal.paint('bold', title), ...said].join('\n')
}

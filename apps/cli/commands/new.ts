import path from 'node:path'
import type { Command } from 'commander'
import { exitCodes } from '../exit.ts'
import type { MadeProgram } from '../new/make-program.ts'
import { findingText } from '../program-file.ts'
import { countOf, type Terminal } from '../terminal/terminal.ts'
import { type CommonOptions, jsonOption, run } from './run.ts'

interface NewOptions extends CommonOptions {
  readonly from: string
  readonly name?: string
  readonly currency?: string
  readonly zone?: string
}

export function addNew(program: Command) {
  program
    .command('new')
    .summary('begin a program from a ready-made one')
    .description('Copies a ready-made program into a folder of that name, checks it, and says what to do next.')
    .argument('<name>', 'the folder; its name is the id of the program')
    .requiredOption('--from <program>', 'which ready-made program: see the folder programs/')
    .option('--name <text>', 'what members read; made of the id where nothing is said')
    .option(
      '--currency <code>',
      'ISO 4217; amounts keep their number, and 1.00 is 100 where one currency has no decimals',
    )
    .option('--zone <zone>', 'the clock of the program, such as Europe/Istanbul')
    .option(...jsonOption)
    .action((folder: string, options: NewOptions) =>
      run('new', options, async (terminal) => {
        const { makeProgram } = await import('../new/make-program.ts')
        const id = path.basename(folder)
        const made = await makeProgram(folder, options.from, {
          id,
          name: options.name ?? wordsOf(id),
          currency: options.currency ?? null,
          zone: options.zone ?? null,
        })
        terminal.result(made, () => madeText(terminal, made))
        return made.findings.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok
      }),
    )
}

/** `corner-cafe` is Corner Cafe. */
const wordsOf = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

function madeText(terminal: Terminal, made: MadeProgram): string {
  const { folder, from, findings, scenarios, readme, toReword, scenariosToReword, amounts } = made
  const [file, page] = [path.join(folder, 'program.yaml'), path.join(folder, 'scenarios.md')]
  const reworded = [
    ...toReword.map(({ line, text }) => `    ${file}:${line}  ${text}`),
    ...scenariosToReword.map(({ line, text }) => `    ${page}:${line}  ${text}`),
  ]
  const said = findings.filter(({ severity }) => severity !== 'note')
  const order = said.some(({ severity }) => severity === 'error') ? 'not in order yet' : 'in order'
  return [
    `${file}: a copy of ${from}, ${order}`,
    ...said.map((finding) => findingText(terminal, file, finding, [])),
    scenarios === null
      ? 'No scenarios came along: what they say of the copied program does not hold for this one.'
      : `${page}: ${countOf(scenarios, 'scenario')}, and all hold`,
    '',
    'Next:',
    `  read ${path.relative('.', readme)}: it says what to change first`,
    ...(amounts === null ? [] : [`  look at every amount of money: ${amountsText(amounts)}`]),
    ...(reworded.length === 0 ? [] : ['  say these anew, they speak of money in the other currency:']),
    ...reworded,
    `  npx laurel check ${file}`,
    `  npx laurel explain ${folder}`,
    ...(scenarios === null ? [] : [`  npx laurel test ${folder}`]),
    `  npx laurel publish ${file}`,
  ].join('\n')
}

const amountsText = ({ was, is, byHundredths }: NonNullable<MadeProgram['amounts']>): string =>
  `${was} has become ${is}, ${byHundredths ? 'a hundredth of the one for one of the other, and nothing is converted' : 'the number is kept, and nothing is converted'}`

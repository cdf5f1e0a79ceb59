import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileProgram, type Finding, formatProgram, suggestion } from '@laurel/engine'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import { playText } from '../scenarios/play-file.ts'
import { type AmountCopied, amountCopied, type CopyAs, copyProgram, copyScenarios } from './copy-program.ts'
import { type NameOfMoney, namesOfMoney, proseOfMoney } from './names-of-money.ts'

const readyFolder = fileURLToPath(new URL('../../../programs', import.meta.url))

export interface MadeProgram {
  readonly folder: string
  readonly from: string
  readonly findings: readonly Finding[]
  /** How many scenarios came along; null: none could. */
  readonly scenarios: number | null
  /** Where the program that was copied says what to change first. */
  readonly readme: string
  /** Names and comments that speak of money in the currency that it was. */
  readonly toReword: readonly NameOfMoney[]
  /** The same of the scenarios. */
  readonly scenariosToReword: readonly NameOfMoney[]
  /** How amounts were copied into another currency, by example. */
  readonly amounts: AmountCopied | null
}

/** Names of the ready-made programs. */
export const readyNames = (): string[] =>
  readdirSync(readyFolder).filter((name) => existsSync(path.join(readyFolder, name, 'program.yaml')))

/** Writes a folder with a copy of a ready-made program, and with its scenarios where they still hold. */
export async function makeProgram(folder: string, from: string, as: CopyAs): Promise<MadeProgram> {
  refuseWrong(folder, from, as)
  const ready = path.join(readyFolder, from)
  const text = readText(path.join(ready, 'program.yaml'))
  const copied = copyProgram(text, as)
  const laidOut = formatProgram(copied) ?? copied
  const { program, findings } = compileProgram(laidOut, { version: 1, hash: '' })
  refuseUnknown(findings, as)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'program.yaml'), laidOut)
  const was = compileProgram(text, { version: 1, hash: '' }).program?.currency.code ?? null
  const left = as.currency === null || as.currency === was ? null : was
  const toReword = left === null ? [] : namesOfMoney(text, left)
  const [readme, amounts] = [path.join(ready, 'README.md'), amountCopied(text, as)]
  const made = { folder, from, findings, readme, toReword, scenariosToReword: [], amounts }
  const page = path.join(ready, 'scenarios.md')
  if (program === null || !existsSync(page)) return { ...made, scenarios: null }
  const scenarios = copyScenarios(readText(page), text, as)
  const played = await playText(program, scenarios)
  const holds = played.mistakes.length === 0 && played.scenarios.every(({ differences }) => differences.length === 0)
  if (!holds) return { ...made, scenarios: null }
  writeFileSync(path.join(folder, 'scenarios.md'), scenarios)
  const scenariosToReword = left === null ? [] : proseOfMoney(scenarios, left)
  return { ...made, scenarios: played.scenarios.length, scenariosToReword }
}

/** What the command was told and no program can be: said before anything is written. */
function refuseUnknown(findings: readonly Finding[], { currency, zone }: CopyAs): void {
  const told = findings.find(
    ({ path: at }) => (at === 'currency' && currency !== null) || (at === 'zone' && zone !== null),
  )
  if (told === undefined) return
  throw new CommandFailure(exitCodes.usage, told.message, { place: `--${told.path}`, remedy: told.instead })
}

function refuseWrong(folder: string, from: string, { id }: CopyAs): void {
  const names = readyNames()
  if (!names.includes(from)) {
    throw new CommandFailure(exitCodes.usage, `there is no ready-made program ${from}`, {
      place: '--from',
      remedy: suggestion(from, names, `choose one of: ${names.join(', ')}`),
    })
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    const remedy = 'write lower-case words joined by hyphens: corner-cafe'
    throw new CommandFailure(exitCodes.usage, `"${id}" is no id of a program`, { place: folder, remedy })
  }
  if (existsSync(folder)) {
    throw new CommandFailure(exitCodes.usage, 'it is there already, and nothing is written over', {
      place: folder,
      remedy: 'choose another name, or take the folder away',
    })
  }
}

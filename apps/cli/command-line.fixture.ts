import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll } from 'vitest'
import { makeTemporaryFolder } from '../../test/process/temporary-folder.ts'

export const main = path.join(import.meta.dirname, 'main.ts')
/** The ready-made program that commands are tried on. */
export const program = path.join(import.meta.dirname, '../../programs/point-per-pound/program.yaml')
/** What it says, in force from its publication on. */
export const programText = readFileSync(program, 'utf8').replace(/^inForce:.*\n/m, '')
/** The same with two points for each pound. */
export const doubleText = programText.replace('give: 1 points', 'give: 2 points')

/** How a shop's lines are read, and the first of them. */
export const mappingText =
  'mapping: 1\nsource: shop\ncurrency: GBP\nzone: Europe/London\ntimeFormat: yyyy-MM-dd\n' +
  'columns: { invoice: Invoice, member: Customer, sku: Code, quantity: Items, at: Date, unitPrice: Price }\n'
export const columns = 'Invoice,Customer,Code,Items,Date,Price'

/** The commands as a person gives them, with a folder of the caller's own and a data folder in it. */
export function openCommandLine(purpose: string) {
  const { path: folder, remove } = makeTemporaryFolder(purpose)
  afterAll(remove)
  const data = path.join(folder, 'data')

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  /** With `--json`: the one document that it answers. */
  function ask(...args: string[]) {
    const { status, stdout, stderr } = run(...args, '--json')
    return { status, stderr, document: stdout === '' ? null : JSON.parse(stdout) }
  }
  return {
    folder,
    data,
    run,
    ask,
    /** The same on the data folder. */
    laurel: (...args: string[]) => ask(...args, '--data', data),
    fileWith(name: string, text: string): string {
      const file = path.join(folder, name)
      writeFileSync(file, text)
      return file
    },
  }
}

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Engine from '@laurel/engine'
import type { Fault } from './fault.ts'

const root = path.resolve(import.meta.dirname, '../..')
const engineFolder = path.join(root, 'packages/engine')
const serverFolder = path.join(root, 'apps/server')

/** How often the text that a fault replaces stands in its file: once, or the fault is out of date. */
export const places = (fault: Fault): number =>
  readFileSync(path.join(engineFolder, fault.file), 'utf8').split(fault.find).length - 1

/** A copy of the engine with one fault in it, and what removes the copy again. */
export async function mutantOf(fault: Fault): Promise<{ engine: typeof Engine; remove: () => void }> {
  const { load, remove } = copyWith(engineFolder, fault)
  return { engine: (await load('index.ts')) as typeof Engine, remove }
}

/** The same of a file of the server, with faults that only together are one; the engine that it asks is the real one. */
export async function serverMutantOf<Module>(
  faults: readonly Fault[],
  file: string,
): Promise<{ module: Module; remove: () => void }> {
  const { load, remove } = copyWith(serverFolder, ...faults)
  return { module: (await load(file)) as Module, remove }
}

function copyWith(of: string, ...faults: readonly Fault[]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-mutant-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
  const copy = path.join(folder, path.basename(of))
  cpSync(of, copy, { recursive: true, filter: (name) => !name.includes('node_modules') })
  for (const fault of faults) {
    const file = path.join(copy, fault.file)
    const source = readFileSync(file, 'utf8')
    if (!source.includes(fault.find)) throw new Error(`"${fault.name}" does not fit its source any more`)
    writeFileSync(
      file,
      source.replace(fault.find, () => fault.replace),
    )
  }
  const load = (name: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(path.join(copy, name)).href)
  return { load, remove }
}

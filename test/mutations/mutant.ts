import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Engine from '@laurel/engine'
import type { Fault } from './fault.ts'

const root = path.resolve(import.meta.dirname, '../..')
const engineFolder = path.join(root, 'packages/engine')

/** How often the text that a fault replaces stands in its file: once, or the fault is out of date. */
export const places = (fault: Fault): number =>
  readFileSync(path.join(engineFolder, fault.file), 'utf8').split(fault.find).length - 1

/** A copy of the engine with one fault in it, and what removes the copy again. */
export async function mutantOf(fault: Fault): Promise<{ engine: typeof Engine; remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-mutant-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(engineFolder, path.join(folder, 'engine'), { recursive: true })
  const file = path.join(folder, 'engine', fault.file)
  const source = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    source.replace(fault.find, () => fault.replace),
  )
  const engine = (await import(
    /* @vite-ignore */ pathToFileURL(path.join(folder, 'engine/index.ts')).href
  )) as typeof Engine
  return { engine, remove }
}

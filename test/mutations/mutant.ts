import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Engine from '@laurel/engine'
import type { Fault } from './fault.ts'

const root = path.resolve(import.meta.dirname, '../..')
const engineFolder = path.join(root, 'packages/engine')
const serverFolder = path.join(root, 'apps/server')

const sources = new Map<string, string>()
function sourceOf(file: string): string {
  const source = sources.get(file) ?? readFileSync(file, 'utf8')
  sources.set(file, source)
  return source
}

/** How often the text that a fault replaces stands in its file: once, or the fault is out of date. */
export const places = (fault: Fault): number =>
  sourceOf(path.join(engineFolder, fault.file)).split(fault.find).length - 1

/** The engine with one fault in it. */
export const mutantOf = (fault: Fault): typeof Engine => load('index.ts', engineFolder, [fault])

/** A file of the server, with faults that only together are one; the engine that it asks is the real one. */
export const serverMutantOf = <Module>(faults: readonly Fault[], file: string): Module =>
  load(file, serverFolder, faults)

/** Of each mutant the files that are not what they are on disk, by the folder in which its modules seem to lie. */
const mutants = new Map<string, ReadonlyMap<string, string>>()
const require = createRequire(import.meta.url)

function load<Module>(file: string, folder: string, faults: readonly Fault[]): Module {
  const changed = new Map<string, string>()
  for (const fault of faults) {
    const place = path.join(folder, fault.file)
    const source = changed.get(place) ?? sourceOf(place)
    if (!source.includes(fault.find)) throw new Error(`"${fault.name}" does not fit its source any more`)
    changed.set(
      place,
      source.replace(fault.find, () => fault.replace),
    )
  }
  // Counted, so that what Node has compiled of unchanged files serves again.
  const seeming = path.join(root, `laurel-mutant-${mutants.size + 1}`)
  mutants.set(pathToFileURL(seeming).pathname, changed)
  return require(path.join(seeming, path.relative(root, folder), file))
}

/** Where the file is that seems to lie in the folder of a mutant, and what it says there. */
function mutatedAt(url = ''): { readonly url: string; readonly source: string } | null {
  const [, seeming = '', place = ''] = /^file:\/\/(.*\/laurel-mutant-\d+)\/(.*)$/.exec(url) ?? []
  const changed = mutants.get(seeming)
  if (changed === undefined) return null
  const file = path.join(root, place)
  return { url: pathToFileURL(file).href, source: changed.get(file) ?? sourceOf(file) }
}

// Nothing is copied: a mutant's modules name each other by paths, and so stay in the folder in which they seem to lie.
registerHooks({
  resolve(specifier, context, next) {
    const parent = mutatedAt(context.parentURL)
    if (parent !== null && specifier.startsWith('.')) {
      return { url: new URL(specifier, context.parentURL).href, shortCircuit: true }
    }
    if (path.isAbsolute(specifier) && mutatedAt(pathToFileURL(specifier).href) !== null) {
      return { url: pathToFileURL(specifier).href, shortCircuit: true }
    }
    return next(specifier, parent === null ? context : { ...context, parentURL: parent.url })
  },
  load(url, context, next) {
    const mutated = mutatedAt(url)
    return mutated === null
      ? next(url, context)
      : { format: 'module-typescript', source: mutated.source, shortCircuit: true }
  },
})

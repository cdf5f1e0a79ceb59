import { isForTests, isTest, type Source } from './source.ts'
import { resolve, type Target, workspaceOf } from './tree.ts'

/** Who may import whom, by workspace. `test` spans everything; the root's tools build and check everything. */
const mayImport: Record<string, readonly string[]> = {
  'packages/engine': [],
  'packages/ledger': ['packages/engine'],
  'packages/insights': ['packages/engine'],
  'packages/contract': ['packages/engine'],
  // It knows how things look and nothing of the domain.
  'packages/ui': [],
  'apps/server': ['packages/engine', 'packages/ledger', 'packages/insights', 'packages/contract'],
  'apps/cli': ['packages/engine', 'packages/ledger', 'packages/insights', 'packages/contract', 'apps/server'],
  // Staff may see programs; the faces of members and shops may not, and are given the contract alone.
  'apps/console': ['packages/engine', 'packages/contract', 'packages/ui'],
  'apps/portal': ['packages/contract', 'packages/ui'],
  'apps/till': ['packages/contract', 'packages/ui'],
}

/** Who takes types from the engine and no values, and why. */
const typesOnly: Record<string, string> = {
  // Whoever bundles the contract for a browser would take the engine along, and with it the program, a trade secret.
  'packages/contract': 'the contract takes types from the engine, no values',
  'packages/insights': 'insights compute on plain arrays: they take types from the engine, no values',
}

/** Outside packages of the pure packages; elsewhere the package.json decides. */
const outsideOf: Record<string, readonly string[]> = {
  'packages/engine': ['yaml', '@marcbachmann/cel-js'],
  'packages/ledger': ['node:crypto'],
  'packages/insights': [],
}

export function directionViolations(
  sources: readonly Source[],
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
) {
  const violations: string[] = []
  for (const source of sources) {
    const from = workspaceOf(source.path)
    if (from === undefined || from === 'test') continue
    const allowed = mayImport[from]
    if (allowed === undefined) {
      violations.push(`${source.path}: "${from}" is not in the table of who may import whom`)
      continue
    }
    for (const { specifier, typeOnly } of source.imports) {
      const complain = (why: string) => violations.push(`${source.path} imports "${specifier}": ${why}`)
      const target = resolve(source.path, specifier)
      const why = isForTests(source.path)
        ? wrongInTest(from, allowed, target)
        : wrong(from, allowed, target, dependencies.get(from) ?? new Set())
      const whyNoValues = typesOnly[from]
      if (why !== undefined) complain(why)
      else if (whyNoValues && target.workspace === 'packages/engine' && !typeOnly && !isTest(source.path)) {
        complain(whyNoValues)
      }
    }
  }
  return violations
}

function wrong(from: string, allowed: readonly string[], target: Target, declared: ReadonlySet<string>) {
  if (target.kind === 'outside') {
    const outside = outsideOf[from]
    if (outside !== undefined)
      return outside.includes(target.name) ? undefined : `${from} may use ${outside.join(', ') || 'itself'} only`
    if (target.name.startsWith('node:') || declared.has(target.name)) return undefined
    return `it is not a dependency in ${from}/package.json`
  }
  if (target.workspace === from) return undefined
  if (target.path === 'tools/node26.mjs' && from === 'apps/cli') return undefined // the program starts itself on Node 26
  return wrongDoor(from, allowed, target)
}

/** Tests may use any tool of the root and what `test/` offers; the direction between workspaces stays. */
function wrongInTest(from: string, allowed: readonly string[], target: Target) {
  if (target.kind === 'outside' || target.workspace === from || target.workspace === 'test') return undefined
  return wrongDoor(from, allowed, target)
}

function wrongDoor(from: string, allowed: readonly string[], target: Target) {
  if (target.workspace === undefined) return 'it lies outside every workspace'
  if (!allowed.includes(target.workspace)) return `${from} may not import ${target.workspace}`
  if (target.kind === 'file' || target.kind === 'deep')
    return `${target.workspace} has one public door, its package name`
  return undefined
}

// ---- inside apps/server ------------------------------------------------------------------------------------------------

const shell = new Set(['db', 'files', 'http', 'jobs', 'mail'])
const compositionRoot = new Set(['index.ts', 'server.ts', 'routes.ts'])
const lowerFolders = ['programs', 'decisions'] // from the bottom up; every other one lies above both

/**
 * The shell knows no noun of the business; their folders are layered `programs` <- `decisions` <- the rest, and those above never form a circle;
 * only the composition root knows all.
 */
export function layerViolations(sources: readonly Source[]) {
  const violations: string[] = []
  const foldersByFolder = new Map<string, Set<string>>()
  for (const source of sources) {
    const from = placeInServer(source.path)
    if (from === undefined || isForTests(source.path)) continue
    for (const { specifier } of source.imports) {
      const target = resolve(source.path, specifier)
      const to = target.kind === 'file' ? placeInServer(target.path) : undefined
      if (to === undefined || to.folder === from.folder) continue
      const complain = (why: string) => violations.push(`${source.path} imports "${specifier}": ${why}`)
      if (from.kind !== 'root' && to.kind === 'root') complain('only the composition root stands above the folders')
      if (to.kind !== 'noun' || from.kind === 'root') continue
      if (from.kind === 'shell') complain('the shell knows no noun of the business')
      else if (from.kind === 'top') complain(`only ${[...compositionRoot].join(', ')} put folders together`)
      else if (layerOf(to.folder) > layerOf(from.folder)) complain(`${from.folder} lies below ${to.folder}`)
      else foldersByFolder.set(from.folder, (foldersByFolder.get(from.folder) ?? new Set()).add(to.folder))
    }
  }
  for (const circle of circlesIn(foldersByFolder))
    violations.push(`apps/server: folders import each other: ${circle.join(' -> ')}`)
  return violations
}

type Place = { kind: 'shell' | 'noun' | 'root' | 'top'; folder: string }

function placeInServer(path: string): Place | undefined {
  const [apps, server, first, ...rest] = path.split('/')
  if (apps !== 'apps' || server !== 'server' || first === undefined) return undefined
  if (rest.length === 0) return { kind: compositionRoot.has(first) ? 'root' : 'top', folder: '' }
  return { kind: shell.has(first) ? 'shell' : 'noun', folder: first }
}

function layerOf(folder: string) {
  const layer = lowerFolders.indexOf(folder)
  return layer === -1 ? lowerFolders.length : layer
}

// ---- circles -----------------------------------------------------------------------------------------------------------

/** Files that import each other in a circle, types included: such files are one file in several parts. */
export function cycleViolations(sources: readonly Source[]) {
  const known = new Set(sources.map((source) => source.path))
  const importsByPath = new Map<string, Set<string>>()
  for (const source of sources) {
    const targets = source.imports.map((found) => resolve(source.path, found.specifier).path)
    importsByPath.set(source.path, new Set(targets.filter((path) => known.has(path))))
  }
  return circlesIn(importsByPath).map((circle) => `files import each other: ${circle.join(' -> ')}`)
}

/** One circle per knot, found by walking depth first: a step back to a node on the current way closes a circle. */
function circlesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const way: string[] = []
  const walk = (node: string) => {
    if (done.has(node)) return
    const start = way.indexOf(node)
    if (start !== -1) {
      circles.push([...way.slice(start), node])
      return
    }
    way.push(node)
    for (const next of edges.get(node) ?? []) walk(next)
    way.pop()
    done.add(node)
  }
  for (const node of edges.keys()) walk(node)
  return circles
}

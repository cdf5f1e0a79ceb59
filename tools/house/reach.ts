import { type File, isForTests, isTest, type Source } from './source.ts'
import { join, manifestsOf, parentOf, resolve } from './tree.ts'

/** Files that nobody starts and nobody imports. What only a test reaches is dead too, unless it is there for tests. */
export function deadFileViolations(files: readonly File[], sources: readonly Source[]) {
  const entries = entriesOf(files, sources)
  const fromEntries = reachedFrom(entries, sources)
  const fromTests = reachedFrom([...entries, ...sources.map((source) => source.path).filter(isTest)], sources)
  return sources
    .map((source) => source.path)
    .filter((path) => !path.endsWith('.d.ts') && !(isForTests(path) ? fromTests : fromEntries).has(path))
    .map((path) => `${path}: no entry reaches it`)
}

/** Values that are exported and that no other file imports. */
export function deadExportViolations(files: readonly File[], sources: readonly Source[]) {
  const entries = new Set(entriesOf(files, sources))
  const namesByPath = new Map<string, Set<string> | 'all'>()
  for (const source of sources) {
    for (const { specifier, names } of source.imports) {
      const { path } = resolve(source.path, specifier)
      const known = namesByPath.get(path) ?? new Set()
      namesByPath.set(path, names === 'all' || known === 'all' ? 'all' : known.union(new Set(names)))
    }
  }
  return sources
    .filter((source) => !entries.has(source.path))
    .flatMap((source) => {
      const used = namesByPath.get(source.path) ?? new Set()
      if (used === 'all') return []
      const dead = source.exports.filter((found) => !found.typeOnly && !used.has(found.name))
      return dead.map((found) => `${source.path}: nobody imports "${found.name}"`)
    })
}

/** What there is to be known in one place although the folders of the engine each say a part of it. */
const gathered = new Set(['event.ts', 'member.ts', 'program/program.ts'].map((path) => `packages/engine/${path}`))

/** Files beside a package's door that hand on what another file says: a reader would look for it in the wrong one. */
export function barrelViolations(files: readonly File[], sources: readonly Source[]) {
  const doors = new Set(manifestsOf(files).flatMap((found) => found.entries))
  return sources
    .filter(({ path, handsOn }) => handsOn && !doors.has(path) && !gathered.has(path))
    .map(({ path }) => `${path}: hands on what another file says`)
}

/** What is started from outside: doors, programs, scripts, pages, migrations, configuration and its global setups. */
function entriesOf(files: readonly File[], sources: readonly Source[]) {
  const configuration = sources.filter((source) => /^([^/]+|apps\/[^/]+\/vite)\.config\.(ts|mjs|js)$/.test(source.path))
  const started = configuration.flatMap((source) =>
    source.mentionedPaths.map((path) => join(parentOf(source.path), path)),
  )
  const migrations = sources.map((source) => source.path).filter((path) => path.includes('/migrations/'))
  const tools = sources.map((source) => source.path).filter((path) => path.startsWith('tools/'))
  const manifest = manifestsOf(files).flatMap((found) => found.entries)
  const scripts = files
    .filter(({ path }) => path.endsWith('.html'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/<script[^>]* src="\/?([^"]+)"/g)].map(([, script = '']) => join(parentOf(path), script)),
    )
  return [...manifest, ...scripts, ...configuration.map((source) => source.path), ...started, ...migrations, ...tools]
}

function reachedFrom(entries: readonly string[], sources: readonly Source[]) {
  const sourceByPath = new Map(sources.map((source) => [source.path, source]))
  const reached = new Set<string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const source = sourceByPath.get(path)
    if (source === undefined || reached.has(path)) continue
    reached.add(path)
    for (const { specifier } of source.imports) open.push(resolve(path, specifier).path)
    for (const mentioned of source.mentionedPaths) open.push(join(parentOf(path), mentioned))
  }
  return reached
}

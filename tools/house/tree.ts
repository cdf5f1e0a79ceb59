import type { File } from './source.ts'

/**
 * What an import points at: a file by relative path, a workspace's public door (`@laurel/x`), something deeper inside a
 * workspace (`@laurel/x/y`), or a package or module from outside. `path` is empty for what is outside.
 */
export type Target = {
  kind: 'file' | 'door' | 'deep' | 'outside'
  workspace: string | undefined
  path: string
  name: string
}

const apps = new Set(['server', 'cli', 'console', 'portal', 'till'])

/** `packages/engine`, `apps/server`, `test`; undefined for files of the root (tools, configuration, programs). */
export function workspaceOf(path: string): string | undefined {
  const [top, second, ...rest] = path.split('/')
  if (top === 'test') return 'test'
  return (top === 'packages' || top === 'apps') && rest.length > 0 ? `${top}/${second}` : undefined
}

export function resolve(from: string, specifier: string): Target {
  if (specifier.startsWith('.')) {
    const path = join(parentOf(from), specifier)
    return { kind: 'file', workspace: workspaceOf(path), path, name: specifier }
  }
  const [scope, name, ...rest] = specifier.split('/')
  if (scope === '@laurel' && name !== undefined) {
    const workspace = name === 'test' ? 'test' : apps.has(name) ? `apps/${name}` : `packages/${name}`
    const kind = rest.length === 0 ? 'door' : 'deep'
    return { kind, workspace, path: `${workspace}/index.ts`, name: specifier }
  }
  const outside = specifier.startsWith('@') ? `${scope}/${name}` : specifier.startsWith('node:') ? specifier : scope
  return { kind: 'outside', workspace: undefined, path: '', name: outside ?? specifier }
}

export const parentOf = (path: string) => path.split('/').slice(0, -1).join('/')

export function join(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

export type Manifest = {
  folder: string
  entries: string[]
  dependencies: Set<string>
}

/** What the package.json files say: the files they open to the world, and the packages they ask for. */
export function manifestsOf(files: readonly File[]): Manifest[] {
  return files
    .filter((file) => file.path === 'package.json' || file.path.endsWith('/package.json'))
    .map((file) => {
      const folder = parentOf(file.path)
      const { exports = {}, bin = {}, scripts = {}, ...rest } = JSON.parse(file.text)
      const scriptPaths = Object.values<string>(scripts).flatMap((line) => line.match(/[\w./-]+\.(ts|mjs)\b/g) ?? [])
      const entries = [...stringsIn(exports), ...stringsIn(bin), ...scriptPaths].map((entry) => join(folder, entry))
      const asked = { ...rest.dependencies, ...rest.optionalDependencies, ...rest.peerDependencies }
      return { folder, entries, dependencies: new Set(Object.keys(asked)) }
    })
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

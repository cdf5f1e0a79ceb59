import type { File } from './source.ts'

// Spelled so that this file does not mention them itself.
const places = [/(^|[^\w.~/-])\/work\//m, /[.]library\b/, /farm[-]studio/]
const neighbour = /[.][.]\/shared\b/

/** What holds on one machine only: its folders, its package host. */
export function machineViolations(files: readonly File[]) {
  return files.flatMap(({ path, text }) => {
    const violations = places.filter((place) => place.test(text)).map((place) => `${path}: mentions ${place.source}`)
    const ofRecords = path.endsWith('.data.test.ts') || path.startsWith('test/data/')
    if (!ofRecords && neighbour.test(text)) violations.push(`${path}: mentions a folder beside the checkout`)
    if (path === 'package-lock.json' && /"resolved": "\w+:/.test(text)) violations.push(`${path}: names a package host`)
    if (/(^|\/)\.npmrc$/.test(path) && /registry\s*=\s*\w+:|_auth/.test(text)) {
      violations.push(`${path}: names a package host or a credential`)
    }
    return violations
  })
}

type Lockfile = {
  packages?: Record<string, Record<'dependencies' | 'optionalDependencies', Record<string, string> | undefined>>
}

/**
 * Packages that the lockfile asks for and holds no record of. npm leaves out, without a word, the platforms that its package
 * host does not know: `npm ci` then fails, or another platform goes without a tool.
 */
export function lockfileViolations(files: readonly File[]) {
  const file = files.find((candidate) => candidate.path === 'package-lock.json')
  if (file === undefined) return []
  const packages = (JSON.parse(file.text) as Lockfile).packages ?? {}
  return Object.entries(packages).flatMap(([holder, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(holder).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `package-lock.json: "${holder}" asks for ${name}, which has no record`),
  )
}

/** Where Node looks for packages: `a/node_modules/b` -> [`a/node_modules/b/`, `a/node_modules/`, `a/`, ``]. */
function foldersAbove(holder: string) {
  const parts = holder.split('/')
  return parts.map((_part, index) => `${parts.slice(0, parts.length - index).join('/')}/`).concat('')
}

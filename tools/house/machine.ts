import type { File } from './source.ts'

// What the documentation gives as an example of a stick is no place of ours.
const place = /(?<![\w.~/$}-])\/(?:home|Users|Volumes|root|tmp|work(?:spaces?)?|builds|mnt(?!\/usb\b)|media)\/[\w.-]/
const climb = /(?<![\w.$}/])(?:[.][.]\/)+(?=\w)/g

/** What holds on one machine only: places in its file system, folders beside the checkout, its package host. */
export function machineViolations(files: readonly File[]) {
  return files.flatMap(({ path, text }) => {
    const violations: string[] = []
    const [found] = place.exec(text) ?? []
    if (found !== undefined) violations.push(`${path}: mentions a place of one machine, ${found}…`)
    if (highestClimb(text) > path.split('/').length - 1) {
      violations.push(`${path}: mentions a folder beside the checkout`)
    }
    if (path === 'package-lock.json' && /"resolved": "\w+:/.test(text)) violations.push(`${path}: names a package host`)
    if (/(^|\/)\.npmrc$/.test(path) && /registry\s*=\s*\w+:|_auth/.test(text)) {
      violations.push(`${path}: names a package host or a credential`)
    }
    return violations
  })
}

/** How many folders the longest relative path goes up: `../../a` goes up two. */
const highestClimb = (text: string) => Math.max(0, ...[...text.matchAll(climb)].map(([steps]) => steps.length / 3))

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

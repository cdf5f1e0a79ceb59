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

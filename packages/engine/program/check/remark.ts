import type { Finding, FindingCode } from '../finding.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree, type Tree } from '../syntax-tree.ts'

/** Whether a key of this map that nobody knows was told to be this one: one mistake, one finding. */
export const isToldToBe = (key: string, { path }: MapTree, { findings }: Reading): boolean =>
  findings.some(
    ({ code, path: at, instead }) =>
      code === 'unknown-key' &&
      at.startsWith(`${path}.`) &&
      (instead === `Did you mean \`${key}\`?` || instead.startsWith(`Write ${key}: `)),
  )

/**
 * Reports about the value that these keys lead to from a map; where the way ends early, about the last that is there. A
 * silence is so reported at the map that is silent.
 */
export function remark(
  reading: Reading,
  severity: Finding['severity'],
  at: readonly [from: MapTree, ...keys: string[]],
  code: FindingCode,
  message: string,
  instead: string,
): void {
  const [from, ...keys] = at
  let place: Tree = from
  for (const key of keys) {
    const next: Tree | undefined = place.type === 'map' ? childOf(place, key) : undefined
    if (next === undefined) break
    place = next
  }
  reading.findings.push({ code, severity, path: place.path, ...place.at, message, instead })
}

import type { Finding, FindingCode } from '../finding.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree, type Tree } from '../syntax-tree.ts'

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

export interface Identified {
  readonly id: string
  readonly tree: MapTree
}

/** Ids that stand twice in one list. */
export function checkUnique(items: readonly Identified[], what: string, key: string, reading: Reading): void {
  const firstById = new Map<string, MapTree>()
  for (const { id, tree } of items) {
    const first = firstById.get(id)
    if (first === undefined) {
      firstById.set(id, tree)
      continue
    }
    const message = `There are two ${what}s \`${id}\`; the first is in line ${first.at.line}`
    remark(reading, 'error', [tree, key], 'duplicate-id', message, 'Give one of them another id')
  }
}

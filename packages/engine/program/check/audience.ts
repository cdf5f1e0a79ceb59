import type { AudienceText } from '../document/audience.ts'
import type { Reading } from '../shape.ts'
import type { MapTree } from '../syntax-tree.ts'
import { remark } from './remark.ts'

const traits = ['tier', 'segment', 'tag', 'membership', 'badge'] as const

/** An audience that excludes everyone whom it names. */
export function checkAudience(audience: AudienceText | null, tree: MapTree, reading: Reading): void {
  const without = audience?.not ?? null
  if (audience === null || without === null) return
  for (const trait of traits) {
    const wanted = audience[trait] ?? []
    const excluded = without[trait] ?? []
    const left = wanted.filter((each) => !excluded.includes(each))
    if (wanted.length === 0 || left.length === wanted.length) continue
    const both = wanted.filter((each) => excluded.includes(each)).map((each) => each.replace(/^.*\//, ''))
    const message = `\`${both.join(', ')}\` is asked for and left out at once${left.length === 0 ? ': nobody is left' : ''}`
    const instead = 'Take it out of one of the two'
    remark(reading, 'error', [tree, 'for', 'not', trait], 'audience-never', message, instead)
  }
}

export const disjoint = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a !== null && b !== null && !a.some((each) => b.includes(each))

/** Members hold one level of each ladder: two lists of levels of one ladder must share one. */
export function disjointTiers(a: AudienceText | null, b: AudienceText | null): boolean {
  const first = a?.tier ?? []
  const second = b?.tier ?? []
  if (first.length === 0 || second.length === 0) return false
  const ladders = new Set([...first, ...second].map((level) => level.split('/')[0]))
  return ladders.size === 1 && disjoint(first, second)
}

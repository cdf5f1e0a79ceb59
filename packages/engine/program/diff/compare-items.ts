import type { Json } from '../shape.ts'
import { type Item, isList, isMap } from './items.ts'

/** What became of an item. */
export type ItemChange =
  | { readonly kind: 'added'; readonly after: Item }
  | { readonly kind: 'removed'; readonly before: Item }
  | { readonly kind: 'changed' | 'renamed' | 'moved'; readonly before: Item; readonly after: Item }

/** One value of the document; null: it is not said there. */
export interface Change {
  readonly path: string
  readonly before: Json | null
  readonly after: Json | null
}

/**
 * Compares the items of one section, in the order in which they stand afterwards; what is gone stands where it stood. An item
 * that is gone and a new one that says the same to the letter are one item with a new id.
 */
export function compareItems(before: readonly Item[], after: readonly Item[], isOrdered: boolean): ItemChange[] {
  const pairs = pairsOf(before, after)
  const beforeOf = new Map(pairs.map((pair) => [pair.after, pair.before]))
  const kept = new Set(pairs.map((pair) => pair.before))
  const places = new Map(before.map((item, index) => [item, index]))
  const order = after.flatMap((item) => {
    const was = beforeOf.get(item)
    return was === undefined ? [] : [places.get(was) ?? 0]
  })
  const stayed = new Set(isOrdered ? longestRising(order) : order)

  const gone = before.filter((item) => !kept.has(item))
  const goneUpTo = (place: number): ItemChange[] => {
    const until = gone.findIndex((item) => (places.get(item) ?? 0) > place)
    return gone.splice(0, until === -1 ? gone.length : until).flatMap(removed)
  }
  const changes = after.flatMap((item): ItemChange[] => {
    const was = beforeOf.get(item)
    if (was === undefined) return added(item)
    const place = places.get(was) ?? 0
    return [...(stayed.has(place) ? goneUpTo(place) : []), ...compared(was, item, isOrdered, stayed.has(place))]
  })
  return [...changes, ...goneUpTo(before.length)]
}

/** Which item is which: by its id, else by being the same in everything else. */
function pairsOf(before: readonly Item[], after: readonly Item[]) {
  const byId = new Map(before.map((item) => [item.id, item]))
  const idsAfter = new Set(after.map(({ id }) => id))
  const gone = Map.groupBy(
    before.filter(({ id }) => !idsAfter.has(id)),
    textOf,
  )
  return after.flatMap((item) => {
    const was = byId.get(item.id) ?? gone.get(textOf(item))?.shift()
    return was === undefined ? [] : [{ before: was, after: item }]
  })
}

/** Everything but the id. */
const textOf = ({ content, within }: Item): string =>
  JSON.stringify([content, within.map((item) => [item.id, textOf(item)])])

function compared(before: Item, after: Item, isOrdered: boolean, stayed: boolean): ItemChange[] {
  const isSame = JSON.stringify(before.content) === JSON.stringify(after.content)
  const both = { before, after }
  const isRenamed = before.id !== after.id
  return [
    ...(isRenamed ? [{ kind: 'renamed', ...both } as const] : []),
    ...(stayed ? [] : [{ kind: 'moved', ...both } as const]),
    ...(isSame ? [] : [{ kind: 'changed', ...both } as const]),
    // A renamed ladder has the levels that it had.
    ...(isRenamed ? [] : compareItems(before.within, after.within, isOrdered)),
  ]
}

const added = (after: Item): ItemChange[] => [{ kind: 'added', after }, ...after.within.flatMap(added)]
const removed = (before: Item): ItemChange[] => [{ kind: 'removed', before }, ...before.within.flatMap(removed)]

/** The most of them that stand in rising order: whoever is not among them has moved. Lists are at most some hundred long. */
function longestRising(numbers: readonly number[]): readonly number[] {
  const best: number[][] = []
  for (const number of numbers) {
    const before = best.filter((run) => (run.at(-1) ?? 0) < number)
    best.push([...longest(before), number])
  }
  return longest(best)
}

const longest = (runs: readonly (readonly number[])[]): readonly number[] =>
  runs.reduce((most, run) => (run.length > most.length ? run : most), [])

/** Every value in which two items differ; what stands in a map is compared key by key, a list as one value unless it holds maps. */
export function valueChanges(path: string, before: Json | undefined, after: Json | undefined): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (before !== undefined && after !== undefined) {
    if (isMap(before) && isMap(after)) {
      const keys = new Set([...Object.keys(before), ...Object.keys(after)])
      return [...keys].flatMap((key) => valueChanges(`${path}.${key}`, before[key], after[key]))
    }
    if (isList(before) && isList(after) && [...before, ...after].every((each) => isMap(each))) {
      const length = Math.max(before.length, after.length)
      return Array.from({ length }, (_, index) => valueChanges(`${path}[${index}]`, before[index], after[index])).flat()
    }
  }
  return [{ path, before: before ?? null, after: after ?? null }]
}

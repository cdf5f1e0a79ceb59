import type { LadderEntry } from '../member.ts'
import type { LocalTime } from '../time/local.ts'
import { longerBy, noteLonger } from './tally.ts'

export const sumOf = (entries: readonly LadderEntry[]): number => entries.reduce((sum, entry) => sum + entry[1], 0)

/** The list after a change: what is gone taken out, what is new in tidy order. */
export function changedEntries(
  entries: readonly LadderEntry[],
  removed: readonly LadderEntry[],
  added: readonly LadderEntry[],
): readonly LadderEntry[] {
  const left = removed.length === 0 ? entries : withoutEntries(entries, removed)
  if (added.length === 0) return left
  const [only] = added
  const known = only && added.length === 1 ? longerBy(left, only) : undefined
  if (known) return known
  const changed = left.slice()
  for (const entry of added) changed.splice(placeAfter(changed, entry[0]), 0, entry)
  if (only && added.length === 1 && changed.at(-1) === only) noteLonger(left, only, changed)
  return changed
}

/** Takes out one entry for each of `gone`; entries are values, so which of two equal ones goes is no matter. */
export function withoutEntries(entries: readonly LadderEntry[], gone: readonly LadderEntry[]): LadderEntry[] {
  const left = entries.slice()
  for (const entry of gone) {
    const at = placeIn(left, entry)
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

export const hasEntry = (entries: readonly LadderEntry[], entry: LadderEntry): boolean => placeIn(entries, entry) >= 0

/** The first that is equal; entries stand in tidy order, so it is among those of its moment. */
function placeIn(entries: readonly LadderEntry[], entry: LadderEntry): number {
  const end = placeAfter(entries, entry[0])
  let at = placeAfter(entries, entry[0] - 1)
  while (at < end && !isEqual(entries[at], entry)) at += 1
  return at < end ? at : -1
}

const isEqual = (a: LadderEntry | undefined, b: LadderEntry): boolean =>
  a !== undefined && a[0] === b[0] && a[1] === b[1] && a[2] === b[2]

/** Behind all entries up to a moment: there the next one of that moment belongs. */
function placeAfter(entries: readonly LadderEntry[], moment: LocalTime): number {
  let [from, to] = [0, entries.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((entries[middle]?.[0] ?? moment) <= moment) from = middle + 1
    else to = middle
  }
  return from
}

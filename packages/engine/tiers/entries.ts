import type { LadderEntry } from '../member.ts'
import type { LocalTime } from '../time/local.ts'

/** The moment that decides an entry's window: its order's, for a refund (TIER-6). */
export const homeOf = (entry: LadderEntry): LocalTime => (entry.length === 3 ? entry[2] : entry[0])

export const sameEntry = (a: LadderEntry, b: LadderEntry): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2]

export const sumOf = (entries: readonly LadderEntry[]): number => entries.reduce((sum, entry) => sum + entry[1], 0)

/** The list after a change: what is gone taken out, what is new in tidy order. */
export function changedEntries(
  entries: readonly LadderEntry[],
  removed: readonly LadderEntry[],
  added: readonly LadderEntry[],
): readonly LadderEntry[] {
  let changed = removed.length === 0 ? entries : withoutEntries(entries, removed)
  for (const entry of added) changed = withEntry(changed, entry)
  return changed
}

/** Puts an entry in tidy order: after those of the same moment. */
function withEntry(entries: readonly LadderEntry[], entry: LadderEntry): LadderEntry[] {
  let at = entries.length
  while (at > 0) {
    const before = entries[at - 1]
    if (!before || before[0] <= entry[0]) break
    at -= 1
  }
  return entries.toSpliced(at, 0, entry)
}

/** Takes out one entry for each of `gone`; entries are values, so which of two equal ones goes is no matter. */
export function withoutEntries(entries: readonly LadderEntry[], gone: readonly LadderEntry[]): LadderEntry[] {
  const left = entries.slice()
  for (const entry of gone) {
    const at = left.findIndex((other) => sameEntry(other, entry))
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

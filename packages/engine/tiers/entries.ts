import type { LadderEntry } from '../member.ts'
import type { LocalTime } from '../time/local.ts'

/** The moment that decides an entry's window: its order's, for a refund (TIER-6). */
export const homeOf = (entry: LadderEntry): LocalTime => entry[2] ?? entry[0]

/** The list after a change: what is gone taken out, what is new in tidy order, what lies before every window dropped. */
export function changedEntries(
  entries: readonly LadderEntry[],
  removed: readonly LadderEntry[],
  added: readonly LadderEntry[],
  dropBefore: LocalTime | null,
): readonly LadderEntry[] {
  let changed = removed.length === 0 ? entries : withoutEntries(entries, removed)
  for (const entry of added) changed = withEntry(changed, entry)
  return dropBefore === null ? changed : changed.filter((entry) => homeOf(entry) >= dropBefore)
}

/** Puts an entry in tidy order: after those of the same moment. */
function withEntry(entries: readonly LadderEntry[], entry: LadderEntry): LadderEntry[] {
  let at = entries.length
  while (at > 0) {
    const before = entries[at - 1]
    if (!before || before[0] <= entry[0]) break
    at -= 1
  }
  const changed = entries.slice()
  changed.splice(at, 0, entry)
  return changed
}

/** Takes out one entry for each of `gone`; entries are values, so which of two equal ones goes is no matter. */
function withoutEntries(entries: readonly LadderEntry[], gone: readonly LadderEntry[]): LadderEntry[] {
  const left = entries.slice()
  for (const entry of gone) {
    const at = left.findIndex((other) => other[0] === entry[0] && other[1] === entry[1] && other[2] === entry[2])
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

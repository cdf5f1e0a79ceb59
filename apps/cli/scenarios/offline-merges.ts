import { ownSource } from '@laurel/contract'
import { type Brought, currentPool, type Member, type MemberEvent, type TimePassed } from '@laurel/engine'
import type { Submission } from '@laurel/server'
import type { Sent } from './sent.ts'

type StoredEvent = Exclude<MemberEvent, TimePassed>
type Lives = ReadonlyMap<string, { readonly state: Member; readonly events: readonly StoredEvent[] }>

/** Who answers for a member (MRG-1). */
export function remainingOf(lives: Lives, member: string): string {
  const into = lives.get(member)?.state.left?.into
  return into === undefined ? member : remainingOf(lives, into)
}

interface Asked {
  readonly of: string
  readonly event: Submission['event']
}

/** The act that merges two members, or the code with which a server says no; null: they are merged. */
export function toMerge(
  lives: Lives,
  { member, id, into: named }: Extract<Sent, { type: 'merge' }>,
): Asked | string | null {
  const into = remainingOf(lives, named)
  const [gone, there] = [lives.get(member), lives.get(into)]
  if (gone === undefined || there === undefined) return 'unknown-member'
  if (named === member) return 'merge-with-oneself'
  if (gone.state.left?.into !== undefined) return remainingOf(lives, member) === into ? null : 'merged-already'
  if (into === member) return 'merge-with-oneself'
  if (gone.state.left?.erased || there.state.left?.erased) return 'unknown-member'
  if ([gone, there].some(({ state }) => state.left !== null || state.frozen)) return 'member-away'
  if (currentPool(gone.state)) return 'member-in-pool'
  const by = { source: ownSource, id: `merge/${id}`, actor: 'staff', reason: 'same-person' }
  // There is no chain here whose head could be named.
  return { of: member, event: { ...by, type: 'member.merged', to: into, head: '' } }
}

export function toUndo(lives: Lives, { member, id, reason }: Extract<Sent, { type: 'unmerge' }>): Asked | string {
  const into = lives.get(member)?.state.left?.into ?? ''
  const there = lives.get(into)
  const merged = there?.state.merged
  const isUsed = there?.events.some(({ via }) => via === member)
  if (merged?.from !== member || isUsed) return 'merge-not-undoable'
  const by = { source: ownSource, id: `unmerge/${member}/${id}`, actor: 'staff', reason }
  return { of: into, event: { ...by, type: 'merge.undone', merge: merged.merge, tell: member } }
}

/** What a merged member brings: all that has happened to it, the merge included. */
export function broughtBy(
  lives: Lives,
  from: string,
  merge: string,
): { readonly from: string; readonly brought: Brought; readonly occurredAt: string } {
  const events = lives.get(from)?.events ?? []
  const last = events.findIndex(({ source, id }) => `${source}/${id}` === merge)
  const ended = events[last]
  if (ended === undefined) throw new Error('a merge that was sent is not among the events of who sent it')
  const brought = { events: events.slice(0, last + 1), told: {} }
  return { from, brought, occurredAt: new Date(ended.stamp.at).toISOString() }
}

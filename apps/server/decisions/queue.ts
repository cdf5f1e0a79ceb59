import type { Effect, Member } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import type { BatchRows } from './batch-rows.ts'
import type { Owner } from './owner.ts'

type Queued = Extract<Effect, { type: 'queued' }>

/** What became of a refund in the queue of unmatched ones: it waits there, found its order after all, or was accepted. */
type Place = Queued | 'matched' | 'accepted'

/** By `source/id` of the refund's event: what the effects say last of each (EVT-5). */
export function queueOf(effects: readonly Effect[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const effect of effects) {
    // Only what waits for an order that is not known yet is both queued and waiting; other events that waited have no row.
    if (effect.type === 'wait-ended') {
      const name = `${effect.source}/${effect.id}`
      // Who accepts one ends its wait, too.
      if (places.get(name) !== 'accepted') places.set(name, 'matched')
    } else if (effect.type === 'queued') places.set(`${effect.refund.source}/${effect.refund.id}`, effect)
    else if (effect.type === 'queue-answered') places.set(effect.refund, 'accepted')
  }
  return places
}

/**
 * Rows of the queue that a decision calls for; `by` is who acted, if anybody did. What waited when its member was merged waits
 * under that member's name (MRG-1).
 */
export function writeQueue(
  rows: BatchRows,
  owner: Owner,
  places: ReadonlyMap<string, Place>,
  {
    seq,
    at,
    by,
    aliases = [],
  }: {
    readonly seq: number
    readonly at: number
    readonly by: string
    readonly aliases?: Member['aliases']
  },
): void {
  for (const [name, place] of places) {
    const identity = identityIn(name)
    if (place === 'matched' || place === 'accepted') {
      const { program } = owner
      const owners = [owner, ...aliases.map((member) => ({ bucket: bucketOf(program, member), program, member }))]
      for (const each of owners) rows.rare.addQueueAnswer(each, { ...identity, outcome: place, at, by })
    } else
      rows.rare.addQueued(owner, {
        ...identity,
        order: place.refund.order,
        amount: place.amount,
        currency: place.currency,
        reason: place.reason,
        line: place.line ?? null,
        seq,
        at,
      })
  }
}

/** `source/id`; a source has no slash. */
function identityIn(name: string): { readonly source: string; readonly id: string } {
  const slash = name.indexOf('/')
  return { source: name.slice(0, slash), id: name.slice(slash + 1) }
}

import type { PendingEntry } from '../member.ts'
import { dueName } from '../time/due-cause.ts'
import { dayOf, type LocalDay, type LocalTime, startOf } from '../time/local.ts'

/**
 * What waits to become active is a list in the order in which it came, plain JSON, and one decision searches it from end to end.
 * A fold or a replay changes one list thousands of times; searched each time, it would take the square of the history. So it
 * keeps an index beside the list, which says nothing that the list does not say, and drops it when it is done.
 */
const indexByList = new WeakMap<readonly PendingEntry[], Index>()

/** From now on nobody but `putPending` may change the list. */
export const keepIndex = (list: readonly PendingEntry[]): void => void indexByList.set(list, new Index(list))
export const dropIndex = (list: readonly PendingEntry[]): void => void indexByList.delete(list)

/** The entry with this id. */
export function pendingNamed(list: readonly PendingEntry[], id: string): PendingEntry | undefined {
  const index = indexByList.get(list)
  return index ? index.named(id) : list.find((entry) => entry.id === id)
}

/** All entries of an order or an award, in their order; a list of its own. */
export function pendingOf(list: readonly PendingEntry[], owner: PendingEntry['owner']): PendingEntry[] {
  const index = indexByList.get(list)
  return index ? index.of(owner) : list.filter((entry) => entry.owner === owner)
}

/** The first that becomes active by then: of one day the first by its name (TIME-3). */
export function firstPending(list: readonly PendingEntry[], until: LocalTime): PendingEntry | undefined {
  const index = indexByList.get(list)
  const first = index ? index.first() : firstIn(list, dayOf(until))
  return first && startOf(first.dueOn) <= until ? first : undefined
}

/** Most often nothing is due: names are compared for what is. */
function firstIn(list: readonly PendingEntry[], until: LocalDay): PendingEntry | undefined {
  let first: PendingEntry | undefined
  for (const entry of list) {
    if (entry.dueOn <= until && (!first || compareDue(entry, first) < 0)) first = entry
  }
  return first
}

/** In the place of the one that it is, or at the end; one of which nothing is left goes. */
export function putPending(list: PendingEntry[], entry: PendingEntry): void {
  const known = pendingNamed(list, entry.id)
  indexByList.get(list)?.put(entry, known)
  putInPlace(list, entry, known)
}

function putInPlace(list: PendingEntry[], entry: PendingEntry, known: PendingEntry | undefined): void {
  const at = known === undefined ? list.length : list.indexOf(known)
  list.splice(at, known === undefined ? 0 : 1, ...(entry.amount === 0 ? [] : [entry]))
}

function compareDue(a: PendingEntry, b: PendingEntry): number {
  if (a.dueOn !== b.dueOn) return a.dueOn - b.dueOn
  const [one, other] = [nameOf(a), nameOf(b)]
  return one < other ? -1 : one > other ? 1 : 0
}

const nameOf = ({ id, dueOn }: PendingEntry): string => dueName({ type: 'pending', entry: id, on: dueOn })

class Index {
  readonly #byId = new Map<string, PendingEntry>()
  readonly #byOwner = new Map<PendingEntry['owner'], PendingEntry[]>()
  /** Sorted by `compareDue`. */
  readonly #byDue: PendingEntry[] = []

  constructor(list: readonly PendingEntry[]) {
    for (const entry of list) this.put(entry, undefined)
  }

  named(id: string): PendingEntry | undefined {
    return this.#byId.get(id)
  }

  of(owner: PendingEntry['owner']): PendingEntry[] {
    return this.#byOwner.get(owner)?.slice() ?? []
  }

  first(): PendingEntry | undefined {
    return this.#byDue[0]
  }

  put(entry: PendingEntry, known: PendingEntry | undefined): void {
    if (known !== undefined) this.#byDue.splice(this.#placeOf(known), 1)
    if (entry.amount === 0) this.#byId.delete(entry.id)
    else {
      this.#byId.set(entry.id, entry)
      this.#byDue.splice(this.#placeOf(entry), 0, entry)
    }
    const own = this.#byOwner.get(entry.owner) ?? []
    putInPlace(own, entry, known)
    if (own.length === 0) this.#byOwner.delete(entry.owner)
    else this.#byOwner.set(entry.owner, own)
  }

  /** Where it stands, or belongs: behind all that become active before it. */
  #placeOf(entry: PendingEntry): number {
    let [from, to] = [0, this.#byDue.length]
    while (from < to) {
      const middle = (from + to) >> 1
      const other = this.#byDue[middle]
      if (other !== undefined && compareDue(other, entry) < 0) from = middle + 1
      else to = middle
    }
    return from
  }
}

import { isSame } from './is-same.ts'

/**
 * A part of a member's state and how it changes: forward by an effect, and from one state to another where a late fact has left
 * another past (EVT-2). Who adds a part writes both, side by side.
 */
export interface MemberPart<State, Change> {
  /** Writes the change into a state that the caller owns. Nothing is judged here. */
  readonly apply: (state: State, change: Change) => void
  /** The changes that lead from one state to the other, in the order in which they are applied. */
  readonly difference: (before: State, after: State) => readonly Change[]
}

/** Lists keep their order: after the part that both share, what stood is removed, and what stands is added. */
export function listDifference<Item, Change>(
  before: readonly Item[] | undefined,
  after: readonly Item[] | undefined,
  change: (item: Item, isThere: boolean) => Change,
): Change[] {
  const [was, is] = [before ?? [], after ?? []]
  let common = 0
  while (common < was.length && common < is.length && isSame(was[common], is[common])) common += 1
  return [
    ...was.slice(common).map((item) => change(item, false)),
    ...is.slice(common).map((item) => change(item, true)),
  ]
}

/** Items that go by a name: the names under which something else stands, each with what stands; null: nothing does. */
export function namedDifference<Item, Name, Change>(
  before: readonly Item[] | undefined,
  after: readonly Item[] | undefined,
  nameOf: (item: Item) => Name,
  change: (item: Item | null, name: Name) => Change,
): Change[] {
  const was = new Map((before ?? []).map((item) => [nameOf(item), item]))
  const is = new Map((after ?? []).map((item) => [nameOf(item), item]))
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => !isSame(was.get(name), is.get(name)))
    .map((name) => change(is.get(name) ?? null, name))
}

/**
 * Room that members share: budgets, caps of a place or of the whole program, stock (EARN-5). How much is left stands outside
 * of every member, so what an event may have of it is granted while it is gathered, pinned on it, and never judged again. An
 * event without grants is judged as if there were enough: what it takes then is what it would ask for.
 */
export interface Grant {
  readonly room: string
  /** Units that it may take: smallest units of an asset, times, or pieces. */
  readonly amount: number
}

/** What a decision takes of a shared room; below zero it gives back. */
export interface RoomTaken {
  readonly type: 'room'
  readonly room: string
  readonly change: number
}

export type Grants = Map<string, number>

export const grantsOf = (grants: readonly Grant[] | undefined): Grants | null =>
  grants === undefined ? null : new Map(grants.map(({ room, amount }) => [room, amount]))

/** Room by room, in the order of the rooms' names. */
export const grantsIn = (amounts: Grants): Grant[] =>
  [...amounts].map(([room, amount]) => ({ room, amount })).sort((a, b) => (a.room < b.room ? -1 : 1))

/** What the event may still take; `most`, the whole of it, where nothing is granted yet. */
export const leftOfRoom = (grants: Grants | null, room: string, most: number): number =>
  grants === null ? most : Math.min(most, grants.get(room) ?? 0)

import type { Effect } from '../effect.ts'
import type { Program } from '../program/program.ts'

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

/** What the event may still take; `most`, the whole of it, where nothing is granted yet. */
export const leftOfRoom = (grants: Grants | null, room: string, most: number): number =>
  grants === null ? most : Math.min(most, grants.get(room) ?? 0)

const sharing = new WeakMap<Program, boolean>()

/** Whether anything of the program is shared between members: then every event of it is granted something, if only nothing. */
export function sharesRoom(program: Program): boolean {
  const known = sharing.get(program)
  if (known !== undefined) return known
  const shares =
    program.caps.some((cap) => cap.of !== 'member') || [...program.rewards.values()].some(({ stock }) => stock !== null)
  sharing.set(program, shares)
  return shares
}

/** How much there is of a room in all; null: the program knows no such room. */
export function wholeOf({ caps, rewards }: Program, room: string): number | null {
  if (room.startsWith(STOCK)) return rewards.get(room.slice(STOCK.length))?.stock ?? null
  return caps.find((cap) => cap.of !== 'member' && room.startsWith(`${cap.id}/`))?.most ?? null
}

const STOCK = 'stock/'

/** What a decision asks for, or took where it was granted: room by room, in the order of the rooms' names. */
export function takenBy(effects: readonly Effect[]): Grant[] {
  const taken = new Map<string, number>()
  for (const effect of effects) {
    if (effect.type === 'room' && effect.change > 0)
      taken.set(effect.room, (taken.get(effect.room) ?? 0) + effect.change)
  }
  return [...taken].map(([room, amount]) => ({ room, amount })).sort((a, b) => (a.room < b.room ? -1 : 1))
}

/** The room of a reward's pieces. */
export const stockOf = (reward: string): string => `${STOCK}${reward}`

import type { Program } from '../program/program.ts'
import { seatsOf, stockOf } from '../rooms/room.ts'
import { type Column, wholeCell } from './column.ts'

/** What members share and use up (EARN-5): pieces of a reward, seats of a session, the budget of a rule. */
export type RoomKind = 'reward' | 'session' | 'budget'

/** Names of the rooms of a kind as tables call them, and as the books do. */
export function roomsOf(kind: RoomKind, { rewards, caps }: Program): ReadonlyMap<string, string> {
  const all = [...rewards.values()]
  switch (kind) {
    case 'reward':
      return new Map(all.flatMap(({ id, stock }) => (stock === null ? [] : [[id, stockOf(id)]])))
    case 'session':
      return new Map(
        all.flatMap(({ id, kind: what }) =>
          what.type === 'experience' ? what.sessions.map((each) => [`${id}/${each.id}`, seatsOf(id, each.id)]) : [],
        ),
      )
    case 'budget':
      return new Map(caps.flatMap(({ id }) => (id.startsWith(BUDGET) ? [[id.slice(BUDGET.length), `${id}/ever`]] : [])))
  }
}
const BUDGET = 'budget:'

export interface RoomStanding {
  /** In smallest units. */
  readonly left: number
  /** How many members wait for some of it. */
  readonly waiting: number
}

/** `left`; of sessions `seats left` and `waiting`. */
export function roomColumn(name: string, kind: RoomKind): Column<RoomStanding> | null {
  const [left, waiting] = roomColumnNames(kind)
  if (name === left) return { name, canonical: wholeCell, actual: (room) => String(room.left) }
  return name === waiting ? { name, canonical: wholeCell, actual: (room) => String(room.waiting) } : null
}

export const roomColumnNames = (kind: RoomKind): string[] => (kind === 'session' ? ['seats left', 'waiting'] : ['left'])

import type { Effect } from '../effect.ts'
import type { Program } from '../program/program.ts'
import type { Grant } from './grant.ts'

const sharing = new WeakMap<Program, boolean>()

/** Whether anything of the program is shared between members: then every event of it is granted something, if only nothing. */
export function sharesRoom(program: Program): boolean {
  const known = sharing.get(program)
  if (known !== undefined) return known
  const shares =
    program.caps.some((cap) => cap.of !== 'member') ||
    [...program.rewards.values()].some(({ stock, kind }) => stock !== null || kind.type === 'experience')
  sharing.set(program, shares)
  return shares
}

/** How much there is of a room in all; null: the program knows no such room. */
export function wholeOf({ caps, rewards }: Program, room: string): number | null {
  if (room.startsWith(SEATS)) {
    const [, id = '', session] = room.split('/')
    const kind = rewards.get(id)?.kind
    return kind?.type === 'experience' ? (kind.sessions.find((each) => each.id === session)?.seats ?? null) : null
  }
  if (room.startsWith(STOCK)) return rewards.get(room.slice(STOCK.length))?.stock ?? null
  return caps.find((cap) => cap.of !== 'member' && room.startsWith(`${cap.id}/`))?.most ?? null
}

const STOCK = 'stock/'
const SEATS = 'seats/'

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

/** The room of the seats of a session. */
export const seatsOf = (reward: string, session: string): string => `${SEATS}${reward}/${session}`

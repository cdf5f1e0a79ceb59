import { type Effect, seatsOf, seatsTaken } from '@laurel/engine'
import type { RoomUse } from '../../apps/cli/scenarios/world.ts'

/** Room that members share, as the feed of decisions tells of it. */
export class ServerRooms {
  readonly #taken = new Map<string, number>()
  /** How many are in line, by room. */
  readonly #waiting = new Map<string, number>()
  /** `reward/session` of seats, by member. */
  readonly #seats = new Map<string, Map<string, number>>()

  /** Answers which seats were taken or given up. */
  note(member: string, effects: readonly Effect[]): Map<string, number> {
    const taken = seatsTaken(effects)
    const seats = this.#seats.get(member) ?? new Map<string, number>()
    for (const [session, change] of taken) addTo(seats, session, change)
    this.#seats.set(member, seats)
    for (const effect of effects) {
      if (effect.type === 'room') addTo(this.#taken, effect.room, effect.change)
      // Whoever was asked has left the line, unless somebody else was faster.
      const hasMovedUp = effect.type === 'seat-offer' && effect.because !== 'full'
      if (hasMovedUp) addTo(this.#waiting, seatsOf(effect.reward, effect.session), -1)
    }
    return taken
  }

  wait(room: string): void {
    addTo(this.#waiting, room, 1)
  }

  uses(): Map<string, RoomUse> {
    const rooms = new Set([...this.#taken.keys(), ...this.#waiting.keys()])
    const useOf = (room: string) => ({ taken: this.#taken.get(room) ?? 0, waiting: this.#waiting.get(room) ?? 0 })
    return new Map([...rooms].map((room) => [room, useOf(room)]))
  }

  /** `reward/session`, once for each seat that one or other of them has. */
  seatsOf(members: readonly string[]): string[] {
    const counts = new Map<string, number>()
    for (const member of members) {
      for (const [seat, count] of this.#seats.get(member) ?? []) addTo(counts, seat, count)
    }
    return [...counts].flatMap(([seat, count]) => Array.from({ length: count }, () => seat))
  }
}

const addTo = (counts: Map<string, number>, name: string, change: number): void => {
  counts.set(name, (counts.get(name) ?? 0) + change)
}

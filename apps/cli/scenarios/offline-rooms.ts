import {
  Allowance,
  type Effect,
  type Grant,
  grantsFor,
  isOfCodes,
  type MemberEvent,
  type Program,
  seatsOf,
  seatsTaken,
  sharesRoom,
  wholeOf,
} from '@laurel/engine'
import type { RoomUse } from './world.ts'

export interface Waiting {
  readonly member: string
  readonly reward: string
  readonly session: string
}

/** Room that members share (EARN-5), granted to one event after the other as a server does. */
export class OfflineRooms {
  readonly #program: Program
  /** By room and member: what each has taken. */
  readonly #taken = new Map<string, Map<string, number>>()

  constructor(program: Program) {
    this.#program = program
  }

  /** `reward/session` of seats, by member. */
  readonly #seats = new Map<string, Map<string, number>>()
  /** Seats that were kept for a member who took none in that session since. */
  readonly #lapsed = new Set<string>()
  /** Lines of sessions that are full, by room. */
  readonly #lines = new Map<string, Waiting[]>()

  /** With what is left for it, pinned on it, so that a replay never asks again. `takes` says what it would take as it stands. */
  grant<Event extends MemberEvent>(event: Event, takes: (event: Event) => readonly Grant[]): Event {
    if (!sharesRoom(this.#program)) return event
    const tryWith = (grants: readonly Grant[]) => takes({ ...event, grants })
    return { ...event, grants: grantsFor(takes(event), (room) => this.#leftOf(room), tryWith) }
  }

  /** Of what awards that come of a late fact would take: as much as is left. */
  allow(asked: readonly Grant[]): Allowance {
    return new Allowance(asked.map(({ room, amount }) => ({ room, amount: Math.min(amount, this.#leftOf(room)) })))
  }

  note(member: string, effects: readonly Effect[]): void {
    this.#noteLapsed(member, effects)
    const seats = this.#seats.get(member) ?? new Map<string, number>()
    for (const [session, change] of seatsTaken(effects)) seats.set(session, (seats.get(session) ?? 0) + change)
    this.#seats.set(member, seats)
    for (const effect of effects) {
      if (effect.type !== 'room') continue
      const byMember = this.#taken.get(effect.room) ?? new Map<string, number>()
      byMember.set(member, (byMember.get(member) ?? 0) + effect.change)
      this.#taken.set(effect.room, byMember)
    }
  }

  #noteLapsed(member: string, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'seat' && !effect.kept) this.#lapsed.add(seatFor(member, effect.seat))
    }
    // What was let go for a booking was taken in time.
    for (const effect of effects) {
      if (effect.type === 'hold') this.#lapsed.delete(seatFor(member, effect.hold))
    }
  }

  /** A seat was kept for the member in that session, and they come for it too late. */
  isTooLate(member: string, reward: string, session: string): boolean {
    return this.#lapsed.has(seatFor(member, { reward, session }))
  }

  uses(): Map<string, RoomUse> {
    const rooms = new Set([...this.#taken.keys(), ...this.#lines.keys()])
    return new Map(
      [...rooms].map((room) => {
        const waiting = this.#lines.get(room)?.length ?? 0
        return [room, { taken: sumOf(this.#taken.get(room) ?? new Map()), waiting }]
      }),
    )
  }

  /** A place in the line for a session, from 1, which a member has once; null: it has no line. */
  wait(waiting: Waiting): number | 'already-waiting' | null {
    const kind = this.#program.rewards.get(waiting.reward)?.kind
    if (kind?.type !== 'experience' || kind.waitingAccept === null) return null
    const room = seatsOf(waiting.reward, waiting.session)
    const line = this.#lines.get(room) ?? []
    if (line.some(({ member }) => member === waiting.member)) return 'already-waiting'
    this.#lines.set(room, [...line, waiting])
    return line.length + 1
  }

  /** Who is next where a seat is free; undefined: nobody waits for one. */
  nextInLine(): Waiting | undefined {
    for (const [room, line] of this.#lines) if (line.length > 0 && this.#leftOf(room) > 0) return line.shift()
    return undefined
  }

  /** `reward/session`, once for each seat that one or other of them has. */
  seatsOf(members: readonly string[]): string[] {
    const counts = new Map<string, number>()
    for (const member of members) {
      for (const [seat, count] of this.#seats.get(member) ?? []) counts.set(seat, (counts.get(seat) ?? 0) + count)
    }
    return [...counts].flatMap(([seat, count]) => Array.from({ length: count }, () => seat))
  }

  #leftOf(room: string): number {
    // A scenario uploads none, and has enough.
    if (isOfCodes(room)) return Number.MAX_SAFE_INTEGER
    return (wholeOf(this.#program, room) ?? 0) - sumOf(this.#taken.get(room) ?? new Map())
  }
}

const sumOf = (amounts: ReadonlyMap<string, number>): number =>
  [...amounts.values()].reduce((sum, each) => sum + each, 0)

const seatFor = (member: string, { reward, session }: { readonly reward: string; readonly session?: string }): string =>
  `${member} ${seatsOf(reward, session ?? '')}`

import {
  type Decision,
  decide,
  type Effect,
  type Grant,
  type Member,
  type MemberEvent,
  type Program,
  seatIn,
  sharesRoom,
  type Timeline,
  type TimePassed,
  takenBy,
  wholeOf,
} from '@laurel/engine'

type StoredEvent = Exclude<MemberEvent, TimePassed>

/** Room that members share (EARN-5), granted to one event after the other as a server does. */
export class OfflineRooms {
  readonly #program: Program
  /** By room and member: what each has taken. */
  readonly #taken = new Map<string, Map<string, number>>()

  constructor(program: Program) {
    this.#program = program
  }

  /** Decides with what is left, and pins it on the event, so that a replay never asks again. */
  decide(timeline: Timeline, member: Member, event: StoredEvent): { decision: Decision; event: StoredEvent } {
    const asked = decide(timeline, member, event)
    if (!sharesRoom(this.#program)) return { decision: asked, event }
    const wanted = takenBy(asked.effects)
    const offered = wanted.map(({ room }) => ({ room, amount: this.#leftOf(room) }))
    const isEnough = wanted.every(({ amount }, index) => amount <= (offered[index]?.amount ?? 0))
    const grants: readonly Grant[] = isEnough
      ? wanted
      : takenBy(decide(timeline, member, { ...event, grants: offered }).effects)
    const granted = { ...event, grants }
    return { decision: decide(timeline, member, granted), event: granted }
  }

  note(member: string, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type !== 'room') continue
      const byMember = this.#taken.get(effect.room) ?? new Map<string, number>()
      byMember.set(member, (byMember.get(member) ?? 0) + effect.change)
      this.#taken.set(effect.room, byMember)
    }
  }

  taken(): Map<string, number> {
    return new Map([...this.#taken].map(([room, byMember]) => [room, sumOf(byMember)]))
  }

  /** `reward/session`, once for each seat. */
  seatsOf(member: string): string[] {
    return [...this.#taken].flatMap(([room, byMember]) => {
      const seat = seatIn(room)
      return seat === null ? [] : Array.from({ length: byMember.get(member) ?? 0 }, () => seat)
    })
  }

  #leftOf(room: string): number {
    return (wholeOf(this.#program, room) ?? 0) - sumOf(this.#taken.get(room) ?? new Map())
  }
}

const sumOf = (amounts: ReadonlyMap<string, number>): number =>
  [...amounts.values()].reduce((sum, each) => sum + each, 0)

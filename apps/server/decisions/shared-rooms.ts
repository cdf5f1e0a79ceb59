import { type Effect, type Grant, grantsFor, wholeEver } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import type { PoolClient } from 'pg'
import { int4s, int8s, texts } from '../db/binary-array.ts'
import { exchange, step } from '../db/exchange.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import type { BatchRows } from './batch-rows.ts'
import { LostRace } from './lost-race.ts'
import { changeRooms, claimRooms, openRooms } from './queries.ts'

/** A program with its versions: a room is as large as the last of them says that knows it. */
type Known = Pick<ProgramTimeline, 'timeline' | 'latest'>

interface SharedRoom {
  readonly program: string
  readonly room: string
  readonly whole: number
  /** What the batch asks for, in this pass. */
  asked: number
  /** What was claimed for it, over all passes. */
  claimed: number
  /** Of that, what nobody in the batch has taken yet, in this pass. */
  left: number
  /** There was less than was asked for. */
  isExhausted: boolean
  /** What the batch takes, less what it gives back, in this pass. */
  change: number
}

/** More than this many passes would mean that what is asked for grows with what is granted. */
const PASSES_MAX = 8

/**
 * Room that members share, for one batch (EARN-5). A first pass decides as if there were enough and says what is asked for;
 * that is claimed, by one conditional update of the rooms' rows, which are locked from then to the commit; the next pass
 * grants it, event by event, in the order in which they came. What was claimed and not taken is given back with the batch.
 */
export class SharedRooms {
  readonly #rooms = new Map<string, SharedRoom>()
  #passes = 0

  begin(): void {
    this.#passes += 1
    for (const room of this.#rooms.values()) Object.assign(room, { asked: 0, change: 0, left: room.claimed })
  }

  /** Whether another pass is needed: something was asked for that may still be had. */
  get isAsking(): boolean {
    if (this.#passes > PASSES_MAX) throw new Error('invariant: what a batch asks of shared rooms does not settle')
    return [...this.#rooms.values()].some(wantsMore)
  }

  /** What an event gets of what it asks for. `tryWith` says what it would take of less: the edge of each bound is the program's. */
  grant(
    program: Known,
    wanted: readonly Grant[],
    tryWith: (offered: readonly Grant[]) => readonly Grant[],
  ): readonly Grant[] {
    const rooms = wanted.map(({ room, amount }) => ({ room: this.#roomOf(program, room), amount }))
    for (const { room, amount } of rooms) room.asked += amount
    // It will be judged again, with more; as it stands it does not count.
    if (rooms.some(({ room, amount }) => amount > room.left && !room.isExhausted)) return wanted
    return grantsFor(wanted, (room) => this.#roomOf(program, room).left, tryWith)
  }

  /** What a decision that is written down takes and gives back. */
  note(program: Known, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type !== 'room') continue
      const room = this.#roomOf(program, effect.room)
      room.change += effect.change
      if (effect.change > 0) room.left -= effect.change
    }
  }

  /** Claims what is asked for beyond what was claimed before: after each pass that asks. */
  async claim(client: PoolClient): Promise<void> {
    const rooms = [...this.#rooms.values()].filter(wantsMore).sort(compareRooms)
    if (rooms.length === 0) return
    const wants = rooms.map(({ asked, claimed }) => asked - claimed)
    for (const [key, granted] of await claim(client, rooms, wants)) {
      const room = this.#rooms.get(key)
      if (room === undefined) continue
      room.claimed += granted
      room.isExhausted = room.claimed < room.asked
    }
  }

  /**
   * Claims once more, in another transaction, what was claimed in one that was rolled back. Throws a `LostRace` where somebody else
   * has taken of it meanwhile.
   */
  async claimAgain(client: PoolClient): Promise<void> {
    const rooms = [...this.#rooms.values()].filter(({ claimed }) => claimed > 0).sort(compareRooms)
    if (rooms.length === 0) return
    const wants = rooms.map(({ claimed }) => claimed)
    const granted = await claim(client, rooms, wants)
    for (const room of rooms) {
      if (granted.get(keyOf(room.program, room.room)) !== room.claimed) {
        throw new LostRace('others have taken of a room meanwhile')
      }
    }
  }

  /** What the claims and the batch come to, for the rows of the rooms. */
  writeInto(rows: BatchRows): void {
    const changed = [...this.#rooms.values()].filter(({ change, claimed }) => change !== claimed).sort(compareRooms)
    if (changed.length === 0) return
    const changes = changed.map(({ change, claimed }) => change - claimed)
    rows.rare.addRoomChange(step(changeRooms, ...namesOf(changed), int8s(changes)), changed.length)
  }

  #roomOf({ timeline, latest: program }: Known, room: string): SharedRoom {
    const key = keyOf(program.id, room)
    const known = this.#rooms.get(key)
    if (known !== undefined) return known
    const whole = wholeEver(timeline, room) ?? 0
    const fresh = { program: program.id, room, whole, asked: 0, claimed: 0, left: 0, isExhausted: false, change: 0 }
    this.#rooms.set(key, fresh)
    return fresh
  }
}

/** What is granted of each that is wanted, by `keyOf`. */
async function claim(
  client: PoolClient,
  rooms: readonly SharedRoom[],
  wants: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const [, outcome] = await exchange(client, [
    step(openRooms, ...namesOf(rooms)),
    step(claimRooms, ...namesOf(rooms), int8s(rooms.map(({ whole }) => whole)), int8s(wants)),
  ])
  return new Map(
    (outcome?.rows ?? []).map(([program, room, granted]) => [keyOf(program ?? '', room ?? ''), Number(granted)]),
  )
}

const keyOf = (program: string, room: string): string => `${program}\0${room}`

const wantsMore = ({ asked, claimed, isExhausted }: SharedRoom): boolean => asked > claimed && !isExhausted

/** Two batches lock rooms in one order. */
const compareRooms = (a: SharedRoom, b: SharedRoom): number =>
  bucketOf(a.program, a.room) - bucketOf(b.program, b.room) ||
  (`${a.program}\0${a.room}` < `${b.program}\0${b.room}` ? -1 : 1)

const namesOf = (rooms: readonly SharedRoom[]): Buffer[] => [
  int4s(rooms.map(({ program, room }) => bucketOf(program, room))),
  texts(rooms.map(({ program }) => program)),
  texts(rooms.map(({ room }) => room)),
]

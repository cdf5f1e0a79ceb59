import {
  type Asset,
  decide,
  firedAsBefore,
  isLate,
  lotDifferences,
  type Member,
  type MemberEvent,
  newMember,
  replay,
  type Stamp,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import fc from 'fast-check'
import { adjusted, cancel, confirm, paid, refund, reserve, tick } from '../../test/vectors/history-builder.ts'
import { days, points, program, timelineOf } from '../../test/vectors/program-builder.ts'
import { type Book, PROGRAM } from './books.fixture.ts'
import { bucketOf } from './bucket.ts'
import { canonicalBytes } from './canonical.ts'
import { chainHash, chainStart, sha256 } from './chain.ts'
import { correctionsOf } from './corrections.ts'
import type { StoredDecision } from './export.ts'
import { movesOf, transfersOf } from './transfers.ts'

/** Lives decided by the engine and recorded in memory as a recorder would: late facts go the long way round (EVT-2). */

type Recorded = Exclude<MemberEvent, TimePassed>

const at = (ms: number): Stamp => ({ at: ms, local: ms, placeLocal: ms, version: 1 })
const HOUR = 3_600_000
const FIRST = Date.UTC(2026, 0, 1)

const expiry: Asset['expiry'] = { type: 'life', life: days(3), endOf: null }
const timelineWith = (parts: Partial<Asset>): Timeline =>
  timelineOf(program({ assets: [points({ expiry, ...parts })] }))

/** Points that live three days, at once or after a day of waiting: everything collides. */
export const activeAtOnce = timelineWith({})
const pendingFirst = timelineWith({ pending: { type: 'period', period: days(1) } })

export class RecordedLife {
  readonly #timeline: Timeline
  member: Member = newMember()
  readonly events: Recorded[] = []
  readonly decisions: StoredDecision[] = []
  #hash = chainStart(PROGRAM, 'mem_1')
  #transferCount = 0

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  wake(ms: number): void {
    const { effects, member } = decide(this.#timeline, this.member, tick(at(ms)))
    if (effects.length > 0) this.#store(null, effects, null, member)
  }

  fact(event: Recorded): void {
    if (isLate(this.member, event)) this.#replayWith(event)
    else this.#judge(event)
  }

  #replayWith(event: Recorded): void {
    this.events.push(event)
    const never = Number.NEGATIVE_INFINITY
    const passed = tick({ ...at(this.member.firedLocal ?? never), at: this.member.firedAt ?? never })
    const again = replay(this.#timeline, this.events, passed)
    const moves = movesOf([...again.decisions.flatMap((decision) => decision.effects), ...again.after])
    const posted = this.decisions.flatMap((decision) => decision.transfers)
    const because = `${event.source}/${event.id}`
    const before = { balances: this.member.assets, transferCount: this.#transferCount }
    const correction = correctionsOf(posted, moves, before, because)
    const lots = lotDifferences(this.member.assets, again.member.assets)
    const member = firedAsBefore(again.member, this.member)
    const { head, firedLocal: local, firedAt } = member
    const closing = { type: 'head', position: head, firedLocal: local, firedAt } as const
    this.#store(event, [...correction.moves, ...lots, closing], because, member, correction)
  }

  /** A request or an act happens at the head, and its answer is stored with it. */
  request<Asked extends Extract<Recorded, { answer: unknown }>>(make: (stamp: Stamp) => Asked, ms: number): void {
    const event = make(
      at(Math.max(ms, this.member.head?.[0] ?? ms, this.member.firedLocal ?? ms, this.member.firedAt ?? ms)),
    )
    if (isLate(this.member, event)) return
    const { answer } = decide(this.#timeline, this.member, event)
    this.#judge({ ...event, answer })
  }

  #judge(event: Recorded): void {
    const { effects, member } = decide(this.#timeline, this.member, event)
    this.events.push(event)
    this.#store(event, effects, null, member)
  }

  #store(
    event: Recorded | null,
    effects: StoredDecision['entry']['effects'],
    because: string | null,
    member: Member,
    posting = transfersOf(effects, { balances: this.member.assets, transferCount: this.#transferCount }),
  ): void {
    const seq = this.decisions.length + 1
    const content = event === null ? null : { type: event.type, id: event.id }
    const identity =
      event === null ? null : { source: event.source, id: event.id, hash: sha256(canonicalBytes(content)) }
    const entry = { seq, event: identity, recordedAt: FIRST + seq, engine: 1, because, effects }
    this.#hash = chainHash(this.#hash, entry)
    this.decisions.push({ entry, content, hash: this.#hash, transfers: posting.transfers })
    this.#transferCount = posting.transferCount
    this.member = member
  }

  book(): Book {
    const lots = this.member.assets.flatMap(({ asset, lots }) => lots.map((lot) => ({ asset, ...lot })))
    const { decisions, member } = this
    return {
      bucket: bucketOf(PROGRAM, 'mem_1'),
      member: 'mem_1',
      decisions,
      balances: member.assets,
      lots,
      head: this.#hash,
    }
  }
}

export interface Step {
  readonly what: 'wake' | 'order' | 'pay' | 'refund' | 'reserve' | 'burn' | 'cancel' | 'give' | 'take'
  readonly hour: number
  readonly order: number
  readonly amount: number
}

/** Few orders, few hours: refunds before their orders, refunds of lapsed points, holds that time out, several at one instant. */
const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom(
      'wake',
      'order',
      'order',
      'pay',
      'refund',
      'refund',
      'reserve',
      'burn',
      'cancel',
      'give',
      'take',
    ),
    hour: fc.integer({ min: 0, max: 20 }).map((eighth) => eighth * 8),
    order: fc.integer({ min: 1, max: 4 }),
    amount: fc.integer({ min: 1, max: 60 }),
  }),
  { minLength: 1, maxLength: 20, size: 'max' },
)

export const someLives = fc.record({
  timeline: fc.boolean().map((waits) => (waits ? pendingFirst : activeAtOnce)),
  steps: someSteps,
})

export function lifeOf(timeline: Timeline, steps: readonly Step[]): RecordedLife {
  const life = new RecordedLife(timeline)
  const ordered = new Set<number>()
  for (const [index, { what, hour, order, amount }] of steps.entries()) {
    const ms = FIRST + hour * HOUR
    const id = String(index)
    switch (what) {
      case 'wake':
        life.wake(ms)
        break
      case 'order':
        if (!ordered.has(order)) life.fact(paid(String(order), at(ms), amount * 100))
        ordered.add(order)
        break
      case 'pay':
        // All of it with points of a redemption that was confirmed a moment before.
        life.request((stamp) => reserve(id, stamp, amount), ms)
        life.request((stamp) => confirm(id, stamp), ms)
        if (!ordered.has(order)) {
          const payments = [{ by: 'points' as const, amount: amount * 100, redemption: id }]
          life.fact(paid(String(order), at(ms), amount * 100, { payments }))
        }
        ordered.add(order)
        break
      case 'refund':
        life.fact(refund(`refund-${id}`, String(order), at(ms), amount * 100))
        break
      case 'reserve':
        life.request((stamp) => reserve(id, stamp, amount), ms)
        break
      case 'burn':
        life.request((stamp) => reserve(id, stamp, amount), ms)
        life.request((stamp) => confirm(id, stamp), ms)
        break
      case 'cancel':
        life.request((stamp) => cancel(String(index - 1), stamp), ms)
        break
      case 'give':
        life.request((stamp) => adjusted(id, stamp, amount), ms)
        break
      case 'take':
        life.request((stamp) => adjusted(id, stamp, -amount), ms)
        break
    }
  }
  return life
}

import { type EventInput, type EventToSend, ownSource } from '@laurel/contract'
import {
  Allowance,
  type AskedOfPool,
  decide,
  doingOf,
  type Effect,
  isLate,
  type KeptSeat,
  kindOf,
  type Member,
  type MemberEvent,
  type Move,
  movesBetween,
  newMember,
  type Program,
  payingPool,
  type RedemptionReserve,
  type Remark,
  replay,
  type Send,
  type Timeline,
  type TimePassed,
  takenBy,
  undelivered,
  walletOf,
  wordsAfterReplay,
} from '@laurel/engine'
import { movesOf } from '@laurel/ledger'
import {
  type Birthday,
  contentOf,
  onlyVersion,
  passedBy,
  rejectionOf,
  type Submission,
  stamped,
  stampOf,
} from '@laurel/server'
import { waivingActs } from './offline-acts.ts'
import { broughtBy, remainingOf } from './offline-merges.ts'
import { OfflineRooms, type Waiting } from './offline-rooms.ts'
import { parsed, tellingOf, withActs } from './offline-told.ts'
import { CannotSend } from './sending.ts'
import type { Told } from './world.ts'

type StoredEvent = Exclude<MemberEvent, TimePassed>
type RequestInput = Exclude<Submission['event'], EventInput>

/** Everything there is of a member. */
export interface OfflineLife {
  state: Member
  readonly events: StoredEvent[]
  /** Everything posted, corrections included. */
  readonly moves: Move[]
  /** As it was told: never part of an event (LED-9). */
  birthday: Birthday
  /** Refunds that a person has to look at, by the id of their event. */
  readonly queue: Map<string, Pick<Extract<Remark, { type: 'queued' }>, 'amount' | 'reason'>>
}

interface Outgoing {
  readonly from: string
  readonly send: Send
}

const newLife = (): OfflineLife => ({
  birthday: { birthday: null, from: null, before: null },
  state: newMember(),
  events: [],
  moves: [],
  queue: new Map(),
})

/** What a server's recorder does with events, on the engine alone: stamps, rejections, answers kept, late facts corrected. */
export class OfflineRecorder {
  readonly lives = new Map<string, OfflineLife>()
  readonly rooms: OfflineRooms
  readonly #program: Program
  readonly #programTimeline: Parameters<typeof rejectionOf>[1]
  readonly #outgoing: Outgoing[] = []
  #now = Number.NEGATIVE_INFINITY

  constructor(program: Program) {
    this.#program = program
    this.rooms = new OfflineRooms(program)
    this.#programTimeline = onlyVersion(program)
  }

  get timeline(): Timeline {
    return this.#programTimeline.timeline
  }

  waitUntil(at: number): void {
    this.#now = Math.max(this.#now, at)
  }

  /** What a member sends to another arrives before the next row, and may send something on. */
  deliverAll(): Told[] {
    const told: Told[] = []
    for (let next = this.#outgoing.shift(); next; next = this.#outgoing.shift()) told.push(...this.#deliver(next))
    return [...told, ...this.#offerSeats()]
  }

  /** The line of a session as it stands for whoever asks for a seat there: what was kept in vain is free, and kept for the next. */
  judgeLine(reward: string, session: string): Told[] {
    const { at } = this.timePassed().stamp
    const isOver = (seat: KeptSeat) => seat.reward === reward && seat.session === session && seat.untilAt <= at
    const lapsed = [...this.lives].filter(([, { state }]) => state.keptSeats?.some(isOver))
    return [...lapsed.map(([member, life]) => this.passTime(member, life)), ...this.#offerSeats()]
  }

  #offerSeats(): Told[] {
    const told: Told[] = []
    for (let next = this.rooms.nextInLine(); next; next = this.rooms.nextInLine()) told.push(this.#offerSeat(next))
    return told
  }

  submit(named: string, event: Submission['event']): Told {
    // Whoever has gone hears only that it has not.
    const member = event.type === 'merge.undone' ? named : remainingOf(this.lives, named)
    const via = member === named ? null : { via: named }
    const submission: Submission = {
      program: this.#program.id,
      member,
      event,
      // What is told of one’s own accord is not too late, however many days lie between two rows.
      history:
        event.type === 'merge.received' || event.type === 'member.birthday' || event.type === 'member.anniversary',
      ...via,
    }
    const rejection =
      this.#erasedMember(member, event) ??
      rejectionOf(submission, this.#programTimeline, this.#now)?.code ??
      this.#unknownMember(member, event)
    if (rejection !== null) return { ...tellingOf(member, [], []), rejection }
    const life = this.lives.get(member) ?? newLife()
    // EVT-1: what was told before changes nothing.
    if (life.events.some((known) => known.source === event.source && known.id === event.id))
      return tellingOf(member, [], [])
    this.lives.set(member, life)
    const asked = this.#stamped(submission, life.state)
    const isTold = asked.type === 'merge.received' || asked.type === 'merge.undone'
    if (isTold || (kindOf(asked) === 'fact' && isLate(life.state, asked))) return this.#recordLate(member, life, asked)
    const decided = this.#withRoom(life.state, asked)
    const { effects, answer, member: after } = decide(this.timeline, life.state, decided)
    life.state = after
    // An answer is kept with its request and never given anew (EVT-2).
    life.events.push(answer === null ? decided : ({ ...decided, answer } as StoredEvent))
    return this.#note(member, life, movesOf(effects), effects)
  }

  /** EVT-2: the whole life again in tidy order, and what the books say otherwise. */
  #recordLate(member: string, life: OfflineLife, asked: StoredEvent): Told {
    const { timeline } = this
    const late = this.rooms.grant(asked, (judged) =>
      takenBy(doingOf(judged, replay(timeline, [...life.events, judged], null, life.state).decisions)),
    )
    life.events.push(late)
    const upTo = passedBy(this.#programTimeline, life.state, late.stamp.at)
    const asIfEnough = new Allowance(null)
    const again = (allowance: Allowance) => replay(timeline, life.events, upTo, life.state, { allowance })
    again(asIfEnough)
    const { member: after, decisions, after: passing } = again(this.rooms.allow(asIfEnough.asked))
    const acts = waivingActs(this.#programTimeline, { events: life.events, late, upTo, before: life.state, after })
    const replayed = movesOf([...decisions.flatMap(({ effects }) => effects), ...passing])
    const words = wordsAfterReplay(life.state, after)
    life.state = after
    const isUndone = late.type === 'merge.undone'
    const own = doingOf(late, decisions).filter(({ type }) => isUndone || type !== 'send')
    const told = this.#note(member, life, movesBetween(life.moves, replayed), [...own, ...words])
    const acted = acts.map((act) => this.submit(member, act))
    return withActs(told, acted)
  }

  /** From the pool, where the member's own points do not suffice. */
  reserve(member: string, event: Extract<RequestInput, { type: 'redemption.reserve' }>): Told {
    const state = this.stateOf(member)
    const submission: Submission = { program: this.#program.id, member, event }
    const asked = this.#stamped(submission, state)
    const isAsked = asked.type === 'redemption.reserve'
    const paying = isAsked ? payingPool(this.timeline, state, asked, null) : null
    if (paying === null || paying === 'none') return this.submit(member, event)
    const { redemption, reward, points, payable, session, lastsMs } = event
    const reservation = { redemption, reward, points, payable, session, lastsMs }
    const { pool, asset, amount } = paying
    const [, told] = this.askPool(pool, event.id, { type: 'spend', member, asset, amount, reservation }, member)
    // Whoever did not ask for the pool is told what they are missing themselves.
    if (told?.refusal !== null) return this.submit(member, event)
    const next = this.#outgoing.shift()
    const [paid] = next === undefined ? [] : this.#deliver(next)
    return paid ?? told
  }

  askPool(pool: string, id: string, asks: AskedOfPool, member: string): Told[] {
    const wallet = walletOf(pool)
    if (asks.type !== 'found' && !this.lives.has(wallet)) {
      return [{ ...tellingOf(member, [], []), rejection: 'unknown-pool' }]
    }
    if (!this.lives.has(wallet)) this.lives.set(wallet, newLife())
    const asked = this.submit(wallet, { type: 'pool.asked', source: ownSource, id: `${id}/${pool}`, pool, asks })
    return [asked, { ...tellingOf(member, [], []), refusal: asked.refusal, rejection: asked.rejection }]
  }

  preview(member: string, cart: EventToSend): Told {
    const event = parsed(cart)
    const submission: Submission = { program: this.#program.id, member, event, history: true }
    const state = this.stateOf(member)
    const toDecide = this.#stamped(submission, state)
    const { effects } = decide(this.timeline, state, this.#withRoom(state, toDecide))
    return tellingOf(member, movesOf(effects), effects)
  }

  passTime(member: string, life: OfflineLife): Told {
    const passed = this.#withRoom(life.state, this.timePassed())
    const { effects, member: after } = decide(this.timeline, life.state, passed)
    life.state = after
    return this.#note(member, life, movesOf(effects), effects)
  }

  /** Whoever is named for the first time is known from then on. */
  know(member: string): void {
    if (this.lives.has(member)) return
    const occurredAt = new Date(this.#now).toISOString()
    this.submit(member, { type: 'member.joined', source: ownSource, id: `joined/${occurredAt}`, member, occurredAt })
  }

  /**
   * What a redemption is answered whose id was refused before: the same where the same is asked, else that it stays so. A seat
   * that was sold out has a line, in which it may be asked for again. Null: it was not refused.
   */
  refusedBefore(member: string, redemption: string, asked: Partial<RedemptionReserve>): Told | null {
    const id = `reserve/${redemption}`
    const first = this.lives.get(member)?.events.find((event) => event.id === id && event.source === ownSource)
    if (first?.type !== 'redemption.reserve' || first.answer === null || first.answer.granted) return null
    const { refusal } = first.answer
    if (refusal.code === 'sold-out') return null
    const isSame = first.reward === asked.reward && first.points === asked.points
    const told = tellingOf(member, [], [])
    return isSame ? { ...told, refusal } : { ...told, rejection: 'redemption-refused' }
  }

  holderOf(redemption: string): string {
    for (const [member, { state }] of this.lives) {
      if (state.wallet !== undefined) continue
      const isHeld = state.holds.some((hold) => hold.redemption === redemption)
      if (isHeld || state.finished[redemption] !== undefined) return member
    }
    throw new CannotSend(`no row above granted ${redemption}`, `end a row with "as ${redemption}"`)
  }

  stateOf(member: string): Member {
    return this.lives.get(member)?.state ?? newMember()
  }

  timePassed(): TimePassed {
    return { type: 'time.passed', stamp: stampOf(this.timeline, this.#program, this.#now, null, this.#now) }
  }

  #offerSeat({ member, reward, session }: Waiting): Told {
    const id = `seat/${member}/${this.#now}`
    return this.submit(member, { type: 'seat.offered', source: ownSource, id, reward, session })
  }

  #deliver({ from, send }: Outgoing): Told[] {
    const identity = { source: ownSource, id: `${from}/${send.id}` }
    const to = send.to ?? from
    if (send.event.type === 'merge.received') {
      const brought = broughtBy(this.lives, from, send.id)
      return [this.submit(to, { ...send.event, ...identity, ...brought, into: to })]
    }
    const event: Send['event'] & { readonly from: string } = { from, ...send.event }
    const received = this.submit(to, { ...event, ...identity })
    if (received.rejection === null) return [received]
    const back = undelivered(send.id, send.event, to)
    // Nobody is there to hear of it.
    if (back === null) return []
    return [this.submit(from, { ...back, source: ownSource, id: `returned/${from}/${send.id}` })]
  }

  #note(member: string, life: OfflineLife, moves: readonly Move[], effects: readonly Effect[]): Told {
    life.moves.push(...moves)
    this.rooms.note(member, effects)
    for (const effect of effects) {
      if (effect.type === 'send') this.#outgoing.push({ from: member, send: effect })
      if (effect.type !== 'queued') continue
      life.queue.set(effect.refund.id, effect)
    }
    return tellingOf(member, moves, effects)
  }

  /** EARN-5: with what is left of what members share. */
  #withRoom<Event extends MemberEvent>(state: Member, event: Event): Event {
    const { timeline } = this
    return this.rooms.grant(event, (judged) => takenBy(decide(timeline, state, judged).effects))
  }

  /** What comes back to who has been forgotten meanwhile is forfeited, as all the rest was. */
  #erasedMember(member: string, event: Submission['event']): string | null {
    return this.stateOf(member).left?.erased && event.type !== 'gift.returned' ? 'member-erased' : null
  }

  /** A request needs somebody who is there; a fact makes one where the program lets it. */
  #unknownMember(member: string, event: Submission['event']): string | null {
    if (this.lives.has(member) || event.type === 'member.joined') return null
    return 'member' in event && this.#program.unknownMembers === 'create' ? null : 'unknown-member'
  }

  #stamped(submission: Submission, member: Member): StoredEvent {
    const content = contentOf(submission.event)
    return stamped({ submission, content, timeline: this.#programTimeline, member, now: this.#now }).event
  }
}

import { createHash } from 'node:crypto'
import { type EventInput, type EventToSend, ownSource } from '@laurel/contract'
import {
  type AskedOfPool,
  boardSpans,
  civilFromDay,
  dayOf,
  dayText,
  decide,
  doingOf,
  type Effect,
  entitlementsOf,
  isLate,
  kindOf,
  type LocalDay,
  type Member,
  type MemberEvent,
  type Move,
  mayWin,
  newMember,
  orderKeyOf,
  type Program,
  payingPool,
  type Remark,
  replay,
  type Send,
  type TimePassed,
  takenBy,
  undelivered,
  walletOf,
  wordsAfterReplay,
} from '@laurel/engine'
import { balanceOf, balancesAt, differencesOf, drawWinners, inDrawOrder, movesOf } from '@laurel/ledger'
import {
  type Birthday,
  changedBirthday,
  contentOf,
  entryIn,
  passedBy,
  rejectionOf,
  type Submission,
  stamped,
  stampOf,
} from '@laurel/server'
import { booksOf, partnersOf } from './books.ts'
import { requestFor, waivingActs } from './offline-acts.ts'
import { rankedOn, ranksOf } from './offline-boards.ts'
import { broughtBy, remainingOf, toMerge, toUndo } from './offline-merges.ts'
import { occasionsDue } from './offline-occasions.ts'
import { OfflineRooms, type Waiting } from './offline-rooms.ts'
import { nobody, poolStandingOf, standingOf, vouchersOf } from './offline-standing.ts'
import { parsed, parsedOrder, toldOf, withActs } from './offline-told.ts'
import { CannotSend, type Sent, scenarioSource, voucherNamed } from './sending.ts'
import type { Told, World } from './world.ts'

type StoredEvent = Exclude<MemberEvent, TimePassed>
type RequestInput = Exclude<Submission['event'], EventInput>

/** Everything there is of a member. */
interface Life {
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

const newLife = (): Life => ({
  birthday: { birthday: null, from: null, before: null },
  state: newMember(),
  events: [],
  moves: [],
  queue: new Map(),
})

/** Plays rows on the engine alone: the stamps, rejections and corrections of a server, and no database. */
export function openOfflineWorld(program: Program): World {
  return new OfflineWorld(program)
}

class OfflineWorld implements World {
  readonly #program: Program
  readonly #programTimeline: Parameters<typeof rejectionOf>[1]
  readonly #lives = new Map<string, Life>()
  /** Day of which birthdays were told last. */
  #keptThrough: LocalDay | null = null
  readonly #rooms: OfflineRooms
  readonly #resultsTaken = new Set<string>()
  readonly #outgoing: Outgoing[] = []
  #now = Number.NEGATIVE_INFINITY

  constructor(program: Program) {
    this.#program = program
    this.#rooms = new OfflineRooms(program)
    this.#programTimeline = { timeline: [entryIn(program, 0)], latest: program, versions: 1 }
  }

  async send(sent: Sent, at: number): Promise<readonly Told[]> {
    this.#now = Math.max(this.#now, at)
    const told = this.#send(sent, at)
    // What a member sends to another arrives before the next row, and may send something on.
    for (let next = this.#outgoing.shift(); next; next = this.#outgoing.shift()) told.push(...this.#deliver(next))
    for (let next = this.#rooms.nextInLine(); next; next = this.#rooms.nextInLine()) told.push(this.#offerSeat(next))
    return told
  }

  #send(sent: Sent, at: number): Told[] {
    const occurredAt = new Date(at).toISOString()
    switch (sent.type) {
      case 'event':
        return [this.#submit(sent.event.member, parsed(sent.event))]
      case 'join': {
        const { member } = sent
        const event = {
          type: 'member.joined',
          source: ownSource,
          id: `joined/${occurredAt}`,
          member,
          occurredAt,
        } as const
        const joined = this.#submit(member, event)
        const { referral, id } = sent
        if (referral === null || joined.rejection !== null) return [joined]
        const signals = referral.advocate === member ? (['same-person'] as const) : referral.signals
        return [joined, this.#submit(member, { ...referral, signals, type: 'referral.claim', source: ownSource, id })]
      }
      case 'referral-code':
      case 'referral-click': {
        const nothing = toldOf(sent.member, [], [])
        return [this.#lives.has(sent.member) ? nothing : { ...nothing, rejection: 'unknown-member' }]
      }
      case 'reserve': {
        const { type, member, redemption, confirm, wait, ...asked } = sent
        const request = { source: ownSource, redemption }
        const id = `${type}/${redemption}`
        const reservation = { redemption, payable: null, ...asked }
        const reserved = this.#reserve(member, { ...reservation, type: 'redemption.reserve', source: ownSource, id })
        if (wait && asked.session !== null && reserved.refusal?.code === 'sold-out') {
          const { reward, session } = asked
          const place = this.#rooms.wait({ member, reward, session })
          if (place !== null)
            return [{ ...reserved, refusal: null, waiting: { session: `${reward}/${session}`, place } }]
        }
        if (!confirm || reserved.refusal !== null || reserved.rejection !== null) return [reserved]
        return [reserved, this.#submit(member, { ...request, type: 'redemption.confirm', id: `confirm/${redemption}` })]
      }
      case 'confirm':
      case 'cancel': {
        const { type, redemption } = sent
        const request = { source: ownSource, id: `${type}/${redemption}`, redemption }
        return [this.#submit(this.#holderOf(redemption), { ...request, type: `redemption.${type}` })]
      }
      case 'voucher': {
        const { act, member, id, reward, order, amount } = sent
        const voucher = sent.voucher ?? voucherNamed(vouchersOf(this.#stateOf(member)), reward).id
        const asked = { source: scenarioSource, id, voucher }
        if (act !== 'use') return [this.#submit(member, { ...asked, type: `voucher.${act}` })]
        const basket = order === null ? null : parsedOrder(order, occurredAt)
        const orderKey = order === null ? null : orderKeyOf(scenarioSource, order.id)
        return [this.#submit(member, { ...asked, type: 'voucher.use', orderKey, basket, amount })]
      }
      case 'act': {
        const { id, reason, act } = sent
        const member = act.type === 'review-referral' ? act.friend : sent.member
        const request = requestFor(act, this.#lives.get(member))
        return [this.#submit(member, { source: ownSource, id, actor: 'staff', reason, ...request })]
      }
      case 'give': {
        const { type: _, member, ...gift } = sent
        if (!this.#lives.has(gift.to)) return [{ ...toldOf(member, [], []), rejection: 'unknown-member' }]
        return [this.#submit(member, { ...gift, type: 'gift.send', source: ownSource })]
      }
      case 'found-pool':
      case 'join-pool': {
        const { member, id, pool } = sent
        this.#known(member)
        const asks =
          sent.type !== 'found-pool' ? ({ type: 'join' } as const) : ({ type: 'found', plan: sent.plan } as const)
        return this.#askPool(pool, id, { ...asks, member }, member)
      }
      case 'leave-pool': {
        const { member, id, pool } = sent
        const asked = { type: 'pool.asked', source: ownSource, id, pool, asks: { type: 'leave' } } as const
        return [this.#submit(member, asked)]
      }
      case 'draw':
        return this.#draw(sent.draw, sent.seed ?? 'a seed that nobody chose')
      case 'birthday': {
        const { member, birthday } = sent
        const life = this.#lives.get(member)
        if (life === undefined) return [{ ...toldOf(member, [], []), rejection: 'unknown-member' }]
        const today = dayOf(this.#timePassed(this.#now).stamp.local)
        life.birthday = changedBirthday(life.birthday, birthday, civilFromDay(today).year)
        const events = occasionsDue(this.#program, [{ member, birthday: life.birthday, joinedOn: null }], null, today)
        return [toldOf(member, [], []), ...events.map((event) => this.#submit(member, event))]
      }
      case 'ask': {
        const { member, benefit, total } = sent
        if (!this.#lives.has(member)) return [{ ...toldOf(member, [], []), rejection: 'unknown-member' }]
        const { timeline } = this.#programTimeline
        const passed = this.#timePassed(this.#now)
        const { local } = passed.stamp
        const question = { benefit, local, placeLocal: local, total, opens: null }
        const { member: now } = decide(timeline, this.#stateOf(member), passed)
        const [answer] = entitlementsOf(timeline, now, question)
        return [{ ...toldOf(member, [], []), entitled: answer?.entitled === true }]
      }
      case 'erase': {
        const { member, id } = sent
        return [this.#submit(member, { type: 'member.erased', source: ownSource, id, actor: 'staff', reason: 'asked' })]
      }
      case 'merge':
      case 'unmerge': {
        const asked = sent.type === 'merge' ? toMerge(this.#lives, sent) : toUndo(this.#lives, sent)
        if (asked !== null && typeof asked !== 'string') return [this.#submit(asked.of, asked.event)]
        return [{ ...toldOf(sent.member, [], []), rejection: asked }]
      }
      case 'preview':
        return [this.#preview(sent.member, { ...sent, type: 'order.paid', source: 'preview', id: 'cart', occurredAt })]
      case 'time':
        return [
          ...this.#keepOccasions(),
          ...[...this.#lives].map(([member, life]) => this.#passTime(member, life)),
          ...this.#takeResults(),
        ]
    }
  }

  async member(member: string) {
    if (remainingOf(this.#lives, member) !== member) return nobody('merged')
    const passed = this.#timePassed(this.#now)
    const ranks = ranksOf(this.#program, this.#lives, member, passed.stamp.local)
    const seats = this.#rooms.seatsOf(member)
    return standingOf(this.#programTimeline.timeline, this.#stateOf(member), passed, { ranks, seats })
  }

  async held(member: string) {
    return await this.member(member)
  }

  async rooms() {
    return this.#rooms.uses()
  }

  async pool(pool: string) {
    return poolStandingOf(this.#lives.get(walletOf(pool))?.state)
  }

  async partners() {
    const moves = [...this.#lives.values()].flatMap((life) => life.moves)
    return partnersOf(this.#program, moves)
  }

  async books() {
    return booksOf([...this.#lives.values()].flatMap(({ moves }) => moves))
  }

  #offerSeat({ member, reward, session }: Waiting): Told {
    const id = `seat/${member}/${this.#now}`
    return this.#submit(member, { type: 'seat.offered', source: ownSource, id, reward, session })
  }

  #deliver({ from, send }: Outgoing): Told[] {
    const identity = { source: ownSource, id: `${from}/${send.id}` }
    const to = send.to ?? from
    if (send.event.type === 'merge.received') {
      const brought = broughtBy(this.#lives, from, send.id)
      return [this.#submit(to, { ...send.event, ...identity, ...brought, into: to })]
    }
    const event: Send['event'] & { readonly from: string } = { from, ...send.event }
    const received = this.#submit(to, { ...event, ...identity })
    if (received.rejection === null) return [received]
    const back = undelivered(send.id, send.event, to)
    // Nobody is there to hear of it.
    if (back === null) return []
    return [this.#submit(from, { ...back, source: ownSource, id: `returned/${from}/${send.id}` })]
  }

  /** Whoever is named for the first time is known from then on. */
  #known(member: string): void {
    if (this.#lives.has(member)) return
    const occurredAt = new Date(this.#now).toISOString()
    this.#submit(member, { type: 'member.joined', source: ownSource, id: `joined/${occurredAt}`, member, occurredAt })
  }

  #askPool(pool: string, id: string, asks: AskedOfPool, member: string): Told[] {
    const wallet = walletOf(pool)
    if (asks.type !== 'found' && !this.#lives.has(wallet)) {
      return [{ ...toldOf(member, [], []), rejection: 'unknown-pool' }]
    }
    if (!this.#lives.has(wallet)) this.#lives.set(wallet, newLife())
    const asked = this.#submit(wallet, { type: 'pool.asked', source: ownSource, id: `${id}/${pool}`, pool, asks })
    return [asked, { ...toldOf(member, [], []), refusal: asked.refusal, rejection: asked.rejection }]
  }

  /** From the pool, where the member's own points do not suffice. */
  #reserve(member: string, event: Extract<RequestInput, { type: 'redemption.reserve' }>): Told {
    const state = this.#stateOf(member)
    const submission: Submission = { program: this.#program.id, member, event }
    const asked = this.#stamped(submission, state)
    const isAsked = asked.type === 'redemption.reserve'
    const paying = isAsked ? payingPool(this.#programTimeline.timeline, state, asked, null) : null
    if (paying === null || paying === 'none') return this.#submit(member, event)
    const { redemption, reward, points, payable, session, lastsMs } = event
    const reservation = { redemption, reward, points, payable, session, lastsMs }
    const { pool, asset, amount } = paying
    const [, told] = this.#askPool(pool, event.id, { type: 'spend', member, asset, amount, reservation }, member)
    const next = told?.refusal === null ? this.#outgoing.shift() : undefined
    const [paid] = next === undefined ? [] : this.#deliver(next)
    return paid ?? told ?? toldOf(member, [], [])
  }

  #submit(named: string, event: Submission['event']): Told {
    // Whoever has gone hears only that it has not.
    const member = event.type === 'merge.undone' ? named : remainingOf(this.#lives, named)
    const via = member === named ? null : { via: named }
    const submission: Submission = {
      program: this.#program.id,
      member,
      event,
      history: event.type === 'merge.received',
      ...via,
    }
    const rejection =
      rejectionOf(submission, this.#programTimeline, this.#now)?.code ?? this.#unknownMember(member, event)
    if (rejection !== null) return { ...toldOf(member, [], []), rejection }
    const life = this.#lives.get(member) ?? newLife()
    // EVT-1: what was told before changes nothing.
    if (life.events.some((known) => known.source === event.source && known.id === event.id))
      return toldOf(member, [], [])
    this.#lives.set(member, life)
    const asked = this.#stamped(submission, life.state)
    const isTold = asked.type === 'merge.received' || asked.type === 'merge.undone'
    if (isTold || (kindOf(asked) === 'fact' && isLate(life.state, asked))) return this.#recordLate(member, life, asked)
    const decided = this.#withRoom(life.state, asked)
    const { effects, answer, member: after } = decide(this.#programTimeline.timeline, life.state, decided)
    life.state = after
    // An answer is kept with its request and never given anew (EVT-2).
    life.events.push(answer === null ? decided : ({ ...decided, answer } as StoredEvent))
    return this.#note(member, life, movesOf(effects), effects)
  }

  /** EARN-5: with what is left of what members share. */
  #withRoom(state: Member, event: StoredEvent): StoredEvent {
    const { timeline } = this.#programTimeline
    return this.#rooms.grant(event, (judged) => takenBy(decide(timeline, state, judged).effects))
  }

  /** EVT-2: the whole life again in tidy order, and what the books say otherwise. */
  #recordLate(member: string, life: Life, asked: StoredEvent): Told {
    const { timeline } = this.#programTimeline
    const late = this.#rooms.grant(asked, (judged) =>
      takenBy(doingOf(judged, replay(timeline, [...life.events, judged], null).decisions)),
    )
    life.events.push(late)
    const upTo = passedBy(this.#programTimeline, life.state, late.stamp.at)
    const { member: after, decisions, after: passing } = replay(timeline, life.events, upTo)
    const acts = waivingActs(this.#programTimeline, { events: life.events, late, upTo, before: life.state, after })
    const replayed = movesOf([...decisions.flatMap(({ effects }) => effects), ...passing])
    const words = wordsAfterReplay(life.state, after)
    life.state = after
    const isUndone = late.type === 'merge.undone'
    const own = doingOf(late, decisions).filter(({ type }) => isUndone || type !== 'send')
    const told = this.#note(member, life, differencesOf(life.moves, replayed), [...own, ...words])
    const acted = acts.map((act) => this.#submit(member, act))
    return withActs(told, acted)
  }

  /** What a server tells of its own accord as the days go by. */
  #keepOccasions(): Told[] {
    const today = dayOf(this.#timePassed(this.#now).stamp.local)
    const dates = [...this.#lives].map(([member, { birthday, state }]) => ({
      member,
      birthday,
      joinedOn: state.joinedOn,
    }))
    const events = occasionsDue(this.#program, dates, this.#keptThrough, today)
    this.#keptThrough = today
    return events.map((event) => this.#submit(event.member, event))
  }

  /** The result of every leaderboard whose window has ended, once, and what its ranks are worth. */
  #takeResults(): Told[] {
    const { local } = this.#timePassed(this.#now).stamp
    return [...this.#program.leaderboards.values()].flatMap((board) =>
      boardSpans(board, local)
        .ended.toReversed()
        .flatMap(({ from }) => {
          const window = dayOf(from)
          const name = `leaderboard/${board.id}/${dayText(window)}`
          if (this.#resultsTaken.has(name)) return []
          this.#resultsTaken.add(name)
          return rankedOn(board, this.#lives, from).map(({ member, rank }) => {
            const ranks = [{ leaderboard: board.id, rank }]
            if (!board.ranks.some(({ first, last }) => first <= rank && rank <= last)) {
              return { ...toldOf(member, [], []), ranks }
            }
            const by = { source: ownSource, id: `${name}/${member}`, actor: ownSource, reason: name }
            const won = { leaderboard: board.id, rank, window }
            return { ...this.#submit(member, { ...by, type: 'award.won', won }), ranks }
          })
        }),
    )
  }

  /** The winners that a server would draw with this seed, and what they get. */
  #draw(id: string, seed: string): Told[] {
    const draw = this.#program.draws.get(id)
    if (draw === undefined) throw new Error(`there is no draw ${id}`)
    if (this.#timePassed(this.#now).stamp.local < draw.closes) {
      throw new CannotSend('the draw has not closed yet', 'draw after its last day')
    }
    const passed = [...this.#lives].map(([member, life]) => this.#passTime(member, life))
    const entries = [...this.#lives].flatMap(([entrant, { state, moves }]) => {
      // As the books have it when the draw closes: what came or went since then is of no account.
      const posted = moves.map((move) => ({ ...move, at: move.effective, recordedAt: 0 }))
      const tickets = balanceOf(balancesAt(posted, draw.closes - 1), draw.asset).active
      return tickets > 0 && mayWin(this.#program, draw, state) ? [{ entrant, tickets }] : []
    })
    const won = drawWinners(createHash('sha256').update(seed).digest('hex'), inDrawOrder(entries), draw.winners)
    const by = { source: ownSource, id: `draw/${id}`, actor: ownSource, reason: `draw/${id}`, won: { draw: id } }
    const awards = won.map((member) => ({ ...this.#submit(member, { ...by, type: 'award.won' }), wins: [id] }))
    return [...passed, ...awards]
  }

  #passTime(member: string, life: Life): Told {
    const passed = this.#timePassed(this.#now)
    const { effects, member: after } = decide(this.#programTimeline.timeline, life.state, passed)
    life.state = after
    return this.#note(member, life, movesOf(effects), effects)
  }

  #note(member: string, life: Life, moves: readonly Move[], effects: readonly Effect[]): Told {
    life.moves.push(...moves)
    this.#rooms.note(member, effects)
    for (const effect of effects) {
      if (effect.type === 'send') this.#outgoing.push({ from: member, send: effect })
      if (effect.type !== 'queued') continue
      life.queue.set(effect.refund.id, effect)
    }
    return toldOf(member, moves, effects)
  }

  #preview(member: string, cart: EventToSend): Told {
    const event = parsed(cart)
    const submission: Submission = { program: this.#program.id, member, event, history: true }
    const state = this.#stateOf(member)
    const toDecide = this.#stamped(submission, state)
    const { effects } = decide(this.#programTimeline.timeline, state, this.#withRoom(state, toDecide))
    return toldOf(member, movesOf(effects), effects)
  }

  /** A request needs somebody who is there; a fact makes one where the program lets it. */
  #unknownMember(member: string, event: Submission['event']): string | null {
    if (this.#lives.has(member) || event.type === 'member.joined') return null
    return 'member' in event && this.#program.unknownMembers === 'create' ? null : 'unknown-member'
  }

  #stateOf(member: string): Member {
    return this.#lives.get(member)?.state ?? newMember()
  }

  #holderOf(redemption: string): string {
    for (const [member, { state }] of this.#lives) {
      if (state.wallet !== undefined) continue
      const isHeld = state.holds.some((hold) => hold.redemption === redemption)
      if (isHeld || state.finished[redemption] !== undefined) return member
    }
    throw new CannotSend(`no row above granted ${redemption}`, `end a row with "as ${redemption}"`)
  }

  #stamped(submission: Submission, member: Member): StoredEvent {
    const content = contentOf(submission.event)
    return stamped({ submission, content, timeline: this.#programTimeline, member, now: this.#now }).event
  }

  #timePassed(at: number): TimePassed {
    return { type: 'time.passed', stamp: stampOf(this.#programTimeline.timeline, this.#program, at, null, at) }
  }
}

import type * as Engine from '@laurel/engine'
import type {
  AskedOfMember,
  AskedOfPool,
  Member,
  MemberEvent,
  Move,
  RequestAnswer,
  Send,
  Stamp,
  Timeline,
} from '@laurel/engine'
import { type Happening, MOST, type PoolCase, people, RIGHT, START, timelineFor } from './pool-cases.ts'

type Recorded = Exclude<MemberEvent, Engine.TimePassed>
type Unstamped<Event extends Recorded = Recorded> = Event extends Recorded ? Omit<Event, 'stamp'> : never

interface Life {
  state: Member
  events: Recorded[]
  moves: Move[]
}

interface Message {
  readonly from: string
  readonly send: Send
}

const DAY_MS = 86_400_000
export interface HeardFact {
  readonly type: 'buy' | 'refund'
  readonly order: string
  readonly member: string
  readonly amount: number
  readonly minute: number
}

/**
 * Members, one pool and what is on its way between them, on the engine alone: stamped at the head where it is asked or told, late
 * where a fact is, and delivered in whichever order.
 */
export class PoolWorld {
  readonly #engine: typeof Engine
  readonly #timeline: Timeline
  readonly #wallet: string
  readonly lives = new Map<string, Life>()
  #outgoing: Message[] = []
  #now = START
  #count = 0
  readonly #orders: { readonly id: string; readonly who: string; readonly at: number }[] = []
  readonly #redemptions: { readonly id: string; readonly who: string }[] = []

  constructor(engine: typeof Engine, drawn: PoolCase, debtMost = 30) {
    this.#engine = engine
    this.#timeline = timelineFor(drawn, debtMost)
    this.#wallet = engine.walletOf('home')
    this.#askPool({ type: 'found', plan: 'family', member: people[0] })
    this.deliverAll()
  }

  happen(happening: Happening): void {
    this.#now += happening.days * DAY_MS + 60_000
    this.#count += 1
    switch (happening.type) {
      case 'buy':
        this.#buy(people[happening.who] ?? people[0], happening.amount, this.#now - happening.late * DAY_MS)
        return
      case 'refund': {
        const order = this.#orders[happening.order]
        if (order === undefined) return
        const at = Math.max(order.at, this.#now - happening.late * DAY_MS)
        const made = { type: 'refund.made', source: 'shop', id: `r${this.#count}`, order: order.id } as const
        this.#submit(order.who, { ...made, lines: [], amount: happening.amount * 100, by: 'member' }, at)
        return
      }
      case 'redeem':
        this.#redeem(people[happening.who] ?? people[0], happening.amount, happening.ends)
        return
      case 'return': {
        const redemption = this.#redemptions[happening.redemption]
        if (redemption === undefined) return
        const asked = { type: 'redemption.cancel', source: 'laurel', redemption: redemption.id, answer: null } as const
        this.#submit(redemption.who, { ...asked, id: `return-${this.#count}` }, null)
        return
      }
      case 'join':
        this.#askPool({ type: 'join', member: people[happening.who] ?? people[0] })
        return
      case 'leave':
        this.#askMember(people[happening.who] ?? people[0], { type: 'leave' })
        return
      case 'close':
        this.#askPool({ type: 'close' })
        return
      case 'correct':
        this.#correct(people[happening.who] ?? people[0])
        return
      case 'deliver':
        for (const pick of happening.picks) this.#deliver(pick)
        return
    }
  }

  /** A fact of somebody, at its own moment in minutes since the beginning, whenever it is heard. */
  hear({ type, order, member, amount, minute }: HeardFact): void {
    this.#count += 1
    this.#now = Math.max(this.#now, START + 86_400_000)
    const at = START + minute * 60_000
    if (type === 'buy') {
      this.#buy(member, amount, at, order)
      return
    }
    const made = { type: 'refund.made', source: 'shop', id: `${order}-${minute}`, order } as const
    this.#submit(member, { ...made, lines: [], amount: amount * 100, by: 'member' }, at)
  }

  join(member: string): void {
    this.#askPool({ type: 'join', member })
    this.deliverAll()
  }

  /** Of all together, by account. */
  get totals(): Readonly<Record<string, number>> {
    const totals: Record<string, number> = {}
    for (const { moves } of this.lives.values()) {
      for (const { from, to, amount } of moves) {
        totals[from] = (totals[from] ?? 0) - amount
        totals[to] = (totals[to] ?? 0) + amount
      }
    }
    const { pending = 0, active = 0, held = 0, debt = 0, issued = 0, transit = 0 } = totals
    return { issued, transit, there: pending + active + held + debt }
  }

  deliverAll(): void {
    while (this.#outgoing.length > 0) this.#deliver(0)
  }

  /** What cannot be, as a sentence; null: nothing. `isQuiet`: nothing is on its way. */
  wrong(isQuiet: boolean): string | null {
    let inAll = 0
    for (const [name, { state, moves }] of this.lives) {
      for (const { asset, pending, active, held, debt, lots } of state.assets) {
        const sum = lots.reduce((total, lot) => total + lot.amount, 0)
        if (sum !== active) return `${name} has ${active} active ${asset} and ${sum} in lots`
        if (active > 0 && debt > 0) return `${name} has ${active} and owes ${debt}`
        if (Math.min(pending, active, held, debt) < 0) return `${name} has less than nothing`
        inAll += pending + active + held - debt
      }
      for (const { from, to, amount } of moves) {
        if (!isMembers(from)) inAll -= amount
        if (!isMembers(to)) inAll += amount
      }
    }
    if (inAll !== 0) return `the books are out by ${inAll}`
    return this.#wronglyOwed ?? this.#wrongInPool() ?? (isQuiet ? this.#wrongBetween() : null) ?? this.#wrongReplay()
  }

  #wrongInPool(): string | null {
    const state = this.lives.get(this.#wallet)?.state
    const wallet = state?.wallet
    if (state === undefined || wallet === undefined) return 'the pool is gone'
    if (state.assets.some(({ debt }) => debt > 0)) return 'the pool owes something'
    const active = state.assets.find(({ asset }) => asset === 'points')?.active ?? 0
    const { common, people: all } = this.#engine.evened(wallet, active)
    const stakes = all.reduce((sum, { stake }) => sum + stake, common)
    if (stakes !== active) return `stakes of ${stakes} in a pool of ${active}`
    if (common < 0 || all.some(({ stake }) => stake < 0)) return 'a stake is below nothing'
    const there = all.filter(({ until }) => until === null).length
    return there > MOST ? `${there} members in a pool for ${MOST}` : null
  }

  /** Both sides say the same, and nothing is left between them. */
  #wrongBetween(): string | null {
    let transit = 0
    for (const { moves } of this.lives.values()) {
      for (const { from, to, amount } of moves) transit += to === 'transit' ? amount : from === 'transit' ? -amount : 0
    }
    if (transit !== 0) return `${transit} is still in transit`
    for (const { member, put, claimed, until } of this.lives.get(this.#wallet)?.state.wallet?.people ?? []) {
      const own = this.lives.get(member)?.state.belongings?.find(({ pool }) => pool === 'home')
      if (put !== (own?.put ?? 0)) return `${member} put in ${own?.put}, and the pool got ${put}`
      if (claimed !== (own?.claimed ?? 0)) return `${member} claimed ${own?.claimed}, and the pool knows of ${claimed}`
      if ((until === null) !== (own !== undefined && own.until === null)) return `${member} is in it for one side only`
    }
    return null
  }

  /** EVT-2: what was answered once is told again as it was. */
  #wrongReplay(): string | null {
    for (const [name, { state, events }] of this.lives) {
      const upTo = { type: 'time.passed', stamp: stampOf(firedOf(state)) } as const
      const { member } = this.#engine.replay(this.#timeline, events, upTo, state)
      const [was, is] = [state, member].map(({ assets, belongings, wallet }) => {
        const balances = assets.map(({ asset, pending, active, held, debt }) => ({
          asset,
          pending,
          active,
          held,
          debt,
        }))
        return JSON.stringify({ balances, belongings, wallet })
      })
      if (was !== is) return `${name} told again is ${is} and was ${was}`
    }
    return null
  }

  #buy(member: string, amount: number, at: number, id = `o${this.#count}`): void {
    this.#orders.push({ id, who: member, at })
    const line = { id: '1', sku: null, quantity: 1, total: amount * 100, tax: 0, discount: 0 }
    this.#submit(
      member,
      {
        ...{
          type: 'order.paid',
          source: 'shop',
          id,
          order: id,
          currency: 'USD',
          rate: null,
          channel: null,
          place: null,
        },
        ...{ tags: [], discount: 0, tip: 0, shipping: { total: 0, tax: 0 } },
        lines: [{ ...line, sku: 'x', categories: [], brand: null, kind: 'goods' }],
        payments: [{ by: 'money', amount: amount * 100 }],
      },
      at,
    )
  }

  #redeem(member: string, amount: number, ends: 'confirm' | 'cancel' | 'wait'): void {
    const redemption = `x${this.#count}`
    this.#redemptions.push({ id: redemption, who: member })
    const reservation = { redemption, reward: 'any', points: amount, payable: null, session: null }
    const request = { type: 'redemption.reserve', source: 'laurel', id: `reserve-${redemption}`, answer: null } as const
    const state = this.#lifeOf(member).state
    const asked = { ...request, ...reservation, until: stampOf(this.#now + DAY_MS) }
    const preview = this.#atHead(state, asked)
    const paying =
      preview.type === 'redemption.reserve' ? this.#engine.payingPool(this.#timeline, state, preview, null) : null
    if (paying === null || paying === 'none') this.#submit(member, asked, null)
    else {
      const spend = { type: 'spend', member, asset: paying.asset, amount: paying.amount } as const
      const answer = this.#askPool({ ...spend, reservation: { ...reservation, lastsMs: DAY_MS } })
      // The member is asked at once, as a server does; everything else waits for its turn.
      const at = this.#outgoing.findIndex(({ send }) => send.id === `spend/${redemption}`)
      if (answer?.granted === true) this.#deliver(at)
    }
    if (ends === 'wait') return
    this.#submit(
      member,
      { type: `redemption.${ends}`, source: 'laurel', id: `${ends}-${redemption}`, redemption, answer: null },
      null,
    )
  }

  #askPool(asks: AskedOfPool): RequestAnswer | null {
    const id = `${asks.type}-${this.#count}`
    return this.#submit(
      this.#wallet,
      { type: 'pool.asked', source: 'laurel', id, pool: 'home', asks, answer: null },
      null,
    )
  }

  #askMember(member: string, asks: AskedOfMember): void {
    const id = `${asks.type}-${this.#count}`
    this.#submit(member, { type: 'pool.asked', source: 'laurel', id, pool: 'home', asks, answer: null }, null)
  }

  #deliver(pick: number): void {
    const [message] = this.#outgoing.splice(pick % Math.max(1, this.#outgoing.length), 1)
    if (message === undefined) return
    const { from, send } = message
    const identity = { source: 'laurel', id: `${from}/${send.id}` }
    const { event } = send
    switch (event.type) {
      case 'pool.asked':
        this.#submit(send.to ?? from, { ...event, ...identity, answer: null }, null)
        return
      case 'pool.told':
        this.#submit(send.to ?? from, { ...event, ...identity, from }, null)
        return
      case 'redemption.reserve': {
        const { lastsMs, ...asked } = event
        const until = stampOf(this.#now + (lastsMs ?? DAY_MS))
        this.#submit(send.to ?? from, { ...asked, ...identity, until, answer: null }, null)
        return
      }
      default:
        throw new Error(`nobody here sends ${event.type}`)
    }
  }

  /** As a server does: what it leaves owed goes back out of the pool first, and the program bears of the rest what it bears. */
  #correct(name: string): void {
    const life = this.#lifeOf(name)
    const asked = { version: RIGHT, fromAt: START }
    const { facts } = this.#engine.factsToCorrect(this.#timeline, asked, life.events)
    const right = this.#timeline.at(-1)?.program
    if (facts.length === 0 || right === undefined) return
    const act = this.#atHead(life.state, {
      ...{
        type: 'version.corrected',
        source: 'laurel',
        id: `correct-${this.#count}`,
        actor: 'staff',
        reason: 'wrong-rate',
      },
      ...{ version: RIGHT, from: { at: START, local: START } },
      facts: facts.map(({ source, id }) => ({ fact: `${source}/${id}` })),
    })
    const before = life.state
    const upTo = { type: 'time.passed', stamp: stampOf(firedOf(before)) } as const
    const { member } = this.#engine.replay(this.#timeline, [...life.events, act], upTo, before)
    const claimed = this.#engine.toClaim(before, member)
    this.#recordLate(name, life, { ...act, claimed, borne: this.#engine.toBear(right, before, member) } as Recorded)
    const owes = (state: Member) => state.assets.find(({ asset }) => asset === 'points')?.debt ?? 0
    const isThere = life.state.belongings?.some(({ put, claimed: back, out }) => put > back + out) ?? false
    const more = owes(life.state) - owes(before)
    if (more > 0 && isThere) this.#wronglyOwed = `${name} owes ${more} more, and has something in the pool`
    const kept = excessOf(life.state) - excessOf(before)
    if (kept > 0) this.#wronglyOwed = `the pool keeps ${kept} that were not its share of what ${name} earned`
  }
  #wronglyOwed: string | null = null

  #lifeOf(name: string): Life {
    const known = this.lives.get(name)
    if (known !== undefined) return known
    const life: Life = { state: this.#engine.newMember(), events: [], moves: [] }
    this.lives.set(name, life)
    return life
  }

  /** A fact at its own moment; null: a request or an act, at the head. */
  #submit(name: string, unstamped: Unstamped, at: number | null): RequestAnswer | null {
    const life = this.#lifeOf(name)
    const event = at === null ? this.#atHead(life.state, unstamped) : ({ ...unstamped, stamp: stampOf(at) } as Recorded)
    if (at !== null && this.#engine.isLate(life.state, event)) {
      this.#recordLate(name, life, event)
      return null
    }
    const { effects, answer, member } = this.#engine.decide(this.#timeline, life.state, event)
    life.state = member
    life.events.push(answer === null ? event : ({ ...event, answer } as Recorded))
    this.#note(name, life, effects)
    return answer
  }

  #recordLate(name: string, life: Life, event: Recorded): void {
    life.events.push(event)
    const upTo = { type: 'time.passed', stamp: stampOf(firedOf(life.state)) } as const
    const { member, decisions, after } = this.#engine.replay(this.#timeline, life.events, upTo, life.state)
    const words = this.#engine.wordsAfterReplay(life.state, member)
    life.state = member
    life.moves = []
    // A replay sends nothing by itself.
    const told = [...decisions.flatMap(({ effects }) => effects), ...after].filter(({ type }) => type !== 'send')
    this.#note(name, life, [...told, ...words])
  }

  #note(name: string, life: Life, effects: readonly Engine.Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'move') life.moves.push(effect)
      if (effect.type === 'send') this.#outgoing.push({ from: name, send: effect })
    }
  }

  #atHead(state: Member, unstamped: Unstamped): Recorded {
    const at = Math.max(this.#now, state.head?.[0] ?? 0, firedOf(state))
    const first = { ...unstamped, stamp: stampOf(at) } as Recorded
    const { head } = state
    const isBehind =
      this.#engine.isLate(state, first) ||
      (head !== null && this.#engine.comparePositions(this.#engine.positionOf(first), head) <= 0)
    return isBehind ? ({ ...unstamped, stamp: stampOf(at + 1) } as Recorded) : first
  }
}

/** What went into the pool beyond its share, and is the member's there still. */
const excessOf = ({ belongings = [] }: Member): number =>
  belongings.reduce((sum, { put, due, claimed, out }) => sum + Math.max(0, Math.min(put - due, put - claimed - out)), 0)

const firedOf = ({ firedLocal, firedAt }: Member): number => Math.max(firedLocal ?? 0, firedAt ?? 0)

const stampOf = (at: number): Stamp => ({ at, local: at, placeLocal: at, version: 1 })

const isMembers = (account: string): boolean =>
  account === 'pending' || account === 'active' || account === 'held' || account === 'debt'

/** What goes wrong first in a drawn story; null: nothing. */
export function wrongIn(engine: typeof Engine, drawn: PoolCase): string | null {
  try {
    const world = new PoolWorld(engine, drawn)
    for (const [index, each] of drawn.happenings.entries()) {
      world.happen(each)
      const wrong = world.wrong(false)
      if (wrong !== null) return `after ${index + 1}, ${each.type}: ${wrong}`
    }
    world.deliverAll()
    const wrong = world.wrong(true)
    return wrong === null ? null : `when all is delivered: ${wrong}`
  } catch (fault) {
    return `it throws: ${fault instanceof Error ? fault.stack : String(fault)}`
  }
}

import { ownSource } from '@laurel/contract'
import {
  civilFromDay,
  dayOf,
  dayText,
  decide,
  entitlementsOf,
  type LocalDay,
  mayWin,
  orderKeyOf,
  type Program,
  type Ranked,
  walletOf,
} from '@laurel/engine'
import { balanceOf, balancesAt, drawWinners, inDrawOrder } from '@laurel/ledger'
import { changedBirthday, entrantOf, instantOf, localOf } from '@laurel/server'
import { booksOf, partnersOf } from './books.ts'
import { requestFor } from './offline-acts.ts'
import { type EndedWindow, rankedOn, ranksOf, shownOf, windowsEnded } from './offline-boards.ts'
import { remainingOf, toMerge, toUndo } from './offline-merges.ts'
import { occasionsDue } from './offline-occasions.ts'
import { OfflineRecorder } from './offline-recorder.ts'
import { nobody, poolStandingOf, standingOf, vouchersOf } from './offline-standing.ts'
import { parsed, parsedOrder, tellingOf } from './offline-told.ts'
import { CannotSend, voucherNamed } from './sending.ts'
import { type Sent, scenarioSource } from './sent.ts'
import { type Lot, lotOfStory } from './story-lot.ts'
import type { Told, World } from './world.ts'

/** Plays rows on the engine alone: the stamps, rejections and corrections of a server, and no database. */
export function openOfflineWorld(program: Program): World {
  return new OfflineWorld(program)
}

class OfflineWorld implements World {
  readonly #program: Program
  readonly #recorder: OfflineRecorder
  /** Day of which birthdays were told last. */
  #keptThrough: LocalDay | null = null
  /** Of the last window that has ended, by leaderboard. */
  readonly #results = new Map<string, readonly Ranked[]>()

  constructor(program: Program) {
    this.#program = program
    this.#recorder = new OfflineRecorder(program)
  }

  async send(sent: Sent, at: number): Promise<readonly Told[]> {
    const meanwhile = this.#letTimePass(at)
    const told = this.#send(sent, at)
    return [...meanwhile, ...told, ...this.#recorder.deliverAll()]
  }

  /** What a server does by itself up to a moment, whichever moments have a row (TIME-3). */
  #letTimePass(at: number): Told[] {
    const recorder = this.#recorder
    const { zone } = this.#program
    const told: Told[] = []
    const since = this.#keptThrough === null ? null : recorder.timePassed().stamp.local
    const ended = since === null ? [] : windowsEnded(this.#program, since, localOf(zone, at))
    for (const window of ended) {
      recorder.waitUntil(instantOf(zone, window.at))
      told.push(...this.#keepOccasions(), ...this.#takeResult(window))
    }
    recorder.waitUntil(at)
    return [...told, ...this.#keepOccasions()]
  }

  #send(sent: Sent, at: number): Told[] {
    const recorder = this.#recorder
    const occurredAt = new Date(at).toISOString()
    switch (sent.type) {
      case 'event':
        return [recorder.submit(sent.event.member, parsed(sent.event))]
      case 'join': {
        const { member } = sent
        const event = {
          type: 'member.joined',
          source: ownSource,
          id: `joined/${occurredAt}`,
          member,
          occurredAt,
        } as const
        const joined = recorder.submit(member, event)
        const { referral, id } = sent
        if (referral === null || joined.rejection !== null) return [joined]
        const signals = referral.advocate === member ? (['same-person'] as const) : referral.signals
        return [
          joined,
          recorder.submit(member, { ...referral, signals, type: 'referral.claim', source: ownSource, id }),
        ]
      }
      case 'referral-code':
      case 'referral-click': {
        const nothing = tellingOf(sent.member, [], [])
        return [recorder.lives.has(sent.member) ? nothing : { ...nothing, rejection: 'unknown-member' }]
      }
      case 'reserve': {
        const { type, member, redemption, confirm, wait, ...asked } = sent
        const request = { source: ownSource, redemption }
        const id = `${type}/${redemption}`
        const reservation = { redemption, payable: null, ...asked }
        const before = recorder.refusedBefore(member, redemption, reservation)
        if (before !== null) return [before]
        const moved = asked.session === null ? [] : recorder.judgeLine(asked.reward, asked.session)
        const reserved = recorder.reserve(member, { ...reservation, type: 'redemption.reserve', source: ownSource, id })
        if (wait && asked.session !== null && reserved.refusal?.code === 'sold-out') {
          const { reward, session } = asked
          const place = recorder.rooms.wait({ member, reward, session })
          if (place === 'already-waiting') return [...moved, { ...reserved, refusal: { code: place, shortBy: null } }]
          if (place !== null)
            return [...moved, { ...reserved, refusal: null, waiting: { session: `${reward}/${session}`, place } }]
        }
        if (reserved.refusal?.code === 'sold-out' && asked.session !== null) {
          const isTooLate = recorder.rooms.isTooLate(member, asked.reward, asked.session)
          if (isTooLate) return [...moved, { ...reserved, refusal: { code: 'expired', shortBy: null } }]
        }
        if (!confirm || reserved.refusal !== null || reserved.rejection !== null) return [...moved, reserved]
        return [
          ...moved,
          reserved,
          recorder.submit(member, { ...request, type: 'redemption.confirm', id: `confirm/${redemption}` }),
        ]
      }
      case 'confirm':
      case 'cancel': {
        const { type, redemption } = sent
        const request = { source: ownSource, id: `${type}/${redemption}`, redemption }
        return [recorder.submit(recorder.holderOf(redemption), { ...request, type: `redemption.${type}` })]
      }
      case 'voucher': {
        const { act, member, id, reward, order, amount } = sent
        const voucher = sent.voucher ?? voucherNamed(vouchersOf(recorder.stateOf(member)), reward, act).id
        const asked = { source: scenarioSource, id, voucher }
        if (act !== 'use') return [recorder.submit(member, { ...asked, type: `voucher.${act}` })]
        const basket = order === null ? null : parsedOrder(order, occurredAt)
        const orderKey = order === null ? null : orderKeyOf(scenarioSource, order.id)
        return [recorder.submit(member, { ...asked, type: 'voucher.use', orderKey, basket, amount })]
      }
      case 'act': {
        const { id, reason, act } = sent
        const member = act.type === 'review-referral' ? act.friend : sent.member
        const request = requestFor(act, recorder.lives.get(member))
        return [recorder.submit(member, { source: ownSource, id, actor: 'staff', reason, ...request })]
      }
      case 'give': {
        const { type: _, member, ...gift } = sent
        const [giver, to] = [remainingOf(recorder.lives, member), remainingOf(recorder.lives, gift.to)]
        const rejected = (rejection: string) => [{ ...tellingOf(giver, [], []), rejection }]
        if (!recorder.lives.has(member) || !recorder.lives.has(to)) return rejected('unknown-member')
        if (to === giver) return rejected('gift-to-oneself')
        if (recorder.stateOf(to).left !== null) return rejected('receiver-has-left')
        return [recorder.submit(member, { ...gift, to, type: 'gift.send', source: ownSource })]
      }
      case 'found-pool':
      case 'join-pool': {
        const { member, id, pool } = sent
        recorder.know(member)
        const asks =
          sent.type !== 'found-pool' ? ({ type: 'join' } as const) : ({ type: 'found', plan: sent.plan } as const)
        return recorder.askPool(pool, id, { ...asks, member }, member)
      }
      case 'leave-pool': {
        const { member, id, pool } = sent
        const asked = { type: 'pool.asked', source: ownSource, id, pool, asks: { type: 'leave' } } as const
        return [recorder.submit(member, asked)]
      }
      case 'draw':
        return this.#draw(sent.draw, lotOfStory(sent.seed))
      case 'birthday': {
        const { member, birthday } = sent
        const life = recorder.lives.get(member)
        if (life === undefined) return [{ ...tellingOf(member, [], []), rejection: 'unknown-member' }]
        const today = dayOf(recorder.timePassed().stamp.local)
        life.birthday = changedBirthday(life.birthday, birthday, civilFromDay(today).year)
        const events = occasionsDue(this.#program, [{ member, birthday: life.birthday, joinedOn: null }], null, today)
        return [tellingOf(member, [], []), ...events.map((event) => recorder.submit(member, event))]
      }
      case 'ask': {
        const { member, benefit, total } = sent
        if (!recorder.lives.has(member)) return [{ ...tellingOf(member, [], []), rejection: 'unknown-member' }]
        const { timeline } = recorder
        const passed = recorder.timePassed()
        const { local } = passed.stamp
        const question = { benefit, local, placeLocal: local, total, opens: null }
        const { member: now } = decide(timeline, recorder.stateOf(member), passed)
        const [answer] = entitlementsOf(timeline, now, question)
        return [{ ...tellingOf(member, [], []), entitled: answer?.entitled === true }]
      }
      case 'erase': {
        const { member, id } = sent
        return [
          recorder.submit(member, { type: 'member.erased', source: ownSource, id, actor: 'staff', reason: 'asked' }),
        ]
      }
      case 'merge':
      case 'unmerge': {
        const asked = sent.type === 'merge' ? toMerge(recorder.lives, sent) : toUndo(recorder.lives, sent)
        if (asked !== null && typeof asked !== 'string') return [recorder.submit(asked.of, asked.event)]
        return [{ ...tellingOf(sent.member, [], []), rejection: asked }]
      }
      case 'preview':
        return [
          recorder.preview(sent.member, { ...sent, type: 'order.paid', source: 'preview', id: 'cart', occurredAt }),
        ]
      case 'time':
        return [...recorder.lives].map(([member, life]) => recorder.passTime(member, life))
    }
  }

  async member(member: string) {
    const recorder = this.#recorder
    if (remainingOf(recorder.lives, member) !== member) return nobody('merged')
    const passed = recorder.timePassed()
    const ranks = ranksOf(this.#program, recorder.lives, this.#results, member, passed.stamp.local)
    // The seats of whoever was merged into the member came along (MRG-1).
    const names = [...recorder.lives.keys()].filter((each) => remainingOf(recorder.lives, each) === member)
    const seats = recorder.rooms.seatsOf(names)
    return standingOf(recorder.timeline, recorder.stateOf(member), passed, { ranks, seats })
  }

  async held(member: string) {
    return await this.member(member)
  }

  async rooms() {
    return this.#recorder.rooms.uses()
  }

  async pool(pool: string) {
    return poolStandingOf(this.#recorder.lives.get(walletOf(pool))?.state)
  }

  async partners() {
    const moves = [...this.#recorder.lives.values()].flatMap((life) => life.moves)
    return partnersOf(this.#program, moves)
  }

  async books() {
    return booksOf([...this.#recorder.lives.values()].flatMap(({ moves }) => moves))
  }

  /** What a server tells of its own accord as the days go by, whichever of them have a row (TIME-3). */
  #keepOccasions(): Told[] {
    const recorder = this.#recorder
    const today = dayOf(recorder.timePassed().stamp.local)
    if (today === this.#keptThrough) return []
    const dates = [...recorder.lives].flatMap(([member, { birthday, state }]) =>
      remainingOf(recorder.lives, member) === member ? [{ member, birthday, joinedOn: state.joinedOn }] : [],
    )
    const events = occasionsDue(this.#program, dates, this.#keptThrough, today)
    this.#keptThrough = today
    return events.map((event) => recorder.submit(event.member, event))
  }

  /** Takes the result of a leaderboard as its window ends, and gives what its ranks are worth (GAME-1). */
  #takeResult({ board, from }: EndedWindow): Told[] {
    const recorder = this.#recorder
    const window = dayOf(from)
    const name = `leaderboard/${board.id}/${dayText(window)}`
    const ranked = rankedOn(board, recorder.lives, from)
    this.#results.set(board.id, ranked)
    const shown = shownOf(board, ranked).map(({ member, rank }) => ({
      ...tellingOf(member, [], []),
      ranks: [{ leaderboard: board.id, rank }],
    }))
    const prizes = ranked.flatMap(({ member, rank }) => {
      if (!board.ranks.some(({ first, last }) => first <= rank && rank <= last)) return []
      const by = { source: ownSource, id: `${name}/${member}`, actor: ownSource, reason: name }
      const won = { leaderboard: board.id, rank, window }
      return [recorder.submit(member, { ...by, type: 'award.won', won })]
    })
    return [...shown, ...prizes]
  }

  /** The winners that a server would draw with this seed, and what they get. */
  #draw(id: string, { seed, salt }: Lot): Told[] {
    const recorder = this.#recorder
    const draw = this.#program.draws.get(id)
    if (draw === undefined) throw new Error(`there is no draw ${id}`)
    if (recorder.timePassed().stamp.local < draw.closes) {
      throw new CannotSend('the draw has not closed yet', 'draw after its last day')
    }
    const passed = [...recorder.lives].map(([member, life]) => recorder.passTime(member, life))
    const memberByEntrant = new Map<string, string>()
    const entries = [...recorder.lives].flatMap(([member, { state, moves }]) => {
      // As the books have it when the draw closes: what came or went since then is of no account.
      const posted = moves.map((move) => ({ ...move, at: move.effective, recordedAt: 0 }))
      const tickets = balanceOf(balancesAt(posted, draw.closes - 1), draw.asset).active
      if (tickets === 0 || !mayWin(this.#program, draw, state)) return []
      const entrant = entrantOf(salt, member)
      memberByEntrant.set(entrant, member)
      return [{ entrant, tickets }]
    })
    const drawn = drawWinners(seed.toString('hex'), inDrawOrder(entries), draw.winners)
    const won = drawn.flatMap((entrant) => memberByEntrant.get(entrant) ?? [])
    const by = { source: ownSource, id: `draw/${id}`, actor: ownSource, reason: `draw/${id}`, won: { draw: id } }
    const awards = won.map((member) => ({ ...recorder.submit(member, { ...by, type: 'award.won' }), wins: [id] }))
    return [...passed, ...awards]
  }
}

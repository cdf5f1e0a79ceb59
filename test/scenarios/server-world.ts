import { createClient, RequestProblem, type RouteAnswer, type Routes } from '@laurel/contract'
import {
  dayOf,
  dayText,
  type Effect,
  type Held,
  type MemberStanding,
  type Move,
  type Moved,
  type Program,
  type ReferralStanding,
  type Refusal,
  type Remark,
  remarksOf,
  seatsOf,
} from '@laurel/engine'
import { booksOf, partnersOf } from '../../apps/cli/scenarios/books.ts'
import { windowsEnded } from '../../apps/cli/scenarios/offline-boards.ts'
import { nobody, referralOf } from '../../apps/cli/scenarios/offline-standing.ts'
import { voucherNamed } from '../../apps/cli/scenarios/sending.ts'
import { type Act, type Sent, scenarioSource } from '../../apps/cli/scenarios/sent.ts'
import { type Lot, lotOfStory } from '../../apps/cli/scenarios/story-lot.ts'
import type { Told, World } from '../../apps/cli/scenarios/world.ts'
import { ask } from '../../apps/server/decisions/ask.ts'
import { letTimePass } from '../../apps/server/decisions/let-time-pass.ts'
import { remainingOf } from '../../apps/server/decisions/remaining.ts'
import { closeDraws } from '../../apps/server/draws/close-draws.ts'
import { takeResults } from '../../apps/server/leaderboards/take-results.ts'
import { gatherMember } from '../../apps/server/members/gather-member.ts'
import { keepOccasionsIn, keepsOccasions } from '../../apps/server/occasions/keep-occasions.ts'
import { Outbox } from '../../apps/server/outbox/outbox.ts'
import { instantOf, localOf } from '../../apps/server/programs/zone.ts'
import { offerSeats } from '../../apps/server/seats/offer-seats.ts'
import type { TestServer } from '../../apps/server/server.fixture.ts'
import { actOfStaff } from './server-acts.ts'
import { ServerRooms } from './server-rooms.ts'
import { ifKnown, readHeld, readRanks, readStanding, readVouchers } from './server-standing.ts'

/** What one row was answered; what it did is read from the feed. */
type Answered = Pick<Told, 'member'> & Partial<Told>

/** Plays rows through the routes of a server, in a program of their own; `text` is its document. */
export async function openServerWorld(server: TestServer, program: Program, text: string, id: string): Promise<World> {
  // Published before anything happens, so that every row finds it.
  server.clock.now = Date.parse('2000-01-01T00:00:00Z')
  // The share of every holdout is 0 in scenarios.
  const forAll = text.replace(/\b(holdout|offers|challenges|messages|bonuses): [\d.]+%/g, '$1: none')
  await server.publish(forAll.replace(`\nid: ${program.id}\n`, `\nid: ${id}\n`), id)
  return new ServerWorld(server, program, id, await server.keyFor(id))
}

class ServerWorld implements World {
  readonly #server: TestServer
  readonly #program: Program
  readonly #id: string
  readonly #client: ReturnType<typeof createClient>
  /** How far the feed of decisions has been read, and what it told to have moved. */
  #cursor = '0'
  readonly #moves: Move[] = []
  readonly #rooms = new ServerRooms()
  readonly #members = new Set<string>()
  readonly #erased = new Set<string>()

  constructor(server: TestServer, program: Program, id: string, key: string) {
    this.#server = server
    this.#program = program
    this.#id = id
    this.#client = createClient({ url: 'http://laurel.test', key, fetch: fetchOf(server) })
  }

  async send(sent: Sent, at: number): Promise<readonly Told[]> {
    const ranks = await this.#letTimePass(at)
    const answered = [...ranks, ...(await this.#answered(sent, at))]
    await this.#deliver()
    await offerSeats(this.#server.context)
    // What is asked of a merged member is answered by whoever remains; a merge is the merged one's own.
    const isOwn = sent.type === 'merge' || sent.type === 'unmerge'
    const told = await Promise.all(
      answered.map(async (answer) => ({
        ...{ ...nothing, ...answer },
        member: isOwn ? answer.member : await this.#remaining(answer.member),
      })),
    )
    for (const { member, rejection } of told) if (rejection === null) this.#members.add(member)
    return [...told, ...(await this.#news())]
  }

  async #answered(sent: Sent, at: number): Promise<readonly Answered[]> {
    try {
      return await this.#sent(sent, at)
    } catch (error) {
      if (!(error instanceof RequestProblem) || !('member' in sent)) throw error
      return [{ member: sent.member, rejection: error.body.code }]
    }
  }

  /** What the server has drawn by lot is as the story says. */
  async #chooseLot(draw: string, { seed, salt }: Lot): Promise<void> {
    await this.#server.context.database.migrator.query(
      `INSERT INTO draw_run (program, draw, round, seed, salt, promised_at) VALUES ($1, $2, 1, $3, $4, now())
       ON CONFLICT (program, draw, round) DO UPDATE SET seed = $3, salt = $4`,
      [this.#id, draw, seed, salt],
    )
  }

  /** Lets the outbox do its work, also on what is sent on. */
  async #deliver(): Promise<void> {
    const { application } = this.#server.context.database
    const outbox = new Outbox(this.#server.context)
    for (let waiting = 1; waiting > 0; ) {
      outbox.wake()
      await outbox.settled()
      const { rows } = await application.query('SELECT count(*)::int AS waiting FROM outbox WHERE tries = 0')
      waiting = rows[0].waiting
    }
    await outbox.close()
  }

  /** Everything that was decided since this was asked last. */
  async #news(): Promise<Told[]> {
    const told: Told[] = []
    for (let isMore = true; isMore; ) {
      const page: RouteAnswer<Routes['readDecisions']> = await this.#client.call('readDecisions', {
        query: { after: this.#cursor, limit: '1000' },
      })
      for (const { member, effects } of page.decisions) {
        // The engine's own effects, as JSON has them.
        const decided = effects as unknown as Effect[]
        const moves = decided.flatMap((effect) => (effect.type === 'move' ? [effect] : []))
        this.#moves.push(...moves)
        const seats = this.#rooms.note(member, decided)
        this.#members.add(member)
        const waits = decided.some(({ type }) => type === 'wait')
        told.push({ ...nothing, member, moves, remarks: remarksOf(decided), waits, seats })
      }
      isMore = page.next !== this.#cursor
      this.#cursor = page.next
    }
    return told
  }

  /** What a server does by itself up to a moment: it takes each result within minutes of its window's end. */
  async #letTimePass(at: number): Promise<Answered[]> {
    const { clock, context } = this.#server
    const { zone } = this.#program
    const ranks: Answered[] = []
    const hasBegun = this.#members.size > 0
    const ended = hasBegun ? windowsEnded(this.#program, this.#local(), localOf(zone, at)) : []
    for (const { board, from, at: end } of ended) {
      clock.now = Math.max(clock.now, instantOf(zone, end))
      await this.#keepOccasions()
      await takeResults(context)
      for (const member of this.#members) {
        const ranked = await readRanks(this.#client, board.id, member, dayText(dayOf(from)))
        if (ranked.length > 0) ranks.push({ member, ranks: ranked })
      }
    }
    clock.now = Math.max(clock.now, at)
    await this.#keepOccasions()
    return ranks
  }

  async #keepOccasions(): Promise<void> {
    if (keepsOccasions(this.#program)) await keepOccasionsIn(this.#server.context, this.#id)
  }

  async #sent(sent: Sent, at: number): Promise<readonly Answered[]> {
    switch (sent.type) {
      case 'event': {
        const { member } = sent.event
        const [answer] = [await this.#client.call('recordEvents', { body: [sent.event] })].flat()
        if (answer === undefined) throw new Error('one event has one answer')
        if (answer.status === 'rejected') return [{ member, rejection: answer.code }]
        if (answer.status === 'recorded' || answer.status === 'repeated') {
          return [{ member, refusal: refusalIn(answer.decision.refusal ?? null) }]
        }
        throw new Error(`the event is ${JSON.stringify(answer)}`)
      }
      case 'give': {
        const { member, id, to, asset, amount } = sent
        const call = { path: { member }, body: { to, asset, amount }, idempotencyKey: id }
        const { refusal } = await this.#client.call('givePoints', call)
        return [{ member, refusal: refusalIn(refusal) }]
      }
      case 'found-pool':
      case 'join-pool': {
        const { member, pool, id: idempotencyKey } = sent
        if (!this.#members.has(member)) {
          await this.#client.call('createMember', { body: { id: member, joinedAt: new Date(at).toISOString() } })
        }
        const { refusal } =
          sent.type === 'found-pool'
            ? await this.#client.call('foundPool', {
                body: { id: pool, plan: sent.plan, founder: member },
                idempotencyKey,
              })
            : await this.#client.call('joinPool', { path: { pool }, body: { member }, idempotencyKey })
        return [{ member, refusal: refusalIn(refusal) }]
      }
      case 'leave-pool': {
        const { member, pool, id: idempotencyKey } = sent
        const { refusal } = await this.#client.call('leavePool', { path: { pool, member }, idempotencyKey })
        return [{ member, refusal: refusalIn(refusal) }]
      }
      case 'draw': {
        await this.#chooseLot(sent.draw, lotOfStory(sent.seed))
        await closeDraws(this.#server.context)
        return await Promise.all(
          [...this.#members].map(async (member) => {
            const { place } = await this.#client.call('readEntrant', { path: { member, draw: sent.draw } })
            return { member, wins: place !== null ? [sent.draw] : [] }
          }),
        )
      }
      case 'birthday': {
        const { member, birthday } = sent
        await this.#client.call('changeProfile', { path: { member }, body: { birthday } })
        return [{ member }]
      }
      case 'ask': {
        const { member, benefit, total } = sent
        const query = { benefit, ...(total === null ? {} : { total: String(total) }) }
        const { entitlements } = await this.#client.call('readEntitlements', { path: { member }, query })
        return [{ member, entitled: entitlements[0]?.entitled === true }]
      }
      case 'erase': {
        const { member } = sent
        await this.#client.call('eraseMember', { path: { member }, query: { reason: 'asked' } })
        this.#erased.add(member)
        return [{ member }]
      }
      case 'merge': {
        const { member, id, into } = sent
        const body = { into, reason: 'same-person' }
        await this.#client.call('mergeMember', { path: { member }, body, idempotencyKey: id })
        return [{ member }]
      }
      case 'unmerge': {
        const { member, id, reason } = sent
        await this.#client.call('undoMerge', { path: { member }, body: { reason }, idempotencyKey: id })
        return [{ member }]
      }
      case 'join': {
        const { member, id, referral } = sent
        if (this.#members.has(member)) {
          await this.#client.call('rejoinProgram', { path: { member }, idempotencyKey: `rejoin-${at}` })
          return [{ member }]
        }
        await this.#client.call('createMember', { body: { id: member, joinedAt: new Date(at).toISOString() } })
        if (referral === null) return [{ member }]
        const signals = referral.advocate === member ? (['same-person'] as const) : referral.signals
        const claim = { ...referral, signals, type: 'referral.claim', source: scenarioSource, id } as const
        await ask(this.#server.context, this.#id, member, claim)
        return [{ member }]
      }
      case 'referral-code':
      case 'referral-click': {
        const { member } = sent
        const { code } = await this.#client.call('makeReferralCode', { path: { member } })
        if (sent.type === 'referral-click') await this.#client.call('countReferralClick', { body: { code } })
        return [{ member }]
      }
      case 'reserve': {
        const { member, redemption, reward, points, session, lastsMs, confirm, wait } = sent
        const lasts = lastsMs === null ? {} : { lasts: `PT${lastsMs / 1000}S` }
        const body = { id: redemption, member, reward, points, session, confirm, wait, ...lasts }
        const { refusal, waiting: place } = await this.#client.call('reserveRedemption', { body })
        const isNew = refusal?.code !== 'already-waiting'
        if (place === null || session === null || !isNew) return [{ member, refusal: refusalIn(refusal) }]
        this.#rooms.wait(seatsOf(reward, session))
        return [{ member, waiting: { session: `${reward}/${session}`, place } }]
      }
      case 'confirm':
      case 'cancel': {
        const route = sent.type === 'confirm' ? 'confirmRedemption' : 'cancelRedemption'
        const { member, refusal } = await this.#client.call(route, { path: { redemption: sent.redemption } })
        return [{ member, refusal: refusalIn(refusal) }]
      }
      case 'voucher': {
        const { member } = sent
        const { refusal } = await this.#askAboutVoucher(sent)
        return [{ member, refusal: refusalIn(refusal) }]
      }
      case 'act': {
        const { act } = sent
        if (act.type === 'review-referral') return [await this.#reviewReferral(sent.id, sent.reason, act)]
        const { refusal } = await actOfStaff(this.#client, this.#program, { ...sent, act })
        return [{ member: sent.member, refusal: refusalIn(refusal) }]
      }
      case 'preview': {
        const { member, order } = sent
        const { effects, remarks } = await this.#client.call('previewCart', { body: { member, order } })
        const moves = effects.filter(({ type }) => type === 'move') as unknown as Moved[]
        return [{ member, moves, remarks: remarks as unknown as Remark[] }]
      }
      case 'time': {
        await letTimePass(this.#server.context)
        return [...this.#members].map((member) => ({ member }))
      }
    }
  }

  async #reviewReferral(id: string, reason: string, { friend, approved }: Extract<Act, { type: 'review-referral' }>) {
    const reviewed = {
      type: 'referral.reviewed',
      source: scenarioSource,
      id,
      actor: 'staff',
      reason,
      approved,
    } as const
    await ask(this.#server.context, this.#id, friend, reviewed)
    return { member: friend }
  }

  async #askAboutVoucher({ act, member, id, reward, order, amount, ...sent }: Extract<Sent, { type: 'voucher' }>) {
    const voucher = sent.voucher ?? voucherNamed(await readVouchers(this.#client, member), reward, act).id
    const call = { path: { member, voucher }, idempotencyKey: id }
    switch (act) {
      case 'use': {
        const named = order === null ? null : { source: scenarioSource, id: order.id }
        const body = { member, voucher, amount, order: named, basket: order }
        return await this.#client.call('useVoucher', { body, idempotencyKey: id })
      }
      case 'return':
        return await this.#client.call('returnVoucher', call)
      case 'give':
        return await this.#client.call('giveVoucher', call)
    }
  }

  async held(member: string): Promise<Held> {
    if ((await this.#remaining(member)) !== member) return nobody('merged')
    const held = await ifKnown(readHeld(this.#client, member, this.#local()))
    return held === null ? this.#nobody(member) : { ...held, referral: await this.#referralOf(member) }
  }

  /** The member's own, and those of whoever was merged into it (MRG-1). */
  async #namesOf(member: string): Promise<readonly string[]> {
    const names: string[] = []
    for (const each of this.#members) if ((await this.#remaining(each)) === member) names.push(each)
    return names
  }

  #remaining(member: string): Promise<string> {
    return remainingOf(this.#server.context, this.#id, member)
  }

  async member(member: string): Promise<MemberStanding> {
    if ((await this.#remaining(member)) !== member) return nobody('merged')
    // What stands on a leaderboard is taken every few minutes.
    if (this.#program.leaderboards.size > 0) await takeResults(this.#server.context)
    const found = await ifKnown(readStanding(this.#client, this.#program, member, this.#local()))
    if (found === null) return this.#nobody(member)
    return {
      ...found,
      referral: await this.#referralOf(member),
      seats: this.#rooms.seatsOf(await this.#namesOf(member)),
    }
  }

  // Referrals have no routes yet: what the server keeps of them is read where it lies.
  async #referralOf(member: string): Promise<ReferralStanding | null> {
    return referralOf((await gatherMember(this.#server.context, this.#id, member)).member)
  }

  #nobody(member: string): MemberStanding {
    return nobody(this.#erased.has(member) ? 'erased' : 'active')
  }

  #local() {
    return localOf(this.#program.zone, this.#server.clock.now)
  }

  async rooms() {
    return this.#rooms.uses()
  }

  async pool(pool: string) {
    const { asset, active, people } = await this.#client.call('readPool', { path: { pool } })
    return { asset, active, members: people.filter(({ until }) => until === null).length }
  }

  async partners() {
    return partnersOf(this.#program, this.#moves)
  }

  async books() {
    return booksOf(this.#moves)
  }
}

const nothing = {
  seats: new Map<string, number>(),
  waiting: null,
  entitled: null,
  ranks: [],
  wins: [],
  moves: [],
  refusal: null,
  rejection: null,
  remarks: [],
  waits: false,
}

/** Codes come from the engine's list, through text. */
const refusalIn = (refusal: { readonly code: string; readonly shortBy: number | null } | null): Refusal | null =>
  refusal as Refusal | null

/** The client's way to a server without a socket. */
function fetchOf(server: TestServer): typeof fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(String(input))
    const response = await server.inject({
      method: (init?.method ?? 'GET') as 'GET' | 'POST' | 'DELETE',
      url: `${pathname}${search}`,
      headers: { ...(init?.headers as Record<string, string>) },
      ...(typeof init?.body === 'string' ? { body: init.body } : {}),
    })
    const headers = { 'content-type': String(response.headers['content-type'] ?? '') }
    return new Response(response.body, { status: response.statusCode, headers })
  }
}

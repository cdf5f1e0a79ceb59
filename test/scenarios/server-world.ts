import { createClient, type EventAnswer, RequestProblem, type RouteAnswer, type Routes } from '@laurel/contract'
import {
  type Account,
  dayText,
  type Held,
  type MemberStanding,
  type Moved,
  type Program,
  type Refusal,
  type Remark,
} from '@laurel/engine'
import { booksOf } from '../../apps/cli/scenarios/books.ts'
import { type Act, type Sent, scenarioSource, voucherNamed } from '../../apps/cli/scenarios/sending.ts'
import type { Told, World } from '../../apps/cli/scenarios/world.ts'
import { letTimePass } from '../../apps/server/decisions/let-time-pass.ts'
import { closeDraws } from '../../apps/server/draws/close-draws.ts'
import { takeResults } from '../../apps/server/leaderboards/take-results.ts'
import { keepOccasions } from '../../apps/server/occasions/keep-occasions.ts'
import { localOf } from '../../apps/server/programs/zone.ts'
import type { TestServer } from '../../apps/server/server.fixture.ts'
import { Outbox } from '../../apps/server/sharing/outbox.ts'
import { ifKnown, nobody, readHeld, readRanks, readStanding, readVouchers } from './server-standing.ts'

type Decision = Extract<EventAnswer, { status: 'recorded' }>['decision']
type Line = RouteAnswer<Routes['readStatement']>['lines'][number]

/** Plays rows through the routes of a server, in a program of their own; `text` is its document. */
export async function openServerWorld(server: TestServer, program: Program, text: string, id: string): Promise<World> {
  // Published before anything happens, so that every row finds it.
  server.clock.now = Date.parse('2000-01-01T00:00:00Z')
  await server.publish(text.replace(`\nid: ${program.id}\n`, `\nid: ${id}\n`), id)
  return new ServerWorld(server, program, await server.keyFor(id))
}

class ServerWorld implements World {
  readonly #server: TestServer
  readonly #program: Program
  readonly #results = new Set<string>()
  readonly #client: ReturnType<typeof createClient>
  /** Lines of everybody's statement as far as they have been told. */
  readonly #lines = new Map<string, Line[]>()
  /** What was forfeited with everybody who is erased. */
  readonly #erased = new Map<string, readonly Moved[]>()

  constructor(server: TestServer, program: Program, key: string) {
    this.#server = server
    this.#program = program
    this.#client = createClient({ url: 'http://laurel.test', key, fetch: fetchOf(server) })
  }

  async send(sent: Sent, at: number): Promise<readonly Told[]> {
    this.#server.clock.now = Math.max(this.#server.clock.now, at)
    try {
      const told = await this.#sent(sent, at)
      return sent.type === 'give' || sent.type === 'time' ? [...told, ...(await this.#delivered(told))] : told
    } catch (error) {
      if (!(error instanceof RequestProblem) || !('member' in sent)) throw error
      return [{ ...nothing, member: sent.member, rejection: error.body.code }]
    }
  }

  /** Lets the outbox do its work, and tells what has come of it. */
  async #delivered(told: readonly Told[]): Promise<readonly Told[]> {
    const outbox = new Outbox(this.#server.context)
    outbox.wake()
    await outbox.settled()
    await outbox.close()
    const others = [...this.#lines.keys()].filter((member) => !told.some((each) => each.member === member))
    return await Promise.all(others.map((member) => this.#told(member)))
  }

  /** Leaderboards whose result is there, and was not when this was asked before. */
  async #endedNow(): Promise<readonly string[]> {
    const ended: string[] = []
    for (const leaderboard of this.#program.leaderboards.keys()) {
      const answer = await this.#client.call('readLeaderboard', { path: { leaderboard }, query: {} })
      const name = `${leaderboard}/${answer.window}`
      if (answer.ended && !this.#results.has(name)) ended.push(leaderboard)
      if (answer.ended) this.#results.add(name)
    }
    return ended
  }

  async #ranksOf(member: string, ended: readonly string[]) {
    if (ended.length === 0) return []
    const ranks = await readRanks(this.#client, this.#program, member)
    return ranks.filter(({ leaderboard }) => ended.includes(leaderboard))
  }

  async #sent(sent: Sent, at: number): Promise<readonly Told[]> {
    switch (sent.type) {
      case 'event': {
        const { member } = sent.event
        const answer = await this.#client.call('recordEvents', { body: sent.event })
        if (Array.isArray(answer)) throw new Error('one event has one answer')
        if (answer.status === 'rejected') return [{ ...nothing, member, rejection: answer.code }]
        if (answer.status === 'repeated') return [{ ...nothing, member }]
        if (answer.status !== 'recorded') throw new Error(`the event is ${JSON.stringify(answer)}`)
        return [await this.#told(member, answer.decision)]
      }
      case 'give': {
        const { member, id, to, asset, amount } = sent
        const call = { path: { member }, body: { to, asset, amount }, idempotencyKey: id }
        const { refusal } = await this.#client.call('givePoints', call)
        return [{ ...(await this.#told(member)), refusal: refusalIn(refusal) }]
      }
      case 'draw': {
        await closeDraws(this.#server.context)
        return await Promise.all(
          [...this.#lines.keys()].map(async (member) => {
            const { place } = await this.#client.call('readEntrant', { path: { member, draw: sent.draw } })
            return { ...(await this.#told(member)), wins: place !== null ? [sent.draw] : [] }
          }),
        )
      }
      case 'birthday': {
        const { member, birthday } = sent
        await this.#client.call('changeProfile', { path: { member }, body: { birthday } })
        return [await this.#told(member)]
      }
      case 'ask': {
        const { member, benefit, total } = sent
        const query = { benefit, ...(total === null ? {} : { total: String(total) }) }
        const { entitlements } = await this.#client.call('readEntitlements', { path: { member }, query })
        return [{ ...nothing, member, entitled: entitlements[0]?.entitled === true }]
      }
      case 'erase': {
        const { member } = sent
        const { forfeited } = await this.#client.call('eraseMember', { path: { member }, query: { reason: 'asked' } })
        // Nobody reads the statement of who is erased: what went is told by the answer.
        const moves = forfeited.map(({ asset, amount }): Moved => ({ asset, from: 'active', to: 'forfeited', amount }))
        this.#erased.set(member, moves)
        return [{ ...nothing, member, moves }]
      }
      case 'join': {
        if (this.#lines.has(sent.member)) {
          const again = { path: { member: sent.member }, idempotencyKey: `rejoin-${at}` }
          const { decision } = await this.#client.call('rejoinProgram', again)
          return [await this.#told(sent.member, decision)]
        }
        const body = { id: sent.member, joinedAt: new Date(at).toISOString() }
        await this.#client.call('createMember', { body })
        return [await this.#told(sent.member)]
      }
      case 'reserve': {
        const { member, redemption, reward, points, session, lastsMs, confirm } = sent
        const lasts = lastsMs === null ? {} : { lasts: `PT${lastsMs / 1000}S` }
        const body = { id: redemption, member, reward, points, session, confirm, ...lasts }
        const { refusal } = await this.#client.call('reserveRedemption', { body })
        return [{ ...(await this.#told(member)), refusal: refusalIn(refusal) }]
      }
      case 'confirm':
      case 'cancel': {
        const route = sent.type === 'confirm' ? 'confirmRedemption' : 'cancelRedemption'
        const { member, refusal } = await this.#client.call(route, { path: { redemption: sent.redemption } })
        return [{ ...(await this.#told(member)), refusal: refusalIn(refusal) }]
      }
      case 'voucher': {
        const { member } = sent
        const { refusal } = await this.#askAboutVoucher(sent)
        return [{ ...(await this.#told(member)), refusal: refusalIn(refusal) }]
      }
      case 'act': {
        const { refusal, decision } = await this.#act(sent)
        return [{ ...(await this.#told(sent.member, decision)), refusal: refusalIn(refusal) }]
      }
      case 'preview': {
        const { member, order } = sent
        const { effects, remarks } = await this.#client.call('previewCart', { body: { member, order } })
        const moves = effects.filter(({ type }) => type === 'move') as unknown as Moved[]
        return [{ ...nothing, member, moves, remarks: remarks as unknown as Remark[] }]
      }
      case 'time': {
        await keepOccasions(this.#server.context)
        await letTimePass(this.#server.context)
        await takeResults(this.#server.context)
        const ended = await this.#endedNow()
        return await Promise.all(
          [...this.#lines.keys()].map(async (member) => ({
            ...(await this.#told(member)),
            ranks: await this.#ranksOf(member, ended),
          })),
        )
      }
    }
  }

  async #askAboutVoucher({ act, member, id, reward, order, amount }: Extract<Sent, { type: 'voucher' }>) {
    const voucher = voucherNamed(await readVouchers(this.#client, member), reward).id
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

  async #act({ member, id, reason, act }: Extract<Sent, { type: 'act' }>) {
    const call = { path: { member }, idempotencyKey: id }
    switch (act.type) {
      case 'adjust': {
        const { asset, amount } = act
        return await this.#client.call('adjustPoints', { ...call, body: { asset, amount, reason } })
      }
      case 'extend':
        return await this.#client.call('extendLots', { ...call, body: { asset: act.asset, ...daysOf(act), reason } })
      case 'reinstate': {
        const { asset, amount } = act
        return await this.#client.call('reinstateLots', { ...call, body: { asset, amount, ...daysOf(act), reason } })
      }
      case 'override': {
        const { ladder, level } = act
        const body = { level, endsOn: act.endsOn === null ? null : dayText(act.endsOn), reason }
        return await this.#client.call('overrideTier', { ...call, path: { member, ladder }, body })
      }
      case 'accept-refund': {
        const order = act.order === null ? null : { source: scenarioSource, id: act.order }
        const body = { order, reason, ...(act.amount === null ? {} : { amount: act.amount }) }
        return await this.#client.call('acceptRefund', { path: { source: scenarioSource, id: act.refund }, body })
      }
    }
  }

  async held(member: string): Promise<Held> {
    return (await ifKnown(readHeld(this.#client, member, this.#local()))) ?? this.#nobody(member)
  }

  async member(member: string): Promise<MemberStanding> {
    return (await ifKnown(readStanding(this.#client, this.#program, member, this.#local()))) ?? this.#nobody(member)
  }

  #nobody(member: string): MemberStanding {
    return nobody(this.#erased.has(member))
  }

  #local() {
    return localOf(this.#program.zone, this.#server.clock.now)
  }

  async books() {
    return booksOf([...[...this.#lines.values()].flat().map(movedIn), ...[...this.#erased.values()].flat()])
  }

  /** What a member's statement says since it was read last. */
  async #told(member: string, decision?: Decision): Promise<Told> {
    const known = this.#lines.get(member) ?? []
    this.#lines.set(member, known)
    const fresh: Line[] = []
    let cursor: string | null = null
    do {
      const query: { limit: string; cursor?: string } = { limit: '200', ...(cursor === null ? {} : { cursor }) }
      const page: RouteAnswer<Routes['readStatement']> = await this.#client.call('readStatement', {
        path: { member },
        query,
      })
      fresh.unshift(...page.lines.filter(({ number }) => number > known.length).reverse())
      cursor = page.lines.some(({ number }) => number <= known.length) ? null : page.next
    } while (cursor !== null)
    known.push(...fresh)
    return {
      ...nothing,
      member,
      moves: fresh.map(movedIn),
      waits: decision?.waits === true,
      // The engine's own remarks, as JSON has them.
      remarks: (decision?.remarks ?? []) as unknown as Remark[],
    }
  }
}

const nothing = {
  entitled: null,
  ranks: [],
  wins: [],
  moves: [],
  refusal: null,
  rejection: null,
  remarks: [],
  waits: false,
}

const movedIn = ({ asset, from, to, moved }: Line): Moved => ({
  asset,
  from: from as Account,
  to: to as Account,
  amount: moved,
})

/** Codes come from the engine's list, through text. */
const refusalIn = (refusal: { readonly code: string; readonly shortBy: number | null } | null): Refusal | null =>
  refusal as Refusal | null

const daysOf = ({ lastDay, newLastDay }: Extract<Act, { lastDay: number }>) => ({
  lastDay: dayText(lastDay),
  newLastDay: dayText(newLastDay),
})

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
    return new Response(response.body, { status: response.statusCode })
  }
}

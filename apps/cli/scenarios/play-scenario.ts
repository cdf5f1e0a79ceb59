import {
  compareOutcomes,
  compareStanding,
  type Difference,
  type Held,
  localText,
  outcomesOf,
  type Part,
  type Program,
  type Row,
  roomsOf,
  type Scenario,
  type Step,
  wholeOf,
} from '@laurel/engine'
import { instantOf, localOf } from '@laurel/server'
import { CannotSend, memberIdOf, type Names, newNames, sentFor } from './sending.ts'
import type { Told, World } from './world.ts'

/** Plays a scenario in a fresh world and says every cell that is otherwise than it was said. */
export async function playScenario(program: Program, scenario: Scenario, world: World): Promise<Difference[]> {
  const player = new Player(program, scenario, world)
  const differences: Difference[] = []
  for (const part of scenario.parts) differences.push(...(await player.play(part)))
  return differences
}

class Player {
  readonly #program: Program
  readonly #world: World
  readonly #names: Names = newNames()
  readonly #nameById: ReadonlyMap<string, string>
  /** What members held when the last row was over, by name. */
  readonly #held = new Map<string, Held>()
  readonly #rewardOf = new Map<string, string>()
  #now = Number.NEGATIVE_INFINITY

  constructor(program: Program, scenario: Scenario, world: World) {
    this.#program = program
    this.#world = world
    this.#nameById = new Map(scenario.members.map((name) => [memberIdOf(name), name]))
  }

  async play(part: Part): Promise<Difference[]> {
    const differences: Difference[] = []
    switch (part.type) {
      case 'happens':
        for (const row of part.rows) differences.push(...(await this.#playRow(row)))
        return differences
      case 'members':
        for (const row of part.rows) {
          differences.push(...compareStanding(row, await this.#world.member(memberIdOf(row.of))))
        }
        return differences
      case 'charities': {
        const books = await this.#world.books()
        return part.rows.flatMap((row) => {
          const charity = this.#program.charities.get(row.of)
          if (charity === undefined) throw new Error(`there is no charity ${row.of}`)
          return compareStanding(row, { charity, amounts: books.get(`charity ${row.of}`) ?? new Map<string, number>() })
        })
      }
      case 'partners': {
        const partners = await this.#world.partners()
        return part.rows.flatMap((row) =>
          compareStanding(row, partners.get(row.of) ?? { issued: 0, burned: 0, owes: 0 }),
        )
      }
      case 'rooms': {
        const rooms = await this.#world.rooms()
        const names = roomsOf(part.kind, this.#program)
        return part.rows.flatMap((row) => {
          const room = names.get(row.of) ?? ''
          const { taken, waiting } = rooms.get(room) ?? { taken: 0, waiting: 0 }
          return compareStanding(row, { left: (wholeOf(this.#program, room) ?? 0) - taken, waiting })
        })
      }
      case 'pools': {
        const pools = await Promise.all(part.rows.map(async ({ of }) => await this.#world.pool(of)))
        return part.rows.flatMap((row, index) =>
          compareStanding(row, pools[index] ?? { asset: '', active: 0, members: 0 }),
        )
      }
      case 'accounts': {
        const books = await this.#world.books()
        return part.rows.flatMap((row) => compareStanding(row, books.get(row.of) ?? new Map<string, number>()))
      }
    }
  }

  async #playRow(row: Row): Promise<Difference[]> {
    const { zone } = this.#program
    const at = instantOfRow(row, zone)
    if (localOf(zone, at) !== row.when) return [skipped(row, zone)]
    this.#now = Math.max(this.#now, at)
    try {
      const sent = sentFor(row, new Date(at).toISOString(), this.#names, this.#program)
      const outcomes = await this.#outcomesOf(await this.#world.send(sent, at), this.#decimalsOf(row.step))
      const difference = row.expected === null ? null : compareOutcomes(row.expected, outcomes, row.who)
      return difference === null ? [] : [difference]
    } catch (error) {
      if (!(error instanceof CannotSend)) throw error
      return [{ line: row.line, column: 1, what: 'what', expected: error.instead, actual: error.message }]
    }
  }

  /** What a refusal of this step counts as missing is money, or an asset with decimals of its own. */
  #decimalsOf(step: Step): number {
    const { assets, currency, rewards } = this.#program
    const ofAsset = (asset: string) => assets.find(({ id }) => id === asset)?.scale ?? 0
    const ofReward = (id: string) => {
      const price = rewards.get(id)?.price
      return price?.type === 'fixed' || price?.type === 'chosen' ? ofAsset(price.asset) : 0
    }
    if (step.type === 'redeems' || step.type === 'reserves') {
      if (step.redemption !== null) this.#rewardOf.set(step.redemption, step.reward)
      return ofReward(step.reward)
    }
    if (step.type === 'confirms') return ofReward(this.#rewardOf.get(step.redemption) ?? '')
    if (step.type === 'gives') return ofAsset(step.asset)
    return step.type === 'uses-voucher' ? currency.exponent : 0
  }

  /** What is held is compared with what the row before left, so that a late fact shows what it changed in the end. */
  async #outcomesOf(told: readonly Told[], decimals: number) {
    const outcomes = []
    for (const [member, parts] of Map.groupBy(told, ({ member: id }) => id)) {
      const who = this.#nameById.get(member)
      if (who === undefined) continue
      const before = this.#held.get(who) ?? {
        tiers: [],
        vouchers: [],
        badges: [],
        state: 'active',
        pool: null,
        plans: [],
        referral: null,
      }
      const entitled = parts.find((part) => part.entitled !== null)?.entitled ?? null
      const { tiers, vouchers, badges, state, pool, plans, referral } = await this.#world.held(member)
      const after: Held = { tiers, vouchers, badges, state, pool, plans, referral }
      // Who only asks changes nothing, and what time has done by then is told by the row that lets it pass.
      if (entitled === null) this.#held.set(who, after)
      outcomes.push(
        ...outcomesOf(this.#program, {
          who,
          decimals,
          before,
          after,
          moves: parts.flatMap(({ moves }) => moves),
          remarks: parts.flatMap(({ remarks }) => remarks),
          refusal: parts.find(({ refusal }) => refusal !== null)?.refusal ?? null,
          rejection: parts.find(({ rejection }) => rejection !== null)?.rejection ?? null,
          entitled,
          seats: sumOf(parts.map(({ seats }) => seats)),
          waiting: parts.find(({ waiting }) => waiting !== null)?.waiting ?? null,
          ranks: parts.flatMap(({ ranks }) => ranks),
          wins: parts.flatMap(({ wins }) => wins),
          waits: parts.some(({ waits }) => waits),
        }),
      )
    }
    return outcomes
  }
}

function sumOf(each: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>()
  for (const counts of each) for (const [name, count] of counts) sum.set(name, (sum.get(name) ?? 0) + count)
  return sum
}

/** By the offset of the row; one that it has from the row above counts as long as the clock has it. */
function instantOfRow({ when, offset }: Row, zone: string): number {
  const at = when - (offset?.ms ?? 0)
  const counts = offset !== null && (offset.said || localOf(zone, at) === when)
  return counts ? at : instantOf(zone, when)
}

const skipped = ({ line, when, offset }: Row, zone: string): Difference => ({
  line,
  column: 1,
  what: 'when',
  expected: localText(when),
  actual: offset?.said
    ? `clocks in ${zone} have another offset then`
    : `clocks in ${zone} are set forward over this moment`,
})

import type { ReplayedDecision } from '../doing.ts'
import type { MemberEvent, Stamp, TimePassed } from '../event.ts'
import type { Member } from '../member.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Price, Program, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { DAY_MS } from '../time/local.ts'
import { nextDue } from '../time/timers.ts'
import { type PricedReward, pricedRewards } from './priced-rewards.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/** Tells what is taken so from the requests of people. */
const source = 'at-once'

/** At one moment nobody carries away more; it bounds what a reward of one point costs us. */
const takenMax = 1_000

interface Asked {
  readonly reward: string
  readonly redemption: string
}

/**
 * One member who takes the cheapest reward as soon as it can be afforded, also when time alone makes points usable. Where the
 * cheapest is refused, the next is asked for: it stays the most that could be redeemed of what the member comes by.
 */
export class Taker {
  readonly #timeline: Timeline
  #now: Stamp | null = null
  #asked: Asked | null = null
  #taken = 0
  #count = 0
  readonly #refused = new Set<string>()

  constructor(timeline: Timeline) {
    this.#timeline = timeline
  }

  /** At each moment everything is tried anew. */
  look(stamp: Stamp): void {
    if (this.#now?.local !== stamp.local) {
      this.#taken = 0
      this.#refused.clear()
    }
    this.#now = stamp
  }

  /** The next request before `next`; null: there is nothing to take until then. */
  act(member: Member, next: Stamp): Recorded | null {
    const [now, asked] = [this.#now, this.#asked]
    if (now === null) return null
    this.#asked = null
    if (asked !== null && member.holds.some(({ redemption }) => redemption === asked.redemption)) {
      this.#taken++
      const { redemption } = asked
      return { type: 'redemption.confirm', source, id: `${redemption}/confirm`, stamp: now, redemption, answer: null }
    }
    if (asked !== null) this.#refused.add(asked.reward)
    const offered = offeredBy(programAt(this.#timeline, now.local))
    const found =
      this.#taken < takenMax
        ? offered.find(({ reward, asset, least }) => !this.#refused.has(reward) && affords(member, asset, least))
        : undefined
    if (found !== undefined) return this.#request(member, found, now)
    return this.#whenDue(member, now, next)
  }

  /** Asks at the next moment at which time does something: only the answer knows what it has made affordable. */
  #whenDue(member: Member, now: Stamp, { local: until }: Stamp): Recorded | null {
    const { local } = nextDue(this.#timeline, member)
    if (local === null || local <= now.local || local > until) return null
    const [cheapest] = offeredBy(programAt(this.#timeline, local))
    if (cheapest === undefined) return null
    return this.#request(member, cheapest, { ...now, local, placeLocal: local })
  }

  #request(member: Member, offered: PricedReward, { at, local, placeLocal }: Stamp): Recorded {
    const { reward, asset, chosen } = offered
    const redemption = `${source}-${++this.#count}`
    this.#asked = { reward, redemption }
    return {
      type: 'redemption.reserve',
      ...{ source, id: `${redemption}/reserve`, redemption, reward, answer: null },
      stamp: { at, local, placeLocal, version: programAt(this.#timeline, local).version },
      points: chosen === null ? null : asMuchAs(chosen, assetOf(member, asset).active),
      until: { at: at + DAY_MS, local: local + DAY_MS },
    }
  }
}

const affords = (member: Member, asset: string, least: number): boolean => least <= assetOf(member, asset).active

/** In whole steps, at least the least: less is refused, and that says what there is to say. */
const asMuchAs = ({ least, most, step }: Extract<Price, { type: 'chosen' }>, active: number): number => {
  const within = Math.min(active, most ?? active)
  return Math.max(least, within - (within % step))
}

const offeredByProgram = new WeakMap<Program, readonly PricedReward[]>()

/** What can be paid with points, the cheapest first; equal ones as the program lists them. */
function offeredBy(program: Program): readonly PricedReward[] {
  const known = offeredByProgram.get(program)
  if (known !== undefined) return known
  const sorted = pricedRewards(program).sort((a, b) => a.least - b.least)
  offeredByProgram.set(program, sorted)
  return sorted
}

/** That something could not be had is no refusal of anybody: nobody asked. */
export const withoutTries = ({ event, effects }: ReplayedDecision): ReplayedDecision => ({
  event,
  effects: event.source === source ? effects.filter(({ type }) => type !== 'refused') : effects,
})

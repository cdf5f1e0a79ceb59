import type { Estimate } from '../estimate.ts'
import { normalFrom, seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type Arms, type Lift, liftOf, type Plan, type Subject } from './lift.ts'
import type { Look } from './look.ts'

/** A shop whose members buy by chance and by habit. */
export interface World {
  readonly treated: number
  readonly heldOut: number
  /** How much members differ in what they spend at once, and how much what one member spends does: spreads of the logarithm. */
  readonly habit: number
  readonly mood: number
  /** The share who buy, and how many more buy, and spend, where they are treated. */
  readonly buy: number
  readonly more: number
  readonly larger: number
}

export const shop: World = { treated: 240, heldOut: 160, habit: 0.5, mood: 0.3, buy: 0.4, more: 0.1, larger: 1 }

/** One in ten held out, as silence has it, and of all that is spent a third by one buyer in ten. */
export const fewHeldOut: World = { ...shop, treated: 900, heldOut: 100, habit: 0.8, mood: 0.6 }

const MIDDLE = 2000

export function armsOf({ treated, heldOut, habit, mood, buy, more, larger }: World, random: () => number): Arms {
  const subject = (chance: number, times: number): Subject => {
    const own = MIDDLE * Math.exp(normalFrom(random) * habit)
    const bought = random() < chance
    const before = random() < buy
    return {
      spent: bought ? Math.round(own * times * Math.exp(normalFrom(random) * mood)) : 0,
      spentBefore: before ? Math.round(own * Math.exp(normalFrom(random) * mood)) : 0,
      bought,
    }
  }
  return {
    treated: times(treated, () => subject(buy + more, larger)),
    heldOut: times(heldOut, () => subject(buy, 1)),
  }
}

const once = ({ treated, heldOut }: World): Plan => ({ holdout: heldOut / (treated + heldOut), look: { type: 'once' } })

const saysSomething = (lift: Lift): boolean => lift.type === 'told' && lift.verdict !== 'cannot-tell'

/** How many of so many worlds have their known lift within the interval: the mean of a lognormal variable is known. */
export function coverageOf(runs: number, world: World, seed: number): { spend: number; buyers: number } {
  const random = seeded(seed)
  const basket = MIDDLE * Math.exp((world.habit ** 2 + world.mood ** 2) / 2)
  const truth = basket * ((world.buy + world.more) * world.larger - world.buy)
  const covered = { spend: 0, buyers: 0 }
  for (let run = 0; run < runs; run++) {
    const { spend, buyers } = told(liftOf(armsOf(world, random), once(world)))
    if (spend.difference.low <= truth && truth <= spend.difference.high) covered.spend += 1
    if (buyers.difference.low <= world.more && world.more <= buyers.difference.high) covered.buyers += 1
  }
  return covered
}

/** In how many of so many worlds one look at the end says that there is something. */
export function alarmsAtEnd(runs: number, world: World, seed: number): number {
  const random = seeded(seed)
  return times(runs, () => liftOf(armsOf(world, random), once(world))).filter(saysSomething).length
}

const DAYS = 28

/** Worlds without any lift, as they are known at the end of each day. */
type Days = (random: () => number) => (day: number) => Arms

/** Ten more members on each side each day, each with what they spent. */
export const comingIn: Days = (random) => {
  const all = armsOf({ ...shop, treated: DAYS * 10, heldOut: DAYS * 10, more: 0 }, random)
  return (day) => ({ treated: all.treated.slice(0, day * 10), heldOut: all.heldOut.slice(0, day * 10) })
}

/** Forty-five more who are treated and five more held out each day, with baskets as skewed as they are. */
export const comingInUneven: Days = (random) => {
  const all = armsOf({ ...fewHeldOut, treated: DAYS * 45, heldOut: DAYS * 5, more: 0 }, random)
  return (day) => ({ treated: all.treated.slice(0, day * 45), heldOut: all.heldOut.slice(0, day * 5) })
}

/** The same members from the first day on, who spend a little more each day, each by a habit of their own. */
export const goingOn: Days = (random) => {
  const member = (): Subject[] => {
    const habit = 0.3 * Math.exp(normalFrom(random))
    let spent = 0
    return times(DAYS, () => {
      if (random() < habit) spent += Math.round(1000 * Math.exp(normalFrom(random) * 0.5))
      return { spent, spentBefore: 0, bought: spent > 0 }
    })
  }
  const [treated, heldOut] = [times(60, member), times(60, member)]
  const on = (histories: readonly Subject[][], day: number) => histories.flatMap((history) => history[day - 1] ?? [])
  return (day) => ({ treated: on(treated, day), heldOut: on(heldOut, day) })
}

const excludesNothing = ({ low, high }: Estimate): boolean => low > 0 || high < 0

/** In how many of so many worlds without any lift one of the daily looks says that there is one, of spend and of buyers. */
export function alarmsOnAnyDay(runs: number, days: Days, look: Look, seed: number, holdout = 0.5) {
  const random = seeded(seed)
  const alarms = { spend: 0, buyers: 0 }
  for (let run = 0; run < runs; run++) {
    const on = days(random)
    const lifts = times(DAYS, (day) => liftOf(on(day + 1), { holdout, look })).filter((lift) => lift.type === 'told')
    if (lifts.some(({ spend }) => excludesNothing(spend.difference))) alarms.spend += 1
    if (lifts.some(({ buyers }) => excludesNothing(buyers.difference))) alarms.buyers += 1
  }
  return alarms
}

/** In how many of so many worlds with a lift the last look finds it. */
export function foundOf(runs: number, more: number, look: Look, seed: number): number {
  const random = seeded(seed)
  const world = { ...shop, treated: DAYS * 10, heldOut: DAYS * 10, more }
  return times(runs, () => liftOf(armsOf(world, random), { holdout: 0.5, look })).filter(
    (lift) => lift.type === 'told' && lift.verdict === 'more',
  ).length
}

import { normalFrom, seeded, times } from '../numbers/seeded.fixture.ts'
import { type Arms, type Lift, liftOf, type Plan, type Subject } from './lift.ts'
import type { Look } from './look.ts'

/** A shop whose members buy by chance and by habit; who is treated buys as much more often as `more` says. */
function world(random: () => number, sizes: { treated: number; heldOut: number }, more: number): Arms {
  const subject = (chance: number): Subject => {
    const habit = Math.exp(normalFrom(random) * 0.5)
    const basket = () => 2000 * habit * Math.exp(normalFrom(random) * 0.3)
    const bought = random() < chance
    return {
      spent: bought ? Math.round(basket()) : 0,
      spentBefore: random() < 0.4 ? Math.round(basket()) : 0,
      bought,
    }
  }
  return {
    treated: times(sizes.treated, () => subject(0.4 + more)),
    heldOut: times(sizes.heldOut, () => subject(0.4)),
  }
}

const meanBasket = 2000 * Math.exp((0.5 ** 2 + 0.3 ** 2) / 2)

const [sizes, plan] = [{ treated: 240, heldOut: 160 }, { holdout: 0.4, look: { type: 'once' } } satisfies Plan]

const saysSomething = (lift: Lift): boolean => lift.type === 'told' && lift.verdict !== 'cannot-tell'

/** How many of so many worlds have their known lift within the interval. */
export function coverageOf(runs: number, seed: number): { spend: number; buyers: number } {
  const random = seeded(seed)
  const covered = { spend: 0, buyers: 0 }
  for (let run = 0; run < runs; run++) {
    const lift = liftOf(world(random, sizes, 0.1), plan)
    if (lift.type === 'untold') throw new Error(lift.sentence)
    const [bySpend, byBuyers] = [lift.spend.difference, lift.buyers.difference]
    if (bySpend.low <= 0.1 * meanBasket && 0.1 * meanBasket <= bySpend.high) covered.spend += 1
    if (byBuyers.low <= 0.1 && 0.1 <= byBuyers.high) covered.buyers += 1
  }
  return covered
}

/** How many of so many worlds without any lift are said to have one, by one look at their end. */
export function alarmsAtEnd(runs: number, seed: number): number {
  const random = seeded(seed)
  return times(runs, () => liftOf(world(random, sizes, 0), plan)).filter(saysSomething).length
}

const DAYS = 28

/** Worlds without any lift, as they are known at the end of each day. */
type Days = (random: () => number) => (day: number) => Arms

/** Ten more members on each side each day, each with what they spent. */
export const comingIn: Days = (random) => {
  const all = world(random, { treated: DAYS * 10, heldOut: DAYS * 10 }, 0)
  return (day) => ({ treated: all.treated.slice(0, day * 10), heldOut: all.heldOut.slice(0, day * 10) })
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

/** In how many of so many worlds without any lift one of the daily looks says that there is one. */
export function alarmsOnAnyDay(runs: number, days: Days, look: Look, seed: number): number {
  const random = seeded(seed)
  return times(runs, () => days(random)).filter((on) =>
    Array.from({ length: DAYS }).some((_, day) => saysSomething(liftOf(on(day + 1), { holdout: 0.5, look }))),
  ).length
}

/** In how many of so many worlds with a lift the last look finds it. */
export function foundOf(runs: number, more: number, look: Look, seed: number): number {
  const random = seeded(seed)
  const both = { treated: DAYS * 10, heldOut: DAYS * 10 }
  return times(runs, () => liftOf(world(random, both, more), { holdout: 0.5, look })).filter(
    (lift) => lift.type === 'told' && lift.verdict === 'more',
  ).length
}

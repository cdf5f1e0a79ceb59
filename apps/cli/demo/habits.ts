import { exponential, gamma, normal, type Random } from './random.ts'

/**
 * What a member is like. Buying and staying follow Pareto/NBD (Schmittlein, Morrison and Colombo, "Counting your customers",
 * 1987): each buys at a rate of their own, until they silently leave, at a rate of their own; both rates differ between
 * members as gammas. What they spend and return differs too, so that some members are worth a hundred others.
 */
export interface Habits {
  /** Days after the start of the window on which they join. */
  readonly joinsOnDay: number
  /** Days after joining on which they buy no more; they never say so. */
  readonly staysDays: number
  readonly ordersPerDay: number
  /** Multiplies what an order holds: 1 is the median member. */
  readonly spendLevel: number
  /** Share of orders of which something goes back. */
  readonly returnShare: number
  /** Share of orders made in the shop instead of the web. */
  readonly shopShare: number
  /** Share of orders that they write about. */
  readonly reviewShare: number
  /** Points they like to have before they spend some. */
  readonly savesPoints: number
}

/** Per week: one order in four weeks on average, most members less, some every few days. */
const purchase = { shape: 0.9, rateWeeks: 3.6 }
/** Half of the members are gone after a year and a quarter; a loyal tail stays for ever. */
const departure = { shape: 0.65, rateWeeks: 34 }

export function drawHabits(random: Random, windowDays: number): Habits {
  // More members join late than early, as in a club that grows.
  const joinsOnDay = Math.floor(windowDays * Math.sqrt(random.uniform()) * 0.98)
  const departureRate = gamma(random, departure.shape, departure.rateWeeks)
  return {
    joinsOnDay,
    staysDays: exponential(random, departureRate) * 7,
    ordersPerDay: gamma(random, purchase.shape, purchase.rateWeeks) / 7,
    spendLevel: Math.exp(0.45 * normal(random)),
    returnShare: Math.min(0.5, gamma(random, 0.8, 10)),
    shopShare: random.uniform() ** 2,
    reviewShare: random.uniform() ** 3 / 2,
    savesPoints: 500 + Math.floor(exponential(random, 1 / 200)),
  }
}

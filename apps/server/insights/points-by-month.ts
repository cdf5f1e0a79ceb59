import { numberIn, type Sums, sumsIn } from './sums.ts'

/** What a member's points of one asset came to in a month. */
export interface PointsMonth {
  readonly month: number
  readonly gained: number
  readonly burned: number
  readonly lapsed: number
  /** To other members, and from them: gifts, pools and merges. */
  readonly sent: number
  readonly received: number
}

/** Points that a member gained in one month, or received from others in it, and what became of them since. */
export interface PointsCohort {
  readonly month: number
  readonly isReceived: boolean
  /** What refunds took back of it: `gained` is without. */
  taken: number
  gained: number
  /** What is still there. */
  left: number
  /** By month, net of what was returned or reinstated in it. */
  readonly burned: Map<number, number>
  readonly lapsed: Map<number, number>
  readonly sent: Map<number, number>
}

/**
 * Which month's points a member burned: the oldest first, as points that lapse are burned (LOT-4). What a refund takes back is taken
 * from the youngest; where they are burned already it is owed, and what repays it is burned in that moment (FIN-2).
 */
export function cohortsOfPoints(months: readonly PointsMonth[]): PointsCohort[] {
  const cohorts: PointsCohort[] = []
  let owed = 0
  const add = (month: number, amount: number, isReceived: boolean) => {
    if (amount <= 0) return
    const empty = {
      burned: new Map<number, number>(),
      lapsed: new Map<number, number>(),
      sent: new Map<number, number>(),
    }
    const cohort = { month, isReceived, taken: 0, gained: amount, left: amount, ...empty }
    cohorts.push(cohort)
    const repaid = Math.min(owed, amount)
    owed -= repaid
    move(cohort, 'burned', month, repaid)
  }
  for (const { month, gained, burned, lapsed, sent, received } of months.toSorted((a, b) => a.month - b.month)) {
    add(month, gained, false)
    add(month, received, true)
    owed += takeBack(cohorts, -gained)
    const go = (kind: Kind, amount: number) => {
      spread(cohorts, amount, leftOf, (cohort, part) => move(cohort, kind, month, part))
      const youngest = cohorts.toReversed()
      spread(
        youngest,
        -amount,
        (cohort) => totalOf(cohort[kind]),
        (cohort, part) => move(cohort, kind, month, -part),
      )
    }
    go('burned', burned)
    go('sent', sent)
    go('lapsed', lapsed)
  }
  return cohorts.filter(({ gained, taken }) => gained + taken > 0)
}

type Kind = 'burned' | 'lapsed' | 'sent'

const leftOf = ({ left }: PointsCohort): number => left

/** Takes an amount, where it is above zero, out of one cohort after another; answers what none of them had. */
function spread(
  cohorts: readonly PointsCohort[],
  amount: number,
  room: (cohort: PointsCohort) => number,
  take: (cohort: PointsCohort, part: number) => void,
): number {
  let open = Math.max(0, amount)
  for (const cohort of cohorts) {
    const part = Math.min(open, Math.max(0, room(cohort)))
    if (part > 0) take(cohort, part)
    open -= part
  }
  return open
}

/** The youngest first; answers what had been burned of them, and is owed. */
function takeBack(cohorts: readonly PointsCohort[], amount: number): number {
  const youngest = cohorts.toReversed()
  const take = (cohort: PointsCohort, part: number) => {
    cohort.gained -= part
    cohort.taken += part
  }
  const open = spread(youngest, amount, leftOf, (cohort, part) => {
    cohort.left -= part
    take(cohort, part)
  })
  const unknown = spread(
    youngest,
    open,
    (cohort) => totalOf(cohort.burned),
    (cohort, part) => {
      take(cohort, part)
      takeOff(cohort.burned, part)
    },
  )
  return open - unknown
}

/** Off the latest month first. */
function takeOff(byMonth: Map<number, number>, amount: number): void {
  let open = amount
  for (const [month, burned] of [...byMonth].sort(([a], [b]) => b - a)) {
    const part = Math.min(open, Math.max(0, burned))
    byMonth.set(month, burned - part)
    open -= part
  }
}

function move(cohort: PointsCohort, kind: Kind, month: number, amount: number): void {
  if (amount === 0) return
  cohort.left -= amount
  cohort[kind].set(month, (cohort[kind].get(month) ?? 0) + amount)
}

const totalOf = (byMonth: ReadonlyMap<number, number>): number =>
  [...byMonth.values()].reduce((sum, amount) => sum + amount, 0)

// ---- all members together ------------------------------------------------------------------------------------------------

/** What the names of cohorts begin with whose points came from other members. */
export const RECEIVED = 'received-'

/**
 * Cohorts of all members, those that were received spread over the months of which points were sent then: what becomes of a gift becomes of
 * the points that were given. Whole numbers, since points are.
 */
export function withoutReceived(points: Sums): Sums {
  const names = Object.keys(points)
  const months = names.filter((name) => !name.startsWith(RECEIVED)).map(Number)
  const received = names
    .filter((name) => name.startsWith(RECEIVED))
    .map((name) => Number(name.slice(RECEIVED.length)))
    .sort((a, b) => a - b)
  const own = new Map(months.map((month) => [month, accountOf(points, String(month))]))
  const originsByMonth = new Map<number, ReadonlyMap<number, number>>()
  for (const month of received) {
    const known = originsOf(points, months, originsByMonth, month)
    // Nobody is known to have sent it: it was gained where it was received.
    const origins = known ?? new Map([[month, 1]])
    originsByMonth.set(month, origins)
    const from = accountOf(points, `${RECEIVED}${month}`)
    const gained = known === null ? from.gained : -from.taken
    for (const [origin, share] of origins) {
      const into = own.get(origin) ?? accountOf({}, '')
      own.set(origin, into)
      into.gained += share * gained
      for (const kind of ['burned', 'lapsed'] as const) {
        for (const [then, amount] of from[kind]) into[kind].set(then, (into[kind].get(then) ?? 0) + share * amount)
      }
    }
  }
  return Object.fromEntries([...own].map(([month, account]) => [String(month), inWhole(account)]))
}

interface Account {
  gained: number
  readonly taken: number
  readonly burned: Map<number, number>
  readonly lapsed: Map<number, number>
}

function accountOf(points: Sums, cohort: string): Account {
  const byMonth = (kind: 'burned' | 'lapsed') => {
    const sums = sumsIn(points, cohort, kind)
    return new Map(Object.keys(sums).map((month) => [Number(month), numberIn(sums, month)]))
  }
  const [gained, taken] = [numberIn(points, cohort, 'gained'), numberIn(points, cohort, 'taken')]
  return { gained, taken, burned: byMonth('burned'), lapsed: byMonth('lapsed') }
}

/** Of which months the points were that were sent in a month, as shares; null: of none that is known. */
function originsOf(
  points: Sums,
  months: readonly number[],
  originsByMonth: ReadonlyMap<number, ReadonlyMap<number, number>>,
  month: number,
): ReadonlyMap<number, number> | null {
  const weights = new Map<number, number>()
  const weigh = (origin: number, weight: number) => {
    if (weight > 0) weights.set(origin, (weights.get(origin) ?? 0) + weight)
  }
  for (const cohort of months) weigh(cohort, numberIn(points, cohort, 'sent', month))
  // What was received before and is sent on; of what came and went within the month the shares are the same.
  for (const [before, origins] of originsByMonth) {
    const sentOn = numberIn(points, `${RECEIVED}${before}`, 'sent', month)
    for (const [origin, share] of origins) weigh(origin, share * sentOn)
  }
  const all = totalOf(weights)
  return all === 0 ? null : new Map([...weights].map(([origin, weight]) => [origin, weight / all]))
}

/** Rounding never makes more burned than was gained. */
function inWhole({ gained, burned, lapsed }: Account): Sums {
  const whole = (byMonth: ReadonlyMap<number, number>) =>
    new Map([...byMonth].map(([month, amount]) => [month, Math.round(amount)]))
  const [wholeBurned, wholeLapsed] = [whole(burned), whole(lapsed)]
  return {
    gained: Math.max(Math.round(gained), totalOf(wholeBurned) + totalOf(wholeLapsed)),
    burned: Object.fromEntries(wholeBurned),
    lapsed: Object.fromEntries(wholeLapsed),
  }
}

import type { LocalDay } from '@laurel/engine'
import {
  aliveChance,
  discountedPurchases,
  engagementOf,
  expectedNext,
  type History,
  lifetimeValueOf,
  observe,
  type RfmSegment,
  rfmBy,
  type Score,
} from '@laurel/insights'
import { DAYS_PER_UNIT, type Habits } from './habits.ts'
import { cohortsOfPoints, type PointsMonth, RECEIVED } from './points-by-month.ts'
import { count, type Sums } from './sums.ts'
import { monthOf } from './tally-decision.ts'

/** A day of a measured member, up to the last that is looked at. */
export interface MemberDay {
  readonly member: string
  readonly day: LocalDay
  readonly orders: number
  readonly spend: number
  readonly doings: number
}

export interface MemberMonth extends PointsMonth {
  readonly member: string
  readonly asset: string
}

export interface MemberScore {
  readonly member: string
  readonly alive: number | null
  readonly next90: number | null
  readonly next365: number | null
  readonly lifetimeValue: number | null
  readonly scores: { readonly recency: Score; readonly frequency: Score; readonly monetary: Score } | null
  readonly segment: RfmSegment | null
  readonly engagement: number
}

/** Three years: beyond them a tenth of discount a year leaves little, and shops change. Spend as it is, without a margin. */
export const LIFETIME = { years: 3, discountPerYear: 0.1 }
const WITHOUT_MARGIN = 1
const outlook = {
  horizon: (365 * LIFETIME.years) / DAYS_PER_UNIT,
  discount: (1 + LIFETIME.discountPerYear) ** (DAYS_PER_UNIT / 365) - 1,
}
/** A hundred clicks of a day are no hundred signs of interest; what is a month ago counts half. */
export const ENGAGEMENT = { dayMax: 3, halfLifeDays: 30 }
const weights = { doing: { weight: 1, dayMax: ENGAGEMENT.dayMax } }

/** What was expected of a history is expected of all that are like it; beyond so many it is computed anew. */
const EXPECTED_MAX = 300_000

type Expected = Pick<MemberScore, 'alive' | 'next90' | 'next365'> & { readonly discounted: number }

/** Scores members one part after another, and adds up what reports need of them. */
export class Scoring {
  readonly #habits: Habits
  readonly #expected = new Map<string, Expected>()

  constructor(habits: Habits) {
    this.#habits = habits
  }

  /** Days of the members of a part, by member and day. */
  score(days: readonly MemberDay[]): { readonly scores: readonly MemberScore[]; readonly sums: Sums } {
    const { asOf } = this.#habits
    const sums: Sums = {}
    const purchases = days.flatMap(({ member, day, orders, spend }) =>
      orders > 0 ? [{ member, on: day, amount: spend }] : [],
    )
    const observed = observe(purchases, { lastDay: asOf, heldOutUntil: asOf, daysPerUnit: DAYS_PER_UNIT })
    if (observed.type === 'untold') throw new Error(`invariant: ${observed.sentence} ${observed.faults[0]}`)
    const observedByMember = new Map(observed.members.map((each) => [each.member, each]))
    const engaged = engagementOf(
      days.flatMap(({ member, day, doings }) =>
        Array.from({ length: Math.min(doings, ENGAGEMENT.dayMax) }, () => ({ member, on: day, kind: 'doing' })),
      ),
      weights,
      asOf,
      ENGAGEMENT.halfLifeDays,
    )
    const engagement = engaged.type === 'told' ? engaged.scoreByMember : new Map<string, number>()
    const scores = [...Map.groupBy(days, ({ member }) => member)].map(([member, own]): MemberScore => {
      const found = observedByMember.get(member)
      const known = { member, engagement: engagement.get(member) ?? 0 }
      if (found === undefined) return { ...known, ...NOTHING_BOUGHT }
      const bought = own.filter(({ orders }) => orders > 0)
      countBuyer(sums, bought)
      const monetary = bought.reduce((sum, { spend }) => sum + spend, 0)
      const { rfm } = this.#habits
      const placed =
        rfm.type === 'told'
          ? rfmBy(rfm, { last: bought.at(-1)?.day ?? 0, frequency: bought.length, monetary })
          : { scores: null, segment: null }
      const { discounted, ...expected } = this.#expectedOf(found.history)
      const lifetimeValue = this.#valueOf(found.spending, discounted)
      countScored(sums, { ...placed, ...expected, lifetimeValue, monetary })
      return { ...known, ...placed, ...expected, lifetimeValue }
    })
    count(sums, ['members'], scores.length)
    return { scores, sums }
  }

  #expectedOf(history: History): Expected {
    const { buying } = this.#habits
    if (buying.type === 'untold') return { alive: null, next90: null, next365: null, discounted: 0 }
    const name = `${history.x} ${history.tx} ${history.T}`
    const known = this.#expected.get(name)
    if (known !== undefined) return known
    const expected = {
      alive: aliveChance(buying.model, history),
      next90: expectedNext(buying.model, history, 90 / DAYS_PER_UNIT),
      next365: expectedNext(buying.model, history, 365 / DAYS_PER_UNIT),
      discounted: discountedPurchases(buying.model, history, outlook),
    }
    if (this.#expected.size < EXPECTED_MAX) this.#expected.set(name, expected)
    return expected
  }

  #valueOf(spending: Parameters<typeof lifetimeValueOf>[1], discounted: number): number | null {
    const { buying, spending: spend } = this.#habits
    if (buying.type === 'untold' || spend.type === 'untold') return null
    const value = lifetimeValueOf(spend.model, spending, discounted, WITHOUT_MARGIN)
    return typeof value === 'number' ? value : null
  }
}

const NOTHING_BOUGHT = {
  ...{ alive: null, next90: null, next365: null, lifetimeValue: null, scores: null, segment: null },
}

/** Cohorts by the month of the first purchase, and who bought in a month and in the next. */
function countBuyer(sums: Sums, bought: readonly MemberDay[]): void {
  const months = [...new Set(bought.map(({ day }) => monthOf(day)))].sort((a, b) => a - b)
  const [first = 0] = months
  count(sums, ['buyers'])
  if (bought.length > 1) count(sums, ['again'])
  count(sums, ['purchases'], bought.length)
  for (const month of months) {
    count(sums, ['cohorts', first, month])
    count(sums, ['months', month, 'bought'])
    if (months.includes(month + 1)) count(sums, ['months', month, 'stayed'])
  }
}

function countScored(
  sums: Sums,
  {
    scores,
    segment,
    alive,
    next365,
    lifetimeValue,
    monetary,
  }: Omit<MemberScore, 'member' | 'engagement' | 'next90'> & {
    readonly monetary: number
  },
): void {
  if (scores !== null && segment !== null) {
    count(sums, ['grid', `${scores.recency}-${scores.frequency}`, 'members'])
    count(sums, ['grid', `${scores.recency}-${scores.frequency}`, 'spend'], monetary)
    count(sums, ['segments', segment, 'members'])
    count(sums, ['segments', segment, 'spend'], monetary)
  }
  // Also of members whom nobody can place: what is expected of all of them is told.
  if (lifetimeValue === null || alive === null || next365 === null) return
  const values = ['values', segment ?? 'all'] as const
  count(sums, [...values, 'members'])
  count(sums, [...values, 'alive'], alive)
  count(sums, [...values, 'next365'], next365)
  count(sums, [...values, 'value'], lifetimeValue)
  count(sums, [...values, 'squares'], lifetimeValue ** 2)
}

/** Points of a part's members, whoever they are, by asset and by the month in which they were gained. */
export function sumPoints(months: readonly MemberMonth[]): Sums {
  const sums: Sums = {}
  for (const [, own] of Map.groupBy(months, ({ member, asset }) => JSON.stringify([member, asset]))) {
    const asset = own[0]?.asset ?? ''
    for (const { month, isReceived, taken, gained, burned, lapsed, sent } of cohortsOfPoints(own)) {
      const cohort = isReceived ? `${RECEIVED}${month}` : String(month)
      count(sums, [asset, cohort, 'gained'], gained)
      count(sums, [asset, cohort, 'taken'], taken)
      for (const [then, amount] of burned) count(sums, [asset, cohort, 'burned', then], amount)
      for (const [then, amount] of lapsed) count(sums, [asset, cohort, 'lapsed', then], amount)
      for (const [then, amount] of sent) count(sums, [asset, cohort, 'sent', then], amount)
    }
  }
  return sums
}

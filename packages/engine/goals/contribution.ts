import type { CountingReceipt } from '../offers/receipt.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { Goal } from '../program/program.ts'
import type { Situation } from '../rules/applies.ts'
import { dayOf, type LocalTime } from '../time/local.ts'
import { reaches } from './reach.ts'
import { NOTHING, sumTally, type Tally, valuesTally } from './tally.ts'

/** What goals look at: an order as it stands, an activity, or a friend whose referral qualified. */
export type Countable = CountableOrder | CountableActivity | CountableReferral

interface Happening {
  /** Key of the order, the event, or the friend. */
  readonly happening: string
  readonly scope: Scope
  /** For whom and where it happened. */
  readonly situation: Situation
  /** By the program's clock. */
  readonly local: LocalTime
  /** What rules gave for it, as it stands. */
  readonly earned: readonly { readonly asset: string; readonly amount: number }[]
  /** Offers for which it counts, as it found them. */
  readonly receipts: readonly CountingReceipt[]
}

export interface CountableOrder extends Happening {
  readonly type: 'order'
  readonly lines: readonly LineFacts[]
  /** Of each line, what of its money is eligible and left: minor units of the program's currency. */
  readonly eligible: readonly number[]
}

export interface CountableActivity extends Happening {
  readonly type: 'activity'
  readonly name: string
}

export interface CountableReferral extends Happening {
  readonly type: 'referral'
}

/**
 * What one thing that happened adds to a goal, as it now stands (GAME-1). It is a function of its arguments alone: a refund or
 * an edit counts the same thing before and after, and posts the difference.
 */
export function contributionOf(goal: Goal, of: Countable): Tally {
  if (!isWhere(goal, of.situation) || (goal.when !== null && !goal.when.test(of.scope))) return NOTHING
  const { measure } = goal
  if (of.type === 'referral') return measure.type === 'referrals' ? sumTally(1) : NOTHING
  switch (measure.type) {
    case 'spend':
      return sumTally(spendOf(goal, of))
    case 'order':
      return reaches(goal, spendOf(goal, of)) ? sumTally(1) : NOTHING
    case 'orders':
      if (of.type !== 'order' || !hasLine(goal, of)) return NOTHING
      return goal.distinct === null ? sumTally(1) : valuesTally(valuesOf(goal.distinct, of, linesOf(goal, of)))
    case 'items': {
      const lines = linesOf(goal, of)
      if (goal.distinct === null) return sumTally(lines.reduce((sum, line) => sum + line.quantity, 0))
      return lines.length === 0 ? NOTHING : valuesTally(valuesOf(goal.distinct, of, lines))
    }
    case 'visits':
      return hasLine(goal, of) ? valuesTally([dayName(of)]) : NOTHING
    case 'activities':
      if (of.type !== 'activity' || of.name !== measure.name) return NOTHING
      return goal.distinct === null ? sumTally(1) : valuesTally(valuesOf(goal.distinct, of, []))
    case 'earned':
      return sumTally(of.earned.reduce((sum, { asset, amount }) => (asset === measure.asset ? sum + amount : sum), 0))
    case 'referrals':
      return NOTHING
  }
}

function isWhere({ places, channels }: Goal, { place, channel }: Situation): boolean {
  if (places.length > 0 && (place === null || !places.includes(place))) return false
  return channels.length === 0 || (channel !== null && channels.includes(channel))
}

/** Lines that count and of which something is left. */
function linesOf(goal: Goal, of: CountableOrder | CountableActivity): readonly LineFacts[] {
  if (of.type === 'activity') return []
  return of.lines.filter((line) => line.quantity > 0 && isCounted(goal, of, line))
}

const isCounted = ({ lines }: Goal, { scope }: Happening, line: LineFacts): boolean =>
  lines === null || lines.test({ ...scope, line })

/** A condition on lines asks for one that holds; an activity has none. */
const hasLine = (goal: Goal, of: CountableOrder | CountableActivity): boolean =>
  goal.lines === null || linesOf(goal, of).length > 0

function spendOf(goal: Goal, of: CountableOrder | CountableActivity): number {
  if (of.type === 'activity') return 0
  return of.lines.reduce((sum, line, index) => (isCounted(goal, of, line) ? sum + (of.eligible[index] ?? 0) : sum), 0)
}

function valuesOf(
  distinct: NonNullable<Goal['distinct']>,
  of: Happening,
  lines: readonly LineFacts[],
): readonly string[] {
  switch (distinct) {
    case 'brand':
      return lines.flatMap(({ brand }) => (brand === '' ? [] : [brand]))
    case 'category':
      return lines.flatMap(({ categories }) => categories)
    case 'sku':
      return lines.map(({ sku }) => sku)
    case 'place':
      return of.situation.place === null ? [] : [of.situation.place]
    case 'day':
      return [dayName(of)]
  }
}

const dayName = ({ local }: Happening): string => String(dayOf(local))

import { ERROR, type Estimate, shareEstimate, wrongError } from '../estimate.ts'
import { medianOf } from '../numbers/ranks.ts'
import type { Purchase } from '../purchases.ts'
import { type Untold, untold } from '../untold.ts'
import { buyersOf, firstDay, lastDay, type NoBuyers } from './buyers.ts'
import { type Survival, survivalOf } from './survival.ts'

export interface Repeat {
  readonly type: 'told'
  readonly members: number
  /** The share of them who have bought on a second day. */
  readonly repeatRate: Estimate
  readonly purchasesPerMember: number
  /** The middle one of all days from one purchase to the next. */
  readonly gapDays: number
  /**
   * Members by days since their first purchase for whom the second had not come by then. It counts those who came a week ago for no
   * longer than a week, which the rate above cannot.
   */
  readonly untilSecond: Survival
}

export type NoRepeat = NoBuyers | Untold<'no-error' | 'no-repeat-buyers'>

/** How members come back: over all of them, as known at the end of a day. */
export function repeatOf(purchases: readonly Purchase[], today: number, error = ERROR): Repeat | NoRepeat {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  const found = buyersOf(purchases, today)
  if (found.type === 'untold') return found
  const { buyers } = found
  const again = buyers.filter(({ days }) => days.length > 1)
  const untilSecond = survivalOf(
    buyers.map((buyer) => ({ time: (buyer.days[1] ?? today) - firstDay(buyer), ended: buyer.days.length > 1 })),
    error,
  )
  if (untilSecond.type === 'untold') {
    return untold(
      'no-repeat-buyers',
      'Nobody has bought on a second day yet, so nobody can say how often members return.',
    )
  }
  return {
    type: 'told',
    members: buyers.length,
    repeatRate: shareEstimate(again.length, buyers.length, error),
    purchasesPerMember: buyers.reduce((sum, { days }) => sum + days.length, 0) / buyers.length,
    gapDays: medianOf(again.flatMap(({ days }) => days.slice(1).map((day, index) => day - (days[index] ?? day)))),
    untilSecond,
  }
}

export type NoStay = NoBuyers | Untold<'no-error' | 'no-quiet-days' | 'nobody-gone'>

/**
 * How long members stay, in days from the first purchase to the last. Whoever has been silent for more than `quietDays` is taken as
 * gone since the last purchase; all others are still there today.
 */
export function stayOf(
  purchases: readonly Purchase[],
  today: number,
  quietDays: number,
  error = ERROR,
): Survival | NoStay {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  if (!(quietDays >= 0)) {
    return untold('no-quiet-days', 'Say after how many days of silence a member is taken as gone: 0 or more.')
  }
  const found = buyersOf(purchases, today)
  if (found.type === 'untold') return found
  const stay = survivalOf(
    found.buyers.map((buyer) => {
      const ended = today - lastDay(buyer) > quietDays
      return { time: (ended ? lastDay(buyer) : today) - firstDay(buyer), ended }
    }),
    error,
  )
  return stay.type === 'told'
    ? stay
    : untold('nobody-gone', 'No member has been silent for that long, so nobody can say how long members stay.')
}

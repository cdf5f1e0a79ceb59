import { type Asset, dayFromCivil, type Program } from '@laurel/engine'
import type { Deferral, EstimateRecord, Journal } from '@laurel/insights'
import { countOf, rowsOf, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { closeMonth, estimateAt, type PointsHistory } from './close-months.ts'
import { withoutReceived } from './points-by-month.ts'
import { numberOf } from './report.ts'
import { closesOf, estimatesOf, insertClose, insertEstimate, spendByMonth } from './report-queries.ts'
import { type Sums, sumsIn } from './sums.ts'
import { monthOf } from './tally-decision.ts'

/** What money is told of: a program as it stands on a day. */
export interface MoneyAsked {
  readonly context: ProgramContext
  readonly program: string
  readonly latest: Program
  readonly asOf: number
  readonly points: Sums
}

/** What stands of one asset: its months that are closed, the trail of its estimates, and why something is not there. */
export interface Closed {
  readonly asset: Asset
  readonly months: readonly {
    readonly month: number
    readonly deferrals: readonly Deferral[]
    readonly journals: readonly Journal[]
  }[]
  readonly trail: readonly EstimateRecord[]
  readonly breakage: ReturnType<typeof estimateAt>['breakage']
  readonly untold: string | null
}

/**
 * Closes the months that are over and were never closed, and estimates breakage as of the end of each, and as of now. What is closed
 * stays closed.
 */
export async function closeDueMonths({ context, program, asOf, points }: MoneyAsked, asset: Asset): Promise<Closed> {
  const { application } = context.database
  const spend = new Map(
    (await rowsOf(application, spendByMonth(program, asOf))).map((row) => [row.month, numberOf(row.spend)]),
  )
  const history: PointsHistory = { points: withoutReceived(sumsIn(points, asset.id)), spend }
  const months = (await rowsOf(application, closesOf(program, asset.id))).map(({ month, deferrals, journals }) => ({
    month,
    deferrals: JSON.parse(deferrals) as Deferral[],
    journals: JSON.parse(journals) as Journal[],
  }))
  let trail = (await rowsOf(application, estimatesOf(program, asset.id))).map(
    ({ estimate }): EstimateRecord => JSON.parse(estimate),
  )
  // The month under way is not over, unless it ends with the last day.
  const last = monthOf(asOf + 1) - 1
  const cohorts = Object.keys(history.points).map(Number)
  const first = (months.at(-1)?.month ?? Math.min(...cohorts, last + 1) - 1) + 1
  const worth = worthOfAsset(asset)
  let untold: string | null =
    worth === null ? 'The program does not state what these points are worth, so nothing can be said in money.' : null
  let estimated = estimateAt(history, asset, last, asOf, trail)
  for (let month = first; month <= last && worth !== null; month++) {
    const endsOn = firstDayOf(month + 1) - 1
    const estimate = estimateAt(history, asset, month, endsOn, trail)
    const { closed, untold: why } = closeMonth(history, months.at(-1)?.deferrals ?? [], month, worth, estimate.breakage)
    untold = why.at(-1)?.sentence ?? untold
    await transaction(application, async (tx) => {
      const at = new Date(context.wallNow()).toISOString()
      const texts = [JSON.stringify(closed.deferrals), JSON.stringify(closed.journals)] as const
      await countOf(tx, insertClose(program, asset.id, month, at, ...texts))
      for (const record of estimate.trail.slice(trail.length)) {
        await countOf(tx, insertEstimate(program, asset.id, Number(record.cohort), record.asOf, JSON.stringify(record)))
      }
    })
    trail = [...estimate.trail]
    months.push({ month, deferrals: [...closed.deferrals], journals: [...closed.journals] })
    estimated = estimate
  }
  return { asset, months, trail, breakage: estimated.breakage, untold }
}

/** The first day of a month since January of the year 0. */
const firstDayOf = (month: number): number => dayFromCivil(Math.floor(month / 12), (month % 12) + 1, 1)

function worthOfAsset({ kind, worth }: Asset): { readonly points: number; readonly minor: number } | null {
  if (kind === 'money') return { points: 1, minor: 1 }
  return worth === null ? null : { points: worth.amount, minor: worth.minor }
}

import type { ReportName } from '@laurel/contract'
import { countOf, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { lifetimeValueReport, retentionReport, rfmReport } from './buying-reports.ts'
import { experimentsReport } from './experiments-report.ts'
import type { Habits } from './habits.ts'
import { homeReport } from './home-report.ts'
import type { TrialLift } from './lift-worker.ts'
import { moneyReports, type ProfitInputs, profitInputs } from './money-reports.ts'
import { writeReport } from './queries.ts'
import type { Told } from './report.ts'
import type { ScoredPart } from './score-worker.ts'

/** What a run has found. */
interface Found extends ScoredPart {
  readonly habits: Habits
  readonly lifts: readonly TrialLift[]
}

/** A report as it is kept: what it says, or what it is made of once somebody has stated a margin. */
export type Kept =
  | { readonly type: 'told'; readonly told: Told }
  | { readonly type: 'profit'; readonly inputs: ProfitInputs }

/** Makes all reports of one run, and puts them in the place of those before at once. */
export async function writeReports(
  context: ProgramContext,
  program: string,
  { habits, members, points, lapsing, lifts }: Found,
): Promise<void> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Error('invariant: a run begins with a version')
  const { latest } = found
  const { asOf } = habits
  const money = { context, program, latest, asOf }
  const home = await homeReport(context, program, latest, asOf, lapsing)
  const { liability, breakage } = await moneyReports({ ...money, points })
  const inputs = await profitInputs(money, lifts)
  const reports: Readonly<Record<Exclude<ReportName, 'profit-and-loss'>, Told>> = {
    ...{ home, liability, breakage },
    retention: retentionReport({ habits, members }),
    rfm: rfmReport({ habits, members }),
    'lifetime-value': lifetimeValueReport({ habits, members }),
    experiments: experimentsReport(lifts),
  }
  const kept: readonly (readonly [string, Kept])[] = [
    ...Object.entries(reports).map(([name, told]) => [name, { type: 'told', told }] as const),
    ['profit-and-loss', { type: 'profit', inputs }],
  ]
  const at = new Date(context.now(program)).toISOString()
  await transaction(context.database.application, async (tx) => {
    for (const [name, answer] of kept) await countOf(tx, writeReport(program, name, asOf, at, JSON.stringify(answer)))
  })
}

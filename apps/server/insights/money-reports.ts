import { type Asset, dayText, type Program } from '@laurel/engine'
import {
  liabilityMovement,
  liabilityOf,
  type Measured,
  type ProfitAndLoss,
  profitAndLoss,
  type Untold,
} from '@laurel/insights'
import { rowsOf } from '../db/transaction.ts'
import { type Closed, closeDueMonths, type MoneyAsked } from './close-due-months.ts'
import type { TrialLift } from './lift-worker.ts'
import { worthIn } from './money.ts'
import { figureOf, monthText, numberOf, type Told, tableOf } from './report.ts'
import { burnedSince, type MovementOfMonth, movementByMonth } from './report-queries.ts'

/** Assets that members spend: of what is never spent nothing is owed. */
const spentAssets = ({ assets }: Program): readonly Asset[] =>
  assets.filter(({ kind }) => kind === 'spendable' || kind === 'money')

export interface MoneyTold {
  readonly liability: Told
  readonly breakage: Told
}

export async function moneyReports(asked: MoneyAsked): Promise<MoneyTold> {
  const closed: Closed[] = []
  for (const asset of spentAssets(asked.latest)) closed.push(await closeDueMonths(asked, asset))
  const movements = await rowsOf(asked.context.database.application, movementByMonth(asked.program, asked.asOf))
  return { liability: liabilityReport(closed, movements), breakage: breakageReport(closed) }
}

const TERMS: readonly (readonly [keyof MovementOfMonth & string, string, 1 | -1])[] = [
  ['earned', 'Earned', 1],
  ['clawed_back', 'Taken back', -1],
  ['returned', 'Returned', 1],
  ['redeemed', 'Redeemed', -1],
  ['expired', 'Lapsed', -1],
  ['reinstated', 'Reinstated', 1],
  ['forfeited', 'Forfeited', -1],
  ['adjusted', 'Adjusted', 1],
  ['imported', 'Imported', 1],
  ['to_charities', 'To charities', -1],
  ['to_partners', 'To partners', -1],
  ['from_partners', 'From partners', 1],
]

function liabilityReport(closed: readonly Closed[], movements: readonly MovementOfMonth[]): Told {
  const opening = new Map<string, number>()
  const moneyRows = closed.flatMap(({ asset, months }) => {
    let before = 0
    return months.map(({ month, deferrals, journals }) => {
      const moved = liabilityMovement(before, journals)
      before = liabilityOf(deferrals)
      const { deferred, refunded, reversed, burned, revised, closing } = moved
      return [asset.id, monthText(month), moved.opening, deferred, refunded, reversed, burned, revised, closing]
    })
  })
  const owed = closed.flatMap(({ months }) => months.at(-1)?.deferrals ?? [])
  const untold = closed.find(({ untold, months }) => untold !== null && months.length === 0)?.untold ?? null
  return {
    reading: null,
    figures: [
      figureOf(
        {
          ...{ id: 'liability', label: 'Owed in points, in money', unit: 'minor' },
          definition: 'Contract liability at the end of the last month that is closed.',
        },
        untold === null ? liabilityOf(owed) : { type: 'untold', reason: 'no-money', sentence: untold },
      ),
    ],
    tables: [
      tableOf(
        'points',
        'Movement of points, by month of recording',
        [
          ['asset', 'Asset'],
          ['month', 'Month'],
          ['opening', 'Opening', 'points'],
          ...TERMS.map(([term, label]) => [term.replaceAll('_', '-'), label, 'points'] as const),
          ['closing', 'Closing', 'points'],
        ],
        movements.map((row) => {
          const before = opening.get(row.asset) ?? 0
          const closing = TERMS.reduce((sum, [term, , sign]) => sum + sign * numberOf(row[term]), before)
          opening.set(row.asset, closing)
          return [row.asset, monthText(row.month), before, ...TERMS.map(([term]) => numberOf(row[term])), closing]
        }),
      ),
      tableOf(
        'money',
        'Movement of what is owed, in money, by month that is closed',
        [
          ['asset', 'Asset'],
          ['month', 'Month'],
          ['opening', 'Opening', 'minor'],
          ['deferred', 'Deferred with sales', 'minor'],
          ['refunded', 'Went back with refunds', 'minor'],
          ['reversed', 'Had been revenue', 'minor'],
          ['burned', 'Released as burned', 'minor'],
          ['revised', 'Released by new estimates', 'minor'],
          ['closing', 'Closing', 'minor'],
        ],
        moneyRows,
      ),
      tableOf(
        'journals',
        'Journals of each month',
        [
          ['asset', 'Asset'],
          ['month', 'Posted in'],
          ['cohort', 'Sales of'],
          ['why', 'Why'],
          ['account', 'Account'],
          ['debit', 'Debit', 'minor'],
          ['credit', 'Credit', 'minor'],
        ],
        closed.flatMap(({ asset, months }) =>
          months.flatMap(({ month, journals }) =>
            journals.flatMap(({ cohort, why, lines }) =>
              lines
                .filter(({ debit, credit }) => debit !== 0 || credit !== 0)
                .map(({ account, debit, credit }) => [
                  ...[asset.id, monthText(month), monthText(Number(cohort)), why, account],
                  ...[debit, credit],
                ]),
            ),
          ),
        ),
      ),
    ],
  }
}

function breakageReport(closed: readonly Closed[]): Told {
  return {
    reading: null,
    figures: closed.map(({ asset, breakage }) => {
      const said = {
        ...{ id: `breakage-${asset.id}`, label: `Never to be used: ${asset.id}`, unit: 'points' as const },
        definition:
          'Of the points of all months that may still have some, what will have lapsed or been forfeited in the end.',
      }
      if (breakage.type === 'untold') return figureOf(said, breakage)
      // Cohorts err together, since they go by the same shares: their ends are added.
      return figureOf(said, {
        value: breakage.cohorts.reduce((sum, each) => sum + each.breakage.value, 0),
        low: breakage.cohorts.reduce((sum, each) => sum + each.breakage.low, 0),
        high: breakage.cohorts.reduce((sum, each) => sum + each.breakage.high, 0),
      })
    }),
    tables: [
      tableOf(
        'cohorts',
        'By the month in which points were given',
        [
          ['asset', 'Asset'],
          ['cohort', 'Given in'],
          ['issued', 'Given', 'points'],
          ['burned', 'Burned so far', 'points'],
          ['expected', 'Burned in the end', 'points'],
          ['breakage', 'Never used', 'points'],
          ['low', 'At least', 'points'],
          ['high', 'At most', 'points'],
        ],
        closed.flatMap(({ asset, breakage }) =>
          breakage.type === 'untold'
            ? []
            : breakage.cohorts.map((each) => [
                ...[asset.id, monthText(Number(each.cohort)), each.issued, each.burned, each.expectedBurn.value],
                ...[each.breakage.value, each.breakage.low, each.breakage.high],
              ]),
        ),
        closed.map(({ breakage }) => breakage).find((each) => each.type === 'untold') ?? null,
      ),
      tableOf(
        'trail',
        'What was estimated when',
        [
          ['asset', 'Asset'],
          ['cohort', 'Given in'],
          ['on', 'As of'],
          ['expected', 'Burned in the end', 'points'],
          ['change', 'Than thought before', 'points'],
        ],
        closed.flatMap(({ asset, trail }) =>
          trail.map(({ cohort, asOf, expectedBurn, change }) => [
            ...[asset.id, monthText(Number(cohort)), dayText(asOf), expectedBurn.value, change],
          ]),
        ),
      ),
    ],
  }
}

// ---- profit and loss -----------------------------------------------------------------------------------------------------

/** What a profit and loss is made of once a margin is stated. */
export interface ProfitInputs {
  readonly measured: readonly Measured[]
  readonly since: number | null
  readonly burnedWorth: number
  /** Assets whose worth nobody has stated: what they cost is missing. */
  readonly withoutWorth: readonly string[]
}

export async function profitInputs(
  { context, program, latest, asOf }: Omit<MoneyAsked, 'points'>,
  lifts: readonly TrialLift[],
): Promise<ProfitInputs> {
  const told = lifts.filter(({ lift }) => lift.type === 'told')
  const compared = told.length === 0 ? lifts : told
  const since = compared.reduce<number | null>((first, lift) => Math.min(lift.since ?? asOf, first ?? asOf), null)
  const rows = await rowsOf(context.database.application, burnedSince(program, since ?? asOf, asOf))
  const worths = spentAssets(latest).map((asset) => {
    const burned = numberOf(rows.find((row) => row.asset === asset.id)?.burned)
    return { asset: asset.id, worth: worthIn(asset, burned), burned }
  })
  return {
    measured: compared.map(({ name, lift }) => ({ name, lift })),
    since,
    burnedWorth: Math.max(
      0,
      worths.reduce((sum, { worth }) => sum + (worth ?? 0), 0),
    ),
    withoutWorth: worths.flatMap(({ asset, worth, burned }) => (worth === null && burned !== 0 ? [asset] : [])),
  }
}

/** `margin` is the share of what is spent that remains to the shop; null: nobody has stated one. */
export function profitReport(
  { measured, since, burnedWorth, withoutWorth }: ProfitInputs,
  margin: number | null,
): Told {
  const found = foundOf({ measured, burnedWorth, withoutWorth }, margin)
  const untold = found.type === 'untold' ? found : null
  const told = found.type === 'told' ? found : null
  const figure = (id: string, label: string, definition: string, value: Parameters<typeof figureOf>[1]) =>
    figureOf({ id, label, unit: 'minor', definition }, untold ?? value)
  return {
    reading: told?.sentence ?? null,
    figures: [
      figure(
        'net',
        'What remains',
        'The margin on what members spent because of the program, less what it cost.',
        told?.net ?? null,
      ),
      figure(
        'incremental-margin',
        'Margin on what would not have been spent',
        'By the experiments that can be told.',
        told?.incrementalMargin ?? null,
      ),
      figureOf(
        {
          ...{ id: 'costs', label: 'What the points cost', unit: 'minor' },
          definition: `The worth of all points burned${since === null ? '' : ` since ${dayText(since)}`}, at what the program states.`,
        },
        // Known without a margin, as soon as there is a day to count from.
        since === null || withoutWorth.length > 0 ? untold : burnedWorth,
      ),
    ],
    tables: [
      tableOf(
        'measured',
        'What experiments say',
        [
          ['experiment', 'Experiment'],
          ['incremental', 'Spent because of it', 'minor'],
          ['low', 'At least', 'minor'],
          ['high', 'At most', 'minor'],
          ['untold', 'Why it cannot be told'],
        ],
        measured.map(({ name, lift }) =>
          lift.type === 'told'
            ? [name, lift.incremental.value, lift.incremental.low, lift.incremental.high, null]
            : [name, null, null, null, lift.sentence],
        ),
      ),
    ],
  }
}

function foundOf(
  { measured, burnedWorth, withoutWorth }: Omit<ProfitInputs, 'since'>,
  margin: number | null,
): ProfitAndLoss | Untold<string> {
  if (margin === null) {
    return {
      ...{ type: 'untold', reason: 'no-margin' },
      sentence: 'State the margin on goods, such as 0.4: without it nobody knows what remains of what members spend.',
    }
  }
  if (withoutWorth.length > 0) {
    return {
      ...{ type: 'untold', reason: 'no-worth' },
      sentence: `The program does not state what ${withoutWorth.join(' and ')} are worth, so nobody knows what they cost.`,
    }
  }
  return profitAndLoss(measured, margin, [], [{ name: 'points burned', minor: burnedWorth }])
}

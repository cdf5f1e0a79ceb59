import { type Asset, dayText, type Program } from '@laurel/engine'
import { shareEstimate } from '@laurel/insights'
import { rowsOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { worthIn } from './money.ts'
import { figureOf, numberOf, type Told, tableOf, trendOf } from './report.ts'
import { activeByPeriod, bought, netUpTo, type PointsRow, pointsByPeriod, programByPeriod } from './report-queries.ts'
import { LAPSING_DAYS } from './score-worker.ts'
import { numberIn, type Sums, sumsIn } from './sums.ts'

const DAYS = 28
/** A year. */
const PERIODS = 13
/** Long enough that whoever buys a few times a year is seen. */
const RETURN_DAYS = 90
const RETURN_PERIODS = 5

export async function homeReport(
  context: ProgramContext,
  program: string,
  latest: Program,
  asOf: number,
  lapsing: Sums,
): Promise<Told> {
  const { application } = context.database
  const from = asOf - PERIODS * DAYS
  const [active, days, points, returned, outstanding] = await Promise.all([
    rowsOf(application, activeByPeriod(program, asOf, DAYS, from)),
    rowsOf(application, programByPeriod(program, asOf, DAYS, from)),
    rowsOf(application, pointsByPeriod(program, asOf, DAYS, from)),
    rowsOf(application, bought(program, asOf, RETURN_DAYS, asOf - RETURN_DAYS * (RETURN_PERIODS + 1))),
    rowsOf(application, netUpTo(program, asOf)),
  ])
  const counted = (name: 'orders' | 'spend' | 'joined') => {
    const byPeriod = new Map(days.map((row) => [row.period, numberOf(row[name])]))
    return (ago: number) => byPeriod.get(ago) ?? 0
  }
  const activeAgo = (ago: number) => active.find(({ period }) => period === ago)?.members ?? 0
  const backAgo = (ago: number) => {
    const row = returned.find(({ period }) => period === ago + 1)
    return row === undefined || row.members === 0 ? null : shareEstimate(row.again, row.members)
  }
  const of = (valueAt: (ago: number) => number) => trendOf(asOf, DAYS, PERIODS, valueAt)
  const main = latest.assets.find(({ kind }) => kind === 'spendable' || kind === 'money')
  return {
    reading: null,
    figures: [
      figureOf(
        {
          ...{ id: 'active', label: 'Active members', unit: 'members' },
          definition: 'Who bought or did something in 28 days.',
        },
        activeAgo(0),
        of(activeAgo),
      ),
      figureOf(
        {
          ...{ id: 'coming-back', label: 'Come back', unit: 'share' },
          definition: 'Of those who bought in the 90 days before the last 90, the share who bought in the last 90.',
        },
        backAgo(0),
        trendOf(asOf, RETURN_DAYS, RETURN_PERIODS, (ago) => backAgo(ago)?.value ?? null),
      ),
      figureOf(
        { id: 'joined', label: 'Joined', unit: 'members', definition: 'Who joined in 28 days.' },
        counted('joined')(0),
        of(counted('joined')),
      ),
      figureOf(
        {
          ...{ id: 'orders', label: 'Orders of members', unit: 'orders' },
          definition: 'By the day of the order; one of which nothing was kept is none.',
        },
        counted('orders')(0),
        of(counted('orders')),
      ),
      figureOf(
        {
          id: 'spend',
          label: 'Spent by members',
          unit: 'minor',
          definition: 'By the day of the order, less what went back.',
        },
        counted('spend')(0),
        of(counted('spend')),
      ),
      ...(main === undefined ? [] : mainFigures(main, { asOf, points, outstanding, lapsing })),
    ],
    tables: [
      tableOf(
        'points',
        'Points by asset',
        [
          ['asset', 'Asset'],
          ['outstanding', 'Outstanding', 'points'],
          ['worth', 'Worth', 'minor'],
          ['issued', 'Given in a year', 'points'],
          ['burned', 'Burned in a year', 'points'],
          ['rate', 'Redemption rate', 'number'],
          ['lapsing', `Lapses within ${LAPSING_DAYS} days`, 'points'],
          ['lapsing-worth', 'Worth of what lapses', 'minor'],
        ],
        latest.assets.map((asset) => {
          const held = numberOf(outstanding.find((row) => row.asset === asset.id)?.net)
          const own = points.filter((row) => row.asset === asset.id)
          const [issued, burned] = [issuedIn(own), burnedIn(own)]
          const lapses = Object.values(sumsIn(lapsing, asset.id)).reduce<number>((sum, each) => sum + Number(each), 0)
          return [
            ...[asset.id, held, worthIn(asset, held), issued, burned],
            ...[issued > 0 ? burned / issued : null, lapses, worthIn(asset, lapses)],
          ]
        }),
      ),
      tableOf(
        'lapsing',
        'What lapses next, if nobody uses it',
        [
          ['asset', 'Asset'],
          ['day', 'Last day'],
          ['amount', 'Lapses', 'points'],
          ['worth', 'Worth', 'minor'],
        ],
        latest.assets.flatMap((asset) =>
          Object.keys(sumsIn(lapsing, asset.id))
            .map(Number)
            .sort((a, b) => a - b)
            .map((day) => {
              const amount = numberIn(lapsing, asset.id, day)
              return [asset.id, dayText(day), amount, worthIn(asset, amount)]
            }),
        ),
      ),
    ],
  }
}

/** Of the asset that members spend, the first of the program. */
function mainFigures(
  main: Asset,
  {
    asOf,
    points,
    outstanding,
    lapsing,
  }: {
    readonly asOf: number
    readonly points: readonly PointsRow[]
    readonly outstanding: readonly { readonly asset: string; readonly net: string }[]
    readonly lapsing: Sums
  },
): Told['figures'] {
  const own = points.filter(({ asset }) => asset === main.id)
  const sumAt = (ago: number, name: 'gained' | 'burned' | 'lapsed') =>
    own.reduce((sum, row) => sum + (row.period === ago ? numberOf(row[name]) : 0), 0)
  const now = numberOf(outstanding.find(({ asset }) => asset === main.id)?.net)
  // Back from what stands, by what has come and gone since.
  const stood = (ago: number) => {
    let then = now
    for (let since = 0; since < ago; since++)
      then += sumAt(since, 'burned') + sumAt(since, 'lapsed') - sumAt(since, 'gained')
    return then
  }
  const rate = (ago: number) => (sumAt(ago, 'gained') > 0 ? sumAt(ago, 'burned') / sumAt(ago, 'gained') : null)
  const lapses = Object.values(sumsIn(lapsing, main.id)).reduce<number>((sum, each) => sum + Number(each), 0)
  return [
    figureOf(
      {
        ...{ id: 'outstanding', label: `Outstanding: ${main.id}`, unit: 'points' },
        definition: 'What members have, wait for and hold, less what some of them owe.',
      },
      now,
      trendOf(asOf, DAYS, PERIODS, stood),
    ),
    figureOf(
      {
        id: 'outstanding-worth',
        label: 'Its worth',
        unit: 'minor',
        definition: 'At the worth that the program states.',
      },
      worthIn(main, now),
      trendOf(asOf, DAYS, PERIODS, (ago) => worthIn(main, stood(ago))),
    ),
    figureOf(
      {
        ...{ id: 'redemption-rate', label: 'Redemption rate', unit: 'number' },
        definition: 'Points burned over points given, in 28 days; 1 where as many were burned as given.',
      },
      rate(0),
      trendOf(asOf, DAYS, PERIODS, rate),
    ),
    figureOf(
      {
        ...{ id: 'lapsing', label: 'Lapses next', unit: 'points' },
        definition: `What lapses within ${LAPSING_DAYS} days if nobody uses it, of what members held when it was read.`,
      },
      lapses,
    ),
  ]
}

const issuedIn = (rows: readonly PointsRow[]): number => rows.reduce((sum, { gained }) => sum + numberOf(gained), 0)
const burnedIn = (rows: readonly PointsRow[]): number => rows.reduce((sum, { burned }) => sum + numberOf(burned), 0)

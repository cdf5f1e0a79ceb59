import {
  type Cohorts,
  cohortsOfCounts,
  type Estimate,
  RFM_SEGMENTS,
  rfmSegmentOf,
  shareEstimate,
} from '@laurel/insights'
import type { Habits } from './habits.ts'
import { figureOf, monthText, type Told, tableOf } from './report.ts'
import { numberIn, type Sums, sumsIn } from './sums.ts'
import { monthOf } from './tally-decision.ts'

/** Two years of months: what is older says little of the program as it is. */
const MONTHS_MAX = 24

/** What the parts of a run have counted of members who bought. */
interface Bought {
  readonly habits: Habits
  readonly members: Sums
}

export function retentionReport({ habits: { asOf }, members }: Bought): Told {
  const [buyers, again] = [numberIn(members, 'buyers'), numberIn(members, 'again')]
  const months = monthsIn(members, asOf)
  const cohorts = cohortsOfCounts({
    cohorts: months.map((month) => ({
      members: numberIn(members, 'cohorts', month, month),
      counts: months.filter((later) => later > month).map((later) => numberIn(members, 'cohorts', month, later)),
    })),
    leaving: months.slice(0, -1).map((month) => {
      const before = numberIn(members, 'months', month, 'bought')
      return { before, gone: before - numberIn(members, 'months', month, 'stayed') }
    }),
  })
  const told = cohorts.type === 'told' ? cohorts : null
  const untold = cohorts.type === 'untold' ? cohorts : null
  const share = ({ value, low, high }: Estimate) => [value, low, high]
  return {
    reading: told === null ? null : firstMonthSaid(told),
    figures: [
      figureOf(
        {
          ...{ id: 'repeat-rate', label: 'Bought again', unit: 'share' },
          definition: 'Of everybody who ever bought, the share who bought on a second day.',
        },
        buyers === 0 ? null : shareEstimate(again, buyers),
      ),
      figureOf(
        {
          ...{ id: 'purchases-per-member', label: 'Purchases for each buyer', unit: 'number' },
          definition: 'Days with a purchase, over everybody who ever bought.',
        },
        buyers === 0 ? null : numberIn(members, 'purchases') / buyers,
      ),
    ],
    tables: [
      tableOf(
        'cohorts',
        'Members by the month of their first purchase',
        [
          ['cohort', 'First bought in'],
          ['members', 'Members', 'members'],
          ['age', 'Months after', 'number'],
          ['retained', 'Bought then', 'share'],
          ['low', 'At least', 'share'],
          ['high', 'At most', 'share'],
        ],
        (told?.cohorts ?? []).flatMap(({ period, members: among, retained }) =>
          retained.map((estimate, index) => [
            ...[monthText(months[period] ?? 0), among, index + 1],
            ...share(estimate),
          ]),
        ),
        untold,
      ),
      tableOf(
        'retention',
        'All cohorts together',
        [
          ['age', 'Months after the first purchase', 'number'],
          ['retained', 'Bought then', 'share'],
          ['low', 'At least', 'share'],
          ['high', 'At most', 'share'],
        ],
        (told?.retained ?? []).map((estimate, index) => [index + 1, ...share(estimate)]),
        untold,
      ),
      tableOf(
        'churn',
        'Who bought in a month and not in the next',
        [
          ['month', 'Month'],
          ['churn', 'Did not buy in the next', 'share'],
          ['low', 'At least', 'share'],
          ['high', 'At most', 'share'],
        ],
        (told?.churn ?? []).map((estimate, index) => [
          monthText(months[index] ?? 0),
          ...(estimate === null ? [null, null, null] : share(estimate)),
        ]),
        untold,
      ),
    ],
  }
}

/** Whole months from the first purchase of all, or the last two years of them; the month under way is not over. */
function monthsIn(members: Sums, asOf: number): number[] {
  const last = monthOf(asOf + 1) - 1
  const known = Object.keys(sumsIn(members, 'months')).map(Number)
  const first = Math.max(Math.min(...known, last + 1), last - MONTHS_MAX + 1)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

function firstMonthSaid({ retained: [first] }: Cohorts): string | null {
  if (first === undefined) return null
  const { value, low, high } = first
  return `Of those who buy for the first time, ${percent(value)} buy again in the month after (between ${percent(low)} and ${percent(high)}).`
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

export function rfmReport({ habits: { rfm }, members }: Bought): Told {
  const untold = rfm.type === 'untold' ? rfm : null
  const grid = ([5, 4, 3, 2, 1] as const).flatMap((recency) =>
    ([1, 2, 3, 4, 5] as const).map((frequency) => [recency, frequency] as const),
  )
  return {
    reading: null,
    figures: [],
    tables: [
      tableOf(
        'segments',
        'Members by segment, the best first',
        [
          ['segment', 'Segment'],
          ['members', 'Members', 'members'],
          ['spend', 'Spent so far', 'minor'],
        ],
        untold !== null
          ? []
          : RFM_SEGMENTS.map((segment) => [
              segment,
              numberIn(members, 'segments', segment, 'members'),
              numberIn(members, 'segments', segment, 'spend'),
            ]),
        untold,
      ),
      tableOf(
        'map',
        'Members by how recently and how often they bought',
        [
          ['recency', 'Recency, 5 the latest', 'number'],
          ['frequency', 'Frequency, 5 the most often', 'number'],
          ['members', 'Members', 'members'],
          ['spend', 'Spent so far', 'minor'],
          ['segment', 'Segment'],
        ],
        untold !== null
          ? []
          : grid.map(([recency, frequency]) => [
              ...[recency, frequency],
              numberIn(members, 'grid', `${recency}-${frequency}`, 'members'),
              numberIn(members, 'grid', `${recency}-${frequency}`, 'spend'),
              rfmSegmentOf(recency, frequency),
            ]),
        untold,
      ),
    ],
  }
}

/** Of a normal, two-sided, one in twenty. */
const Z = 1.959_963_984_540_054

export function lifetimeValueReport({ habits, members }: Bought): Told {
  const { buying, spending, heldOut } = habits
  const untold = buying.type === 'untold' ? buying : spending.type === 'untold' ? spending : null
  const segments = Object.keys(sumsIn(members, 'values'))
  const valueIn = (names: readonly string[]) => {
    const sum = (name: string) => names.reduce((all, segment) => all + numberIn(members, 'values', segment, name), 0)
    const [among, total, squares] = [sum('members'), sum('value'), sum('squares')]
    const mean = total / among
    const variance = among < 2 ? 0 : Math.max(0, squares - among * mean ** 2) / (among - 1)
    const width = Z * Math.sqrt(variance / among)
    return {
      ...{ among, total, alive: sum('alive'), next365: sum('next365') },
      mean: among < 2 ? mean : { value: mean, low: Math.max(0, mean - width), high: mean + width },
    }
  }
  const all = segments.length === 0 ? null : valueIn(segments)
  return {
    reading: heldOut.type === 'told' ? trustSaid(heldOut.all) : null,
    figures: [
      figureOf(
        {
          ...{ id: 'mean-value', label: 'A member who bought, on average', unit: 'minor' },
          definition: 'Expected spend of the next three years as it is worth today.',
        },
        untold ?? all?.mean ?? null,
      ),
      figureOf(
        {
          ...{ id: 'total-value', label: 'All of them together', unit: 'minor' },
          definition: 'The sum over everybody who ever bought.',
        },
        untold ?? all?.total ?? null,
      ),
      figureOf(
        {
          ...{ id: 'still-there', label: 'Still there', unit: 'members' },
          definition: 'The chances of being there still, added up over everybody who ever bought.',
        },
        untold ?? all?.alive ?? null,
      ),
    ],
    tables: [
      tableOf(
        'segments',
        'By segment, the best first',
        [
          ['segment', 'Segment'],
          ['members', 'Members', 'members'],
          ['still-there', 'Still there', 'members'],
          ['next-365', 'Expected purchases within a year', 'number'],
          ['mean', 'Value of a member', 'minor'],
          ['low', 'At least', 'minor'],
          ['high', 'At most', 'minor'],
          ['total', 'Value in all', 'minor'],
        ],
        [...RFM_SEGMENTS, 'all'].flatMap((segment) => {
          if (!segments.includes(segment)) return []
          const { among, alive, next365, mean, total } = valueIn([segment])
          const ends = typeof mean === 'number' ? [mean, null, null] : [mean.value, mean.low, mean.high]
          return [[segment, among, alive, next365, ...ends, total]]
        }),
        untold,
      ),
      tableOf(
        'trust',
        'The last 90 days, foretold without having been seen',
        [
          ['group', 'Had come back so often before'],
          ['members', 'Members', 'members'],
          ['foretold', 'Foretold purchases', 'number'],
          ['came', 'What came', 'number'],
          ['bias', 'Too much or too little', 'share'],
          ['missed', 'A single member missed by', 'number'],
        ],
        heldOut.type === 'told'
          ? [heldOut.all, ...heldOut.groups.toSorted((a, b) => (a.group < b.group ? -1 : 1))].map((each) => [
              ...[each.group === '' ? 'all' : each.group, each.members, each.predicted, each.realised],
              ...[each.bias, each.meanAbsoluteError],
            ])
          : [],
        heldOut.type === 'untold' ? heldOut : null,
      ),
      tableOf(
        'parameters',
        'The models, as fitted',
        [
          ['model', 'Model'],
          ['parameter', 'Parameter'],
          ['value', 'Value', 'number'],
          ['error', 'Standard error', 'number'],
        ],
        [buying, spending].flatMap((fit) => {
          if (fit.type === 'untold') return []
          const { type, ...parameters } = fit.model
          const errors: Readonly<Record<string, number | null>> = fit.errors
          return Object.entries(parameters).map(([name, value]) => [type, name, value, errors[name] ?? null])
        }),
        untold,
      ),
    ],
  }
}

function trustSaid({
  predicted,
  realised,
  bias,
}: {
  readonly predicted: number
  readonly realised: number
  readonly bias: number | null
}) {
  const much = bias === null ? '' : `: ${percent(Math.abs(bias))} too ${bias < 0 ? 'few' : 'many'}`
  return `Of the last 90 days, which it had not seen, the model foretold ${Math.round(predicted)} purchases, and ${Math.round(realised)} came${much}.`
}

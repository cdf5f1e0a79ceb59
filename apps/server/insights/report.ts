import type { ReportFigure, ReportTable, ReportUnit } from '@laurel/contract'
import { dayText, type LocalDay } from '@laurel/engine'
import type { Estimate, Untold } from '@laurel/insights'

/** What a report says, beside what stands above each of its kind. */
export interface Told {
  readonly reading: string | null
  readonly figures: readonly ReportFigure[]
  readonly tables: readonly ReportTable[]
}

interface FigureSaid {
  readonly id: string
  readonly label: string
  readonly unit: ReportUnit
  readonly definition: string
}

/** Counted, estimated, or not to be told; null: there is nothing that it could be of. */
type FigureValue = number | Estimate | Untold<string> | null

export function figureOf(said: FigureSaid, value: FigureValue, trend: ReportFigure['trend'] = []): ReportFigure {
  const none = { value: null, low: null, high: null, untold: null }
  if (value === null) return { ...said, ...none, trend }
  if (typeof value === 'number') return { ...said, ...none, value, trend }
  if ('type' in value) return { ...said, ...none, untold: untoldOf(value), trend }
  const { value: middle, low, high } = value
  return { ...said, value: middle, low, high, untold: null, trend }
}

const untoldOf = ({ reason, sentence }: Untold<string>): NonNullable<ReportFigure['untold']> => ({
  reason,
  sentence,
})

type Cell = ReportTable['rows'][number][number]
type Column = readonly [id: string, label: string, unit?: ReportUnit]

/** Columns without a unit are text. */
export const tableOf = (
  id: string,
  label: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  untold: Untold<string> | null = null,
): ReportTable => ({
  ...{ id, label },
  columns: columns.map(([column, name, unit]) => ({ id: column, label: name, unit: unit ?? null })),
  rows: rows.map((row) => [...row]),
  untold: untold === null ? null : untoldOf(untold),
})

/** Days of equal periods up to a day, oldest first, with what each has. */
export function trendOf(
  asOf: LocalDay,
  days: number,
  periods: number,
  valueAt: (periodsAgo: number) => number | null,
): ReportFigure['trend'] {
  return Array.from({ length: periods }, (_, index) => {
    const ago = periods - 1 - index
    const until = asOf - ago * days
    return { from: dayText(until - days + 1), until: dayText(until), value: valueAt(ago) }
  })
}

/** `2026-03`, of months since January of the year 0. */
export const monthText = (month: number): string =>
  `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`

/** Sums of points or money may be beyond what a number holds exactly: a report rounds them, the books do not. */
export const numberOf = (digits: string | number | bigint | null | undefined): number => Number(digits ?? 0)

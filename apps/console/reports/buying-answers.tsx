import type { ReportTable } from '@laurel/contract'
import { BarsChart } from '../charts/bars-chart.tsx'
import { HeatMap } from '../charts/heat-map.tsx'
import { IntervalsChart } from '../charts/intervals-chart.tsx'
import { type Line, LinesChart } from '../charts/lines-chart.tsx'
import { amountText, monthText } from '../words/format.ts'
import { Answer } from './report-table.tsx'
import { said, wordIn } from './report-words.ts'
import {
  markText,
  numberIn,
  percentText,
  questionOf,
  type Row,
  rowsIn,
  segmentText,
  type Told,
  textIn,
  unitText,
} from './told.ts'

interface Asked {
  readonly table: ReportTable
  readonly told: Told
}

const inHundred = (share: number): string => amountText(Math.round(share * 100))

/** From so many on a month says how strong the colours are: of three members two are no great share. */
const membersMany = 30

/** How many of each month's newcomers still buy. */
export function CohortsAnswer({ table, told }: Asked) {
  const byCohort = Map.groupBy(rowsIn(table), (row) => textIn(row, 'cohort'))
  const ages = [...new Set(rowsIn(table).map((row) => numberIn(row, 'age') ?? 0))].toSorted((a, b) => a - b)
  const large = rowsIn(table).filter((row) => (numberIn(row, 'members') ?? 0) >= membersMany)
  const scaled = large.length === 0 ? rowsIn(table) : large
  const most = Math.max(...scaled.map((row) => numberIn(row, 'retained') ?? 0))
  const cellOf = (row: Row | undefined) => {
    const share = row === undefined ? null : numberIn(row, 'retained')
    return share === null ? null : { strength: most === 0 ? 0 : share / most, text: inHundred(share) }
  }
  return (
    <Answer table={table} told={told} note={said.cohortsSaid}>
      <HeatMap
        title={questionOf(told.report, table)}
        head={said.after}
        columns={ages.map((age) => amountText(age))}
        rows={[...byCohort].map(([cohort, rows]) => ({
          label: said.cohort(monthText(`${cohort}-01`), amountText(numberIn(rows[0] ?? {}, 'members') ?? 0)),
          cells: ages.map((age) => cellOf(rows.find((row) => numberIn(row, 'age') === age))),
        }))}
      />
    </Answer>
  )
}

/** A share by months, with the ends between which it lies. */
export function SharesAnswer({
  table,
  told,
  of,
  pointOf,
}: Asked & {
  /** The column of the share. */
  readonly of: string
  readonly pointOf: (row: Row) => string
}) {
  const rows = rowsIn(table)
  const valuesIn = (column: string) => rows.map((row) => numberIn(row, column))
  const values = valuesIn(of)
  const last = values.findLast((value) => value !== null) ?? 0
  const line: Line = {
    ...{ label: percentText(last), values },
    between: { low: valuesIn('low'), high: valuesIn('high') },
  }
  return (
    <Answer table={table} told={told} note={said.band}>
      <LinesChart
        points={rows.map(pointOf)}
        lines={[line]}
        textOf={(value) => markText(value, 'share', told, '')}
        finest={0.1}
      />
    </Answer>
  )
}

/** The grid of recency and frequency, as everybody knows it. */
export function MapAnswer({ table, told }: Asked) {
  const rows = rowsIn(table)
  const most = Math.max(...rows.map((row) => numberIn(row, 'members') ?? 0))
  const cellOf = (row: Row | undefined) => {
    if (row === undefined) return null
    const members = numberIn(row, 'members') ?? 0
    return {
      ...{ strength: most === 0 ? 0 : members / most, text: amountText(members) },
      more: segmentText(textIn(row, 'segment')),
    }
  }
  return (
    <Answer table={table} told={told} note={said.mapSaid}>
      <HeatMap
        title={questionOf(told.report, table)}
        head=""
        columns={said.frequency}
        rows={said.recency.toReversed().map((label, index) => ({
          label,
          cells: said.frequency.map((_, column) =>
            cellOf(
              rows.find((row) => numberIn(row, 'recency') === 5 - index && numberIn(row, 'frequency') === column + 1),
            ),
          ),
        }))}
      />
    </Answer>
  )
}

export function SegmentsAnswer({ table, told }: Asked) {
  const rows = rowsIn(table)
  const moneyOf = (row: Row) => unitText(numberIn(row, 'spend') ?? 0, 'minor', told, '')
  return (
    <Answer table={table} told={told} note={said.noReason}>
      <BarsChart
        groups={rows.map((row) => {
          const segment = textIn(row, 'segment')
          const members = numberIn(row, 'members') ?? 0
          return {
            ...{ label: segmentText(segment), more: wordIn(said.meanings, segment) ?? '' },
            bars: [{ series: 1, value: members, text: said.spent(amountText(members), moneyOf(row)) }],
          }
        })}
      />
    </Answer>
  )
}

/** What a member of each kind is worth, and how much its members differ. */
export function ValuesAnswer({ table, told }: Asked) {
  const textOf = (value: number) => unitText(value, 'minor', told, '')
  return (
    <Answer table={table} told={told}>
      <IntervalsChart
        textOf={(value) => markText(value, 'minor', told, '')}
        intervals={rowsIn(table).map((row) => ({
          ...{ label: segmentText(textIn(row, 'segment')), value: numberIn(row, 'mean') ?? 0 },
          ...{ low: numberIn(row, 'low'), high: numberIn(row, 'high') },
          text: said.members(amountText(numberIn(row, 'members') ?? 0), textOf(numberIn(row, 'mean') ?? 0)),
        }))}
      />
    </Answer>
  )
}

/** What was foretold of the last days beside what came. */
export function TrustAnswer({ table, told }: Asked) {
  const countOf = (row: Row, column: string) => amountText(Math.round(numberIn(row, column) ?? 0))
  return (
    <Answer table={table} told={told}>
      <BarsChart
        groups={rowsIn(table).map((row) => ({
          label: said.groups(textIn(row, 'group')),
          bars: [
            { series: 0, value: numberIn(row, 'foretold') ?? 0, text: said.foretold(countOf(row, 'foretold')) },
            { series: 1, value: numberIn(row, 'came') ?? 0, text: said.came(countOf(row, 'came')) },
          ],
        }))}
      />
    </Answer>
  )
}

import type { ReportTable } from '@laurel/contract'
import { BarsChart } from '../charts/bars-chart.tsx'
import { IntervalsChart } from '../charts/intervals-chart.tsx'
import { LinesChart } from '../charts/lines-chart.tsx'
import { wordsOf } from '../session/vocabulary.ts'
import { dayText, monthText } from '../words/format.ts'
import { Answer, ByMonth } from './report-table.tsx'
import { said } from './report-words.ts'
import { byAsset, experimentText, markText, numberIn, rowsIn, type Told, textIn, unitText } from './told.ts'

interface Asked {
  readonly table: ReportTable
  readonly told: Told
}

/** So many months of points as a person compares; all of them are in the table. */
const barsMax = 18

/** How much stands at the end of each month, for each asset: they are not added up. */
export function MovementAnswer({ table, told, unit }: Asked & { readonly unit: 'points' | 'minor' }) {
  const assets = byAsset(table)
  if (assets.length === 0) return <Answer table={table} told={told} />
  return assets.map(({ asset, table: own }) => {
    const rows = rowsIn(own)
    const values = rows.map((row) => numberIn(row, 'closing'))
    const textOf = (value: number) => markText(value, unit, told, asset)
    return (
      <Answer
        key={asset}
        table={own}
        told={told}
        {...(assets.length > 1 ? { of: wordsOf(told.named.asset(asset)) } : {})}
        hidden={['asset']}
      >
        {rows.length < 2 ? undefined : (
          <LinesChart
            points={rows.map((row) => monthText(`${textIn(row, 'month')}-01`))}
            lines={[{ label: textOf(values.at(-1) ?? 0), values }]}
            textOf={textOf}
          />
        )}
      </Answer>
    )
  })
}

export const JournalsAnswer = ({ table, told }: Asked) => (
  <ByMonth table={table}>{(shown, choice) => <Answer table={shown} told={told} above={choice} />}</ByMonth>
)

/** What becomes of the points of a month: burned so far, and in the end. */
export function CohortsOfPointsAnswer({ table, told }: Asked) {
  const assets = byAsset(table)
  if (assets.length === 0) return <Answer table={table} told={told} />
  return assets.map(({ asset, table: own }) => {
    const textOf = (value: number | null) => unitText(value ?? 0, 'points', told, asset)
    return (
      <Answer
        key={asset}
        table={own}
        told={told}
        {...(assets.length > 1 ? { of: wordsOf(told.named.asset(asset)) } : {})}
        hidden={['asset']}
      >
        <BarsChart
          groups={rowsIn(own)
            .slice(-barsMax)
            .map((row) => {
              const [issued, burned] = [numberIn(row, 'issued') ?? 0, numberIn(row, 'burned') ?? 0]
              const expected = numberIn(row, 'expected') ?? 0
              return {
                label: monthText(`${textIn(row, 'cohort')}-01`),
                bars: [
                  {
                    ...{ series: 1, value: burned, more: Math.max(0, expected - burned) },
                    text: said.burnedOf(textOf(burned), textOf(issued)),
                    mark: said.inTheEnd(textOf(expected)),
                  },
                ],
              }
            })}
        />
      </Answer>
    )
  })
}

/** The latest first: what is thought now is asked for more often than what was thought at the beginning. */
export const TrailAnswer = ({ table, told }: Asked) => (
  <Answer table={{ ...table, rows: table.rows.toReversed() }} told={told} />
)

/** What experiments say that was spent because of the program; those that cannot be told say why in the table. */
export function MeasuredAnswer({ table, told }: Asked) {
  const measured = rowsIn(table).filter((row) => numberIn(row, 'incremental') !== null)
  const textOf = (value: number) => markText(value, 'minor', told, '')
  return (
    <Answer table={table} told={told}>
      {measured.length === 0 ? undefined : (
        <IntervalsChart
          textOf={textOf}
          intervals={measured.map((row) => ({
            ...{ label: experimentText(textIn(row, 'experiment'), told.named) },
            ...{ value: numberIn(row, 'incremental') ?? 0, low: numberIn(row, 'low'), high: numberIn(row, 'high') },
            text: unitText(numberIn(row, 'incremental') ?? 0, 'minor', told, ''),
          }))}
        />
      )}
    </Answer>
  )
}

/** What lapses on each of the next days. */
export function LapsingAnswer({ table, told }: Asked) {
  return (
    <Answer table={table} told={told}>
      {table.rows.length < 2 ? undefined : (
        <BarsChart
          groups={rowsIn(table).map((row) => {
            const asset = textIn(row, 'asset')
            const amount = numberIn(row, 'amount') ?? 0
            const text = `${unitText(amount, 'points', told, asset)} ${told.named.asset(asset)}`
            return { label: dayText(textIn(row, 'day')), bars: [{ series: 1, value: amount, text }] }
          })}
        />
      )}
    </Answer>
  )
}

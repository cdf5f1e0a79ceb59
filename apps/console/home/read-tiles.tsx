import type { ReportAnswer, ReportFigure } from '@laurel/contract'
import { Link } from '@tanstack/react-router'
import { Spark } from '../charts/spark.tsx'
import { FigureTile } from '../reports/figures.tsx'
import { said } from '../reports/report-words.ts'
import { experimentText, mainAsset, numberIn, type Row, rowsIn, textIn, unitText } from '../reports/told.ts'
import { useReport } from '../reports/use-reports.ts'
import type { Named } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'

/** Of the report of home those that say how it goes; what is outstanding is counted as it stands. */
const shown = ['active', 'coming-back', 'spend', 'redemption-rate', 'lapsing']

const useHome = () => useReport('home', null).data

/** What the last reading has found of how the program does; nothing before the first. */
export function ReadTiles({ named }: { readonly named: Named }) {
  const report = useHome()
  const { data: experiments } = useReport('experiments', null)
  if (report === undefined || report.asOf === null) return null
  const lift = liftIn(experiments, named)
  return (
    <>
      {report.figures
        .filter(({ id }) => shown.includes(id))
        .map((figure) => (
          <FigureTile key={figure.id} figure={figure} told={{ report, named }}>
            {figure.id === 'lapsing' ? lapsesFirst(report, named) : undefined}
          </FigureTile>
        ))}
      {lift === null || experiments === undefined ? null : (
        <FigureTile figure={lift} told={{ report: experiments, named }} />
      )}
    </>
  )
}

/** How what is outstanding has gone. */
export function OutstandingSpark() {
  const figure = useHome()?.figures.find(({ id }) => id === 'outstanding')
  return figure === undefined ? null : <Spark values={figure.trend.map(({ value }) => value)} />
}

/** Of which day the figures are that take a night to find. */
export function ReadAsOf() {
  const report = useHome()
  if (report === undefined) return null
  return (
    <div className="read-as-of">
      <p className="small third">{report.asOf === null ? said.homeNotYet : said.homeAsOf(dayText(report.asOf))}</p>
      <Link to="/reports" className="small">
        {said.all}
      </Link>
    </div>
  )
}

/** Which day is the first, and how much of it lapses then. */
function lapsesFirst(report: ReportAnswer, named: Named): string | undefined {
  const asset = mainAsset(named)
  const table = report.tables.find(({ id }) => id === 'lapsing')
  const first = table === undefined ? undefined : rowsIn(table).find((row) => textIn(row, 'asset') === asset)
  if (first === undefined) return undefined
  const amount = unitText(numberIn(first, 'amount') ?? 0, 'points', { report, named }, asset)
  return said.lapsesFirst(`${amount} ${named.asset(asset)}`, dayText(textIn(first, 'day')))
}

/** What brought more, or less, by more than chance explains: the latest of them. */
function liftIn(report: ReportAnswer | undefined, named: Named): ReportFigure | null {
  const rows = report?.tables.flatMap(rowsIn) ?? []
  const told = rows.filter((row) => ['more', 'less'].includes(textIn(row, 'verdict')))
  const latest = told.toSorted((a, b) => (textIn(a, 'since') < textIn(b, 'since') ? 1 : -1))[0]
  return latest === undefined ? null : liftOf(latest, named)
}

const liftOf = (row: Row, named: Named): ReportFigure => ({
  ...{ id: 'lift', label: said.lift(experimentText(textIn(row, 'experiment'), named)), unit: 'minor' },
  ...{ definition: said.liftMore, trend: [], untold: null },
  ...{ value: numberIn(row, 'difference'), low: numberIn(row, 'low'), high: numberIn(row, 'high') },
})

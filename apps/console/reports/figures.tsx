import type { ReportFigure } from '@laurel/contract'
import { Spark } from '../charts/spark.tsx'
import { type Named, wordsOf } from '../session/vocabulary.ts'
import { amountText, dayText } from '../words/format.ts'
import { said, wordIn } from './report-words.ts'
import { assetOfFigure, markText, type Told, unitText } from './told.ts'

/** What stood there rather than came and went: it is compared with a day, not with days. */
const stocks = ['outstanding', 'outstanding-worth']

export function FigureTile({
  figure,
  told,
  children,
}: {
  readonly figure: ReportFigure
  readonly told: Told
  /** Instead of how it is counted. */
  readonly children?: React.ReactNode
}) {
  const { value, low, high, unit, trend, untold, definition } = figure
  const textOf = (each: number) => unitText(each, unit, told, assetOfFigure(figure, told.named))
  const change = trendText(figure, told)
  return (
    <div className="tile">
      <div className="tile-head">
        <p className="small">{labelOf(figure, told.named)}</p>
        <Spark values={trend.map((each) => each.value)} />
      </div>
      {value === null ? (
        <p className="untold">{untold?.sentence ?? said.nothing}</p>
      ) : (
        <p className="figure">{headText(figure, value, told)}</p>
      )}
      {low === null || high === null ? null : <p className="small">{said.between(textOf(low), textOf(high))}</p>}
      {change === null ? null : <p className="small">{change}</p>}
      <p className="small second">{children ?? wordIn(said.definitions, figure.id) ?? definition}</p>
    </div>
  )
}

/** So much money is read without its decimals, which the tables have. */
const wholeFrom = 100_000

function headText(figure: ReportFigure, value: number, told: Told): string {
  const isLarge = figure.unit === 'minor' && Math.abs(value) >= wholeFrom * 10 ** told.report.exponent
  const textOf = isLarge ? markText : unitText
  return textOf(value, figure.unit, told, assetOfFigure(figure, told.named))
}

/** As this program calls what the server knows by an id. */
export function labelOf({ id, label }: Pick<ReportFigure, 'id' | 'label'>, named: Named): string {
  const asset = wordsOf(named.asset(assetOfFigure({ id }, named)))
  const name = id.startsWith('breakage-') ? 'breakage' : id
  const labels: Readonly<Record<string, (asset: string) => string>> = said.labels
  return Object.hasOwn(labels, name) ? (labels[name]?.(asset) ?? label) : label
}

/** The last period against the one before, in words. */
function trendText(figure: ReportFigure, told: Told): string | null {
  const { id, unit, trend } = figure
  const [before, last] = trend.slice(-2)
  if (before === undefined || last === undefined || before.value === null || last.value === null) return null
  const difference = last.value - before.value
  const days = amountText((Date.parse(last.until) - Date.parse(last.from)) / 86_400_000 + 1)
  const size = Math.abs(difference)
  const isShare = unit === 'share' || unit === 'number'
  const text = isShare
    ? said.percentagePoints(amountText(Math.round(size * 1000), 1))
    : unitText(size, unit, told, assetOfFigure(figure, told.named))
  // What rounds to nothing is no change.
  if (isShare ? Math.round(size * 1000) === 0 : size === 0) return said.asBefore(days)
  const isStock = stocks.includes(id)
  const isCounted = unit === 'members' || unit === 'orders'
  if (difference > 0) return isStock ? said.moreThen(text, days) : said.more(text, days)
  if (isStock) return said.lessThen(text, days)
  return isCounted ? said.fewer(text, days) : said.less(text, days)
}

/** Of a period, as it stands in a table. */
export const periodCells = ({ from, until }: ReportFigure['trend'][number]) => [
  { text: dayText(from), value: from },
  { text: dayText(until), value: until },
]

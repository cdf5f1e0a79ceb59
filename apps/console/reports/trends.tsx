import type { ReportFigure } from '@laurel/contract'
import { LinesChart } from '../charts/lines-chart.tsx'
import { Question } from '../charts/question.tsx'
import { shortDayText } from '../words/format.ts'
import { labelOf, periodCells } from './figures.tsx'
import { said, wordIn } from './report-words.ts'
import { assetOfFigure, cellOf, markText, type Told } from './told.ts'

/** How each figure has gone so far. */
export const Trends = ({ told }: { readonly told: Told }) => (
  <div className="questions">
    {told.report.figures
      .filter(({ trend }) => trend.filter(({ value }) => value !== null).length > 1)
      .map((figure) => (
        <Trend key={figure.id} figure={figure} told={told} />
      ))}
  </div>
)

function Trend({ figure, told }: { readonly figure: ReportFigure; readonly told: Told }) {
  const { id, unit, trend } = figure
  const label = labelOf(figure, told.named)
  const asset = assetOfFigure(figure, told.named)
  const textOf = (value: number) => markText(value, unit, told, asset)
  const values = trend.map(({ value }) => value)
  return (
    <Question
      title={wordIn(said.trends, id) ?? label}
      file={`${told.report.report}-${id}`}
      columns={[{ name: said.from }, { name: said.until }, { name: label, isNumber: true }]}
      isFolded
      rows={trend.map((period) => [
        ...periodCells(period),
        cellOf(told, { id: 'value', label, unit }, { value: period.value, asset }),
      ])}
    >
      <LinesChart
        points={trend.map(({ until }) => shortDayText(until))}
        lines={[{ label: textOf(values.findLast((value) => value !== null) ?? 0), values }]}
        textOf={textOf}
        finest={unit === 'share' || unit === 'number' ? 0.1 : 1}
      />
    </Question>
  )
}

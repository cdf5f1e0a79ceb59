import { type ReactNode, useRef } from 'react'
import { csvText } from '../files/csv-text.ts'
import { downloadPicture } from '../files/download-picture.ts'
import { downloadText } from '../files/download-text.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import './charts.css'

export interface Column {
  readonly name: string
  readonly isNumber?: boolean
}
/** What is read, and what a file has of it. */
export interface Cell {
  readonly text: ReactNode
  readonly value: string | number | null
}

/** Below a picture that says it already, more than this are folded away. */
const rowsShown = 6

/** One question: its answer as a picture where one helps, as figures, and both as files. */
export function Question({
  title,
  file,
  columns,
  rows,
  children,
}: {
  readonly title: string
  /** How its files are called, without an ending. */
  readonly file: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** The chart. */
  readonly children?: ReactNode
}) {
  const place = useRef<HTMLElement>(null)
  const picture = () => {
    const chart = place.current?.querySelector('svg')
    if (chart != null) void downloadPicture(`${file}.png`, title, chart)
  }
  const table = () => {
    const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(({ value }) => value))]
    downloadText(`${file}.csv`, 'text/csv', csvText(lines))
  }
  return (
    <section ref={place} className="question" aria-label={title}>
      <div className="question-head">
        <h2>{title}</h2>
        <p className="question-acts">
          <button type="button" className="link" onClick={table} aria-label={words.charts.csvOf(title)}>
            {words.charts.csv}
          </button>
          {children === undefined ? null : (
            <button type="button" className="link" onClick={picture} aria-label={words.charts.pngOf(title)}>
              {words.charts.png}
            </button>
          )}
        </p>
      </div>
      {children}
      {children !== undefined && rows.length > rowsShown ? (
        <details>
          <summary>{words.charts.figures(amountText(rows.length))}</summary>
          <Figures columns={columns} rows={rows} />
        </details>
      ) : (
        <Figures columns={columns} rows={rows} />
      )}
    </section>
  )
}

const Figures = ({
  columns,
  rows,
}: {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}) => (
  <div className="sheet">
    <table className="table figures">
      <thead>
        <tr>
          {columns.map(({ name, isNumber = false }) => (
            <th key={name} scope="col" className={isNumber ? 'number' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.map(({ value }) => value).join(' ')}>
            {row.map(({ text }, index) => (
              <td
                key={columns[index]?.name}
                className={columns[index]?.isNumber ? 'number' : undefined}
                data-label={columns[index]?.name}
              >
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

import { csvText } from '@laurel/contract'
import { type ReactNode, useRef, useState } from 'react'
import { downloadPicture } from '../files/download-picture.ts'
import { downloadText } from '../files/download-text.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { reachable } from './reachable.ts'
import './charts.css'

export interface Column {
  readonly name: string
  readonly isNumber?: boolean
  /** It stands in the file alone. */
  readonly isForFile?: boolean
}
/** What is read, and what a file has of it. */
export interface Cell {
  readonly text: ReactNode
  readonly value: string | number | null
}

/** Below a picture that says it already, more than this are folded away. */
const rowsShown = 6
/** More than that are shown when asked for. */
const rowsAtOnce = 20
/** A table with more of them scrolls where it is wider than its page. */
const columnsMax = 7

/** One question: its answer as a picture where one helps, as figures, and both as files. */
export function Question({
  title,
  file,
  columns,
  rows,
  said,
  above,
  isFolded,
  children,
}: {
  readonly title: string
  /** How its files are called, without an ending. */
  readonly file: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** How the chart is read, where that does not show. */
  readonly said?: string | undefined
  /** What is chosen of it. */
  readonly above?: ReactNode
  /** Whether the figures are folded away, where that is not left to how many they are. */
  readonly isFolded?: boolean
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
      {said === undefined ? null : <p className="small second question-said">{said}</p>}
      {above}
      {children}
      {(isFolded ?? (children !== undefined && rows.length > rowsShown)) ? (
        <details>
          <summary>{words.charts.figures(amountText(rows.length))}</summary>
          <Figures title={title} columns={columns} rows={rows} />
        </details>
      ) : (
        <Figures title={title} columns={columns} rows={rows} />
      )}
    </section>
  )
}

function Figures({
  title,
  columns,
  rows,
}: {
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}) {
  const [most, setMost] = useState(rowsAtOnce)
  const shown = columns.flatMap((column, at) => (column.isForFile ? [] : [{ ...column, at }]))
  const isWide = shown.length > columnsMax
  const more = rows.length - most
  return (
    <>
      <div className={isWide ? 'sheet scrolls' : 'sheet'} {...(isWide ? reachable(title) : {})}>
        <table className="table figures">
          <thead>
            <tr>
              {shown.map(({ name, at, isNumber = false }) => (
                <th key={at} scope="col" className={isNumber ? 'number' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two lines of a table may say the same, and none changes its place
              <tr key={index}>
                {shown.map(({ name, at, isNumber = false }) => (
                  <td key={at} className={isNumber ? 'number' : undefined} data-label={name}>
                    {row[at]?.text}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 ? (
        <button type="button" className="link figures-more" onClick={() => setMost(most + rowsAtOnce)}>
          {words.charts.more(amountText(Math.min(more, rowsAtOnce)))}
        </button>
      ) : null}
    </>
  )
}

import { Fragment, type ReactNode } from 'react'
import { Pager } from '../frame/pager.tsx'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import { words } from '../words/words.ts'
import type { Column, PageOfRows } from './column.ts'
import './tables.css'

/** As a query answers it. */
interface Answer<Row> {
  readonly data: PageOfRows<Row> | undefined
  readonly error: Error | null
  readonly isPlaceholderData: boolean
  readonly refetch: () => Promise<unknown>
}

interface Empty {
  readonly title: string
  readonly text: string
  /** Where to begin. */
  readonly way?: ReactNode
}

/** A table of what the interface lists, page by page; says what will stand there where nothing does. */
export function Listing<Row>({
  title,
  answer: { data, error, isPlaceholderData, refetch },
  columns,
  idOf,
  empty,
  openedOf,
  cursor,
  onPage,
}: {
  /** What it is a table of, for whoever does not see it. */
  readonly title: string
  readonly answer: Answer<Row>
  readonly columns: readonly Column<Row>[]
  readonly idOf: (row: Row) => string
  readonly empty: Empty
  /** What stands below a row that is opened; null: it is closed. */
  readonly openedOf?: (row: Row) => ReactNode
  readonly cursor?: string | undefined
  readonly onPage?: (cursor: string | undefined) => void
}) {
  if (error !== null) return <ProblemView error={error} onRetry={() => void refetch()} />
  if (data === undefined) {
    return (
      <div className="sheet">
        <Waiting rows={5} />
      </div>
    )
  }
  const { rows, next } = data
  return (
    <>
      {rows.length === 0 ? (
        <div className="empty">
          <h3>{empty.title}</h3>
          <p className="second">{empty.text}</p>
          {empty.way}
        </div>
      ) : (
        <div className="sheet" aria-busy={isPlaceholderData}>
          <table className="table titled" aria-label={title}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.id} scope="col" className={column.isNumber ? 'number' : undefined}>
                    {column.textOf === undefined ? <span className="only-read">{column.title}</span> : column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => {
                const opened = openedOf?.(row) ?? null
                return (
                  <Fragment key={idOf(row)}>
                    <tr>
                      {columns.map((column) => (
                        <td
                          key={column.id}
                          className={column.isNumber ? 'number' : column.isWhole ? 'whole' : undefined}
                          data-title={column.textOf === undefined ? undefined : column.title}
                        >
                          {column.cellOf(row)}
                        </td>
                      ))}
                    </tr>
                    {opened === null ? null : (
                      <tr className="opened">
                        <td colSpan={columns.length}>{opened}</td>
                      </tr>
                    )}
                  </Fragment>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {onPage === undefined ? null : (
        <Pager label={words.tables.pages} cursor={cursor} next={next} isBusy={isPlaceholderData} onGo={onPage} />
      )}
    </>
  )
}

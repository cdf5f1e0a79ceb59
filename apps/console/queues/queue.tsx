import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { Waiting } from '../frame/waiting.tsx'
import type { Column, PageOfRows } from '../tables/column.ts'
import { CsvButton } from '../tables/csv-button.tsx'
import { words } from '../words/words.ts'
import './queue.css'

/** What waits for a person, oldest first; each is answered where it stands. */
export function Queue<Item>({
  title,
  lead,
  empty,
  heads,
  answer: { error, refetch },
  items,
  next,
  onNext,
  idOf,
  cellsOf,
  formOf,
  file,
  textsOf,
  readPage,
}: {
  readonly title: string
  readonly lead: string
  readonly empty: string
  readonly heads: readonly string[]
  readonly answer: Pick<UseQueryResult, 'error' | 'refetch'>
  readonly items: readonly Item[] | undefined
  readonly next: string | null
  readonly onNext: (cursor: string) => void
  readonly idOf: (item: Item) => string
  readonly cellsOf: (item: Item) => readonly ReactNode[]
  readonly formOf: (item: Item) => ReactNode
  /** Of the queue as a file, without its ending. */
  readonly file: string
  /** A line of the file, in the order of the heads. */
  readonly textsOf: (item: Item) => readonly (string | number | null)[]
  readonly readPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOfRows<Item>>
}) {
  const [opened, setOpened] = useState<string | null>(null)
  return (
    <>
      <title>{`${title} · ${words.name}`}</title>
      <div className="room-head">
        <h1>{title}</h1>
        {items === undefined || items.length === 0 ? null : (
          <div className="room-acts">
            <CsvButton
              file={file}
              columns={heads.map((head, at) => columnOf<Item>(head, (item) => textsOf(item)[at] ?? null))}
              readPage={readPage}
            />
          </div>
        )}
      </div>
      <p className="second queue-lead">{lead}</p>
      {error !== null ? <ProblemView error={error} onRetry={() => void refetch()} /> : null}
      {items === undefined && error === null ? <Waiting rows={5} /> : null}
      {items?.length === 0 ? (
        <div className="empty">
          <h2>{empty}</h2>
          <Link to="/">{words.problem.goHome}</Link>
        </div>
      ) : null}
      {items === undefined || items.length === 0 ? null : (
        <div className="sheet">
          <table className="table queue">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                <th scope="col">
                  <span className="only-read">{words.queues.answer}</span>
                </th>
              </tr>
            </thead>
            {items.map((item) => {
              const id = idOf(item)
              const isOpen = id === opened
              return (
                <tbody key={id}>
                  <tr>
                    {cellsOf(item).map((cell, column) => (
                      <td key={heads[column]}>{cell}</td>
                    ))}
                    <td className="number">
                      <Button
                        variant="default"
                        size="compact-sm"
                        aria-expanded={isOpen}
                        onClick={() => setOpened(isOpen ? null : id)}
                      >
                        {isOpen ? words.close : words.queues.answer}
                      </Button>
                    </td>
                  </tr>
                  {isOpen ? (
                    <tr>
                      <td colSpan={heads.length + 1}>{formOf(item)}</td>
                    </tr>
                  ) : null}
                </tbody>
              )
            })}
          </table>
        </div>
      )}
      <nav className="pages" aria-label={words.queues.pages}>
        {next === null ? null : (
          <Button variant="default" onClick={() => onNext(next)}>
            {words.next}
          </Button>
        )}
      </nav>
    </>
  )
}

const columnOf = <Item,>(title: string, textOf: (item: Item) => string | number | null): Column<Item> => ({
  ...{ id: title, title, textOf, cellOf: textOf },
})

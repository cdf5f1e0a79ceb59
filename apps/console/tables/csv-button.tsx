import { csvText } from '@laurel/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { downloadText } from '../files/download-text.ts'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import type { Column, PageOfRows } from './column.ts'

/** What a spreadsheet and a browser's memory take without a thought; the whole books are `laurel export`. */
const rowsMax = 20_000

/** All rows of a table as a file; says how far it is, and can be stopped. */
export function CsvButton<Row>({
  file,
  columns,
  readPage,
}: {
  /** Without its ending. */
  readonly file: string
  readonly columns: readonly Column<Row>[]
  readonly readPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOfRows<Row>>
}) {
  const [count, setCount] = useState(0)
  const [stop, setStop] = useState<AbortController | null>(null)
  const [failed, setFailed] = useState(false)
  const written = columns.flatMap(({ title, textOf }) => (textOf === undefined ? [] : [{ title, textOf }]))

  const download = async () => {
    const controller = new AbortController()
    setStop(controller)
    setFailed(false)
    try {
      const lines: (string | number | null)[][] = [written.map(({ title }) => title)]
      let cursor: string | undefined
      do {
        const { rows, next } = await readPage(cursor, controller.signal)
        for (const row of rows) lines.push(written.map(({ textOf }) => textOf(row)))
        cursor = next ?? undefined
        setCount(lines.length - 1)
      } while (cursor !== undefined && lines.length <= rowsMax && !controller.signal.aborted)
      if (!controller.signal.aborted) downloadText(`${file}.csv`, 'text/csv', csvText(lines))
    } catch {
      setFailed(!controller.signal.aborted)
    }
    setStop(null)
    setCount(0)
  }

  return (
    <>
      <Button variant="default" onClick={() => (stop === null ? void download() : stop.abort())}>
        {stop === null ? words.tables.csv : words.tables.csvStop(amountText(count))}
      </Button>
      {failed ? (
        <span className="second" role="alert">
          {words.tables.csvFailed}
        </span>
      ) : null}
    </>
  )
}

import type { Column } from './column.ts'
import { CsvButton } from './csv-button.tsx'

/** The file of a table that has one page. */
export function CsvOf<Row>({
  file,
  columns,
  rows,
}: {
  readonly file: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}) {
  if (rows.length === 0) return null
  return <CsvButton file={file} columns={columns} readPage={async () => ({ rows, next: null })} />
}

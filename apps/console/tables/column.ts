import type { ReactNode } from 'react'

/** One column of a table: as it is seen, and as it stands in a file. */
export interface Column<Row> {
  readonly id: string
  readonly title: string
  readonly isNumber?: boolean
  /** Short, and never broken into two lines. */
  readonly isWhole?: boolean
  readonly cellOf: (row: Row) => ReactNode
  /** Absent: it is something to press, and stands in no file. */
  readonly textOf?: (row: Row) => string | number | null
}

/** What a list of the interface answers, whatever it lists. */
export interface PageOfRows<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}

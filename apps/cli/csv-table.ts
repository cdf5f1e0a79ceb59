import { type CsvCell, csvText } from '@laurel/contract'
import { decimalText } from '@laurel/engine'

/** A table as a spreadsheet reads it: named for its file. */
export interface CsvTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}

/** Exact: written digit by digit. */
export const decimalOf = (units: number, scale: number): CsvCell => ({ decimal: decimalText(units, scale) })

export const csvOfTable = ({ columns, rows }: CsvTable): string => csvText([columns, ...rows])

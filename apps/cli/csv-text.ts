import { decimalText } from '@laurel/engine'

/** A table as a spreadsheet reads it: named for its file. */
export interface CsvTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
export type Cell = string | number | boolean | Decimal | null
interface Decimal {
  readonly decimal: string
}

/** Exact: written digit by digit. Still a number, so a minus before it is one, and not the begin of a formula. */
export const decimalOf = (units: number, scale: number): Decimal => ({ decimal: decimalText(units, scale) })

/** RFC 4180. */
export const csvText = ({ columns, rows }: CsvTable): string =>
  [columns, ...rows].map((row) => `${row.map(fieldText).join(',')}\r\n`).join('')

/** What a spreadsheet would take for a formula: somebody else chose the ids that stand here. */
const formula = /^[=+\-@\t\r]/

function fieldText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return cell.decimal
  if (typeof cell !== 'string') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

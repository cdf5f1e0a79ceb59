/** What stands in a table; null: an empty cell. */
export type CsvCell = string | number | boolean | Digits | null

/** A number that is written digit by digit, exactly: a minus before it is one, and not the begin of a formula. */
interface Digits {
  readonly decimal: string
}

/** A table as spreadsheets read it (RFC 4180), whoever writes it: the names of the columns are its first row. */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(fieldText).join(',')}\r\n`).join('')

/** What a spreadsheet would take for a formula: ids and names are chosen by strangers. */
const formula = /^[=+\-@\t\r]/

function fieldText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'object') return cell.decimal
  if (typeof cell !== 'string') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

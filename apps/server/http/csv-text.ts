/** What stands in a table; null: an empty cell. */
type Cell = string | number | null

/** RFC 4180: the names of the columns, then the rows. */
export const csvText = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [columns, ...rows].map((row) => `${row.map(fieldText).join(',')}\r\n`).join('')

/** What a spreadsheet would take for a formula: somebody else chose the ids that stand here. */
const formula = /^[=+\-@\t\r]/

function fieldText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Whether a table is wanted rather than JSON: the type is named, and not JSON before it. */
export function wantsCsv(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((each) => each.split(';')[0]?.trim().toLowerCase())
  const [csv, json] = [types.indexOf('text/csv'), types.indexOf('application/json')]
  return csv >= 0 && (json < 0 || csv < json)
}

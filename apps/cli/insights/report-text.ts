import type { ReportAnswer, ReportFigure, ReportTable, ReportUnit } from '@laurel/contract'
import { type CsvTable, csvOfTable } from '../csv-table.ts'
import { CommandFailure, exitCodes } from '../exit.ts'
import { minorText } from '../terminal/money-text.ts'
import { countText } from '../terminal/terminal.ts'

type Money = Pick<ReportAnswer, 'currency' | 'exponent'>

/** On a terminal the first of them are enough; a CSV has all. */
const rowsShown = 40

/** A report as a person reads it: the question, the answer, figures and tables. */
export function reportText(report: ReportAnswer): string {
  const { asOf, tables } = report
  return [
    summaryText(report),
    ...tables.flatMap((table) => ['', tableText(table, report)]),
    ...(asOf === null ? [] : ['', `as of ${asOf}`]),
    '',
    report.definition,
  ].join('\n')
}

/** The same without its tables. */
export function summaryText(report: ReportAnswer): string {
  const { question, reading, figures } = report
  return [
    question,
    ...(reading === null ? [] : [`  ${reading}`]),
    ...figures.map((each) => figureText(each, report)),
  ].join('\n')
}

function figureText({ label, value, low, high, unit, untold }: ReportFigure, money: Money): string {
  const said = (each: number | null) => cellText(each, unit, money)
  const between = low === null || high === null ? '' : `  (${said(low)} to ${said(high)})`
  return untold === null
    ? `  ${label.padEnd(40)}${said(value).padStart(16)}${between}`
    : `  ${label}: ${untold.sentence}`
}

function tableText({ label, columns, rows, untold }: ReportTable, money: Money): string {
  if (untold !== null && rows.length === 0) return `${label}\n  ${untold.sentence}`
  const cells = rows
    .slice(0, rowsShown)
    .map((row) => columns.map(({ unit }, at) => cellText(row[at] ?? null, unit, money)))
  const widths = columns.map((column, at) => Math.max(column.label.length, ...cells.map((row) => row[at]?.length ?? 0)))
  const line = (texts: readonly string[]) =>
    `  ${texts.map((text, at) => (columns[at]?.unit === null ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join('  ')}`.trimEnd()
  const more = rows.length - rowsShown
  return [
    label,
    line(columns.map((column) => column.label)),
    ...cells.map(line),
    ...(more > 0 ? [`  and ${countText(more)} more: --csv has all of them`] : []),
  ].join('\n')
}

function cellText(cell: string | number | null, unit: ReportUnit | null, { currency, exponent }: Money): string {
  if (cell === null) return '-'
  if (typeof cell === 'string') return cell
  switch (unit) {
    case 'minor':
      return `${minorText(Math.round(cell), exponent)} ${currency}`
    case 'share':
      return `${(100 * cell).toFixed(1)} %`
    case 'points':
    case 'orders':
    case 'days':
      return countText(Math.round(cell))
    case 'members':
      return Number.isInteger(cell) ? countText(cell) : cell.toFixed(1)
    case 'number':
      return Number.isInteger(cell) ? countText(cell) : Math.abs(cell) < 0.001 ? cell.toExponential(3) : cell.toFixed(3)
    case null:
      return String(cell)
  }
}

/** One of its tables as a spreadsheet reads it; the first where none is named, and the figures where it has no table. */
export function reportCsv({ figures, tables }: ReportAnswer, id: string | undefined): string {
  if (id === undefined && tables.length === 0) {
    const rows = figures.map(({ id: name, value, low, high, untold }) => [
      name,
      value,
      low,
      high,
      untold?.sentence ?? null,
    ])
    return csvOfTable({ name: 'figures', columns: ['figure', 'value', 'low', 'high', 'untold'], rows })
  }
  const table = id === undefined ? tables[0] : tables.find((each) => each.id === id)
  if (table === undefined) {
    throw new CommandFailure(exitCodes.usage, `the report has no table ${id}`, {
      place: '--table',
      remedy: `name one of ${tables.map((each) => each.id).join(', ')}`,
    })
  }
  const { columns, rows, untold } = table
  // An empty table would look like nothing to tell.
  if (untold !== null && rows.length === 0) {
    return csvOfTable({ name: table.id, columns: ['untold'], rows: [[untold.sentence]] })
  }
  return csvOfTable({ name: table.id, columns: columns.map((each) => each.id), rows } satisfies CsvTable)
}

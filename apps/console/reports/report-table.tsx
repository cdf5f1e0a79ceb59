import type { ReportTable } from '@laurel/contract'
import { NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { Question } from '../charts/question.tsx'
import { monthText } from '../words/format.ts'
import { said, wordIn } from './report-words.ts'
import { cellOf, questionOf, type Row, rowsIn, type Told, textIn } from './told.ts'

/** From so many columns on those with nothing in them are left out on the page. */
const columnsMany = 8

/** One table of a report under its question, with the picture that it has. */
export function Answer({
  table,
  told,
  note,
  of,
  hidden = [],
  above,
  children,
}: {
  readonly table: ReportTable
  readonly told: Told
  /** How the picture is read. */
  readonly note?: string | undefined
  /** Of what it is, where the same is asked of several. */
  readonly of?: string
  /** Columns for the file alone. */
  readonly hidden?: readonly string[]
  /** What is chosen of it. */
  readonly above?: ReactNode
  readonly children?: ReactNode
}) {
  const question = questionOf(told.report, table)
  const title = of === undefined ? question : said.ofAsset(of, question)
  const rows = rowsIn(table)
  const name = `${told.report.report}/${table.id}`
  if (rows.length === 0) {
    return (
      <section className="question" aria-label={title}>
        <h2>{title}</h2>
        <p className="second">{table.untold?.sentence ?? wordIn(said.empty, name) ?? said.emptyTable}</p>
      </section>
    )
  }
  const isOfOne = rows.length > 1 && rows.every((row) => row['asset'] === rows[0]?.['asset'])
  const isLeftOut = ({ id, unit }: ReportTable['columns'][number]) =>
    hidden.includes(id) ||
    (id === 'asset' && isOfOne) ||
    (table.columns.length >= columnsMany && unit !== null && rows.every((row) => (row[id] ?? 0) === 0))
  const zeros = table.columns.some(
    (column) => isLeftOut(column) && column.id !== 'asset' && !hidden.includes(column.id),
  )
  return (
    <Question
      title={title}
      file={`${told.report.report}-${table.id}`}
      above={above}
      said={[note, zeros ? said.zeros : undefined].filter((each) => each !== undefined).join(' ') || undefined}
      columns={table.columns.map((column) => ({
        ...{ name: column.label, isNumber: column.unit !== null, isForFile: isLeftOut(column) },
      }))}
      rows={rows.map((row) =>
        table.columns.map((column) => ({ ...cellOf(told, column, row), ...linkIn(column.id, row) })),
      )}
    >
      {children}
    </Question>
  )
}

/** What has a room of its own leads there. */
function linkIn(column: string, row: Row): { readonly text: ReactNode } | object {
  if (column !== 'experiment' || !textIn(row, column).startsWith('pilot:')) return {}
  const pilot = textIn(row, column).slice('pilot:'.length)
  return {
    text: (
      <Link to="/pilots/$pilot" params={{ pilot }}>
        {said.pilot(pilot)}
      </Link>
    ),
  }
}

/** Months of a table one at a time, the last first: the journals of years are thousands of lines. */
export function ByMonth({
  table,
  children,
}: {
  readonly table: ReportTable
  readonly children: (table: ReportTable, choice: ReactNode) => ReactNode
}) {
  const at = table.columns.findIndex(({ id }) => id === 'month')
  const months = [...new Set(table.rows.map((row) => String(row[at] ?? '')))].toSorted().toReversed()
  const [chosen, setChosen] = useState(months[0] ?? '')
  const rows = table.rows.filter((row) => chosen === '' || row[at] === chosen)
  const choice =
    months.length < 2 ? null : (
      <NativeSelect
        className="by-month"
        label={said.month}
        value={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        data={[
          ...months.map((month) => ({ value: month, label: monthText(`${month}-01`) })),
          { value: '', label: said.allMonths },
        ]}
      />
    )
  return children({ ...table, rows }, choice)
}

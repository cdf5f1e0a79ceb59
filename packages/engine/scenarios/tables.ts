/** A piece of a table, and where it stands, both from 1. */
export interface Cell {
  readonly text: string
  readonly line: number
  readonly column: number
}
export interface Table {
  readonly header: readonly Cell[]
  readonly rows: readonly (readonly Cell[])[]
}
/** What stands under a heading of the second level. */
export interface Section {
  readonly title: string
  readonly line: number
  readonly tables: readonly Table[]
}

/** What is wrong with a file of scenarios, where, and what would be right. */
export interface Mistake {
  readonly line: number
  readonly column: number
  readonly message: string
  readonly instead: string
}

interface Reading {
  readonly sections: { readonly title: string; readonly line: number; readonly tables: Table[] }[]
  readonly mistakes: Mistake[]
  /** Lines of the table that is being read. */
  open: (readonly Cell[])[]
  inCode: boolean
}

/** The headings and tables of a Markdown text; prose and fenced code are passed over. */
export function readSections(text: string): { readonly sections: readonly Section[]; readonly mistakes: Mistake[] } {
  const reading: Reading = { sections: [], mistakes: [], open: [], inCode: false }
  for (const [index, line] of text.split(/\r?\n/).entries()) readLine(reading, line, index + 1)
  closeTable(reading)
  return reading
}

function readLine(reading: Reading, line: string, number: number): void {
  if (/^\s*```/.test(line)) reading.inCode = !reading.inCode
  else if (!reading.inCode && line.trimStart().startsWith('|')) {
    reading.open.push(cellsOf(line, number))
    return
  }
  closeTable(reading)
  const title = reading.inCode ? null : /^##\s+(.*\S)\s*$/.exec(line)
  if (title) reading.sections.push({ title: title[1] ?? '', line: number, tables: [] })
}

/** `| a | b |` is two cells; `\|` is a bar inside one. */
function cellsOf(line: string, number: number): Cell[] {
  const cells: Cell[] = []
  let from = line.indexOf('|') + 1
  for (let at = from; at <= line.length; at++) {
    const isBar = line[at] === '|' && line[at - 1] !== '\\'
    const isRest = at === line.length && line.slice(from).trim() !== ''
    if (!isBar && !isRest) continue
    const raw = line.slice(from, at)
    const text = raw.trim().replaceAll('\\|', '|')
    cells.push({ text, line: number, column: from + 1 + raw.length - raw.trimStart().length })
    from = at + 1
  }
  return cells
}

function closeTable(reading: Reading): void {
  const [header, rule, ...rows] = reading.open
  reading.open = []
  if (!header) return
  const { line = 0 } = header[0] ?? {}
  const wrong = (message: string, instead: string, at = line): void => {
    reading.mistakes.push({ line: at, column: 1, message, instead })
  }
  const section = reading.sections.at(-1)
  if (!section) {
    wrong('this table belongs to no scenario', 'begin a scenario with a heading: ## What it shows')
    return
  }
  if (!rule?.every(({ text }) => /^:?-+:?$/.test(text))) {
    wrong('the second line of a table must be a rule', `write |${header.map(() => '--|').join('')} below the header`)
    return
  }
  for (const row of rows) {
    if (row.length === header.length) continue
    wrong(
      `this row has ${row.length} cells, and the header has ${header.length}`,
      `give it one cell for each of: ${header.map(({ text }) => text).join(', ')}`,
      row[0]?.line,
    )
  }
  section.tables.push({ header, rows: rows.filter((row) => row.length === header.length) })
}

import { suggestion } from '../program/nearest.ts'
import type { Program } from '../program/program.ts'
import { charityColumn, charityColumnNames } from './charity-columns.ts'
import type { Column } from './column.ts'
import { bookAccounts, booksColumn, memberColumn, memberColumnNames } from './columns.ts'
import { readOutcomes } from './outcomes.ts'
import { partnerColumn, partnerColumnNames } from './partner-columns.ts'
import { poolColumn, poolColumnNames } from './pool-columns.ts'
import { readBaskets } from './read-baskets.ts'
import type { Basket } from './read-order.ts'
import { readStep } from './read-step.ts'
import { roomColumn, roomColumnNames, roomsOf } from './room-columns.ts'
import type { Part, Row, Scenario, StandingRow } from './scenario.ts'
import type { Step } from './step.ts'
import { type Cell, type Mistake, readSections, type Section, type Table } from './tables.ts'
import { type Moment, readMoment, Unreadable, Words } from './words.ts'

export interface ReadScenarios {
  /** Those without a mistake. */
  readonly scenarios: readonly Scenario[]
  readonly mistakes: readonly Mistake[]
}

/** Reads a file of scenarios for a program, and says everything that is wrong with it at once. */
export function readScenarios(text: string, program: Program): ReadScenarios {
  const { sections, mistakes } = readSections(text)
  const scenarios = sections.flatMap((section) => {
    const before = mistakes.length
    const scenario = readScenario(section, program, (mistake) => mistakes.push(mistake))
    return mistakes.length === before && scenario !== null ? [scenario] : []
  })
  const titles = new Set<string>()
  for (const { title, line } of sections) {
    if (titles.has(title))
      mistakes.push({ line, column: 1, message: 'two scenarios have this title', instead: 'say what sets it apart' })
    titles.add(title)
  }
  return { scenarios, mistakes: mistakes.sort((a, b) => a.line - b.line || a.column - b.column) }
}

type Report = (mistake: Mistake) => void

/** What the tables of one scenario are read with; it grows from row to row. */
interface Story {
  readonly program: Program
  readonly report: Report
  readonly members: string[]
  /** Those that a row above founded. */
  readonly pools: string[]
  readonly baskets: Map<string, Basket>
  above: Moment | null
  rows: number
}

/** Null where a section has no table: it is prose. */
function readScenario({ title, line, tables }: Section, program: Program, report: Report): Scenario | null {
  if (tables.length === 0) return null
  const story: Story = {
    program,
    report,
    members: namesIn(tables),
    pools: [],
    baskets: new Map(),
    above: null,
    rows: 0,
  }
  const parts: Part[] = []
  for (const table of tables) {
    const part = readTable(table, story)
    if (part !== null) parts.push(part)
  }
  return { title, line, members: story.members, parts }
}

/** Members are known from the start: a row may name who appears only later. */
function namesIn(tables: readonly Table[]): string[] {
  const names = new Set<string>()
  for (const { header, rows } of tables) {
    const who = header.findIndex(({ text }) => text === 'who')
    for (const row of rows) if (row[who]?.text) names.add(row[who].text)
  }
  return [...names]
}

function readTable(table: Table, story: Story): Part | null {
  const [first] = table.header
  switch (first?.text) {
    case 'when':
      return { type: 'happens', rows: readHappening(table, story) }
    case 'order':
      for (const [order, basket] of readBaskets(table, story.program, story.report)) story.baskets.set(order, basket)
      return null
    case 'member': {
      const names = memberColumnNames(story.program)
      const columns = columnsOf(table, story, names, (name) => memberColumn(name, story.program))
      return { type: 'members', rows: standingRows(table, columns, story, story.members) }
    }
    case 'account': {
      const names = story.program.assets.map(({ id }) => id)
      const columns = columnsOf(table, story, names, (name) => booksColumn(name, story.program))
      return { type: 'accounts', rows: standingRows(table, columns, story, accountNames(story.program)) }
    }
    case 'charity': {
      const { program } = story
      const columns = columnsOf(table, story, charityColumnNames(program), (name) => charityColumn(name, program))
      return { type: 'charities', rows: standingRows(table, columns, story, [...program.charities.keys()]) }
    }
    case 'partner': {
      const { program } = story
      const columns = columnsOf(table, story, partnerColumnNames, (name) => partnerColumn(name, program))
      return { type: 'partners', rows: standingRows(table, columns, story, [...program.partners.keys()]) }
    }
    case 'pool': {
      const columns = columnsOf(table, story, poolColumnNames, (name) => poolColumn(name, story.program))
      return { type: 'pools', rows: standingRows(table, columns, story, story.pools) }
    }
    case 'reward':
    case 'session':
    case 'budget': {
      const kind = first.text
      const columns = columnsOf(table, story, roomColumnNames(kind), (name) => roomColumn(name, kind))
      const rows = standingRows(table, columns, story, [...roomsOf(kind, story.program).keys()])
      return { type: 'rooms', kind, rows }
    }
    default: {
      const kinds = ['when', 'order', 'member', 'account', 'charity', 'partner', 'pool', 'reward', 'session', 'budget']
      const { text = '', line = 0, column = 1 } = first ?? {}
      const message = `no table begins with a column "${text}"`
      story.report({ line, column, message, instead: suggestion(text, kinds, kinds.join(', ')) })
      return null
    }
  }
}

const accountNames = ({ charities, partners }: Program): string[] => [
  ...bookAccounts,
  ...[...charities.keys()].map((id) => `charity ${id}`),
  ...[...partners.keys()].map((id) => `partner ${id}`),
]

// ---- what happens ----------------------------------------------------------------------------------------------------------

const happeningColumns = ['when', 'who', 'what', 'gives']

function readHappening({ header, rows }: Table, story: Story): Row[] {
  for (const { text, line, column } of header) {
    if (happeningColumns.includes(text)) continue
    const instead = suggestion(text, happeningColumns, happeningColumns.join(', '))
    story.report({ line, column, message: `what happens has no column "${text}"`, instead })
  }
  const at = (name: string): number => header.findIndex(({ text }) => text === name)
  const [when, who, what, gives] = [at('when'), at('who'), at('what'), at('gives')]
  if (who === -1 || what === -1) {
    const { line = 0 } = header[0] ?? {}
    story.report({
      line,
      column: 1,
      message: 'what happens needs who and what',
      instead: '| when | who | what | gives |',
    })
    return []
  }
  return rows.flatMap((row) => readRow(row[when], row[who], row[what], row[gives], story))
}

function readRow(
  when: Cell | undefined,
  who: Cell | undefined,
  what: Cell | undefined,
  gives: Cell | undefined,
  story: Story,
): Row[] {
  const { program, report, members } = story
  if (when === undefined || who === undefined || what === undefined) return []
  const { above } = story
  const moment = attempt(report, () => readMoment(when, above))
  if (moment !== null) story.above = moment
  const member = who.text === '' ? members[0] : who.text
  if (member === undefined || !/^[\p{L}][\p{L}\p{N}-]*$/u.test(member)) {
    const message = member === undefined ? 'this scenario names no member' : `"${member}" is no name`
    report({ line: who.line, column: who.column, message, instead: 'write a first name, one word' })
    return []
  }
  const step = attempt(report, () => readStep(new Words(what, program), story.baskets))
  const expected = gives === undefined ? null : readOutcomes(gives, program, new Set(members), member, report)
  story.rows += 1
  if (moment === null || step === null) return []
  if (step.type === 'founds-pool') story.pools.push(step.pool)
  if (who.text === '' && needsMember(step)) {
    report({ line: who.line, column: who.column, message: 'nobody is named here', instead: 'say who it is' })
  }
  return [
    { number: story.rows, line: what.line, when: moment.local, offset: moment.offset, who: member, step, expected },
  ]
}

const needsMember = ({ type }: Step): boolean => type !== 'time-passes' && type !== 'draws'

function attempt<Value>(report: Report, read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    report(error.mistake)
    return null
  }
}

// ---- what stands -----------------------------------------------------------------------------------------------------------

function columnsOf<Of>(
  { header }: Table,
  { report }: Story,
  names: readonly string[],
  columnBy: (name: string) => Column<Of> | null,
): (Column<Of> | null)[] {
  return header.slice(1).map(({ text, line, column }) => {
    const found = columnBy(text)
    if (found === null) {
      const instead = suggestion(text, names, `choose one of: ${names.join(', ')}`)
      report({ line, column, message: `nothing that stands is called "${text}"`, instead })
    }
    return found
  })
}

function standingRows<Of>(
  { rows }: Table,
  columns: readonly (Column<Of> | null)[],
  { report }: Story,
  known: readonly string[],
): StandingRow<Of>[] {
  return rows.flatMap(([first, ...cells]) => {
    if (first === undefined) return []
    if (!known.includes(first.text)) {
      const instead = suggestion(first.text, known, known.join(', '))
      report({
        line: first.line,
        column: first.column,
        message: `nobody and nothing here is called "${first.text}"`,
        instead,
      })
    }
    return [
      {
        of: first.text,
        line: first.line,
        cells: cells.flatMap((cell, index) => {
          const column = columns[index] ?? null
          if (column === null || cell.text === '') return []
          const expected = column.canonical(cell.text)
          if (typeof expected === 'string') return [{ column, cell, expected }]
          report({ line: cell.line, column: cell.column, ...expected })
          return []
        }),
      },
    ]
  })
}

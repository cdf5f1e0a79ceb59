import { type MemberScoresAnswer, Problem, type ReportAnswer, type ReportName, reportNames } from '@laurel/contract'
import { dayText } from '@laurel/engine'
import type { Score } from '@laurel/insights'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { pageOf, partsOfCursor } from '../http/cursor.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { profitReport } from './money-reports.ts'
import { reportOf, type ScoreRow, scoresAfter } from './queries.ts'
import { type Told, tableOf } from './report.ts'
import { REPORT_WORDS } from './report-words.ts'
import { readLatestRun } from './start-run.ts'
import type { Kept } from './write-reports.ts'

export async function listReports(context: ProgramContext, program: string) {
  await latestOf(context, program)
  const last = await rowOf(context.database.application, reportOf(program, 'home'))
  return {
    asOf: last === undefined ? null : dayText(last.as_of),
    madeAt: last === undefined ? null : new Date(last.made_at).toISOString(),
    run: await readLatestRun(context, program),
    reports: reportNames.map((report) => ({ report, ...REPORT_WORDS[report] })),
  }
}

/** As the last run has left it; before the first one it says so. */
export async function readReport(
  context: ProgramContext,
  program: string,
  report: ReportName,
  margin: number | undefined,
): Promise<ReportAnswer> {
  const { currency } = await latestOf(context, program)
  const row = await rowOf(context.database.application, reportOf(program, report))
  const said = { report, ...REPORT_WORDS[report], currency: currency.code, exponent: currency.exponent }
  if (row === undefined) return { ...said, asOf: null, madeAt: null, ...answered(NOTHING_READ) }
  const kept: Kept = JSON.parse(row.answer)
  const told = kept.type === 'told' ? kept.told : profitReport(kept.inputs, margin ?? null)
  return { ...said, asOf: dayText(row.as_of), madeAt: new Date(row.made_at).toISOString(), ...answered(told) }
}

const answered = ({ reading, figures, tables }: Told) => ({ reading, figures: [...figures], tables: [...tables] })

const NOTHING_READ: Told = {
  reading: 'Nothing was read yet. It is read every night, and at once by POST /v1/insights/runs or "laurel insights".',
  figures: [],
  tables: [],
}

async function latestOf({ timelines }: ProgramContext, program: string) {
  const found = await timelines.of(program)
  if (found === null) throw new Problem('no-program')
  return found.latest
}

export interface ScoresAsked {
  readonly segment?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** In order of ids. */
export async function listScores(
  context: ProgramContext,
  program: string,
  { segment, limit, cursor }: ScoresAsked,
): Promise<MemberScoresAnswer> {
  const [after = null] = (partsOfCursor(cursor, 1) ?? []).map(String)
  const rows = await rowsOf(context.database.application, scoresAfter(program, after, segment ?? null, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ member }) => [member])
  return { members: page.map(scoreOf), next }
}

const scoreOf = (row: ScoreRow): MemberScoresAnswer['members'][number] => ({
  ...{ member: row.member, asOf: dayText(row.as_of), alive: row.alive, next90: row.next_90, next365: row.next_365 },
  ...{ lifetimeValue: row.lifetime_value, segment: row.segment, engagement: row.engagement },
  // A CHECK of the table keeps them between 1 and 5.
  recency: row.recency as Score | null,
  frequency: row.frequency as Score | null,
  monetary: row.monetary as Score | null,
})

/** The table that is asked for; the figures where a report has no table. */
export function tableIn({ figures, tables }: ReportAnswer, id: string | undefined) {
  if (id === undefined && tables.length === 0) {
    return tableOf(
      'figures',
      'Figures',
      [
        ['figure', 'Figure'],
        ['value', 'Value', 'number'],
        ['low', 'At least', 'number'],
        ['high', 'At most', 'number'],
        ['untold', 'Why it cannot be told'],
      ],
      figures.map(({ label, value, low, high, untold }) => [label, value, low, high, untold?.sentence ?? null]),
    )
  }
  const found = id === undefined ? tables[0] : tables.find((table) => table.id === id)
  if (found === undefined)
    throw new Problem('unknown-table', { extensions: { tables: tables.map((table) => table.id) } })
  return found
}

/** Scores as a table. */
export const scoreTable = ({ members }: MemberScoresAnswer) =>
  tableOf(
    'scores',
    'Members',
    [
      ['member', 'Member'],
      ['as-of', 'As of'],
      ['alive', 'Still there', 'share'],
      ['next-90', 'Expected purchases within 90 days', 'number'],
      ['next-365', 'Expected purchases within a year', 'number'],
      ['lifetime-value', 'Value', 'minor'],
      ['recency', 'Recency', 'number'],
      ['frequency', 'Frequency', 'number'],
      ['monetary', 'Monetary', 'number'],
      ['segment', 'Segment'],
      ['engagement', 'Engagement', 'number'],
    ],
    members.map((each) => [
      ...[each.member, each.asOf, each.alive, each.next90, each.next365, each.lifetimeValue],
      ...[each.recency, each.frequency, each.monetary, each.segment, each.engagement],
    ]),
  )

import { csvText } from '@laurel/contract'
import type { FastifyRequest } from 'fastify'
import { type Bind, CsvText } from '../http/bind.ts'
import { wantsCsv } from '../http/wants-csv.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { listReports, listScores, readReport, scoreTable, tableIn } from './read-reports.ts'
import { cancelRun, readRun, startRun } from './start-run.ts'

/** `wake` lets whoever works at runs look for what is there. */
export function bindInsights(context: ProgramContext, bind: Bind, wake: () => void): void {
  bind('startInsightRun', async ({ actor, body, idempotencyKey }) => {
    const run = await startRun(context, actor, body.until, idempotencyKey)
    wake()
    return run
  })
  bind('readInsightRun', ({ actor, path }) => readRun(context, actor.program, path.run))
  bind('cancelInsightRun', ({ actor, path }) => cancelRun(context, actor, path.run))
  bind('listReports', ({ actor }) => listReports(context, actor.program))
  bind('readReport', async ({ actor, path, query, request }) => {
    const report = await readReport(context, actor.program, path.report, query.margin)
    return isForCsv(request) ? csvOf(tableIn(report, query.table)) : report
  })
  bind('listMemberScores', async ({ actor, query, request }) => {
    const scores = await listScores(context, actor.program, query)
    return isForCsv(request) ? csvOf(scoreTable(scores)) : scores
  })
}

const isForCsv = (request: FastifyRequest): boolean => wantsCsv(request.headers.accept)

/** Why there is no row stands in its place: an empty table would look like nothing to tell. */
const csvOf = ({ columns, rows, untold }: ReturnType<typeof tableIn>): CsvText =>
  untold !== null && rows.length === 0
    ? new CsvText(csvText([['untold'], [untold.sentence]]))
    : new CsvText(csvText([columns.map(({ id }) => id), ...rows]))

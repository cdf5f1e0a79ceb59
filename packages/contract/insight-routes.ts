import * as insights from './insight-schemas.ts'
import { route } from './route.ts'

/** What the records tell. */
export const insightRoutes = {
  startInsightRun: route({
    method: 'POST',
    address: '/v1/insights/runs',
    scope: 'insights:run',
    summary: 'Read everything anew',
    description:
      'It is done every night by itself, up to the day before. One at a time for each program; the same Idempotency-Key names the same run.',
    idempotencyKey: 'required',
    body: insights.runToStart,
    answer: insights.insightRun,
    problems: ['no-program', 'insights-running'],
  }),
  readInsightRun: route({
    method: 'GET',
    address: '/v1/insights/runs/{run}',
    scope: 'insights:read',
    summary: 'How far a run has come',
    path: insights.insightRunPath,
    answer: insights.insightRun,
    problems: ['unknown-insight-run'],
  }),
  cancelInsightRun: route({
    method: 'POST',
    address: '/v1/insights/runs/{run}/cancel',
    scope: 'insights:run',
    summary: 'Give a run up',
    description: 'Reports stay as the run before has left them. One that has ended stays as it is.',
    path: insights.insightRunPath,
    answer: insights.insightRun,
    problems: ['unknown-insight-run'],
  }),
  listMemberScores: route({
    method: 'GET',
    address: '/v1/insights/scores',
    scope: 'insights:read',
    summary: 'What is expected of each member, by id',
    description: 'As the last run has left it; whoever joined since has none. With `Accept: text/csv` a table.',
    query: insights.scoresQuery,
    answer: insights.memberScores,
    problems: [],
  }),
  listReports: route({
    method: 'GET',
    address: '/v1/insights',
    scope: 'insights:read',
    summary: 'Which reports there are, and what each answers',
    answer: insights.reports,
    problems: ['no-program'],
  }),
  readReport: route({
    method: 'GET',
    address: '/v1/insights/{report}',
    scope: 'insights:read',
    summary: 'One report',
    description:
      'As the last run has left it. What cannot be told is said where its number would stand. With `Accept: text/csv` one of its tables, or its figures where it has none.',
    path: insights.reportPath,
    query: insights.reportQuery,
    answer: insights.report,
    problems: ['no-program', 'unknown-table'],
  }),
}

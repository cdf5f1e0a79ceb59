import * as backtests from './backtest-schemas.ts'
import { route } from './route.ts'

/** What a draft would have made of the history that is stored. */
export const backtestRoutes = {
  startBacktest: route({
    method: 'POST',
    address: '/v1/backtests',
    scope: 'programs:write',
    summary: 'Live the stored history again under drafts',
    description:
      'It is worked out beside the traffic, one at a time for each program. The same Idempotency-Key names the same backtest.',
    idempotencyKey: 'required',
    body: backtests.backtestToStart,
    answer: backtests.backtest,
    problems: ['no-program', 'unknown-draft', 'program-not-accepted', 'other-program', 'backtest-running'],
  }),
  listBacktests: route({
    method: 'GET',
    address: '/v1/backtests',
    scope: 'programs:read',
    summary: 'Backtests, the latest first',
    query: backtests.backtestsQuery,
    answer: backtests.backtests,
    problems: [],
  }),
  readBacktest: route({
    method: 'GET',
    address: '/v1/backtests/{backtest}',
    scope: 'programs:read',
    summary: 'How far a backtest has come',
    path: backtests.backtestPath,
    answer: backtests.backtest,
    problems: ['unknown-backtest'],
  }),
  readBacktestReport: route({
    method: 'GET',
    address: '/v1/backtests/{backtest}/report',
    scope: 'ledger:read',
    summary: 'What a backtest has come to',
    description: 'It names members by their ids.',
    path: backtests.backtestPath,
    answer: backtests.backtestReport,
    problems: ['unknown-backtest', 'backtest-not-done'],
  }),
  readBacktestSample: route({
    method: 'GET',
    address: '/v1/backtest-sample',
    scope: 'ledger:read',
    summary: 'What some members have done, for whoever lives it again on their own machine',
    description:
      'The members are drawn by chance, and the same ones each time. Their past is as it is stored, as the engine reads it; of their ' +
      'profiles there is nothing in it.',
    query: backtests.backtestSampleQuery,
    answer: backtests.backtestSample,
    problems: ['no-program'],
  }),
  cancelBacktest: route({
    method: 'POST',
    address: '/v1/backtests/{backtest}/cancel',
    scope: 'programs:write',
    summary: 'Give a backtest up',
    description: 'What it had worked out is deleted. One that has ended stays as it is.',
    path: backtests.backtestPath,
    answer: backtests.backtest,
    problems: ['unknown-backtest'],
  }),
}

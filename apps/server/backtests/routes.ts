import { type Bind, JsonText } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { cancelBacktest } from './cancel-backtest.ts'
import { listBacktests, readBacktest, readReport } from './read-backtests.ts'
import { readSample } from './read-sample.ts'
import { startBacktest } from './start-backtest.ts'

/** `wake` lets whoever works at backtests look for what is there. */
export function bindBacktests(context: ProgramContext, bind: Bind, wake: () => void): void {
  bind('startBacktest', async ({ actor, body, idempotencyKey }) => {
    const backtest = await startBacktest(context, actor, body, idempotencyKey)
    wake()
    return backtest
  })
  bind('listBacktests', ({ actor, query }) => listBacktests(context, actor.program, query))
  bind('readBacktest', ({ actor, path }) => readBacktest(context, actor.program, path.backtest))
  bind('readBacktestReport', async ({ actor, path }) => {
    return new JsonText(await readReport(context, actor.program, path.backtest))
  })
  bind('readBacktestSample', async ({ actor, query }) => {
    return new JsonText(await readSample(context, actor.program, query.members))
  })
  bind('cancelBacktest', ({ actor, path }) => cancelBacktest(context, actor, path.backtest))
}

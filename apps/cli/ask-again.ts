import { RequestProblem } from '@laurel/contract'

/** A database that is restarted is back within this many waits: half a minute in all. */
export const attemptsMax = 8

const passing = new Set(['database-unavailable', 'stopping', 'too-many-requests', 'too-slow'])

/** It goes by: a server that restarts, a limit, a connection that was lost. */
export const isPassing = (error: unknown): boolean =>
  error instanceof RequestProblem ? passing.has(error.body.code) : error instanceof TypeError // fetch: no connection

export async function waitBefore(attempt: number, error: unknown): Promise<void> {
  const said = error instanceof RequestProblem ? error.retryAfterSeconds : null
  const waitMs = said === null ? 100 * 2 ** attempt : Math.min(said, 30) * 1000
  await new Promise((resolve) => setTimeout(resolve, waitMs))
}

/** Asks until what stands in the way has gone by. Only for what is idempotent: an answer may have been lost on its way. */
export async function askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (attempt >= attemptsMax || !isPassing(error)) throw error
      await waitBefore(attempt, error)
    }
  }
}

import type { Context } from '../context.ts'
import { countOf } from '../db/transaction.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { sweepRates, sweepSessions, sweepVerifications } from './queries.ts'

/** Longer than every window of the limits. */
const ratesKeptMs = 24 * 3_600_000

/** Sessions that are over hold addresses of the internet, and challenges nobody answered are of no use. */
export const signInJobs = (context: Context): Job[] => [
  {
    name: 'sweep-sign-in',
    match: '41 * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => {
      const pool = context.database.application
      const now = context.wallNow()
      await countOf(pool, sweepSessions(new Date(now).toISOString()))
      await countOf(pool, sweepVerifications(new Date(now).toISOString()))
      await countOf(pool, sweepRates(now - ratesKeptMs))
    },
  },
]

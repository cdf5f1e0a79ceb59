import type { Context } from '../context.ts'
import { countOf } from '../db/transaction.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { sweepActs } from './second-person-queries.ts'

/** A day counts for limits; the rest is for requests that are repeated late, and must not be made to wait then. */
const keptMs = 7 * 86_400_000

/** What one person has done alone stands in the books: here it is kept as long as it counts. */
export const staffJobs = (context: Context): Job[] => [
  {
    name: 'sweep-acts',
    match: '53 * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => {
      const before = new Date(context.wallNow() - keptMs).toISOString()
      await countOf(context.database.application, sweepActs(before))
    },
  },
]

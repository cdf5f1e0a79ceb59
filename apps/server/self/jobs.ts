import type { Context } from '../context.ts'
import { countOf } from '../db/transaction.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { sweepCardCodes } from './queries.ts'

/** A code that is over is refused for that; nobody need know any more whether it was taken. */
export const selfJobs = (context: Context): Job[] => [
  {
    name: 'sweep-card-codes',
    match: '*/10 * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => {
      await countOf(context.database.application, sweepCardCodes(new Date(context.wallNow()).toISOString()))
    },
  },
]

import type { Context } from '../context.ts'
import { countOf } from '../db/transaction.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { codesDayMs } from './member-sign-in.ts'
import { sweepCodesAsked, sweepMemberCodes, sweepMemberRates, sweepMemberSessions } from './queries.ts'

/** Longer than every window of the limits. */
const ratesKeptMs = 24 * 3_600_000

/** What is over is of no use to anybody. */
export const memberSignInJobs = (context: Context): Job[] => [
  {
    name: 'sweep-member-sign-in',
    match: '43 * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => {
      const pool = context.database.application
      const now = context.wallNow()
      await countOf(pool, sweepMemberSessions(new Date(now).toISOString()))
      await countOf(pool, sweepMemberCodes(new Date(now).toISOString()))
      await countOf(pool, sweepMemberRates(now - ratesKeptMs))
      await countOf(pool, sweepCodesAsked(new Date(now - codesDayMs).toISOString()))
    },
  },
]

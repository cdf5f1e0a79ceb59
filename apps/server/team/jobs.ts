import type { Context } from '../context.ts'
import { countOf } from '../db/transaction.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { expireInvitations } from './queries.ts'

/** The address of whoever did not come is not kept. */
export const teamJobs = (context: Context): Job[] => [
  {
    name: 'expire-invitations',
    match: '47 * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => {
      const now = new Date(context.wallNow()).toISOString()
      await countOf(context.database.application, expireInvitations(now))
    },
  },
]

import type { Job } from '../jobs/start-jobs.ts'
import type { Advancer } from './advancer.ts'

/** What a server that is no more has left half done goes on within two minutes. */
export const sandboxJobs = (advancer: Advancer): Job[] => [
  { name: 'go-on-with-advances', match: '* * * * *', inSandboxes: 'as-elsewhere', run: async () => advancer.wake() },
]

import type { Job } from '../jobs/start-jobs.ts'
import type { Sender } from './sender.ts'

/** Whatever a server that is no more has left half sent goes on within a minute. */
export const offerJobs = (sender: Sender): Job[] => [
  { name: 'send-offers', match: '* * * * *', inSandboxes: 'as-elsewhere', run: async () => sender.wake() },
]

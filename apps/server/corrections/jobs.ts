import type { Job } from '../jobs/start-jobs.ts'
import type { Corrector } from './corrector.ts'

/** What a server that is no more has left half done goes on within two minutes. */
export const correctionJobs = (corrector: Corrector): Job[] => [
  {
    name: 'go-on-with-corrections',
    match: '* * * * *',
    inSandboxes: 'as-elsewhere',
    run: async () => corrector.wake(),
  },
]

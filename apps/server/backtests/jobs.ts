import type { Job } from '../jobs/start-jobs.ts'
import type { Backtester } from './backtester.ts'

/** What a server that is no more has left half done goes on within two minutes. */
export const backtestJobs = (backtester: Backtester): Job[] => [
  { name: 'go-on-with-backtests', match: '* * * * *', inSandboxes: 'as-elsewhere', run: async () => backtester.wake() },
]

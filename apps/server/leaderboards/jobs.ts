import type { RecordingContext } from '../decisions/recorder.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { takeResults } from './take-results.ts'

/** Every five minutes: what stands is at most so old. */
export const leaderboardJobs = (context: RecordingContext): Job[] => [
  { name: 'take-results', match: '*/5 * * * *', inSandboxes: 'at-stops', run: () => takeResults(context) },
]

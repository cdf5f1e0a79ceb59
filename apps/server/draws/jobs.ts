import type { RecordingContext } from '../decisions/recorder.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { closeDraws } from './close-draws.ts'

export const drawJobs = (context: RecordingContext): Job[] => [
  { name: 'close-draws', match: '* * * * *', inSandboxes: 'at-stops', run: () => closeDraws(context) },
]

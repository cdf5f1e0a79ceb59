import type { RecordingContext } from '../decisions/recorder.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { keepOccasions } from './keep-occasions.ts'

/** Every hour, because days begin at different hours in the zones of the programs. */
export const occasionJobs = (context: RecordingContext): Job[] => [
  {
    name: 'keep-occasions',
    match: '3 * * * *',
    inSandboxes: 'at-stops',
    run: () => keepOccasions(context).then(() => undefined),
  },
]

import type { RecordingContext } from '../decisions/recorder.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { finishErasures } from './apply-erased.ts'
import type { ErasedFile } from './erased-file.ts'
import { sweepFiles } from './sweep-files.ts'

/** What erasures leave to be done. The sweep comes in the small hours: it closes tables for a moment. */
export const leavingJobs = (context: RecordingContext, file: ErasedFile | null): Job[] => [
  {
    name: 'finish-erasures',
    match: '*/15 * * * *',
    inSandboxes: 'as-elsewhere',
    run: () => finishErasures(context, file).then(() => undefined),
  },
  {
    name: 'sweep-files',
    match: '17 3 * * *',
    inSandboxes: 'as-elsewhere',
    run: () => sweepFiles(context).then(() => undefined),
  },
]

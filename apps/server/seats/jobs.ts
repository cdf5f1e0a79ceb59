import type { RecordingContext } from '../decisions/recorder.ts'
import type { Job } from '../jobs/start-jobs.ts'
import { offerSeats } from './offer-seats.ts'

/** A seat that became free, by a cancellation or because somebody let it go, is kept for the next in line within a minute. */
export const seatJobs = (context: RecordingContext): Job[] => [
  {
    name: 'offer-seats',
    match: '* * * * *',
    inSandboxes: 'at-stops',
    run: () => offerSeats(context).then(() => undefined),
  },
]

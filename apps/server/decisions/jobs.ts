import type { Job } from '../jobs/start-jobs.ts'
import { beginVersions } from './begin-versions.ts'
import { checkMembers } from './check-members.ts'
import { closeDays } from './close-days.ts'
import { endPrograms } from './end-programs.ts'
import { letTimePass } from './let-time-pass.ts'
import type { RecordingContext } from './recorder.ts'

/** What is due by the clock. Readers and the next event let time pass by themselves; these see to everybody else. */
export const decisionJobs = (context: RecordingContext, walked = new Set<string>()): Job[] => [
  {
    name: 'let-time-pass',
    match: '* * * * *',
    inSandboxes: 'at-stops',
    run: () => letTimePass(context).then(() => undefined),
  },
  // Few programs end, and after one run nobody in them has anything left.
  {
    name: 'end-programs',
    match: '*/10 * * * *',
    inSandboxes: 'at-stops',
    run: () => endPrograms(context).then(() => undefined),
  },
  {
    name: 'begin-versions',
    match: '*/10 * * * *',
    inSandboxes: 'at-stops',
    run: () => beginVersions(context, walked).then(() => undefined),
  },
  {
    name: 'close-days',
    match: '5,25,45 * * * *',
    inSandboxes: 'never',
    run: () => closeDays(context).then(() => undefined),
  },
  {
    name: 'check-members',
    match: '*/10 * * * *',
    inSandboxes: 'as-elsewhere',
    run: () => checkMembers(context).then(() => undefined),
  },
]

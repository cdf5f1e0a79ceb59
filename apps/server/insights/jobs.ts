import type { Job } from '../jobs/start-jobs.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { gatherTallies } from './gather-tallies.ts'

/** Twenty thousand decisions: some ten seconds beside the members. What is more waits for the next time. */
const PAGES_MAX = 20

export const insightJobs = (context: ProgramContext): Job[] => [
  {
    name: 'gather-tallies',
    match: '*/5 * * * *',
    inSandboxes: 'never',
    run: async () => {
      for (const program of await context.timelines.ids()) {
        await gatherTallies(context, program, { pagesMax: PAGES_MAX })
      }
    },
  },
]

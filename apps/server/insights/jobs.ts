import type { Job } from '../jobs/start-jobs.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { gatherTallies } from './gather-tallies.ts'
import type { Reckoner } from './reckoner.ts'
import { startNightlyRun } from './start-run.ts'

/** A hundred thousand decisions: some minute beside the members. What is more waits for the next time. */
const PAGES_MAX = 400

export const insightJobs = (context: ProgramContext, reckoner: Reckoner): Job[] => [
  {
    name: 'gather-tallies',
    match: '*/5 * * * *',
    inSandboxes: 'never',
    run: () =>
      inEveryProgram(context, async (program) => {
        await gatherTallies(context, program, { pagesMax: PAGES_MAX })
      }),
  },
  {
    // Every hour, because days end at different hours in the zones of the programs.
    name: 'start-insights',
    match: '23 * * * *',
    inSandboxes: 'never',
    run: async () => {
      await inEveryProgram(context, async (program) => {
        await startNightlyRun(context, program)
      }).finally(() => reckoner.wake())
    },
  },
  // What a server that is no more has left half done goes on within two minutes.
  { name: 'go-on-with-insights', match: '* * * * *', inSandboxes: 'as-elsewhere', run: async () => reckoner.wake() },
]

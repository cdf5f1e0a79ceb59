import { LinesFile } from '../files/lines-file.ts'
import type { Job } from '../jobs/start-jobs.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { publishRoots } from './publish-roots.ts'

/** Two minutes after days are closed. Nothing where no file is named. */
export function statementJobs(context: ProgramContext, rootsFile: string | undefined): Job[] {
  if (rootsFile === undefined) return []
  const file = new LinesFile(rootsFile)
  return [
    {
      name: 'publish-roots',
      match: '7,27,47 * * * *',
      inSandboxes: 'never',
      run: () => publishRoots(context, file).then(() => undefined),
    },
  ]
}

import { DatabaseFailure } from '../db/database-failure.ts'
import type { ProgramContext } from './timeline.ts'

/**
 * What a job does in one program after another. Where it fails in one, the others have their turn all the same and the log says in
 * which; once all have had it the job fails, and is tried again.
 */
export async function inEveryProgram(
  { timelines, log }: Pick<ProgramContext, 'timelines' | 'log'>,
  work: (program: string) => Promise<void>,
): Promise<void> {
  const failed: string[] = []
  for (const program of await timelines.ids()) {
    try {
      await work(program)
    } catch (error) {
      // Without a database nobody has a turn.
      if (error instanceof DatabaseFailure) throw error
      log.error({ program, err: error }, 'a job failed in a program')
      failed.push(program)
    }
  }
  if (failed.length > 0) throw new Error(`it failed in ${failed.join(', ')}`)
}

import { Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import type { Context } from '../context.ts'

/** Work that is due by the clock, on one server at a time. */
export interface Job {
  /** kebab-case */
  readonly name: string
  /** As in a crontab, by UTC. */
  readonly match: string
  /**
   * Whether sandboxes have it (SBX-2, SBX-3): as everything else has, since it is asked for or goes by the wall clock; by their own
   * clocks at the stops of an advance, where `fire-due.ts` does it; or never.
   */
  readonly inSandboxes: 'as-elsewhere' | 'at-stops' | 'never'
  /** Does what is due, and nothing where nothing is: it may be asked again at any time. */
  readonly run: () => Promise<void>
}

export interface Jobs {
  /** Waits for the job that is under way. */
  close(): Promise<void>
}

/** The worker's own tables, migrated by itself; nothing of ours points to them. */
const schema = 'laurel_jobs'
/** Cron asks by the minute; a job that was put off for longer is asked again by the next minute anyway. */
const pollIntervalMs = 5_000

export async function startJobs(context: Context, jobs: readonly Job[]): Promise<Jobs> {
  const taskList: TaskList = {}
  for (const { name, run: work } of jobs) {
    taskList[name] = async () => {
      try {
        await work()
      } catch (error) {
        context.log.error({ job: name, err: error }, 'a job failed; it is tried again')
        throw error
      }
    }
  }
  const runner = await run({
    pgPool: context.database.migrator,
    schema,
    taskList,
    // One after another: each is short, and all of them share the database with the members.
    concurrency: 1,
    pollInterval: pollIntervalMs,
    noHandleSignals: true,
    logger: quietLogger(context),
    parsedCronItems: parseCronItems(
      jobs.map(({ name, match }) => ({
        task: name,
        match,
        // At most one is waiting, however long the one before takes; a failed one is asked again by the clock.
        options: { backfillPeriod: 0, jobKey: name, jobKeyMode: 'preserve_run_at', maxAttempts: 3 },
      })),
    ),
  })
  let closed: Promise<void> | undefined
  return {
    close: () => {
      closed ??= runner.stop()
      return closed
    },
  }
}

/** What it says about its own comings and goings is for whoever develops it. */
function quietLogger(context: Context): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') context.log.error({ job: 'worker' }, message)
    else if (level === 'warning') context.log.warn({ job: 'worker' }, message)
  })
}

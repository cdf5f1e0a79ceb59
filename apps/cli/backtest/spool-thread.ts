import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { CommandFailure, type ExitCode } from '../exit.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { type Spooled, type SpoolTask, spoolHistory } from './spool-history.ts'

/** A failure that a person can mend, in the words of the thread. */
interface Failure {
  readonly exit: ExitCode
  readonly message: string
  readonly place: string | null
  readonly remedy: string | null
}

/**
 * Of whoever reads a history. What has to be remembered is whose each invoice is, some 150 bytes; without a bound as much garbage
 * would lie there as there is memory, and stay ours until the end.
 */
const heapMegabytes = 192

/** Divides a history in a thread of its own: what it needed goes with it, and it can be stopped anywhere. */
export async function spoolInThread(task: SpoolTask, interrupted: AbortSignal): Promise<Spooled> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Spooled | Failure>()
  const stop = () => {
    reject(wasInterrupted())
    void worker.terminate()
  }
  worker
    .once('message', resolve)
    .once('error', reject)
    .once('exit', (code) => reject(new Error(`whoever reads the history ended with ${code}`)))
  interrupted.addEventListener('abort', stop, { once: true })
  try {
    if (interrupted.aborted) stop()
    const answer = await promise
    if (!('exit' in answer)) return answer
    const { exit, message, place, remedy } = answer
    throw new CommandFailure(exit, message, {
      ...(place === null ? {} : { place }),
      ...(remedy === null ? {} : { remedy }),
    })
  } finally {
    interrupted.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

if (!isMainThread && parentPort !== null) {
  const task: SpoolTask = workerData
  parentPort.postMessage(await spoolHistory(task).catch(failureOf))
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof CommandFailure)) throw error
  const { exit, message, place, remedy } = error
  return { exit, message, place, remedy }
}

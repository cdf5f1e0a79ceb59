import { Worker } from 'node:worker_threads'

/** Of one worker: one part of a large history and what it makes of it. Without a bound each thread lets garbage lie. */
const heapMegabytesUsual = 64

export interface Work<Result> {
  /** The file that a worker runs: it is told parts one after another, and answers each with its result. */
  readonly file: URL
  /** What every worker is started with. */
  readonly task: object
  readonly parts: readonly number[]
  readonly workers: number
  /** Of each worker, for what is more than a part of a history. */
  readonly heapMegabytes?: number
  /** Aborted: nothing more is begun, and what is under way is let go. */
  readonly interrupted: AbortSignal
  /** Called once for each part, in the order in which they are done. */
  readonly onResult: (part: number, result: Result) => void | Promise<void>
}

/** A worker that dies with a part takes the part along once: whoever has it next may have had bad luck, a second time it is the part. */
const attemptsMax = 2

/** The same part has killed two workers. */
export class WorkerDied extends Error {
  override readonly name = 'WorkerDied'
}

/** What a worker answers a part with. */
export interface PartDone<Result> {
  readonly part: number
  readonly result: Result
}

/** Every part once, by several threads. Ends early, and without a word, when it is interrupted; throws `WorkerDied`. */
export async function decideParts<Result>(work: Work<Result>): Promise<void> {
  const { interrupted, workers, onResult, heapMegabytes = heapMegabytesUsual } = work
  const open = [...work.parts]
  const attempts = new Map<number, number>()
  // One that gives up stops the others, too.
  const gaveUp = new AbortController()
  const stopped = AbortSignal.any([interrupted, gaveUp.signal])

  const runWorker = async (): Promise<void> => {
    while (open.length > 0 && !stopped.aborted) {
      const worker = new Worker(work.file, {
        workerData: work.task,
        resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 },
      })
      const stop = () => void worker.terminate()
      stopped.addEventListener('abort', stop, { once: true })
      try {
        for (let part = open.shift(); part !== undefined && !stopped.aborted; part = open.shift()) {
          const answer = await answerOf<Result>(worker, part)
          if (stopped.aborted) return
          if (answer instanceof Error) {
            const tried = (attempts.get(part) ?? 0) + 1
            attempts.set(part, tried)
            if (tried >= attemptsMax) {
              throw new WorkerDied(`a worker died twice over the same members: ${answer.message}`, { cause: answer })
            }
            open.push(part)
            break
          }
          await onResult(part, answer.result)
        }
      } catch (error) {
        gaveUp.abort()
        throw error
      } finally {
        stopped.removeEventListener('abort', stop)
        await worker.terminate()
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, open.length) }, runWorker))
}

/** What the worker makes of the part, or why it died over it. */
function answerOf<Result>(worker: Worker, part: number): Promise<PartDone<Result> | Error> {
  const { promise, resolve } = Promise.withResolvers<PartDone<Result> | Error>()
  const answered = (done: PartDone<Result>) => resolve(done)
  const died = (why: unknown) => resolve(why instanceof Error ? why : new Error(String(why)))
  const ended = (code: number) => resolve(new Error(`it ended with ${code}`))
  worker.on('message', answered).on('error', died).on('exit', ended)
  worker.postMessage(part)
  return promise.finally(() => worker.off('message', answered).off('error', died).off('exit', ended))
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { CommandFailure, exitCodes } from '../exit.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import type { Order, PartResult } from './part.ts'
import { PARTS } from './spool.ts'
import { type PartDone, type WorkerTask, workerFile } from './worker.ts'

/** Of one worker: one part of a large history and what it makes of it. Without a bound each thread lets garbage lie. */
const heapMegabytes = 64

export interface Work {
  readonly folder: string
  readonly order: Order
  readonly workers: number
  readonly interrupted: AbortSignal
  readonly onPart: (done: number) => void
}

/** A worker that dies with a part takes the part along once: whoever has it next may have had bad luck, a second time it is the part. */
const attemptsMax = 2

/** Every part once, by several workers; parts that a folder holds results of are not decided again. */
export async function decideParts({ folder, order, workers, interrupted, onPart }: Work): Promise<PartResult[]> {
  const results = Array.from({ length: PARTS }, (_, part) => resultIn(folder, part))
  const open = results.flatMap((result, part) => (result === null ? [part] : []))
  const attempts = new Map<number, number>()
  // One that gives up stops the others, too.
  const gaveUp = new AbortController()
  const stopped = AbortSignal.any([interrupted, gaveUp.signal])
  let done = PARTS - open.length
  onPart(done)

  const runWorker = async (): Promise<void> => {
    while (open.length > 0 && !stopped.aborted) {
      const worker = new Worker(workerFile, {
        workerData: { folder, order } satisfies WorkerTask,
        resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 8 },
      })
      const stop = () => void worker.terminate()
      stopped.addEventListener('abort', stop, { once: true })
      try {
        for (let part = open.shift(); part !== undefined; part = open.shift()) {
          const answer = await answerOf(worker, part)
          if (stopped.aborted) return
          if (answer instanceof Error) {
            const tried = (attempts.get(part) ?? 0) + 1
            attempts.set(part, tried)
            if (tried >= attemptsMax) {
              gaveUp.abort()
              throw workerDied(answer)
            }
            open.push(part)
            break
          }
          keepResult(folder, part, answer)
          results[part] = answer
          onPart(++done)
        }
      } finally {
        stopped.removeEventListener('abort', stop)
        await worker.terminate()
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, Math.max(1, open.length)) }, runWorker))
  if (interrupted.aborted) throw wasInterrupted()
  return results.filter((result) => result !== null)
}

/** What the worker makes of the part, or why it died over it. */
function answerOf(worker: Worker, part: number): Promise<PartResult | Error> {
  const { promise, resolve } = Promise.withResolvers<PartResult | Error>()
  const answered = ({ result }: PartDone) => resolve(result)
  const died = (why: unknown) => resolve(why instanceof Error ? why : new Error(String(why)))
  const ended = (code: number) => resolve(new Error(`it ended with ${code}`))
  worker.on('message', answered).on('error', died).on('exit', ended)
  worker.postMessage(part)
  return promise.finally(() => worker.off('message', answered).off('error', died).off('exit', ended))
}

const workerDied = (why: Error) =>
  new CommandFailure(exitCodes.fault, `a worker died twice over the same members: ${why.message}`, {
    remedy: 'run it again with --workers 1; if it dies again, please report it',
    cause: why,
  })

const resultFile = (folder: string, part: number): string => path.join(folder, `result-${part}.json`)

function resultIn(folder: string, part: number): PartResult | null {
  const file = resultFile(folder, part)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PartResult) : null
}

/** Whole or not at all: a process that is killed leaves no half result. */
function keepResult(folder: string, part: number, result: PartResult): void {
  const file = resultFile(folder, part)
  writeFileSync(`${file}.new`, JSON.stringify(result))
  renameSync(`${file}.new`, file)
}

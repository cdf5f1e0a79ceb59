import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { PartDone } from '../jobs/decide-parts.ts'
import { compiled } from './compiled.ts'
import { decideFilePart, type FileOrder, type PartResult } from './file-part.ts'

/** This file, for whoever starts a worker. */
export const fileWorker = new URL(import.meta.url)

// A worker is told the parts one after another, and ends when it is told no more.
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  const order: FileOrder = workerData
  const programs = order.documents.map(compiled)
  port.on('message', (part: number) => {
    port.postMessage({ part, result: decideFilePart(part, programs, order) } satisfies PartDone<PartResult>)
  })
}

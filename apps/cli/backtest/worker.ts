import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { compiled, decidePart, type Order, type PartResult } from './part.ts'

/** What a worker is started with. */
export interface WorkerTask {
  readonly folder: string
  readonly order: Order
}

export interface PartDone {
  readonly part: number
  readonly result: PartResult
}

/** This file, for whoever starts a worker. */
export const workerFile = new URL(import.meta.url)

// A worker is told the parts one after another, and ends when it is told no more.
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  const { folder, order }: WorkerTask = workerData
  const programs = order.documents.map(compiled)
  port.on('message', (part: number) => {
    port.postMessage({ part, result: decidePart(folder, part, programs, order) } satisfies PartDone)
  })
}

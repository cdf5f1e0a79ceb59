import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ClientConfig } from 'pg'
import { makePool } from '../db/connect.ts'
import type { PartDone } from '../jobs/decide-parts.ts'
import { type LookOrder, type LookResult, openLooking } from './look-part.ts'

/** What a worker is started with. */
export interface LookTask {
  readonly order: LookOrder
  readonly connection: ClientConfig
}

/** This file, for whoever starts a worker. */
export const lookWorker = new URL(import.meta.url)

// It reads for itself, so that whoever serves members has nothing to do with it. A part that fails is the end of the worker.
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  const { order, connection }: LookTask = workerData
  const pool = makePool(
    { info: () => undefined, warn: () => undefined, error: () => undefined },
    { ...connection, max: 1 },
  )
  const look = openLooking(pool, order)
  port.on('message', async (part: number) => {
    const result = await (await look)(part)
    port.postMessage({ part, result } satisfies PartDone<LookResult>)
  })
}

import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ClientConfig } from 'pg'
import { makePool } from '../db/connect.ts'
import type { PartDone } from '../jobs/decide-parts.ts'
import { openStoredParts, type StoredOrder, type StoredResult } from './stored-part.ts'

/** What a worker is started with. */
export interface StoredTask {
  readonly order: StoredOrder
  readonly connection: ClientConfig
}

/** This file, for whoever starts a worker. */
export const storedWorker = new URL(import.meta.url)

// It reads for itself, so that whoever serves members has nothing to do with it. A part that fails is the end of the worker.
if (!isMainThread && parentPort !== null) {
  const port = parentPort
  const { order, connection }: StoredTask = workerData
  const pool = makePool(
    { info: () => undefined, warn: () => undefined, error: () => undefined },
    { ...connection, max: 1 },
  )
  const decide = openStoredParts(pool, order)
  port.on('message', async (part: number) => {
    const result = await (await decide)(part)
    port.postMessage({ part, result } satisfies PartDone<StoredResult>)
  })
}

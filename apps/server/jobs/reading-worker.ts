import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { ClientConfig, Pool } from 'pg'
import { makePool } from '../db/connect.ts'
import type { PartDone } from './decide-parts.ts'

/** What a worker that reads the database is started with. */
export interface ReadingTask<Order> {
  readonly order: Order
  readonly connection: ClientConfig
}

/**
 * For the file that such a worker runs: answers each part that it is told. It reads for itself, so that whoever serves members has
 * nothing to do with it; a part that fails is its end. In the main thread, which only wants to know where the file is, nothing happens.
 */
export function answerParts<Order, Result>(
  open: (pool: Pool, order: Order) => Promise<(part: number) => Promise<Result>>,
): void {
  if (isMainThread || parentPort === null) return
  const port = parentPort
  const { order, connection }: ReadingTask<Order> = workerData
  const pool = makePool(
    { info: () => undefined, warn: () => undefined, error: () => undefined },
    { ...connection, max: 1 },
  )
  const decide = open(pool, order)
  port.on('message', async (part: number) => {
    const result = await (await decide)(part)
    port.postMessage({ part, result } satisfies PartDone<Result>)
  })
}

import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { freePort, type ServerProcess, startServer } from './start-server.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

/** The ready-made program that a server which is to be killed runs. */
export const pointPerPound = fileURLToPath(new URL('../../programs/point-per-pound/program.yaml', import.meta.url))

/** How long is waited for what a server does by itself, and how often it is looked. */
export const patience = { timeout: 60_000, interval: 5 }

/** Starts one server after another on a data folder of the caller's own; the first publishes the program. */
export function serversIn(purpose: string): (first: boolean) => Promise<ServerProcess> {
  const { path: folder, remove } = makeTemporaryFolder(purpose)
  afterAll(remove)
  return async (first) =>
    await startServer({
      ...{ folder, port: await freePort(), logLevel: 'error' },
      program: first ? { id: 'point-per-pound', file: pointPerPound } : null,
    })
}

/** An order of 50.00 by each of `m0`, `m1` and so on; answers the status. */
export async function sendOrders({ url, key }: ServerProcess, members: number): Promise<number> {
  const orders = Array.from({ length: members }, (_, index) => ({
    ...{ type: 'order.paid', source: 'shop', id: `order-of-m${index}`, member: `m${index}` },
    occurredAt: '2026-01-05T12:00:00Z',
    order: { id: `m${index}`, currency: 'GBP', lines: [{ id: '1', sku: 'a', quantity: 1, total: 5_000 }] },
  }))
  const { status } = await fetch(`${url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(orders),
  })
  return status
}

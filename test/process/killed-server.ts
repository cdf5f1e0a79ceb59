import { fileURLToPath } from 'node:url'
import { type Client, createClient } from '@laurel/contract'
import { afterAll, vi } from 'vitest'
import { freePort, type ServerProcess, startServer } from './start-server.ts'
import { makeTemporaryFolder } from './temporary-folder.ts'

/** The ready-made program that a server which is to be killed runs. */
export const pointPerPound = fileURLToPath(new URL('../../programs/point-per-pound/program.yaml', import.meta.url))

/** How long is waited for what a server does by itself, and how often it is looked. */
export const patience = { timeout: 60_000, interval: 5 }

/** One server after another on a data folder of the caller's own. The last one is stopped when the tests are over. */
export function serversIn(purpose: string) {
  const { path: folder, remove } = makeTemporaryFolder(purpose)
  let server: ServerProcess | null = null
  let key = ''
  afterAll(async () => {
    await server?.stop()
    remove()
  })

  async function start(program: { id: string; file: string } | null): Promise<Client> {
    server = await startServer({ ...{ folder, port: await freePort(), logLevel: 'error' }, program })
    key = server.key ?? key
    return createClient({ url: server.url, key })
  }

  return {
    /** The first one, with its program and an order of 50.00 by each of `m0`, `m1` and so on. */
    async first(members: number): Promise<Client> {
      const client = await start({ id: 'point-per-pound', file: pointPerPound })
      const orders = Array.from({ length: members }, (_, index) => orderOf(`m${index}`))
      await client.call('recordEvents', { query: { history: 'true' }, body: orders })
      return client
    },
    /** Kills the one that runs as soon as there is something to see: that, and the one that comes after it. */
    async killOnce<Seen>(look: () => Promise<Seen | null>): Promise<{ seen: Seen; client: Client }> {
      const seen = await vi.waitUntil(look, patience)
      await server?.kill()
      return { seen, client: await start(null) }
    },
  }
}

const orderOf = (member: string) => ({
  ...{ type: 'order.paid' as const, source: 'shop', id: `order-of-${member}`, member },
  occurredAt: '2026-01-05T12:00:00Z',
  order: { id: member, currency: 'GBP', lines: [{ id: '1', sku: 'a', quantity: 1, total: 5_000 }] },
})

import { fileURLToPath } from 'node:url'
import { createClient } from '@laurel/contract'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort, startServer } from '../../../test/process/start-server.ts'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'

const folder = makeTemporaryFolder('backtest-killed')
afterAll(() => folder.remove())

const members = 300
const program = {
  id: 'point-per-pound',
  file: fileURLToPath(new URL('../../../programs/point-per-pound/program.yaml', import.meta.url)),
}
const orderOf = (member: string) => ({
  ...{ type: 'order.paid', source: 'shop', id: `order-of-${member}`, member, occurredAt: '2026-01-05T12:00:00Z' },
  order: { id: member, currency: 'GBP', lines: [{ id: '1', sku: 'a', quantity: 1, total: 5_000 }] },
})
const patience = { timeout: 60_000, interval: 5 }

test('a backtest whose server is killed goes on when there is one again, from what was done', {
  timeout: 180_000,
}, async () => {
  const start = async (first: boolean) =>
    await startServer({
      ...{ folder: folder.path, port: await freePort(), logLevel: 'error' },
      program: first ? program : null,
    })
  const server = await start(true)
  const key = server.key ?? ''
  const sent = await fetch(`${server.url}/v1/events?history=true`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(Array.from({ length: members }, (_, index) => orderOf(`m${index}`))),
  })
  expect(sent.status).toBe(200)
  const before = createClient({ url: server.url, key })
  const { id } = await before.call('startBacktest', { body: {}, idempotencyKey: 'once' })
  const path = { backtest: id }
  const half = await vi.waitUntil(async () => {
    const seen = await before.call('readBacktest', { path })
    return seen.parts.done > 0 ? seen : null
  }, patience)
  await server.kill()
  expect(half.status).toBe('running')

  const again = await start(false)
  try {
    const client = createClient({ url: again.url, key })
    const seen: number[] = []
    await vi.waitUntil(async () => {
      const { status, parts } = await client.call('readBacktest', { path })
      seen.push(parts.done)
      return status === 'done'
    }, patience)
    expect(seen[0]).toBeGreaterThanOrEqual(half.parts.done)
    const report = await client.call('readBacktestReport', { path })
    expect(report).toMatchObject({ events: members, reproduction: { transfers: members, differing: 0 } })
    expect(report.candidates[0]?.report).toMatchObject({ members, assets: [{ earned: { amount: 50 * members } }] })
    // The same key names the same backtest, also after all that.
    expect((await client.call('startBacktest', { body: {}, idempotencyKey: 'once' })).id).toBe(id)
  } finally {
    await again.stop()
  }
})

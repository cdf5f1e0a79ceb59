import { expect, test, vi } from 'vitest'
import { patience, serversIn } from '../../../test/process/killed-server.ts'

const members = 300
const servers = serversIn('backtest-killed')

test('a backtest whose server is killed goes on when there is one again, from what was done', {
  timeout: 180_000,
}, async () => {
  const before = await servers.first(members)
  const { id } = await before.call('startBacktest', { body: {}, idempotencyKey: 'once' })
  const path = { backtest: id }
  const { seen: half, client } = await servers.killOnce(async () => {
    const seen = await before.call('readBacktest', { path })
    return seen.parts.done > 0 ? seen : null
  })
  expect(half.status).toBe('running')

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
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createClient } from '@laurel/contract'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort, startServer } from '../../../test/process/start-server.ts'
import { makeTemporaryFolder } from '../../../test/process/temporary-folder.ts'

const folder = makeTemporaryFolder('correction-killed')
afterAll(() => folder.remove())

const members = 400
const file = fileURLToPath(new URL('../../../programs/point-per-pound/program.yaml', import.meta.url))
const program = { id: 'point-per-pound', file }
const double = readFileSync(file, 'utf8')
  .replace(/^inForce:.*\n/m, '')
  .replace('give: 1 points', 'give: 2 points')
const orderOf = (member: string) => ({
  ...{ type: 'order.paid', source: 'shop', id: `order-of-${member}`, member, occurredAt: '2026-01-05T12:00:00Z' },
  order: { id: member, currency: 'GBP', lines: [{ id: '1', sku: 'a', quantity: 1, total: 5_000 }] },
})
const patience = { timeout: 60_000, interval: 5 }

test('COR-4 a correction whose server is killed while it posts goes on when there is one again, and posts to nobody twice', {
  timeout: 180_000,
}, async () => {
  const start = async (first: boolean) =>
    await startServer({
      ...{ folder: folder.path, port: await freePort(), logLevel: 'error' },
      program: first ? program : null,
    })
  const server = await start(true)
  const key = server.key ?? ''
  const post = async (url: string, body: unknown) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const sent = await fetch(`${server.url}/v1/${url}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(sent.status).toBe(200)
  }
  await post(
    'events?history=true',
    Array.from({ length: members }, (_, index) => orderOf(`m${index}`)),
  )
  const before = createClient({ url: server.url, key })
  const draft = { path: { draft: 'double' }, body: { revision: 1, comment: '' } }
  await before.call('saveDraft', { path: draft.path, body: { revision: 0, document: double, note: '' } })
  await before.call('publishDraft', draft)
  const asked = { version: 2, from: '2026-01-01', reason: 'wrong-rate' }
  const { id } = await before.call('startCorrection', { body: asked, idempotencyKey: 'once' })
  const path = { correction: id }
  await vi.waitUntil(async () => (await before.call('readCorrection', { path })).status === 'shown', patience)
  await before.call('approveCorrection', { path })
  const half = await vi.waitUntil(async () => {
    const seen = await before.call('readCorrection', { path })
    return seen.members.posted > 0 ? seen : null
  }, patience)
  await server.kill()
  expect(half.status).toBe('posting')

  const again = await start(false)
  try {
    const client = createClient({ url: again.url, key })
    const done = await vi.waitUntil(async () => {
      const seen = await client.call('readCorrection', { path })
      return seen.status === 'posting' ? null : seen
    }, patience)
    expect(done).toMatchObject({ status: 'done', failure: null, members: { posted: members, all: members } })
    expect(done.members.posted).toBeGreaterThan(half.members.posted)
    for (const member of ['m0', 'm199', 'm399']) {
      const { balances } = await client.call('readBalance', { path: { member } })
      expect(balances[0]).toMatchObject({ active: 100 })
    }
    expect(await client.call('verifyLedger', {})).toMatchObject({ clean: true })
    // The same key names the same correction, also after all that.
    expect((await client.call('startCorrection', { body: asked, idempotencyKey: 'once' })).id).toBe(id)
  } finally {
    await again.stop()
  }
})

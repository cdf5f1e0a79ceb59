import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { patience, pointPerPound, serversIn } from '../../../test/process/killed-server.ts'

const members = 400
const double = readFileSync(pointPerPound, 'utf8')
  .replace(/^inForce:.*\n/m, '')
  .replace('give: 1 points', 'give: 2 points')
const servers = serversIn('correction-killed')

test('COR-4 a correction whose server is killed while it posts goes on when there is one again, and posts to nobody twice', {
  timeout: 180_000,
}, async () => {
  const before = await servers.first(members)
  const draft = { path: { draft: 'double' }, body: { revision: 1, comment: '' } }
  await before.call('saveDraft', { path: draft.path, body: { revision: 0, document: double, note: '' } })
  await before.call('publishDraft', draft)
  const asked = { version: 2, from: '2026-01-01', reason: 'wrong-rate' }
  const { id } = await before.call('startCorrection', { body: asked, idempotencyKey: 'once' })
  const path = { correction: id }
  await vi.waitUntil(async () => (await before.call('readCorrection', { path })).status === 'shown', patience)
  await before.call('approveCorrection', { path })
  const { seen: half, client } = await servers.killOnce(async () => {
    const seen = await before.call('readCorrection', { path })
    return seen.members.posted > 0 ? seen : null
  })
  expect(half.status).toBe('posting')

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
})

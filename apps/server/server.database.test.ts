import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '@laurel/contract'
import { afterAll, expect, test, vi } from 'vitest'
import { createKey } from './access/create-key.ts'
import { clientOf, clubDocument, orderPaid } from './server.fixture.ts'
import { openServer, PortUnavailable } from './server.ts'
import { readSettings } from './settings.ts'

// A name that nobody else has; the folder itself is made by the server, which knows who must be able to enter it.
const dataFolder = join(tmpdir(), `laurel-server-test-${randomUUID()}`)
afterAll(() => rm(dataFolder, { recursive: true, force: true }))

const logged: string[] = []
const open = (port = '0', drainMs = 10_000) =>
  openServer(readSettings({}, { port, dataFolder, logLevel: 'warn' }), {
    logStream: { write: (line) => logged.push(line) },
    drainMs,
    databaseSettings: { fsync: 'off', shared_buffers: '32MB' },
  })

test('opens on an empty folder, stops, and finds everything again', async () => {
  const first = await open()
  const client = await clientOf(first)
  await client.call('publishProgram', { body: clubDocument })
  const occurredAt = new Date(first.context.now('club') - 3_600_000).toISOString()
  const event = { ...orderPaid('e1', 'maren', 4200), type: 'order.paid' as const, occurredAt }
  expect(await client.call('recordEvents', { body: event })).toMatchObject({ status: 'recorded' })
  await first.close()
  await first.close()

  const second = await open()
  const again = await clientOf(second)
  expect(await again.call('recordEvents', { body: event })).toMatchObject({ status: 'repeated' })
  expect(await again.call('readMember', { path: { member: 'maren' } })).toMatchObject({ balances: [{ active: 42 }] })
  expect((await again.call('verifyLedger', {})).clean).toBe(true)
  await second.close()
  expect(logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([])
})

test('a port in use is said, and leaves nothing running', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(open(String(port))).rejects.toThrow(PortUnavailable)
  const refused = { message: expect.stringContaining('is in use'), remedy: expect.stringContaining('--port') }
  await expect(open(String(port))).rejects.toMatchObject(refused)
  await new Promise((resolve) => other.close(resolve))
  // The folder is free again: nothing of the failed starts holds it.
  await (await open(String(port))).close()
})

test('a folder in use is said', async () => {
  const first = await open()
  await expect(open()).rejects.toMatchObject({ name: 'DatabaseFailure', code: 'data-folder-in-use' })
  await first.close()
})

test('a request under way is answered before the server ends', async () => {
  const server = await open()
  const client = await clientOf(server)
  const { recorder } = server.context
  const { recordMany } = recorder
  const entered = Promise.withResolvers<void>()
  vi.spyOn(recorder, 'recordMany').mockImplementation((submissions) => {
    entered.resolve()
    return recordMany(submissions)
  })
  const events = Array.from({ length: 300 }, (_, index) => ({
    ...orderPaid(`stop-${index}`, `m${index}`, 1000),
    type: 'order.paid' as const,
    occurredAt: new Date(server.context.now('club') - 3_600_000).toISOString(),
  }))
  const answers = client.call('recordEvents', { body: events })
  await entered.promise
  const closed = server.close()
  expect(await answers).toHaveLength(300)
  await closed
})

test('a body that comes byte by byte, or never, holds nobody up for ever', async () => {
  const server = await open('0', 200)
  const { hostname, port } = new URL(server.url)
  const { key } = await createKey(server.context, 'test', { program: 'club', name: 'slow', scopes, expiresAt: null })
  const slow = request({
    ...{ hostname, port, method: 'POST', path: '/v1/events' },
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-length': 1000 },
  })
  const ended = new Promise((resolve) => slow.on('error', resolve).on('close', resolve))
  slow.write('{')
  // The stop waits for it no longer than the drain, and ends it.
  const client = await clientOf(server)
  expect(await client.call('listVersions', {})).toMatchObject({ versions: [{ version: 1 }] })
  await server.close()
  await ended
})

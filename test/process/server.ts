// A Laurel in a process of its own, for tests that measure it, kill it or run two of them. Speaks over IPC.
import { readFileSync } from 'node:fs'
import { createClient, scopes } from '@laurel/contract'
import { createKey, openServer, readSettings } from '@laurel/server'
import type { Started, StartOrder } from './start-server.ts'

async function start(order: StartOrder): Promise<Started> {
  const settings = readSettings(order.environment ?? {}, {
    port: String(order.port),
    dataFolder: order.folder,
    databaseUrl: order.databaseUrl ?? '',
    logLevel: order.logLevel,
    keyRequestsPerSecondMax: '1000000',
  })
  const server = await openServer(settings, {
    logStream: process.stderr,
    ...(order.faces === undefined ? {} : { faces: order.faces }),
    ...(order.databaseSettings === undefined ? {} : { databaseSettings: order.databaseSettings }),
  })
  process.on('message', (message) => {
    if (message === 'stop') server.close().then(() => process.disconnect?.())
  })
  // Whoever started it is gone: nobody else would stop the database.
  process.on('disconnect', () => server.close())
  const { embedded } = server.context.database
  const started = { url: server.url, databaseUrl: embedded?.url ?? null, postgresPid: embedded?.pid() ?? null }
  if (order.program === null) return { ...started, key: null }
  const { id, file } = order.program
  const made = await createKey(server.context, 'test', {
    program: id,
    name: 'test',
    scopes: [...scopes],
    expiresAt: null,
  })
  await createClient({ url: server.url, key: made.key }).call('publishProgram', { body: readFileSync(file, 'utf8') })
  return { ...started, key: made.key }
}

process.on('message', (order: StartOrder | 'stop') => {
  if (order === 'stop') return
  start(order).then(
    (started) => process.send?.(started),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

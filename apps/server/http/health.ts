import { Problem } from '@laurel/contract'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import type { Authenticate } from './bind.ts'
import type { Metrics } from './metrics.ts'

export interface HealthOptions {
  readonly context: Context
  readonly version: string
  readonly metrics: Metrics
  readonly authenticate: Authenticate
  /** False from the moment the server is asked to stop. */
  readonly isOpen: () => boolean
}

/** So that a client with an open connection goes to another server, or comes back. */
export function refuseWhenShut(server: FastifyInstance, isOpen: () => boolean): void {
  server.addHook('onRequest', async () => {
    if (!isOpen()) throw new Problem('stopping', { retryAfterSeconds: 2 })
  })
}

/** What watches over the server asks: does it live, may it be sent requests, how is it doing. */
export function bindHealth(server: FastifyInstance, options: HealthOptions): void {
  const { context, version, metrics, authenticate, isOpen } = options
  server.get('/healthz', { config: { route: 'healthz' } }, async () => {
    const { kind, serverVersion, roles, warnings } = context.database
    return { status: 'ok', version, database: { kind, version: serverVersion, roles }, warnings }
  })
  server.get('/readyz', { config: { route: 'readyz' } }, async (_, reply) => {
    const isReady = isOpen() && (await context.database.isAnswering())
    if (!isReady) reply.code(503).header('retry-after', '2')
    return { status: isReady ? 'ready' : 'not-ready' }
  })
  server.get('/metrics', { config: { route: 'metrics' } }, async (request, reply) => {
    const { scopes } = await authenticate(request)
    if (!scopes.has('metrics:read')) throw new Problem('missing-scope', { extensions: { scope: 'metrics:read' } })
    return await reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

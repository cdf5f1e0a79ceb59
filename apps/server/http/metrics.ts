import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly registry: Registry
  /** Events by what became of them. */
  countEvent(status: string): void
  close(): void
}

/** Figures for Prometheus, of this server alone. Labels name routes, never members. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'laurel_' })
  const events = new Counter({
    name: 'laurel_events_total',
    help: 'Events by what became of them',
    labelNames: ['status'],
    registers: [registry],
  })
  return {
    registry,
    countEvent: (status) => events.inc({ status }),
    close: () => registry.clear(),
  }
}

/** Times every request. */
export function measureRequests(server: FastifyInstance, { registry }: Metrics): void {
  const seconds = new Histogram({
    name: 'laurel_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.route ?? request.routeOptions.url ?? 'none'
    seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

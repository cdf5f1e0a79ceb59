// A process of its own: keeps a number of connections busy for a while and reports what it saw, and what it cost.
import { setTimeout as delay } from 'node:timers/promises'
import { type Connection, openConnection, type Reply } from './connection.ts'
import { createShopper, type Shopper } from './shopper.ts'

export interface LoadOrder {
  readonly url: string
  readonly key: string | null
  /** Of a question, with `{member}`. */
  readonly path: string
  readonly kind: 'order' | 'cart' | 'question'
  readonly connections: number
  /** Of all connections together; null: each asks as soon as it is answered. */
  readonly perSecond: number | null
  readonly members: number
  /** Answers of this first stretch are not counted: connections open, code gets warm. */
  readonly warmUpMs: number
  readonly runMs: number
  readonly stream: string
  readonly seed: number
}

export interface LoadReport {
  readonly answered: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly mostMs: number
  /** Answers that were not 2xx, by status. */
  readonly otherByStatus: Readonly<Record<string, number>>
  /** The first body that was not 2xx. */
  readonly firstOther: string | null
  /** Of one core. */
  readonly cpuShare: number
}

async function run(order: LoadOrder): Promise<LoadReport> {
  const latencies: number[] = []
  const otherByStatus: Record<string, number> = {}
  let firstOther: string | null = null
  const countFrom = performance.now() + order.warmUpMs
  const end = countFrom + order.runMs
  let cpuBefore = process.cpuUsage()
  setTimeout(() => {
    cpuBefore = process.cpuUsage()
  }, order.warmUpMs)

  const shopper = createShopper(order.stream, order.seed, order.members)
  const everyMs = order.perSecond === null ? null : (1000 * order.connections) / order.perSecond
  const beganAt = performance.now()
  const keepBusy = async (_: unknown, index: number) => {
    const connection = openConnection(order.url, order.key)
    for (let count = 0; ; count++) {
      // Not all connections in one moment.
      const dueAt = everyMs === null ? null : beganAt + (count + index / order.connections) * everyMs
      if (dueAt !== null && dueAt > performance.now()) await delay(dueAt - performance.now())
      // Who had to wait for the answer before has waited for this one, too.
      const startedAt = dueAt ?? performance.now()
      if (startedAt >= end) break
      const reply = await ask(connection, shopper, order)
      const now = performance.now()
      if (reply.status >= 300) {
        otherByStatus[reply.status] = (otherByStatus[reply.status] ?? 0) + 1
        firstOther ??= reply.body
      } else if (startedAt >= countFrom && now <= end) latencies.push(now - startedAt)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: order.connections }, keepBusy))

  const cpu = process.cpuUsage(cpuBefore)
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return {
    answered: sorted.length,
    perSecond: sorted.length / (order.runMs / 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    mostMs: at(1),
    otherByStatus,
    firstOther,
    cpuShare: (cpu.user + cpu.system) / 1000 / order.runMs,
  }
}

function ask(connection: Connection, shopper: Shopper, { kind, path }: LoadOrder): Promise<Reply> {
  switch (kind) {
    case 'order':
      return connection.post(path, shopper.order(new Date().toISOString()))
    case 'cart':
      return connection.post(path, shopper.cart())
    case 'question':
      return connection.get(path.replace('{member}', shopper.member()))
  }
}

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => {
      process.send?.(report)
      process.disconnect?.()
    },
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

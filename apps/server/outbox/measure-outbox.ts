import { Gauge } from 'prom-client'
import type { Context } from '../context.ts'
import { rowOf } from '../db/transaction.ts'
import { outgoingWaiting } from '../decisions/outgoing.ts'
import type { Metrics } from '../http/metrics.ts'

/** What waits for its delivery, read when somebody looks: an hour is worth an alarm (GIFT-1). */
export function measureOutbox({ database, wallNow }: Context, { registry }: Metrics): void {
  const oldest = new Gauge({
    name: 'laurel_outbox_oldest_seconds',
    help: 'How long the oldest of what members sent each other has waited',
    registers: [registry],
  })
  new Gauge({
    name: 'laurel_outbox_waiting',
    help: 'What members sent each other and is not delivered yet',
    registers: [registry],
    async collect() {
      const row = await rowOf(database.application, outgoingWaiting())
      this.set(Number(row?.waiting ?? 0))
      oldest.set(row?.oldest == null ? 0 : Math.max(0, (wallNow() - Date.parse(row.oldest)) / 1000))
    },
  })
}

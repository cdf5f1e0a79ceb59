import { randomUUID } from 'node:crypto'
import type { Client, InsightRunAnswer } from '@laurel/contract'
import { waitForWork } from '../wait-for-work.ts'

/** Has everything read now, and waits for it. Whoever stops the command cancels the run: the reports stay as they were. */
export async function runInsights(
  client: Client,
  until: string | undefined,
  interrupted: AbortSignal,
  note: (text: string) => void,
): Promise<InsightRunAnswer> {
  const body = until === undefined ? {} : { until }
  const { id } = await client.call('startInsightRun', { body, idempotencyKey: randomUUID() })
  note('counting what was decided since, and fitting how members buy')
  const path = { run: id }
  return await waitForWork({
    read: () => client.call('readInsightRun', { path }),
    title: 'scoring members',
    remedy: 'try it once more; if it fails again, please report it',
    interrupted,
    cancel: () => client.call('cancelInsightRun', { path }),
  })
}

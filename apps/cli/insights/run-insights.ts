import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client, InsightRunAnswer } from '@laurel/contract'
import { CommandFailure, exitCodes } from '../exit.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { openProgress, type Progress } from '../terminal/progress.ts'

/** Nobody sees it move faster. */
const lookMs = 250

/** Has everything read now, and waits for it. Whoever stops the command cancels the run: the reports stay as they were. */
export async function runInsights(
  client: Client,
  until: string | undefined,
  interrupted: AbortSignal,
  note: (text: string) => void,
): Promise<InsightRunAnswer> {
  const body = until === undefined ? {} : { until }
  const { id } = await client.call('startInsightRun', { body, idempotencyKey: randomUUID() })
  try {
    return await whenDone(client, id, interrupted, note)
  } catch (error) {
    await client.call('cancelInsightRun', { path: { run: id } })
    throw error
  }
}

async function whenDone(
  client: Client,
  id: string,
  interrupted: AbortSignal,
  note: (text: string) => void,
): Promise<InsightRunAnswer> {
  note('counting what was decided since, and fitting how members buy')
  let progress: Progress | null = null
  for (;;) {
    if (interrupted.aborted) throw wasInterrupted()
    const run = await client.call('readInsightRun', { path: { run: id } })
    const { status, parts, failure } = run
    if (parts.all > 0) progress ??= openProgress('scoring members', parts.all, 'parts')
    progress?.reach(parts.done)
    switch (status) {
      case 'running':
        await delay(lookMs, undefined, { signal: interrupted }).catch(() => undefined)
        continue
      case 'done':
        progress?.finish()
        return run
      case 'cancelled':
        throw new CommandFailure(exitCodes.interrupted, 'somebody else has cancelled it', { remedy: 'begin it anew' })
      case 'failed':
        throw new CommandFailure(exitCodes.fault, failure ?? 'it has failed', {
          remedy: 'try it once more; if it fails again, please report it',
        })
    }
    status satisfies never
  }
}

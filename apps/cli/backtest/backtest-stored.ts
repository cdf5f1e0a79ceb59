import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BacktestReport, Client } from '@laurel/contract'
import type { Assumption } from '@laurel/engine'
import { CommandFailure, exitCodes } from '../exit.ts'
import { readText } from '../files.ts'
import type { LaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { wasInterrupted } from '../terminal/interruption.ts'
import { openProgress, type Progress } from '../terminal/progress.ts'

export interface StoredBacktest extends LaurelOptions {
  readonly assume: Assumption
  /** Instant; absent: now. */
  readonly until?: number
  readonly few: number
}

/** Nobody sees it move faster. */
const lookMs = 250

/** Lives what a Laurel has stored again, in its own threads. Whoever stops the command cancels it: nothing is left behind. */
export async function backtestStored(
  drafts: readonly string[],
  options: StoredBacktest,
  interrupted: AbortSignal,
): Promise<BacktestReport> {
  const body = {
    drafts: drafts.map(draftIn),
    assumption: options.assume,
    fewPercent: options.few,
    ...(options.until === undefined ? {} : { until: new Date(options.until).toISOString() }),
  }
  const { withLaurel } = await import('../open-laurel.ts')
  const scopes = ['programs:read', 'programs:write', 'ledger:read'] as const
  const work = async (client: Client): Promise<BacktestReport> => {
    const { id } = await client.call('startBacktest', { body, idempotencyKey: randomUUID() })
    const path = { backtest: id }
    try {
      await whenDone(client, id, interrupted)
    } catch (error) {
      await client.call('cancelBacktest', { path })
      throw error
    }
    return await client.call('readBacktestReport', { path })
  }
  return await withLaurel(options, scopes, 'laurel backtest', ({ client }) => work(client), { endsItself: true })
}

/** A document where there is one, else a draft by its id. */
function draftIn(given: string) {
  if (!existsSync(given) && /^[a-z0-9][a-z0-9-]{0,63}$/.test(given)) return { draft: given }
  const file = programFileOf(given)
  // It says better than the server where it is wrong.
  readProgramFile(file)
  return { name: nameOf(file), document: readText(file) }
}

const nameMax = 200

/** Where it lies on this machine is nobody's business; a folder stands for its program. */
function nameOf(file: string): string {
  const { base, dir } = path.parse(path.resolve(file))
  return (base === 'program.yaml' ? path.join(path.basename(dir), base) : base).slice(-nameMax)
}

async function whenDone(client: Client, id: string, interrupted: AbortSignal): Promise<void> {
  let progress: Progress | null = null
  for (;;) {
    if (interrupted.aborted) throw wasInterrupted()
    const { status, parts, failure } = await client.call('readBacktest', { path: { backtest: id } })
    if (parts.all > 0) progress ??= openProgress('deciding', parts.all, 'parts')
    progress?.reach(parts.done)
    switch (status) {
      case 'running':
        await delay(lookMs, undefined, { signal: interrupted }).catch(() => undefined)
        continue
      case 'done':
        progress?.finish()
        return
      case 'cancelled':
        throw new CommandFailure(exitCodes.interrupted, 'somebody else has cancelled it', {
          remedy: 'begin it anew',
        })
      case 'failed':
        throw new CommandFailure(exitCodes.fault, failure ?? 'it has failed', {
          remedy: 'npx laurel verify --decisions says more; if that finds nothing, please report it',
        })
    }
    status satisfies never
  }
}

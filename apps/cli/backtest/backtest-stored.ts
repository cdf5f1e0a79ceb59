import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { BacktestReport, Client } from '@laurel/contract'
import type { Assumption } from '@laurel/engine'
import { readText } from '../files.ts'
import type { LaurelOptions } from '../laurel-options.ts'
import { programFileOf, readProgramFile } from '../program-file.ts'
import { waitForWork } from '../wait-for-work.ts'

export interface StoredBacktest extends LaurelOptions {
  readonly assume: Assumption
  /** Instant; absent: now. */
  readonly until?: number
  readonly few: number
}

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
    await waitForWork({
      read: () => client.call('readBacktest', { path }),
      title: 'deciding',
      remedy: 'npx laurel verify --decisions says more; if that finds nothing, please report it',
      interrupted,
      cancel: () => client.call('cancelBacktest', { path }),
    })
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

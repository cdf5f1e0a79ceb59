import { type BacktestAnswer, Problem } from '@laurel/contract'
import type { Assumption } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { idOfKey } from '../decisions/identity.ts'
import type { Actor } from '../http/bind.ts'
import { isForAll } from '../programs/pilots.ts'
import { versionsOfProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { notAccepted, readyDocument } from '../publishing/add-version.ts'
import { programOfVersion, rewritingsOf } from '../publishing/compare-versions.ts'
import { draftById } from '../publishing/queries.ts'
import { type Asked, deleteOlderBacktests, insertBacktest, runningBacktest } from './queries.ts'
import { readBacktest } from './read-backtests.ts'

export interface BacktestToStart {
  readonly drafts: readonly ({ readonly draft: string } | { readonly name: string; readonly document: string })[]
  readonly assumption: Assumption
  /** Absent: now. */
  readonly until?: string | undefined
  readonly fewPercent: number
}

/** A hundred reports of a year are some 10 MB; what is older was decided upon long ago. */
const backtestsKept = 100

/** Writes down what is asked; whoever works at backtests finds it. The same key again is the same backtest. */
export async function startBacktest(
  context: ProgramContext,
  actor: Actor,
  input: BacktestToStart,
  idempotencyKey: string,
): Promise<BacktestAnswer> {
  const { program } = actor
  const id = idOfKey('backtest', program, idempotencyKey)
  await transaction(context.database.application, async (tx) => {
    const versions = await rowsOf(tx, versionsOfProgram(program))
    const last = versions.findLast(isForAll)
    if (last === undefined) throw new Problem('no-program')
    const now = context.now(program)
    const drafts = await draftsIn(tx, program, input.drafts)
    for (const { document } of drafts) {
      const ready = readyDocument(program, document)
      // What members hold could not be compared.
      const rewritings = rewritingsOf(programOfVersion(last), { ...ready, fromAt: now, publishedAt: now })
      if (rewritings.length > 0) throw notAccepted([...rewritings, ...ready.findings])
    }
    const { assumption, fewPercent } = input
    const asked: Asked = { drafts, assumption, fewPercent }
    const at = new Date(now).toISOString()
    const row = [JSON.stringify(asked), input.until ?? at, versions.length, at, actor.name] as const
    const askedAt = new Date(context.wallNow()).toISOString()
    const inserted = await countOf(tx, insertBacktest(program, id, ...row, askedAt))
    if (inserted === 0) {
      const running = await rowOf(tx, runningBacktest(program))
      if (running !== undefined && running.id !== id) {
        throw new Problem('backtest-running', { extensions: { backtest: running.id } })
      }
      return
    }
    await countOf(tx, deleteOlderBacktests(program, backtestsKept))
    const detail = { drafts: drafts.map(({ name, revision }) => ({ name, revision })), assumption }
    const subject = `backtest/${id}`
    await writeAudit(tx, context, { program, actor: actor.name, act: 'backtest.started', subject, detail })
  })
  return await readBacktest(context, program, id)
}

async function draftsIn(tx: Transaction, program: string, drafts: BacktestToStart['drafts']): Promise<Asked['drafts']> {
  const found: Asked['drafts'][number][] = []
  for (const each of drafts) {
    if ('document' in each) {
      found.push({ name: each.name, revision: null, document: each.document })
      continue
    }
    const row = await rowOf(tx, draftById(program, each.draft))
    if (row === undefined) throw new Problem('unknown-draft')
    found.push({ name: each.draft, revision: row.revision, document: row.document })
  }
  return found
}

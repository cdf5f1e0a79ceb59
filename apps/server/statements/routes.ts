import { Readable } from 'node:stream'
import { Problem } from '@laurel/contract'
import { answerSlowly } from '../http/answer-slowly.ts'
import type { Bind, BindRaw } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { exportBooks } from './export-books.ts'
import { listRoots } from './list-roots.ts'
import { readBalance } from './read-balance.ts'
import { readDecisions } from './read-decisions.ts'
import { readStatement } from './read-statement.ts'
import { verifyLedger } from './verify-ledger.ts'

/** When somebody may ask whether the export before is done. */
const exportAgainSeconds = 10

export function bindStatements(context: ProgramContext, bind: Bind, bindRaw: BindRaw): void {
  /** An export reads everything there is of a program: several at once would take the database from its members. */
  const exporting = new Set<string>()
  bind('readBalance', ({ actor, path, query }) => readBalance(context, actor.program, path.member, query))
  bind('readStatement', ({ actor, path, query }) => readStatement(context, actor.program, path.member, query))
  bind('readDecisions', ({ actor, query }) => readDecisions(context, actor.program, query))
  bind('listRoots', ({ actor, query }) => listRoots(context, actor.program, query))
  bindRaw('verifyLedger', async ({ actor, reply }) => answerSlowly(reply, verifyLedger(context, actor.program)))
  bindRaw('exportLedger', async ({ actor: { program }, reply }) => {
    if (exporting.has(program)) throw new Problem('too-many-requests', { retryAfterSeconds: exportAgainSeconds })
    exporting.add(program)
    const books = Readable.from(exportBooks(context, program), { objectMode: false })
    // Also where the client goes away before the end.
    books.once('close', () => exporting.delete(program))
    return reply.type('application/x-ndjson; charset=utf-8').send(books)
  })
}

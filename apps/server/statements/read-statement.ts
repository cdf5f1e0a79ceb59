import type { StatementLine } from '@laurel/contract'
import { localText } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, partsOfCursor } from '../http/cursor.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { type TransferRow, transfersBefore } from './queries.ts'
import { readInstants } from './read-instants.ts'

export interface StatementPage {
  readonly member: string
  readonly zone: string
  readonly lines: StatementLine[]
  readonly next: string | null
}

/** A page of a member's transfers, latest first, in the order in which they were written down. */
export async function readStatement(
  context: ProgramContext,
  program: string,
  member: string,
  { limit, cursor }: Page,
): Promise<StatementPage> {
  const gathered = await gatherMember(context, program, member)
  const { id, bucket, zone } = gathered
  const { application } = context.database
  const before = numberOf(partsOfCursor(cursor, 1)?.[0])
  const rows = await rowsOf(application, transfersBefore(bucket, program, id, before, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ number }) => [number])
  const instantOfLine = await readInstants(application, program, gathered, page)
  return { member, zone, lines: page.map((row) => lineOf(row, instantOfLine(row))), next }
}

/** Another list's cursor, or one that somebody made up, begins at the top. */
const numberOf = (part: string | number | undefined): number | null =>
  typeof part === 'number' && part > 0 && part < 2 ** 31 ? part : null

function lineOf(row: TransferRow, at: number): StatementLine {
  return {
    number: row.number,
    asset: row.asset,
    amount: changeOf(row),
    moved: row.amount,
    from: row.from_account,
    to: row.to_account,
    rule: row.rule,
    cause: row.cause,
    revision: row.revision,
    version: row.version,
    effective: localText(row.effective_ms),
    at: new Date(at).toISOString(),
    recordedAt: row.recorded_at,
    after: { pending: row.pending_after, active: row.active_after, held: row.held_after, debt: row.debt_after },
  }
}

/** Of what can be spent, net of debt: nothing where points wait or are held. */
function changeOf({ from_account, to_account, amount }: TransferRow): number {
  const counts = (account: string) => account === 'active' || account === 'debt'
  return (counts(to_account) ? amount : 0) - (counts(from_account) ? amount : 0)
}

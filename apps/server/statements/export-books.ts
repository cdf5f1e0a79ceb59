import { type Account, dayOf, type Effect, type LotEnd, type Member, startOf } from '@laurel/engine'
import { BooksWriter, type Closing, effectIdOf, type LotRow, type StoredDecision, type Transfer } from '@laurel/ledger'
import type { Context } from '../context.ts'
import { rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import {
  bucketRootsOf,
  bucketsOfProgram,
  type DecisionRow,
  type MemberOfBooks,
  membersOfBooks,
  membersOfBucket,
  rootsBefore,
  type TransferRow,
} from './queries.ts'
import { identityIn } from './read-decisions.ts'
import { membersTogether, rowsByMember } from './rows-by-member.ts'

/** Days of roots in an export; whoever keeps older ones has them from older exports. */
const closingsMax = 366

/**
 * The books of a program as the ledger's verifier reads them (LED-6), line by line, in bounded memory. Each bucket is read as of
 * one instant, so a member's decisions, balances and lots agree while recording goes on.
 */
export async function* exportBooks(context: ProgramContext, program: string): AsyncGenerator<string> {
  const writer = new BooksWriter()
  yield writer.header(program, context.now(program), await readClosings(context, program))
  const buckets = await rowsOf(context.database.application, bucketsOfProgram(program))
  for (const { bucket } of buckets) {
    for (const ids of await readIds(context, program, bucket)) {
      yield* await transaction(context.database.application, (tx) => writeMembers(tx, writer, program, bucket, ids))
    }
  }
  yield writer.footer()
}

async function readClosings(context: ProgramContext, program: string): Promise<Closing[]> {
  const zone = (await context.timelines.of(program))?.latest.zone ?? 'UTC'
  const { application } = context.database
  const rows = await rowsOf(application, rootsBefore(program, null, closingsMax))
  const closings: Closing[] = []
  for (const { day, root } of rows.toReversed()) {
    const buckets = await rowsOf(application, bucketRootsOf(program, day))
    closings.push({
      day,
      cutAt: instantOf(zone, startOf(dayOf(Date.parse(day)) + 1)),
      root: root.toString('hex'),
      buckets: buckets.map((each) => ({ bucket: each.bucket, root: each.root.toString('hex') })),
    })
  }
  return closings
}

/** Ids of a bucket's members, in order of their code units, in handfuls: no collation of a database sorts like this. */
async function readIds(context: Context, program: string, bucket: number): Promise<string[][]> {
  const rows = await rowsOf(context.database.application, membersOfBucket(bucket, program))
  const ids = rows.map(({ id }) => id).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return Array.from({ length: Math.ceil(ids.length / membersTogether) }, (_, index) =>
    ids.slice(index * membersTogether, (index + 1) * membersTogether),
  )
}

async function writeMembers(
  tx: Transaction,
  writer: BooksWriter,
  program: string,
  bucket: number,
  ids: readonly string[],
): Promise<string[]> {
  await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
  const place = [bucket, program, ids] as const
  const members = await rowsOf(tx, membersOfBooks(...place))
  const { decisions, transfers, balances } = await rowsByMember(tx, ...place)
  const memberById = new Map(members.map((member) => [member.id, member]))
  return ids.flatMap((id) => {
    const member = memberById.get(id)
    if (member === undefined) return []
    const transfersBySeq = Map.groupBy(transfers.get(id) ?? [], ({ seq }) => seq)
    return [
      writer.member(bucket, id),
      ...(decisions.get(id) ?? []).map((row) => writer.decision(decisionOf(row, transfersBySeq.get(row.seq) ?? []))),
      writer.state(stateOf(member, balances.get(id) ?? [])),
    ]
  })
}

function decisionOf(row: DecisionRow, transfers: readonly TransferRow[]): StoredDecision {
  const { seq, content, content_hash, engine, because } = row
  // As stored and hashed: an order's record leaves its content to the event of the same decision.
  const effects: Effect[] = JSON.parse(row.effects)
  const named =
    content === null || content_hash === null ? null : { ...identityIn(content), hash: content_hash.toString('hex') }
  return {
    entry: { seq, event: named, recordedAt: Date.parse(row.recorded_at), engine, because, effects },
    content: content === null ? null : JSON.parse(content),
    hash: row.hash.toString('hex'),
    transfers: transfers.map(transferOf),
  }
}

/** A row of the ledger as the ledger's own transfer. */
function transferOf(row: TransferRow): Transfer {
  const { asset, amount, cause, rule, version, revision, because, number } = row
  // The recorder writes these columns from the ledger's own transfers, and nothing ever changes them.
  const line = { cause, rule, asset, from: row.from_account as Account, to: row.to_account as Account }
  return {
    ...line,
    effectId: effectIdOf(line, revision),
    amount,
    version,
    revision,
    because,
    effective: row.effective_ms,
    number,
    after: { pending: row.pending_after, active: row.active_after, held: row.held_after, debt: row.debt_after },
  }
}

function stateOf(
  { seq, transfer_count, hash, state }: MemberOfBooks,
  balances: readonly { asset: string; pending: number; active: number; held: number; debt: number }[],
) {
  const { assets }: Pick<Member, 'assets'> = JSON.parse(state)
  const lots = assets.flatMap(({ asset, lots }) =>
    lots.map(
      (lot): LotRow => ({ asset, priority: lot.priority, lastDay: lot.lastDay satisfies LotEnd, amount: lot.amount }),
    ),
  )
  return { seq, hash: hash.toString('hex'), transferCount: transfer_count, balances, lots }
}

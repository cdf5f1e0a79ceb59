import { type Balance, Problem } from '@laurel/contract'
import { type Account, decide, type Effect, versionAt } from '@laurel/engine'
import { balancesAt } from '@laurel/ledger'
import { rowsOf } from '../db/transaction.ts'
import { balancesOf } from '../decisions/balances.ts'
import { stampOf } from '../decisions/stamp.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { transfersOfMember } from './queries.ts'
import { readInstants } from './read-instants.ts'

export interface BalanceAnswer {
  readonly member: string
  readonly at: string
  readonly knownAt: string
  readonly balances: Balance[]
}

/** Balances at an instant (effective) as known at another (recorded), both now where nothing is said (LED-8). */
export async function readBalance(
  context: ProgramContext,
  program: string,
  member: string,
  asked: { readonly at?: string | undefined; readonly knownAt?: string | undefined },
): Promise<BalanceAnswer> {
  const gathered = await gatherMember(context, program, member)
  const now = gathered.stamp.at
  const at = asked.at === undefined ? now : Date.parse(asked.at)
  const knownAt = asked.knownAt === undefined ? now : Date.parse(asked.knownAt)
  refuseFuture([
    { path: 'query/at', at, now },
    { path: 'query/knownAt', at: knownAt, now },
  ])
  const answer = { member, at: new Date(at).toISOString(), knownAt: new Date(knownAt).toISOString() }
  const { timeline } = gathered
  if (at === now && knownAt === now) {
    return { ...answer, balances: balancesOf(gathered.member.assets, timeline, gathered.stamp.version) }
  }
  const { application } = context.database
  const rows = await rowsOf(application, transfersOfMember(gathered.bucket, program, gathered.id))
  const instantOfLine = await readInstants(application, program, gathered, rows)
  const lines = rows.map((row) => ({
    asset: row.asset,
    // Written by the recorder from the ledger's own transfers.
    from: row.from_account as Account,
    to: row.to_account as Account,
    amount: row.amount,
    at: instantOfLine(row),
    recordedAt: Date.parse(row.recorded_at),
  }))
  const unrecorded = knownAt === now ? movesUntil(gathered, at, now) : []
  const balances = balancesAt([...lines, ...unrecorded], at, knownAt)
  return {
    ...answer,
    balances: balancesOf(balances, timeline, versionAt(timeline, at, knownAt)?.program.version ?? null),
  }
}

function refuseFuture(instants: readonly { path: string; at: number; now: number }[]): void {
  const errors = instants
    .filter(({ at, now }) => at > now)
    .map(({ path }) => ({ path, message: 'must not be in the future' }))
  if (errors.length > 0) throw new Problem('invalid-request', { errors })
}

/** What time alone has moved by then and nobody has written down yet: it counts from its own moment (TIME-4). */
function movesUntil({ timeline, latest, stored }: GatheredMember, at: number, now: number) {
  const { effects } = decide(timeline, stored, { type: 'time.passed', stamp: stampOf(timeline, latest, at, null, at) })
  return effects.flatMap((effect: Effect) => (effect.type === 'move' ? [{ ...effect, at, recordedAt: now }] : []))
}

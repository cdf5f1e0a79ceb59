import { Problem, type SettlementAnswer } from '@laurel/contract'
import { sumOf } from '@laurel/ledger'
import { rowsOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { partySums } from './party-sums.ts'
import { movedWithParties } from './queries.ts'

/** What was decided before midnight is written by then, or the caller has been told that it failed. */
const WRITTEN_BY_MS = 60 * 60_000

/**
 * Who owes whom for a month (PART-1), by the time of recording: transfers are only ever added at the present, so that a month
 * which is over stays what it was. The program owes what all the others are owed.
 */
export async function settleMonth(context: ProgramContext, actor: Actor, month: string): Promise<SettlementAnswer> {
  const found = await context.timelines.of(actor.program)
  if (found === null) throw new Problem('no-program')
  const { latest, timeline } = found
  const [year = 0, number = 0] = month.split('-').map(Number)
  const [from, to] = [Date.UTC(year, number - 1, 1), Date.UTC(year, number, 1)].map((local) =>
    instantOf(latest.zone, local),
  )
  if (from === undefined || to === undefined) throw new Error('a month has a beginning and an end')
  const bounds = [new Date(from).toISOString(), new Date(to).toISOString()] as const
  const rows = await rowsOf(context.database.application, movedWithParties(actor.program, ...bounds))
  const programOf = (version: number) => timeline.find(({ program }) => program.version === version)?.program ?? latest
  const sums = partySums(rows, programOf)
  const all = sums.map(({ amounts, owes, ...party }) => ({
    ...party,
    owes: sumOf(owes),
    amounts: amounts.map(({ asset, issued, received }) => ({
      asset,
      issued: sumOf(issued),
      received: sumOf(received),
    })),
  }))
  const parties =
    actor.partner === null ? all : all.filter(({ kind, id }) => kind === 'partner' && id === actor.partner)
  return {
    month,
    currency: latest.currency.code,
    ended: localOf(latest.zone, context.now(actor.program) - WRITTEN_BY_MS) >= localOf(latest.zone, to),
    parties,
    programOwes: actor.partner === null ? sumOf(-sums.reduce((sum, { owes }) => sum + owes, 0n)) : null,
  }
}

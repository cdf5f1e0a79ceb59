import { type FiguresAnswer, Problem } from '@laurel/contract'
import { dayOf, dayText, type Program } from '@laurel/engine'
import { sumOf } from '@laurel/ledger'
import { rowOf, rowsOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { joinedSince, membersInAll, type OutstandingRow, outstandingByAsset } from './queries.ts'

/**
 * A million members with two balances each were counted in half a second on two cores. Long enough that a hundred people who look cost
 * what one does; short enough for whoever watches a day go by.
 */
const trustedForMs = 300_000
const weeks = 26
const daysOfWeek = 7

export type FigureReader = (program: string) => Promise<FiguresAnswer>

/** Counts anew where what was counted last is old; who asks meanwhile waits for the same count. */
export function createFigureReader(context: ProgramContext): FigureReader {
  const byProgram = new Map<string, { readonly until: number; readonly figures: Promise<FiguresAnswer> }>()
  return async (program) => {
    const known = byProgram.get(program)
    if (known !== undefined && context.wallNow() < known.until) return await known.figures
    const figures = countFigures(context, program)
    byProgram.set(program, { until: context.wallNow() + trustedForMs, figures })
    // What came to nothing is asked for again.
    figures.catch(() => byProgram.delete(program))
    return await figures
  }
}

async function countFigures(context: ProgramContext, program: string): Promise<FiguresAnswer> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const { latest } = found
  const { application } = context.database
  const now = context.now(program)
  const today = dayOf(localOf(latest.zone, now))
  const first = today - weeks * daysOfWeek + 1
  const [all, joined, balances] = await Promise.all([
    rowOf(application, membersInAll(program)),
    rowsOf(application, joinedSince(program, first, today)),
    rowsOf(application, outstandingByAsset(program)),
  ])
  return {
    zone: latest.zone,
    asOf: new Date(context.wallNow()).toISOString(),
    members: all?.members ?? 0,
    joined: Array.from({ length: weeks }, (_, week) => {
      const from = first + week * daysOfWeek
      const until = from + daysOfWeek - 1
      const inWeek = joined.filter(({ joined_on }) => joined_on >= from && joined_on <= until)
      return {
        from: dayText(from),
        until: dayText(until),
        members: inWeek.reduce((sum, { members }) => sum + members, 0),
      }
    }),
    outstanding: latest.assets.map(({ id, worth }) =>
      outstandingOf(balances.find(({ asset }) => asset === id) ?? nothingOf(id), worth),
    ),
  }
}

const nothingOf = (asset: string): OutstandingRow => ({
  ...{ asset, members: 0 },
  ...{ active: '0', pending: '0', held: '0', debt: '0' },
})

/** What it is worth is rounded down. */
function outstandingOf({ asset, members, ...row }: OutstandingRow, worth: Program['assets'][number]['worth']) {
  const [active, pending, held] = [BigInt(row.active), BigInt(row.pending), BigInt(row.held)]
  const inAll = active + pending + held
  return {
    asset,
    active: sumOf(active),
    pending: sumOf(pending),
    held: sumOf(held),
    inAll: sumOf(inAll),
    debt: sumOf(BigInt(row.debt)),
    members,
    worth: worth === null ? null : sumOf((inAll * BigInt(worth.minor)) / BigInt(worth.amount)),
  }
}

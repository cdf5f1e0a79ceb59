import {
  type Account,
  type BooksStanding,
  dayOf,
  decide,
  lapseOf,
  type Member,
  type MemberStanding,
  type Move,
  progressOf,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import { CHART } from '@laurel/ledger'

/** A member as of a moment, read off the engine's state: time is let pass first, and nothing is kept of it (TIME-4). */
export function standingOf(timeline: Timeline, state: Member, passed: TimePassed): MemberStanding {
  const { member } = decide(timeline, state, passed)
  return {
    balances: member.assets,
    lots: member.assets.flatMap(({ asset, lots }) =>
      lots.map(({ amount, lastDay }) => {
        const lapse = lapseOf({ timeline }, member, asset, lastDay)
        return { asset, amount, lapsesAfter: lapse === null ? null : dayOf(lapse) - 1 }
      }),
    ),
    tiers: progressOf(timeline, member, passed.stamp.local).map(({ ladder, level, atRisk, toRise, toStay }) => ({
      ladder,
      level,
      atRisk,
      toRise: toRise?.missing ?? null,
      toStay: toStay?.missing ?? null,
    })),
    segments: member.segments,
    tags: member.tags,
  }
}

/** The program's own accounts: where members' amounts come from, what it gave; where they go, what it has. */
export function booksOf(moves: Iterable<Pick<Move, 'asset' | 'from' | 'to' | 'amount'>>): BooksStanding {
  const books = new Map<string, Map<string, number>>()
  const add = (account: Account, asset: string, amount: number) => {
    const name = account.replace(':', ' ')
    const amounts = books.get(name) ?? new Map<string, number>()
    amounts.set(asset, (amounts.get(asset) ?? 0) + (CHART[account].grows === 'from' ? -amount : amount))
    books.set(name, amounts)
  }
  for (const { asset, from, to, amount } of moves) {
    add(from, asset, -amount)
    add(to, asset, amount)
  }
  return books
}

import type { Effect, Member } from '@laurel/engine'
import { type Book, balance } from './book.ts'
import { usedOf } from './caps.ts'
import { levelHeld } from './tiers.ts'

/** Differences between the second book and the first, in words; none is the wanted answer. */

export function compare(book: Book, member: Member): string[] {
  return [...balances(book, member), ...lots(book, member), ...tiers(book, member), ...counts(book, member)]
}

const differ = (what: string, audited: unknown, found: unknown): string[] =>
  audited === found ? [] : [`${what}: audited ${audited}, found ${found}`]

function balances(book: Book, member: Member): string[] {
  const assets = new Set([...book.entries.map((each) => each.asset), ...member.assets.map((each) => each.asset)])
  return [...assets].flatMap((asset) => {
    const found = member.assets.find((each) => each.asset === asset)
    return (['pending', 'active', 'held', 'debt'] as const).flatMap((account) =>
      differ(`${account} ${asset}`, balance(book, asset, account), found?.[account] ?? 0),
    )
  })
}

function lots(book: Book, member: Member): string[] {
  const audited = totals(
    book.parcels.map((each) => [`${each.asset}, class ${each.priority}, until ${each.lastDay}`, each.amount]),
  )
  const found = totals(
    member.assets.flatMap((state) =>
      state.lots.map((each): [string, number] => [
        `${state.asset}, class ${each.priority}, until ${each.lastDay}`,
        each.amount,
      ]),
    ),
  )
  return sides('lot', audited, found)
}

function tiers(book: Book, member: Member): string[] {
  const ladders = book.timeline[0]?.program.ladders ?? []
  return ladders.flatMap((ladder) => {
    const found = member.ladders.find((each) => each.ladder === ladder.id)
    return differ(
      `tier on ${ladder.id}`,
      levelHeld(book, ladder),
      found === undefined ? ladder.levels[0]?.id : levelOf(found),
    )
  })
}

const levelOf = (found: Member['ladders'][number]): string => found.level

/** Room used, as the caps would see it at the last use of each. */
function counts(book: Book, member: Member): string[] {
  const caps = new Map(book.timeline.flatMap((entry) => entry.program.caps.map((cap) => [cap.id, cap] as const)))
  return [...caps.values()].flatMap((cap) => {
    if (cap.span.type === 'order') return []
    const last = Math.max(...book.uses.filter((use) => use.cap === cap.id).map((use) => use.local))
    if (!Number.isFinite(last)) return []
    const { span } = cap
    const audited = usedOf(book.uses, cap, last)
    const periods = new Map<number, number>()
    for (const count of member.counts) {
      if (count.cap === cap.id) periods.set(count.period, (periods.get(count.period) ?? 0) + count.used)
    }
    // The newest period a member's state still knows; a sliding window is the sum of all it knows.
    const found =
      span.type === 'sliding'
        ? [...periods]
            .filter(([at]) => usedOf([{ cap: cap.id, local: at, change: 1, order: null }], cap, last) === 1)
            .reduce((sum, [, used]) => sum + used, 0)
        : (periods.get(Math.max(...periods.keys())) ?? 0)
    return differ(`used of ${cap.id}`, audited, found)
  })
}

/** Net of everything booked, by cause, rule, asset and accounts (LED-5); kinds of movement are one in both books. */
export function compareEntries(book: Book, effects: readonly Effect[]): string[] {
  const audited = totals(book.entries.map((each) => [nameOf(each), each.amount]))
  const found = totals(
    effects.flatMap((each): [string, number][] => (each.type === 'move' ? [[nameOf(each), each.amount]] : [])),
  )
  return sides('entry', audited, found)
}

const nameOf = (each: { cause: string; rule: string; asset: string; from: string; to: string }): string =>
  `${each.cause} ${each.rule}: ${each.asset} ${each.from} -> ${each.to}`

function totals(pairs: readonly (readonly [string, number])[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const [key, amount] of pairs) found.set(key, (found.get(key) ?? 0) + amount)
  return found
}

function sides(what: string, audited: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): string[] {
  const keys = new Set([...audited.keys(), ...found.keys()])
  return [...keys].flatMap((key) => differ(`${what} ${key}`, audited.get(key) ?? 0, found.get(key) ?? 0))
}

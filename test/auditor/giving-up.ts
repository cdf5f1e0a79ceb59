import type { ActivePart, Conversion, LocalTime, LotEnd, Program } from '@laurel/engine'
import { type Book, balance, inForceAt, post } from './book.ts'
import { assetFor } from './declared.ts'
import { rounded, spread, sum } from './exact.ts'
import { credit, lapseMoment, stretchOn, takeParcels } from './lots.ts'
import { dayAt } from './time.ts'

/** TRN-2: what a version gives up becomes another asset, at its start and whenever something comes later. */

/** The last start by a moment of a version that converts something of which there is some; its name is the cause. */
export function nextStart(book: Book, local: LocalTime): { readonly moment: LocalTime; readonly id: string } | null {
  const starts = book.timeline
    .map(({ program, fromLocal, publishedLocal }) => ({ program, moment: Math.max(fromLocal, publishedLocal) }))
    .filter(({ program, moment }) => moment <= local && inForceAt(book, moment) === program)
    .filter(({ moment }) => book.begun === null || moment > book.begun)
    .filter(({ program }) => conversionsOf(program).some(([asset]) => isThere(book, asset)))
  const last = starts.at(-1)
  return last === undefined ? null : { moment: last.moment, id: `begin/version/${last.program.version}` }
}

const isThere = (book: Book, asset: string): boolean =>
  balance(book, asset, 'active') > 0 || balance(book, asset, 'debt') > 0

const conversionsOf = (program: Program | null): [string, Conversion][] =>
  [...(program?.transitions.assets ?? [])].flatMap(([asset, each]) => (each.type === 'convert' ? [[asset, each]] : []))

export function convertWhatCame(book: Book, cause: string, local: LocalTime): void {
  for (const [asset, conversion] of conversionsOf(inForceAt(book, local))) {
    if (isThere(book, asset)) convert(book, asset, conversion, cause, local)
  }
}

function convert(book: Book, asset: string, conversion: Conversion, cause: string, local: LocalTime): void {
  const { to } = conversion
  const owed = balance(book, asset, 'debt')
  // What is over lapses, and becomes nothing (LOT-5).
  const parts = takeParcels(book, asset, Number.MAX_SAFE_INTEGER, ({ lastDay }) => {
    const over = lapseMoment(book, asset, lastDay)
    return over === null || over > local
  })
  const usable = sum(parts.map((part) => part.amount))
  const before = book.converted.get(asset) ?? 0
  book.converted.set(asset, before + usable - owed)
  const named = { cause, rule: 'convert' }
  post(book, { ...named, asset, from: 'active', to: 'adjusted', amount: usable })
  post(book, { ...named, asset, from: 'adjusted', to: 'debt', amount: owed })
  const change = worth(before + usable - owed, conversion) - worth(before, conversion)
  const priority = assetFor(book, local, to)?.burnOrder.length ?? 0
  const amounts = spread(
    Math.max(change, 0),
    parts.map((part) => part.amount),
  )
  for (const [index, amount] of amounts.entries()) {
    const lastDay = endAfter(book, asset, to, parts[index]?.lastDay ?? 'never', local)
    credit(book, { ...named, day: dayAt(local) }, 'adjusted', { asset: to, priority, lastDay, amount })
  }
  const covered = sum(takeParcels(book, to, Math.max(-change, 0), () => true).map((part) => part.amount))
  post(book, { ...named, asset: to, from: 'active', to: 'adjusted', amount: covered })
  post(book, { ...named, asset: to, from: 'debt', to: 'adjusted', amount: Math.max(-change, 0) - covered })
}

/** What went by silence goes by that of the other asset, or has the day on which it would have ended. */
function endAfter(book: Book, asset: string, to: string, end: ActivePart['lastDay'], local: LocalTime): LotEnd {
  if (end === 'uncovered' || end === 'never') return 'never'
  if (typeof end === 'number') return end
  if (assetFor(book, local, to)?.expiry.type === 'inactive') return stretchOn(book, to, dayAt(local))
  const moment = lapseMoment(book, asset, end)
  return moment === null ? 'never' : dayAt(moment) - 1
}

/** Rounded once. What is below nothing is looked at so many whole, even steps higher. */
function worth(amount: number, { give, per, round }: Conversion): number {
  const step = 2 * per.numerator
  const steps = amount < 0 ? Math.ceil(-amount / step) : 0
  const exact = { n: BigInt((amount + steps * step) * give * per.denominator), d: BigInt(per.numerator) }
  return rounded(exact, round) - steps * 2 * give * per.denominator
}

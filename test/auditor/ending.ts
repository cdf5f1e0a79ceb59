import type { LocalTime } from '@laurel/engine'
import { burnsNoMore } from './bars.ts'
import { type Book, inForceAt } from './book.ts'
import { assetFor } from './declared.ts'
import { goes } from './leaving.ts'
import { endReservations } from './redemptions.ts'

/** END-4: the end of a program, and what becomes of what is left. */

/** The first moment after what the member has gone through at which the program is over, and was not just before. */
export function nextEnd(book: Book): LocalTime | null {
  const isOverAt = (local: LocalTime) => burnsNoMore(inForceAt(book, local), local)
  const moments = book.timeline.flatMap(({ program, fromLocal, publishedLocal }) => [
    ...(program.closing === null ? [] : [program.closing.burnsUntil]),
    Math.max(fromLocal, publishedLocal),
  ])
  const ends = moments.filter(
    (moment) => moment > (book.ended ?? Number.NEGATIVE_INFINITY) && isOverAt(moment) && !isOverAt(moment - 1),
  )
  return ends.length === 0 ? null : Math.min(...ends)
}

export function endProgram(book: Book, cause: string, local: LocalTime, moment: LocalTime): void {
  endReservations(book, cause, local)
  book.ended = moment
  clearWhatCame(book, cause, local)
}

/** What is worth something goes to the charity that is named, all else to nobody. */
export function clearWhatCame(book: Book, cause: string, local: LocalTime): void {
  const program = inForceAt(book, local)
  if (book.ended === null || program?.closing == null || !burnsNoMore(program, local)) return
  const { left } = program.closing
  for (const held of [...book.pendings, ...book.parcels]) {
    if (held.amount === 0) continue
    const isGiven = left.type === 'charity' && assetFor(book, local, held.asset)?.worth != null
    goes(book, held, { cause, rule: 'closing', local, to: isGiven ? `charity:${left.charity}` : 'forfeited' })
  }
}

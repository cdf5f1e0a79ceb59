import type { Found, LocalTime, Program } from '@laurel/engine'
import { awayOf, type Book } from './book.ts'

/** END-2 to END-4: what a program asks of a member, whom it leaves out, and when it ends. */

type Deed = 'earn' | 'redeem'

const isOver = (end: 'earnsUntil' | 'burnsUntil') => (program: Program | null, local: LocalTime) =>
  program?.closing != null && local >= program.closing[end]
export const earnsNoMore = isOver('earnsUntil')
export const burnsNoMore = isOver('burnsUntil')

export function earningBar(book: Book, program: Program, local: LocalTime): Found['away'] {
  const away = awayOf(book)
  if (away !== null) return away
  if (earnsNoMore(program, local)) return 'closed'
  return book.footing.mark !== null && !program.staffEarn ? 'staff-or-test' : unmet(book, program, 'earn')
}

export function redeemingBar(book: Book, program: Program, local: LocalTime) {
  const away = awayOf(book)
  if (away !== null) return away
  return burnsNoMore(program, local) ? ('closed' as const) : unmet(book, program, 'redeem')
}

function unmet({ footing }: Book, { terms, minimumAge }: Program, deed: Deed) {
  const isAccepted = terms === null || !terms.for.has(deed) || footing.terms.includes(terms.current)
  if (!isAccepted) return 'terms-not-accepted' as const
  const isOfAge = minimumAge === null || !minimumAge.for.has(deed) || footing.age >= minimumAge.years
  return isOfAge ? null : ('too-young' as const)
}

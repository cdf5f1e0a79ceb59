import type { LocalTime } from '@laurel/engine'
import { type Book, balance, inForceAt, noTime, post } from './book.ts'
import type { Forfeit, Parcel, Pending } from './records.ts'
import { endReservations } from './redemptions.ts'
import { dayAfter, dayAt } from './time.ts'
import { revokeAll } from './vouchers.ts'

/** END-1, LED-9: what becomes of what a member had who is gone. */

export function leave(book: Book, local: LocalTime): void {
  if (book.left !== null) return
  const after = inForceAt(book, local)?.leaving.forfeitAfter ?? noTime
  book.left = { forfeitOn: dayAfter(dayAt(local), after), forGood: false }
}

/** What is held comes free and repays what is owed; all else that is there goes. */
export function forfeit(book: Book, cause: string, local: LocalTime): void {
  if (book.left === null) return
  endReservations(book, cause, local)
  book.left = { ...book.left, forfeitOn: null }
  forfeitWhatCame(book, cause, local)
}

/** Once time is up, nothing stays with the member whatever brings it. */
export function forfeitWhatCame(book: Book, cause: string, local: LocalTime): void {
  if (book.left === null || book.left.forfeitOn !== null) return
  revokeAll(book)
  for (const held of [...book.pendings, ...book.parcels]) {
    goes(book, held, { cause, rule: 'forfeit', local, to: 'forfeited' })
  }
}

interface Going {
  readonly cause: string
  readonly rule: string
  readonly local: LocalTime
  readonly to: Forfeit['to']
}

/** Refunds may still ask where it went. */
export function goes(book: Book, held: Pending | Parcel, { cause, rule, local, to }: Going): void {
  const isPending = 'dueOn' in held
  const { asset, amount, priority } = held
  held.amount = 0
  post(book, { cause, rule, asset, from: isPending ? 'pending' : 'active', to, amount })
  const [order, lastDay] = isPending ? [held.order, 'never' as const] : [null, held.lastDay]
  if (!isPending || order !== null) {
    book.forfeits.push({ asset, priority, lastDay, order, on: dayAt(local), to, amount })
  }
}

/** Nobody will ever pay what an erased member owes. */
export function writeOff(book: Book, cause: string): void {
  for (const asset of new Set(book.entries.map((entry) => entry.asset))) {
    post(book, { cause, rule: 'write-off', asset, from: 'adjusted', to: 'debt', amount: balance(book, asset, 'debt') })
  }
}

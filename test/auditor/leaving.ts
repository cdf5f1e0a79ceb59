import type { LocalTime } from '@laurel/engine'
import { type Book, balance, inForceAt, noTime, post } from './book.ts'
import { release } from './redemptions.ts'
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
  for (const redemption of book.redemptions.values()) {
    if (redemption.state !== 'held') continue
    release(book, redemption, cause, local)
    redemption.state = 'cancelled'
  }
  book.left = { ...book.left, forfeitOn: null }
  forfeitWhatCame(book, cause, local)
}

/** Once time is up, nothing stays with the member whatever brings it. */
export function forfeitWhatCame(book: Book, cause: string, local: LocalTime): void {
  if (book.left === null || book.left.forfeitOn !== null) return
  revokeAll(book)
  for (const held of [...book.pendings, ...book.parcels]) {
    const isPending = 'dueOn' in held
    const { asset, amount, priority } = held
    held.amount = 0
    post(book, { cause, rule: 'forfeit', asset, from: isPending ? 'pending' : 'active', to: 'forfeited', amount })
    const [order, lastDay] = isPending ? [held.order, 'never' as const] : [null, held.lastDay]
    if (!isPending || order !== null) {
      book.forfeits.push({ asset, priority, lastDay, order, on: dayAt(local), to: 'forfeited', amount })
    }
  }
}

/** Nobody will ever pay what an erased member owes. */
export function writeOff(book: Book, cause: string): void {
  for (const asset of new Set(book.entries.map((entry) => entry.asset))) {
    post(book, { cause, rule: 'write-off', asset, from: 'adjusted', to: 'debt', amount: balance(book, asset, 'debt') })
  }
}

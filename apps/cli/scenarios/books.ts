import type { Account, BooksStanding, Moved } from '@laurel/engine'
import { growsOn } from '@laurel/ledger'

/** The program's own accounts: where members' amounts come from, what it gave; where they go, what it has. */
export function booksOf(moves: Iterable<Moved>): BooksStanding {
  const books = new Map<string, Map<string, number>>()
  const add = (account: Account, asset: string, amount: number) => {
    const name = account.replace(':', ' ')
    const amounts = books.get(name) ?? new Map<string, number>()
    amounts.set(asset, (amounts.get(asset) ?? 0) + (growsOn(account) === 'from' ? -amount : amount))
    books.set(name, amounts)
  }
  for (const { asset, from, to, amount } of moves) {
    add(from, asset, -amount)
    add(to, asset, amount)
  }
  return books
}

import type { Account, BooksStanding, Move, Moved, PartnerStanding, Program } from '@laurel/engine'
import { growsOn } from '@laurel/ledger'
import { partySums } from '@laurel/server'

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

/** What partners and the program owe each other, by the one version that a scenario has. */
export function partnersOf(program: Program, moves: Iterable<Move>): Map<string, PartnerStanding> {
  const rows = [...moves].flatMap(({ asset, from, to, amount, version }) =>
    [from, to].some((account) => account.startsWith('partner:'))
      ? [{ asset, from_account: from, to_account: to, amount: `${amount}`, version }]
      : [],
  )
  // What a scenario writes down fits a number.
  const sumOf = (amounts: readonly bigint[]): number => Number(amounts.reduce((sum, amount) => sum + amount, 0n))
  return new Map(
    partySums(rows, () => program).map(({ id, amounts, owes }) => [
      id,
      {
        issued: sumOf(amounts.map(({ issued }) => issued)),
        burned: sumOf(amounts.map(({ received }) => received)),
        owes: Number(owes),
      },
    ]),
  )
}

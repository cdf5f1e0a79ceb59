import type { Account } from '@laurel/engine'
import type { Transfer } from './transfers.ts'

export interface TotalRow {
  readonly asset: string
  readonly account: Account
  /** What arrived less what left, over all members; a debt that stands is below zero. */
  readonly position: number
}

/**
 * Positions of all accounts over any number of transfers. What leaves one account arrives in another, so per asset they sum
 * to zero. Sums are exact up to 2^53 - 1.
 */
export class TrialBalance {
  readonly #positionsByAsset = new Map<string, Map<Account, number>>()

  add({ asset, from, to, amount }: Pick<Transfer, 'asset' | 'from' | 'to' | 'amount'>): void {
    const positions = this.#positionsByAsset.get(asset) ?? new Map<Account, number>()
    this.#positionsByAsset.set(asset, positions)
    positions.set(from, (positions.get(from) ?? 0) - amount)
    positions.set(to, (positions.get(to) ?? 0) + amount)
  }

  /** Accounts that ever moved, by asset and account in code unit order. */
  rows(): TotalRow[] {
    return [...this.#positionsByAsset]
      .flatMap(([asset, positions]) => [...positions].map(([account, position]) => ({ asset, account, position })))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }
}

const keyOf = (row: TotalRow): string => JSON.stringify([row.asset, row.account])

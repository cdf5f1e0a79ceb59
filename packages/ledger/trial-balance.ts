import type { Account } from '@laurel/engine'
import type { Transfer } from './transfers.ts'

/**
 * A sum over members, which no limit of a single amount bounds: a number up to 2^53 - 1 either way, and beyond that, where
 * readers of JSON differ about numbers, its decimal digits as text. Each sum is written in one way only.
 */
export type Sum = number | string

export interface TotalRow {
  readonly asset: string
  readonly account: Account
  /** What arrived less what left, over all members; a debt that stands is below zero. */
  readonly position: Sum
}

/**
 * Positions of all accounts over any number of transfers. What leaves one account arrives in another, so per asset they sum
 * to zero, exactly, however large they are.
 */
export class TrialBalance {
  readonly #positionsByAsset = new Map<string, Map<Account, bigint>>()

  add({ asset, from, to, amount }: Pick<Transfer, 'asset' | 'from' | 'to' | 'amount'>): void {
    const positions = this.#positionsByAsset.get(asset) ?? new Map<Account, bigint>()
    this.#positionsByAsset.set(asset, positions)
    const moved = BigInt(amount)
    positions.set(from, (positions.get(from) ?? 0n) - moved)
    positions.set(to, (positions.get(to) ?? 0n) + moved)
  }

  /** Accounts that ever moved, by asset and account in code unit order. */
  rows(): TotalRow[] {
    return [...this.#positionsByAsset]
      .flatMap(([asset, positions]) =>
        [...positions].map(([account, position]) => ({ asset, account, position: sumOf(position) })),
      )
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }
}

/** Whether a value is a sum, in the one way in which it is written. */
export const isSum = (value: unknown): value is Sum =>
  Number.isSafeInteger(value) ||
  (typeof value === 'string' && /^-?[1-9]\d*$/.test(value) && !Number.isSafeInteger(Number(value)))

/** In the one way in which it is written. */
export const sumOf = (exact: bigint): Sum => (Number.isSafeInteger(Number(exact)) ? Number(exact) : String(exact))

const keyOf = (row: TotalRow): string => JSON.stringify([row.asset, row.account])

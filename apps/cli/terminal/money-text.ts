import { currencyExponentOf } from '@laurel/contract'
import { minorText } from '../import/decimal.ts'

/** Minor units by currency: what is in several is never added up (AMT-4). `unknown`: of orders that nobody knows yet. */
export type MoneyByCurrency = Record<string, number>

export function addMoney(sums: MoneyByCurrency, currency: string | null, minor: number): void {
  const name = currency ?? 'unknown'
  sums[name] = (sums[name] ?? 0) + minor
}

/** `4.20 GBP and 10.00 EUR`. */
export function moneyText(sums: MoneyByCurrency): string {
  const texts = Object.entries(sums).map(([currency, minor]) => {
    const exponent = currencyExponentOf(currency)
    return exponent === undefined
      ? `${minorText(minor, 0)} minor units of a currency that nobody knows`
      : `${minorText(minor, exponent)} ${currency}`
  })
  return texts.join(' and ') || 'nothing'
}

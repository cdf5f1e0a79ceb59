import { currencyExponentOf } from '@laurel/contract'
import { decimalText } from '@laurel/engine'

/** Minor units by currency: what is in several is never added up (AMT-4). `unknown`: of orders that nobody knows yet. */
export type MoneyByCurrency = Record<string, number>

export function addMoney(sums: MoneyByCurrency, currency: string | null, minor: number): void {
  const name = currency ?? 'unknown'
  sums[name] = (sums[name] ?? 0) + minor
}

/** Smallest units as people write them: `137,373.63`. */
export function minorText(minor: number, exponent: number): string {
  const [whole = '', places] = decimalText(minor, exponent).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return places === undefined ? grouped : `${grouped}.${places}`
}

/** As a table has them: `137373.63`. */
export function plainMoney(minor: number | string, currency: string): string {
  const exponent = currencyExponentOf(currency) ?? 0
  if (typeof minor === 'number') return decimalText(minor, exponent)
  // A sum beyond what a number holds: it has more digits than any currency has places.
  return exponent === 0 ? minor : `${minor.slice(0, -exponent)}.${minor.slice(-exponent)}`
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

import { currencyExponents } from './currencies.table.ts'
import type { Currency } from './program.ts'

/** ISO 4217: the currency and how many decimals its minor unit has (JPY 0, USD 2, KWD 3); null where there is none. */
export function currencyOf(code: string): Currency | null {
  const exponent = currencyExponents.get(code)
  return exponent === undefined ? null : { code, exponent }
}

/** What stands on price tags, the likeliest currency first. */
const codesBySign: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'AUD', 'CAD', 'MXN', 'NZD', 'ARS', 'CLP', 'COP', 'HKD', 'SGD', 'TWD'],
  '€': ['EUR'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₡': ['CRC'],
  '₦': ['NGN'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '₲': ['PYG'],
  '₴': ['UAH'],
  '₵': ['GHS'],
  '₸': ['KZT'],
  '₹': ['INR'],
  '₺': ['TRY'],
  '₽': ['RUB'],
  '₾': ['GEL'],
  '฿': ['THB'],
}

/** Currencies that a sign stands for; none where it is no sign of one. */
export const currenciesOfSign = (sign: string): readonly string[] =>
  Object.hasOwn(codesBySign, sign) ? (codesBySign[sign] ?? []) : []

/** What people call money, the likeliest currency first. */
const codesByWord: Readonly<Record<string, readonly string[]>> = {
  avro: ['EUR'],
  buck: ['USD'],
  dinar: ['KWD', 'BHD', 'DZD', 'IQD', 'JOD', 'LYD', 'RSD', 'TND'],
  dirham: ['AED', 'MAD'],
  dolar: ['USD'],
  dollar: codesBySign['$'] ?? [],
  euro: ['EUR'],
  franc: ['CHF', 'XAF', 'XOF'],
  krona: ['SEK', 'ISK'],
  krone: ['NOK', 'DKK'],
  lira: ['TRY'],
  peso: ['MXN', 'ARS', 'CLP', 'COP', 'PHP'],
  pound: ['GBP', 'EGP'],
  quid: ['GBP'],
  real: ['BRL'],
  riyal: ['SAR', 'QAR'],
  rupee: ['INR', 'LKR', 'NPR', 'PKR'],
  tl: ['TRY'],
  won: ['KRW'],
  yen: ['JPY'],
  yuan: ['CNY'],
  zloty: ['PLN'],
}

/** Currencies that a code in any letters, a sign or a word of English may stand for: `eur`, `€`, `euros`. */
export function currencyMeant(text: string): readonly string[] {
  const code = text.toUpperCase()
  if (currencyExponents.has(code)) return [code]
  const word = text.toLowerCase().replace(/s$/, '')
  return Object.hasOwn(codesByWord, word) ? (codesByWord[word] ?? []) : currenciesOfSign(text)
}

export const currencyCodes = (): Iterable<string> => currencyExponents.keys()

/** `1234` at two decimals is `12.34`. */
export function decimalText(units: number, scale: number): string {
  const sign = units < 0 ? '-' : ''
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The inverse: `12.34` at two decimals is 1234; null where it is no decimal number, has more decimals or is beyond 2^53. */
export function decimalUnits(text: string, scale: number): number | null {
  const match = /^(0|[1-9][0-9]{0,15})(?:\.([0-9]{1,15}))?$/.exec(text)
  const [, whole = '', decimals = ''] = match ?? []
  if (match === null || decimals.length > scale) return null
  const units = Number(whole + decimals.padEnd(scale, '0'))
  return Number.isSafeInteger(units) ? units : null
}

/** Zeros at the end mean nothing in an amount; in money the decimals are the currency's. */
export const decimalNumber = (units: number, scale: number): string => {
  const text = decimalText(units, scale)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

import { mulDiv } from '@laurel/engine'

/** An exact decimal as a file writes it: `digits / 10^scale`. */
export interface Decimal {
  readonly digits: number
  readonly scale: number
}

/** How a file writes its numbers: `1,234.50` or `1.234,50`. */
export interface DecimalStyle {
  readonly point: '.' | ','
  /** Between groups of digits, dropped where it stands; null: none is expected. */
  readonly group: '.' | ',' | ' ' | "'" | null
}

/** Prices have up to 6 places (AMT-1); more would be a float that leaked into the file. */
const scaleMax = 6

/** Null where the text is no such number, or one that no amount can hold. */
export function parseDecimal(text: string, style: DecimalStyle): Decimal | null {
  const ungrouped = style.group === null ? text : text.replaceAll(style.group, '')
  const point = ungrouped.indexOf(style.point)
  const whole = point === -1 ? ungrouped : ungrouped.slice(0, point)
  // Zeros at the end say nothing: 2.5000000 has one place.
  const places = point === -1 ? '' : ungrouped.slice(point + 1).replace(/0+$/, '')
  if (point === ungrouped.length - 1 || !/^[+-]?\d+$/.test(whole) || !/^\d*$/.test(places)) return null
  const digits = Number(whole + places)
  if (places.length > scaleMax || !Number.isSafeInteger(digits)) return null
  return { digits: digits === 0 ? 0 : digits, scale: places.length }
}

/** Null where the text is no whole number. */
export function parseWhole(text: string, style: DecimalStyle): number | null {
  const decimal = parseDecimal(text, style)
  return decimal === null || decimal.scale !== 0 ? null : decimal.digits
}

/** `times` x `price` in minor units of a currency with `exponent` places, rounded half-up once (AMT-1). */
export function lineTotal(times: number, price: Decimal, exponent: number): number {
  return price.scale <= exponent
    ? mulDiv(times, price.digits * 10 ** (exponent - price.scale), 1, 'half-up')
    : mulDiv(times, price.digits, 10 ** (price.scale - exponent), 'half-up')
}

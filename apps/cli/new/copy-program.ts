import { currencyExponentOf } from '@laurel/contract'

/** What a copy is called and where it lives; what is not said stays as it is. */
export interface CopyAs {
  readonly id: string
  readonly name: string
  readonly currency: string | null
  readonly zone: string | null
}

/**
 * The text of a program under another id and name, in another currency and zone, with its comments and layout. Amounts of money
 * keep their number; where one currency has no decimals, a hundredth of the other stands for one of it.
 */
export function copyProgram(text: string, { id, name, currency, zone }: CopyAs): string {
  const own = topLevel(text, 'currency')
  const home = topLevel(text, 'zone')
  let copy = replaceTopLevel(text, 'id', id)
  copy = replaceTopLevel(copy, 'name', `{ en: ${quoted(name)} }`)
  if (zone !== null && home !== null) copy = copy.replaceAll(`zone: ${home}`, `zone: ${zone}`)
  return currency === null || own === null ? copy : inCurrency(copy, text, own, currency)
}

/** What the first amount of money of a program was and has become in a copy of it. */
export interface AmountCopied {
  readonly was: string
  readonly is: string
  /** Whether the number is another one because one of the currencies has no decimals. */
  readonly byHundredths: boolean
}

/** How amounts were copied, by example; null where the currency stays or none is told. */
export function amountCopied(text: string, { currency }: CopyAs): AmountCopied | null {
  const own = topLevel(text, 'currency')
  if (currency === null || own === null || own === currency) return null
  const [was] = new RegExp(`\\b\\d+(?:\\.\\d+)? ${own}\\b`).exec(text) ?? []
  if (was === undefined) return null
  const byHundredths = (currencyExponentOf(own) === 0) !== (currencyExponentOf(currency) === 0)
  return { was, is: inCurrency(was, text, own, currency), byHundredths }
}

/** The same for a page of scenarios: amounts of money are those of the program. */
export function copyScenarios(page: string, text: string, { name, currency }: CopyAs): string {
  const own = topLevel(text, 'currency')
  const titled = page.replace(/^# .*$/m, `# ${name}`)
  return currency === null || own === null ? titled : inCurrency(titled, text, own, currency)
}

const lineOf = (key: string): RegExp => new RegExp(`^${key}: (.*)$`, 'm')
const topLevel = (text: string, key: string): string | null => lineOf(key).exec(text)?.[1] ?? null
const replaceTopLevel = (text: string, key: string, value: string): string =>
  text.replace(lineOf(key), () => `${key}: ${value}`)

/** Plain where YAML reads it as this text and nothing else. */
const quoted = (text: string): string => (/^[\p{L}\p{N}][\p{L}\p{N} .'’-]*$/u.test(text) ? text : JSON.stringify(text))

/** Store credit and the like are amounts of money with a name of their own. */
const moneyAssets = (program: string): string[] =>
  [...program.matchAll(/^ {2}([a-z][a-z0-9-]*):\n {4}kind: money$/gm)].map(([, asset = '']) => asset)

function inCurrency(text: string, program: string, from: string, to: string): string {
  const exponents = [currencyExponentOf(from), currencyExponentOf(to)]
  const [old = 2, fresh = 2] = exponents
  const amount = (number: string): string => decimalIn(number, old, fresh)
  const units = [from, ...moneyAssets(program)].join('|')
  return text
    .replace(lineOf('currency'), () => `currency: ${to}`)
    .replaceAll(new RegExp(`\\b(\\d+(?:\\.\\d+)?) (${units})\\b`, 'g'), (_, number: string, unit: string) => {
      return `${amount(number)} ${unit === from ? to : unit}`
    })
    .replaceAll(/money\("(\d+(?:\.\d+)?)"\)/g, (_, number: string) => `money("${amount(number)}")`)
}

function decimalIn(number: string, old: number, fresh: number): string {
  const [whole = '0', decimals = ''] = number.split('.')
  // In thousandths of a unit that has decimals: no currency has more than three.
  const written = BigInt(whole + decimals.padEnd(3, '0').slice(0, 3))
  const thousandths = old === 0 ? written / 100n : written
  const units =
    fresh === 0 ? (thousandths + 9n) / 10n : (thousandths + 10n ** BigInt(3 - fresh) - 1n) / 10n ** BigInt(3 - fresh)
  const digits = String(units).padStart(fresh + 1, '0')
  return fresh === 0 ? digits : `${digits.slice(0, -fresh)}.${digits.slice(-fresh)}`
}

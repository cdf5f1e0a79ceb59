import { currencyMeant, decimalText } from './currency.ts'
import { assetsMeant, choices } from './own-words.ts'
import type { Reading } from './shape.ts'
import { childOf } from './syntax-tree.ts'

/** `100 points + 5.00 EUR`: a list where one is read here and each part can stand in it, or else what can stand alone. */
export function severalMeant(parts: readonly string[], isAmount: (text: string) => boolean, reading: Reading): string {
  const fitting = parts.filter(isAmount)
  if (fitting.length === parts.length && reading.listed) return `Write a list: [${parts.join(', ')}]`
  const alone = choices(fitting)
  if (alone === null) return 'Write one number, a blank and one asset'
  const isMoney = parts.some((part) => /\b[A-Z]{3}$|\p{Sc}/u.test(part))
  return `Write ${alone}${isMoney ? ': money is no part of such an amount' : ', one of them alone'}`
}

export interface AmountPer {
  readonly amount: string
  /** As it is written under `per`; null where it is not clear. */
  readonly per: string | null
}

/** `2 points per euro`, `1 point for every 10 EUR`, `5 points an order`; null where nothing is said to be given for something. */
export function amountPer(text: string, reading: Reading): AmountPer | null {
  const said = /^(\S+ [^\s/]+)(?: ?\/ ?| (?:per|for|on|an?|each|every) (?:(?:an?|each|every|one|the) )?)(.+)$/.exec(
    text,
  )
  if (said === null) return null
  const [, amount = '', what = ''] = said
  const plain = what.trim().toLowerCase().replace(/s$/, '')
  if (Object.hasOwn(givenFor, plain)) return { amount, per: givenFor[plain] ?? null }
  const [, before = '', number = '', behind = ''] = /^(\D*?)\s*(\d+(?:[.,]\d{1,2})?)?\s*(\D*)$/.exec(what.trim()) ?? []
  const per = moneyInWords(number === '' ? '1' : number.replace(',', '.'), `${before}${behind}`.trim(), reading)
  return { amount, per: per !== null && /[1-9]/.test(per) ? per : null }
}

const givenFor: Readonly<Record<string, string>> = {
  item: 'item',
  order: 'order',
  piece: 'item',
  product: 'item',
  purchase: 'order',
  sale: 'order',
  transaction: 'order',
  unit: 'item',
  visit: 'visit',
}

/** What a rate says that stands in one text: the amount here, and what it is given for beside it, where that has a key. */
export function perMeant({ per }: AmountPer, amount: string, example: string, reading: Reading): string {
  if (!reading.beside.includes('per')) return `Write ${amount}`
  const isSaid = reading.within !== null && childOf(reading.within, 'per') !== undefined
  if (isSaid) return `Write ${amount}: \`per\` says what for`
  return per === null
    ? `Write ${amount}, and what for under \`per\` beside it, for instance per: ${example}`
    : `Write ${amount}, and per: ${per} beside it`
}

/** `500 euros`, `500 €`: money of the program in words. */
export function moneyInWords(number: string, unit: string, { names }: Reading): string | null {
  const { code, exponent } = names.currency ?? { code: 'USD', exponent: 2 }
  const isMeant = /^\d+(?:\.\d{1,2})?$/.test(number) && currencyMeant(unit).includes(code)
  return isMeant ? `${decimalText(Math.round(Number(number) * 10 ** exponent), exponent)} ${code}` : null
}

/** A number alone, in what is counted where it stands, or in each that it may be. */
export function countedIn(number: string, units: readonly string[], reading: Reading): string | null {
  const { code, exponent } = reading.names.currency ?? { code: 'USD', exponent: 2 }
  const money = `${decimalText(Number(number) * 10 ** exponent, exponent)} ${code}`
  const assets = assetsMeant(reading).map((asset) => `${number} ${asset}`)
  if (reading.counts === 'money') return money
  if (reading.counts === 'amount') return choices(assets)
  if (reading.counts !== null && units.includes(reading.counts)) return `${number} ${reading.counts}`
  const counted = units.map((unit) => `${number} ${unit}`)
  const [last = '', ...before] = [...assets, ...counted].toReversed()
  return choices([...before.toReversed(), ...(reading.given ? [] : [money]), last])
}

/** `once`, `3x`, `1 time`: how often, as people say it. */
export function timesMeant(text: string): string | null {
  const [, number = { once: '1', twice: '2', thrice: '3' }[text.toLowerCase()]] =
    /^(\d+) ?(?:x|×|time)$/i.exec(text) ?? []
  return number === undefined ? null : `${number} times`
}

/** `max 50 points`, `>= 100 status`, `100+ status`: the amount alone, for the key says which bound it is. */
export function boundMeant(text: string): string | null {
  const words =
    /^(?:max|maximum|min|minimum|up to|at most|at least|from|bis zu|hasta|en fazla|[<>]=?|[≤≥])[ .]*(\d.*)$/i
  const [, behind] = words.exec(text) ?? []
  return behind ?? (/^\d+\+ /.test(text) ? text.replace('+', '') : null)
}

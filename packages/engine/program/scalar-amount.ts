import {
  currenciesOfSign,
  currencyCodes,
  currencyMeant,
  currencyOf,
  decimalNumber,
  decimalText,
  decimalUnits,
} from './currency.ts'
import { assetLine } from './declaring.ts'
import { amountPer, boundMeant, countedIn, moneyInWords, perMeant, severalMeant, timesMeant } from './meant-amount.ts'
import { meantWord, suggestion } from './nearest.ts'
import { assetsMeant, choices, inOwnWords, isExampleAsset } from './own-words.ts'
import type { Currency } from './program.ts'
import { type Parsed, right, scalar, wrong } from './scalar.ts'
import { capital, defined, type Reading, type Shape } from './shape.ts'

/** Smallest units of an asset. */
export interface Amount {
  readonly asset: string
  readonly units: number
}
/** Minor units of the program's currency. */
export interface Money {
  readonly minor: number
}
/** How many of something: `3 times`, `12 orders`. */
export interface Count<Unit extends string> {
  readonly count: number
  readonly unit: Unit
}

// The largest amount one word may give or ask for: far above any real one, and products of two stay exact in a fraction.
const UNITS_MAX = 1_000_000_000_000

const split = (text: string): readonly [number: string, unit: string] | null => {
  const match = /^(\S+) (\S.*)$/.exec(text)
  return match === null ? null : [match[1] ?? '', match[2] ?? '']
}

function parseAmount(text: string, reading: Reading): Parsed<Amount> {
  const [number, unit] = split(text) ?? ['', '']
  const known = reading.names.assets
  if (unit === '') {
    const meant = unitMissing(text, reading)
    const message = `\`${text}\` says no number with a unit`
    return wrong('bad-amount', message, meant.instead, meant.only)
  }
  const asset = known.get(unit)
  const several = text.split(/\s+(?:and|&|\+)\s+|,\s+/)
  if (asset === undefined && several.length > 1) {
    const message = `\`${text}\` are ${several.length} amounts in one text`
    const isAmount = (part: string) => 'value' in parseAmount(part, reading)
    return wrong('several-amounts', message, severalMeant(several, isAmount, reading))
  }
  const rate = asset === undefined ? amountPer(text, reading) : null
  if (rate !== null) {
    const [count = '', of = ''] = rate.amount.split(' ')
    const amount = `${count} ${known.has(of) ? of : (meantWord(of, known.keys()) ?? of)}`
    if ('value' in parseAmount(amount, reading)) {
      const message = `\`${text}\` says an amount and what it is given for`
      return wrong('bad-amount', message, perMeant(rate, amount, moneyExample(reading), reading))
    }
  }
  if (asset === undefined && currencyOf(unit) !== null) {
    const message = `\`${text}\` is money; an amount of an asset is expected`
    return wrong('unknown-asset', message, worthAsMuch(text, reading))
  }
  const bound = boundMeant(text)
  if (bound !== null && 'value' in parseAmount(bound, reading))
    return wrong('bad-amount', `\`${text}\` says more than an amount`, `Write ${bound}`, bound)
  if (asset === undefined && !/^[+-]?\d/.test(number)) {
    const message = `\`${text}\` says no number with a unit`
    return wrong('bad-amount', message, unitMissing(text, reading).instead)
  }
  if (asset === undefined) {
    const near = assetNear(unit, known.keys())
    const message = `There is no asset \`${unit}\``
    return near === null
      ? wrong('unknown-asset', message, assetMissing(number, unit, reading))
      : wrong('unknown-asset', message, `Did you mean \`${number} ${near}\`?`, `${number} ${near}`)
  }
  const units = decimalUnits(number, asset.scale)
  if (units !== null && units <= UNITS_MAX) return right({ asset: unit, units })
  const message = units === null ? `\`${text}\` is no amount of ${unit}` : `\`${text}\` is more than an amount can be`
  const instead = numberRule(number, asset.scale, unit)
  return wrong(
    'bad-amount',
    message,
    instead,
    /^Write (?:it without separators: )?(\d\S* \S+)$/.exec(instead)?.[1] ?? null,
  )
}

/** In the asset that is meant here, or in each of the few there are. */
function unitMissing(text: string, reading: Reading): { readonly instead: string; readonly only: string | null } {
  const { names, asset } = reading
  const rule = 'Write the number, a blank and the asset'
  if (names.assets.has(text)) return { instead: `${rule}: 1 ${text}, or how many it is`, only: `1 ${text}` }
  const [, said, glued] = /^(\d[\d.,'’]*?)([a-z][a-z0-9-]*)?$/.exec(text) ?? []
  const number = said === undefined ? undefined : (withoutSeparators(said) ?? said.replace(',', '.'))
  if (number === undefined)
    return { instead: `${rule}, for instance ${inOwnWords(`500 ${asset ?? 'points'}`, names)}`, only: null }
  const meant = glued === undefined ? assetsMeant(reading) : [glued]
  const amounts = meant.filter((each) => isNumberOf(each, number, reading)).map((each) => `${number} ${each}`)
  const told = choices(amounts)
  return {
    instead: told === null ? rule : `${rule}: ${told}`,
    only: amounts.length === 1 ? (amounts[0] ?? null) : null,
  }
}

/** Whether there can be so many of it: decimals only where it is kept in parts. */
const isNumberOf = (asset: string, number: string, { names }: Reading): boolean =>
  decimalUnits(number, names.assets.get(asset)?.scale ?? SCALE_MAX) !== null

/** The declared asset that was meant: never where it is a word of its own, as stamps are not status. */
const assetNear = (unit: string, known: Iterable<string>): string | null =>
  isExampleAsset(unit) ? null : meantWord(unit, known)

/** Each that there is, or how to have the one that was named. */
function assetMissing(number: string, unit: string, reading: Reading): string {
  const line = `declare it under \`assets\`: ${assetLine(unit)}`
  const fitting = assetsMeant(reading).filter((asset) => isNumberOf(asset, number, reading))
  const meant = choices(fitting.map((asset) => `${number} ${asset}`))
  const isId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(unit)
  if (!isId) return meant === null ? 'Write a number, a blank and the id of an asset' : `Write ${meant}`
  return meant === null ? capital(line) : `Write ${meant}; or ${line}`
}

/** What the money that stands there is worth in the asset that is meant, where that is said and comes out even. */
function worthAsMuch(text: string, reading: Reading): string {
  const money = parseMoney(text, reading)
  const meant = assetsMeant(reading)
  const amounts = meant.flatMap((asset) => {
    const { worth, scale } = reading.names.assets.get(asset) ?? { worth: null, scale: 0 }
    const units = worth === null || !('value' in money) ? 0 : (money.value.minor * worth.units) / worth.minor
    return Number.isSafeInteger(units) && units > 0 ? [`${decimalNumber(units, scale)} ${asset}`] : []
  })
  const written = choices(amounts)
  if (written !== null) return `Write what is worth as much: ${written}`
  return `Write it in ${choices(meant) ?? 'an asset'}`
}

function numberRule(said: string, scale: number, unit: string): string {
  const number = said.replace(/^\+(?=\d)/, '')
  if (number !== said && decimalUnits(number, scale) !== null) return `Write ${number} ${unit}`
  const digits = withoutSeparators(number)
  if (digits !== null) return `Write it without separators: ${digits} ${unit}`
  const [, thousands = '', parts = ''] = /^(\d{1,3}(?:[.,'’]\d{3})+)[.,](\d{1,2})$/.exec(number) ?? []
  const plain = thousands === '' ? number : `${thousands.replace(/\D/g, '')}.${parts}`
  const pointed = /^\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain
  if (pointed !== number && decimalUnits(pointed, scale) !== null) return `Write ${pointed} ${unit}`
  const decimals = /^\d+\.(\d+)$/.exec(pointed)?.[1]?.length ?? 0
  if (decimals > scale && decimals <= SCALE_MAX) {
    const part = `0.${'0'.repeat(decimals - 1)}1`
    return `Write ${scale === 0 ? 'a whole number' : `at most ${scale} decimals`}, or keep the asset in smaller parts: smallest: ${part} ${unit}`
  }
  const rule = scale === 0 ? 'a whole number' : `a number with at most ${scale} decimals`
  return `Write ${rule} up to ${UNITS_MAX / 10 ** scale}, digits only, for instance ${scale === 0 ? '12' : '12.5'} ${unit}`
}

/** `1,000` and `1.000` are a thousand; a single point before three digits would be one as well, where decimals are none. */
const withoutSeparators = (number: string): string | null =>
  /^[1-9]\d{0,2}(?:[.,'’]\d{3})+$/.test(number) ? number.replace(/\D/g, '') : null

/** `500 points`, `12.50 credit`: exact, by the scale of the asset. */
export const amount: Shape<Amount> = defined(
  'amount',
  scalar({
    name: 'an amount of an asset',
    example: '500 points',
    schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)(\\.[0-9]+)? [a-z][a-z0-9-]*$' },
    parse: parseAmount,
    print: printAmount,
  }),
)

export function printAmount({ asset, units }: Amount, reading: Reading): string {
  return `${decimalNumber(units, reading.names.assets.get(asset)?.scale ?? 0)} ${asset}`
}

export function parseMoney(text: string, reading: Reading): Parsed<Money> {
  const currency = reading.names.currency
  const [number, code] = split(text) ?? ['', '']
  const wanted = currency ?? { code: 'USD', exponent: 2 }
  const example = `${decimalText(10 ** wanted.exponent * 40, wanted.exponent)} ${wanted.code}`
  const meant = currency === null ? null : meantMoney(text, currency)
  const instead = `Write ${meant ?? `it like ${example}`}`
  const foreign = currenciesOfSign(/\p{Sc}/u.exec(text)?.[0] ?? '')
  if (currency !== null && foreign.length > 0 && !foreign.includes(currency.code)) {
    return wrong(
      'wrong-currency',
      `\`${text}\` is in another currency than the program (${currency.code})`,
      inOther(currency),
    )
  }
  if (code === '') return wrong('bad-money', `\`${text}\` says no number with a currency`, instead, meant)
  if (meant !== null && !/^[A-Z]{3}$/.test(code))
    return wrong('bad-money', `\`${text}\` is no amount of money`, instead, meant)
  if (currency !== null && currencyOf(code) === null && meant === null && currencyMeant(code).length > 0) {
    const message = `\`${text}\` is in another currency than the program (${currency.code})`
    return wrong('wrong-currency', message, inOther(currency))
  }
  if (currencyOf(code) === null) {
    const advice = meant === null ? suggestion(code, currencyCodes(), instead) : instead
    return wrong('unknown-currency', `There is no currency \`${code}\``, advice, meant)
  }
  // Where the program's own currency is unreadable, that has been said.
  const own = currency ?? currencyOf(code) ?? wanted
  if (code !== own.code) {
    const message = `\`${text}\` is in another currency than the program (${own.code})`
    return wrong('wrong-currency', message, inOther(own))
  }
  const minor = /^\d+(\.\d+)?$/.test(number) ? decimalUnits(number, own.exponent) : null
  const decimals = number.split('.')[1]?.length ?? 0
  if (minor !== null && decimals === own.exponent && minor <= UNITS_MAX) return right({ minor })
  const rule = own.exponent === 0 ? 'no decimals' : `exactly ${own.exponent} decimals`
  const exact = minor ?? decimalUnits(number.replace(/0+$/, ''), own.exponent) // 10.500 is 10.50
  const shown = exact === null ? (meant ?? example) : `${decimalText(exact, own.exponent)} ${code}`
  const only = exact === null ? meant : shown
  return wrong('bad-money', `\`${text}\` is no amount of ${code}`, `${code} has ${rule}: ${shown}`, only)
}

const inOther = ({ code }: Currency) => `Write it in ${code}; orders are converted at their own rate`

/** `$10`, `USD 10.00`, `10,00 USD` and `10.00 €` as they are written here, or null where it is not clear what is meant. */
function meantMoney(text: string, { code, exponent }: Currency): string | null {
  const [number = ''] = /\d[\d.,]*/.exec(text) ?? []
  const around = text
    .replace(number, '')
    .trim()
    .replace(/(?:^| )(?:(per|a|an|each|every) .*|off|spent)$/, '')
  if (number === '' || !(around === '' || currencyMeant(around).includes(code))) return null
  const [whole = '', parts = ''] = number.split(/[.,](?=\d{1,2}$)/)
  const digits = /^\d+$/.test(whole) ? whole : withoutSeparators(whole)
  const minor = digits === null ? null : decimalUnits(parts === '' ? digits : `${digits}.${parts}`, exponent)
  return minor === null ? null : `${decimalText(minor, exponent)} ${code}`
}

export function printMoney({ minor }: Money, reading: Reading): string {
  const { code, exponent } = reading.names.currency ?? { code: '', exponent: 0 }
  return `${decimalText(minor, exponent)} ${code}`
}

/** One whole of the currency, as it is written in the program. */
export function moneyExample({ names }: Reading): string {
  const { code, exponent } = names.currency ?? { code: 'USD', exponent: 2 }
  return `${decimalText(10 ** exponent, exponent)} ${code}`
}

/** `40.00 USD`: exact, with the decimals of its currency. */
export const money: Shape<Money> = defined(
  'money',
  scalar({
    name: 'an amount of money',
    example: '40.00 USD',
    schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)(\\.[0-9]+)? [A-Z]{3}$' },
    parse: parseMoney,
    print: printMoney,
  }),
)

/** One of several quantities, told apart by the unit. */
export function quantity<Unit extends string>(
  units: readonly [Unit, ...Unit[]],
): Shape<({ type: 'amount' } & Amount) | ({ type: 'money' } & Money) | ({ type: 'count' } & Count<Unit>)> {
  return scalar({
    name: `an amount, money or a number of ${units.join(', ')}`,
    example: '350 points',
    schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)(\\.[0-9]+)? \\S+$' },
    parse(
      text,
      reading,
    ): Parsed<({ type: 'amount' } & Amount) | ({ type: 'money' } & Money) | ({ type: 'count' } & Count<Unit>)> {
      const [number, unit] = split(text) ?? ['', '']
      const known = units.find((each) => each === unit)
      if (known !== undefined) {
        const value = decimalUnits(number, 0)
        if (value !== null && value <= 1_000_000) return right({ type: 'count', count: value, unit: known })
        return wrong(
          'bad-quantity',
          `\`${text}\` is no number of ${unit}`,
          `Write a whole number up to 1000000, for instance 3 ${unit}`,
        )
      }
      if (/^[A-Z]{3}$/.test(unit)) {
        const parsed = parseMoney(text, reading)
        return 'value' in parsed ? right({ type: 'money', ...parsed.value }) : parsed
      }
      const often = timesMeant(text)
      if (often !== null && units.some((each) => each === 'times'))
        return wrong('bad-quantity', `\`${text}\` is no number of times`, `Write ${often}`, often)
      const bound = boundMeant(text)
      if (bound !== null && 'value' in this.parse(bound, reading))
        return wrong('bad-quantity', `\`${text}\` says more than a quantity`, `Write ${bound}`, bound)
      if (unit !== '' && !reading.names.assets.has(unit) && /^[+-]?\d/.test(number)) {
        const words = [...units, ...reading.names.assets.keys()]
        const spent = moneyInWords(number, unit, reading)
        const near = assetNear(unit, words)
        const meant = spent ?? (near === null ? null : `${number} ${near}`)
        const instead =
          spent !== null
            ? `Write ${spent}`
            : near !== null
              ? `Did you mean \`${number} ${near}\`?`
              : assetMissing(number, unit, reading)
        return wrong('bad-quantity', `\`${text}\` counts nothing that is known`, instead, meant)
      }
      if (/^\d+$/.test(text)) {
        const meant = countedIn(text, units, reading)
        const instead = meant ?? `${text} and of what: an asset, ${units.join(', ')}, or money`
        const only = meant === null || /, | or /.test(meant) ? null : meant
        return wrong('bad-quantity', `\`${text}\` does not say of what`, `Write ${instead}`, only)
      }
      const parsed = parseAmount(text, reading)
      return 'value' in parsed ? right({ type: 'amount', ...parsed.value }) : parsed
    },
    print(value, reading) {
      switch (value.type) {
        case 'amount':
          return printAmount(value, reading)
        case 'money':
          return printMoney(value, reading)
        case 'count':
          return `${value.count} ${value.unit}`
      }
    },
  })
}

const SCALE_MAX = 6 // as unit prices (AMT-1); with the largest amount this stays a safe whole number

/** `0.01 credit`: the smallest part an asset is kept in, as its number of decimals. */
export const smallest: Shape<{ readonly scale: number; readonly unit: string }> = scalar({
  name: 'the smallest part of the asset',
  example: '0.01 credit',
  schema: { type: 'string', pattern: `^(1|0\\.0{0,${SCALE_MAX - 1}}1) [a-z][a-z0-9-]*$` },
  parse(text) {
    const match = /^(1|0\.(0*)1) ([a-z][a-z0-9-]*)$/.exec(text)
    const scale = match?.[1] === '1' ? 0 : (match?.[2]?.length ?? 0) + 1
    if (match !== null && scale <= SCALE_MAX) return right({ scale, unit: match[3] ?? '' })
    const instead = `Write 1, 0.1, 0.01 and so on to ${SCALE_MAX} decimals, and the asset, for instance 0.01 credit`
    return wrong('bad-smallest', `\`${text}\` is no smallest part`, instead)
  },
  print: ({ scale, unit }) => `${scale === 0 ? '1' : `0.${'0'.repeat(scale - 1)}1`} ${unit}`,
})

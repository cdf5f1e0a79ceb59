import { type Fraction, fraction } from '../amounts/fraction.ts'
import { decimalNumber, decimalText, decimalUnits } from './currency.ts'
import { right, type ScalarWords, scalar, wrong } from './scalar.ts'
import type { Shape } from './shape.ts'

const exactDecimal = (text: string, scale: number): Fraction | null => {
  const units = decimalUnits(text, scale)
  return units === null ? null : fraction(units, 10 ** scale)
}

const MULTIPLIER_MAX = 1000

/** `1.5`: how many times as much. Below 1 it would take away, and several together could give less than nothing (EARN-3). */
export const multiplier: Shape<Fraction> = scalar({
  name: 'a multiplier',
  example: '1.5',
  schema: {
    anyOf: [
      { type: 'string', pattern: '^[1-9][0-9]{0,3}(\\.[0-9]{1,4})?$' },
      { type: 'number', minimum: 1, maximum: MULTIPLIER_MAX },
    ],
  },
  parse(text) {
    const value = exactDecimal(text, 4)
    const rule = `Write a number from 1 to ${MULTIPLIER_MAX} with at most four decimals`
    const instead = `${rule}, for instance 1.5`
    const spoken = { double: '2', twice: '2', triple: '3' }[text.toLowerCase()]
    const [, percent = ''] = /^([1-9]\d{2,4})\s*%$/.exec(text) ?? []
    const [, more = ''] = /^\+?([1-9]\d?)\s*%(?: (?:more|extra|bonus))?$/.exec(text) ?? []
    const [, times = spoken] =
      /^[x×]?\s*([1-9]\d{0,2}(?:\.\d{1,4})?)\s*(?:[x×]|times|fold|-fold)?$/i.exec(
        text.replace(/^(\d+),(\d)/, '$1.$2'),
      ) ?? []
    const hundredths = percent !== '' ? Number(percent) : more !== '' ? 100 + Number(more) : null
    const meant = hundredths === null ? times : decimalText(hundredths, 2).replace(/\.?0+$/, '')
    const extra = more === '' ? '' : `, which is ${more}% more`
    const written = meant === undefined ? instead : `${rule}: ${meant}${extra}`
    if (value === null) return wrong('bad-multiplier', `\`${text}\` is no multiplier`, written, meant ?? null)
    if (value.numerator < value.denominator) {
      return wrong(
        'bad-multiplier',
        `\`${text}\` gives less than without it`,
        `${instead}. To give less, give less in the rule itself`,
      )
    }
    return value.numerator > value.denominator * MULTIPLIER_MAX
      ? wrong('bad-multiplier', `\`${text}\` is too much`, instead)
      : right(value)
  },
  print: (value) => fractionText(value, 1),
})

/** `10%`, as a fraction of one. */
export const percentWords: ScalarWords<Fraction> = {
  name: 'a percentage',
  example: '10%',
  schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,2})(\\.[0-9]{1,4})?%$' },
  parse(text) {
    const value = text.endsWith('%') ? exactDecimal(text.slice(0, -1), 4) : null
    if (value === null || value.numerator === 0 || value.numerator > value.denominator * 100) {
      const meant = percentMeant(text)
      // A bare 1 may be all of it, or one in a hundred: either is a program, and only one is meant.
      const all = text === '1' ? '100% for all of it, or ' : ''
      return wrong(
        'bad-percent',
        `\`${text}\` is no percentage`,
        `Write a number above 0 and up to 100 with the percent sign right behind it${meant === null ? ', for instance 10%' : `: ${all}${meant}`}`,
        text === '1' ? null : meant,
      )
    }
    return right(fraction(value.numerator, value.denominator * 100))
  },
  print: (value) => `${fractionText(value, 100)}%`,
}
export const percent: Shape<Fraction> = scalar(percentWords)

/** `0.1`, `12,5 %`, `%5`, `half` and `1/2` as they are written here. */
function percentMeant(text: string): string | null {
  const word = text.toLowerCase()
  const [, spoken = ''] = percentsByWord.find(([words]) => words.split(' ').includes(word)) ?? []
  if (spoken !== '') return spoken
  // 0.1 of something is 10%, and 1.0 is all of it.
  const [, part] = /^0?[.,](\d{1,2})$/.exec(text) ?? []
  const [, sign = '', written = ''] =
    /^(%?) ?(\d+(?:[.,]\d{1,4})?) ?(?:%|percent|per cent|prozent|off)?$/i.exec(text) ?? []
  const plain = sign === '' && /^1[.,]0+$/.test(text) ? '100' : written.replace(',', '.')
  const number = part === undefined ? plain : String(Number(part.padEnd(2, '0')))
  return Number(number) > 0 && Number(number) <= 100 ? `${number}%` : null
}
const percentsByWord: readonly (readonly [words: string, percent: string])[] = [
  ['all everything full whole alles todo hepsi 1/1', '100%'],
  ['half mitad 1/2 halb hälfte yarısı', '50%'],
  ['quarter 1/4 viertel', '25%'],
]

/** Exact: the denominators are powers of ten. */
const fractionText = (value: Fraction, times: number): string =>
  decimalNumber((value.numerator * times * 10_000) / value.denominator, 4)

import type { Fraction } from '../amounts/fraction.ts'
import { decimalUnits } from './currency.ts'
import { type Parsed, right, scalar, wrong } from './scalar.ts'
import { type Amount, moneyExample, percentWords } from './scalar-amount.ts'
import { defined, type Shape } from './shape.ts'

// More of anything is no number of items, seats or members that people handle one by one.
const COUNT_MAX = 10_000_000

/** `200 items`, `12 seats`, `16 years`: a whole number of one thing. */
export const countOf = (unit: string, least = 1): Shape<number> =>
  scalar({
    name: `a number of ${unit}`,
    example: `${Math.max(least, 3)} ${unit}`,
    schema: { type: 'string', pattern: `^(0|[1-9][0-9]*) ${unit}$` },
    parse(text) {
      const [number = '', ...rest] = text.split(' ')
      const count = decimalUnits(number, 0)
      const example =
        count === null ? `, for instance ${Math.max(least, 3)} ${unit}` : `: ${Math.max(least, count)} ${unit}`
      if (count === null || rest.join(' ') !== unit) {
        return wrong(
          'bad-count',
          `\`${text}\` is no number of ${unit}`,
          `Write a whole number, a blank and ${unit}${example}`,
        )
      }
      if (count < least || count > COUNT_MAX) {
        return wrong(
          'bad-count',
          `\`${text}\` is ${count < least ? 'too few' : 'too many'}`,
          `Write from ${least} to ${COUNT_MAX} ${unit}`,
        )
      }
      return right(count)
    },
    print: (count) => `${count} ${unit}`,
  })

export interface ForeignAmount {
  readonly count: number
  readonly unit: string
}

/** `1000 points` of a partner: whole units that this program does not keep. */
export const foreignAmount: Shape<ForeignAmount> = scalar({
  name: 'a number of the partner’s units',
  example: '50 miles',
  schema: { type: 'string', pattern: '^[1-9][0-9]* [a-z][a-z0-9-]*$' },
  parse(text) {
    const [, number = '', unit = ''] = /^([1-9][0-9]*) ([a-z][a-z0-9-]*)$/.exec(text) ?? []
    const count = decimalUnits(number, 0)
    return count === null || count > COUNT_MAX
      ? wrong(
          'bad-count',
          `\`${text}\` is no number of the partner’s units`,
          'Write a whole number and a word, for instance 50 miles',
        )
      : right({ count, unit })
  },
  print: ({ count, unit }) => `${count} ${unit}`,
})

/** So many of what a fact of an activity counts. */
export interface FactCount {
  readonly fact: string
  readonly count: number
}

/** `1 activity.kilometres`: whole numbers only, for so they are told. */
export function parseFactCount(text: string): Parsed<FactCount> {
  const [, number = '', fact = ''] = /^(\S+) activity\.([A-Za-z][A-Za-z0-9]*)$/.exec(text) ?? []
  const count = decimalUnits(number, 0)
  if (fact !== '' && count !== null && count >= 1 && count <= COUNT_MAX) return right({ count, fact })
  const named = /activity\.([A-Za-z][A-Za-z0-9]*)/.exec(text)?.[1] ?? 'kilometres'
  const instead = `Write a whole number from 1, a blank and the fact, for instance 1 activity.${named}`
  return wrong('bad-count', `\`${text}\` does not say how many of a fact`, instead)
}

export const printFactCount = ({ count, fact }: FactCount): string => `${count} activity.${fact}`

export interface Ranks {
  readonly first: number
  readonly last: number
}

const RANK_MAX = 10_000

/** `1`, or `2-10`: ranks of a leaderboard, from the top. */
export const ranks: Shape<Ranks> = defined(
  'ranks',
  scalar({
    name: 'a rank, or ranks from and to',
    example: '2-10',
    schema: {
      anyOf: [
        { type: 'string', pattern: '^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?$' },
        { type: 'integer', minimum: 1, maximum: RANK_MAX },
      ],
    },
    parse(text) {
      const [, from = '', to = from] = /^([1-9][0-9]{0,4})(?:-([1-9][0-9]{0,4}))?$/.exec(text) ?? []
      const [first, last] = [Number(from), Number(to)]
      return from !== '' && first <= last && last <= RANK_MAX
        ? right({ first, last })
        : wrong(
            'bad-rank',
            `\`${text}\` is no rank`,
            `Write a rank or from and to, up to ${RANK_MAX}, for instance 1 or 2-10`,
          )
    },
    print: ({ first, last }) => (first === last ? String(first) : `${first}-${last}`),
  }),
)

export interface Share {
  readonly percent: Fraction
  readonly asset: Amount['asset']
}

/** `3% credit`: so many percent of the eligible spend, in an asset that is money. */
export const share: Shape<Share> = scalar({
  name: 'a percentage in an asset',
  example: '3% credit',
  schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,2})(\\.[0-9]{1,4})?% [a-z][a-z0-9-]*$' },
  parse(text, reading) {
    const [number = '', asset = '', ...rest] = text.split(' ')
    const parsed = percentWords.parse(number, reading)
    if (!('value' in parsed)) return parsed
    const money = [...reading.names.assets].flatMap(([id, { kind }]) => (kind === 'money' ? [id] : []))
    if (rest.length === 0 && money.includes(asset)) return right({ percent: parsed.value, asset })
    const known = reading.names.assets.has(asset)
    const message = known
      ? `${number} of what was spent is money, and \`${asset}\` is not`
      : `\`${text}\` does not say in which asset`
    const [first] = money
    const instead =
      first === undefined
        ? `Declare an asset of kind: money, or give ${asset} per an amount of money, for instance give: 1 ${asset}, per: ${moneyExample(reading)}`
        : `Write ${number} ${first}`
    return wrong('share-without-money', message, instead)
  },
  print: ({ percent: value, asset }, reading) => `${percentWords.print(value, reading)} ${asset}`,
})

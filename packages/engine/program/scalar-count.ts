import { type Fraction, fraction } from '../amounts/fraction.ts'
import { decimalUnits } from './currency.ts'
import { type Parsed, right, scalar, wrong } from './scalar.ts'
import { type Amount, printAmount, printMoney } from './scalar-amount.ts'
import { percentWords } from './scalar-share.ts'
import { defined, type Reading, type Shape } from './shape.ts'

// More of anything is no number of items, seats or members that people handle one by one.
const COUNT_MAX = 10_000_000

/** `200 items`, `12 seats`, `16 years`: a whole number of one thing. */
export const countOf = (unit: string, least = 1): Shape<number> =>
  scalar({
    name: `a number of ${unit}`,
    example: `${Math.max(least, 3)} ${unit}`,
    schema: { type: 'string', pattern: `^(0|[1-9][0-9]*) ${unit}$` },
    parse(text) {
      const [said = '', ...rest] = text.split(' ')
      const number = /^[1-9]\d{0,2}(?:[.,'’]\d{3})+$/.test(said) ? said.replace(/\D/g, '') : said
      const count = decimalUnits(number, 0)
      const example =
        count === null ? `, for instance ${Math.max(least, 3)} ${unit}` : `: ${Math.max(least, count)} ${unit}`
      if (count === null || rest.join(' ') !== unit || number !== said) {
        return wrong(
          'bad-count',
          `\`${text}\` is no number of ${unit}`,
          `Write a whole number, a blank and ${unit}${example}`,
          count === null || !isUnit(rest.join(' '), unit) ? null : `${Math.max(least, count)} ${unit}`,
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

const isUnit = (said: string, unit: string): boolean =>
  said === '' || `${said}s` === unit || (unitsElsewhere[unit] ?? []).includes(said)
/** What people call them. */
const unitsElsewhere: Readonly<Record<string, readonly string[]>> = {
  items: ['pieces', 'pcs', 'units'],
  members: ['people', 'persons'],
  times: ['x', 'orders', 'purchases'],
  visits: ['days'],
  years: ['years old'],
}

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

/** Where no asset is money: one that would be, or as many units as are worth that; one for a whole of the currency if unsaid. */
function withoutMoney(percent: Fraction, named: string, reading: Reading): string {
  const { assets, currency } = reading.names
  const written = `${percentWords.print(percent, reading)} credit`
  const declare = `eclare an asset that is money, \`credit: { kind: money, expires: never }\`, and write ${written}`
  const spendable = [...assets].flatMap(([id, { kind }]) => (kind === 'spendable' ? [id] : []))
  const [asset] = assets.has(named) ? [named] : spendable
  const known = asset === undefined ? undefined : assets.get(asset)
  if (asset === undefined || known === undefined) return `D${declare}`
  const { units, minor } = known.worth ?? { units: 10 ** known.scale, minor: 10 ** (currency?.exponent ?? 2) }
  const [given, spent] = [percent.numerator * units, percent.denominator * minor]
  if (!Number.isSafeInteger(given) || !Number.isSafeInteger(spent)) return `D${declare}`
  const rate = fraction(given, spent)
  const whole = 10 ** (currency?.exponent ?? 2)
  const times = whole % rate.denominator === 0 ? whole / rate.denominator : 1 // of a whole coin, where that is even
  const amount = printAmount({ asset, units: rate.numerator * times }, reading)
  const per = printMoney({ minor: rate.denominator * times }, reading)
  const worth = known.worth === null ? '' : ', which is worth that'
  return `Write ${amount}, and per: ${per} beside it${worth}; or d${declare}`
}

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
    // `5 %`, `%5`, `5 percent points`: as it is written here.
    const [, figure = '', of = ''] = /^%? *(\d+(?:[.,]\d+)?) *(?:%|percent|prozent)? *(.*)$/i.exec(text) ?? []
    const said = `${figure.replace(',', '.')}% ${of}`.trim()
    const [number = '', asset = '', ...rest] = said.split(' ')
    const parsed = percentWords.parse(number, reading)
    if (!('value' in parsed)) return parsed
    const money = [...reading.names.assets].flatMap(([id, { kind }]) => (kind === 'money' ? [id] : []))
    if (rest.length === 0 && money.includes(asset)) {
      if (said === text) return right({ percent: parsed.value, asset })
      return wrong('bad-percent', `\`${text}\` is no percentage in an asset`, `Write ${said}`, said)
    }
    const known = reading.names.assets.has(asset)
    const message = known
      ? `${number} of what was spent is money, and \`${asset}\` is not`
      : `\`${text}\` does not say in which asset`
    const [first] = money
    const instead = first === undefined ? withoutMoney(parsed.value, asset, reading) : `Write ${number} ${first}`
    return wrong('share-without-money', message, instead)
  },
  print: ({ percent: value, asset }, reading) => `${percentWords.print(value, reading)} ${asset}`,
})

import { meantWord } from '../nearest.ts'
import { assetsMeant, choices } from '../own-words.ts'
import { optional, record, required } from '../record-shape.ts'
import { orNone, word } from '../scalar.ts'
import { quantity } from '../scalar-amount.ts'
import { percent } from '../scalar-share.ts'
import { period } from '../scalar-time.ts'
import { defined, mapped, mended, reads, type Shape, type ValueOf, writtenMap } from '../shape.ts'

const edge = word('what happens at the edge', {
  trim: 'What still fits is given; what silence means',
  refuse: 'What does not fit in whole is not given at all',
})

const eachWord = word('a span', {
  order: 'In one order',
  'calendar-day': 'From midnight to midnight, in the zone of the program',
  'calendar-week': 'From Monday to Sunday',
  'calendar-month': 'In one month',
  'calendar-quarter': 'From January, April, July, October: three months',
  'calendar-year': 'In one year',
  ever: 'In all',
})
const eachWords = eachWord.words ?? []
const spanOfPeriod: Readonly<Record<string, string>> = {
  P1D: 'calendar-day',
  P7D: 'calendar-week',
  P1W: 'calendar-week',
  P1M: 'calendar-month',
  P3M: 'calendar-quarter',
  P12M: 'calendar-year',
  P1Y: 'calendar-year',
}
/** A period stands under the key beside it; what it spans may be meant by the calendar. */
const each: typeof eachWord = {
  ...eachWord,
  read(tree, reading) {
    if (tree.type === 'text' && tree.text === 'visit') {
      const message = '`visit` is not known here; a span is expected'
      reading.report(tree, 'unknown-word', message, 'Write calendar-day: a visit is a day', 'calendar-day')
      return undefined
    }
    if (tree.type !== 'text' || !reads(period, tree, reading)) return eachWord.read(tree, reading)
    const span = spanOfPeriod[tree.text]
    const sliding = `within: ${tree.text} in place of \`each\`, which slides`
    const instead = span === undefined ? `Write ${sliding}` : `Write each: ${span}, or ${sliding}`
    reading.report(tree, 'unknown-word', `\`${tree.text}\` is a period; a span of the calendar is expected`, instead)
    return undefined
  },
}

/** No rule gives money: a number alone is none. */
function withoutMoney<Value>(shape: Shape<Value>): Shape<Value> {
  return { ...shape, read: (tree, reading) => shape.read(tree, { ...reading, given: true }) }
}

/** How much or how often at most, and over which time. */
const capKeys = record('a cap', {
  most: required(
    withoutMoney(quantity(['times'])),
    'How much (100 points) or how often (3 times) at most',
    '100 points',
  ),
  each: optional(each, 'Over which time; or say `within`; silence means that `within` says it', 'calendar-month'),
  within: optional(
    period,
    'Over this long before each event, sliding; or say `each`; silence means that `each` says it',
    'P30D',
  ),
  whose: optional(
    word('whose cap it is', {
      member: 'Each member has a cap of their own; what silence means',
      place: 'Each place has one, for all members together',
      program: 'All members have one together',
    }),
    'Whose it is',
    'member',
  ),
  edge: optional(edge, 'What becomes of a gift that would pass the cap', 'trim'),
})
/** `50 points`, `3 per day`, `once per customer`: how much, and over which time where that is said. */
const capOrText: typeof capKeys = {
  ...capKeys,
  read(tree, reading) {
    const [, amount = '', span = ''] =
      (tree.type === 'text' ? /^(.+?)(?: ?\/ ?| (?:per|an?|each|every|in an?) )(.+)$/.exec(tree.text) : null) ??
      (tree.type === 'text' ? [tree.text, tree.text] : [])
    if (tree.type !== 'text' || amount === '') return capKeys.read(tree, reading)
    const each = span === '' ? null : /customer|member|person|user/i.test(span) ? 'ever' : meantWord(span, eachWords)
    const said = { ...tree, text: amount }
    const most = mended(quantity(['times']), said, reading)
    const ways =
      most !== null
        ? [most]
        : /^\d+$/.test(amount)
          ? [...assetsMeant(reading), 'times'].map((unit) => `${amount} ${unit}`)
          : []
    if (ways.length === 0 || (span !== '' && each === null)) return capKeys.read(tree, reading)
    const maps = ways.map((way) =>
      writtenMap([
        ['most', way],
        ['each', each ?? 'ever'],
      ]),
    )
    const meant = choices(maps)
    if (meant === null) return capKeys.read(tree, reading)
    const others = 'for all time, or with each: calendar-day, calendar-week, calendar-month or calendar-year'
    const instead = each === null ? `Write ${meant} ${others}` : `Write ${meant}`
    const message = `Here stands the text \`${tree.text}\`; a cap with keys is expected`
    reading.report(tree, 'wrong-shape', message, instead, maps.length === 1 ? meant : null)
    return undefined
  },
}
export const cap = defined('cap', capOrText)

/** A cap that says how often a member can have something. */
export const timesCap: typeof cap = {
  ...cap,
  read: (tree, reading) => cap.read(tree, { ...reading, counts: 'times' }),
}
export type CapText = ValueOf<typeof cap>

const budgetKeys = record('a budget', {
  most: required(
    quantity(['times']),
    'An amount (500000 points), money (10000.00 USD, by what the asset is worth) or how often (1000 times)',
    '500000 points',
  ),
  edge: optional(edge, 'What becomes of a gift that would pass it', 'trim'),
})
/** Room of all members together, in all. */
export const budget = defined('budget', budgetKeys)
export type BudgetText = ValueOf<typeof budget>

/** The share of members for whom something does not exist; `none` is said, silence goes by the program. */
export const holdout = optional(
  orNone(
    mapped(percent, (share) => ({ share })),
    { share: null },
    'Nobody is held out',
  ),
  'The share of members who do not get it, to measure what it brings; silence means what `holdout` of the program says',
  '20%',
)

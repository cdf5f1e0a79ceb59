import { optional, record, required } from '../record-shape.ts'
import { orNone, word } from '../scalar.ts'
import { percent, quantity } from '../scalar-amount.ts'
import { period } from '../scalar-time.ts'
import { defined, mapped, reads, type ValueOf } from '../shape.ts'

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
    if (tree.type !== 'text' || !reads(period, tree, reading)) return eachWord.read(tree, reading)
    const span = spanOfPeriod[tree.text]
    const sliding = `within: ${tree.text} in place of \`each\`, which slides`
    const instead = span === undefined ? `Write ${sliding}` : `Write each: ${span}, or ${sliding}`
    reading.report(tree, 'unknown-word', `\`${tree.text}\` is a period; a span of the calendar is expected`, instead)
    return undefined
  },
}

/** How much or how often at most, and over which time. */
const capKeys = record('a cap', {
  most: required(quantity(['times']), 'How much (100 points) or how often (3 times) at most', '100 points'),
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
export const cap = defined('cap', capKeys)
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

import { type Fraction, fraction } from '../../amounts/fraction.ts'
import { choice } from '../choice.ts'
import { decimalUnits } from '../currency.ts'
import { mapOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, orWord, right, scalar, word, wrong } from '../scalar.ts'
import { amount } from '../scalar-amount.ts'
import { levelReference } from '../scalar-reference.ts'
import { moment } from '../scalar-time.ts'
import type { Shape, ValueOf } from '../shape.ts'
import { rounding } from './earn.ts'

const TRANSITIONS_MAX = 500 // of one kind; more than a version ever gives up

const DECIMALS_MAX = 6 // as many as an asset can have

/** So much of an asset that this version does not know, in whole ones. */
export interface GivenUp {
  readonly asset: string
  readonly amount: Fraction
}

const givenUp: Shape<GivenUp> = scalar({
  name: 'an amount of what is given up',
  example: '10 points',
  schema: { type: 'string', pattern: '^(0|[1-9][0-9]*)(\\.[0-9]{1,6})? [a-z][a-z0-9-]*$' },
  parse(text) {
    const [, number = '', decimals = '', asset = ''] =
      /^((?:0|[1-9]\d*)(?:\.(\d+))?) ([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(text) ?? []
    const units = decimals.length > DECIMALS_MAX ? null : decimalUnits(number, decimals.length)
    if (units !== null && units > 0) return right({ asset, amount: fraction(units, 10 ** decimals.length) })
    const rule = `Write a number above zero with at most ${DECIMALS_MAX} decimals, and the asset`
    return wrong('transition-rate', `\`${text}\` is no amount`, rule)
  },
  print: ({ asset, amount: { numerator, denominator } }) => `${numerator / denominator} ${asset}`,
})

const NAME_IN_NAME = '^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$'
const isNameInName = (text: string): boolean => new RegExp(NAME_IN_NAME).test(text)

/** The name of one thing in another, whether this version knows it or not. */
const nameIn = (outer: string, inner: string, example: string): Shape<string> =>
  scalar({
    name: `a ${inner} with its ${outer}`,
    example,
    schema: { type: 'string', pattern: NAME_IN_NAME },
    parse: (text) =>
      isNameInName(text)
        ? right(text)
        : wrong(
            'bad-id',
            `\`${text}\` is no ${inner} with its ${outer}`,
            `Write the ${outer}, a slash and the ${inner}: ${example}`,
          ),
    print: (value) => value,
  })
const levelName = nameIn('ladder', 'level', 'standing/gold')
const sessionName = nameIn('reward', 'session', 'tasting/may')

const last = required(moment, 'The last day on which it is honoured', '2027-01-31')

const orKept = <Value>(shape: Shape<Value>) => orWord(shape, 'keep', 'keep' as const, 'Who has it keeps it')

const honoured = orKept(record('a transition', { through: last }))

const ofAsset = orKept(
  choice('what becomes of it', '{ give: 1 stars, per: 10 points }', {
    maps: {
      give: record('a conversion', {
        give: required(amount, 'What they get instead', '1 stars'),
        per: required(givenUp, 'For so much of what they have', '10 points'),
        round: optional(rounding, 'How the result becomes whole; silence means ceil: for the member', 'ceil'),
      }),
      through: record('a transition', { through: last }),
    },
  }),
)
export type AssetTransitionText = ValueOf<typeof ofAsset>

const ofLevel = orKept(
  record('a transition of a level', {
    to: optional(levelReference, 'The level they hold instead; silence means the same one', 'gold'),
    through: last,
  }),
)
export type LevelTransitionText = ValueOf<typeof ofLevel>

const honouredById = (means: string, example: string) => optional(mapOf(id, honoured, TRANSITIONS_MAX), means, example)

/** What becomes of what members hold that this version gives up, or makes harder to keep. */
export const transitions = record('`transitions`', {
  assets: optional(
    mapOf(id, ofAsset, TRANSITIONS_MAX),
    'Assets that are given up, or that would be lost sooner for want of a sign of life; silence means that there are none',
    '{ points: { give: 1 stars, per: 10 points } }',
  ),
  tiers: optional(
    mapOf(levelName, ofLevel, TRANSITIONS_MAX),
    'Levels that are given up, or that ask for more; silence means that there are none',
    '{ standing/gold: { through: 2027-01-31 } }',
  ),
  rewards: honouredById(
    'Rewards that are given up and whose vouchers are still open; silence means that there are none',
    '{ five-off: keep }',
  ),
  cards: honouredById(
    'Cards that are given up, or take more, and go on for a while as they were; silence means that there are none',
    '{ coffee-ten: { through: 2027-01-31 } }',
  ),
  challenges: honouredById(
    'Challenges that are given up, or made harder, and go on for a while as they were; silence means that there are none',
    '{ spring: { through: 2027-01-31 } }',
  ),
  memberships: honouredById(
    'Paid memberships that are no longer sold, or no longer with all their benefits; silence means that there are none',
    '{ plus: keep }',
  ),
  pools: optional(
    mapOf(id, word('what becomes of it', { keep: 'Who has it keeps it' }), TRANSITIONS_MAX),
    'Pools that are given up: what is in them is spent by their last terms; silence means that there are none',
    '{ household: keep }',
  ),
  sessions: optional(
    mapOf(
      sessionName,
      word('what becomes of it', {
        keep: 'Who has a seat keeps it, and can give it back by the terms that were told or by those of now, whichever are milder',
        'called-off': 'Whoever has a seat, or a place in the line, is told, and gets back what was paid',
      }),
      TRANSITIONS_MAX,
    ),
    'Sessions that are given up or moved, or have fewer seats; silence means that there are none',
    '{ tasting/may: called-off }',
  ),
  draws: optional(
    mapOf(
      id,
      word('what becomes of it', {
        keep: 'It is held as it was told',
        'called-off': 'It is not held as it was told; one of its name that stands in this version is held by that',
      }),
      TRANSITIONS_MAX,
    ),
    'Draws that are given up while they are open, or that close, or give, otherwise than was told; silence means that there are none',
    '{ grinder: keep }',
  ),
})
export type TransitionsText = ValueOf<typeof transitions>

import { choice } from '../choice.ts'
import { idMeant } from '../id-meant.ts'
import { listOf, mapOf, withUnique } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, orWord, word, yes } from '../scalar.ts'
import { quantity } from '../scalar-amount.ts'
import { activityReference, assetReference } from '../scalar-reference.ts'
import { dayOfYear, periodOfDays } from '../scalar-time.ts'
import {
  type Counted,
  countedBy,
  inAssetOf,
  mapped,
  type Reading,
  reads,
  reportShape,
  type ValueOf,
  written,
} from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { expiry, texts } from './assets.ts'
import { awards } from './awards.ts'
import { benefitList } from './benefits.ts'

// A member holds one level of each ladder; people can tell few apart.
const LADDERS_MAX = 10
const LEVELS_MAX = 20

export const measure = choice('a measure', '{ earned: status }', {
  text: mapped(
    word('a measure', {
      spend: 'Eligible spend, without tax, shipping and what points paid; reached in money',
      orders: 'Orders paid; reached in orders',
      visits: 'Days with an order or an activity; reached in visits',
      referrals: 'Friends whose referral qualified; reached in times',
    }),
    (type) => ({ type, of: '' }),
  ),
  maps: {
    earned: mapped(
      record('a measure', {
        earned: required(
          assetReference,
          'An asset, counted as it is earned: on a ladder whatever gave it, on a leaderboard where an order or an activity did',
          'status',
        ),
      }),
      ({ earned }) => ({ type: 'earned' as const, of: earned }),
    ),
    activity: mapped(
      record('a measure', {
        activity: required(activityReference, 'An activity, counted; reached in times', 'review'),
      }),
      ({ activity }) => ({ type: 'activities' as const, of: activity }),
    ),
  },
})
const countedOnLadders: Readonly<Record<string, Counted>> = {
  activity: 'times',
  earned: 'amount',
  orders: 'orders',
  referrals: 'times',
  spend: 'money',
  visits: 'visits',
}
export type MeasureText = ValueOf<typeof measure>

const keptThrough = optional(
  word('how long a level is kept', { 'next-period': 'To the end of the period after the one in which it was reached' }),
  'How long a level is kept; silence means to the end of its period',
  'next-period',
)

const surplus = orWord(
  orWord(quantity(['orders', 'visits', 'times']), 'yes', { type: 'all' as const }, 'All of it'),
  'no',
  { type: 'nothing' as const },
  'Nothing of it',
)
const rollOver = optional(
  surplus,
  'How much of what is beyond the level of a period counts in the next one; silence means nothing',
  '100 status',
)

const window = choice('a window', '{ calendar: year, keptThrough: next-period }', {
  text: mapped(word('a window', { lifetime: 'All that ever was' }), () => ({ type: 'lifetime' as const })),
  maps: {
    calendar: mapped(
      record('`window`', {
        calendar: required(
          word('a calendar period', { month: 'The month', quarter: 'The quarter', year: 'The year' }),
          'What is done in one such period counts together',
          'year',
        ),
        keptThrough,
        rollOver,
      }),
      (value) => ({ type: 'calendar' as const, unit: value.calendar, ...recurringOf(value) }),
    ),
    resets: mapped(
      record('`window`', {
        resets: required(dayOfYear, 'A year that begins on this day', '02-01'),
        keptThrough,
        rollOver,
      }),
      (value) => ({ type: 'fixed-date' as const, ...value.resets, ...recurringOf(value) }),
    ),
    anniversary: mapped(
      record('`window`', {
        anniversary: required(
          word('an anniversary', { joining: 'The day on which the member joined' }),
          'A year that begins on this day of the member',
          'joining',
        ),
        keptThrough,
        rollOver,
      }),
      (value) => ({ type: 'anniversary' as const, ...recurringOf(value) }),
    ),
    rolling: mapped(
      record('`window`', { rolling: required(periodOfDays, 'The days up to today, so far back', 'P12M') }),
      (value) => ({ type: 'rolling' as const, length: value.rolling }),
    ),
  },
})

function recurringOf({ keptThrough, rollOver, tree }: Recurring) {
  return { keptThrough: keptThrough !== null, rollOver, tree }
}

interface Recurring {
  readonly keptThrough: 'next-period' | null
  readonly rollOver: ValueOf<typeof surplus> | null
  readonly tree: MapTree
}

const fall = record('`fall`', {
  to: required(
    word('a way of falling', {
      never: 'A level once reached is kept',
      'one-step': 'To the next lower level',
      earned: 'To what the facts support',
    }),
    'Where a member goes whose level is no longer supported',
    'earned',
  ),
  grace: optional(periodOfDays, 'How long the level is kept all the same; silence means not at all', 'P30D'),
  warn: optional(
    listOf(periodOfDays, 10),
    'How long before a fall it is announced; silence means that it is not announced',
    '[P60D, P30D, P7D]',
  ),
})

const level = record('a level', {
  id: required(id, 'Named by rules (`for: { tier: [gold] }`)', 'gold'),
  reach: required(
    quantity(['orders', 'visits', 'times']),
    'From how much on it is held; the first level begins at 0',
    '350 status',
  ),
  name: optional(texts, 'What members read, by language; silence means its id', '{ en: Gold }'),
  expires: optional(
    mapOf(assetReference, expiry, 20),
    'Other expiries for what becomes active while the level is held; silence means those of the assets',
    '{ points: never }',
  ),
  benefits: optional(benefitList, 'What members have while they hold it; silence means nothing', '[free-shipping]'),
  entry: optional(awards, 'What entering it gives, once ever; silence means nothing', '{ reward: welcome-gift }'),
  hidden: optional(yes, 'Whether nobody sees it who does not hold it; silence means no', 'yes'),
  invitation: optional(yes, 'Whether nobody rises into it: staff or an award give it; silence means no', 'yes'),
})
export type LevelText = ValueOf<typeof level>

const ladder = record('a ladder', {
  ladder: required(id, 'The id of the ladder', 'standing'),
  measure: required(measure, 'What is counted', '{ earned: status }'),
  window: required(window, 'Over which time it is counted', '{ calendar: year, keptThrough: next-period }'),
  rise: optional(
    word('when a member rises', {
      'at-once': 'As soon as it is reached; what silence means',
      'period-end': 'When the period closes',
    }),
    'When a level that was reached is given',
    'at-once',
  ),
  fall: required(fall, 'What becomes of a level that is no longer supported', '{ to: earned, grace: P30D }'),
  afterRefund: optional(
    word('what a refund does', {
      'keep-to-window-end': 'The level is at risk and kept to the end of its window; what silence means',
      revoke: 'The level is lost at once',
    }),
    'Where a refund takes away what a level was reached by',
    'keep-to-window-end',
  ),
  levels: required(
    countedBy('measure', countedOnLadders, inAssetOf('measure', withUnique('id', 'level', listOf(level, LEVELS_MAX)))),
    'From the lowest to the highest',
    '[{ id: member, reach: 0 status }]',
  ),
})
export type LadderText = ValueOf<typeof ladder>

const ladders = withUnique('ladder', 'ladder', listOf(ladder, LADDERS_MAX))

/** `silver: { reach: 100 points }`, `silver: 100 points`: levels without their ladder. */
export const tiers: typeof ladders = {
  ...ladders,
  read(tree, reading) {
    if (tree.type !== 'map') return ladders.read(tree, reading)
    if (reads(ladder, tree, reading)) return reportShape(tree, reading, 'a list', '', `[${written(tree)}]`)
    const levels = tree.entries.flatMap(({ key, value }): readonly Meant[] => {
      const reach = value.type === 'map' ? childOf(value, 'reach') : value
      const [, number = '', unit = ''] = (reach?.type === 'text' && /^(\d[\d.]*) (\S+)$/.exec(reach.text)) || []
      return unit === '' ? [] : [{ id: idMeant(key.text), number, unit }]
    })
    const [{ unit } = { unit: '' }] = levels
    const measure = measuredIn(unit, reading)
    if (measure === null || levels.length < tree.entries.length) return ladders.read(tree, reading)
    const lowest = levels.some(({ number }) => Number(number) === 0) ? [] : [{ id: 'member', number: '0', unit }]
    const sorted = [...lowest, ...levels].sort((a, b) => Number(a.number) - Number(b.number))
    const said = sorted.map((level) => `{ id: ${level.id}, reach: ${level.number} ${level.unit} }`)
    const meant = `[{ ladder: standing, measure: ${measure}, window: { calendar: year }, fall: { to: earned }, levels: [${said.join(', ')}] }]`
    return reportShape(tree, reading, 'a list', '', meant)
  },
}

interface Meant {
  readonly id: string
  readonly number: string
  readonly unit: string
}

/** What a ladder measures whose levels are reached with so much of this. */
function measuredIn(unit: string, { names }: Reading): string | null {
  if (names.assets.has(unit)) return `{ earned: ${unit} }`
  if (unit === names.currency?.code) return 'spend'
  return unit === 'orders' || unit === 'visits' ? unit : null
}

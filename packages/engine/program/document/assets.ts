import { choice } from '../choice.ts'
import { decimalText, decimalUnits } from '../currency.ts'
import { listOf, mapOf, setOf } from '../list-shape.ts'
import { assetKinds, factKinds } from '../names.ts'
import { suggestion } from '../nearest.ts'
import { assetsMeant, inOwnWords } from '../own-words.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, language, orNone, phrase, right, scalar, word, wrong, yes } from '../scalar.ts'
import { amount, money, smallest } from '../scalar-amount.ts'
import { dayOfYear, periodOfDays } from '../scalar-time.ts'
import {
  capital,
  defined,
  type Json,
  mapped,
  mended,
  type Reading,
  reads,
  reportShape,
  type Shape,
  type ValueOf,
  writtenIn,
  writtenMap,
} from '../shape.ts'
import type { Tree } from '../syntax-tree.ts'

// Each asset is a wallet of its own in every member's state.
const ASSETS_MAX = 20
const LANGUAGES_MAX = 50
const BURN_CLASSES_MAX = 10

/** A text alone is not said in any language: shown as it would be in English. */
function inEnglish<Value>(shape: Shape<Value>): Shape<Value> {
  return {
    ...shape,
    read: (tree, reading) =>
      tree.type === 'text' && tree.text !== ''
        ? reportShape(tree, reading, 'a map of languages', reading.example, `{ en: ${writtenIn(tree.text)} }`)
        : shape.read(tree, reading),
  }
}

export const texts = mapped(
  inEnglish(mapOf(language, phrase, LANGUAGES_MAX)),
  (named): Readonly<Record<string, string>> => Object.fromEntries(named.map(({ id: tag, value }) => [tag, value])),
)

/** `point`, `points`: how one of it and many of it are called, by the plural categories of Unicode (CLDR). */
const counted = choice('a name', 'points', {
  text: mapped(phrase, (other) => ({ other })),
  maps: {
    other: record('a name by number', {
      zero: optional(phrase, 'For none, where the language has a form for it; silence means that of `other`', 'points'),
      one: optional(phrase, 'For one; silence means that of `other`', 'point'),
      two: optional(phrase, 'For two, where the language has a form for it; silence means that of `other`', 'points'),
      few: optional(phrase, 'For a few, where the language has a form for it; silence means that of `other`', 'points'),
      many: optional(phrase, 'For many, where the language has a form for it; silence means that of `other`', 'points'),
      other: required(phrase, 'For every other number', 'points'),
    }),
  },
})
const countedTexts = inEnglish(mapOf(language, counted, LANGUAGES_MAX))

/** Events that count as a sign of life. */
const movingEvents = ['order.paid', 'redemption.confirmed']
const movingEvent: Shape<string> = scalar({
  name: 'an event',
  example: 'order.paid',
  schema: { type: 'string', pattern: '^(order\\.paid|redemption\\.confirmed|activity\\.[a-z0-9-]+)$' },
  parse(text, reading) {
    const known = [...movingEvents, ...[...reading.names.activities.keys()].map((name) => `activity.${name}`)]
    if (known.includes(text)) return right(text)
    return wrong('unknown-event', `\`${text}\` moves no expiry`, suggestion(text, known, ''))
  },
  print: (value) => value,
})

export const roundingUp = word('the end of', {
  month: 'The last day is moved to the end of its month',
  quarter: 'The last day is moved to the end of its quarter',
  year: 'The last day is moved to the end of its year',
})

/** When what was earned is lost. */
const expiryForms = choice('an expiry', '{ life: P12M, endOf: month }', {
  text: mapped(word('an expiry', { never: 'It is kept for ever' }), () => ({ type: 'never' as const })),
  maps: {
    life: mapped(
      record('`expires`', {
        life: required(periodOfDays, 'The last day is that long after the day it became active', 'P12M'),
        endOf: optional(
          roundingUp,
          'The last day is rounded up to the end of this unit; silence means that it is not rounded',
          'month',
        ),
      }),
      (value) => ({ type: 'life' as const, ...value }),
    ),
    inactive: mapped(
      record('`expires`', {
        inactive: required(periodOfDays, 'All of it is lost after that long without a sign of life', 'P6M'),
        moves: required(setOf(movingEvent, 20), 'What counts as a sign of life', '[order.paid]'),
      }),
      (value) => ({ type: 'inactive' as const, ...value }),
    ),
    date: mapped(
      record('`expires`', {
        date: required(dayOfYear, 'The last day, each year', '12-31'),
        leastLife: optional(
          periodOfDays,
          'What is younger on that day lives until the next; silence means that it does not',
          'P3M',
        ),
      }),
      (value) => ({ type: 'date' as const, ...value }),
    ),
    anniversary: mapped(
      record('`expires`', {
        anniversary: required(
          word('an anniversary', { joining: 'The day on which the member joined' }),
          'Of what',
          'joining',
        ),
        leastLife: optional(
          periodOfDays,
          'What is younger on that day lives until the next; silence means that it does not',
          'P3M',
        ),
      }),
      (value) => ({ type: 'anniversary' as const, ...value }),
    ),
  },
})
export const expiry = defined('expiry', expiryForms)
export type ExpiryText = ValueOf<typeof expiry>

const pending = choice('a time of waiting', 'P14D', {
  text: orNone(
    mapped(periodOfDays, (value) => ({ type: 'period' as const, period: value })),
    { type: 'none' as const },
    'It can be used at once',
  ),
  maps: {
    until: mapped(
      record('`pending`', {
        until: required(
          word('an event', {
            'order.delivered': 'The order has arrived: of one that comes in parts, what lies on those lines',
          }),
          'What ends the waiting',
          'order.delivered',
        ),
        longest: required(periodOfDays, 'When the waiting ends without it', 'P30D'),
      }),
      (value) => ({ type: 'event' as const, event: value.until, longest: value.longest }),
    ),
  },
})

/** `{ 100 points: 1.00 USD }`: so much of an asset is worth so much money. */
export const worth: Shape<{ readonly asset: string; readonly units: number; readonly minor: number }> = {
  read(tree, reading) {
    const entry = tree.type === 'map' && tree.entries.length === 1 ? tree.entries[0] : undefined
    const meant = worthMeant(tree, reading)
    if (meant !== null) {
      const message = `An amount and its worth are expected, as in \`${meant[0]}\``
      const [one = '', hundred] = meant
      const instead = hundred === undefined ? one : `${one} if that is one of it, or ${hundred} if it is a hundred`
      reading.report(tree, 'wrong-shape', message, `Write ${instead}`, one)
      return undefined
    }
    if (entry === undefined) return reportShape(tree, reading, 'one amount and its worth', '{ 100 points: 1.00 USD }')
    const left = amount.read(entry.key, reading)
    const money_ = money.read(entry.value, reading)
    if (left === undefined || money_ === undefined) return undefined
    if (left.units > 0 && money_.minor > 0) return { ...left, minor: money_.minor }
    reading.report(
      entry.key,
      'bad-amount',
      'Nothing is worth nothing',
      `Write amounts above zero, for instance ${inOwnWords('{ 100 points: 1.00 USD }', reading.names)}`,
    )
    return undefined
  },
  canonical(tree, reading): Json {
    const entry = tree.type === 'map' ? tree.entries[0] : undefined
    if (entry === undefined) return {}
    return { [String(amount.canonical(entry.key, reading))]: money.canonical(entry.value, reading) }
  },
  schema: (definitions) => ({
    type: 'object',
    propertyNames: amount.schema(definitions),
    additionalProperties: money.schema(definitions),
    minProperties: 1,
    maxProperties: 1,
  }),
}

/** What is worth so much, where that is clear: of one, or of a hundred where only money is said. */
function worthMeant(tree: Tree, reading: Reading): readonly string[] | null {
  const asText = (each: Tree, text: string): Tree => (each.type === 'text' ? { ...each, text } : each)
  const pair = (left: Tree, right: Tree): readonly string[] | null => {
    const of = mended(amount, left, reading)
    const is = mended(money, right, reading)
    return of === null || is === null ? null : [writtenMap([[of, is]])]
  }
  if (tree.type === 'map') {
    const [entry, ...more] = tree.entries
    if (entry === undefined || more.length > 0 || reads(amount, entry.key, reading)) return null
    return pair(entry.value, entry.key)
  }
  if (tree.type !== 'text') return null
  const [left = '', right = '', ...rest] = tree.text.split(/ ?(?:=|:|→|->) ?| (?:are|is) (?:worth )?| for /)
  if (right !== '' && rest.length === 0) return pair(asText(tree, left), asText(tree, right))
  const [asset, ...others] = assetsMeant({ ...reading, spent: true })
  if (asset === undefined || others.length > 0) return null
  const is = mended(money, tree, reading)
  if (is !== null) return [writtenMap([[`1 ${asset}`, is]]), writtenMap([[`100 ${asset}`, is]])]
  // Half a cent of one is five cents of ten.
  const [, whole = '', parts = ''] = /^(\d+)[.,](\d{3,6})(?: ?\S+)?$/.exec(tree.text) ?? []
  const { code, exponent } = reading.names.currency ?? { code: '', exponent: 2 }
  const minor = decimalUnits(`${Number(whole)}.${parts}`, parts.length)
  if (parts.length <= exponent || minor === null || minor === 0 || code === '') return null
  return [writtenMap([[`${10 ** (parts.length - exponent)} ${asset}`, `${decimalText(minor, exponent)} ${code}`]])]
}

const grace = orNone(
  mapped(periodOfDays, (period) => ({ period })),
  { period: null },
  'It lapses at once',
)

const gifting = record('`gifting`', {
  most: required(amount, 'How much a member may give away', '500 points'),
  each: required(
    word('a span', {
      'calendar-day': 'In one day',
      'calendar-week': 'In one week',
      'calendar-month': 'In one month',
      'calendar-quarter': 'In one quarter',
      'calendar-year': 'In one year',
    }),
    'In which time',
    'calendar-month',
  ),
  least: optional(amount, 'The least that can be given at once; silence means anything', '10 points'),
})

const asset = record('an asset', {
  kind: required(word('the kind of an asset', assetKinds), 'What it is for', 'spendable'),
  name: optional(
    countedTexts,
    'What members read, by language; by number where one of it is called otherwise; silence means its id',
    '{ en: { one: point, other: points } }',
  ),
  smallest: optional(
    smallest,
    'The smallest part it is kept in; silence means whole ones, and for money the smallest coin',
    '0.01 credit',
  ),
  shown: optional(yes, 'Whether members see it; silence means yes', 'no'),
  pending: optional(pending, 'How long what was earned waits before it can be used; silence means not at all', 'P14D'),
  expires: required(expiry, 'When what was earned is lost. It must be said, also `never`', 'never', 'expiry-missing'),
  warn: optional(
    listOf(periodOfDays, 10),
    'How long before its last day a member is told what will be lost; silence means never',
    '[P30D, P7D]',
  ),
  burnOrder: optional(
    listOf(id, BURN_CLASSES_MAX),
    'Classes in the order in which they are burnt; what has none is burnt last; silence means that there are none',
    '[promo]',
  ),
  lapsedReturns: optional(
    record('`lapsedReturns`', {
      member: optional(grace, 'Where the member brought the goods back; silence means none', 'none'),
      shop: optional(grace, 'Where the shop cancelled; silence means none', 'P30D'),
    }),
    'How long points live that a refund gives back after their day has passed; silence means not at all',
    '{ member: none, shop: P30D }',
  ),
  worth: optional(
    worth,
    'What it is worth, for prices and reports; silence means that it is not said',
    '{ 100 points: 1.00 USD }',
  ),
  gifting: optional(
    gifting,
    'What members may give to each other; silence means nothing',
    '{ most: 500 points, each: calendar-month }',
  ),
})
export type AssetText = ValueOf<typeof asset>

/** Amounts inside an asset are of itself. */
const ofItself: typeof asset = {
  ...asset,
  read(tree, reading) {
    const own = [...reading.names.assets.keys()].find((each) => tree.path === `assets.${each}`)
    return asset.read(tree, { ...reading, asset: own ?? null })
  },
}

export const assets = mapOf(id, ofItself, ASSETS_MAX)

const factKind = word('the kind of a fact', factKinds)

/** `word-count` is `wordCount`; what conditions need for themselves gets a second word. */
function meantFact(text: string): string {
  const [first = '', ...rest] = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const joined = first.charAt(0).toLowerCase() + first.slice(1) + rest.map(capital).join('')
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(joined)) return 'orderValue'
  return reservedInConditions.has(joined) ? `${joined}Value` : joined
}

const factName: Shape<string> = scalar({
  name: 'the name of a fact',
  example: 'words',
  schema: { type: 'string', pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 40 },
  parse: (text) =>
    /^[a-z][A-Za-z0-9]{0,39}$/.test(text) && !reservedInConditions.has(text)
      ? right(text)
      : wrong(
          'bad-id',
          `\`${text}\` is no name of a fact`,
          `Write one word, inner words with capitals: ${meantFact(text)}`,
        ),
  print: (value) => value,
})
const reservedInConditions = new Set(
  'as break const continue else false for function if import in let loop null package namespace return true var void while constructor prototype'.split(
    ' ',
  ),
)

/** What members can do besides buying, and what is known of it. */
export const activities = mapOf(
  id,
  record('an activity', {
    facts: optional(
      mapOf(factName, factKind, 30),
      'What each such event must bring, for conditions; silence means nothing',
      '{ words: number }',
    ),
  }),
  100,
)

import type { Fraction } from '../../amounts/fraction.ts'
import { choice } from '../choice.ts'
import { isFirstOrder } from '../condition-words.ts'
import { currencyMeant } from '../currency.ts'
import { declaring } from '../declaring.ts'
import { listOf, mapOf, setOf, withUnique } from '../list-shape.ts'
import { meantWord, suggestion } from '../nearest.ts'
import { choices, inOwnWords } from '../own-words.ts'
import type { Occasion } from '../program.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, right, scalar, word, wrong, yes } from '../scalar.ts'
import { type Amount, type Money, moneyExample, parseMoney, printMoney } from '../scalar-amount.ts'
import { type FactCount, parseFactCount, printFactCount, type Share, share } from '../scalar-count.ts'
import { charityReference, groupReference, ruleReference } from '../scalar-reference.ts'
import { multiplier } from '../scalar-share.ts'
import { capital, inAssetOf, mapped, mended, type Reading, type Shape, type ValueOf, writtenMap } from '../shape.ts'
import { childOf, type TextTree, type Tree } from '../syntax-tree.ts'
import { expiry } from './assets.ts'
import { audience, during, where } from './audience.ts'
import { type AwardText, awards } from './awards.ts'
import { budget, cap, holdout } from './bounds.ts'
import { conditionText } from './condition-text.ts'

// Every order meets every rule; beyond this a preview would no longer feel instant.
const RULES_MAX = 500
const GROUPS_MAX = 100

/** Moments of a member's life, with the sentence an editor shows. */
const occasions = {
  'member.joined': 'The member has joined',
  'member.birthday': 'The birthday, at most once a year',
  'member.anniversary': 'The day on which the member joined, each year',
  'membership.renewed': 'A fee of a membership was paid again',
} as const satisfies Record<Occasion, string>
const isOccasion = (text: string): text is Occasion => Object.hasOwn(occasions, text)

export type EventText =
  | { readonly type: 'order' }
  | { readonly type: 'activity'; readonly activity: string }
  | { readonly type: 'occasion'; readonly occasion: Occasion }

export function eventText(on: EventText): string {
  switch (on.type) {
    case 'order':
      return 'order.paid'
    case 'activity':
      return `activity.${on.activity}`
    case 'occasion':
      return on.occasion
  }
}

/** `order.paid`, `activity.review` or an occasion. */
const event = scalar<EventText>({
  name: 'an event',
  example: 'order.paid',
  schema: {
    anyOf: [
      { const: 'order.paid', description: 'An order was paid' },
      ...Object.entries(occasions).map(([occasion, description]) => ({ const: occasion, description })),
      {
        type: 'string',
        pattern: '^activity\\.[a-z][a-z0-9-]*$',
        description: 'An activity, declared under `activities`',
      },
    ],
  },
  parse(text, reading) {
    if (text === 'order.paid') return right({ type: 'order' })
    if (isOccasion(text)) return right({ type: 'occasion', occasion: text })
    const activities = reading.names.activities
    const name = text.startsWith('activity.') ? text.slice('activity.'.length) : ''
    if (activities.has(name)) return right({ type: 'activity', activity: name })
    if (name !== '') {
      const near = meantWord(name, activities.keys())
      const message = `There is no activity \`${name}\``
      const { id: other = '', told = 'declare it under `activities`' } =
        declaring('activities', name, reading.names) ?? {}
      const each = choices([...activities.keys()].map((activity) => `activity.${activity}`))
      const here = told.replace(/ here$/, ` here: activity.${other}`)
      const instead = each === null ? capital(here) : `${capital(here)}; or write ${each}`
      return near === null
        ? wrong('unknown-activity', message, instead)
        : wrong('unknown-activity', message, `Did you mean \`activity.${near}\`?`, `activity.${near}`)
    }
    const known = ['order.paid', ...Object.keys(occasions), ...[...activities.keys()].map((each) => `activity.${each}`)]
    const near = meantWord(text, known)
    return wrong('unknown-event', `There is no event \`${text}\``, eventMeant(text, near, known, reading), near)
  },
  print: eventText,
})

/** What members do besides buying is an activity, and can be declared. */
function eventMeant(text: string, near: string | null, known: readonly string[], { names, within }: Reading): string {
  if (near !== null) return `Did you mean \`${near}\`?`
  const plain = text.toLowerCase().replace(/[^a-z]/g, '')
  const perOrder = within !== null && childOf(within, 'per') !== undefined ? '' : 'per: order, '
  if (isFirstOrder(text)) return `Write order.paid, and ${perOrder}when: 'order.firstOrder' beside it`
  if (plain === 'visit' || plain === 'checkin') return 'Write order.paid, and per: visit beside it'
  if (plain.startsWith('refer')) return 'Referrals have a section of their own, `referral`'
  if (plain.startsWith('refund') || plain.startsWith('return'))
    return 'Leave the rule out: a refund takes back by itself what its order gave'
  const activity = declaring('activities', text, names)
  const choice = `Choose one of: ${known.join(', ')}`
  if (activity === null || text.includes('.')) return choice
  const line = `Declare an activity under \`activities\`: ${activity.id}: {}, and write activity.${activity.id} here`
  return `${line}; or c${choice.slice(1)}`
}

export const rounding = word('a way of rounding', {
  floor: 'Down to the whole',
  ceil: 'Up to the whole',
  'half-up': 'To the nearest whole, halves up',
  'half-even': 'To the nearest whole, halves to the even one',
})

const excluded = word('what spend leaves out', {
  tax: 'The tax contained in prices',
  shipping: 'What was paid for shipping',
  tip: 'What was given on top',
  'gift-card': 'What was spent on gift cards',
  points: 'What was paid with points',
  'stored-value': 'What was paid with gift cards and store credit',
})

const perWords = ['order', 'visit', 'item'] as const
export type PerText =
  | ({ readonly type: 'spend' } & Money)
  | { readonly type: (typeof perWords)[number] }
  | ({ readonly type: 'fact' } & FactCount)

/** `1.00 USD`, `order`, `visit`, `item` or `1 activity.kilometres`. */
const per = scalar<PerText>({
  name: 'what it is given for',
  example: '1.00 USD',
  schema: {
    anyOf: [
      { const: 'order', description: 'Once for each order' },
      { const: 'visit', description: 'Once a day, for the first order of the day by the clock of its place' },
      { const: 'item', description: 'For each item bought, gift cards too unless `lines` leaves them out' },
      { type: 'string', pattern: '^[0-9.]+ [A-Z]{3}$', description: 'For each so much money of eligible spend' },
      {
        type: 'string',
        pattern: '^[1-9][0-9]* activity\\.[A-Za-z][A-Za-z0-9]*$',
        description: 'For each so many of what a fact of the activity counts',
      },
    ],
  },
  parse(text, reading) {
    const found = perWords.find((each) => each === text)
    if (found !== undefined) return right({ type: found })
    if (text.includes('activity.')) {
      const counted = parseFactCount(text)
      return 'value' in counted ? right({ type: 'fact', ...counted.value }) : counted
    }
    const near = suggestion(text, perWords, 'none')
    if (!/\d/.test(text)) {
      const whole = currencyMeant(text).includes(reading.names.currency?.code ?? 'USD') ? moneyExample(reading) : null
      const message = `Nothing is given per \`${text}\``
      if (whole !== null) return wrong('unknown-word', message, `Write ${whole}`, whole)
      const instead = isFirstOrder(text)
        ? `Write order, and when: 'order.firstOrder' beside it`
        : text === 'day'
          ? 'Write visit, which is the first order of a day'
          : near.startsWith('Did')
            ? near
            : `Write order, visit, item or an amount of money, for instance ${moneyExample(reading)}`
      return wrong('unknown-word', message, instead, meantWord(text, perWords))
    }
    const [, number = '', what = ''] = /^(\d+) (item|visit|order)s?$/.exec(text) ?? []
    if (number === '1') return wrong('unknown-word', `\`${text}\` is said without a number`, `Write ${what}`, what)
    if (number !== '') {
      const message = `Nothing is given per ${number} ${what}s, only per ${what}`
      const instead = `Write ${what}, for each of them; or give 1 stamps for each, and let a card give it for ${number} stamps`
      return wrong('unknown-word', message, inOwnWords(instead, reading.names))
    }
    const parsed = parseMoney(text, reading)
    return 'value' in parsed ? right({ type: 'spend', ...parsed.value }) : parsed
  },
  print(value, reading) {
    switch (value.type) {
      case 'spend':
        return printMoney(value, reading)
      case 'fact':
        return printFactCount(value)
      case 'order':
      case 'visit':
      case 'item':
        return value.type
    }
  },
})

/** What giving and multiplying rules have alike: whom and when they concern. */
const concerns = {
  id: required(id, 'Stands in statements and reports, and never changes its meaning', 'base'),
  when: optional(
    conditionText,
    'A condition on the order, the activity or the member; silence means always',
    `'order.items >= 3'`,
  ),
  lines: optional(
    conditionText,
    'Only what was spent on lines of which this is true; silence means all lines',
    `'line.category == "skincare"'`,
  ),
  during: optional(during, 'Only in this time; silence means always', '{ from: 2026-03-01, through: 2026-03-31 }'),
  for: optional(audience, 'Only for these members; silence means all members', '{ tier: [gold] }'),
  ...where,
  group: optional(
    groupReference,
    'The rules of a group compete, as the group says; silence means that it competes with none',
    'bonus',
  ),
  exclusive: optional(yes, 'Where it holds, the rest of its group does not; silence means no', 'yes'),
  holdout,
  budget: optional(
    inAssetOf('give', budget),
    'At most so much of it for all members together; silence means without limit',
    '{ most: 500000 points }',
  ),
}

/** One amount, so many percent of the spend, or awards. */
const give: Shape<GiveText> = {
  read(tree, reading) {
    const times = tree.type === 'text' ? timesAsMuch(tree, reading) : null
    if (times !== null) {
      reading.report(
        tree,
        'bad-amount',
        `\`${tree.type === 'text' ? tree.text : ''}\` multiplies what another rule gives`,
        times,
      )
      return undefined
    }
    if (isShare(tree)) {
      const value = share.read(tree, reading)
      return value === undefined ? undefined : { type: 'share', ...value }
    }
    const list = awards.read(tree, reading)
    const [first, ...more] = list ?? []
    if (list === undefined || first === undefined) return undefined
    return first.type === 'amount' && more.length === 0 ? first : { type: 'awards', awards: list }
  },
  canonical: (tree, reading) => (isShare(tree) ? share : awards).canonical(tree, reading),
  schema: (definitions) => ({ anyOf: [share.schema(definitions), awards.schema(definitions)] }),
}
type GiveText =
  | ({ readonly type: 'amount' } & Amount)
  | ({ readonly type: 'share' } & Share)
  | { readonly type: 'awards'; readonly awards: readonly AwardText[] }

/** `double points`, `2x`: a rule that multiplies. */
function timesAsMuch(tree: TextTree, reading: Reading): string | null {
  const [, said] = /^(double|twice|triple|[x×] ?\d+|\d+(?:[.,]\d+)? ?[x×])(?: [a-z]+)?$/i.exec(tree.text) ?? []
  const by = said === undefined ? null : mended(multiplier, { ...tree, text: said }, reading)
  if (by === null) return null
  const giving = [...reading.names.rules].flatMap(([id, kind]) => (kind === 'amount' ? [id] : []))
  const own = reading.within === null ? undefined : childOf(reading.within, 'id')
  const others = giving.filter((id) => own?.type !== 'text' || own.text !== id)
  const meant = choices(others.map((id) => `multiply: { rule: ${id}, by: ${by} }`))
  return meant === null ? null : `In place of \`on\`, \`give\` and \`per\`, write ${meant}`
}

const isShare = (tree: Tree): boolean =>
  tree.type === 'text' && /^(?:\S*%|\d\S* ?(?:%|percent|prozent))/i.test(tree.text)

const giving = record('a giving rule', {
  ...concerns,
  on: required(event, 'The event it listens to: order.paid, activity.<name>, or an occasion', 'order.paid'),
  give: required(
    give,
    'What it gives: an amount, so many percent of what was spent (3% credit), or awards, once for each event',
    '1 points',
  ),
  per: optional(
    per,
    'What that is given for: so much money, each order, each visit, each item, or so many of a fact of the activity; silence means once for each activity or occasion',
    '1.00 USD',
  ),
  include: optional(
    setOf(excluded, 6),
    'What counts as spend all the same; silence means that tax, shipping, tips, gift cards and what points or stored value paid do not',
    '[tax]',
  ),
  round: optional(rounding, 'How the exact result becomes whole; silence means floor', 'floor'),
  stack: optional(
    word('a way of adding up', {
      add: 'Twice and one and a half make two and a half; what silence means',
      multiply: 'Twice and one and a half make three',
    }),
    'How several multipliers work together',
    'add',
  ),
  crossing: optional(
    word('how a crossing order is judged', {
      before: 'All of it by the level held before it; what silence means',
      split: 'Up to the threshold by the level held before it, the rest by the level it reaches',
    }),
    'How an order is judged that brings the member to another level',
    'split',
  ),
  charity: optional(
    charityReference,
    'A charity that gets it, instead of the member; silence means that the member gets it',
    'green-city',
  ),
  cap: optional(
    inAssetOf('give', cap),
    'At most so much, or so often; silence means without limit',
    '{ most: 3 times, each: calendar-month }',
  ),
  burnAs: optional(id, 'The class of its asset in which it is burnt; silence means that it is burnt last', 'promo'),
  expires: optional(expiry, 'Another expiry than the asset has; silence means that of the asset', '{ life: P1M }'),
})
type AnyGivingText = ValueOf<typeof giving>
/** A rule that gives an amount of one asset; a share of the spend is so many units for so much money. */
export type GivingText = Omit<AnyGivingText, 'give'> & {
  readonly type: 'give'
  readonly give: Amount
  readonly share: Fraction | null
}
/** A rule that gives awards, once for each event. */
export type AwardingText = Omit<AnyGivingText, 'give'> & {
  readonly type: 'award'
  readonly awards: readonly AwardText[]
}

function kindOfGiving({ give: given, ...rule }: AnyGivingText): GivingText | AwardingText {
  switch (given.type) {
    case 'amount':
      return { ...rule, type: 'give', give: { asset: given.asset, units: given.units }, share: null }
    case 'share':
      // Assets that are money are kept in minor units, so the percentage itself says how many for how many.
      return {
        ...rule,
        type: 'give',
        give: { asset: given.asset, units: given.percent.numerator },
        share: given.percent,
      }
    case 'awards':
      return { ...rule, type: 'award', awards: given.awards }
  }
}

const multipliedKeys = record('`multiply`', {
  rule: required(ruleReference, 'The giving rule that gives more', 'base'),
  by: required(multiplier, 'How many times as much', '2'),
})
/** A multiplier alone, or under the id of its rule, is told with the rules that it may be of. */
const multiplied: typeof multipliedKeys = {
  ...multipliedKeys,
  read(tree, reading) {
    const { rules } = reading.names
    const [only] = tree.type === 'map' && tree.entries.length === 1 ? tree.entries : []
    const isRule = only !== undefined && rules.get(only.key.text) === 'amount'
    const by = mended(multiplier, isRule ? only.value : tree, reading)
    if (by === null) return multipliedKeys.read(tree, reading)
    const giving = [...rules].flatMap(([id, kind]) => (kind === 'amount' ? [id] : []))
    const meant = (isRule ? [only.key.text] : giving).map((rule) =>
      writtenMap([
        ['rule', rule],
        ['by', by],
      ]),
    )
    const instead = choices(meant)
    if (instead === null) return multipliedKeys.read(tree, reading)
    const message = isRule ? `\`multiply\` has no key \`${only.key.text}\`` : 'Which rule is multiplied is not said'
    reading.report(isRule ? only.key : tree, isRule ? 'unknown-key' : 'wrong-shape', message, `Write ${instead}`)
    return undefined
  },
}

const multiplying = record('a multiplying rule', {
  ...concerns,
  multiply: required(multiplied, 'Which rule gives how many times as much', '{ rule: base, by: 2 }'),
})
export type MultiplyingText = ValueOf<typeof multiplying> & { readonly type: 'multiply' }
export type RuleText = GivingText | AwardingText | MultiplyingText

export const earn = withUnique(
  'id',
  'rule',
  listOf(
    choice('a rule', 'give: 1 points', {
      maps: {
        give: mapped(giving, kindOfGiving),
        multiply: mapped(multiplying, (rule): MultiplyingText => ({ type: 'multiply', ...rule })),
      },
    }),
    RULES_MAX,
  ),
)

const group = record('a group', {
  take: required(
    word('what a group takes', {
      best: 'Of the rules that hold, the one that gives most; of equals the first in the list',
      first: 'Of the rules that hold, the first in the list',
      all: 'All rules that hold',
    }),
    'Which of its rules count',
    'best',
  ),
  cap: optional(
    cap,
    'At most so much from the whole group; silence means without limit',
    '{ most: 100 points, each: order }',
  ),
})
export type GroupText = ValueOf<typeof group>

export const groups = mapOf(id, group, GROUPS_MAX)

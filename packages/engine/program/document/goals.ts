import { choice } from '../choice.ts'
import { isFirstOrder } from '../condition-words.ts'
import { choices } from '../own-words.ts'
import { optional, record, required } from '../record-shape.ts'
import { word } from '../scalar.ts'
import { amount, money } from '../scalar-amount.ts'
import { countOf } from '../scalar-count.ts'
import { activityReference } from '../scalar-reference.ts'
import { moment } from '../scalar-time.ts'
import { type Counted, defined, mapped, mended, reportShape, type Shape, type ValueOf } from '../shape.ts'
import { where } from './audience.ts'
import { conditionText } from './condition-text.ts'

type Comparison = 'atLeast' | 'moreThan'

/** How much has to be done, and whether exactly that much is enough. */
function compared<Value>(shape: Shape<Value>, example: string) {
  const atLeast = required(shape, 'So much is enough', example)
  const moreThan = required(shape, 'So much is not enough, and anything above it is', example)
  const forms = choice('a goal', `{ atLeast: ${example} }`, {
    maps: {
      atLeast: mapped(record('a goal', { atLeast }), (goal) => ({
        comparison: 'atLeast' as Comparison,
        target: goal.atLeast,
        tree: goal.tree,
      })),
      moreThan: mapped(record('a goal', { moreThan }), (goal) => ({
        comparison: 'moreThan' as Comparison,
        target: goal.moreThan,
        tree: goal.tree,
      })),
    },
  })
  return comparedAlone(forms, shape)
}

/** `25.00 USD` alone is the least of it, or what must be passed. */
function comparedAlone<Value>(forms: Shape<Value>, target: Shape<unknown>): Shape<Value> {
  return {
    ...forms,
    read(tree, reading) {
      const said = tree.type === 'text' ? mended(target, tree, reading) : null
      if (said === null || tree.type !== 'text') return forms.read(tree, reading)
      const message = `Here stands the text \`${tree.text}\`; a goal is expected`
      const instead = `Write { atLeast: ${said} }, or { moreThan: ${said} } where so much is not enough`
      reading.report(tree, 'wrong-shape', message, instead, `{ atLeast: ${said} }`)
      return undefined
    },
  }
}

const of = required(activityReference, 'Which activity', 'review')
const times = countOf('times')
const activityForms = choice('a goal', '{ atLeast: 2 times, of: review }', {
  maps: {
    atLeast: mapped(record('a goal', { atLeast: required(times, 'So often is enough', '2 times'), of }), (goal) => ({
      comparison: 'atLeast' as Comparison,
      target: goal.atLeast,
      of: goal.of,
      tree: goal.tree,
    })),
    moreThan: mapped(
      record('a goal', { moreThan: required(times, 'So often is not enough', '2 times'), of }),
      (goal) => ({ comparison: 'moreThan' as Comparison, target: goal.moreThan, of: goal.of, tree: goal.tree }),
    ),
  },
})

/** `3` alone, or under the activity: with each activity that it may be of. */
const activityGoal: typeof activityForms = {
  ...activityForms,
  read(tree, reading) {
    const { activities } = reading.names
    const [only] = tree.type === 'map' && tree.entries.length === 1 ? tree.entries : []
    const isNamed = only !== undefined && activities.has(only.key.text)
    const said = isNamed ? only.value : tree
    const count = said.type === 'text' ? mended(times, said, reading) : null
    const meant = (isNamed ? [only.key.text] : [...activities.keys()]).map(
      (each) => `{ atLeast: ${count}, of: ${each} }`,
    )
    const instead = choices(meant)
    if (count === null || instead === null) return activityForms.read(tree, reading)
    reading.report(
      tree,
      'wrong-shape',
      'Which activity, and how often it is enough, is expected here',
      `Write ${instead}`,
    )
    return undefined
  },
}

const { places, channels } = where
const onOrders = {
  when: optional(conditionText, 'Only orders of which this is true; silence means all orders', `'order.items >= 2'`),
  lines: optional(
    conditionText,
    'Only lines of which this is true; silence means all lines',
    `'line.category == "fish"'`,
  ),
  places,
  channels,
}
const distinct = optional(
  word('what is counted once', {
    brand: 'Different brands',
    category: 'Different categories',
    sku: 'Different products',
    place: 'Different places',
    day: 'Different days',
  }),
  'Counts different ones, and each only once; silence counts every one',
  'brand',
)

const goalForms = choice('a goal', '{ spend: { atLeast: 40.00 USD } }', {
  maps: {
    spend: mapped(
      record('a goal', {
        spend: required(compared(money, '40.00 USD'), 'All orders together', '{ atLeast: 40.00 USD }'),
        ...onOrders,
      }),
      ({ spend, ...rest }) => ({
        type: 'spend' as const,
        of: '',
        unit: 'money' as const,
        distinct: null,
        ...how(spend),
        ...rest,
      }),
    ),
    order: mapped(
      record('a goal', {
        order: required(compared(money, '25.00 USD'), 'One single order', '{ moreThan: 25.00 USD }'),
        ...onOrders,
      }),
      ({ order, ...rest }) => ({
        type: 'order' as const,
        of: '',
        unit: 'money' as const,
        distinct: null,
        ...how(order),
        ...rest,
      }),
    ),
    orders: mapped(
      record('a goal', {
        orders: required(compared(times, '3 times'), 'How many orders', '{ atLeast: 3 times }'),
        ...onOrders,
        distinct,
      }),
      ({ orders, ...rest }) => ({ type: 'orders' as const, of: '', unit: 'times' as const, ...count(orders), ...rest }),
    ),
    items: mapped(
      record('a goal', {
        items: required(compared(countOf('items'), '5 items'), 'How many items', '{ atLeast: 5 items }'),
        ...onOrders,
        distinct,
      }),
      ({ items, ...rest }) => ({ type: 'items' as const, of: '', unit: 'items' as const, ...count(items), ...rest }),
    ),
    visits: mapped(
      record('a goal', {
        visits: required(
          compared(countOf('visits'), '3 visits'),
          'How many days with an order or an activity; with `when` or `lines`, with such an order',
          '{ atLeast: 3 visits }',
        ),
        ...onOrders,
      }),
      ({ visits, ...rest }) => ({
        type: 'visits' as const,
        of: '',
        unit: 'visits' as const,
        distinct: null,
        ...count(visits),
        ...rest,
      }),
    ),
    activities: mapped(
      record('a goal', {
        activities: required(activityGoal, 'How often an activity', '{ atLeast: 2 times, of: review }'),
        when: optional(
          conditionText,
          'Only activities of which this is true; silence means all activities',
          `'activity.words >= 30'`,
        ),
        places,
        channels,
        distinct,
      }),
      ({ activities, ...rest }) => ({
        type: 'activities' as const,
        of: activities.of,
        unit: 'times' as const,
        lines: null,
        ...count(activities),
        ...rest,
      }),
    ),
    earned: mapped(
      record('a goal', {
        earned: required(
          compared(amount, '500 points'),
          'How much is earned by orders and activities; what else is given does not count',
          '{ atLeast: 500 points }',
        ),
      }),
      ({ earned, tree }) => ({
        ...bare(tree),
        type: 'earned' as const,
        of: earned.target.asset,
        unit: 'amount' as const,
        comparison: earned.comparison,
        target: earned.target.units,
      }),
    ),
    referrals: mapped(
      record('a goal', {
        referrals: required(
          compared(times, '1 times'),
          'How many friends whose referral qualified',
          '{ atLeast: 1 times }',
        ),
      }),
      ({ referrals, tree }) => ({
        ...bare(tree),
        type: 'referrals' as const,
        of: '',
        unit: 'times' as const,
        ...count(referrals),
      }),
    ),
  },
})
/** `first-order` is one order. */
const goalOrText: typeof goalForms = {
  ...goalForms,
  read(tree, reading) {
    if (tree.type !== 'text' || !isFirstOrder(tree.text)) return goalForms.read(tree, reading)
    return reportShape(tree, reading, 'a goal', '', '{ orders: { atLeast: 1 times } }')
  },
}
export const goal = defined('goal', goalOrText)
/** In what the milestones of each are told. */
export const countedByGoals: Readonly<Record<string, Counted>> = {
  activities: 'times',
  earned: 'amount',
  items: 'items',
  order: 'money',
  orders: 'times',
  referrals: 'times',
  spend: 'money',
  visits: 'visits',
}
export type GoalText = ValueOf<typeof goal>

function how(part: { readonly comparison: Comparison; readonly target: { readonly minor: number } }) {
  return { comparison: part.comparison, target: part.target.minor }
}
function count(part: { readonly comparison: Comparison; readonly target: number }) {
  return { comparison: part.comparison, target: part.target }
}
function bare<Where>(tree: Where) {
  return { tree, when: null, lines: null, places: null, channels: null, distinct: null }
}

const calendar = mapped(
  record('`window`', {
    calendar: required(
      word('a calendar period', {
        day: 'The day',
        week: 'Monday to Sunday',
        month: 'The month',
        quarter: 'The quarter',
        year: 'The year',
      }),
      'What is done in one such period counts together',
      'month',
    ),
  }),
  (value) => ({ type: 'calendar' as const, unit: value.calendar }),
)
/** From when until when a draw is open; the same dates hold for a goal, and for a board. */
export const drawWindow = record('`window`', {
  from: required(moment, 'The first moment, in the zone of the program', '2026-03-01'),
  through: required(moment, 'The end: a date means the end of that day, a time the moment before it', '2026-03-31'),
})
const dates = mapped(drawWindow, (value) => ({ type: 'dates' as const, ...value }))

/** Over which time a goal is counted. */
const windowForms = choice('a window', '{ calendar: month }', {
  text: mapped(word('a window', { lifetime: 'All that ever was' }), () => ({ type: 'lifetime' as const })),
  maps: { calendar, from: dates },
})
export const goalWindow = defined('window', windowForms)
export type GoalWindowText = ValueOf<typeof goalWindow>

/** Over which time a leaderboard runs. */
export const boardWindow = choice('a window', '{ calendar: month }', { maps: { calendar, from: dates } })

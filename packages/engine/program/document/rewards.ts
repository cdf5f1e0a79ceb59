import { choice } from '../choice.ts'
import { listOf, mapOf, withUnique } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, label, orNone, word, yes } from '../scalar.ts'
import { amount, money } from '../scalar-amount.ts'
import { countOf, foreignAmount } from '../scalar-count.ts'
import { charityReference, partnerReference, placeReference } from '../scalar-reference.ts'
import { percent } from '../scalar-share.ts'
import { moment, period, periodOfDays } from '../scalar-time.ts'
import { asPayment, inAssetOf, mapped, reads, type Shape, type ValueOf } from '../shape.ts'
import { childOf, type Tree } from '../syntax-tree.ts'
import { roundingUp, texts, worth } from './assets.ts'
import { audience, during, where } from './audience.ts'
import { basket } from './benefits.ts'
import { timesCap } from './bounds.ts'
import { conditionText } from './condition-text.ts'
import { byKind } from './kinds.ts'

// A catalogue that is larger lives in a shop; members of a program choose among what fits a page or ten.
const REWARDS_MAX = 1000
const SESSIONS_MAX = 200

const offered = {
  name: optional(texts, 'What members read, by language; silence means its id', '{ en: Ten off }'),
  for: optional(audience, 'Only for these members; silence means all members', '{ tier: [gold] }'),
  when: optional(conditionText, 'A condition on the member; silence means all members', `'member.orders >= 1'`),
  during: optional(during, 'Only in this time; silence means always', '{ from: 2026-03-01, through: 2026-03-31 }'),
  partners: where.partners,
}

const free = { type: 'free' as const }
/** `free` and `0` are `none`, which asks how often. */
const orFree = <Value>(price: Shape<Value>): Shape<Value> => ({
  ...price,
  read(tree, reading) {
    const isFree =
      tree.type === 'text' && /^(free|0([.,]0+)?|gratis|kostenlos|umsonst|ücretsiz|bedava)( |$)/i.test(tree.text)
    if (!isFree || reads(price, tree, reading)) return price.read(tree, reading)
    const isBound = reading.within !== null && childOf(reading.within, 'cap') !== undefined
    const often = isBound ? '' : ', and cap: { most: 1 times, each: calendar-month } beside it, or how often it may be'
    reading.report(tree, 'bad-amount', `\`${tree.text}\` is no price`, `Write none${often}`, isBound ? 'none' : null)
    return undefined
  },
})
const priced = {
  ...offered,
  price: optional(
    orFree(
      orNone(
        mapped(asPayment(amount), (value) => ({ type: 'amount' as const, ...value })),
        free,
        'It is free for whoever may have it; `cap` says how often',
      ),
    ),
    'What it costs; silence means that it can only be awarded',
    '500 points',
  ),
  priceFor: optional(
    inAssetOf(
      'price',
      listOf(
        record('a price', {
          for: required(audience, 'Whom it is for; of several the first that holds counts', '{ tier: [gold] }'),
          price: required(asPayment(amount), 'What it costs them', '400 points'),
        }),
        20,
      ),
    ),
    'Other prices for some members; silence means one price for all',
    '[{ for: { tier: [gold] }, price: 400 points }]',
  ),
  stock: optional(countOf('items'), 'How many there are; silence means that it never runs out', '200 items'),
  cap: optional(
    timesCap,
    'How often a member can have it; silence means without limit',
    '{ most: 2 times, each: calendar-month }',
  ),
}

const validityForms = choice('a validity', 'P90D', {
  text: mapped(periodOfDays, (life) => ({ life, endOf: null })),
  maps: {
    life: record('`expires`', {
      life: required(periodOfDays, 'The last day is that long after the day it was given out', 'P90D'),
      endOf: optional(
        roundingUp,
        'The last day is rounded up to the end of this unit; silence means that it is not rounded',
        'month',
      ),
    }),
  },
})
/** A life alone and a map that says nothing else are the same. */
const validity: typeof validityForms = {
  ...validityForms,
  read(tree, reading) {
    if (tree.type !== 'text' || !/^(never|none|no|unlimited|ever)$/.test(tree.text))
      return validityForms.read(tree, reading)
    const message = `Here stands the text \`${tree.text}\`; a validity is expected`
    reading.report(tree, 'wrong-shape', message, 'Leave `expires` out: silence means for ever')
    return undefined
  },
  canonical(tree, reading) {
    const life = tree.type === 'map' && tree.entries.length === 1 ? childOf(tree, 'life') : undefined
    return validityForms.canonical(life ?? tree, reading)
  },
}
const instead = record('`instead`', {
  charity: required(charityReference, 'Who may get it', 'green-city'),
  value: required(money, 'How much the charity gets for it', '10.00 USD'),
})

/** What is given out as a voucher. */
const vouched = {
  ...priced,
  expires: optional(validity, 'How long the voucher is good; silence means for ever', 'P90D'),
  codes: optional(
    word('where codes come from', {
      made: 'Each voucher gets a code of its own; what silence means',
      uploaded: 'Each voucher gets the next code of a list that staff put in',
    }),
    'Where codes come from',
    'uploaded',
  ),
  instead: optional(
    instead,
    'A charity to which the holder may give the unused voucher; silence means that it cannot be given away',
    '{ charity: green-city, value: 10.00 USD }',
  ),
}
/** What is used on an order. */
const onOrder = {
  ...vouched,
  basket: optional(basket, 'What an order must hold for it; silence means anything', '{ least: 30.00 USD }'),
  together: optional(yes, 'Whether it goes with other vouchers on one order; silence means no', 'yes'),
}

const session = record('a session', {
  id: required(id, 'Stands on bookings', 'may'),
  starts: required(moment, 'When it begins, by the clock of its place', '2026-05-02T18:00'),
  place: optional(placeReference, 'Where it is; silence means that it is not said', 'fifth-avenue'),
  seats: required(countOf('seats'), 'How many can come', '12 seats'),
})
export type SessionText = ValueOf<typeof session>

const kindOf = (kind: string, says: string) =>
  required(word('the kind of a reward', { [kind]: says }), 'What it is', kind)

/** A percentage where money is meant to be, or the other way round, is another kind of reward. */
const inKind = <Value, Other>(shape: Shape<Value>, other: Shape<Other>, kind: string): Shape<Value> => ({
  ...shape,
  read(tree, reading) {
    if (tree.type !== 'text') return shape.read(tree, reading)
    const text = tree.text.replace(/ +(?:%|percent)$/, '%')
    if (!reads(other, { ...tree, text }, reading)) return shape.read(tree, reading)
    const what = kind === 'percent-off' ? 'a percentage' : 'an amount of money'
    const message = `\`${tree.text}\` is ${what}, and the kind of this reward takes ${kind === 'percent-off' ? 'an amount of money' : 'a percentage'} off`
    reading.report(tree, 'unknown-word', message, `Say kind: ${kind}, value: ${text}`)
    return undefined
  },
})

const kinds = {
  'money-off': mapped(
    record('a reward', {
      kind: kindOf('money-off', 'So much money off'),
      value: required(inKind(money, percent, 'percent-off'), 'How much money off', '10.00 USD'),
      ...onOrder,
    }),
    (reward) => ({ ...reward, type: 'money-off' as const }),
  ),
  'percent-off': mapped(
    record('a reward', {
      kind: kindOf('percent-off', 'A percentage off'),
      value: required(inKind(percent, money, 'money-off'), 'How much off', '10%'),
      most: optional(money, 'The most that comes off; silence means without limit', '20.00 USD'),
      ...onOrder,
    }),
    (reward) => ({ ...reward, type: 'percent-off' as const }),
  ),
  'free-shipping': mapped(
    record('a reward', { kind: kindOf('free-shipping', 'Shipping costs nothing'), ...onOrder }),
    (reward) => ({ ...reward, type: 'free-shipping' as const }),
  ),
  product: mapped(
    record('a reward', {
      kind: kindOf('product', 'A product of the shop'),
      sku: required(label, 'The number under which the shop knows it', 'BDAY-26'),
      ...onOrder,
    }),
    (reward) => ({ ...reward, type: 'product' as const }),
  ),
  custom: mapped(
    record('a reward', { kind: kindOf('custom', 'Something that people of the shop see to'), ...vouched }),
    (reward) => ({ ...reward, type: 'custom' as const }),
  ),
  'gift-card': mapped(
    record('a reward', {
      kind: kindOf('gift-card', 'A card with money on it, spent in parts'),
      value: required(money, 'How much is on it', '25.00 USD'),
      ...vouched,
    }),
    (reward) => ({ ...reward, type: 'gift-card' as const }),
  ),
  experience: mapped(
    record('a reward', {
      kind: kindOf('experience', 'Something to be at, with seats'),
      sessions: required(
        withUnique('id', 'session', listOf(session, SESSIONS_MAX)),
        'When and where, and how many can come',
        '[{ id: may, starts: 2026-05-02T18:00, seats: 12 seats }]',
      ),
      cancel: optional(
        record('`cancel`', { before: required(period, 'How long before it begins at the latest', 'P2D') }),
        'Until when a seat can be given back; silence means never',
        '{ before: P2D }',
      ),
      waiting: optional(
        record('`waiting`', { accept: required(period, 'How long who moves up has to say yes', 'PT12H') }),
        'A waiting list for when it is full; silence means none',
        '{ accept: PT12H }',
      ),
      ...priced,
    }),
    (reward) => ({ ...reward, type: 'experience' as const }),
  ),
  access: mapped(
    record('a reward', {
      kind: kindOf('access', 'Being let in early, or at all'),
      opens: optional(period, 'How long before everyone else; silence means in the time that `during` says', 'PT24H'),
      ...vouched,
    }),
    (reward) => ({ ...reward, type: 'access' as const }),
  ),
  donation: mapped(
    record('a reward', {
      kind: kindOf('donation', 'What it is worth goes to a charity'),
      charity: required(charityReference, 'Who gets it', 'green-city'),
      value: optional(
        money,
        'How much the charity gets where it is awarded; silence means what its price is worth',
        '3.00 USD',
      ),
      ...priced,
    }),
    (reward) => ({ ...reward, type: 'donation' as const }),
  ),
  exchange: withPartnerOrNot(
    mapped(
      record('a reward', {
        kind: kindOf('exchange', 'Points of a partner'),
        partner: required(partnerReference, 'Whose points it is', 'spa-house'),
        gets: required(foreignAmount, 'What comes for the price, in the partner’s own units', '50 miles'),
        ...priced,
      }),
      (reward) => ({ ...reward, type: 'partner-exchange' as const }),
    ),
    mapped(
      record('a reward', {
        kind: kindOf('exchange', 'Another asset of the program'),
        gets: required(amount, 'What comes for the price', '10 tickets'),
        ...priced,
      }),
      (reward) => ({ ...reward, type: 'exchange' as const }),
    ),
  ),
  'pay-with-points': mapped(
    record('a reward', {
      kind: kindOf('pay-with-points', 'The member says how much, and pays that part of an order'),
      ...offered,
      least: required(asPayment(amount), 'The least that can be spent at once', '100 points'),
      most: optional(
        inAssetOf('least', asPayment(amount)),
        'The most that can be spent at once; silence means without limit',
        '10000 points',
      ),
      step: required(inAssetOf('least', asPayment(amount)), 'It is spent in multiples of this', '100 points'),
      worth: optional(worth, 'What it pays; silence means what the asset is worth', '{ 100 points: 1.00 USD }'),
    }),
    (reward) => ({ ...reward, type: 'pay-with-points' as const }),
  ),
}
/** With `partner`, what comes is told in units of the partner's own. */
function withPartnerOrNot<A, B>(partner: Shape<A>, own: Shape<B>): Shape<A | B> {
  const shapeOf = (tree: Tree): Shape<A | B> =>
    tree.type === 'map' && childOf(tree, 'partner') !== undefined ? partner : own
  return {
    read: (tree, reading) => shapeOf(tree).read(tree, reading),
    canonical: (tree, reading) => shapeOf(tree).canonical(tree, reading),
    schema: (definitions) => ({ anyOf: [own.schema(definitions), partner.schema(definitions)] }),
  }
}

type Kinds = typeof kinds
export type RewardText = { [Kind in keyof Kinds]: ValueOf<Kinds[Kind]> }[keyof Kinds]

export const rewards = mapOf(id, byKind<RewardText>('a reward', kinds), REWARDS_MAX)

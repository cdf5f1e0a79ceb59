import { id, orNone, right, scalar, word, wrong } from '../scalar.ts'
import { amount, currency, zone } from '../scalar-amount.ts'
import { moment, period, periodOfClock, periodOfDays } from '../scalar-time.ts'
import {
  choice,
  listOf,
  mapOf,
  mapped,
  optional,
  record,
  required,
  type Shape,
  sections,
  type ValueOf,
} from '../shape.ts'
import { activities, assets, texts } from './assets.ts'
import { earn, groups } from './earn.ts'
import { rewards } from './rewards.ts'
import { tiers } from './tiers.ts'

/** The language this release speaks. */
const LANGUAGE_VERSION = '1'
// A shop of its own each; beyond that they are read from elsewhere.
const PLACES_MAX = 2000

const version: Shape<string> = scalar({
  name: 'the version of the language',
  example: LANGUAGE_VERSION,
  schema: { anyOf: [{ const: LANGUAGE_VERSION }, { const: Number(LANGUAGE_VERSION) }] },
  parse: (text) =>
    text === LANGUAGE_VERSION
      ? right(text)
      : wrong(
          'bad-version',
          `Version \`${text}\` of the language is not known here`,
          `Write laurel: ${LANGUAGE_VERSION}`,
        ),
  print: (value) => value,
})

const start: Shape<'always' | { readonly local: number; readonly wholeDay: boolean }> = {
  read: (tree, reading) => (tree.type === 'text' && tree.text === 'always' ? 'always' : moment.read(tree, reading)),
  canonical: (tree, reading) =>
    tree.type === 'text' && tree.text === 'always' ? 'always' : moment.canonical(tree, reading),
  schema: (definitions) => ({
    anyOf: [{ const: 'always', description: 'Before the first event' }, moment.schema(definitions)],
  }),
}

const limit = choice('a limit of debt', '2000 points', {
  text: orNone(
    mapped(amount, (value) => [value]),
    [],
    'Without a limit',
  ),
  list: listOf(amount, 20),
})

/** The whole document: its words, what they mean, and how they are read. */
export const document = sections('the program', {
  laurel: required(version, 'The version of the language', LANGUAGE_VERSION),
  id: required(id, 'The id of the program; it never changes', 'glow-club'),
  name: required(texts, 'What members read, by language', '{ en: Glow Club }'),
  zone: required(zone, 'The clock by which windows, caps and expiry go; it never changes', 'America/New_York'),
  currency: required(currency, 'The currency of all amounts of money (ISO 4217); it never changes', 'USD'),
  inForce: optional(
    record('`inForce`', { from: required(start, 'The first moment it counts, or always', 'always') }),
    'Since when it counts; silence means always for the first version and publication for a later one',
    '{ from: 2026-01-01 }',
  ),
  late: optional(
    record('`late`', {
      accept: required(period, 'How late a fact may come and still be judged by the rules', 'P30D'),
      // biome-ignore lint/suspicious/noThenProperty: a word of the language; its value is a text, never a function
      then: optional(word('who decides later', { person: 'A person looks at it' }), 'What happens later', 'person'),
    }),
    'How late facts may come; silence means P30D',
    '{ accept: P30D }',
  ),
  refunds: required(
    record('`refunds`', {
      accept: optional(
        period,
        'How long after the order a refund is judged by the rules; silence means P180D',
        'P180D',
      ),
      shortfall: required(
        word('what becomes of a shortfall', {
          debt: 'What is no longer there is owed, and repaid by what is earned next',
          waive: 'What is no longer there is forgiven, and listed',
        }),
        'Where a refund takes back points that were spent already',
        'debt',
      ),
      limit: optional(limit, 'The most a refund may leave as debt; `none` is without a limit', '2000 points'),
    }),
    'What a refund takes back',
    '{ accept: P180D, shortfall: debt, limit: 2000 points }',
  ),
  reservations: optional(
    record('`reservations`', { last: required(periodOfClock, 'How long points are held for a reward', 'PT15M') }),
    'How long a reward stays reserved; silence means PT15M',
    '{ last: PT15M }',
  ),
  unknownMembers: optional(
    word('what becomes of unknown members', {
      refuse: 'The event is refused; what silence means',
      create: 'The member is created with the first event',
    }),
    'What an event of a member does whom nobody has created',
    'create',
  ),
  leaving: optional(
    record('`leaving`', {
      forfeitAfter: required(
        orNone(periodOfDays, { months: 0, days: 0, ms: 0 }, 'At once'),
        'How long what is left waits for a member who comes back; then it is forfeited',
        'P30D',
      ),
    }),
    'What becomes of the points of a member who leaves; silence means P30D',
    '{ forfeitAfter: P30D }',
  ),
  activities: optional(activities, 'What members can do besides buying', '{ review: { facts: { words: number } } }'),
  assets: required(assets, 'What members collect', '{ points: { kind: spendable, expires: never } }'),
  earn: optional(
    earn,
    'The rules by which they collect',
    '[{ id: base, on: order.paid, give: 1 points, per: 1.00 USD }]',
  ),
  groups: optional(groups, 'How rules of one group compete', '{ bonus: { take: best } }'),
  tiers: optional(tiers, 'Ladders of levels', ''),
  rewards: optional(
    rewards,
    'What members can have for it',
    '{ five-off: { kind: money-off, value: 5.00 USD, price: 500 points } }',
  ),
  places: optional(
    mapOf(
      id,
      mapped(
        record('a place', {
          zone: optional(zone, 'Its clock; silence means that of the program', 'America/New_York'),
          name: optional(texts, 'What members read, by language', '{ en: Fifth Avenue }'),
        }),
        (place) => ({ zone: place.zone }),
      ),
      PLACES_MAX,
    ),
    'Shops and sites, by the id their orders bear',
    '{ fifth-avenue: { zone: America/New_York } }',
  ),
})
export type DocumentText = ValueOf<typeof document>

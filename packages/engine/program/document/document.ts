import { choice } from '../choice.ts'
import { listOf } from '../list-shape.ts'
import { optional, record, required, sections } from '../record-shape.ts'
import { id, orNone, right, scalar, word, wrong } from '../scalar.ts'
import { amount } from '../scalar-amount.ts'
import { currency } from '../scalar-currency.ts'
import { moment, period, periodOfClock, periodOfDays } from '../scalar-time.ts'
import { zone } from '../scalar-zone.ts'
import { mapped, type Shape, type ValueOf } from '../shape.ts'
import { activities, assets, texts } from './assets.ts'
import { benefits } from './benefits.ts'
import { earn, groups } from './earn.ts'
import { badges, cards, challenges, draws, leaderboards } from './games.ts'
import { offers, referral } from './offers.ts'
import { charities, memberships, partners, places, pools } from './parties.ts'
import { closing, holdouts, minimumAge, publishing, segments, staff, terms } from './policies.ts'
import { rewards } from './rewards.ts'
import { tiers } from './tiers.ts'
import { transitions } from './transitions.ts'

/** The language this release speaks. */
const LANGUAGE_VERSION = '1'

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
      then: optional(
        word('who decides later', { person: 'A person looks at it' }),
        'What happens later; silence means person',
        'person',
      ),
      debt: optional(
        word('who bears what lateness costs', {
          owe: 'The member owes it',
          waive: 'The program waives it, in an act of its own',
        }),
        'Points that a late return should have taken before they were spent; silence means that they are owed',
        'waive',
      ),
      historyFrom: optional(
        moment,
        'The first moment that an import of the past may tell of; what lies before is closed; silence means nothing is',
        '2024-01-01',
      ),
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
      limit: optional(
        limit,
        'The most a refund may leave as debt; `none` is without a limit; silence means none',
        '2000 points',
      ),
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
  activities: optional(
    activities,
    'What members can do besides buying; silence means nothing',
    '{ review: { facts: { words: number } } }',
  ),
  assets: optional(
    assets,
    'What members collect; silence means nothing',
    '{ points: { kind: spendable, expires: never } }',
  ),
  earn: optional(
    earn,
    'The rules by which they collect; silence means that staff alone give',
    '[{ id: base, on: order.paid, give: 1 points, per: 1.00 USD }]',
  ),
  groups: optional(
    groups,
    'How rules of one group compete; silence means that no rules compete',
    '{ bonus: { take: best } }',
  ),
  tiers: optional(tiers, 'Ladders of levels; silence means that there are none', ''),
  rewards: optional(
    rewards,
    'What members can have for it; silence means nothing',
    '{ five-off: { kind: money-off, value: 5.00 USD, price: 500 points } }',
  ),
  badges: optional(
    badges,
    'Marks of honour; silence means that there are none',
    '{ explorer: { name: { en: Explorer } } }',
  ),
  benefits: optional(
    benefits,
    'What members have while they hold a level or a membership; silence means nothing',
    '{ free-shipping: { kind: free-shipping } }',
  ),
  cards: optional(
    cards,
    'Thresholds that turn what is collected into awards; silence means that there are none',
    '{ coffee-ten: { of: stamps, full: 10 stamps, give: { reward: free-coffee } } }',
  ),
  challenges: optional(challenges, 'Something to do within a time; silence means that there is none'),
  leaderboards: optional(leaderboards, 'Who did most; silence means that nobody is compared'),
  draws: optional(draws, 'Prizes that are drawn among tickets; silence means that there are none'),
  offers: optional(offers, 'Offers that are sent to members one by one; silence means that there are none'),
  referral: optional(referral, 'Members bring friends; silence means that it brings them nothing'),
  memberships: optional(memberships, 'Paid memberships; silence means that there are none'),
  pools: optional(pools, 'Wallets that several members fill; silence means that there are none'),
  partners: optional(
    partners,
    'Businesses that take part; silence means that there are none',
    '{ spa-house: { name: { en: Spa House } } }',
  ),
  charities: optional(
    charities,
    'Causes that members give to; silence means that there are none',
    '{ green-city: { name: { en: Green City } } }',
  ),
  places: optional(
    places,
    'Shops and sites, by the id their orders bear; silence means that all go by the clock of the program',
    '{ fifth-avenue: { zone: America/New_York } }',
  ),
  segments: optional(
    segments,
    'Groups of members; where there are any, no others can be named; silence means that any name stands for one, as events say',
    '{ students: { name: { en: Students } } }',
  ),
  terms: optional(
    terms,
    'The terms a member must have accepted; silence means that none need be accepted',
    '{ current: 2026-03, neededFor: [redeem] }',
  ),
  minimumAge: optional(
    minimumAge,
    'How old a member must be; silence means that age is not asked',
    '{ least: 16 years, neededFor: [redeem] }',
  ),
  staff: optional(
    staff,
    'How members are treated who are marked staff or test; silence means that they earn nothing',
    '{ earn: no }',
  ),
  publishing: optional(
    publishing,
    'What the next version needs before it is published; silence means nothing but a key that may publish',
    '{ approval: second-person }',
  ),
  holdout: optional(
    holdouts,
    'Shares of members who do not get something, to measure what it brings; silence means none',
    '{ offers: 10% }',
  ),
  closing: optional(
    closing,
    'How the program ends; silence means that it goes on',
    '{ notice: 2026-01-01, lastEarn: 2026-03-31, lastBurn: 2026-06-30, left: forfeit }',
  ),
  transitions: optional(
    transitions,
    'What becomes of what members hold that this version gives up; silence means that it gives up nothing',
    '{ assets: { points: { give: 1 stars, per: 10 points } } }',
  ),
})
export type DocumentText = ValueOf<typeof document>

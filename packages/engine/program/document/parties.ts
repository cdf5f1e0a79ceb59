import { mapOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, word, yes } from '../scalar.ts'
import { amount, money } from '../scalar-amount.ts'
import { countOf } from '../scalar-count.ts'
import { assetReference, partnerReference } from '../scalar-reference.ts'
import { percent } from '../scalar-share.ts'
import { periodOfDays } from '../scalar-time.ts'
import { zone } from '../scalar-zone.ts'
import type { Shape, ValueOf } from '../shape.ts'
import { texts, worth } from './assets.ts'
import { audience } from './audience.ts'
import { awards } from './awards.ts'
import { benefitList } from './benefits.ts'
import { holdout } from './bounds.ts'

// Plans and pools are chosen from on one page; partners and charities have a statement each.
const PLANS_MAX = 20
const POOLS_MAX = 10
const PARTNERS_MAX = 500
const CHARITIES_MAX = 200
// A shop of its own each; beyond that they are read from elsewhere.
const PLACES_MAX = 2000

const named = optional(texts, 'What members read, by language; silence means its id', '{ en: Plus }')

const membership = record('a membership', {
  name: named,
  fee: required(money, 'What it costs each time', '59.00 USD'),
  every: required(periodOfDays, 'How long a fee lasts', 'P1Y'),
  trial: optional(periodOfDays, 'How long it is free at first; silence means not at all', 'P30D'),
  grace: optional(periodOfDays, 'How long it goes on when a fee could not be taken; silence means not at all', 'P14D'),
  cancel: optional(
    word('what cancelling does', {
      'period-end': 'It ends with the period that was paid; what silence means',
      'at-once': 'It ends at once',
    }),
    'What cancelling does',
    'period-end',
  ),
  benefits: optional(benefitList, 'What members have while it runs; silence means nothing', '[free-shipping]'),
  entry: optional(awards, 'What entering gives, once ever; silence means nothing', '200 points'),
  for: optional(audience, 'Only for these members; silence means all members', '{ segment: [pilot] }'),
  holdout,
})
export type MembershipText = ValueOf<typeof membership>
export const memberships = mapOf(id, membership, PLANS_MAX)

const pool = record('a pool', {
  name: named,
  of: required(assetReference, 'What is pooled', 'points'),
  share: required(percent, 'Which share of what a member earns goes into it', '100%'),
  burn: optional(
    word('who may spend', {
      everyone: 'Every member of it; what silence means',
      founder: 'The member who founded it',
    }),
    'Who may spend what is in it',
    'everyone',
  ),
  most: required(countOf('members', 2), 'How many members it may have', '6 members'),
  leaving: required(
    word('what becomes of a share', {
      'keep-in-pool': 'What was put in stays in',
      'take-share': 'What is left of it goes along',
    }),
    'What becomes of what a member put in who leaves',
    'keep-in-pool',
  ),
})
export type PoolText = ValueOf<typeof pool>
export const pools = mapOf(id, pool, POOLS_MAX)

const partner = record('a partner', {
  name: named,
  settles: optional(
    worth,
    'What points are worth between the two, each month; silence means nothing is paid',
    '{ 100 points: 0.80 USD }',
  ),
  earn: optional(yes, 'Whether members earn there; silence means yes', 'yes'),
  burn: optional(yes, 'Whether members spend there; silence means no', 'yes'),
})
export type PartnerText = ValueOf<typeof partner>
export const partners = mapOf(id, partner, PARTNERS_MAX)

type Impact =
  | { readonly type: 'amount'; readonly asset: string; readonly units: number }
  | { readonly type: 'money'; readonly minor: number }
/** An amount of an asset, or money: a currency is written in capitals. */
const impactUnit: Shape<Impact> = {
  read(tree, reading) {
    if (tree.type === 'text' && / [A-Z]{3}$/.test(tree.text)) {
      const value = money.read(tree, reading)
      return value === undefined ? undefined : { type: 'money', ...value }
    }
    const value = amount.read(tree, reading)
    return value === undefined ? undefined : { type: 'amount', ...value }
  },
  canonical: (tree, reading) =>
    (tree.type === 'text' && / [A-Z]{3}$/.test(tree.text) ? money : amount).canonical(tree, reading),
  schema: (definitions) => ({ anyOf: [amount.schema(definitions), money.schema(definitions)] }),
}

const charity = record('a charity', {
  name: named,
  impact: optional(
    record('`impact`', {
      per: required(impactUnit, 'For how much, in an asset or in money', '100 points'),
      brings: required(texts, 'What comes of that much, by language', '{ en: a tree }'),
    }),
    'What gifts bring about; silence means that it is not said',
    '{ per: 100 points, brings: { en: a tree } }',
  ),
})
export type CharityText = ValueOf<typeof charity>
export const charities = mapOf(id, charity, CHARITIES_MAX)

const place = record('a place', {
  zone: optional(zone, 'Its clock; silence means that of the program', 'America/New_York'),
  name: optional(texts, 'What members read, by language; silence means its id', '{ en: Fifth Avenue }'),
  partner: optional(partnerReference, 'Whose place it is; silence means the program’s own', 'spa-house'),
})
export type PlaceText = ValueOf<typeof place>
export const places = mapOf(id, place, PLACES_MAX)

import type { Finding, FindingCode } from './finding.ts'

/** A document with one thing wrong in it; `‸` stands where the finding must point. */
export interface WrongDocument {
  readonly code: FindingCode
  readonly severity?: Finding['severity']
  readonly text: string
  /** Word by word, what the author reads. */
  readonly message: string
  readonly instead: string
}

export const MARK = '‸'

type Section =
  | 'laurel'
  | 'id'
  | 'name'
  | 'zone'
  | 'currency'
  | 'inForce'
  | 'late'
  | 'refunds'
  | 'unknownMembers'
  | 'leaving'
type Part = Section | 'activities' | 'assets' | 'earn' | 'groups' | 'tiers' | 'rewards' | 'places' | 'holdout' | 'more'

const rightParts: Readonly<Record<Part, string>> = {
  laurel: 'laurel: 1',
  id: 'id: corner-shop',
  name: 'name: { en: Corner Shop }',
  zone: 'zone: Europe/London',
  currency: 'currency: USD',
  inForce: 'inForce: { from: 2026-01-01 }',
  late: 'late: { accept: P30D }',
  refunds: 'refunds: { accept: P90D, shortfall: debt, limit: none }',
  unknownMembers: 'unknownMembers: create',
  leaving: 'leaving: { forfeitAfter: P30D }',
  activities: `activities:
  review: { facts: { words: number, verified: yes-no, topic: text, spent: money } }`,
  assets: `assets:
  points: { kind: spendable, pending: P14D, expires: never, burnOrder: [promo], worth: { 100 points: 1.00 USD } }
  status: { kind: qualifying, expires: never }`,
  earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: review, on: activity.review, give: 5 points }`,
  groups: '',
  tiers: `tiers:
  - ladder: standing
    measure: { earned: status }
    window: { calendar: year }
    fall: { to: earned }
    levels: [{ id: basic, reach: 0 status }, { id: gold, reach: 100 status }]`,
  rewards: '',
  places: 'places: { high-street: { zone: Europe/London } }',
  holdout: 'holdout: { offers: none, challenges: none, bonuses: none }',
  more: '',
}

/** A document without a finding, with some of its parts replaced. */
export function documentWith(parts: Partial<Record<Part, string>>): string {
  const sections = { ...rightParts, ...parts }
  return `${Object.values(sections)
    .filter((section) => section !== '')
    .join('\n')}\n`
}

/** Giving rules under `earn`, after the right ones. */
export const withRules = (rules: string, parts: Partial<Record<Part, string>> = {}): string =>
  documentWith({ ...parts, earn: `${rightParts.earn}\n${rules}` })

/** A rule on orders whose `when` is this condition. */
export const withCondition = (condition: string): string =>
  withRules(`  - id: extra
    on: order.paid
    give: 5 points
    per: order
    when: ${condition}`)

/** Another rule that gives once for each order. */
export const withRule = (rest: string): string => withRules(`  - { id: extra, on: order.paid, per: order, ${rest} }`)

/** Another asset, and a rule that gives it. */
export const withCredit = (rest: string): string =>
  withRules('  - { id: back, on: order.paid, give: 1 credit, per: 1.00 USD }', {
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, burnOrder: [promo] }
  status: { kind: qualifying, expires: never }
  credit: { kind: spendable, pending: none, expires: never, ${rest} }`,
  })

export const withReward = (value: string, more = ''): string =>
  documentWith({ rewards: `rewards:\n  treat: { ${value} }`, more })

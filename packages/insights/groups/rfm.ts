import { ranksOf } from '../numbers/ranks.ts'
import type { Purchase } from '../purchases.ts'
import { type Untold, untold } from '../untold.ts'
import { buyersOf, lastDay, type NoBuyers } from './buyers.ts'

/** 1 to 5, five being the best fifth. */
export type Score = 1 | 2 | 3 | 4 | 5

export interface ScoredMember {
  readonly member: string
  /** Days since the last purchase. */
  readonly recencyDays: number
  /** All purchases, as in the literature of RFM; the models of buying call those after the first so. */
  readonly frequency: number
  /** What was spent, in minor units. */
  readonly monetary: number
  readonly scores: { readonly recency: Score; readonly frequency: Score; readonly monetary: Score }
  readonly segment: RfmSegment
}

export interface Rfm {
  readonly type: 'told'
  readonly members: readonly ScoredMember[]
  /** Every segment, best first, with how many members are in it and what they spent. */
  readonly segments: readonly { readonly segment: RfmSegment; readonly members: number; readonly monetary: number }[]
}

export type NoRfm = NoBuyers | Untold<'one-member' | 'no-repeat-buyers' | 'same-day'>

export const RFM_SEGMENTS = [
  'champions',
  'loyal',
  'becoming-loyal',
  'new',
  'promising',
  'need-attention',
  'about-to-sleep',
  'slipping-away',
  'must-not-lose',
  'asleep',
] as const
export type RfmSegment = (typeof RFM_SEGMENTS)[number]

// By score of recency, worst first, and in each row by score of frequency. It names every pair once.
const named: readonly (readonly RfmSegment[])[] = [
  ['asleep', 'asleep', 'slipping-away', 'slipping-away', 'must-not-lose'],
  ['asleep', 'asleep', 'slipping-away', 'slipping-away', 'must-not-lose'],
  ['about-to-sleep', 'about-to-sleep', 'need-attention', 'loyal', 'loyal'],
  ['promising', 'becoming-loyal', 'becoming-loyal', 'loyal', 'loyal'],
  ['new', 'becoming-loyal', 'becoming-loyal', 'champions', 'champions'],
]

/**
 * Members by recency, frequency and monetary value, each scored by fifths (Hughes, Strategic Database Marketing, 1994; Bult &
 * Wansbeek, Marketing Science 14, 1995), members that are alike alike: they share the middle of their ranks. The segment goes by
 * recency and frequency, on the grid of ten that is usual.
 */
export function rfmOf(purchases: readonly Purchase[], today: number): Rfm | NoRfm {
  const found = buyersOf(purchases, today)
  if (found.type === 'untold') return found
  const { buyers } = found
  const cannot = reasonNotTo(buyers.map((buyer) => ({ last: lastDay(buyer), frequency: buyer.days.length })))
  if (cannot !== null) return cannot
  const recency = scoresOf(buyers.map(lastDay))
  const frequency = scoresOf(buyers.map(({ days }) => days.length))
  const monetary = scoresOf(buyers.map(({ total }) => total))
  const members = buyers.map((buyer, index): ScoredMember => {
    const scores = { recency: recency[index] ?? 1, frequency: frequency[index] ?? 1, monetary: monetary[index] ?? 1 }
    return {
      member: buyer.member,
      recencyDays: today - lastDay(buyer),
      frequency: buyer.days.length,
      monetary: buyer.total,
      scores,
      segment: named[scores.recency - 1]?.[scores.frequency - 1] ?? 'asleep',
    }
  })
  return { type: 'told', members, segments: segmentsOf(members) }
}

function reasonNotTo(members: readonly { last: number; frequency: number }[]): NoRfm | null {
  if (members.length === 1) return untold('one-member', 'Only one member has bought: there is nobody to compare with.')
  if (members.every(({ frequency }) => frequency === 1)) {
    return untold('no-repeat-buyers', 'Nobody has bought on a second day yet, so nobody buys more often than others.')
  }
  if (members.every(({ last }) => last === members[0]?.last)) {
    return untold('same-day', 'All members bought last on the same day, so nobody bought more recently than others.')
  }
  return null
}

/** In whole numbers up to the one division, so that a rank on the border of a fifth is on the same side everywhere. */
const scoresOf = (values: readonly number[]): Score[] =>
  ranksOf(values).map((rank) => (1 + Math.floor((5 * (2 * rank - 1)) / (2 * values.length))) as Score)

function segmentsOf(members: readonly ScoredMember[]): Rfm['segments'] {
  const bySegment = Map.groupBy(members, ({ segment }) => segment)
  return RFM_SEGMENTS.map((segment) => {
    const its = bySegment.get(segment) ?? []
    return { segment, members: its.length, monetary: its.reduce((sum, { monetary }) => sum + monetary, 0) }
  })
}

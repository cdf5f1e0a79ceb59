import { ranksOf } from '../numbers/ranks.ts'
import type { Purchase } from '../purchases.ts'
import { type Untold, untold } from '../untold.ts'
import { type Buyer, buyersOf, lastDay, type NoBuyers } from './buyers.ts'

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
  const bought = found.buyers.map(boughtBy)
  const cuts = rfmCutsOf(bought)
  if (cuts.type === 'untold') return cuts
  const members = found.buyers.map((buyer, index): ScoredMember => {
    const { last, frequency, monetary } = bought[index] ?? boughtBy(buyer)
    return {
      member: buyer.member,
      recencyDays: today - last,
      ...{ frequency, monetary },
      ...rfmBy(cuts, { last, frequency, monetary }),
    }
  })
  return { type: 'told', members, segments: segmentsOf(members) }
}

const boughtBy = (buyer: Buyer): BoughtInAll => ({
  ...{ last: lastDay(buyer), frequency: buyer.days.length, monetary: buyer.total },
})

/** A buyer in three numbers: the day of the last purchase, how many purchases, and what they came to. */
export interface BoughtInAll {
  readonly last: number
  readonly frequency: number
  readonly monetary: number
}

/** From which value on a score is 2, 3, 4 and 5; null: nobody has it. */
export type Cuts = readonly (number | null)[]

/** Where the fifths of all buyers lie, so that each of them can be scored alone. */
export interface RfmCuts {
  readonly type: 'told'
  readonly recency: Cuts
  readonly frequency: Cuts
  readonly monetary: Cuts
}

/** The fifths that `rfmOf` scores by, from what is known of each buyer: a million of them in three columns of numbers. */
export function rfmCutsOf(buyers: readonly BoughtInAll[]): RfmCuts | NoRfm {
  const cannot = reasonNotTo(buyers)
  if (cannot !== null) return cannot
  return {
    type: 'told',
    recency: cutsOf(buyers.map(({ last }) => last)),
    frequency: cutsOf(buyers.map(({ frequency }) => frequency)),
    monetary: cutsOf(buyers.map(({ monetary }) => monetary)),
  }
}

/** The scores of one buyer, and the segment that they name. */
export function rfmBy(
  cuts: RfmCuts,
  { last, frequency, monetary }: BoughtInAll,
): Pick<ScoredMember, 'scores' | 'segment'> {
  const scores = {
    recency: scoreBy(cuts.recency, last),
    frequency: scoreBy(cuts.frequency, frequency),
    monetary: scoreBy(cuts.monetary, monetary),
  }
  return { scores, segment: rfmSegmentOf(scores.recency, scores.frequency) }
}

/** What members of these scores are called. */
export const rfmSegmentOf = (recency: Score, frequency: Score): RfmSegment =>
  named[recency - 1]?.[frequency - 1] ?? 'asleep'

const scoreBy = (cuts: Cuts, value: number): Score =>
  (1 + cuts.filter((cut) => cut !== null && value >= cut).length) as Score

/** The more of something, the higher the score, so the least value of a score is its cut. */
function cutsOf(values: readonly number[]): Cuts {
  const scores = scoresOf(values)
  return [2, 3, 4, 5].map((score) => {
    let least: number | null = null
    for (const [index, value] of values.entries()) {
      if ((scores[index] ?? 1) >= score && (least === null || value < least)) least = value
    }
    return least
  })
}

function reasonNotTo(members: readonly BoughtInAll[]): NoRfm | null {
  if (members.length === 0) return untold('nobody-bought', 'Nobody has bought anything yet.')
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

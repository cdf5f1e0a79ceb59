import { ERROR, type Estimate, momentsOf, shareEstimate, wrongError } from '../estimate.ts'
import { normalBeyond } from '../numbers/normal.ts'
import { ranksOf } from '../numbers/ranks.ts'
import { type Untold, untold } from '../untold.ts'

/** Something that a member did beside buying, on a day. */
export interface Activity {
  readonly member: string
  readonly on: number
  readonly kind: string
}

/** What one kind of activity counts for, and how many of a day count: a hundred clicks are no hundred signs of interest. */
export interface Weight {
  readonly weight: number
  readonly dayMax: number
}

export interface Engagement {
  readonly type: 'told'
  readonly scoreByMember: ReadonlyMap<string, number>
}

// Weights are compared with each other; far beyond it their sums are no numbers.
const WEIGHT_MAX = 1_000_000

/**
 * How much each member has been doing, as of a day: weights added up, each halved with every `halfLifeDays` that have gone by. It
 * comes from events alone; kinds without a weight, and what lies after that day, count for nothing. Whoever did nothing has no entry.
 */
export function engagementOf(
  activities: readonly Activity[],
  weights: Readonly<Record<string, Weight>>,
  today: number,
  halfLifeDays: number,
): Engagement | Untold<'no-half-life' | 'no-weight' | 'no-whole-days'> {
  if (!(halfLifeDays > 0))
    return untold('no-half-life', 'Say after how many days something counts half: a number above 0.')
  if (!Object.values(weights).every(({ weight, dayMax }) => Math.abs(weight) <= WEIGHT_MAX && dayMax >= 0)) {
    return untold(
      'no-weight',
      'Each kind needs a number that it counts for, a million at most either way, and how many of a day count.',
    )
  }
  if (!Number.isSafeInteger(today) || !activities.every(({ on }) => Number.isSafeInteger(on))) {
    return untold('no-whole-days', 'Some days are no whole numbers: a date was read wrongly.')
  }
  const byMember = new Map<string, number>()
  const counts = new Map<string, number>()
  for (const { member, on, kind } of activities) {
    const rule = Object.hasOwn(weights, kind) ? weights[kind] : undefined
    if (rule === undefined || on > today) continue
    const key = JSON.stringify([member, on, kind])
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > rule.dayMax) continue
    byMember.set(member, (byMember.get(member) ?? 0) + rule.weight * 2 ** ((on - today) / halfLifeDays))
  }
  return { type: 'told', scoreByMember: byMember }
}

/** A score as it was on a day, and whether the member bought in some time after that day. */
export interface Followed {
  readonly score: number
  readonly bought: boolean
}

export interface PredictiveCheck {
  readonly type: 'told'
  readonly verdict: 'foretells' | 'cannot-tell' | 'misleads'
  /** The chance that of two members, one who bought and one who did not, the one who bought had the higher score: 0.5 is a coin. */
  readonly agreement: Estimate
  /** Members by fifths of the score, the lowest first, with the share who bought. Members with equal scores stay together. */
  readonly fifths: readonly { readonly members: number; readonly bought: Estimate }[]
}

// Below it a single member moves the agreement by a tenth.
const EACH_MIN = 10

/**
 * Whether a score foretells who buys: the area under the curve of hits against false alarms, with the variance of DeLong, DeLong &
 * Clarke-Pearson (Biometrics 44, 1988), from midranks (Sun & Xu 2014); the interval is that of its logit (Pepe, The Statistical
 * Evaluation of Medical Tests, 2003, 5.2), which stays between 0 and 1.
 */
export function predictiveCheck(
  followed: readonly Followed[],
  error = ERROR,
): PredictiveCheck | Untold<'no-error' | 'no-score' | 'too-few-bought' | 'too-few-did-not'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  if (!followed.every(({ score }) => Number.isFinite(score))) {
    return untold('no-score', 'Some scores are no numbers: leave those members out.')
  }
  const hits = followed.filter(({ bought }) => bought).map(({ score }) => score)
  const others = followed.filter(({ bought }) => !bought).map(({ score }) => score)
  if (hits.length < EACH_MIN) {
    return untold('too-few-bought', `Fewer than ${EACH_MIN} members bought afterwards: too few to check the score by.`)
  }
  if (others.length < EACH_MIN) {
    return untold(
      'too-few-did-not',
      `Fewer than ${EACH_MIN} members did not buy afterwards: too few to check the score by.`,
    )
  }
  const agreement = agreementOf(hits, others, error)
  const verdict = agreement.low > 0.5 ? 'foretells' : agreement.high < 0.5 ? 'misleads' : 'cannot-tell'
  return { type: 'told', verdict, agreement, fifths: fifthsOf(followed, error) }
}

function agreementOf(hits: readonly number[], others: readonly number[], error: number): Estimate {
  const together = ranksOf([...hits, ...others])
  const [amongHits, amongOthers] = [ranksOf(hits), ranksOf(others)]
  // Of each member the share of the others that lie on the right side.
  const ofHits = momentsOf(amongHits.map((rank, index) => ((together[index] ?? 0) - rank) / others.length))
  const ofOthers = momentsOf(
    amongOthers.map((rank, index) => 1 - ((together[hits.length + index] ?? 0) - rank) / hits.length),
  )
  const value = ofHits.mean
  // Where all are on one side nothing varies; the smaller group then says how sure that is.
  if (value === 0 || value === 1) {
    const fewer = Math.min(hits.length, others.length)
    return shareEstimate(value * fewer, fewer, error)
  }
  const variance = ofHits.variance / ofHits.count + ofOthers.variance / ofOthers.count
  const logit = Math.log(value / (1 - value))
  const width = (normalBeyond(error) * Math.sqrt(variance)) / (value * (1 - value))
  const back = (x: number) => 1 / (1 + Math.exp(-x))
  return { value, low: back(logit - width), high: back(logit + width) }
}

function fifthsOf(followed: readonly Followed[], error: number): PredictiveCheck['fifths'] {
  const ranks = ranksOf(followed.map(({ score }) => score))
  const fifthOf = (index: number) => Math.floor((5 * (2 * (ranks[index] ?? 0) - 1)) / (2 * followed.length))
  const byFifth = Map.groupBy(followed.keys(), fifthOf)
  return [0, 1, 2, 3, 4].flatMap((fifth) => {
    const these = byFifth.get(fifth)
    if (these === undefined) return []
    const bought = these.filter((index) => followed[index]?.bought).length
    return { members: these.length, bought: shareEstimate(bought, these.length, error) }
  })
}

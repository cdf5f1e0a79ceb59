import { ERROR, type Estimate, momentsOf, wrongError } from '../estimate.ts'
import { normalBeyond, normalQuantile } from '../numbers/normal.ts'
import { counted, type Untold, untold } from '../untold.ts'
import { adjustByPast, type Outcome } from './cuped.ts'
import { differenceOfMeans, differenceOfRates } from './differences.ts'
import { errorAt, type Look } from './look.ts'
import { POWER } from './members-needed.ts'
import { type SampleRatio, sampleRatio } from './sample-ratio.ts'

/** What one member did since the experiment met them, and in a span of the same length before. */
export interface Subject {
  /** Spent net of refunds, in minor units; below zero where more came back than was bought. */
  readonly spent: number
  readonly spentBefore: number
  readonly bought: boolean
}

/** Whoever met the experiment, by the arm that was drawn for them, whether or not they took what was offered. */
export interface Arms {
  readonly treated: readonly Subject[]
  readonly heldOut: readonly Subject[]
}

export interface Plan {
  /** The share of members that is held out, above 0 and below 1. */
  readonly holdout: number
  readonly look: Look
}

export type Lift = LiftTold | NoLift

export type NoLift =
  | UnevenArms
  | Untold<'no-error' | 'no-plan' | 'nobody-treated' | 'nobody-held-out' | 'no-whole-amounts' | 'too-few' | 'all-alike'>

/** More or fewer are held out than were to be, with how many that are and how likely that would be by chance. */
export interface UnevenArms extends Untold<'uneven-arms'> {
  readonly ratio: SampleRatio
}

export interface LiftTold {
  readonly type: 'told'
  /** `cannot-tell`: no difference lies within what chance alone does. */
  readonly verdict: 'more' | 'less' | 'cannot-tell'
  readonly sentence: string
  readonly spend: Compared
  /** Shares of members who bought, 0 to 1. */
  readonly buyers: Compared
  /** What all treated members spent because they were treated, in whole minor units. */
  readonly incremental: Estimate
  /** Which share of the variance of what members spent was taken out by what they had spent before. */
  readonly explainedByPast: number
  /** The smallest difference in spend for each member that such an experiment finds four times in five, in minor units. */
  readonly visible: number
}

/** Minor units for each member, or shares; the difference is that of the adjusted figures, and so need not be theirs. */
export interface Compared {
  readonly treated: number
  readonly heldOut: number
  readonly difference: Estimate
}

// From here on intervals cover what they say in worlds as skewed as what people spend (`lift.long.test.ts`).
const MEMBERS_MIN = 30

/**
 * What an experiment brought (EXP-2): members as they were drawn are compared, not as they behaved. Spend is compared after what
 * members had spent before is taken out; every interval holds at the looks that the plan names.
 */
export function liftOf({ treated, heldOut }: Arms, { holdout, look }: Plan, error = ERROR): Lift {
  const cannot = wrongError(error) ?? reasonNotTo({ treated, heldOut }, { holdout, look })
  if (cannot !== null) return cannot
  const now = errorAt(look, treated.length + heldOut.length, error)
  const adjusted = adjustByPast(treated.map(outcomeOf), heldOut.map(outcomeOf))
  const difference = differenceOfMeans(adjusted.treated, adjusted.heldOut, now)
  const width = difference.value - difference.low
  if (width === 0) {
    return untold('all-alike', 'All members spent the same, so there is nothing yet by which chance could be judged.')
  }
  const buyers = [buyersOf(treated), buyersOf(heldOut)] as const
  const verdict = difference.low > 0 ? 'more' : difference.high < 0 ? 'less' : 'cannot-tell'
  return {
    type: 'told',
    verdict,
    sentence: sentenceOf(verdict, look),
    spend: { treated: meanSpent(treated), heldOut: meanSpent(heldOut), difference },
    buyers: {
      treated: buyers[0].count / buyers[0].among,
      heldOut: buyers[1].count / buyers[1].among,
      difference: differenceOfRates(...buyers, now),
    },
    incremental: inWhole(difference, treated.length),
    explainedByPast: adjusted.explained,
    visible: visibleAt(width, now),
  }
}

const outcomeOf = ({ spent, spentBefore }: Subject): Outcome => ({ value: spent, before: spentBefore })

const meanSpent = (arm: readonly Subject[]): number => momentsOf(arm.map(({ spent }) => spent)).mean

const buyersOf = (arm: readonly Subject[]) => ({ count: arm.filter(({ bought }) => bought).length, among: arm.length })

function reasonNotTo({ treated, heldOut }: Arms, { holdout, look }: Plan): NoLift | null {
  if (!(holdout > 0 && holdout < 1) || (look.type === 'any-time' && !(look.membersPlanned >= 1))) {
    return untold(
      'no-plan',
      'The plan has to hold out more than none and less than all, and to say how many members it waits for.',
    )
  }
  if (treated.length === 0) {
    return untold('nobody-treated', 'Nobody has got it yet, so nothing can be compared with those held out.')
  }
  if (heldOut.length === 0) {
    return untold('nobody-held-out', 'Nobody was held out, so nobody can know what members would have done without it.')
  }
  if ([...treated, ...heldOut].some(({ spent, spentBefore }) => ![spent, spentBefore].every(Number.isSafeInteger))) {
    return untold('no-whole-amounts', 'Some amounts are no whole numbers of the smallest unit of money.')
  }
  // Before few members: an uneven draw is the graver finding, and is seen sooner.
  const ratio = sampleRatio(treated.length, heldOut.length, holdout)
  if (ratio.type === 'off') {
    const sentence = `Of ${treated.length + heldOut.length} members ${heldOut.length} are held out, which is not the share that was planned. Who is counted, or drawn, differs between the two, so a comparison would mislead.`
    return { ...untold('uneven-arms', sentence), ratio }
  }
  const fewest = Math.min(treated.length, heldOut.length)
  if (fewest < MEMBERS_MIN) {
    const which = fewest === heldOut.length ? 'held out' : 'treated'
    return untold(
      'too-few',
      `So far ${counted(fewest, 'member')} ${fewest === 1 ? 'is' : 'are'} ${which}; ${MEMBERS_MIN} on each side are the least from which anything can be told.`,
    )
  }
  return null
}

/** The interval begins so many standard errors below the difference; to be seen it takes those and some for its own chance. */
function visibleAt(width: number, error: number): number {
  const critical = normalBeyond(error)
  return (width / critical) * (critical + normalQuantile(POWER))
}

const inWhole = ({ value, low, high }: Estimate, members: number): Estimate => ({
  value: Math.round(value * members),
  low: Math.floor(low * members),
  high: Math.ceil(high * members),
})

function sentenceOf(verdict: LiftTold['verdict'], look: Look): string {
  const caveat = look.type === 'once' ? ' This holds for one look, at the moment that was fixed before.' : ''
  switch (verdict) {
    case 'more':
      return `Members who got it spent more than those held out, by more than chance explains.${caveat}`
    case 'less':
      return `Members who got it spent less than those held out, by more than chance explains.${caveat}`
    case 'cannot-tell':
      return `Cannot tell: the difference is no larger than what chance alone would bring.${caveat}`
  }
}

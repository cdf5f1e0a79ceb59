import type { CardProgress } from '../cards/progress.ts'
import type { ChallengeProgress } from '../challenges/progress.ts'
import { leastOf } from '../goals/reach.ts'
import type { OfferProgress } from '../offers/progress.ts'
import { decimalText } from '../program/currency.ts'
import type { Goal, GoalMeasure, Program } from '../program/program.ts'
import type { Column } from './column.ts'
import { scaleOf } from './outcomes.ts'

/** How far a member is with everything that has a goal. */
export interface ProgressStanding {
  readonly challenges: readonly Pick<ChallengeProgress, 'challenge' | 'progress' | 'streak'>[]
  readonly cards: readonly Pick<CardProgress, 'card' | 'collected'>[]
  readonly offers: readonly Pick<OfferProgress, 'offer' | 'status' | 'progress'>[]
}

/** `progress three-moods` (`2 of 3`) and `streak three-moods` (`2 of 4`), of challenges, cards and offers. */
export function progressColumn(name: string, program: Program): Column<ProgressStanding> | null {
  const [word, id = ''] = name.split(' ')
  const challenge = program.challenges.get(id)
  const card = program.cards.get(id)
  if (word === 'streak') {
    const reach = challenge?.streak?.reach
    if (reach === undefined) return null
    const count = (standing: ProgressStanding) => challengeIn(standing, id)?.streak?.count ?? 0
    return ofTotal(name, 0, reach, count)
  }
  if (word !== 'progress') return null
  if (card !== undefined) {
    const collected = ({ cards }: ProgressStanding) => cards.find((each) => each.card === id)?.collected ?? 0
    return ofTotal(name, scaleOf(program, card.asset), card.full, collected)
  }
  const goal = challenge?.goal ?? goalOfOffer(program, id)
  if (goal === null) return null
  const progress = (standing: ProgressStanding) =>
    (challenge === undefined ? offerIn(standing, id) : challengeIn(standing, id))?.progress ?? 0
  return ofTotal(name, decimalsOf(goal.measure, program), leastOf(goal, 1), progress)
}

export const progressColumnNames = ({ challenges, cards, offers }: Program): string[] => [
  ...[...challenges.keys(), ...cards.keys(), ...offers.keys()].map((id) => `progress ${id}`),
  ...[...challenges.values()].flatMap(({ id, streak }) => (streak === null ? [] : [`streak ${id}`])),
]

const challengeIn = ({ challenges }: ProgressStanding, id: string) => challenges.find((each) => each.challenge === id)

/** Of several receipts of one offer the one that came last. */
const offerIn = ({ offers }: ProgressStanding, id: string) => offers.findLast((each) => each.offer === id)

function goalOfOffer({ offers }: Program, id: string): Goal | null {
  const type = offers.get(id)?.type
  return type?.type === 'goal' ? type.goal : null
}

function ofTotal(
  name: string,
  scale: number,
  total: number,
  of: (standing: ProgressStanding) => number,
): Column<ProgressStanding> {
  return {
    name,
    canonical: (text) =>
      /^\d+(\.\d+)? of \d+(\.\d+)?$/.test(text)
        ? text
        : { message: `"${text}" says no progress`, instead: 'write it like 2 of 3' },
    actual: (standing) => `${decimalText(of(standing), scale)} of ${decimalText(total, scale)}`,
  }
}

function decimalsOf(measure: GoalMeasure, program: Program): number {
  switch (measure.type) {
    case 'spend':
      return program.currency.exponent
    case 'earned':
      return scaleOf(program, measure.asset)
    // Towards a single order it is orders that are counted.
    case 'order':
    case 'orders':
    case 'items':
    case 'visits':
    case 'activities':
    case 'referrals':
      return 0
  }
}

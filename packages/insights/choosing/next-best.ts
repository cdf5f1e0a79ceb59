import { betaBelow, betaQuantile } from '../numbers/beta.ts'
import { gaussLegendre } from '../numbers/quadrature.ts'
import { type Untold, untold } from '../untold.ts'

/** How often something was shown, and taken by whom it was shown to. */
export interface Response {
  readonly shown: number
  readonly taken: number
}

/** An offer or a reward that the member may have now: whether they may is decided before, by the program. */
export interface Eligible {
  readonly id: string
  /** What it brings when it is taken, less what it costs, in minor units; above zero. */
  readonly worth: number
  /** Among members like this one, by whatever segment, and among all others. */
  readonly here: Response
  readonly elsewhere: Response
}

/** Random numbers, above 0 and below 1. `holdout` is the member's own and stays the same, so that nobody changes sides. */
export interface RandomNumbers {
  readonly holdout: number
  /** One for each eligible thing, new at each choice. */
  readonly each: readonly number[]
}

/** Why one thing was, or was not, the best this time. */
export interface Considered {
  readonly id: string
  /** The share of members like this one who are expected to take it. */
  readonly expected: number
  /** The share that was drawn for this choice from all that are still likely. */
  readonly drawn: number
  /** The drawn share times the worth: what was compared. */
  readonly value: number
  /** How often it would come out best if one drew again and again. */
  readonly chance: number
}

export type NextBest =
  | {
      readonly type: 'told'
      readonly id: string
      readonly considered: readonly Considered[]
      readonly sentence: string
    }
  | { readonly type: 'held-out'; readonly sentence: string }
  | Untold<'nothing-eligible' | 'no-worth' | 'no-record' | 'no-numbers' | 'no-holdout'>

// What members elsewhere did weighs as much as so many here, at most: about where what a segment did itself should speak louder.
const ELSEWHERE_MAX = 20

/**
 * What to show a member next: Thompson sampling (Thompson, Biometrika 25, 1933; Chapelle & Li, NeurIPS 2011). For each thing a share
 * is drawn from what its record still allows, and the best by its worth is shown; so what is little known is tried, and what is known
 * to be worse is not. The record of the member's segment is begun with what members elsewhere did. A share of members, below 1, is
 * held out and chosen nothing for, so that what choosing brings can be measured by them.
 */
export function nextBest(
  eligible: readonly Eligible[],
  holdout: number,
  { holdout: own, each }: RandomNumbers,
): NextBest {
  const cannot = reasonNotTo(eligible, holdout, [own, ...each])
  if (cannot !== null) return cannot
  if (own < holdout) {
    return {
      type: 'held-out',
      sentence: 'Held out: nothing is chosen for this member, so that what choosing brings can be told.',
    }
  }
  const beliefs = eligible.map(beliefOf)
  const chances = chancesOf(beliefs)
  const considered = beliefs.map(({ id, a, b, worth }, index): Considered => {
    const drawn = betaQuantile(each[index] ?? 0.5, a, b)
    return { id, expected: a / (a + b), drawn, value: drawn * worth, chance: chances[index] ?? 0 }
  })
  const best = considered.reduce((first, other) => (other.value > first.value ? other : first))
  return { type: 'told', id: best.id, considered, sentence: sentenceOf(best, considered) }
}

/** What is believed of a share: a beta distribution. */
interface Belief {
  readonly id: string
  readonly worth: number
  readonly a: number
  readonly b: number
}

function beliefOf({ id, worth, here, elsewhere }: Eligible): Belief {
  const mean = (elsewhere.taken + 1) / (elsewhere.shown + 2)
  const weight = Math.min(ELSEWHERE_MAX, elsewhere.shown + 2)
  return { id, worth, a: weight * mean + here.taken, b: weight * (1 - mean) + here.shown - here.taken }
}

const nodes = gaussLegendre(48)

/** How often each comes out best: for each of its quantiles the chance that no other is worth more. */
function chancesOf(beliefs: readonly Belief[]): number[] {
  const raw = beliefs.map((own, index) => {
    const others = beliefs.filter((_, other) => other !== index)
    return nodes.nodes.reduce((sum, node, at) => {
      const value = betaQuantile(node, own.a, own.b) * own.worth
      const chance = others.reduce((product, { a, b, worth }) => product * betaBelow(value / worth, a, b), 1)
      return sum + (nodes.weights[at] ?? 0) * chance
    }, 0)
  })
  const all = raw.reduce((sum, chance) => sum + chance, 0)
  return raw.map((chance) => chance / all)
}

function sentenceOf(best: Considered, considered: readonly Considered[]): string {
  if (considered.length === 1) return 'Chosen because nothing else is open to this member.'
  const percent = Math.round(100 * best.expected)
  const likeliest = considered.every(({ chance }) => chance <= best.chance)
  return likeliest
    ? `Chosen because about ${percent} of 100 members like this one take it, and nothing else open to them is likely to bring more.`
    : `Chosen to learn: about ${percent} of 100 members like this one are thought to take it, and so little is known that it may bring most.`
}

function reasonNotTo(
  eligible: readonly Eligible[],
  holdout: number,
  numbers: readonly number[],
): Extract<NextBest, { type: 'untold' }> | null {
  if (eligible.length === 0) return untold('nothing-eligible', 'Nothing is open to this member now.')
  if (!eligible.every(({ worth }) => worth > 0 && Number.isFinite(worth))) {
    return untold('no-worth', 'Something costs as much as it brings, or more: it is not worth showing to anybody.')
  }
  const responses = eligible.flatMap(({ here, elsewhere }) => [here, elsewhere])
  if (
    !responses.every(({ shown, taken }) => [shown, taken].every(Number.isSafeInteger) && taken >= 0 && taken <= shown)
  ) {
    return untold('no-record', 'Something was taken more often than it was shown: the records do not fit.')
  }
  if (numbers.length !== eligible.length + 1 || !numbers.every((number) => number > 0 && number < 1)) {
    return untold('no-numbers', 'The member and each thing need one random number between 0 and 1.')
  }
  if (!(holdout >= 0 && holdout < 1)) {
    return untold('no-holdout', 'The share of members who are held out has to be 0 or more, and less than 1.')
  }
  return null
}

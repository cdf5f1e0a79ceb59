import { hessianOf, inverseOf } from '../numbers/curvature.ts'
import { minimize, type Objective } from '../numbers/minimize.ts'
import { counted, type Untold, untold } from '../untold.ts'
import { gatherHistories, type Histories, type History } from './histories.ts'

/** The names of a model's parameters, all of which are above zero. */
export type Parameter<Model> = Exclude<keyof Model & string, 'type'>

/** A model fitted by maximum likelihood. */
export interface Fit<Model> {
  readonly type: 'told'
  readonly model: Model
  /** Standard errors, in the unit of each parameter; null where the records hardly tell the parameter, whatever its value. */
  readonly errors: Readonly<Record<Parameter<Model>, number | null>>
  readonly logLikelihood: number
  readonly members: number
  /** Steps to the maximum. */
  readonly steps: number
}

/** Why there is no fit. */
export type NoFit = Untold<
  'impossible-history' | 'no-members' | 'one-member' | 'nobody-came-back' | 'few-came-back' | 'unsettled'
>

/** The log-likelihood at parameters in the order of their names, its gradient written into the array. */
export type Likelihood = (at: readonly number[], gradient: number[]) => number

/** What a model brings to be fitted: its likelihood over histories, and where the search begins. */
export interface Fitted<Model extends { readonly type: string }> {
  readonly type: Model['type']
  readonly names: readonly Parameter<Model>[]
  readonly likelihoodOf: (histories: Histories) => Likelihood
  readonly start: (histories: Histories) => readonly number[]
}

// Four parameters are told by those who came back. Of fewer than ten, the habits of one person move them all.
const CAME_BACK_MIN = 10

/** Fits a model to the histories of members, or says why they do not tell how members buy. */
export function fitHistories<Model extends { readonly type: string }>(
  members: Iterable<History>,
  { type, names, likelihoodOf, start }: Fitted<Model>,
): Fit<Model> | NoFit {
  const histories = gatherHistories(members)
  if (histories.type === 'untold') return histories
  const { members: all, cameBack } = histories
  if (all === 0) return untold('no-members', 'There is no member with a purchase.')
  if (all === 1) return untold('one-member', 'One member alone does not tell how members differ.')
  if (cameBack === 0) {
    return untold('nobody-came-back', `None of ${all} members has bought on a second day, so nobody shows how often.`)
  }
  if (cameBack < CAME_BACK_MIN) {
    const who = `${counted(cameBack, 'member has', 'members have')} bought on a second day`
    return untold('few-came-back', `Only ${who}; how members buy can be told from ${CAME_BACK_MIN} of them on.`)
  }
  const found = fitPositive<Model>(type, names, likelihoodOf(histories), start(histories))
  return found === null
    ? untold(
        'unsettled',
        'No model of this kind fits how these members buy: the search for the best one has found no end.',
      )
    : { type: 'told', ...found, members: all }
}

// A parameter known only within a factor of e³, twenty, either way is not known.
const LOGARITHMIC_ERROR_MAX = 3
// Ten thousand million times either way of where the search begins. Where the records say that nobody leaves, or that all are alike,
// likelihood rises for ever, by ever less; from here on nobody could tell the difference.
const LOGARITHM_MAX = 23
// Of a direction in which the likelihood is flat: what central differences leave of nothing.
const FLAT = 1e-7

/**
 * Maximises over the logarithms of the parameters relative to where it starts, so that none can leave its range and no unit matters. Standard errors by the observed information
 * and the delta method (Cox & Hinkley, Theoretical Statistics, 1974, 9.2). Null where the search ends before the maximum.
 */
export function fitPositive<Model extends { readonly type: string }>(
  type: Model['type'],
  names: readonly Parameter<Model>[],
  likelihood: Likelihood,
  start: readonly number[],
): Omit<Fit<Model>, 'type' | 'members'> | null {
  const valuesOf = (logarithms: readonly number[]) => logarithms.map((each, i) => Math.exp(each) * (start[i] ?? 1))
  const anywhere: Objective = (logarithms, gradient) => {
    const at = valuesOf(logarithms)
    const value = likelihood(at, gradient)
    for (const [i, part] of at.entries()) gradient[i] = -(gradient[i] ?? 0) * part
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value
  }
  const within: Objective = (logarithms, gradient) => {
    const value = anywhere(logarithms.map(bounded), gradient)
    for (const [i, each] of logarithms.entries()) if (bounded(each) !== each) gradient[i] = 0
    return value
  }
  const found = minimize(
    within,
    start.map(() => 0),
  )
  if (!found.settled || !Number.isFinite(found.value)) return null
  const logarithms = found.at.map(bounded)
  const at = valuesOf(logarithms)
  const errors = logarithmicErrors(hessianOf(anywhere, logarithms)).map((error, i) =>
    error !== null && error <= LOGARITHMIC_ERROR_MAX ? error * (at[i] ?? 0) : null,
  )
  return {
    // The names are those of the model, one value each.
    model: { type, ...named(names, at) } as unknown as Model,
    errors: named(names, errors),
    logLikelihood: -found.value,
    steps: found.steps,
  }
}

const bounded = (logarithm: number): number => Math.min(LOGARITHM_MAX, Math.max(-LOGARITHM_MAX, logarithm))

/** Roots of the diagonal of the inverse, over the directions that are not flat. */
function logarithmicErrors(hessian: readonly (readonly number[])[]): (number | null)[] {
  const told = hessian.flatMap((row, i) => ((row[i] ?? 0) > FLAT ? [i] : []))
  const inverse = inverseOf(told.map((i) => told.map((j) => hessian[i]?.[j] ?? 0)))
  return hessian.map((_, i) => {
    const variance = inverse?.[told.indexOf(i)]?.[told.indexOf(i)] ?? 0
    return variance > 0 ? Math.sqrt(variance) : null
  })
}

const named = <Name extends string, Value>(names: readonly Name[], values: readonly Value[]): Record<Name, Value> =>
  Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, Value>

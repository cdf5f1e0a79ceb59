import { hessianOf, inverseOf, minimize, type Objective } from '../numbers/minimize.ts'

/** A fit by maximum likelihood of parameters that are all above zero. */
export interface Fit<Name extends string> {
  readonly parameters: Readonly<Record<Name, number>>
  /** Standard errors by the observed information and the delta method; null where it is singular: the data do not tell. */
  readonly errors: Readonly<Record<Name, number>> | null
  readonly logLikelihood: number
  /** Whether the maximum was found; false: the limit of steps ended the search. */
  readonly settled: boolean
  readonly steps: number
}

/** The log-likelihood at parameters in the order of their names, its gradient written into the array. */
export type Likelihood = (at: readonly number[], gradient: number[]) => number

/** Maximises over the logarithms of the parameters, so that none can leave its range. */
export function fitPositive<Name extends string>(
  names: readonly Name[],
  likelihood: Likelihood,
  start: readonly number[],
): Fit<Name> {
  const objective: Objective = (logs, gradient) => {
    const at = logs.map(Math.exp)
    const value = likelihood(at, gradient)
    for (let i = 0; i < gradient.length; i++) gradient[i] = -(gradient[i] ?? 0) * (at[i] ?? 0)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : -value
  }
  const found = minimize(objective, start.map(Math.log))
  const at = found.at.map(Math.exp)
  const variances = inverseOf(hessianOf(objective, found.at))?.map((row, i) => row[i] ?? Number.NaN)
  const errors = variances?.every((variance) => variance > 0)
    ? variances.map((variance, i) => (at[i] ?? 0) * Math.sqrt(variance))
    : null
  return {
    parameters: named(names, at),
    errors: errors === null ? null : named(names, errors),
    logLikelihood: -found.value,
    settled: found.settled,
    steps: found.steps,
  }
}

const named = <Name extends string>(names: readonly Name[], values: readonly number[]): Record<Name, number> =>
  Object.fromEntries(names.map((name, i) => [name, values[i] ?? Number.NaN])) as Record<Name, number>

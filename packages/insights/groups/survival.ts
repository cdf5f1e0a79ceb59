import { ERROR, type Estimate, wrongError } from '../estimate.ts'
import { normalBeyond } from '../numbers/normal.ts'
import { type Untold, untold } from '../untold.ts'

/** How long somebody was seen, in any one unit, and whether what is waited for came at its end; else it had not come by then. */
export interface Duration {
  readonly time: number
  readonly ended: boolean
}

export interface Survival {
  readonly type: 'told'
  /** Each time at which it came for somebody, with the share for whom it had not come by then, that time included. */
  readonly steps: readonly SurvivalStep[]
  /** The first time by which it had come for half; untold where so many were not seen for long enough. */
  readonly median: { readonly type: 'told'; readonly time: number } | Untold<'not-half'>
}

export interface SurvivalStep {
  readonly time: number
  readonly atRisk: number
  readonly ended: number
  readonly share: Estimate
}

/**
 * The share that is left as time goes on (Kaplan & Meier, JASA 53, 1958), where for some it has not come yet. The variance is
 * Greenwood's (1926), the interval that of the logarithm of the logarithm, which stays between 0 and 1 (Kalbfleisch & Prentice, The
 * Statistical Analysis of Failure Time Data, 2002, 1.4). Whoever is no longer seen at a time at which it comes was still at risk.
 */
export function survivalOf(
  observed: readonly Duration[],
  error = ERROR,
): Survival | Untold<'no-error' | 'nobody-observed' | 'no-time' | 'never-ended'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  if (observed.length === 0) return untold('nobody-observed', 'There is nobody yet whose time could be looked at.')
  if (!observed.every(({ time }) => time >= 0 && Number.isFinite(time))) {
    return untold(
      'no-time',
      'Some times are below zero or no numbers: something ends before it began, so a date is wrong.',
    )
  }
  if (!observed.some(({ ended }) => ended)) {
    return untold('never-ended', 'It has not happened to anybody yet, so nobody can say how long it takes.')
  }
  const steps = stepsOf(observed, normalBeyond(error))
  const half = steps.find(({ share }) => share.value <= 0.5)
  return {
    type: 'told',
    steps,
    median:
      half === undefined
        ? untold(
            'not-half',
            'It has happened to fewer than half so far, so nobody can say yet how long it takes for half of them.',
          )
        : { type: 'told', time: half.time },
  }
}

function stepsOf(observed: readonly Duration[], z: number): SurvivalStep[] {
  const steps: SurvivalStep[] = []
  let atRisk = observed.length
  let value = 1
  let greenwood = 0
  const byTime = Map.groupBy(observed, ({ time }) => time)
  for (const [time, these] of [...byTime].sort(([a], [b]) => a - b)) {
    const ended = these.filter((each) => each.ended).length
    if (ended > 0) {
      value *= (atRisk - ended) / atRisk
      greenwood += ended / (atRisk * (atRisk - ended))
      steps.push({ time, atRisk, ended, share: shareAt(value, greenwood, z, steps.at(-1)?.share.high ?? 1) })
    }
    atRisk -= these.length
  }
  return steps
}

/** Once nobody is left the variance says nothing any more, and the upper end stays where it was. */
function shareAt(value: number, greenwood: number, z: number, highBefore: number): Estimate {
  if (value === 0) return { value, low: 0, high: highBefore }
  const factor = Math.exp((z * Math.sqrt(greenwood)) / -Math.log(value))
  return { value, low: value ** factor, high: value ** (1 / factor) }
}

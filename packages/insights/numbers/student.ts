import { betaQuantile } from './beta.ts'
import { normalBeyond } from './normal.ts'

// From here on Student's t and the normal differ by less than 1e-5 of the value (Cornish & Fisher: z(z² + 1) / 4v).
const NORMAL_FROM = 1_000_000

/**
 * The `t` beyond which, on both sides together, Student's t with these degrees of freedom lies with the chance `error`: a quantile
 * of the beta distribution (Abramowitz & Stegun 26.7.1).
 */
export function studentBeyond(error: number, degrees: number): number {
  if (degrees >= NORMAL_FROM) return normalBeyond(error)
  const share = betaQuantile(1 - error, 0.5, degrees / 2)
  return Math.sqrt((degrees * share) / (1 - share))
}
